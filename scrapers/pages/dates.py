"""Dates as pages print them, and as addresses carry them. China's time has no mark on pages: it is always UTC+8.

2025-01-17 16:40   2025/01/17   2025.01.17   2025年01月28日11:54   2019-07-02 10:04:47星期二   2024/02/27/ 08:33
2021 03/15 10:22 (each in an element of its own)   19-07-05 09:44 (two-digit year, only with a time)
2019-10-0812:00 (day and time in elements of their own)   20250117 (metas alone)
２０２５年１月１７日   2026-01-20T08:00:00+08:00   1769990400
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache

from scrapers.pages.tree import path_of

CHINA = timezone(timedelta(hours=8), "UTC+8")
Moment = datetime | date

_FULL_WIDTH = str.maketrans("０１２３４５６７８９：．／－", "0123456789:./-")
_HAS_FULL_WIDTH = re.compile("[０-９：．／－]")
# How every date begins; looked for first: most lines hold none, and prose of figures holds 2025年 without a month.
_BEGUN = re.compile(r"\d\d(?:\d\d\s*[-/.年—\s－／．]|[-－]\d\d[-－])\s*\d")
_DATE = re.compile(
    r"""(?<![\d.])
    (?: (?P<year>(?:19|20)\d{2}) \s*(?P<sep>[-/.年—])\s* (?P<month>0?[1-9]|1[0-2]) \s*(?:(?P=sep)|月)\s*
        (?P<day>3[01]|[12]\d|0?[1-9]) (?!\d(?!\d:\d\d)) \s*日? [/,，]?
      | (?P<year3>20\d{2}) \s+ (?P<month3>0[1-9]|1[0-2]) \s*/\s* (?P<day3>0[1-9]|[12]\d|3[01]) (?!\d)
      | (?P<short>\d{2}) - (?P<month2>0[1-9]|1[0-2]) - (?P<day2>0[1-9]|[12]\d|3[01]) (?=\s*\d{1,2}:\d{2})
    )
    (?: \s*(?:星期|周)[一二三四五六日天] )?
    (?: [\sT\u00a0]* (?P<hour>[01]?\d|2[0-3]) \s*[:时]\s* (?P<minute>[0-5]\d)
        (?: \s*[:分]\s* (?P<second>[0-5]\d) (?:\.\d+)? )?
        (?P<zone>Z|[+-]\d{2}:?\d{2})? (?!\d) )?
    """,
    re.VERBOSE,
)
_COMPACT = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:\d{4}|\d{6})?")
_EPOCH = re.compile(r"1[0-9]{9}(?:[0-9]{3})?")

# In the order in which they are to be believed; each gives year, month and perhaps day.
_ADDRESSES = tuple(
    re.compile(pattern)
    for pattern in (
        r"/t((?:19|20)\d{2})(\d{2})(\d{2})_\d+",
        r"/((?:19|20)\d{2})-(\d{1,2})/(\d{1,2})/",
        r"/((?:19|20)\d{2})-(\d{1,2})-(\d{1,2})/",
        r"/((?:19|20)\d{2})/(\d{1,2})/(\d{1,2})/",
        r"/((?:19|20)\d{2})(\d{2})/(\d{2})/",
        r"/((?:19|20)\d{2})/(\d{2})(\d{2})/",
        r"/((?:19|20)\d{2})(\d{2})(\d{2})/",
        r"/(?:\w+_)?((?:19|20)\d{2})(\d{2})(\d{2})\d*(?:_\d+)?\.s?html?$",
    )
)
EARLIEST = 1990


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text; offsets count the text as given."""

    start: int
    end: int
    value: Moment


def find_dates(text: str) -> Iterator[Found]:
    """Every possible date of `text`, in order; 2025-02-30 is none."""
    if _BEGUN.search(text) is None:
        return
    for match in _DATE.finditer(text.translate(_FULL_WIDTH) if _HAS_FULL_WIDTH.search(text) else text):
        value = _value(match)
        if value is not None:
            yield Found(match.start(), match.end(), value)


def read_date(text: str | None) -> Moment | None:
    """The first date of a text that should hold one (a meta, a row's date, seconds since 1970), or None."""
    if not text:
        return None
    found = next(find_dates(text), None)
    if found is not None:
        return found.value
    if epoch := _EPOCH.fullmatch(text.strip()):
        return datetime.fromtimestamp(int(epoch[0][:10]), CHINA)
    if compact := _COMPACT.fullmatch(text.strip()):
        return _day(int(compact[1]), int(compact[2]), int(compact[3]))
    return None


@lru_cache(maxsize=1024)
def address_date(url: str) -> date | None:
    """The full date in an address, or None. It is when the page was made, which may be years off (PITFALLS 2.4)."""
    path = path_of(url)
    for pattern in _ADDRESSES:
        if match := pattern.search(path):
            found = _day(int(match[1]), int(match[2]), int(match[3]))
            if found is not None:
                return found
    return None


def day_of(moment: Moment | None) -> date | None:
    """The day in China."""
    return moment.astimezone(CHINA).date() if isinstance(moment, datetime) else moment


def _value(match: re.Match[str]) -> Moment | None:
    year = int(match["year"] or match["year3"] or f"20{match['short']}")
    month, number = match["month"] or match["month2"] or match["month3"], match["day"] or match["day2"] or match["day3"]
    day = _day(year, int(month), int(number))
    if day is None or match["hour"] is None:
        return day
    # Midnight to the second is what a system prints that knows no time.
    if match["zone"] is None and not any(int(match[part] or 0) for part in ("hour", "minute", "second")):
        return day
    moment = datetime(
        day.year, day.month, day.day, int(match["hour"]), int(match["minute"]), int(match["second"] or 0), tzinfo=CHINA
    )
    return moment if match["zone"] is None else _zoned(moment, match["zone"])


def _zoned(moment: datetime, zone: str) -> datetime:
    if zone == "Z":
        return moment.replace(tzinfo=UTC).astimezone(CHINA)
    digits = zone.replace(":", "")
    offset = timedelta(hours=int(digits[1:3]), minutes=int(digits[3:5])) * (-1 if digits[0] == "-" else 1)
    return moment.replace(tzinfo=timezone(offset)).astimezone(CHINA)


def _day(year: int, month: int, day: int) -> date | None:
    if year < EARLIEST:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
