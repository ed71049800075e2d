"""Reference periods as the record keeps them: whole months, counted as year × 12 + month − 1, both ends included.

    months                kind        text                written for
    January–December      year        2024                one calendar year
    several whole years   years5      2018-2022           five of them
    January–March …       quarter     2024-01/2024-03     a calendar quarter
    one month             month       2024-06/2024-06
    January to a month    to_date6    2024-01/2024-06     cumulative; only the same months of other years compare
    any other span        months7     2023-10/2024-04

The kind is part of a series' key, so that points of one series always cover the same stretch.
"""

from __future__ import annotations

from typing import NamedTuple


class ReferencePeriod(NamedTuple):
    """Months `first` to `last`."""

    first: int
    last: int

    @classmethod
    def year(cls, year: int) -> ReferencePeriod:
        """One calendar year."""
        return cls(year * 12, year * 12 + 11)

    @property
    def kind(self) -> str:
        """Which series it may be a point of."""
        return period_kind(self.first, self.last)

    def __str__(self) -> str:
        """As `scrapers.period` writes it."""
        return period_text(self.first, self.last)


def period_kind(first: int, last: int) -> str:
    """The kind of the months `first` to `last`."""
    length = last - first + 1
    starts, whole_years = first % 12, first % 12 == 0 and last % 12 == 11
    if whole_years:
        return "year" if length == 12 else f"years{length // 12}"
    if length == 1:
        return "month"
    if length == 3 and starts % 3 == 0:
        return "quarter"
    return f"to_date{length}" if starts == 0 and length < 12 else f"months{length}"


def period_text(first: int, last: int) -> str:
    """2024, 2018-2022 or 2024-01/2024-06."""
    if first % 12 == 0 and last % 12 == 11:
        start, end = first // 12, last // 12
        return str(start) if start == end else f"{start}-{end}"
    return f"{first // 12:04d}-{first % 12 + 1:02d}/{last // 12:04d}-{last % 12 + 1:02d}"


def year_before(first: int, last: int) -> ReferencePeriod:
    """What year on year compares with: twelve months earlier, or the span before for spans of years."""
    step = max(12, last - first + 1) if first % 12 == 0 and last % 12 == 11 else 12
    return ReferencePeriod(first - step, last - step)
