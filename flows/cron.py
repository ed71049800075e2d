"""Whether a text is a cron line, told before Prefect is asked: importing that takes seconds and a home set up for it.

minute hour day-of-month month day-of-week      15 7,12,18 * * *      @daily
"""

from __future__ import annotations

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
_FIELDS = 5


def cron_line(text: str) -> str:
    """The text as it is. Raises ValueError where it is no cron line, or one whose day never comes (30 February)."""
    # A sixth field would be seconds, for Prefect the last and for others the first.
    if len(_ALIASES.get(text, text).split()) == _FIELDS:
        with suppress(CronSimError, StopIteration):
            next(moments(text, datetime(2000, 1, 1, tzinfo=UTC)))
            return text
    raise ValueError("no cron line: write five fields, such as 15 7,12,18 * * *")


def moments(line: str, after: datetime) -> Iterator[datetime]:
    """When a cron line comes round after a moment, in that moment's time zone."""
    return CronSim(_ALIASES.get(line, line), after)
