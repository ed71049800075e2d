"""A report looked at by its address: what came instead is told with a way out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from flows.errors import UnreadableInputError
from flows.home import Home
from flows.inspection import examine
from tests.replicas import faults
from tests.replicas.reply import Reply
from tests.replicas.server import ReplicaServer

TEXT = "全省法院受理案件81.27万件,同比增长11.3%。"
PAGE = f"<html><head><title>虚构省法院工作报告</title></head><body><div class='TRS_Editor'>{f'<p>{TEXT}</p>' * 30}</div></body></html>"


@pytest.fixture
def english(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("ZHENGFA_LANGUAGE", "en")
    return home


@pytest.fixture
def server(english: Home) -> Iterator[ReplicaServer]:
    with ReplicaServer() as running:
        running.put("/a.html", Reply.page(PAGE))
        yield running


def test_an_address_is_fetched_and_read(server: ReplicaServer) -> None:
    found = examine(server.url("/a.html"), region="62")
    assert TEXT in found.text
    assert found.reading.observations


def test_a_name_before_the_host_changes_nothing(server: ReplicaServer) -> None:
    assert TEXT in examine(server.url("/a.html").replace("//", "//somebody@")).text


@pytest.mark.parametrize(
    ("reply", "says", "way_out"),
    [
        (faults.captcha(), "blocked: ", "save the page from a browser"),
        (faults.redirect("http://elsewhere.example/b.html"), "moved: ", "name it: http://elsewhere.example/b.html"),
        (Reply(b"", status=404), "no such page: ", "name the file instead"),
    ],
)
def test_what_came_instead_is_told(server: ReplicaServer, reply: Reply, says: str, way_out: str) -> None:
    server.put("/b.html", reply)
    with pytest.raises(UnreadableInputError, match=says) as caught:
        examine(server.url("/b.html"))
    assert way_out in caught.value.hint


def test_what_came_instead_is_told_in_the_language_of_the_settings(
    server: ReplicaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGFA_LANGUAGE", "zh")
    server.put("/b.html", Reply(b"", status=404))
    with pytest.raises(UnreadableInputError, match=r"页面不存在: 状态码 404$"):
        examine(server.url("/b.html"))


@pytest.mark.parametrize("address", ["http://", "http://[bad/", "http://x.gov.cn:99999/"])
def test_what_is_no_address_is_told(english: Home, address: str) -> None:
    with pytest.raises(UnreadableInputError, match="is no address"):
        examine(address)
