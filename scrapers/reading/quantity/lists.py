"""Figures in a list whose unit is printed once, behind the last: 12.3、11.5万件; 下降1.2、0.7和0.3个百分点.

A bare number takes the unit of the next. It takes the scale, too, where the two are then of one size: 3、5万元 is 30000
and 50000, but 1200、1.3万件 is 1200 and 13000. Behind an ordinal (第3、4、5条) they are ordinals.
"""

from __future__ import annotations

import re

from scrapers.reading.normalise import Normal
from scrapers.reading.quantity.record import Quantity
from scrapers.reading.units import Kind

_JOINT = re.compile(r"、|和|及|与")
_OTHER_LISTS = re.compile(r"(?:附件|[第图表例])$")
_PLAIN, _ORDINAL = Kind.PLAIN, Kind.ORDINAL
_DATES = frozenset({Kind.PLAIN, Kind.ORDINAL, Kind.TIME})
_NUMBERED = frozenset("条款项章节届次期批号页个")
# Members of a list differ by less than this; a scale that makes them differ by more is not theirs.
_ONE_SIZE = 40


def share_units(text: Normal, found: list[Quantity]) -> None:
    """Give bare numbers in a list the unit that its last member has; in place, from the end."""
    if any(each.kind is _ORDINAL for each in found):
        _articles(text, found)
    for index in range(len(found) - 2, -1, -1):
        bare = found[index]
        if bare.kind is not _PLAIN or bare.words:
            continue
        following = found[index + 1]
        if following.kind in _DATES or not _JOINT.fullmatch(text, bare.tail, following.lead):
            continue
        if _OTHER_LISTS.search(text, max(0, bare.lead - 2), bare.lead):
            continue
        found[index] = _with_unit(bare, following)


def _articles(text: Normal, found: list[Quantity]) -> None:
    """第3、4、5条: what stands beside an ordinal is one, up to the unit of them all."""
    for index in range(1, len(found)):
        quantity, before = found[index], found[index - 1]
        joined = before.kind is _ORDINAL and text[before.tail : quantity.lead] in {"、", "和", "及"}
        if joined and (quantity.kind is _PLAIN or quantity.unit in _NUMBERED):
            found[index] = quantity._replace(kind=_ORDINAL)


def _with_unit(bare: Quantity, following: Quantity) -> Quantity:
    shared = bare._replace(unit=following.unit, kind=following.kind)
    if bare.scale > 1 or following.scale == 1 or not bare.value:
        return shared
    size = following.value / following.scale / bare.value
    if not 1 <= size * _ONE_SIZE <= _ONE_SIZE**2:
        return shared
    scale = following.scale
    return shared._replace(value=bare.value * scale, precision=bare.precision * scale, scale=scale)
