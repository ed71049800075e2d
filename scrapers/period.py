"""The reference period of a figure: whole months, from the first to the last, both included.

    2024              Period.year(2024)
    2018-2022         Period.years(2018, 2022)
    2024-01/2024-06   Period.months(2024, 1, 6)

A period that is exactly one calendar year is that year, however it was printed (1月至12月).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from scrapers.record import Record

_YEAR = re.compile(r"(\d{4})")
_YEARS = re.compile(r"(\d{4})-(\d{4})")
_MONTHS = re.compile(r"(\d{4})-(\d{2})(?:/(\d{4})-(\d{2}))?")


@dataclass(frozen=True, slots=True, order=True)
class Period(Record):
    """Months `first` to `last`, each as a count (year × 12 + month − 1), so that periods order and subtract."""

    first: int
    last: int

    def __post_init__(self) -> None:
        """Raises ValueError where the period ends before it begins."""
        if self.last < self.first:
            raise ValueError(f"period ends before it begins: {self.first} > {self.last}")

    @classmethod
    def year(cls, year: int) -> Period:
        """One calendar year."""
        return cls.years(year, year)

    @classmethod
    def years(cls, first: int, last: int) -> Period:
        """Whole calendar years, both included."""
        return cls(first * 12, last * 12 + 11)

    @classmethod
    def months(cls, year: int, first: int, last: int) -> Period:
        """Months `first` to `last` (1–12) of one year."""
        return cls(year * 12 + first - 1, year * 12 + last - 1)

    @classmethod
    def parse(cls, text: str) -> Period:
        """Reads `2024`, `2018-2022`, `2024-06` and `2024-01/2024-06`. Raises ValueError for anything else."""
        if match := _YEAR.fullmatch(text):
            return cls.year(int(match[1]))
        if match := _MONTHS.fullmatch(text):
            first = int(match[1]) * 12 + int(match[2]) - 1
            last = int(match[3]) * 12 + int(match[4]) - 1 if match[3] else first
            if 1 <= int(match[2]) <= 12 and 1 <= int(match[4] or match[2]) <= 12:
                return cls(first, last)
        elif match := _YEARS.fullmatch(text):
            return cls.years(int(match[1]), int(match[2]))
        raise ValueError(f"{text!r} is no period: write 2024, 2018-2022 or 2024-01/2024-06")

    @property
    def length(self) -> int:
        """How many months it covers."""
        return self.last - self.first + 1

    @property
    def first_year(self) -> int:
        """The calendar year in which it begins."""
        return self.first // 12

    @property
    def last_year(self) -> int:
        """The calendar year in which it ends."""
        return self.last // 12

    @property
    def whole_years(self) -> bool:
        """Whether it begins in a January and ends in a December."""
        return self.first % 12 == 0 and self.last % 12 == 11

    def shifted(self, months: int) -> Period:
        """The period of the same length, `months` later (earlier where negative)."""
        return Period(self.first + months, self.last + months)

    def __str__(self) -> str:
        if self.whole_years:
            return str(self.first_year) if self.length == 12 else f"{self.first_year}-{self.last_year}"
        return f"{_month(self.first)}/{_month(self.last)}"


def _month(count: int) -> str:
    return f"{count // 12:04d}-{count % 12 + 1:02d}"
