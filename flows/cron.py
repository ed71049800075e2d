"""Whether a text is a cron line, told before Prefect is asked: importing that takes seconds and a home set up for it.

minute hour day-of-month month day-of-week      15 7,12,18 * * *      @daily
"""

from __future__ import annotations

from datetime import UTC, datetime

from cronsim import CronSim, CronSimError

# Prefect takes these too.
_ALIASES = {"@hourly", "@midnight", "@daily", "@weekly", "@monthly", "@yearly", "@annually"}
_FIELDS = 5
# That a line comes to pass at all (30 February does not) is looked for from some day on.
_SOME_DAY = datetime(2000, 1, 1, tzinfo=UTC)


def cron_line(text: str) -> str:
    """The text as it is. Raises ValueError where it is no cron line, or one whose day never comes."""
    if text in _ALIASES:
        return text
    try:
        # A sixth field would be seconds here and elsewhere, and in another place.
        if len(text.split()) == _FIELDS:
            next(CronSim(text, _SOME_DAY))
            return text
    except (CronSimError, StopIteration):
        pass
    raise ValueError("no cron line: write five fields, such as 15 7,12,18 * * *")
