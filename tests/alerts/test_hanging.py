"""What hangs, is held or is gone, and that the others deliver as if it were not there.

Nothing here is measured by the clock: what hangs is let go only when the others have got everything. Were they held up
by it, it would run into its time limit, and the test into its own.
"""

from __future__ import annotations

import asyncio
import socket
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from alerts.dispatcher import Desk, Dispatched, deliver_on, deliver_once, deliver_round
from alerts.receivers import Directory, Receiver, RouteSettings
from alerts.routing import route_pending
from storage import Store
from storage.dispatch import record_attempt
from storage.errors import Unavailable
from storage.handling import why
from storage.tables import Delivery
from storage.vocabulary import DeliveryState
from tests.alerts.channels.senders import receiver
from tests.alerts.clock import HandClock
from tests.alerts.servers import Got, HttpReceiver, Reply, http_receiver, wait_until
from tests.alerts.test_dispatcher import desk, operator, raise_breakages, states


def leased(store: Store) -> bool:
    with store.read() as session:
        return session.exec(select(Delivery).where(Delivery.state == DeliveryState.LEASED)).first() is not None


MANY = tuple(f"k{number:02}" for number in range(12))


@contextmanager
def silent_port() -> Iterator[int]:
    """A port that takes connections and never says a word: no TLS handshake, no SMTP greeting."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def slow_names(monkeypatch: pytest.MonkeyPatch, released: threading.Event) -> None:
    """Names under .invalid are looked up for as long as the test likes."""
    real = socket.getaddrinfo

    def looked_up(host: object, *args: object, **more: object) -> object:
        if str(host).endswith(".invalid"):
            released.wait(60)
            raise OSError("no such name")
        return real(host, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)


def mail(name: str, port: int) -> Receiver:
    return receiver(
        name=name, kind="email", audience="operator", smtp=f"smtp://127.0.0.1:{port}", sender="z@example.org",
        to=["d@example.org"], timeout="50s",
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["answer", "names", "handshake", "greeting"])
def test_one_channel_that_hangs_costs_the_others_nothing(
    store: Store, clock: HandClock, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """An answer that never comes, ten names that do not resolve, a TLS handshake and an SMTP server without a word."""
    released, stop = threading.Event(), threading.Event()
    raise_breakages(store, clock, *MANY)

    def hang(_: Got) -> Reply:
        released.wait(60)
        return Reply()

    with ExitStack() as stack, ExitStack() as silence:
        port = silence.enter_context(silent_port())
        hanging = stack.enter_context(http_receiver(hang))
        quick = stack.enter_context(http_receiver())
        slow_names(monkeypatch, released)
        stuck = {
            "answer": [operator("stuck", url=hanging.url, timeout="50s")],
            "names": [operator(f"stuck{n}", url=f"http://h{n}.invalid/", timeout="50s") for n in range(10)],
            "handshake": [operator("stuck", url=f"https://127.0.0.1:{port}/", timeout="50s")],
            "greeting": [mail("stuck", port)],
        }[kind]
        by_name = quick.url.replace("127.0.0.1", "localhost")
        to = desk(clock, *stuck, operator("quick", url=by_name, group_by="indicator"))
        loop = threading.Thread(
            target=deliver_on, args=(store, to), kwargs={"every": timedelta(milliseconds=50), "stop": stop}
        )
        loop.start()
        try:
            wait_until(lambda: len(quick.got) == len(MANY), 40)
            # What comes later goes out as well, while the other still hangs: no round waits for a send.
            raise_breakages(store, clock, "later")
            wait_until(lambda: len(quick.got) == len(MANY) + 1, 40)
            assert not released.is_set()
            with store.read() as session:
                rows = [row for row in why(session, 1).sent if row.receiver.startswith("stuck")]
            assert DeliveryState.DELIVERED not in {row.state for row in rows}, "it still hangs"
        finally:
            if kind != "names":
                # Every send ends before the loop does: a handshake that is cut off leaves its socket to the collector.
                released.set()
                silence.close()
                wait_until(lambda: not leased(store), 40)
            stop.set()
            loop.join(30)
            ended = not loop.is_alive()
            released.set()
        assert ended, "the loop ends though threads still look names up"


def test_a_database_that_is_held_costs_the_channels_nothing(store: Store, clock: HandClock, tmp_path: Path) -> None:
    """The record is locked while messages are under way: the event loop goes on, and their outcomes are recorded later.

    The lock is let go by the loop itself, after the other channel's call and many turns: were the loop to wait for the
    database, nobody would ever let it go.
    """
    raise_breakages(store, clock, "a")
    other = sqlite3.connect(tmp_path / "zhengfa.db", timeout=30, isolation_level=None, check_same_thread=False)
    held = threading.Event()

    def first(_: Got) -> Reply:
        other.execute("BEGIN IMMEDIATE")
        held.set()
        return Reply()

    def second(_: Got) -> Reply:
        assert held.wait(20)
        return Reply()

    async def both(to: Desk, two: HttpReceiver) -> Dispatched:
        sending = asyncio.create_task(deliver_round(store, to))
        while not (held.is_set() and two.got):  # noqa: ASYNC110  what is waited for happens in other threads
            await asyncio.sleep(0.01)
        for _ in range(30):
            await asyncio.sleep(0.01)
        other.execute("ROLLBACK")
        return await sending

    with http_receiver(first) as one, http_receiver(second) as two:
        to = desk(clock, operator("one", url=one.url), operator("two", url=two.url))
        route_pending(store, to.directory, clock=clock)
        done = asyncio.run(both(to, two))
    other.close()
    assert done.counts == {"delivered": 2}
    assert states(store, "a") == [("one", DeliveryState.DELIVERED), ("two", DeliveryState.DELIVERED)]


def test_a_database_server_that_is_away_for_a_moment_costs_no_receipt(
    store: Store, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL is restarted between the answer and its record: what was delivered is not sent again."""
    raise_breakages(store, clock, "a")
    away = iter([True, True])

    def recorded(*given: Any, **more: Any) -> DeliveryState:  # noqa: ANN401  of `record_attempt`
        if next(away, False):
            raise Unavailable("the database cannot be reached")
        return record_attempt(*given, **more)

    monkeypatch.setattr("alerts.sending.record_attempt", recorded)
    monkeypatch.setattr("alerts.sending._AWAY", timedelta(milliseconds=1))
    with http_receiver() as server:
        to = desk(clock, operator("one", url=server.url))
        route_pending(store, to.directory, clock=clock)
        assert deliver_once(store, to).counts == {"delivered": 1}
        assert len(server.got) == 1
    assert states(store, "a") == [("one", DeliveryState.DELIVERED)]


def test_the_loop_outlives_a_record_that_stays_away(
    store: Store, clock: HandClock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody looks after the thread of `serve`: were it to end, nothing would be sent until the next start."""
    monkeypatch.setattr("alerts.sending._TRIES", 1)
    monkeypatch.setattr("alerts.sending._AWAY", timedelta(0))
    lost = iter([True])

    def recorded(*given: Any, **more: Any) -> DeliveryState:  # noqa: ANN401  of `record_attempt`
        if next(lost, False):
            raise Unavailable("the database cannot be reached")
        return record_attempt(*given, **more)

    monkeypatch.setattr("alerts.sending.record_attempt", recorded)
    stop = threading.Event()
    with http_receiver() as server:
        to = desk(clock, operator("one", url=server.url))
        raise_breakages(store, clock, "a")
        loop = threading.Thread(
            target=deliver_on, args=(store, to), kwargs={"every": timedelta(milliseconds=50), "stop": stop}
        )
        loop.start()
        try:
            wait_until(lambda: "was not recorded" in caplog.text, 40)
            clock.advance(minutes=10)
            wait_until(lambda: states(store, "a") == [("one", DeliveryState.DELIVERED)], 40)
        finally:
            stop.set()
            loop.join(30)
        assert len({got.headers["idempotency-key"] for got in server.got}) == 1
        assert len(server.got) == 2


@pytest.mark.parametrize("how", ["removed", "renamed", "switched off"])
def test_rows_of_a_receiver_that_is_gone_end_and_operators_are_told_once(
    store: Store, clock: HandClock, how: str
) -> None:
    raise_breakages(store, clock, "a", "b")
    with http_receiver() as server:
        old = operator("old", url="http://127.0.0.1:1/", group_by="indicator")
        ops = operator("ops", url=server.url)
        route_pending(store, Directory.of([old]), clock=clock)
        left = {
            "removed": [ops],
            "renamed": [ops, operator("new", url=server.url)],
            "switched off": [ops, old.model_copy(update={"enabled": False})],
        }[how]
        for _ in range(40):
            deliver_once(store, desk(clock, *left))
            clock.advance(hours=3)
        told = [got.json["subject"] for got in server.got if got.json["reason"] == "meta"]
    assert states(store, "a")[:1] == [("old", DeliveryState.ORPHANED)]
    assert states(store, "b")[:1] == [("old", DeliveryState.ORPHANED)]
    assert len(set(told)) == 1, "no daily reminder of rows that wait for nobody"
    assert told[0].startswith("投递故障:接收方 old 已不在设置中")
    assert "2 条" in told[0]


@pytest.mark.parametrize(("days", "expected"), [(1, ["new", "new"]), (2.5, ["digest"]), (4, [])])
def test_a_receiver_that_comes_back_gets_what_is_still_worth_it(
    store: Store, clock: HandClock, days: float, expected: list[str]
) -> None:
    raise_breakages(store, clock, "a", "b")
    with http_receiver() as server:
        back = operator("hook", url=server.url, group_by="indicator")
        route_pending(store, Directory.of([back]), clock=clock)
        deliver_once(store, desk(clock))
        assert states(store, "a") == [("hook", DeliveryState.ORPHANED)]
        clock.advance(days=days)
        for _ in range(3):
            deliver_once(store, desk(clock, back))
        assert [got.json["reason"] for got in server.got if got.json["reason"] != "meta"] == expected


BEIJING_EVENING = datetime(2025, 1, 17, 11, 59, 59, tzinfo=UTC)  # 19:59:59


def test_a_retry_keeps_to_the_window_and_holds_nothing_back(store: Store, clock: HandClock) -> None:
    """One that failed at the end of its window waits for the morning; what may go at once goes, and order is kept."""
    clock.now = BEIJING_EVENING
    raise_breakages(store, clock, "a", "b")
    down = [True]

    def answer(_: Got) -> Reply:
        return Reply(500 if down[0] else 200)

    with http_receiver(answer) as server:
        hook = operator("hook", url=server.url, group_by="indicator")
        window = RouteSettings.model_validate({"receivers": ["hook"], "rules": ["breakage"], "window": "08:00-20:00"})
        at_once = RouteSettings.model_validate({"receivers": ["hook"], "rules": ["conflict"]})
        to = replace(desk(clock, hook), directory=Directory.of([hook], [window, at_once]))
        route_pending(store, to.directory, clock=clock)
        deliver_once(store, to)
        assert [got.json["alerts"][0]["subject"] for got in server.got] == ["a"]
        down[0] = False
        clock.advance(minutes=10)
        raise_breakages(store, clock, "urgent", rule="conflict")
        route_pending(store, to.directory, clock=clock)
        deliver_once(store, to)
        deliver_once(store, to)
        clock.now = BEIJING_EVENING + timedelta(hours=12, seconds=2)
        deliver_once(store, to)
        subjects = [got.json["alerts"][0]["subject"] for got in server.got]
    assert subjects == ["a", "urgent", "a", "b"]
