"""Open and closed bounds in any text: what a comparison leaves of a number.

    大于10  至少3个  不小于三十岁  比三十大        (10, None) …
    五百以上  三十或者以上                         (500, None)
    小于等于100  <= 100  最多5个  170之下  比170低 (None, 100) …
    等于一百七                                     (170, 170)
    大于10小于20  1000以上,1500以下                one range: two bounds side by side that face each other
    20和30之间  位于20和30之间                     (20, 30)

约 近 超 余 are no bounds: the number stays a number (超10万人 is 100000 人). 超过 is one where no unit follows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from scrapers.reading.normalise import Normal
from scrapers.reading.quantity.record import Quantity
from scrapers.reading.units import Kind

_OR_EQUAL = r"(?:或者?|或)?等于"
_BEFORE = re.compile(
    rf"(?:(?P<low>不小于|不少于|不低于|至少|最少|起码|大于{_OR_EQUAL}|大于|多于|高于|> ?=|≥|>|(?P<loose>超过))"
    rf"|(?P<high>不大于|不多于|不高于|不超过|至多|最多|小于{_OR_EQUAL}|小于|少于|低于|< ?=|≤|<)"
    r"|(?P<equal>等于)|(?P<than>比)) ?$"
)
_AFTER = re.compile(
    r"(?P<low>(?:或者?|及)?以上|之上|或者?更多|或者?更[高大])|(?P<high>(?:或者?|及)?以下|之下|以内|之内|或者?更[少低小])"
)
_THAN = re.compile(r"(?:要|更|还)?(?:(?P<low>[大高多长重])|(?P<high>[小低少短轻]))")
_BEFORE_SIGNS = frozenset("于少低多到码=≥≤><过比小 ")
_REACH = 8
_AND = re.compile(r" ?(?:的同时|同时|而且|并且|而|且|又|,|、)? ?")
_BETWEEN = re.compile(r" ?(?:和|与|到|至|-|~|、) ?(?=第?$)")
_BETWEEN_ENDS = re.compile(r"之间|间")
_BETWEEN_STARTS = re.compile(r"(?:位于|介于|处于|在)$")


@dataclass(frozen=True, slots=True)
class Found:
    """What `find` gives: a stretch, its value or bounds, its unit."""

    start: int
    end: int
    value: Decimal | tuple[Decimal | None, Decimal | None]
    unit: str


def plain(quantity: Quantity) -> Found:
    """A quantity without bounds around it."""
    value = quantity.value if quantity.low is None else (quantity.low, quantity.high)
    return Found(quantity.start, quantity.end, value, quantity.unit)


def bounded(text: Normal, quantities: list[Quantity]) -> list[Found]:
    """Every quantity with the comparison around it; neighbours that bound one number from both sides become one."""
    found: list[Found] = []
    at = 0
    while at < len(quantities):
        between = _between(text, quantities[at], quantities[at + 1]) if at + 1 < len(quantities) else None
        if between:
            found.append(between)
            at += 2
            continue
        one = _bound(text, quantities[at], found[-1].end if found else 0)
        merged = _merged(text, found[-1], one) if found else None
        if merged:
            found[-1] = merged
        else:
            found.append(one)
        at += 1
    return found


def _bound(text: Normal, quantity: Quantity, since: int) -> Found:
    """The quantity with its comparison, of which nothing stands before `since`: 比0多于0 is 比0多 and 0."""
    if quantity.low is not None or quantity.kind is Kind.ORDINAL:
        return plain(quantity)
    start, end, value = quantity.start, quantity.end, quantity.value
    before = None
    if text[start - 1 : start] in _BEFORE_SIGNS and start:
        before = _BEFORE.search(text, max(since, start - _REACH), start)
    if before and before["loose"] and quantity.unit:
        before = None
    if before and before["than"]:
        than = _THAN.match(text, end)
        if than is None:
            return plain(quantity)
        return Found(before.start(), than.end(), _side(value, low=bool(than["low"])), quantity.unit)
    if before and before["equal"]:
        if quantity.unit:
            return plain(quantity)
        return Found(before.start(), end, (value, value), quantity.unit)
    if before:
        return Found(before.start(), end, _side(value, low=bool(before["low"])), quantity.unit)
    after = _AFTER.match(text, end)
    if after:
        return Found(start, after.end(), _side(value, low=bool(after["low"])), quantity.unit)
    return plain(quantity)


def _side(value: Decimal, *, low: bool) -> tuple[Decimal | None, Decimal | None]:
    return (value, None) if low else (None, value)


def _merged(text: Normal, first: Found, second: Found) -> Found | None:
    """One closed range from two bounds that face each other and stand side by side."""
    if not isinstance(first.value, tuple) or not isinstance(second.value, tuple) or second.start < first.end:
        return None
    joint = _AND.match(text, first.end)
    if joint is None or joint.end() != second.start:
        return None
    if first.unit not in {"", second.unit} and second.unit:
        return None
    if None not in first.value or None not in second.value:
        return None
    low = first.value[0] if first.value[0] is not None else second.value[0]
    high = first.value[1] if first.value[1] is not None else second.value[1]
    if low is None or high is None or low > high:
        return None
    return Found(first.start, second.end, (low, high), second.unit or first.unit)


def _between(text: Normal, first: Quantity, second: Quantity) -> Found | None:
    """20和30之间: a range whose ends are told in full."""
    ends = _BETWEEN_ENDS.match(text, second.end)
    if ends is None or first.value > second.value or first.low is not None or second.low is not None:
        return None
    if not _BETWEEN.fullmatch(text, first.end, second.start) or first.unit not in {"", second.unit}:
        return None
    starts = _BETWEEN_STARTS.search(text, max(0, first.start - 2), first.start)
    start = starts.start() if starts else first.start
    return Found(start, ends.end(), (first.value, second.value), second.unit)
