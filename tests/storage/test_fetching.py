from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import col, select

from storage.fetching import (
    due_addresses,
    mark_link,
    note_links,
    pass_links,
    passed_among,
    passed_keys,
    recall_fetch,
    recall_fetches,
    remember_fetch,
    seen_among,
    seen_urls,
    thin_fetches,
    waiting_links,
)
from storage.inputs import FetchInput, LinkInput
from storage.runs import (
    SourceCounts,
    drop_lease,
    end_run,
    end_source_run,
    last_well,
    source_history,
    start_run,
    start_source_run,
    take_lease,
)
from storage.store import Store
from storage.tables import Fetch, Run
from storage.vocabulary import LinkState, Outcome, RunResult
from tests.storage.made import NOW, catalogue

URL = "http://court.example/1.html"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _catalogue(store: Store) -> None:
    with store.write() as session:
        catalogue(session)


def fetch(store: Store, outcome: Outcome, *, days: int = 0, **others: object) -> None:
    fields = {"url": URL, "source_id": "62-court", "due_at": NOW + timedelta(days=days + 1)}
    with store.write() as session:
        remember_fetch(session, FetchInput(outcome=outcome, **(fields | others)), now=NOW + timedelta(days=days))  # type: ignore[arg-type]


def test_validators_stay_through_what_brought_none(store: Store) -> None:
    text = "a" * 64
    fetch(store, Outcome.PAGE, etag='"1"', last_modified="Fri, 17 Jan 2025", text_sha256=text)
    fetch(store, Outcome.NOT_MODIFIED, days=1)
    fetch(store, Outcome.UNREACHABLE, days=2, note="refused")
    fetch(store, Outcome.TIMED_OUT, days=3)
    with store.read() as session:
        found = recall_fetch(session, URL)
        assert found is not None
        assert (found.etag, found.last_modified, found.text_sha256) == ('"1"', "Fri, 17 Jan 2025", text)
        assert (found.outcome, found.failures) == (Outcome.TIMED_OUT, 2)
        assert (found.checked_at, found.succeeded_at) == (NOW + 3 * DAY, NOW + DAY)
        assert recall_fetch(session, "http://never.example") is None


def test_a_new_page_without_validators_has_none(store: Store) -> None:
    fetch(store, Outcome.PAGE, etag='"1"')
    fetch(store, Outcome.PAGE, days=1)
    with store.read() as session:
        found = recall_fetch(session, URL)
        assert found is not None
        assert (found.etag, found.failures) == (None, 0)


def test_what_is_due(store: Store) -> None:
    fetch(store, Outcome.PAGE)
    fetch(store, Outcome.PAGE, url="http://court.example/never", due_at=None)
    fetch(store, Outcome.PAGE, url="http://court.example/list", kind="list")
    with store.read() as session:
        assert due_addresses(session, "62-court", now=NOW) == ()
        assert [item.url for item in due_addresses(session, "62-court", now=NOW + DAY)] == [URL]
        assert due_addresses(session, "62-press", now=NOW + DAY) == ()


def test_links_wait_until_they_are_read(store: Store) -> None:
    links = [LinkInput(url=f"http://court.example/{number}", title=f"报告{number}") for number in range(3)]
    with store.write() as session:
        assert note_links(session, "62-court", links, now=NOW) == tuple(links)
        mark_link(session, "62-court", links[0].url, LinkState.READ)
        mark_link(session, "62-court", links[1].url, LinkState.FAILED, note="timed out")
        # What failed comes up again; a source's links are its own.
        assert note_links(session, "62-court", links, now=NOW + DAY) == (links[1], links[2])
        assert note_links(session, "62-press", links[:1], now=NOW) == (links[0],)


def test_the_latest_links_that_are_done(store: Store) -> None:
    links = [LinkInput(url=f"http://court.example/{number}") for number in range(6)]
    with store.write() as session:
        note_links(session, "62-court", links, now=NOW)
        for link in links[:4]:
            mark_link(session, "62-court", link.url, LinkState.READ)
        mark_link(session, "62-court", links[4].url, LinkState.GONE)
        assert seen_urls(session, "62-court") == {link.url for link in links[:5]}
        assert seen_urls(session, "62-court", latest=1) == {links[3].url, links[4].url}
        # What is left out there is found by its address, however old; what waits has not come to its end.
        everything = [*(link.url for link in links), "http://court.example/never"]
        assert seen_among(session, "62-court", everything) == {link.url for link in links[:5]}
        assert seen_among(session, "62-press", everything) == frozenset()
        assert waiting_links(session, "62-court") == (links[5],)
        # What is left out there is no new link here.
        assert note_links(session, "62-court", links, now=NOW) == (links[5],)


def test_the_log_is_thinned_and_the_state_stays(store: Store) -> None:
    for days in range(4):
        fetch(store, Outcome.PAGE, days=days)
    with store.write() as session:
        # The oldest first, no more at a time than is asked.
        assert thin_fetches(session, before=NOW + 2 * DAY, limit=1) == 1
        assert [row.at for row in session.exec(select(Fetch).order_by(col(Fetch.id)))] == [
            NOW + n * DAY for n in (1, 2, 3)
        ]
        assert thin_fetches(session, before=NOW + 2 * DAY) == 1
        assert thin_fetches(session, before=NOW + 2 * DAY) == 0
        assert len(session.exec(select(Fetch)).all()) == 2
        assert recall_fetch(session, URL) is not None


def test_every_source_run_ends_in_a_named_result(store: Store) -> None:
    with store.write() as session:
        run = start_run(session, kind="ingest", name="早班", now=NOW)
        first = start_source_run(session, run, "62-court", now=NOW)
        assert start_source_run(session, run, "62-court", now=NOW) == first
        counts = SourceCounts(links=9, new=2, figures=60, more={"landmarks": 3})
        end_source_run(session, first, result=RunResult.OK, counts=counts, now=NOW + DAY)
        second = start_source_run(session, run, "62-press", now=NOW)
        end_source_run(
            session, second, result=RunResult.BROKEN, counts=SourceCounts(), now=NOW, note="list page shrunk"
        )
        end_run(session, run, now=NOW + DAY, counts={"new": 2})
    with store.read() as session:
        for source, result in (("62-court", RunResult.OK), ("62-press", RunResult.BROKEN)):
            assert [item.result for item in source_history(session, source)] == [result]
        assert source_history(session, "62-court")[0].counts == counts
        assert last_well(session, "62-court") == NOW + DAY
        assert last_well(session, "62-press") is None
        assert session.exec(select(Run)).one().counts == {"new": 2}


def test_a_lease_is_one_owners_until_it_runs_out(store: Store) -> None:
    def take(owner: str, minutes: int) -> bool:
        with store.write() as session:
            return take_lease(
                session, "reread", owner=owner, now=NOW + timedelta(minutes=minutes), lasts=timedelta(minutes=5)
            )

    assert take("a", 0)
    assert not take("b", 1)
    assert take("a", 2)
    assert not take("b", 6)
    assert take("b", 7)
    with store.write() as session:
        drop_lease(session, "reread", owner="a")
    assert not take("a", 8)
    with store.write() as session:
        drop_lease(session, "reread", owner="b")
    assert take("a", 8)


def test_links_left_alone_are_remembered_the_latest_of_them(store: Store) -> None:
    with store.write() as session:
        pass_links(session, "62-court", (f"court.example/{number}" for number in range(6)), now=NOW)
        pass_links(session, "62-court", ["court.example/5", "court.example/6"], now=NOW + DAY, latest=3)
    with store.read() as session:
        assert passed_keys(session, "62-court") == {f"court.example/{number}" for number in (4, 5, 6)}
        assert passed_keys(session, "33-court") == frozenset()
        keys = ["court.example/1", "court.example/5", "court.example/9"]
        assert passed_among(session, "62-court", keys) == {"court.example/5"}
        assert passed_among(session, "33-court", keys) == frozenset()


def test_many_are_recalled_in_one_go(store: Store) -> None:
    urls = [f"http://court.example/{number}" for number in range(5)]
    for url in urls:
        fetch(store, Outcome.PAGE, url=url, etag=url)
    with store.read() as session:
        found = recall_fetches(session, [*urls, *urls, "http://never.example"])
    assert {url: known.etag for url, known in found.items()} == {url: url for url in urls}
    assert found[urls[0]].published is None
