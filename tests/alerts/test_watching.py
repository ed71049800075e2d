"""What falls due by the clock: silence and breakage of sources, and the loop's own health."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import UTC, date, datetime, timedelta

from alerts.dispatcher import Desk, deliver_once
from alerts.evaluation import evaluate_due
from alerts.receivers import Directory, WebAddress
from alerts.routing import route_pending
from alerts.watching import watch_deliveries, watch_sources
from storage import Store
from storage.catalogue import sync_sources
from storage.handling import acknowledge, find_alert, why
from storage.inputs import SourceInput
from storage.runs import SourceCounts, end_run, end_source_run, start_run, start_source_run
from storage.vocabulary import AlertState, RunResult
from tests.alerts.catalogue import sync
from tests.alerts.channels.senders import receiver
from tests.alerts.clock import HandClock
from tests.alerts.reports import Report, Stated, record
from tests.alerts.servers import HttpReceiver, Reply, free_port, http_receiver, replies
from tests.alerts.test_dispatcher import raise_breakages


def ops(server: HttpReceiver, **more: object) -> Directory:
    return Directory.of(
        [
            receiver(name="ops", kind="webhook", url=server.url, audience="operator", **more),
            receiver(name="desk", kind="webhook", url=f"http://127.0.0.1:{free_port()}/"),
        ]
    )


def run(store: Store, clock: HandClock, result: RunResult, note: str = "") -> None:
    with store.write() as session:
        number = start_run(session, kind="ingest", now=clock())
        source = start_source_run(session, number, "62-zfw", now=clock())
        end_source_run(session, source, result=result, counts=SourceCounts(), now=clock(), note=note)
        end_run(session, number, now=clock())
    clock.advance(hours=6)


def with_sources(store: Store, clock: HandClock, **more: object) -> None:
    sync(store, clock())
    with store.write() as session:
        cards = [
            SourceInput(id=f"{code}-zfw", name=f"{name}政法", region=code, body="committee", enabled=True, **more)  # type: ignore[arg-type]
            for code, name in (("61", "陕西"), ("62", "甘肃"))
        ]
        sync_sources(session, cards, now=clock())


def test_a_blocked_source_is_told_to_operators_once_and_again_when_they_ask(store: Store, clock: HandClock) -> None:
    with_sources(store, clock)
    with http_receiver() as server:
        directory = ops(server, repeat_interval="1d")
        desk = Desk(directory=directory, clock=clock)
        for _ in range(3):
            run(store, clock, RunResult.BLOCKED, "HTTP 412 with a cookie script")
            watch_sources(store, clock=clock, directory=directory)
            route_pending(store, directory, clock=clock)
            deliver_once(store, desk)
        clock.advance(days=1)
        for _ in range(2):
            watch_sources(store, clock=clock, directory=directory)
            deliver_once(store, desk)
        told = [(got.json["reason"], got.json["subject"]) for got in server.got if got.json["reason"] != "heartbeat"]
        assert told == [
            ("new", "运维:甘肃政法 来源异常:访问被拒:HTTP 412 with a cookie script"),
            ("repeat", "再次提醒:运维:甘肃政法 来源异常:访问被拒:HTTP 412 with a cookie script"),
        ]
        with store.write() as session:
            acknowledge(
                session,
                find_alert(session, "1").id,
                owner="li",
                note="",
                until=clock() + timedelta(days=9),
                now=clock(),
            )
        clock.advance(days=2)
        watch_sources(store, clock=clock, directory=directory)
        deliver_once(store, desk)
        assert len([got for got in server.got if got.json["reason"] == "repeat"]) == 1


def test_a_source_that_cannot_be_read_is_not_missed(store: Store, clock: HandClock) -> None:
    clock.now = datetime(2025, 3, 20, 2, 0, tzinfo=UTC)
    with_sources(store, clock, months=("1", "2"))
    record(store, Report(date(2025, 1, 17), (Stated("received", "62万"),), region="61", source="61-zfw"))
    evaluate_due(store, clock=clock)
    run(store, clock, RunResult.BLOCKED, "412")
    with http_receiver() as server:
        directory = ops(server)
        watch_sources(store, clock=clock)
        route_pending(store, directory, clock=clock)
        with store.read() as session:
            stories = [why(session, number) for number in (1, 2)]
        silence = next(story for story in stories if story.alert.rule == "silence")
        assert silence.alert.source_id == "62-zfw"
        assert silence.alert.facts["names"] == "陕西政法"
        assert silence.alert.state is AlertState.INHIBITED
        assert silence.stages[-1].note == "breakage of 62-zfw"


def test_a_receiver_with_messages_that_wait_is_told_through_another(store: Store, clock: HandClock) -> None:
    sync(store, clock())
    with http_receiver() as server:
        directory = ops(server)
        desk = Desk(directory=directory, clock=clock)
        record(store, Report(date(2025, 1, 17), (Stated("crime", change="-28%"),)))
        evaluate_due(store, clock=clock)
        route_pending(store, directory, clock=clock)
        for _ in range(12):
            deliver_once(store, desk)
            route_pending(store, directory, clock=clock)
            clock.advance(minutes=15)
        told = [got.json for got in server.got if got.json["reason"] == "meta"]
    assert len(told) == 1, "once a day"
    assert told[0]["subject"].startswith("投递故障:接收方 desk 的消息已积压 1.")


def test_refused_messages_are_told_too(store: Store, clock: HandClock) -> None:
    sync(store, clock())
    with http_receiver() as server, http_receiver(replies(Reply(401))) as refusing:
        directory = Directory.of(
            [
                receiver(name="ops", kind="webhook", url=server.url, audience="operator"),
                receiver(name="desk", kind="webhook", url=refusing.url),
            ]
        )
        desk = Desk(directory=directory, clock=clock)
        record(store, Report(date(2025, 1, 17), (Stated("crime", change="-28%"),)))
        evaluate_due(store, clock=clock)
        route_pending(store, directory, clock=clock)
        deliver_once(store, desk)
        clock.advance(minutes=15)
        watch_deliveries(store, clock=clock)
        route_pending(store, directory, clock=clock)
        deliver_once(store, desk)
        metas = [got.json["subject"] for got in server.got if got.json["reason"] == "meta"]
    assert metas == ["投递故障:接收方 desk 一天内有 1 条消息被拒或放弃;zhengfa alerts list 可查,resend 可重发"]


def test_a_heartbeat_a_week(store: Store, clock: HandClock) -> None:
    with http_receiver() as server:
        directory = ops(server)
        desk = Desk(directory=directory, clock=clock)
        for _ in range(22):
            deliver_once(store, desk)
            route_pending(store, directory, clock=clock)
            deliver_once(store, desk)
            clock.advance(days=1)
        beats = [got.json["subject"] for got in server.got]
    assert len(beats) == 4
    assert beats[0] == "每周平安:系统运行正常,上周发出 0 条"


def test_the_dead_man_address_is_called_after_a_good_round(store: Store, clock: HandClock) -> None:
    with http_receiver() as server:
        desk = Desk(directory=Directory.of([]), clock=clock, dead_man=WebAddress(server.url))
        deliver_once(store, desk)
        assert [got.path for got in server.got] == ["/hook/secret-token-1234"]
    assert deliver_once(store, desk).counts == {}, "that nobody is there is no error of ours"


def test_two_dispatchers_never_send_the_same(store: Store, clock: HandClock) -> None:
    raise_breakages(store, clock, *(f"k{number:02}" for number in range(12)))
    with http_receiver(lambda _: Reply()) as server:
        directory = Directory.of(
            [
                receiver(
                    name=f"r{n}",
                    kind="webhook",
                    url=server.url,
                    audience="operator",
                    group_by="indicator",
                    hourly_ceiling=99,
                )
                for n in range(3)
            ]
        )
        route_pending(store, directory, clock=clock)
        desks = [Desk(directory=directory, clock=clock) for _ in range(2)]
        threads = [threading.Thread(target=deliver_once, args=(store, desk)) for desk in desks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        keys = Counter(got.json["id"] for got in server.got if got.json["reason"] == "new")
    assert len(keys) == 36
    assert set(keys.values()) == {1}


def test_a_source_that_fails_for_weeks_is_one_alert(store: Store, clock: HandClock) -> None:
    with_sources(store, clock)
    run(store, clock, RunResult.NOTHING_NEW)
    told: Counter[str] = Counter()
    for _ in range(40):
        run(store, clock, RunResult.UNREACHABLE, "refused")
        told.update(watch_sources(store, clock=clock).alerts)
    assert told["new"] == 1, "more runs than are looked at change nothing"
    run(store, clock, RunResult.OK)
    for _ in range(2):
        run(store, clock, RunResult.UNREACHABLE, "refused")
        told.update(watch_sources(store, clock=clock).alerts)
    assert told["new"] == 2, "it worked in between"
