"""What a run works with, opened once and shared by all its source tasks.

Job
├── store + writer   one transaction after another, whoever asks: SQLite has one writer anyway; articles share them
├── client           one polite client; hosts on loopback need no politeness
├── pool             processes that parse and read
└── window           how far back
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Concatenate, ParamSpec, TypedDict, TypeVar, Unpack

from sqlmodel import Session
from yarl import URL

from flows.home import Home
from flows.ingest.pacing import LOOPBACK, RecordLeases
from flows.ingest.pool import ParsingPool
from flows.ingest.processes import YOUNG
from flows.ingest.writer import Writer
from flows.settings import Settings
from flows.stores import open_record
from scrapers.discovery.revisits import RevisitPolicy
from scrapers.discovery.windows import Window, window
from scrapers.sources.card import SourceCard
from scrapers.web.client import Client, ClientSettings
from scrapers.web.clock import SystemClock
from scrapers.web.outcomes import Outcome, Page
from scrapers.web.pacing import Pacer
from scrapers.web.request import BROWSER, Expect, Pace, Request
from scrapers.web.robots import FolderRobots
from storage.snapshots import Kept, note_snapshot
from storage.store import Store

P = ParamSpec("P")
T = TypeVar("T")

_AT_ONCE = Pace(gap=0, jitter=0, parallel=4)
# In a session's notes: the snapshots whose rows its transaction has written.
_NOTED = "noted"


class Asked(TypedDict, total=False):
    """What one request says beside its address and its card: see `scrapers.web.request.Request`."""

    etag: str | None
    last_modified: str | None
    landmarks: tuple[str, ...]
    form: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Job:
    """One run's tools. `now` is when it began; `window` is how far back, and whether the user named the days.

    `kept` are snapshots in the archive, by SHA-256, whose rows are not written yet.
    """

    home: Home
    settings: Settings
    store: Store
    client: Client
    pool: ParsingPool
    writer: Writer
    now: datetime
    window: Window
    kept: dict[str, tuple[Kept, str, datetime]] = field(default_factory=dict)

    @property
    def revisits(self) -> RevisitPolicy:
        """When known articles are asked for again."""
        return RevisitPolicy(self.settings.revisit_every, self.settings.revisit_for)

    async def write(self, work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `work` in one transaction of its own."""
        return await self._written(self.writer.run, lambda session: work(session, *args, **kwargs))

    async def write_together(self, work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `work`, which touches nothing but the record, in a transaction with what others have to write by then."""
        return await self._written(self.writer.run_together, lambda session: work(session, *args, **kwargs))

    async def _written(self, run: Callable[[Callable[[Session], T]], Awaitable[T]], work: Callable[[Session], T]) -> T:
        noted: list[str] = []

        def transaction(session: Session) -> T:
            # Whatever refers to a snapshot is written after it, so its row comes first, in the same transaction.
            known: set[str] = session.info.setdefault(_NOTED, set())
            for snapshot, media_type, fetched_at in tuple(self.kept.values()):
                if snapshot.sha256 not in known:
                    note_snapshot(session, snapshot, media_type=media_type, now=fetched_at)
                    known.add(snapshot.sha256)
                noted.append(snapshot.sha256)
            return work(session)

        done = await run(transaction)
        # Another transaction, begun before this is said, may have noted the same once more: that is no harm.
        for sha256 in noted:
            self.kept.pop(sha256, None)
        return done

    async def compute(self, work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Run pure `work` in a parsing process. Raises ParsingError."""
        return await self.pool.run(work, *args, **named)

    async def keep(self, page: Page) -> Kept:
        """Keep the bytes of a page before anything is made of them; the row goes with the next transaction."""
        archive = self.store.archive
        # A folder takes half a millisecond, less than another thread and the way back from it.
        snapshot = archive.keep(page.content) if archive.local else await asyncio.to_thread(archive.keep, page.content)
        self.kept[snapshot.sha256] = (snapshot, page.content_type, page.fetched_at)
        return snapshot

    async def fetch(
        self,
        card: SourceCard,
        url: str,
        *,
        expect: Expect = Expect.HTML,
        headers: tuple[tuple[str, str], ...] = (),
        **asked: Unpack[Asked],
    ) -> Outcome:
        """Ask for one address as its card allows; `headers` go beside those of the card."""
        return await self.client.fetch(request_for(self.settings, card, url, expect, headers=headers, **asked))


def request_for(
    settings: Settings,
    card: SourceCard,
    url: str,
    expect: Expect = Expect.HTML,
    *,
    headers: tuple[tuple[str, str], ...] = (),
    **asked: Unpack[Asked],
) -> Request:
    """A request as the card allows it; hosts on loopback need no politeness."""
    local = settings.allow_loopback and URL(url).host in LOOPBACK
    return Request(
        url=url,
        hosts=card.all_hosts,
        expect=expect,
        encoding=card.encoding,
        unclosed=card.unclosed,
        platform=card.platform,
        hours=card.hours,
        pace=_AT_ONCE if local else None,
        legacy_tls=bool(card.legacy_tls),
        allow_http=card.allow_http,
        headers=(*card.headers.items(), *headers),
        **asked,
    )


def client_settings(settings: Settings) -> ClientSettings:
    """Our manners as the user's settings say."""
    return ClientSettings(
        contact=settings.contact,
        second_agent=BROWSER if settings.browser_check else "",
        allow_loopback=settings.allow_loopback,
        pace=Pace(gap=settings.request_gap / timedelta(seconds=1)),
    )


@asynccontextmanager
async def opened(
    home: Home, settings: Settings, *, since: date | None = None, until: date | None = None
) -> AsyncIterator[Job]:
    """Open everything a run needs, and close it. Raises storage's errors where the record cannot be opened."""
    now = datetime.now(UTC)
    # The pool first: its processes load what they need while the record is being opened.
    async with ParsingPool(settings.parse_processes, home.indicators) as pool:
        store = await asyncio.to_thread(open_record, home, settings)
        with store, Writer(store) as writer, _seldom_collecting():
            async with _client(home, settings, RecordLeases(writer)) as client:
                job = Job(
                    home, settings, store, client, pool, writer, now,
                    window(now, since=since, until=until, reach=settings.first_window),
                )  # fmt: skip
                try:
                    yield job
                finally:
                    if job.kept:
                        await job.write(lambda _session: None)


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """While articles come and go by the thousand, the collector of cycles, which they hardly make, seldom looks."""
    usual = gc.get_threshold()
    # Nought is a program that has the collector switched off.
    gc.set_threshold(usual[0] and max(YOUNG, usual[0]), *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _client(home: Home, settings: Settings, leases: RecordLeases) -> Client:
    clock = SystemClock()
    return Client(
        client_settings(settings),
        clock=clock,
        pacer=Pacer(clock, leases),
        robots=FolderRobots(home.robots),
    )
