"""receivers check and receivers test."""

from __future__ import annotations

import socket
from datetime import timedelta

import pytest

from alerts.dispatcher import Desk, deliver_once
from alerts.errors import ReceiverError
from alerts.receivers import Directory
from alerts.routing import route_pending
from alerts.trying import send_test, trouble
from storage import Store
from storage.dispatch import oldest_pending
from storage.vocabulary import DeliveryState
from tests.alerts.channels.senders import receiver
from tests.alerts.clock import HandClock
from tests.alerts.servers import Reply, free_port, http_receiver, replies
from tests.alerts.test_dispatcher import raise_breakages


def test_a_test_goes_the_real_way_to_one_receiver_alone(store: Store, clock: HandClock) -> None:
    with http_receiver() as server, http_receiver() as other:
        desk = Desk(
            directory=Directory.of(
                [receiver(name="a", kind="webhook", url=server.url), receiver(name="b", kind="webhook", url=other.url)]
            ),
            clock=clock,
        )
        verdict = send_test(store, desk, "a", clock=clock)
        assert (verdict.state, verdict.answer) == (DeliveryState.DELIVERED, "HTTP 200 ok")
        assert other.got == []
        assert server.got[0].json["reason"] == "test"
        assert server.got[0].json["subject"] == "测试消息:接收方 a 配置可用"


def test_the_same_verdict_as_the_real_thing(store: Store, clock: HandClock) -> None:
    with http_receiver(replies(Reply(body=b'{"errcode":310000,"errmsg":"keywords not in content"}'))) as server:
        desk = Desk(directory=Directory.of([receiver(name="a", kind="dingtalk", url=server.url)]), clock=clock)
        verdict = send_test(store, desk, "a", clock=clock)
    assert verdict.state is DeliveryState.REFUSED
    assert "310000" in verdict.answer


def test_a_test_that_does_not_arrive_never_comes_later(store: Store, clock: HandClock) -> None:
    """At a dead port, behind older messages of a receiver that is paused: tried now, once, and over."""
    raise_breakages(store, clock, "older")
    with http_receiver(replies(Reply(500), Reply(500), Reply())) as server:
        hook = receiver(name="a", kind="webhook", url=server.url, audience="operator", quiet_hours="00:00-23:59")
        desk = Desk(directory=Directory.of([hook]), clock=clock)
        route_pending(store, desk.directory, clock=clock)
        verdict = send_test(store, desk, "a", clock=clock)
        assert (verdict.state, verdict.answer[:8]) == (DeliveryState.DEAD, "HTTP 500")
        clock.advance(seconds=1)
        assert send_test(store, desk, "a", clock=clock).state is DeliveryState.DEAD, "tried though it is paused"
        clock.advance(days=1, hours=14)
        for _ in range(3):
            deliver_once(store, desk)
            clock.advance(hours=5)
        reasons = [got.json["reason"] for got in server.got]
    assert reasons[:2] == ["test", "test"]
    assert "test" not in reasons[2:]
    dead = Desk(
        directory=Directory.of([receiver(name="b", kind="webhook", url=f"http://127.0.0.1:{free_port()}/")]),
        clock=clock,
    )
    assert send_test(store, dead, "b", clock=clock).state is DeliveryState.DEAD
    with store.read() as session:
        assert "b" not in oldest_pending(session, now=clock() + timedelta(days=9))


def test_an_unknown_receiver_is_told(store: Store, clock: HandClock) -> None:
    with pytest.raises(ReceiverError, match=r"no receiver 'x' \(known: a\)"):
        send_test(
            store,
            Desk(directory=Directory.of([receiver(name="a", kind="webhook", url="http://127.0.0.1:1/")]), clock=clock),
            "x",
            clock=clock,
        )


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
def test_trouble_that_shows_without_sending(monkeypatch: pytest.MonkeyPatch) -> None:
    assert trouble(receiver(kind="webhook", url="http://127.0.0.1:1/")) == ""
    assert trouble(receiver(kind="email", smtp="smtp://127.0.0.1:1", sender="a@b.cn", to=["c@d.cn"])) == ""
    assert "does not know" in trouble(receiver(kind="apprise", url="nosuchthing://x"))
    assert trouble(receiver(kind="apprise", url="json://127.0.0.1/")) == ""
    monkeypatch.setattr(socket, "getaddrinfo", unresolved)
    wrong = trouble(receiver(kind="webhook", url="http://host.invalid/"))
    assert wrong == "host.invalid: the host's name is not found (no such name)"


def unresolved(*_: object) -> None:
    raise socket.gaierror(socket.EAI_NONAME, "no such name")
