"""Two processes on one record share their manners; loopback is left to each."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from flows.home import Home
from flows.ingest.pacing import RecordLeases
from storage.store import open_store

NOW = datetime(2026, 1, 15, 4, 0, tzinfo=UTC)
LATE = NOW + timedelta(minutes=5)
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

    with open_store(home.database) as one, open_store(home.database) as two, ThreadPoolExecutor(1) as writer:
        asyncio.run(story(RecordLeases(one, writer), RecordLeases(two, writer)))


def test_loopback_never_waits_for_the_record(home: Home) -> None:
    async def story(first: RecordLeases, second: RecordLeases) -> None:
        for key in ("host:127.0.0.1:8000#0", "host:localhost#0", "host:[::1]:80#0"):
            assert await first.take(key, "1/1", NOW, LATE) is None
            assert await second.take(key, "2/1", NOW, LATE) is None

    with open_store(home.database) as store, ThreadPoolExecutor(1) as writer:
        asyncio.run(story(RecordLeases(store, writer), RecordLeases(store, writer)))
