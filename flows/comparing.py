"""One indicator across regions, in every reading of "the same thing" that the record holds values for.

comparisons(session, indicator, period)     one Compared per measure x body x reach x level, the fullest first
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlmodel import Session

from storage.facts import SeriesFacts
from storage.periods import period_kind
from storage.queries import Comparison, RegionValue, across_regions, find_series, series_with_sources


@dataclass(frozen=True, slots=True)
class Compared:
    """The regions' values for months `first` to `last`; `like` is any one of the series compared."""

    like: SeriesFacts
    first: int
    last: int
    comparison: Comparison

    def distance(self, value: RegionValue) -> str:
        """How many spreads a value lies from the median; empty where nothing spreads."""
        middle, spread = self.comparison.median, self.comparison.spread
        if middle is None or not spread:
            return ""
        return f"{(value.value - middle) / spread:+.1f}"


def comparisons(session: Session, indicator: str, period: tuple[int, int] | None) -> tuple[Compared, ...]:
    """What can be compared for a period, or for the latest year that any region has; empty where nothing can."""
    kind = period_kind(*period) if period else "year"
    found = find_series(session, indicator=indicator, period_kind=kind)
    asked = period or _latest(session, found)
    if asked is None:
        return ()
    first, last = asked
    alike = {replace(one, id=0, region=""): one for one in found}
    compared = [
        Compared(one, first, last, across_regions(session, one, first, last, with_changes=True))
        for one in alike.values()
    ]
    fullest_first = sorted(compared, key=lambda one: -len(one.comparison.values))
    return tuple(one for one in fullest_first if one.comparison.values)


def _latest(session: Session, found: tuple[SeriesFacts, ...]) -> tuple[int, int] | None:
    points = [point.point for one in found for point in series_with_sources(session, one.id).points]
    newest = max(points, key=lambda point: point.period_last, default=None)
    return (newest.period_first, newest.period_last) if newest else None
