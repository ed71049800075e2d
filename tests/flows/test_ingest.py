"""The whole way: pages on real replica servers, a real Prefect server, real receivers; the flow in this process."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from flows.delivery import deliver_round
from flows.home import Home
from flows.ingest import cards
from flows.ingest.report import RunReport
from flows.settings import load_settings
from scrapers.discovery.windows import SHANGHAI
from scrapers.sources.loading import Cards, load_cards
from storage import editions
from storage.facts import Recorded
from storage.inputs import EditionInput
from storage.store import open_store
from storage.tables import Fetch, FetchState, Observation, Snapshot
from tests.alerts.mail_sink import Sink, mail_sink
from tests.alerts.servers import HttpReceiver, Reply, http_receiver
from tests.conftest import SHARED
from tests.replicas import faults
from tests.replicas.demo import EARLIER, EDITED, LATER, SITES, DemoReport, DemoWorld, demo_world

pytestmark = [
    pytest.mark.prefect,
    pytest.mark.xdist_group("prefect"),
    pytest.mark.timeout(300),
    # Prefect leaves its websocket to the garbage collector at the end of every flow.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

# What each first figure of LATER is told as: subject, direction, per cent.
SHARP = {
    ("62", "up", 108.0),
    ("62", "up", 70.5),
    ("62", "down", 26.0),
    ("33", "up", 37.1),
    ("43", "down", 27.8),
}


@pytest.fixture
def world() -> Iterator[DemoWorld]:
    with demo_world() as made:
        yield made


@pytest.fixture
def hook() -> Iterator[HttpReceiver]:
    with http_receiver() as receiver:
        yield receiver


@pytest.fixture
def mail() -> Iterator[Sink]:
    with mail_sink() as sink:
        yield sink


@pytest.fixture
def desk(home: Home, world: DemoWorld, hook: HttpReceiver, mail: Sink, prefect_api: str) -> Home:
    """A home with the four cards and two receivers."""
    home.settings_file.write_text(
        f'contact = "test@example.org"\n'
        f'[[receivers]]\nname = "desk"\nkind = "webhook"\nurl = "{hook.url}"\n'
        f'[[receivers]]\nname = "mail"\nkind = "email"\nsmtp = "{mail.url}"\n'
        f'sender = "zhengfa@example.org"\nto = ["desk@example.org"]\n'
    )
    world.write_cards(home.sources)
    return home


def run(**options: object) -> RunReport:
    from flows.ingest.run import run_once

    return run_once(None, **options)  # type: ignore[arg-type]


def told(hook: HttpReceiver) -> list[tuple[str, str, str, float]]:
    """Every alert that came: reason, region, direction, value of the change."""
    return [
        (got.json["reason"], alert["region"], alert["change"]["direction"], float(alert["change"]["value"]))
        for got in hook.got
        for alert in got.json["alerts"]
    ]


def archive_then_news(world: DemoWorld, later: tuple[DemoReport, ...] = LATER, archive: int | None = None) -> None:
    today = datetime.now(UTC)
    world.publish([report.of_year(archive or today.year - 2) for report in EARLIER], today - timedelta(days=330))
    run()
    world.publish([report.of_year(today.year - 1) for report in later], today - timedelta(hours=3))


def results(report: RunReport) -> dict[str, str]:
    return {tally.source_id: tally.result for tally in report.sources}


def test_the_whole_way_once(desk: Home, world: DemoWorld, hook: HttpReceiver, mail: Sink) -> None:
    today = datetime.now(UTC)
    world.publish([report.of_year(today.year - 2) for report in EARLIER], today - timedelta(days=330))
    first = run()
    assert set(results(first).values()) == {"ok"}
    assert sum(tally.figures for tally in first.sources) == 14
    assert not hook.got
    assert not mail.mails

    world.publish([report.of_year(today.year - 1) for report in LATER], today - timedelta(hours=3))
    second = run()
    assert {(region, way, value) for _, region, way, value in told(hook)} == SHARP
    assert {reason for reason, *_ in told(hook)} == {"new"}
    assert len(told(hook)) == len(SHARP)
    assert second.raised == len(SHARP)
    assert len(mail.mails) == len(hook.got)

    before = len(hook.got)
    assert set(results(run()).values()) == {"nothing_new"}
    assert len(hook.got) == before


def test_the_message_carries_its_evidence(desk: Home, world: DemoWorld, hook: HttpReceiver, mail: Sink) -> None:
    archive_then_news(world)
    run()
    alerts = [alert for got in hook.got for alert in got.json["alerts"] if alert["change"]["value"] == 26]
    assert len(alerts) == 1
    alert = alerts[0]
    year = datetime.now(UTC).year - 1
    assert alert["rule"] == "stated_change"
    assert alert["period"] == str(year)
    assert alert["body"] == "公安"
    assert alert["change"] == {**alert["change"], "direction": "down", "form": "percent", "basis": "yoy"}
    assert "立刑事案件下降26%" in alert["quotation"]
    assert alert["url"].startswith(f"http://{world.servers['62'].host}/")
    letters = [letter for _, letter in mail.mails if str(letter["Subject"]).startswith(f"甘肃 {year} · ")]
    assert len(letters) == 1
    text = letters[0].get_body(("plain",))
    assert text is not None
    assert "立刑事案件" in text.get_content()
    assert "-26%" in text.get_content()


def test_a_publisher_s_edit_brings_a_correction_once(
    desk: Home, world: DemoWorld, hook: HttpReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive_then_news(world)
    run()
    hook.got.clear()
    world.edit("62", *EDITED)
    monkeypatch.setenv("ZHENGFA_REVISIT_EVERY", "0s")
    run()
    assert told(hook) == [("correction", "62", "down", 22.0)]
    run()
    assert len(told(hook)) == 1


def test_a_receiver_that_is_down_gets_it_later_and_once(desk: Home, world: DemoWorld, hook: HttpReceiver) -> None:
    hook.behaviour = lambda _: Reply(status=503)
    archive_then_news(world)
    report = run()
    assert report.pending > 0
    hook.behaviour = lambda _: Reply()
    hook.got.clear()
    with sqlite3.connect(desk.database) as record:  # the back-off is over: what a minute's waiting would do
        record.execute("UPDATE delivery SET next_try_at = created_at WHERE state = 'pending'")
        record.execute("UPDATE receiver_state SET paused_until = NULL")
    deliver_round(desk, load_settings(desk))
    assert {(region, way, value) for _, region, way, value in told(hook)} == SHARP
    count = len(hook.got)
    deliver_round(desk, load_settings(desk))
    assert len(hook.got) == count


def test_one_source_out_of_reach_does_not_stop_the_others(
    desk: Home, world: DemoWorld, hook: HttpReceiver, caplog: pytest.LogCaptureFixture
) -> None:
    archive_then_news(world)
    world.servers["62"].stop()
    report = run()
    assert results(report) == {"62-zfw": "unreachable", "33-fy": "ok", "43-jcy": "ok", "53-ga": "ok"}
    assert not report.failed_required
    assert {region for _, region, *_ in told(hook)} == {"33", "43"}
    failed = [each for each in caplog.records if each.name == "prefect.task_runs" and each.levelname == "ERROR"]
    assert failed
    # Without one, a formatter would print NoneType: None.
    assert all(each.exc_info is None or each.exc_info[0] for each in failed)


def test_cards_are_read_once_a_run_and_those_left_out_are_in_its_report(
    desk: Home, world: DemoWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []

    def reading(folder: Path) -> Cards:
        read.append(folder)
        return load_cards(folder)

    only(desk, "62")
    (desk.sources / "99-odd.toml").write_text('id = "99-odd"\n')
    monkeypatch.setattr(cards, "load_cards", reading)
    report = run()
    assert (read, report.unusable) == ([desk.sources], ("99-odd",))


def test_a_required_source_that_never_ended_well_fails_the_run(desk: Home, world: DemoWorld) -> None:
    today = datetime.now(UTC)
    world.publish([report.of_year(today.year - 2) for report in EARLIER], today - timedelta(days=330))
    world.write_cards(desk.sources, required=["33"])
    list_path = world.list_url("33").partition(world.servers["33"].host)[2]
    world.servers["33"].switch(list_path, faults.maintenance())
    report = run()
    assert report.failed_required == ("33-fy",)
    assert results(report)["62-zfw"] == "ok"


def only(desk: Home, site: str) -> None:
    """Leave one card."""
    for card in desk.sources.glob("*.toml"):
        if card.stem != SITES[site].id:
            card.unlink()


def test_a_first_run_is_history_even_where_it_finds_today_s_report(
    desk: Home, world: DemoWorld, hook: HttpReceiver
) -> None:
    only(desk, "62")
    today = datetime.now(UTC)
    world.publish([LATER[0].of_year(today.year - 1)], today - timedelta(hours=3))
    (tally,) = run().sources
    assert (tally.result, tally.alerts, dict(tally.alerts_unsent)) == ("ok", 3, {"baseline": 3})
    assert not hook.got


def test_a_report_whose_attachment_did_not_come_waits_for_it(desk: Home, world: DemoWorld) -> None:
    only(desk, "53")
    today = datetime.now(UTC)
    world.publish([EARLIER[3].of_year(today.year - 2)], today - timedelta(days=330))
    run()
    world.publish([LATER[3].of_year(today.year - 1)], today - timedelta(hours=3))
    server = world.servers["53"]
    pdf = next(path for path in server.paths() if path.endswith(".pdf"))
    server.switch(pdf, faults.maintenance())
    (tally,) = run().sources
    assert (tally.result, tally.new) == ("partial", 0)
    server.restore()
    (tally,) = run().sources
    assert (tally.result, tally.new) == ("ok", 1)


def test_since_reaches_back_although_the_list_is_unchanged(desk: Home, world: DemoWorld) -> None:
    only(desk, "62")
    today = datetime.now(UTC)
    world.publish([EARLIER[0].of_year(2020)], today - timedelta(days=2000))
    world.publish([EARLIER[0].of_year(today.year - 2)], today - timedelta(days=330))
    assert run().sources[0].new == 1
    (tally,) = run(since=(today - timedelta(days=3000)).date()).sources
    assert (tally.result, tally.new) == ("ok", 1)


def test_a_list_below_its_minimum_stays_broken(desk: Home, world: DemoWorld) -> None:
    only(desk, "62")
    card = desk.sources / "62-zfw.toml"
    card.write_text(card.read_text() + "minimum_links = 5\n")
    today = datetime.now(UTC)
    world.publish([EARLIER[0].of_year(today.year - 2)], today - timedelta(days=330))
    assert [run().sources[0].result for _ in range(2)] == ["broken", "broken"]


def test_what_is_old_is_not_asked_for_again(desk: Home, world: DemoWorld) -> None:
    only(desk, "62")
    today = datetime.now(UTC)
    world.publish([EARLIER[0].of_year(today.year - 2)], today - timedelta(days=330))
    run()
    with sqlite3.connect(desk.database) as record:
        due = record.execute(
            "SELECT due_at FROM fetch_state JOIN address ON address.id = address_id WHERE kind = 'article'"
        ).fetchall()
    assert due == [(None,)]


def test_a_fault_in_one_article_does_not_cost_the_source_the_others(
    desk: Home, world: DemoWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = editions.record_edition

    def faulty(session: Session, edition: EditionInput, **options: Any) -> Recorded:  # noqa: ANN401
        if "2021" in edition.document.title:
            raise ValueError("a fault of ours")
        return whole(session, edition, **options)

    monkeypatch.setattr(editions, "record_edition", faulty)
    today = datetime.now(UTC)
    for year, age in ((2021, 200), (2022, 100)):
        world.publish([EARLIER[0].of_year(year)], today - timedelta(days=age))
    only(desk, "62")
    (tally,) = run().sources
    assert (tally.result, tally.new, tally.refused) == ("partial", 1, 1)
    assert any("a fault of ours" in note for note in tally.notes)
    monkeypatch.setattr(editions, "record_edition", whole)
    (tally,) = run().sources
    assert (tally.result, tally.new) == ("ok", 1)


def test_the_attachment_is_kept_as_it_came(desk: Home, world: DemoWorld) -> None:
    from storage.snapshots import Archive
    from tests.replicas.demo import PDF

    archive_then_news(world)
    run()
    archive = Archive(str(desk.snapshots))
    assert PDF in [archive.load(sha256) for sha256 in archive.hashes()]


def test_every_page_that_was_read_names_its_own_bytes(desk: Home, world: DemoWorld) -> None:
    from storage.snapshots import Archive
    from tests.replicas.demo import PDF

    archive_then_news(world)
    run()
    archive = Archive(str(desk.snapshots))
    with sqlite3.connect(desk.database) as record:
        read = record.execute("SELECT snapshot_sha256 FROM fetch_state WHERE text_sha256 IS NOT NULL").fetchall()
    record.close()
    assert len(read) > len(SITES)
    contents = [archive.load(sha256) for (sha256,) in read]
    assert all(b"</html>" in content for content in contents)
    assert PDF not in contents


def test_a_second_run_asks_conditionally_and_carries_nothing_over(desk: Home, world: DemoWorld) -> None:
    archive_then_news(world)
    run()
    for server in world.servers.values():
        server.requests.clear()
    run()
    asked = [
        request for server in world.servers.values() for request in server.requests if "robots" not in request.path
    ]
    assert asked
    assert all(request.conditional and request.answered == 304 for request in asked)


def test_a_run_forgets_what_the_log_of_requests_need_not_keep(
    desk: Home, world: DemoWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive_then_news(world)
    run()

    def kept() -> dict[str, int]:
        with open_store(desk.database) as store, store.read() as session:
            tables = (Fetch, FetchState, Observation, Snapshot)
            return {table.__name__: len(session.exec(select(table)).all()) for table in tables}

    before = kept()
    monkeypatch.setenv("ZHENGFA_FETCH_LOG_FOR", "0s")
    run()
    # What this run itself asked stays: it is younger than the run.
    assert 0 < kept()["Fetch"] < before["Fetch"]
    assert kept() | {"Fetch": 0} == before | {"Fetch": 0}


GANSU = SHARED / "reports" / "gansu-2024.txt"
EXPECTED = {("up", 113.0), ("up", 67.1), ("down", 28.0)}


@pytest.mark.skipif(not GANSU.exists(), reason="../shared is not here: the real report is not tested")
def test_the_real_report_raises_three_alerts_each_once(desk: Home, world: DemoWorld, hook: HttpReceiver) -> None:
    paragraphs = tuple(line for line in GANSU.read_text(encoding="utf-8").split("\n") if line)
    # The fictional archive is of a year that the real report says nothing about.
    archive_then_news(world, (DemoReport("62", "甘肃政法工作2024年综述", paragraphs),), archive=2019)
    run()
    assert {(way, value) for _, _, way, value in told(hook)} == EXPECTED
    assert len(told(hook)) == len(EXPECTED)


def test_a_source_outside_its_hours_is_left_out_and_said_to_be(desk: Home, world: DemoWorld) -> None:
    only(desk, "62")
    opens = datetime.now(SHANGHAI) + timedelta(hours=2)
    card = desk.sources / "62-zfw.toml"
    card.write_text(card.read_text() + f'hours = "{opens:%H:%M}-{opens + timedelta(hours=1):%H:%M}"\nrequired = true\n')
    report = run()
    assert results(report) == {"62-zfw": "outside_hours"}
    assert f"{opens:%Y-%m-%d %H:%M} (+08:00) 之前不采集" in report.rows()[0]["说明"]
    assert not world.servers["62"].requests
    assert not report.failed_required
