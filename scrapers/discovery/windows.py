"""How far back to look: a span of publication dates, in the calendar of Asia/Shanghai."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

# One report a year and its yearly predecessor: a year and the slack by which sessions move.
FIRST_WINDOW = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Window:
    """Days from `since` to `until`, both included; None is open.

    `asked` is true where the user named the days himself (`--since`, `--until`): then pages are turned until they are
    passed, whatever was seen before.
    """

    since: date | None = None
    until: date | None = None
    asked: bool = False

    def __post_init__(self) -> None:
        """Raises ValueError where it ends before it begins."""
        if self.since and self.until and self.until < self.since:
            raise ValueError(f"the window ends before it begins: {self.since} > {self.until}")

    def holds(self, day: date | None) -> bool:
        """Whether `day` lies inside. An unknown day does: only the page can tell."""
        return day is None or not (self.before(day) or (self.until is not None and day > self.until))

    def before(self, day: date) -> bool:
        """Whether `day` lies before the window begins."""
        return self.since is not None and day < self.since


def window(
    now: datetime, *, since: date | None = None, until: date | None = None, reach: timedelta = FIRST_WINDOW
) -> Window:
    """The window of a run at `now` (aware): what the user named, else the last `reach` (400 days) without an end."""
    if since or until:
        return Window(since, until, asked=True)
    return Window(today(now) - reach)


def today(now: datetime) -> date:
    """The day it is in China at `now` (aware)."""
    return now.astimezone(SHANGHAI).date()
