"""The value of one numeral, Arabic, Chinese or both, at a place in normal text.

    12345  2,330,088  38 160  1. 36        separators, blanks and breaks inside an Arabic numeral are read over
    81.27万  3亿5000万  13万2  1.5千万     scales; a lone last digit counts in tenths of the scale before it
    二十五  三百二  一万零五  二〇二四      Chinese numerals, positional ones too
    五点三  两千万点五                      Chinese decimals
    三四十  两三  十五六  三五百            two neighbouring digits: a range, never 34 or 23
    3000余  64万余  二十几万  数百          余 多 几 来 after or inside: more than the value

A numeral knows the step of its last printed digit (81.27万 is known to 100), from which its precision follows.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from scrapers.reading.normalise import Normal
from scrapers.reading.places import DIGITS, HAN, PLACES, SCALES, Placed, evaluate

ONE = Decimal(1)


class Numeral(NamedTuple):
    """A numeral read: `value`, or `low` to `high` where two neighbouring digits are printed (三四十 is 30 to 40).

    `step` is the worth of the last printed digit; `scale` the multiplier printed last (万, 亿), 1 without one. `over`
    tells of 余 多 几 来; `words` that it is printed in Chinese signs.
    """

    start: int
    end: int
    value: Decimal
    step: Decimal = ONE
    scale: int = 1
    over: bool = False
    low: Decimal | None = None
    high: Decimal | None = None
    words: bool = False


# The common shape in one match: digits, decimals, 余, scale, 余.
_PLAIN = re.compile(r"([0-9]+)(?:\.([0-9]+))?([余多几](?=[万亿]))?(万亿|万|亿)?([余多])?")
# What stands after the common shape where the numeral goes on in a rarer way.
_GOES_ON = frozenset(f" \n,.0123456789个兆{HAN}")
_FIGURE_ENDS = r"(?= ?[余多]?(?:[%‰万亿件起人名个家项元次户场条份批天倍]|百分点))"
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?")
_BROKEN = re.compile(
    rf"[0-9]{{1,3}}(?:[ \n][0-9]{{3}})+(?:\.[0-9]+)?{_FIGURE_ENDS}"
    rf"|[0-9]+(?: ?\.[ \n]|[ \n]\.)[0-9]+{_FIGURE_ENDS}"
    rf"|[0-9]+\.[0-9]+ [0-9]+{_FIGURE_ENDS}"
)
_ALONE = re.compile(r"[0-9]+(?:\.[0-9]+(?![0-9]|\.[0-9]))?")
_SCALED = re.compile(
    r"[ \n]{0,2}([余多几来](?=[十百千]?[万亿千]))?"
    r"([十百千]?[余多几]?(?:万亿|亿万|万万|万|亿|兆(?![字赫瓦比焦帕]))|[百千](?![分米克瓦伏卡焦字比赫吨帕])|个亿)([余多])?"
)
_PART_FOLLOWS = re.compile(r"[ \n]?[0-9]")
_LINE_START = re.compile(r"(?:^|[\n。;,])\s*$")
_RUN = re.compile(rf"(?=[{HAN}几数])(?:[{HAN}]|零?[几余多来](?=[十百千万亿])|[几数](?=[十百千万亿])|个(?=亿)){{1,40}}")
_POINT = re.compile(r"点([零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖]{1,40})(?![十百千拾佰仟刻分])(?:万亿|[万亿])?")
_SQUEEZE = str.maketrans("", "", ", \n")
# More digits than any figure has.
_LONGEST = 24
_HALF = Decimal("0.5")
_STEPS: dict[tuple[int, int], Decimal] = {}
_HALF_STEPS: dict[tuple[int, int], Decimal] = {}


def _step(decimals: int, scale: int) -> Decimal:
    """The worth of the last digit of a numeral with so many decimals."""
    known = _STEPS.get((decimals, scale))
    if known is None:
        known = _STEPS[decimals, scale] = _value("0", "0" * (decimals - 1) + "1" if decimals else "", scale) or Decimal(
            scale
        )
    return known


def _value(integer: str, decimals: str, scale: int) -> Decimal:
    """The exact value, without an exponent or zeros that are not printed: 812700, not 812700.00 or 8.127E+5."""
    if scale == 1:
        return Decimal(f"{integer}.{decimals}" if decimals else integer)
    if len(integer) + len(decimals) > _LONGEST:
        return Decimal(f"{integer}.{decimals}0") * scale  # no figure of any report: rounding is no loss
    if not decimals:
        return Decimal(int(integer) * scale)
    digits = int(integer + decimals) * scale
    whole, rest = divmod(digits, 10 ** len(decimals))
    return Decimal(digits).scaleb(-len(decimals)).normalize() if rest else Decimal(whole)


def printed_value(integer: str, decimals: str, scale: str | None) -> tuple[Decimal, Decimal, int]:
    """The value of a numeral, half the step of its last digit, and the worth of its scale (万, 亿)."""
    worth = SCALES[scale] if scale else 1
    size = len(decimals), worth
    half = _HALF_STEPS.get(size)
    if half is None:
        half = _HALF_STEPS[size] = _step(*size) * _HALF
    return _value(integer, decimals, worth), half, worth


def numeral_at(text: Normal, at: int, limit: int = 10**30) -> Numeral | None:
    """The longest numeral that begins at `at`; None where there is none.

    It goes on behind a scale (3亿5000万) only where that scale is below `limit`, so that a part ends where the next of
    its own size begins.
    """
    found = _PLAIN.match(text, at)
    if found is None:
        return _chinese(text, at)
    integer, decimals, inside, scale, after = found.groups()
    if text[at - 1] == "." and at > 1 and text[at - 2].isdigit():
        return _whole_number(integer, at)  # 2024.10.25, 10.1.2.3: a chain of whole numbers
    end = found.end()
    if text[end : end + 1] in _GOES_ON and not after and _goes_on(text, end):
        return _rare(text, at, limit)
    if scale is None and decimals is None:
        return Numeral(at, end, Decimal(integer), ONE, 1, after is not None)
    worth, decimals = SCALES[scale] if scale else 1, decimals or ""
    value, step = _value(integer, decimals, worth), _step(len(decimals), worth)
    return Numeral(at, end, value, step, worth, bool(inside or after))


def _goes_on(text: Normal, end: int) -> bool:
    """Whether what follows the common shape may belong to the numeral."""
    sign = text[end : end + 1]
    if sign in {",", "."}:
        return _PART_FOLLOWS.match(text, end + 1) is not None
    return sign != "个" or text[end + 1 : end + 2] == "亿"


def _whole_number(printed: str, at: int) -> Numeral:
    return Numeral(at, at + len(printed), Decimal(printed))


def _rare(text: Normal, at: int, limit: int) -> Numeral:
    """An Arabic numeral with separators, damage, blanks before its scale, or more than one scale."""
    found = _GROUPED.match(text, at)
    if found is None:
        found = _BROKEN.match(text, at)
        if found and "." in found[0] and _LINE_START.search(text, max(0, at - 4), at):
            found = None  # "1. 36件…" at the head of a line is item one
    if found is None:
        found = _ALONE.match(text, at)
    assert found is not None  # noqa: S101 - called where a digit stands
    printed = found[0].translate(_SQUEEZE)
    integer, _, decimals = printed.partition(".")
    end, scale, over = found.end(), 1, False
    scaled = _SCALED.match(text, end)
    if scaled:
        end, scale, over = scaled.end(), _worth(scaled[2]), any(sign in scaled[0] for sign in "余多几来")
    elif text[end : end + 1] in {"余", "多"}:
        end, over = end + 1, True
    head = Numeral(at, end, _value(integer, decimals, scale), _step(len(decimals), scale), scale, over)
    return _continued(text, head) if 1 < scale < limit and not decimals and not over else head


def _worth(signs: str) -> int:
    worth = 1
    for sign in signs:
        worth *= PLACES.get(sign) or SCALES.get(sign) or 1
    return worth


_REST = re.compile(rf" ?([零〇]?) ?(?:[0-9]|[{HAN}])")


def _continued(text: Normal, head: Numeral) -> Numeral:
    """3亿5000万, 13万2, 5万4千6百: what follows a scale belongs to it while it is worth less."""
    found = _REST.match(text, head.end)
    if found is None:
        return head
    rest = numeral_at(text, found.end() - 1, head.scale)
    if rest is None or rest.low is not None:
        return head
    if rest.scale == 1 and rest.value < 10 and rest.step == 1 and not found[1]:
        worth = head.scale // 10
        value = head.value + rest.value * worth
        return head._replace(end=rest.end, value=value, step=Decimal(worth), scale=1, over=rest.over)
    if rest.value >= head.scale or rest.value != int(rest.value):
        return head
    return head._replace(end=rest.end, value=head.value + rest.value, step=rest.step, scale=rest.scale, over=rest.over)


def _chinese(text: Normal, at: int) -> Numeral | None:
    found = _RUN.match(text, at)
    if found is None:
        return None
    run = found[0]
    if text[found.end() : found.end() + 1] == "点":
        pointed = _pointed(text, at, run)
        if pointed:
            return pointed
    placed = evaluate(run)
    if placed is None:
        return None
    end = at + placed.used
    over = placed.over
    if end == found.end():
        after = text[end : end + 1]
        if (after in {"余", "多", "几"} and placed.step > 1) or (after == "来" and placed.step == 10):
            end, over = end + 1, True
    return _numeral(at, end, placed, over=over)


def bare_scale_at(text: Normal, at: int) -> Numeral | None:
    """上万起, 万分之三: a scale that stands for one of it; None where none stands at `at`."""
    worth = SCALES.get(text[at])
    if worth is None:
        return None
    end = at + (2 if text[at + 1 : at + 2] in {"余", "多"} else 1)
    return Numeral(at, end, Decimal(worth), Decimal(worth), worth, end > at + 1, words=True)


def _numeral(at: int, end: int, placed: Placed, *, over: bool) -> Numeral:
    low = high = None
    if placed.high is not None:
        low, high = Decimal(placed.value), Decimal(placed.high)
    return Numeral(
        at, end, Decimal(placed.value), Decimal(placed.step), placed.scale, over, low=low, high=high, words=True
    )


def _pointed(text: Normal, at: int, run: str) -> Numeral | None:
    """五点三, 三点五亿: a Chinese decimal; 八点三十 is a time of day."""
    found = _POINT.match(text, at + len(run))
    placed = evaluate(run) if found else None
    if found is None or placed is None or placed.used != len(run) or placed.high is not None:
        return None
    decimals = "".join(str(DIGITS[sign]) for sign in found[1])
    scale = _worth(found[0][1 + len(decimals) :])
    value = _value(str(placed.value), decimals, scale)
    return Numeral(at, found.end(), value, _step(len(decimals), scale), scale, words=True)
