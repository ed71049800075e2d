"""Whether a text is a cron line, told before Prefect is asked: importing that takes seconds and a home set up for it.

minute hour day-of-month month day-of-week      15 7,12,18 * * *      @daily

Prefect takes ranges that run over their end, such as the hours 22-6; cronsim does not, and gets them as a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime

from cronsim import CronSim, CronSimError

# Prefect takes these too.
_ALIASES = {
    "@hourly": "0 * * * *",
    "@midnight": "0 0 * * *",
    "@daily": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_MONTHS = ("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# First and last number of each field, and the names that stand for numbers.
_SPANS: tuple[tuple[int, int, tuple[str, ...]], ...] = (
    (0, 59, ()),
    (0, 23, ()),
    (1, 31, ()),
    (1, 12, _MONTHS),
    (0, 6, _DAYS),
)
_RANGE = re.compile(r"([0-9]{1,2}|[A-Za-z]{3})-([0-9]{1,2}|[A-Za-z]{3})(?:/([0-9]{1,2}))?")
_FIELDS = len(_SPANS)


def cron_line(text: str) -> str:
    """The text as it is. Raises ValueError where it is no cron line, or one whose day never comes (30 February)."""
    # A sixth field would be seconds, for Prefect the last and for others the first.
    if len(_ALIASES.get(text, text).split()) == _FIELDS:
        with suppress(CronSimError, StopIteration):
            next(moments(text, datetime(2000, 1, 1, tzinfo=UTC)))
            return text
    raise ValueError("no cron line: write five fields, such as 15 7,12,18 * * *")


def moments(line: str, after: datetime) -> Iterator[datetime]:
    """When a cron line comes round after a moment, in that moment's time zone. Raises CronSimError for another text."""
    fields = _ALIASES.get(line, line).split()
    return CronSim(" ".join(map(_listed, fields, _SPANS)) if len(fields) == _FIELDS else line, after)


def _listed(field: str, span: tuple[int, int, tuple[str, ...]]) -> str:
    """A field whose ranges over its end are lists: of hours 22-6 is 22,23,0,1,2,3,4,5,6. Anything else stays."""
    first, last, names = span
    parts = []
    for part in field.split(","):
        begin, end, step = (
            (_number(found[1], names), _number(found[2], names), int(found[3] or 1))
            if (found := _RANGE.fullmatch(part))
            else (first, first, 1)
        )
        # A Sunday may be 7, where a week begins with 0.
        known = first <= end and begin <= last + (names == _DAYS)
        over = begin > end and known and step > 0
        parts.append(",".join(map(str, _over(begin, end, step, first, last))) if over else part)
    return ",".join(parts)


def _over(begin: int, end: int, step: int, first: int, last: int) -> list[int]:
    """The numbers of a range over the end, with steps as Prefect counts them across it: of hours 22-6/3 is 22,2,5."""
    before = list(range(begin, last + 1, step))
    left = last - before[-1] if before else 0
    skipped = step - left if step > left + 1 else 0
    return [*before, *range(first + skipped, end + 1, step)]


def _number(word: str, names: tuple[str, ...]) -> int:
    """What stands at an end of a range; -1 for an unknown word, which cronsim then refuses."""
    if word.isdecimal():
        return int(word)
    return names.index(word.lower()) if word.lower() in names else -1
