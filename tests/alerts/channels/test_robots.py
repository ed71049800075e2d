"""DingTalk, WeCom, Feishu: what their robots refuse must never pass for delivered."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from alerts.channels import Delivered, Refused, Retry
from alerts.receivers import Receiver
from tests.alerts.channels.senders import receiver, send
from tests.alerts.platforms import DingTalk, Feishu, Robot, WeCom
from tests.alerts.samples import CRIME, DISPUTES, NOW, message
from tests.alerts.servers import HttpReceiver, Reply, answering, http_receiver, replies

KINDS = ("dingtalk", "wecom", "feishu")
_PATHS = {
    "dingtalk": "/robot/send?access_token={}",
    "wecom": "/cgi-bin/webhook/send?key={}",
    "feishu": "/open-apis/bot/v2/hook/{}",
}
_GOOD = {"dingtalk": "good-token", "wecom": "good-key", "feishu": "good-token"}


def robot(kind: str, **more: object) -> Robot:
    make: dict[str, type[Robot]] = {"dingtalk": DingTalk, "wecom": WeCom, "feishu": Feishu}
    return make[kind](**({"clock": lambda: NOW} | more))  # type: ignore[arg-type]


def address(server: HttpReceiver, kind: str, token: str | None = None) -> str:
    base = server.url.removesuffix("/hook/secret-token-1234")
    return base + _PATHS[kind].format(token or _GOOD[kind])


def to(server: HttpReceiver, kind: str, token: str | None = None, **more: object) -> Receiver:
    return receiver(kind=kind, url=address(server, kind, token), **more)


@pytest.mark.parametrize("kind", KINDS)
def test_a_message_is_taken_and_tells_the_story(kind: str) -> None:
    fake = robot(kind)
    with http_receiver(fake) as server:
        assert isinstance(send(to(server, kind), message(CRIME)), Delivered)
    text = fake.taken[0]
    assert "**同比 -28%**" in text
    assert "a1b2c3d4" in text
    if kind != "feishu":
        assert text.startswith("### 甘肃 2024 · 公安 · 立刑事案件 同比 -28%(为近14年最低)")


@pytest.mark.parametrize("kind", ["dingtalk", "feishu"])
def test_signed_and_with_its_keyword(kind: str) -> None:
    fake = robot(kind, secret="SEC123", keyword="政法")
    with http_receiver(fake) as server:
        assert isinstance(send(to(server, kind, secret="SEC123", keyword="政法"), message(CRIME)), Delivered)


@pytest.mark.parametrize(
    ("kind", "robots", "ours", "code"),
    [
        ("dingtalk", {"secret": "SEC123"}, {"secret": "WRONG1"}, "310000"),
        ("dingtalk", {"secret": "SEC123"}, {}, "310000"),
        ("dingtalk", {"keyword": "预警"}, {}, "310000"),
        ("dingtalk", {}, {"token": "bad"}, "300001"),
        ("wecom", {}, {"token": "bad"}, "93000"),
        ("feishu", {"secret": "SEC123"}, {"secret": "WRONG1"}, "19021"),
        ("feishu", {"keyword": "预警"}, {}, "19024"),
        ("feishu", {}, {"token": "bad"}, "19001"),
    ],
)
def test_a_refusal_behind_http_200_is_a_refusal(
    kind: str, robots: dict[str, object], ours: dict[str, object], code: str
) -> None:
    fake = robot(kind, **robots)
    with http_receiver(fake) as server:
        outcome = send(to(server, kind, **ours), message(CRIME))  # type: ignore[arg-type]
    assert isinstance(outcome, Refused)
    assert outcome.why.startswith(code)
    assert not fake.taken


@pytest.mark.parametrize(
    ("kind", "code", "wait"),
    [
        ("dingtalk", "130101", timedelta(minutes=10)),
        ("wecom", "45009", timedelta(minutes=1)),
        ("feishu", "9499", timedelta(minutes=1)),
    ],
)
def test_too_fast_waits_as_the_platform_says(kind: str, code: str, wait: timedelta) -> None:
    with http_receiver(robot(kind, per_minute=0)) as server:
        outcome = send(to(server, kind), message(CRIME))
    assert isinstance(outcome, Retry)
    assert outcome.after == wait
    assert outcome.why.startswith(code)
    assert not outcome.unknown


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (400, {"code": 9499, "msg": "too many request", "data": {}}, Retry),
        (200, {"code": 11232, "msg": "frequency limited"}, Retry),
        (200, {"code": 2200, "msg": "internal error"}, Retry),
        (429, {"code": 99991400, "msg": "request trigger frequency limit"}, Retry),
        (400, {"code": 9499, "msg": "Bad Request", "data": {}}, Refused),
        (400, {"code": 19001, "msg": "param invalid"}, Refused),
        (403, {"no": "code"}, Retry),
    ],
)
def test_feishus_code_decides_whatever_the_status(status: int, body: dict[str, object], outcome: type) -> None:
    with http_receiver(replies(answering(body, status))) as server:
        came = send(to(server, "feishu"), message(CRIME))
    assert isinstance(came, outcome), came
    assert not (isinstance(came, Retry) and came.unknown)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("count", "least"), [(1, 1), (40, 2)])
def test_a_long_message_is_split_at_figure_borders(kind: str, count: int, least: int) -> None:
    notices = [replace(DISPUTES, short_id=f"id{n:06}", fingerprint=f"{n:016}") for n in range(count)]
    fake = robot(kind)
    with http_receiver(fake) as server:
        assert isinstance(send(to(server, kind), message(*notices)), Delivered)
    if count > 1:
        assert len(fake.taken) >= (least if kind == "wecom" else 1)
    for n in range(count):
        holding = [text for text in fake.taken if f"id{n:06}" in text]
        assert len(holding) == 1
        assert "同比增长113" in holding[0]


@pytest.mark.parametrize("kind", KINDS)
def test_one_endless_quotation_still_fits(kind: str) -> None:
    long = replace(CRIME, figure=replace(CRIME.figure, quotation="案件" * 6000 + "。", marks=()))
    fake = robot(kind)
    with http_receiver(fake) as server:
        assert isinstance(send(to(server, kind), message(long)), Delivered)
    assert len(fake.taken) > 1
    assert sum(text.count("案件") for text in fake.taken) >= 6000


def test_the_next_attempt_goes_on_after_the_last_part_that_arrived() -> None:
    notices = [replace(DISPUTES, short_id=f"id{n:06}") for n in range(30)]
    ok = answering({"errcode": 0, "errmsg": "ok"})
    busy = answering({"errcode": -1, "errmsg": "system busy"})
    with http_receiver(replies(ok, busy, ok)) as server:
        first = send(to(server, "wecom"), message(*notices))
        assert isinstance(first, Retry)
        assert first.done == {0}
        second = send(to(server, "wecom"), message(*notices, possibly_repeated=True), done=first.done)
        assert isinstance(second, Delivered)
        texts = [got.json["markdown"]["content"] for got in server.got]
    bodies = [text for n, text in enumerate(texts) if n != 1]
    for n in range(30):
        assert sum(f"id{n:06}" in text for text in bodies) == 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("reply", "unknown"),
    [
        (Reply(500, b"oops"), False),
        (Reply(reset=True), True),
        (Reply(hang=2), True),
        (Reply(200, b"<html>captive portal</html>"), True),
        (answering({"errcode": 987654, "code": 987654}), False),
    ],
)
def test_trouble_is_tried_again(kind: str, reply: Reply, unknown: bool) -> None:
    with http_receiver(replies(reply)) as server:
        outcome = send(to(server, kind), message(CRIME))
    assert isinstance(outcome, Retry)
    assert outcome.unknown is unknown
