"""Figures in words: shares, fractions and doublings.

六成  七成五  两三成         60 %, 75 %, 20 to 30 %
三分之二  十分之一           fractions of one; 百分之三 is 3 %, 千分之三 3 ‰
过半  一半  半数             50 % (过半: more than)
翻一番  翻番  翻两番         so many doublings, unit 番
两位数                       10 to 99
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from scrapers.reading.model import Qualifier
from scrapers.reading.normalise import Normal
from scrapers.reading.numerals import Numeral, numeral_at
from scrapers.reading.places import DIGITS
from scrapers.reading.units import Kind

_TEN = Decimal(10)
_HALF_PERCENT = Decimal(50)
_ONE = Decimal(1)


class Share(NamedTuple):
    """A figure in words: `numeral` holds its value, its span ends at `end`."""

    numeral: Numeral
    unit: str
    end: int
    kind: Kind
    qualifier: Qualifier = Qualifier.EXACT


_TENTH = re.compile(
    r" ?成(?!不变|[立功为果员本长年效就套型绩分熟交人家都品因事])(?:([一二三四五六七八九半])(?![十百千万亿个件名人]))?"
)
_OF = re.compile(r" ?分 ?之 ?(负?)(?=[0-9零〇一二两三四五六七八九十百千万])")
_WORD = re.compile(
    r"(?P<over>过半数?|半数以上|大半)|(?P<half>半数|对半|一半)"
    r"|翻(?:了)?(?:近|约)?(?:(?P<times>[一二两三四五六七八九]|[0-9])番|(?P<once>番|倍)|一倍)"
    r"|(?P<digits>[两三四二])位数(?!字)"
)
_DENOMINATORS = {"百": ("%", Kind.PERCENT), "佰": ("%", Kind.PERCENT), "千": ("‰", Kind.PERMILLE)}


def share_at(text: Normal, numeral: Numeral) -> Share | None:
    """The share that a numeral begins: 成 or 分之 after it; None where neither follows."""
    tenth = _TENTH.match(text, numeral.end)
    if tenth:
        return _tenths(numeral, tenth)
    of = _OF.match(text, numeral.end)
    return _fraction(text, numeral, of) if of else None


def _tenths(numeral: Numeral, tenth: re.Match[str]) -> Share | None:
    """七成五 is 75 %, 三成半 35 %."""
    if numeral.value > 10:
        return None
    low = numeral.low and numeral.low * _TEN
    high = numeral.high and numeral.high * _TEN
    more, step = 0, numeral.step * _TEN
    if tenth[1]:
        more, step = (5 if tenth[1] == "半" else DIGITS[tenth[1]]), _ONE
    value = numeral.value * _TEN + more
    return Share(numeral._replace(value=value, step=step, low=low, high=high), "%", tenth.end(), Kind.PERCENT)


def _fraction(text: Normal, below: Numeral, of: re.Match[str]) -> Share | None:
    above = numeral_at(text, of.end())
    if above is None or not below.value:
        return None
    sign = -_ONE if of[1] else _ONE
    printed = text[below.start : below.end]
    numeral = above._replace(start=below.start, value=above.value * sign, words=below.words)
    if printed in _DENOMINATORS:
        unit, kind = _DENOMINATORS[printed]
        return Share(numeral, unit, above.end, kind)
    whole = below.value
    low, high = above.low and above.low / whole, above.high and above.high / whole
    numeral = numeral._replace(value=above.value * sign / whole, step=above.step / whole, low=low, high=high, scale=1)
    return Share(numeral, "", above.end, Kind.FRACTION)


def word_at(text: Normal, at: int) -> Share | None:
    """The figure in words without a numeral that begins at `at`: 过半, 翻番, 两位数."""
    found = _WORD.match(text, at)
    if found is None:
        return None
    end = found.end()
    if found["over"] or found["half"]:
        qualifier = Qualifier.OVER if found["over"] else Qualifier.EXACT
        return Share(Numeral(at, end, _HALF_PERCENT, _TEN, words=True), "%", end, Kind.PERCENT, qualifier)
    if found["digits"]:
        places = DIGITS[found["digits"]]
        low = _TEN ** (places - 1)
        numeral = Numeral(at, end, low, low, low=low, high=_TEN**places - 1, words=True)
        return Share(numeral, "位数", end, Kind.PLAIN)
    times = found["times"] or "一"
    value = Decimal(DIGITS[times] if times in DIGITS else int(times))
    return Share(Numeral(at, end, value, _ONE, words=True), "番", end, Kind.MULTIPLE)
