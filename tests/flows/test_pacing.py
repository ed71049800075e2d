"""Two processes on one record share their manners; loopback is left to each."""

from __future__ import annotations

import asyncio
import itertools
from datetime import UTC, datetime, timedelta

from flows.home import Home
from flows.ingest.pacing import RecordLeases
from flows.ingest.writer import Writer
from scrapers.web.pacing import Pacer
from scrapers.web.request import Pace
from storage.store import open_store
from tests.scrapers.web.conftest import StillClock

NOW = datetime(2026, 1, 15, 4, 0, tzinfo=UTC)
LATE = NOW + timedelta(minutes=5)
GAP = Pace(gap=3, jitter=0)
FREE = NOW + timedelta(seconds=3)


def test_a_host_is_asked_by_one_process_at_a_time(home: Home) -> None:
    async def story(first: RecordLeases, second: RecordLeases) -> None:
        key = "host:www.example.gov.cn#0"
        assert await first.take(key, "1/1", NOW, LATE) is None
        refused = await second.take(key, "2/1", NOW, LATE)
        assert refused is not None
        assert NOW < refused < FREE  # held: worth asking again soon
        await first.give_back(key, "1/1", FREE)
        assert await second.take(key, "2/1", NOW, LATE) == FREE
        assert await second.take(key, "2/1", FREE, LATE) is None

    with open_store(home.database) as one, open_store(home.database) as two, Writer(one) as first, Writer(two) as other:
        asyncio.run(story(RecordLeases(first), RecordLeases(other)))


def test_loopback_never_waits_for_the_record(home: Home) -> None:
    async def story(first: RecordLeases, second: RecordLeases) -> None:
        for key in ("host:127.0.0.1:8000#0", "host:localhost#0", "host:[::1]:80#0"):
            assert await first.take(key, "1/1", NOW, LATE) is None
            assert await second.take(key, "2/1", NOW, LATE) is None

    with open_store(home.database) as store, Writer(store) as writer:
        asyncio.run(story(RecordLeases(writer), RecordLeases(writer)))


def test_a_refusal_is_remembered_by_the_next_process(home: Home) -> None:
    """Two runs, one after the other, on one record: the second begins as slowly as the first ended."""

    async def pauses(leases: RecordLeases, clock: StillClock, *, blocked: bool) -> list[float]:
        pacer, begun = Pacer(clock, leases), []
        for _ in range(3):
            async with pacer.turn("www.example.gov.cn", "jcy", GAP, None, 1000) as turn:
                begun.append(clock.now())
                if blocked:
                    turn.blocked()
        return [(later - earlier).total_seconds() for earlier, later in itertools.pairwise(begun)]

    def run(*, blocked: bool) -> list[float]:
        with open_store(home.database) as store, Writer(store) as writer:
            return asyncio.run(pauses(RecordLeases(writer), clock, blocked=blocked))

    clock = StillClock()
    assert run(blocked=True) == [12, 48]
    assert run(blocked=False) == [96, 96]
    clock.moment += timedelta(days=1)
    assert run(blocked=False) == [48, 48]
    clock.moment += timedelta(days=5)
    assert run(blocked=False) == [3, 3]
