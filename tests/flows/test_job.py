"""A run's tools: what is kept is kept at once, and its row goes with the next transaction, whatever that one is."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from flows.home import Home
from flows.ingest.job import opened
from flows.settings import load_settings
from scrapers.web.outcomes import Page
from storage.snapshots import known_snapshots
from storage.store import open_store

NOW = datetime(2026, 1, 20, 8, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("ZHENGFA_HOME", str(tmp_path))
    return Home(tmp_path)


def page(content: bytes) -> Page:
    return Page(
        url="http://court.example/1",
        fetched_at=NOW,
        final_url="http://court.example/1",
        status=200,
        headers=(),
        content=content,
        content_type="text/html",
    )


def test_a_snapshot_is_noted_before_whatever_refers_to_it(home: Home) -> None:
    def noted(session: Session) -> set[str]:
        return set(known_snapshots(session))

    def fails(_session: Session) -> None:
        raise ValueError("a fault of ours")

    async def story() -> None:
        async with opened(home, load_settings(home)) as job:
            first = await job.keep(page(b"first"))
            assert job.store.archive.has(first.sha256)
            with pytest.raises(ValueError, match="of ours"):
                await job.write(fails)
            # What was rolled back with that one comes with the next.
            assert await job.write(noted) == {first.sha256}
            second = await job.keep(page(b"second"))
            assert await job.write(noted) == {first.sha256, second.sha256}

    asyncio.run(story())


def test_what_is_kept_last_is_noted_at_the_end(home: Home) -> None:
    async def story() -> str:
        async with opened(home, load_settings(home)) as job:
            return (await job.keep(page(b"only"))).sha256

    sha256 = asyncio.run(story())
    with open_store(home.root / "zhengfa.db") as store, store.read() as session:
        assert list(known_snapshots(session)) == [sha256]
