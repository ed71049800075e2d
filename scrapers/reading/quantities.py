"""Every quantity of a text: a numeral, its unit, and the words that say how exact it is.

约 81.27 万 件 以上
│  │     │  │  └ qualifier after      lead  = where a qualifier before begins (start without one)
│  │     │  └ unit (never its scale)  start = first character of the numeral
│  │     └ scale                      number_end = end of the numeral with its scale, before the unit
│  └ numeral                          end   = end of the unit
└ qualifier before                    tail  = where a qualifier after ends (end without one)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from scrapers.reading.model import Qualifier
from scrapers.reading.normalise import Normal, normalise
from scrapers.reading.numerals import HAN, Numeral, numeral_at
from scrapers.reading.units import Kind, unit_at

__all__ = ["Kind", "Quantity", "find", "find_quantities"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity in normal text; offsets as drawn above.

    `value` is in base units (81.27万件 is 812700; 六成 is 60 with unit %). A range has `low` and `high`, and `value`
    is its low end. `precision` is half the step of the last printed digit. `words` tells a numeral printed in words.
    """

    lead: int
    start: int
    number_end: int
    end: int
    tail: int
    value: Decimal
    unit: str
    kind: Kind
    precision: Decimal
    scale: Decimal = Decimal(1)
    qualifier: Qualifier = Qualifier.EXACT
    low: Decimal | None = None
    high: Decimal | None = None
    words: bool = False


_HALF = Decimal("0.5")
_CANDIDATE = re.compile(rf"[0-9]|[{HAN}]")
_BEFORE = re.compile(r"(?:(近|将近|接近|不足|不到)|(超过|超|逾|突破|高于|多于)|(约|大约|左右)|(至少|不少于|不低于))$")
_AFTER = re.compile(r"(余|多)|(以上|及以上)|(左右|上下)|(以下|以内)")
_BEFORE_MEANS = (Qualifier.UNDER, Qualifier.OVER, Qualifier.ABOUT, Qualifier.AT_LEAST)
_AFTER_MEANS = (Qualifier.OVER, Qualifier.AT_LEAST, Qualifier.ABOUT, Qualifier.UNDER)


def find_quantities(text: Normal) -> list[Quantity]:
    """All quantities in reading order, not overlapping. Words without a unit (一审, 四大检察) are none."""
    found: list[Quantity] = []
    done = 0
    for candidate in _CANDIDATE.finditer(text):
        at = candidate.start()
        if at < done:
            continue
        numeral = numeral_at(text, at)
        if numeral is None:
            continue
        done = numeral.end
        quantity = _quantity(text, numeral)
        if quantity is not None:
            found.append(quantity)
            done = quantity.tail
    return found


def _quantity(text: Normal, numeral: Numeral) -> Quantity | None:
    if text[numeral.start - 1 : numeral.start] == "第":
        return _make(text, numeral, "", numeral.end, Kind.ORDINAL)
    if text.startswith("成", numeral.end):
        grown = numeral._replace(value=numeral.value * 10, step=numeral.step * 10)
        return _make(text, grown, "%", numeral.end + 1, Kind.PERCENT)
    unit, end, kind = unit_at(text, numeral.end)
    if numeral.words and (kind is Kind.PLAIN or (numeral.value <= 1 and kind is not Kind.MULTIPLE)):
        return None
    return _make(text, numeral, unit, end, kind)


def _make(text: Normal, numeral: Numeral, unit: str, end: int, kind: Kind) -> Quantity:
    lead, tail, qualifier = numeral.start, end, Qualifier.OVER if numeral.over else Qualifier.EXACT
    before = _BEFORE.search(text, max(0, lead - 4), lead)
    if before:
        lead, qualifier = before.start(), _BEFORE_MEANS[(before.lastindex or 1) - 1]
    after = _AFTER.match(text, end)
    if after:
        tail, qualifier = after.end(), _AFTER_MEANS[(after.lastindex or 1) - 1]
    return Quantity(
        lead=lead,
        start=numeral.start,
        number_end=numeral.end,
        end=end,
        tail=tail,
        value=numeral.value,
        unit=unit,
        kind=kind,
        precision=numeral.step * _HALF,
        scale=numeral.scale,
        qualifier=qualifier,
        low=numeral.low,
        high=numeral.high,
        words=numeral.words,
    )


def find(text: str) -> list[tuple[int, int, Decimal | tuple[Decimal | None, Decimal | None], str]]:
    """Every quantity of any text as (start, end, value, unit); a range's value is (low, high)."""
    return [
        (each.start, each.end, each.value if each.low is None else (each.low, each.high), each.unit)
        for each in find_quantities(normalise(text))
    ]
