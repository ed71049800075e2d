"""A clock that the test sets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.alerts.samples import NOW


@dataclass
class HandClock:
    """Shows what it is set to."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now
