"""Prefectures at the head of words, as a province's report names them.

襄阳、宜昌分别起诉…         襄阳 宜昌 | 分别起诉…
沈阳、大连、鞍山出庭率       沈阳 大连 鞍山 | 出庭率
福州、泉州、厦门三地新收案件  福州 泉州 厦门 | 新收案件
西双版纳州公安机关缴获毒品   西双版纳州 | 公安机关缴获毒品

Names are asked of the catalogue. Short ones are often ordinary words (大庆, 安康, 来宾), so only those of the report's
own province count.
"""

from __future__ import annotations

import re
from typing import NamedTuple, Protocol

_PROVINCE = 2  # digits of a province's code
_LONGEST, _SHORTEST = 11, 2  # 黔西南布依族苗族自治州; 襄阳
_RANKS = ("市", "州", "盟", "地区")
_JOINT = "、和及与"
_BELOW = tuple("县区旗市")
_NATION = "00"
_TOGETHER = re.compile(r"(?:(?:[两二三四五六七八九十]|\d+)个?(?:市州?|州市|地市?|省辖市|城市|地区)|等[市地]|各)?")


class Place(Protocol):
    """A region, as far as the reader asks."""

    @property
    def code(self) -> str:
        """Its GB/T 2260 code of two, four or six digits."""


class Gazetteer(Protocol):
    """Where the names of places are looked up."""

    def region(self, name_or_code: str) -> Place | None:
        """The region that is called so, None where none is."""

    def begins_region(self, two_signs: str) -> bool:
        """Whether any region's name of two signs or more begins like this; most words need no further look-up."""

    def __hash__(self) -> int:
        """What was taken off some words is kept for each gazetteer."""


class Named(NamedTuple):
    """The prefectures that words begin with, and what follows them; `full` where each is printed with its rank (市)."""

    names: tuple[str, ...]
    rest: str
    full: bool


def at_head(words: str, region: str | None, gazetteer: Gazetteer | None) -> Named | None:
    """The prefectures of the province `region` in a row at the head of `words`, None where none is."""
    if gazetteer is None or region is None or len(region) != _PROVINCE:
        return None
    named: list[str] = []
    full = True
    at = end = 0
    while name := _name(words, at, region, gazetteer):
        spoken = _with_rank(name, gazetteer)
        named.append(spoken)
        full = full and spoken == name
        end = at + len(name)
        at = end + 1
        if words[end:at] not in _JOINT:
            break
    together = _TOGETHER.match(words, end)
    return Named(tuple(named), words[together.end() if together else end :], full) if named else None


def prefecture(words: str, home: str | None, gazetteer: Gazetteer | None) -> str | None:
    """The code of the prefecture that `words` begin with: any by its name with its rank, by a short one of home's only.

    长沙县 is none: a county may be called like the city around it.
    """
    if gazetteer is None:
        return None
    own = _name(words, 0, home[:_PROVINCE], gazetteer) if home and home != _NATION else ""
    name = own or _name(words, 0, "", gazetteer)
    place = gazetteer.region(name) if name else None
    if place is None or (not name.endswith(_RANKS) and (not own or words[len(name) : len(name) + 1] in _BELOW)):
        return None
    return place.code


def names_place(words: str, gazetteer: Gazetteer | None) -> bool:
    """Whether `words` begin with a prefecture of any province: where they do not, `at_head` finds none."""
    return gazetteer is not None and bool(_name(words, 0, "", gazetteer))


def _name(words: str, at: int, region: str, gazetteer: Gazetteer) -> str:
    """The longest name of a prefecture of the province (any where `region` is "") in `words` at `at`, else nothing."""
    if not gazetteer.begins_region(words[at : at + _SHORTEST]):
        return ""
    for size in range(min(_LONGEST, len(words) - at), _SHORTEST - 1, -1):
        name = words[at : at + size]
        place = gazetteer.region(name)
        if place is not None and len(place.code) > _PROVINCE and place.code.startswith(region):
            return name
    return ""


def _with_rank(name: str, gazetteer: Gazetteer) -> str:
    """襄阳市 of 襄阳 and 郑州市 of 郑州, but 大理州 as it is."""
    return next((name + rank for rank in _RANKS if gazetteer.region(name + rank)), name)
