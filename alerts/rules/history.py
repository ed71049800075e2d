"""What a series did before: yearly changes by period, as stated or as its levels give them.

A computed change never crosses a definition break (segments) nor touches a point that a person has excluded. The tested
figure's own period is left out, whatever the history holds, so that it is never part of its own baseline.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from alerts.rules.thresholds import base_of, measure, same_kind, unit_of
from storage.exactness import HUNDRED, Interval, slack_of
from storage.facts import ChangeFacts, ChangePointFacts, FigureFacts, PointFacts
from storage.periods import year_before

Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Moved:
    """A change between two levels: all that their precision leaves open, and (`printed`) what they give as printed."""

    change: Interval
    form: str
    base: PointFacts
    printed: Decimal

    @property
    def sure(self) -> Decimal:
        """The least that it can be, with its sign; 0 where even the direction is open."""
        if self.change.low > 0:
            return self.change.low
        return min(self.change.high, Decimal(0))

    @property
    def direction(self) -> str:
        """Up, down, or flat where it is open."""
        return "up" if self.sure > 0 else "down" if self.sure < 0 else "flat"


def is_rate(unit: str) -> bool:
    """Whether values of this unit are compared in points, not in per cent."""
    return unit in ("%", "％", "‰")


def moved(figure: FigureFacts) -> Moved | None:
    """How a figure's point differs from the stored one a year (or a span) before; None where they do not compare."""
    if figure.point is None or figure.period_first is None or figure.period_last is None:
        return None
    before = year_before(figure.period_first, figure.period_last)
    base = next((p for p in figure.history if (p.period_first, p.period_last) == before), None)
    return None if base is None else between(base, figure.point)


def between(base: PointFacts, now: PointFacts) -> Moved | None:
    """The change between two points of one series; None across a break, between units, or from nothing."""
    if base.excluded or base.segment != now.segment or now.break_before or not same_kind(base.unit, now.unit):
        return None
    was, is_ = _interval(base), _interval(now)
    if is_rate(now.unit):
        return Moved(
            Interval(is_.low - was.high, is_.high - was.low), "percentage_points", base, now.value - base.value
        )
    if was.low <= 0:
        return None
    low, high = HUNDRED * (is_.low / was.high - 1), HUNDRED * (is_.high / was.low - 1)
    return Moved(Interval(low, high), "percent", base, HUNDRED * (now.value / base.value - 1))


def yearly_changes(figure: FigureFacts) -> Mapping[Span, Decimal]:
    """Signed yearly changes of earlier and later periods in per cent: stated where stated, else as levels give them."""
    found: dict[Span, Decimal] = {}
    own, left_out = (figure.period_first, figure.period_last), excluded_spans(figure)
    usable = (point for point in figure.history if not point.excluded)
    points = {span: point for point in usable if (span := (point.period_first, point.period_last)) != own}
    for span, point in points.items():
        base = points.get(year_before(*span))
        computed = between(base, point) if base else None
        if computed is not None and computed.form == "percent":
            found[span] = computed.sure
    for stated in figure.change_history:
        span, signed = (stated.period_first, stated.period_last), _signed_percent(stated, unit=unit_of(figure))
        if stated.basis == "yoy" and signed is not None and span != own and span not in left_out:
            found[span] = signed
    return found


def excluded_spans(figure: FigureFacts) -> frozenset[tuple[int | None, int | None]]:
    """Periods that a person has marked as an incident or a false reading: in no baseline, neither level nor change."""
    return frozenset((point.period_first, point.period_last) for point in figure.history if point.excluded)


def _signed_percent(
    change: ChangeFacts | ChangePointFacts, value: Decimal | None = None, unit: str | None = None
) -> Decimal | None:
    """A change in per cent with its sign, 0 where it is flat; None for what cannot be put so."""
    if change.form == "flat" or change.direction == "flat":
        return Decimal(0)
    measured = measure(change, value, unit)
    if measured is None or measured.form != "percent":
        return None
    return -measured.size if change.direction == "down" else measured.size


def own_yearly_change(figure: FigureFacts) -> Decimal | None:
    """The figure's own signed yearly change in per cent: stated, else computed; None where neither is there."""
    for change in figure.changes:
        signed = _signed_percent(change, figure.value, unit_of(figure))
        if change.basis == "yoy" and signed is not None:
            return signed
    computed = moved(figure)
    return computed.sure if computed is not None and computed.form == "percent" else None


def own_base(figure: FigureFacts) -> Decimal | None:
    """The level a year before, as the figure's stated change gives it, else as stored; None where neither is there."""
    for change in figure.changes:
        if change.basis == "yoy" and (base := base_of(figure.value, change, unit_of(figure))) is not None:
            return base
    computed = moved(figure)
    return computed.base.value if computed is not None else None


def _interval(point: PointFacts) -> Interval:
    return Interval.of(point.value, slack_of(point.value, point.precision, point.qualifier))
