"""Rule 5, second half: a new high or low of the whole series, found or said.

record_high, record_low   beyond every stored point of the same segment, of which there must be five (`record`), by
`record_percent` of the old extreme at least; a series that sets one every year is told
when it first does
record_stated             the report itself says so, and no stored point contradicts:
                          为近14年最低, 近十年最低, 自2011年以来最低     levels since then
                          增幅为近5年最高                             yearly changes since then

A count's record must be more than chance, like a change that rule 1 tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from alerts.rules.history import is_rate, own_yearly_change, yearly_changes
from alerts.rules.model import Given, candidate, key_figures, series_key
from alerts.rules.thresholds import same_kind
from storage.alert_inputs import AlertInput
from storage.exactness import HUNDRED, Interval, slack_of
from storage.facts import FigureFacts, PointFacts
from storage.periods import period_text

NAME = "record"
_STATED = re.compile(r"(?P<low>最低|新低|最少)|(?P<high>最高|新高|最多|最好水平)")
_YEARS = re.compile(r"近\s*(?P<years>\d{1,2}|[一二三四五六七八九十]{1,3})\s*年|(?P<since>\d{4})\s*年(?:以来|来|后|起)")
_GROWTH = re.compile(r"(?P<fall>降幅|跌幅)|增幅|涨幅|升幅|增速|增长率|增长幅度")
_SPAN = 12
_DIGITS = "一二三四五六七八九"


def find(given: Given) -> Iterator[AlertInput]:
    """Candidates of one edition, in the order of its text."""
    for figure in key_figures(given):
        if found := _found(given, figure) or _stated(given, figure):
            yield found


def _found(given: Given, figure: FigureFacts) -> AlertInput | None:
    if figure.point is None or figure.value is None:
        return None
    earlier = comparable(figure, figure.point)
    if len(earlier) < given.thresholds.named(NAME, figure.indicator):
        return None
    margin = given.thresholds.named("record_percent", figure.indicator)
    for high in (True, False):
        beyond = _beyond(figure.point, earlier, high=high)
        if beyond is None or beyond < margin:
            continue
        extreme = (max if high else min)(point.value for point in earlier)
        if not given.thresholds.allows_base(figure, extreme, figure.value):
            continue
        already = _beyond(earlier[-1], earlier[:-1], high=high)
        if already is None or beyond >= 2 * margin:
            code = "record_high" if high else "record_low"
            facts = {"n": str(len(earlier) + 1), "since": period_text(earlier[0].period_first, earlier[0].period_last)}
            return _tell(given, figure, code, beyond / margin / 2, facts)
    return None


def comparable(figure: FigureFacts, point: PointFacts) -> list[PointFacts]:
    """Earlier points that may be compared: same segment and unit, not excluded, oldest first."""
    return [
        other
        for other in figure.history
        if other.period_first < point.period_first
        and other.segment == point.segment
        and same_kind(other.unit, point.unit)
        and not other.excluded
    ]


def _beyond(point: PointFacts, others: Sequence[PointFacts], *, high: bool) -> Decimal | None:
    """By how much a point is beyond all others, at least: per cent of the old extreme, points for rates."""
    if not others:
        return None
    own, values = _interval(point), [_interval(other) for other in others]
    extreme = max(v.high for v in values) if high else min(v.low for v in values)
    distance = own.low - extreme if high else extreme - own.high
    if distance <= 0:
        return None
    if is_rate(point.unit):
        return distance
    return HUNDRED * distance / extreme if extreme > 0 else None


def _stated(given: Given, figure: FigureFacts) -> AlertInput | None:
    for remark in figure.remarks:
        match = _STATED.search(remark)
        if match and not _contradicted(figure, remark, high=match["high"] is not None):
            return _tell(given, figure, "record_stated", Decimal(1), {"remark": remark})
    return None


def _contradicted(figure: FigureFacts, remark: str, *, high: bool) -> bool:
    """Whether a stored point, or change, within the years that the remark speaks of goes further."""
    if growth := _GROWTH.search(remark):
        own, changes = own_yearly_change(figure), yearly_changes(figure)
        # The highest of falls is the lowest of changes.
        up = high != (growth["fall"] is not None)
        within = [change for (first, _), change in changes.items() if first > _since(figure, remark)]
        return own is not None and any(other > own if up else other < own for other in within)
    if figure.point is None:
        return False
    own_level = _interval(figure.point)
    points = comparable(figure, figure.point)
    levels = [_interval(point) for point in points if point.period_first > _since(figure, remark)]
    return any(other.low > own_level.high if high else other.high < own_level.low for other in levels)


def _since(figure: FigureFacts, remark: str) -> int:
    """The last month that a remark does not speak of; 0 where it names no years."""
    years = _YEARS.search(remark)
    if years is None or figure.period_first is None:
        return 0
    if years["since"]:
        return int(years["since"]) * _SPAN - 1
    return figure.period_first - _count(years["years"]) * _SPAN


def _count(years: str) -> int:
    """14, 十四, 二十 as a number."""
    if years.isdecimal():
        return int(years)
    tens, ten, ones = years.rpartition("十")
    return (_DIGITS.find(tens or "一") + 1) * 10 * bool(ten) + _DIGITS.find(ones[:1] or "?") + 1


def _tell(given: Given, figure: FigureFacts, code: str, sharpness: Decimal, facts: dict[str, str]) -> AlertInput:
    change = next((item for item in figure.changes if item.basis == "yoy"), None)
    key = series_key(figure)
    return candidate(given, figure, rule=NAME, key=key, code=code, sharpness=sharpness, change=change, facts=facts)


def _interval(point: PointFacts) -> Interval:
    return Interval.of(point.value, slack_of(point.value, point.precision, point.qualifier))
