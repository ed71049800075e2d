"""A run's tools: what is kept is kept at once, and its row goes with the next transaction, whatever that one is."""

from __future__ import annotations

import asyncio
import gc
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from sqlmodel import Session, select

from flows.home import Home
from flows.ingest.flow import collect_source, ingest
from flows.ingest.job import opened, request_for
from flows.ingest.processes import YOUNG
from flows.settings import load_settings
from scrapers.sources.card import SourceCard
from scrapers.web.outcomes import Outcome, Page, Refused, RefusedBy
from scrapers.web.request import Hours, Request
from storage.snapshots import known_snapshots
from storage.store import open_store
from storage.tables import Lease

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


def test_cycles_are_looked_for_seldom_while_a_run_is_open_and_as_before_after_it(home: Home) -> None:
    usual = gc.get_threshold()

    async def story() -> None:
        async with opened(home, load_settings(home)):
            assert gc.get_threshold() == (YOUNG, *usual[1:])

    asyncio.run(story())
    assert gc.get_threshold() == usual


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


CARD = SourceCard(
    id="62-night",
    name="虚构省法院",
    region="62",
    body="法院",
    list_urls=("http://10.0.0.7/list.html",),
    hosts=("static.example.gov.cn",),
    encoding="gb18030",
    unclosed=True,
    platform="example.gov.cn",
    hours="00:00-23:59",
    allow_http=True,
    legacy_tls="an old appliance (fictional)",
    headers={"Referer": "http://10.0.0.7/"},
)


def test_a_request_is_all_that_its_card_says(home: Home) -> None:
    asked = request_for(load_settings(home), CARD, CARD.list_urls[0], headers=(("X-Of-The-Place", "1"),), etag='"1"')
    assert asked == Request(
        url="http://10.0.0.7/list.html",
        hosts=frozenset({"10.0.0.7", "static.example.gov.cn"}),
        etag='"1"',
        encoding="gb18030",
        unclosed=True,
        platform="example.gov.cn",
        hours=Hours(time(0, 0), time(23, 59)),
        allow_http=True,
        legacy_tls=True,
        headers=(("Referer", "http://10.0.0.7/"), ("X-Of-The-Place", "1")),
    )


def test_turns_are_taken_in_the_record_for_all_processes_and_the_platform(home: Home) -> None:
    """The address is a private one, so that the guard ends the request before anything is sent."""

    async def story() -> Outcome:
        async with opened(home, load_settings(home)) as job:
            return await job.fetch(CARD, CARD.list_urls[0])

    outcome = asyncio.run(story())
    assert isinstance(outcome, Refused)
    assert outcome.by is RefusedBy.ADDRESS_GUARD
    with open_store(home.root / "zhengfa.db") as store, store.read() as session:
        names = {lease.name for lease in session.exec(select(Lease)).all()}
    assert {name.partition(":")[2] for name in names} >= {"host:10.0.0.7#0", "platform:example.gov.cn#0"}


def test_what_the_client_tries_again_prefect_does_not() -> None:
    assert (collect_source.retries, ingest.retries) == (0, 0)
