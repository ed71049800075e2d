"""A secret that gets printed is a secret no more: types, logs, stored errors."""

from __future__ import annotations

import asyncio
import copy
import io
import json
import logging
import pickle
from collections.abc import Iterator

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.receivers import AnyAddress, MailServer, Receiver, Redactor, Secret, WebAddress
from tests.alerts.channels.senders import receiver
from tests.alerts.servers import free_port

TOKEN = "f1e2d3c4b5a697887766554433221100"
ALL: tuple[Receiver, ...] = (
    receiver(name="a", kind="webhook", url=f"https://hooks.example.org/{TOKEN}/x", secret="whsec_c2lnbmluZ2tleQ==", headers={"X-Key": "hdr-secret-1"}),
    receiver(name="b", kind="alertmanager", url=f"https://u:{TOKEN}@am.example.org/api"),
    receiver(name="c", kind="email", smtp="smtp://mail.example.org", user="u", password="p4ss w0rd!", sender="a@b.cn", to=["c@d.cn"]),
    receiver(name="d", kind="dingtalk", url=f"https://oapi.dingtalk.com/robot/send?access_token={TOKEN}", secret="SECabcdef123"),
    receiver(name="e", kind="wecom", url=f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={TOKEN}"),
    receiver(name="f", kind="feishu", url=f"https://open.feishu.cn/open-apis/bot/v2/hook/{TOKEN}", secret="feishu-signs"),
    receiver(name="g", kind="apprise", url=f"tgram://{TOKEN}/12345678"),
)  # fmt: skip
HIDDEN = (TOKEN, "c2lnbmluZ2tleQ", "hdr-secret-1", "p4ss w0rd!", "SECabcdef123", "feishu-signs")


def leaks(text: str) -> list[str]:
    return [secret for secret in HIDDEN if secret in text]


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.kind)
def test_no_usual_way_of_printing_shows_it(one: Receiver) -> None:
    ways = [
        str(one),
        repr(one),
        f"{one}",
        one.model_dump_json(),
        json.dumps(one.model_dump(mode="json")),
        str(vars(one)),
    ]
    ways += [format(secret) for secret in one.secrets()] + ["%s %r" % (s, s) for s in one.secrets()]  # noqa: UP031
    assert not [found for way in ways for found in leaks(way)]


@pytest.mark.parametrize(
    ("secret", "shown"),
    [
        (WebAddress(f"https://oapi.dingtalk.com/robot/send?access_token={TOKEN}"), "https://oapi.dingtalk.com/***"),
        (MailServer("smtp://u:pw@mail.example.org:587"), "smtp://mail.example.org:587"),
        (AnyAddress(f"tgram://{TOKEN}/1"), "tgram://***"),
        (Secret("words"), "***"),
    ],
)
def test_what_is_shown(secret: Secret, shown: str) -> None:
    assert str(secret) == shown
    assert shown in repr(secret)


def test_a_secret_is_not_pickled_but_compares() -> None:
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(Secret("words"))
    with pytest.raises(TypeError):
        copy.copy(Secret("words"))
    assert Secret("words") == Secret("words") != Secret("other")
    assert len({Secret("words"), Secret("words")}) == 1


REDACTOR = Redactor(secret for one in ALL for secret in one.secrets())


@given(st.sampled_from(ALL), st.text(max_size=30), st.text(max_size=30))
def test_no_error_text_keeps_a_secret_of_any_receiver(one: Receiver, before: str, after: str) -> None:
    for secret in one.secrets():
        assert not leaks(REDACTOR.clean(f"{before}{secret.reveal()}{after}"))


@pytest.mark.parametrize(
    "text",
    [
        "POST https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef failed",
        "https://open.feishu.cn/open-apis/bot/v2/hook/0123456789abcdef",
        "smtp://user:0123456789abcdef@mail.example.org refused",
        "Authorization: Bearer 0123456789abcdef",
        "whsec_0123456789abcdef",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0123456789abcdef&debug=1",
    ],
)
def test_by_shape_where_nobody_knows_the_value(text: str) -> None:
    assert "0123456789abcdef" not in Redactor().clean(text)


def test_a_token_in_an_apprise_host_is_known_by_itself() -> None:
    assert not leaks(REDACTOR.clean(f"telegram said no to bot {TOKEN}"))
    odd = receiver(kind="apprise", url="tgram://123456789:AbCdEfGhIj/12345678")
    assert "AbCdEfGhIj" not in Redactor(odd.secrets()).clean("bad token AbCdEfGhIj")


def test_ordinary_text_stays() -> None:
    text = "甘肃 2024 · 公安 · 立刑事案件 -28%; see http://127.0.0.1:8000/62/t1.html?page=2"
    assert REDACTOR.clean(text) == text


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged, with the redactor installed as flows does it."""
    factory, root = logging.getLogRecordFactory(), logging.getLogger()
    stream, level = io.StringIO(), root.level
    handler = logging.StreamHandler(stream)
    REDACTOR.install()
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)
    logging.setLogRecordFactory(factory)


def test_logs_of_all_libraries_are_cleaned(log: io.StringIO) -> None:
    async def post() -> None:
        async with httpx.AsyncClient(trust_env=False) as client:
            await client.post(f"http://127.0.0.1:{free_port()}/robot/send?access_token={TOKEN}")

    try:
        asyncio.run(post())
    except httpx.ConnectError:
        logging.getLogger("httpx").exception("POST %s failed", f"https://hooks.example.org/{TOKEN}/x")
    try:
        _fail(f"could not reach https://open.feishu.cn/open-apis/bot/v2/hook/{TOKEN}")
    except RuntimeError:
        logging.getLogger("any").exception("trouble with %r", {"password": "p4ss w0rd!"})
    text = log.getvalue()
    assert "RuntimeError" in text
    assert "POST *** failed" in text
    assert not leaks(text)


def _fail(words: str) -> None:
    raise RuntimeError(words)


def test_installing_twice_does_not_stack(log: io.StringIO) -> None:
    del log
    REDACTOR.install()
    REDACTOR.install()
    factory = logging.getLogRecordFactory()
    assert not isinstance(getattr(factory, "inner"), type(factory))  # noqa: B009
