"""What silences, acknowledgements and breakages held comes back when they end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from alerts.evaluation import evaluate_due
from alerts.routing import route_pending
from alerts.watching import watch_deliveries, watch_sources
from storage import Store
from storage.handling import (
    acknowledge,
    active_silences,
    end_silence,
    ended_acknowledgements,
    ended_silences,
    find_alert,
    silence,
    why,
)
from storage.vocabulary import AlertState, DeliveryState, RunResult
from tests.alerts.channels.senders import receiver
from tests.alerts.clock import HandClock
from tests.alerts.newsroom import Newsroom
from tests.alerts.reports import Report, Stated, record
from tests.alerts.servers import HttpReceiver, http_receiver
from tests.alerts.test_dispatcher import desk
from tests.alerts.test_watching import ops, run, with_sources
from tests.alerts.test_whole_way import DAY, REVIEW, URL, told

CRIME = {"region": "62", "body": "公安"}


def mute(room: Newsroom, **lasts: float) -> int:
    now = room.clock()
    with room.store.write() as session:
        return silence(
            session, matchers=CRIME, owner="li", note="known", starts=now, ends=now + timedelta(**lasts), now=now
        )


def edited(change: str, seen: date) -> Report:
    return replace(REVIEW, figures=(*REVIEW.figures[:2], replace(REVIEW.figures[2], change=change)), seen=seen)


def state(room: Newsroom, number: str = "2") -> AlertState:
    with room.store.read() as session:
        return find_alert(session, number).state


@pytest.mark.parametrize(
    ("silence_hours", "ended_by_hand", "wait_hours", "reasons"),
    [
        (10, False, 11, ["new", "new"]),  # still useful: it comes
        (10, True, 1, ["new", "new"]),  # unsilenced: at once
        (10, False, 5, ["new"]),  # still silenced
        (24 * 5, False, 24 * 5 + 1, ["new", "digest"]),  # past its use: a line of the digest
    ],
)
def test_a_first_alert_that_a_silence_held(
    room: Newsroom,
    hook: HttpReceiver,
    silence_hours: int,
    ended_by_hand: bool,
    wait_hours: int,
    reasons: list[str],
) -> None:
    room = room.with_receivers(receiver(name="desk", kind="webhook", url=hook.url))
    number = mute(room, hours=silence_hours)
    room.publish(REVIEW)
    room.send()
    assert told(hook) == [("new", "disputes", 113)]
    assert state(room) is AlertState.SILENCED
    if ended_by_hand:
        with room.store.write() as session:
            end_silence(session, number, now=room.clock())
    room.clock.advance(hours=wait_hours)
    for _ in range(3):
        room.send()
        room.clock.advance(minutes=1)
    assert [reason for reason, *_ in told(hook)] == reasons
    if len(reasons) == 2:
        assert told(hook)[1][1:] == ("crime", 28)
        assert state(room) is AlertState.GROUPED


@pytest.mark.parametrize(
    ("changes", "silenced_days", "expected"),
    [
        (["-18%"], 1, [("correction", "crime", 18)]),
        (["-18%"], 4, [("digest", "crime", 18)]),
        (["-35%", "-18%"], 2, [("correction", "crime", 18)]),
        ([], 1, []),
    ],
)
def test_a_correction_that_a_silence_held_reaches_those_who_had_the_old_figure(
    room: Newsroom,
    hook: HttpReceiver,
    changes: list[str],
    silenced_days: int,
    expected: list[tuple[str, str, int]],
) -> None:
    with http_receiver() as late:
        first = receiver(name="desk", kind="webhook", url=hook.url)
        room = room.with_receivers(first)
        room.publish(REVIEW)
        room.send()
        before = len(told(hook))
        room = room.with_receivers(first, receiver(name="late", kind="webhook", url=late.url))
        mute(room, days=silenced_days)
        for number, change in enumerate(changes):
            room.clock.advance(hours=2)
            room.publish(edited(change, date(2025, 1, 17 + number)))
            room.send()
        assert told(hook)[before:] == []
        room.clock.now = datetime(2025, 1, 17 + silenced_days, 2, 1, tzinfo=UTC)
        for _ in range(2):
            room.send()
            room.clock.advance(minutes=1)
        assert told(hook)[before:] == expected
        assert late.got == []
    if expected:
        (alert,) = hook.got[-1].json["alerts"]
        assert alert["previous"]["change"]["value"] == 28, "the figure that readers have, not one that nobody saw"


def test_another_silence_that_still_fits_goes_on_holding(room: Newsroom, hook: HttpReceiver) -> None:
    room = room.with_receivers(receiver(name="desk", kind="webhook", url=hook.url))
    mute(room, hours=2)
    longer = mute(room, hours=20)
    room.publish(REVIEW)
    room.send()
    room.clock.advance(hours=3)
    room.send()
    assert state(room) is AlertState.SILENCED
    with room.store.read() as session:
        assert [row.id for row in active_silences(session, now=room.clock())] == [longer]
        assert ended_silences(session, now=room.clock()) == ()
    room.clock.advance(hours=18)
    room.send()
    assert told(hook)[-1] == ("new", "crime", 28)


def test_what_was_taken_back_during_a_silence_is_not_told(room: Newsroom, hook: HttpReceiver) -> None:
    room = room.with_receivers(receiver(name="desk", kind="webhook", url=hook.url))
    mute(room, hours=2)
    room.publish(REVIEW)
    room.send()
    room.clock.advance(hours=1)
    room.publish(edited("-3%", DAY))
    room.send()
    assert state(room) is AlertState.WITHDRAWN
    room.clock.advance(hours=2)
    room.send()
    assert told(hook) == [("new", "disputes", 113)]


def test_an_acknowledgement_before_it_was_sent_holds_and_lets_go(room: Newsroom, hook: HttpReceiver) -> None:
    room = room.with_receivers(receiver(name="desk", kind="webhook", url=hook.url))
    room.publish(REVIEW)
    with room.store.write() as session:
        acknowledge(session, 2, owner="li", note="", until=room.clock() + timedelta(hours=8), now=room.clock())
    room.send()
    assert (told(hook), state(room)) == ([("new", "disputes", 113)], AlertState.ACKNOWLEDGED)
    room.clock.advance(hours=9)
    room.send()
    assert told(hook)[-1] == ("new", "crime", 28)
    with room.store.read() as session:
        assert ended_acknowledgements(session, now=room.clock()) == ()
        words = [(word.stage, word.reason) for word in why(session, 2).stages]
    assert ("acknowledgements", "acknowledgement_ended") in words


def silent_and_broken(store: Store, clock: HandClock) -> None:
    """Gansu's yearly report is overdue, and its site refuses us."""
    clock.now = datetime(2025, 3, 20, 2, 0, tzinfo=UTC)
    with_sources(store, clock, months=("1", "2"))
    record(store, Report(date(2025, 1, 17), (Stated("received", "62万"),), region="61", source="61-zfw"))
    evaluate_due(store, clock=clock)
    run(store, clock, RunResult.BLOCKED, "412")


@pytest.mark.parametrize(
    ("then", "state", "sent"),
    [
        ("blocked", AlertState.INHIBITED, []),  # still broken
        ("nothing", AlertState.GROUPED, ["silence"]),  # mended, and still silent: told
        ("published", AlertState.WITHDRAWN, []),  # mended, and there is the report: over
    ],
)
def test_a_silence_that_a_breakage_muted(
    store: Store, clock: HandClock, then: str, state: AlertState, sent: list[str]
) -> None:
    silent_and_broken(store, clock)
    with http_receiver() as server, http_receiver() as reader:
        directory = ops(server)
        directory = type(directory).of(
            [
                *[r for n, r in directory.receivers.items() if n != "desk"],
                receiver(name="desk", kind="webhook", url=reader.url),
            ]
        )
        to = desk(clock, *directory.receivers.values())
        watch_sources(store, clock=clock, directory=directory)
        Newsroom(store, clock, to).send()
        if then == "published":
            record(store, Report(date(2025, 3, 20), (Stated("received", "62万"),), url=URL))
        run(store, clock, RunResult.BLOCKED if then == "blocked" else RunResult.OK, "")
        clock.advance(hours=1)
        for _ in range(2):
            watch_sources(store, clock=clock, directory=directory)
            Newsroom(store, clock, to).send()
        told_rules = [alert["rule"] for got in reader.got for alert in got.json["alerts"]]
    with store.read() as session:
        alerts = [find_alert(session, str(number)) for number in (1, 2)]
    (silence_alert,) = [alert for alert in alerts if alert.rule == "silence"]
    assert silence_alert.state is state
    assert told_rules == sent


def test_a_breakage_that_was_silenced_is_told_afterwards_only_while_it_lasts(store: Store, clock: HandClock) -> None:
    with_sources(store, clock)
    with http_receiver() as server:
        directory = ops(server)
        to = desk(clock, directory.receivers["ops"])
        for source in ("61", "62"):
            with store.write() as session:
                silence(
                    session,
                    matchers={"source": f"{source}-zfw"},
                    owner="li",
                    note="",
                    starts=clock(),
                    ends=clock() + timedelta(days=1),
                    now=clock(),
                )
        run(store, clock, RunResult.BLOCKED, "412")
        watch_sources(store, clock=clock, directory=directory)
        Newsroom(store, clock, to).send()
        clock.advance(days=2)
        watch_sources(store, clock=clock, directory=directory)
        Newsroom(store, clock, to).send()
        subjects = [got.json["subject"] for got in server.got if got.json["reason"] == "new"]
    assert subjects == ["运维:甘肃政法 来源异常:访问被拒:412"]


def test_operators_get_a_daily_list_of_what_is_muted(room: Newsroom, hook: HttpReceiver) -> None:
    room = room.with_receivers(receiver(name="ops", kind="webhook", url=hook.url, audience="operator"))
    room.clock.now = datetime(2025, 1, 16, 23, 59, tzinfo=UTC)  # 07:59 in Beijing
    mute(room, days=2)
    room.publish(REVIEW)
    with room.store.write() as session:
        acknowledge(session, 1, owner="wang", note="在核实", until=room.clock() + timedelta(days=2), now=room.clock())
    lists = []
    for _ in range(12 * 5):
        room.send()
        room.clock.advance(hours=2)
        lists = [got.json for got in hook.got if got.json["reason"] == "listing"]
    days = [one["composed_at"][:10] for one in lists]
    assert days == ["2025-01-17", "2025-01-18", "2025-01-19"], "one a day, none when all is over"
    assert lists[-1]["subject"] == "静音与签收清单:0项静音,1项签收"
    assert lists[0]["subject"] == "静音与签收清单:1项静音,1项签收"
    assert lists[0]["alerts"][0]["listed"] == [
        "静音 #1:公安 甘肃,由 li 设至 2025-01-19 07:59(known)",
        f"签收 {lists[0]['alerts'][0]['listed'][1][3:11]}:甘肃 排查调处矛盾纠纷,由 wang 办至 2025-01-19 10:00(在核实)",
    ]


def test_nothing_muted_is_no_list(store: Store, clock: HandClock) -> None:
    clock.now = datetime(2025, 1, 17, 4, 0, tzinfo=UTC)
    found = watch_deliveries(store, clock=clock)
    assert found.alerts == {"new": 1}, "the heartbeat alone"


def test_rows_keep_their_state_words(room: Newsroom, hook: HttpReceiver) -> None:
    room = room.with_receivers(receiver(name="desk", kind="webhook", url=hook.url))
    mute(room, days=5)
    room.publish(REVIEW)
    room.send()
    room.clock.advance(days=6)
    route_pending(room.store, room.desk.directory, clock=room.clock)
    with room.store.read() as session:
        story = why(session, 2)
    assert [sent.state for sent in story.sent] == [DeliveryState.PENDING]
    assert [word.reason for word in story.stages][-6:] == [
        "not_silenced", "not_acknowledged", "nothing_stronger", "first_time", "no_longer_useful", "settled",
    ]  # fmt: skip
