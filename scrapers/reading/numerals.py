"""The value of one numeral, Arabic, Chinese or both, at a place in normal text.

    12345  2,330,088  38 160  1. 36        separators, blanks and breaks inside an Arabic numeral are read over
    81.27万  3亿5000万  13万2  1.5千万     scales; a lone last digit counts in tenths of the scale before it
    二十五  三百二  一万零五  二〇二四      Chinese numerals, positional ones too
    三四十  两三  十五六                    two neighbouring digits: a range, never 34 or 23
    3000余  64万余  二十几万                余 多 几 来 after or inside: more than the value

A numeral knows the step of its last printed digit (81.27万 is known to 100), from which its precision follows.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from scrapers.reading.normalise import Normal

DIGITS = {
    "零": 0, "〇": 0, "一": 1, "壹": 1, "幺": 1, "二": 2, "贰": 2, "两": 2, "俩": 2, "三": 3, "叁": 3, "仨": 3,
    "四": 4, "肆": 4, "五": 5, "伍": 5, "六": 6, "陆": 6, "七": 7, "柒": 7, "八": 8, "捌": 8, "九": 9, "玖": 9,
}  # fmt: skip
TENS = {"廿": 20, "卅": 30, "卌": 40}
PLACES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
SCALES = {"万": 10**4, "亿": 10**8, "兆": 10**12}
HAN = "".join((*DIGITS, *TENS, *PLACES, *SCALES))

_ONE = Decimal(1)
_ARABIC = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?"
    r"|[0-9]{1,3}(?: [0-9]{3})+(?![0-9])(?:\.[0-9]+)?"
    r"|[0-9]+(?:\.[ \n]?[0-9]+)?"
)
_TAIL = re.compile(r"([余多来几]?)((?:十|百|千)?(?:万亿|万|亿|兆)?|个亿)([余多来几]?)")
_PART = re.compile(rf"[0-9]+(?:\.[0-9]+)?|[{HAN}点半几数余多来]")
_SQUEEZE = str.maketrans("", "", ", \n")


class Numeral(NamedTuple):
    """A numeral read: `value`, or `low` to `high` where two neighbouring digits are printed (三四十 is 30 to 40).

    `step` is the worth of the last printed digit; `scale` the multiplier printed last (万, 亿), 1 without one.
    """

    start: int
    end: int
    value: Decimal
    step: Decimal
    scale: Decimal = _ONE
    over: bool = False
    low: Decimal | None = None
    high: Decimal | None = None
    words: bool = False


def numeral_at(text: Normal, at: int) -> Numeral | None:
    """The longest numeral that begins at `at`; None where there is none."""
    found = _ARABIC.match(text, at)
    if not found:
        return _chinese(text, at)
    printed = found[0].translate(_SQUEEZE)
    _, _, decimals = printed.partition(".")
    step = _ONE.scaleb(-len(decimals))
    tail = _TAIL.match(text, found.end())
    if tail is None or not tail[2]:
        over = tail is not None and tail[1] in {"余", "多"}
        return Numeral(at, found.end() + over, Decimal(printed), step, over=over)
    scale = _ONE
    for sign in tail[2]:
        scale *= PLACES.get(sign) or SCALES.get(sign) or 1
    end = tail.end()
    value = Decimal(printed) * scale
    rest = re.compile(r"[0-9]+").match(text, end)
    if rest and not decimals and scale >= 10**4:
        return _mixed(text, at, end, value, scale)
    return Numeral(at, end, value, step * scale, scale, bool(tail[1] or tail[3]))


def _mixed(text: Normal, at: int, end: int, value: Decimal, scale: Decimal) -> Numeral:
    """3亿5000万 and 13万2: what follows a scale belongs to it while it is worth less."""
    rest = numeral_at(text, end)
    if rest is None or rest.value >= scale:
        return Numeral(at, end, value, scale, scale)
    if rest.scale == 1 and rest.end - end == 1:
        worth = scale / 10
        return Numeral(at, rest.end, value + rest.value * worth, worth)
    return Numeral(at, rest.end, value + rest.value, rest.step, rest.scale, rest.over)


def _chinese(text: Normal, at: int) -> Numeral | None:
    end = at
    while end < len(text) and text[end] in HAN:
        end += 1
    if end == at:
        return None
    run = text[at:end]
    if all(sign in DIGITS for sign in run):
        return _digits(run, at, end)
    return _placed(run, at, end)


def _digits(run: str, at: int, end: int) -> Numeral:
    """三 alone, 二〇二四 by position, 两三 as a range."""
    values = [DIGITS[sign] for sign in run]
    if len(values) == 2 and values[1] - values[0] == 1 and values[0]:
        low, high = Decimal(values[0]), Decimal(values[1])
        return Numeral(at, end, low, _ONE, low=low, high=high, words=True)
    return Numeral(at, end, Decimal("".join(map(str, values))), _ONE, words=True)


def _placed(run: str, at: int, end: int) -> Numeral:
    """Digits with places (十百千) and scales (万亿): the section before a scale is multiplied by it."""
    total = section = digit = 0
    place, zero = 1, False
    for sign in run:
        if sign in DIGITS:
            digit, zero = DIGITS[sign], zero or not DIGITS[sign]
        elif sign in TENS:
            section, place = section + TENS[sign], 1
        elif sign in PLACES:
            section, digit, place, zero = section + (digit or 1) * PLACES[sign], 0, PLACES[sign], False
        else:
            scale = SCALES[sign]
            section, digit, place, zero = section + digit, 0, scale, False
            total = (total + section) * scale if total < scale else total + section * scale
            section = 0
    worth = place // 10 if digit and place > 10 and not zero and run[-1] in DIGITS else 1
    value = Decimal(total + section + digit * worth)
    step = Decimal(worth if digit else place)
    return Numeral(at, end, value, step, Decimal(place if place >= 10**4 and not digit else 1), words=True)
