"""The sending loop on a real record, with real receivers on loopback."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from alerts.attempts import back_off
from alerts.dispatcher import Desk, deliver_once
from alerts.receivers import Directory, Receiver
from alerts.routing import route_pending
from storage import Store
from storage.alert_inputs import AlertInput
from storage.evaluation import raise_alert
from storage.handling import find_alert, why
from storage.runs import take_lease
from storage.vocabulary import Audience, DeliveryState
from tests.alerts.channels.senders import receiver
from tests.alerts.clock import HandClock
from tests.alerts.mail_sink import mail_sink
from tests.alerts.servers import Reply, free_port, http_receiver, replies


def operator(name: str, **table: object) -> Receiver:
    return receiver(**({"name": name, "kind": "webhook", "audience": "operator"} | table))


def raise_breakages(store: Store, clock: HandClock, *keys: str, watched: bool = False, rule: str = "breakage") -> None:
    """Alerts for operators: they need no figure. Unless `watched`, no heartbeat comes between."""
    with store.write() as session:
        if not watched:
            take_lease(session, "watch deliveries", owner="this test", now=clock(), lasts=timedelta(days=99))
        for key in keys:
            found = AlertInput(
                rule=rule,
                key=key,
                audience=Audience.OPERATOR,
                subject=key,
                facts={"code": "breakage", "what": "@breakage.blocked", "detail": key},
            )
            raise_alert(session, found, now=clock())


def desk(clock: HandClock, *receivers: Receiver, **more: object) -> Desk:
    return Desk(directory=Directory.of(receivers), clock=clock, chance=random.Random(1), **more)  # type: ignore[arg-type]  # noqa: S311


def states(store: Store, fingerprint_of: str) -> list[tuple[str, DeliveryState]]:
    with store.read() as session:
        story = why(
            session,
            find_alert(
                session, AlertInput(rule="breakage", key=fingerprint_of, audience=Audience.OPERATOR).fingerprint
            ).id,
        )
        return [(sent.receiver, sent.state) for sent in story.sent]


def test_an_alert_arrives_once_and_leaves_a_receipt(store: Store, clock: HandClock) -> None:
    raise_breakages(store, clock, "a", watched=True)
    with http_receiver() as server, mail_sink() as sink:
        to = desk(
            clock,
            operator("hook", url=server.url),
            receiver(
                name="mail",
                kind="email",
                audience="operator",
                smtp=sink.url,
                sender="z@example.org",
                to=["d@example.org"],
            ),
        )
        for _ in range(3):
            route_pending(store, to.directory, clock=clock)
            deliver_once(store, to)
        assert [got.json["reason"] for got in server.got] == ["new", "heartbeat"]
        assert len(sink.mails) == 2
    assert states(store, "a") == [("hook", DeliveryState.DELIVERED), ("mail", DeliveryState.DELIVERED)]


def test_a_receiver_that_is_down_gets_it_later(store: Store, clock: HandClock) -> None:
    raise_breakages(store, clock, "a", "b")
    with http_receiver(replies(Reply(500), Reply())) as server:
        to = desk(clock, operator("hook", url=server.url, group_by="indicator"))
        route_pending(store, to.directory, clock=clock)
        assert deliver_once(store, to)["retry"] == 1
        assert deliver_once(store, to).counts == {}, "the whole receiver waits, in order"
        clock.advance(minutes=2)
        assert deliver_once(store, to)["delivered"] == 2
        subjects = [got.json["alerts"][0]["subject"] for got in server.got]
        keys = [got.json["id"] for got in server.got]
    assert subjects == ["a", "a", "b"]
    assert keys[0] == keys[1] != keys[2]


def test_one_that_hangs_does_not_hold_the_others(store: Store, clock: HandClock) -> None:
    raise_breakages(store, clock, "a", "b", "c")
    with http_receiver(lambda _: Reply(hang=20)) as hanging, http_receiver() as quick:
        to = desk(
            clock,
            operator("hangs", url=hanging.url, timeout="1s", group_by="indicator"),
            operator("quick", url=quick.url, group_by="indicator"),
        )
        route_pending(store, to.directory, clock=clock)
        began = time.monotonic()
        done = deliver_once(store, to)
        assert time.monotonic() - began < 5
        assert (done["delivered"], done["unknown"]) == (3, 1)
        assert len(quick.got) == 3


def test_an_open_outcome_is_marked_as_possibly_repeated(store: Store, clock: HandClock) -> None:
    raise_breakages(store, clock, "a")
    with http_receiver(replies(Reply(reset=True), Reply())) as server:
        to = desk(clock, operator("hook", url=server.url))
        route_pending(store, to.directory, clock=clock)
        assert deliver_once(store, to)["unknown"] == 1
        clock.advance(minutes=2)
        assert deliver_once(store, to)["delivered"] == 1
        first, second = (got.json for got in server.got)
    assert (first["possibly_repeated"], second["possibly_repeated"]) == (False, True)
    assert first["id"] == second["id"]


def test_a_refusal_closes_the_row_and_goes_on(store: Store, clock: HandClock) -> None:
    raise_breakages(store, clock, "a", "b")
    with http_receiver(replies(Reply(401), Reply())) as server:
        to = desk(clock, operator("hook", url=server.url, group_by="indicator"))
        route_pending(store, to.directory, clock=clock)
        assert deliver_once(store, to).counts == {"refused": 1, "delivered": 1}
    assert states(store, "a") == [("hook", DeliveryState.REFUSED)]


def test_it_is_given_up_after_a_time(store: Store, clock: HandClock) -> None:
    raise_breakages(store, clock, "a")
    to = desk(clock, operator("hook", url=f"http://127.0.0.1:{free_port()}/", give_up_after="1h", useful_for="7d"))
    route_pending(store, to.directory, clock=clock)
    tries = 0
    while deliver_once(store, to).counts.get("dead", 0) == 0:
        clock.advance(minutes=10)
        tries += 1
        assert tries < 20
    assert states(store, "a") == [("hook", DeliveryState.DEAD)]


def test_retry_after_is_obeyed(store: Store, clock: HandClock) -> None:
    raise_breakages(store, clock, "a")
    with http_receiver(replies(Reply(503, b"", {"Retry-After": "7200"}), Reply())) as server:
        to = desk(clock, operator("hook", url=server.url))
        route_pending(store, to.directory, clock=clock)
        deliver_once(store, to)
        clock.advance(hours=1, minutes=59)
        assert deliver_once(store, to).counts == {}
        clock.advance(minutes=2)
        assert deliver_once(store, to)["delivered"] == 1


def test_an_address_never_reaches_the_record(store: Store, clock: HandClock) -> None:
    raise_breakages(store, clock, "a")
    with http_receiver(lambda got: Reply(500, f"you called {got.path}".encode())) as server:
        to = desk(clock, operator("hook", url=server.url))
        route_pending(store, to.directory, clock=clock)
        deliver_once(store, to)
    with store.read() as session:
        story = why(session, 1)
        assert "you called" in story.attempts[0].answer
        assert "secret-token-1234" not in story.attempts[0].answer


@pytest.mark.parametrize(("failures", "low", "high"), [(0, 1, 2), (1, 2, 4), (3, 8, 16), (50, 1800, 3600)])
def test_back_off_doubles_with_jitter_up_to_an_hour(failures: int, low: int, high: int) -> None:
    chance = random.Random(7)  # noqa: S311
    waits = [back_off(failures, chance) for _ in range(200)]
    assert all(timedelta(seconds=low) <= wait <= timedelta(seconds=high) for wait in waits)
    assert len(set(waits)) > 100


def robot(got: object) -> Reply:
    del got
    return Reply(body=b'{"errcode":0,"errmsg":"ok"}')


@pytest.mark.parametrize("behaviour", [robot])
def test_a_platforms_rate_is_kept(store: Store, clock: HandClock, behaviour: Callable[[object], Reply]) -> None:
    raise_breakages(store, clock, *(f"k{n:02}" for n in range(45)))
    with http_receiver(behaviour) as server:
        to = desk(
            clock,
            receiver(
                name="robot",
                kind="dingtalk",
                audience="operator",
                url=server.url,
                group_by="indicator",
                hourly_ceiling=100,
            ),
        )
        route_pending(store, to.directory, clock=clock)
        counts = []
        for _ in range(4):
            deliver_once(store, to)
            counts.append(len(server.got))
            clock.advance(seconds=61)
    assert counts == [20, 40, 45, 45]


def test_a_greylisted_reader_of_a_mail_is_served_later_and_the_others_once(store: Store, clock: HandClock) -> None:
    raise_breakages(store, clock, "a")
    with mail_sink() as sink:
        sink.refuse = {"b@example.org": "450 try later"}
        mail = receiver(
            name="mail", kind="email", audience="operator", smtp=sink.url, sender="z@example.org",
            to=["a@example.org", "b@example.org", "c@example.org"],
        )  # fmt: skip
        to = desk(clock, mail)
        route_pending(store, to.directory, clock=clock)
        assert deliver_once(store, to)["retry"] == 1
        sink.refuse = {}
        clock.advance(minutes=2)
        assert deliver_once(store, to)["delivered"] == 1
        assert [reader for reader, _ in sink.mails] == ["a@example.org", "c@example.org", "b@example.org"]


def test_an_open_outcome_is_repeated_once_where_nobody_can_tell_a_repeat(store: Store, clock: HandClock) -> None:
    raise_breakages(store, clock, "a")
    with http_receiver(lambda _: Reply(reset=True)) as server:
        to = desk(clock, receiver(name="robot", kind="wecom", audience="operator", url=server.url))
        route_pending(store, to.directory, clock=clock)
        assert deliver_once(store, to)["unknown"] == 1
        clock.advance(minutes=2)
        assert deliver_once(store, to)["dead"] == 1
        clock.advance(days=1)
        deliver_once(store, to)
        texts = [got.json["markdown"]["content"] for got in server.got]
    assert ["可能重复" in text for text in texts] == [False, True]
