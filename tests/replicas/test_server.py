"""The replica server keeps what it promises: bytes as put, 304 for who holds them, faults while they are switched."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.replicas import faults
from tests.replicas.reply import Reply
from tests.replicas.server import ReplicaServer


@pytest.fixture
def server() -> Iterator[ReplicaServer]:
    with ReplicaServer() as running:
        yield running


def ask(server: ReplicaServer, path: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    try:
        connection.request("GET", path, headers=headers or {})
        response = connection.getresponse()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
    finally:
        connection.close()


def test_serves_the_bytes_and_says_no_charset_unless_told(server: ReplicaServer) -> None:
    server.put("/a.html", Reply.page("<p>矛盾纠纷</p>", "gbk"))
    status, headers, body = ask(server, "/a.html")
    assert (status, headers["content-type"], body.decode("gbk")) == (200, "text/html", "<p>矛盾纠纷</p>")
    server.put("/a.html", Reply.page("<p>x</p>", charset="utf-8"))
    assert ask(server, "/a.html")[1]["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("header", ["etag", "last-modified"])
def test_answers_304_to_who_holds_the_page_until_it_changes(server: ReplicaServer, header: str) -> None:
    asks = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}[header]
    seen = datetime(2026, 1, 20, 8, 30, 15, 999, tzinfo=UTC)
    reply = Reply(b"one", etag='"1"') if header == "etag" else Reply(b"one", last_modified=seen)
    server.put("/a", reply)
    validator = ask(server, "/a")[1][header]
    assert ask(server, "/a", {asks: validator})[::2] == (304, b"")
    later = datetime(2026, 1, 21, tzinfo=UTC)
    server.put("/a", Reply(b"two", etag='"2"') if header == "etag" else Reply(b"two", last_modified=later))
    assert ask(server, "/a", {asks: validator})[::2] == (200, b"two")
    assert [(request.conditional, request.answered) for request in server.asked("/a")] == [
        (False, 200),
        (True, 304),
        (True, 200),
    ]


def test_a_fault_lasts_until_restored_or_for_so_many_requests(server: ReplicaServer) -> None:
    server.put("/62/a", Reply(b"good"))
    server.switch("/62/*", faults.maintenance())
    assert ask(server, "/62/a")[0] == ask(server, "/62/b")[0] == 500
    server.restore("/62/*")
    server.switch("/62/a", faults.server_error(), times=2)
    assert [ask(server, "/62/a")[0] for _ in range(3)] == [502, 502, 200]


def test_loads_a_folder_in_the_encoding_of_the_site(server: ReplicaServer, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "list.html").write_text("<p>通报</p>", encoding="utf-8")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    server.load(tmp_path, under="/62", encodings={".html": "gbk"})
    assert ask(server, "/62/news/list.html")[2] == "<p>通报</p>".encode("gbk")
    assert ask(server, "/62/a.pdf")[1]["content-type"] == "application/pdf"
    assert ask(server, "/62/none")[0] == 404


def test_a_truncated_answer_is_truncated(server: ReplicaServer) -> None:
    server.put("/a", faults.truncated())
    with pytest.raises(http.client.IncompleteRead):
        ask(server, "/a")
    server.put("/a", faults.reset())
    with pytest.raises(ConnectionResetError):
        ask(server, "/a")
