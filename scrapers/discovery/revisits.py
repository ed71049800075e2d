"""When a known article is asked for again: conditionally, at most once in `every`, until it is `until_age` old.

Reports are corrected under the same address within weeks (PITFALLS 8.3). Age counts from the day of publication, from
the first sight where the page gives none; what was old at first sight (a backfill) is not revisited at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from scrapers.discovery.windows import SHANGHAI


@dataclass(frozen=True, slots=True)
class RevisitPolicy:
    """How often, and for how long. `every` of zero makes every known article due, whatever its age."""

    every: timedelta = timedelta(days=1)
    until_age: timedelta = timedelta(days=30)

    def due_at(self, checked_at: datetime, first_seen: datetime, published: date | None = None) -> datetime | None:
        """When an article last asked for at `checked_at` is due again (aware, UTC); None: never."""
        if not self.every:
            return checked_at
        # What says that it was published later than it was first seen says so in error.
        born = min(first_seen, datetime.combine(published, time(), SHANGHAI)) if published else first_seen
        due = checked_at + self.every
        return due if due < born + self.until_age else None
