"""What a site wants of robots: fetched once a day per origin, its absence and its failure told apart.

Rules    200 and text: protego decides
absent   404 and any other 4xx, or an HTML page in its place: everything is allowed (RFC 9309 §2.3.1.3)
failure  5xx, no answer, a challenge: nothing may be asked (RFC 9309 §2.3.1.4), and the outcome says why
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from protego import Protego
from yarl import URL

from scrapers.web.clock import Clock
from scrapers.web.outcomes import Outcome

# A failure is asked about again soon, but not for each of the hundred links of one list page.
_FAILURE_TTL = timedelta(minutes=10)

# Google's limit, which RFC 9309 §2.5 makes the least a crawler must read.
_LONGEST = 500 * 1024


@dataclass(frozen=True, slots=True)
class RobotsText:
    """robots.txt as it was at `fetched_at`; None where the site has none."""

    text: str | None
    fetched_at: datetime


class RobotsStore(Protocol):
    """Where robots.txt outlives a run, so that it is asked for once a day and not once a run."""

    async def load(self, origin: str) -> RobotsText | None:
        """What is kept for `origin` (https://www.example.gov.cn)."""

    async def save(self, origin: str, robots: RobotsText) -> None:
        """Keeps it."""


@dataclass(slots=True)
class MemoryRobots:
    """Keeps robots.txt for the life of the process."""

    _kept: dict[str, RobotsText] = field(default_factory=dict)

    async def load(self, origin: str) -> RobotsText | None:
        """See `RobotsStore.load`."""
        return self._kept.get(origin)

    async def save(self, origin: str, robots: RobotsText) -> None:
        """See `RobotsStore.save`."""
        self._kept[origin] = robots


@dataclass(frozen=True, slots=True)
class FolderRobots:
    """Keeps robots.txt in a folder, a small file for each origin, for all processes that use it."""

    folder: Path

    async def load(self, origin: str) -> RobotsText | None:
        """See `RobotsStore.load`; a file that cannot be read is as none."""
        try:
            kept = json.loads(self._file(origin).read_text(encoding="utf-8"))
            return RobotsText(kept["text"], datetime.fromisoformat(kept["fetched_at"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    async def save(self, origin: str, robots: RobotsText) -> None:
        """See `RobotsStore.save`; readers see the old file or the new one. Raises OSError where it cannot write."""
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self._file(origin)
        kept = {"origin": origin, "text": robots.text, "fetched_at": robots.fetched_at.isoformat()}
        written = file.with_name(f"{file.name}.{os.getpid()}")
        written.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        written.replace(file)

    def _file(self, origin: str) -> Path:
        return self.folder / f"{hashlib.sha256(origin.encode()).hexdigest()[:32]}.json"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an address may be asked; `failure` came instead of robots.txt; `delay`: its Crawl-delay in seconds."""

    allowed: bool
    failure: Outcome | None = None
    delay: float | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    rules: Protego | None
    failure: Outcome | None
    until: datetime


Fetch = Callable[[str], Awaitable["str | Outcome | None"]]


class Robots:
    """The rules of all origins of a run. What fetches gives the text, None where there is none, or a failure."""

    def __init__(self, agent: str, ttl: timedelta, clock: Clock, store: RobotsStore | None = None) -> None:
        self._agent = agent
        self._ttl = ttl
        self._clock = clock
        self._store: RobotsStore = store or MemoryRobots()
        self._known: dict[str, _Known] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def verdict(self, url: str, fetch: Fetch) -> Verdict:
        """Whether `url` may be asked; fetches robots.txt of its origin first where it is not known or a day old."""
        origin = str(URL(url).origin())
        known = self._known.get(origin)
        if known is None or known.until <= self._clock.now():
            async with self._locks.setdefault(origin, asyncio.Lock()):
                known = self._known.get(origin)
                if known is None or known.until <= self._clock.now():
                    known = self._known[origin] = await self._learn(origin, fetch)
        if known.failure is not None:
            return Verdict(allowed=False, failure=known.failure)
        if known.rules is None:
            return Verdict(allowed=True)
        return Verdict(
            allowed=bool(known.rules.can_fetch(url, self._agent)), delay=known.rules.crawl_delay(self._agent)
        )

    async def _learn(self, origin: str, fetch: Fetch) -> _Known:
        now = self._clock.now()
        kept = await self._store.load(origin)
        if kept is None or kept.fetched_at + self._ttl <= now:
            found = await fetch(f"{origin}/robots.txt")
            if found is not None and not isinstance(found, str):
                return _Known(None, found, now + _FAILURE_TTL)
            kept = RobotsText(found, now)
            await self._store.save(origin, kept)
        rules = Protego.parse(kept.text[:_LONGEST]) if kept.text is not None else None
        return _Known(rules, None, kept.fetched_at + self._ttl)
