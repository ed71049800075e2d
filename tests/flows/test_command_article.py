"""`zhengfa article --jsonl` as strangers use it: every line is answered, in order and at once, whatever it is."""

from __future__ import annotations

import base64
import contextlib
import io
import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.command import article, jsonl
from flows.command.article import answered

KEYS = {"id", "family", "title", "published", "source", "body", "tables", "attachments", "links"}
TITLE = "虚构市中级人民法院通报去年审判执行工作情况"
TEXT = "【虚构】去年，全市法院共受理各类案件12.35万件，审执结11.98万件，同比分别上升5.6%、3.9%。"
PAGE = f"<html><head><title>{TITLE}_虚构网</title></head><body><h1>{TITLE}</h1><p>2026-01-16 来源：虚构晚报</p><div><p>{TEXT}</p><p>{TEXT}</p></div></body></html>"
PDF_OF_PICTURES = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj trailer<</Root 1 0 R>>"


def encoded(content: str | bytes) -> str:
    return base64.b64encode(content.encode() if isinstance(content, str) else content).decode()


def line(**record: object) -> bytes:
    return json.dumps(record).encode()


def wrapped(text: str) -> str:
    return "\r\n ".join(text[place : place + 76] for place in range(0, len(text), 76))


@pytest.mark.parametrize(
    "record",
    [
        {"id": 1, "url": "http://x.example/a.html", "content_base64": encoded(PAGE), "content_type": "text/html"},
        {"id": 1, "content_base64": encoded(PAGE)},
        {"id": 1, "url": None, "content_base64": encoded(PAGE), "content_type": None},
        {"id": 1, "url": 7, "content_base64": encoded(PAGE), "content_type": ["text/html"], "more": {"a": 1}},
        {"id": 1, "url": "", "content_base64": wrapped(encoded(PAGE)), "content_type": ""},
        {"id": 1, "content_base64": encoded(PAGE).rstrip("=")},
        {"id": 1, "content_base64": base64.urlsafe_b64encode(PAGE.encode()).decode()},
        {"id": 1, "content_base64": encoded(PAGE.encode("gb18030")), "content_type": "text/html; charset=utf-8"},
        {"id": 1, "content_base64": encoded(PAGE), "content_type": "text/html; charset=gb2312"},
        {"id": 1, "content_base64": encoded(PAGE), "content_type": "text/html; charset=nonsense"},
        {"id": 1, "content_base64": encoded(PAGE), "content_type": "application/octet-stream"},
        {"id": 1, "content_base64": encoded(PAGE), "content_type": "application/pdf"},
        {"id": 1, "content_base64": encoded(PAGE.encode("utf-16")), "content_type": "text/html"},
        {"id": 1, "content_base64": encoded(b"\xef\xbb\xbf" + PAGE.encode())},
        {"id": 1, "url": "not an address", "content_base64": encoded(PAGE)},
        {"id": 1, "url": "http://[bad", "content_base64": encoded(PAGE)},
        {"id": 1, "url": "http://x.example/a.pdf", "content_base64": encoded(PAGE)},
        {"id": 1, "content_base64": encoded(PAGE.encode().replace(b"</div>", b"\xff\xfe</div>"))},
    ],
)
def test_one_page_however_it_is_written(record: dict[str, object]) -> None:
    found = answered(json.dumps(record).encode(), 1)
    assert set(found) == KEYS
    assert found["id"] == 1
    assert found["title"] == TITLE
    assert str(found["published"]).startswith("2026-01-16")
    assert found["source"] == "虚构晚报"
    assert TEXT in found["body"]  # type: ignore[operator]


@pytest.mark.parametrize(
    ("given_line", "identity", "why"),
    [
        (b"x", None, "no JSON"),
        (b"\xff\xfe", None, "no JSON"),
        (b"[" * 100_000, None, "no JSON"),
        (b"[1]", None, "no JSON object"),
        (b"null", None, "no JSON object"),
        (line(id=1), 1, "missing"),
        (line(id="a", content_base64=7), "a", "no string"),
        (line(id=None, content_base64="@@@"), None, "no base64"),
        (line(id=1, content_base64="汉字"), 1, "no base64"),
        (line(id=1, content_base64=""), 1, ""),
        (line(id=1, content_base64=encoded(b"\x00\x01\x02" * 500)), 1, ""),
        (line(id=1, content_base64=encoded(PDF_OF_PICTURES), content_type="application/pdf"), 1, "unread: "),
        (line(id=1, content_base64=encoded(b"PK\x03\x04broken")), 1, ""),
        (line(id=1, content_base64=encoded(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)), 1, ""),
        (None, None, "longer than"),
    ],
    ids=str,
)
def test_what_cannot_be_read_says_why(given_line: bytes | None, identity: object, why: str) -> None:
    found = answered(given_line, 3)
    assert set(found) == KEYS | {"kind", "why"}
    assert (found["id"], found["title"], found["body"]) == (identity, None, [])
    assert found["why"]
    assert why in str(found["why"])


@settings(deadline=None)  # a document is read in a process of its own
@given(st.binary(max_size=400))
def test_any_bytes_are_answered(content: bytes) -> None:
    found = answered(line(id=1, content_base64=encoded(content)), 1)
    assert found["title"] or found["why"]


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_line_is_answered(text: str) -> None:
    found = answered(text.encode("utf-8", "replace"), 1)
    assert found["title"] or found["why"]


@pytest.fixture
def through(monkeypatch: pytest.MonkeyPatch, capfdbinary: Any) -> Callable[[bytes], list[dict[str, Any]]]:  # noqa: ANN401
    class Input:
        buffer: io.BytesIO

    def run(stdin: bytes) -> list[dict[str, Any]]:
        Input.buffer = io.BytesIO(stdin)
        monkeypatch.setattr(sys, "stdin", Input)
        with contextlib.suppress(SystemExit):
            article.article(lines=True)
        return [json.loads(each) for each in capfdbinary.readouterr().out.splitlines()]

    return run


def test_a_bad_line_stops_nothing(through: Callable[[bytes], list[dict[str, Any]]]) -> None:
    good = line(id=2, content_base64=encoded(PAGE))
    found = through(b"\n".join((b"{broken", b"", good, b"  ", line(id=3), good)))
    assert [one["id"] for one in found] == [None, 2, 3, 2]
    assert [bool(one["title"]) for one in found] == [False, True, False, True]


def test_a_line_that_is_too_long_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, through: Callable[[bytes], list[dict[str, Any]]]
) -> None:
    monkeypatch.setattr(jsonl, "LONGEST_LINE", 4_000)
    monkeypatch.setattr(jsonl, "_PIECE", 100)
    good = line(id=2, content_base64=encoded(PAGE))
    assert len(good) < 4_000
    long = line(id=1, content_base64="A" * 10_000)
    found = through(b"\n".join((long, good, long, good)))
    assert [one["id"] for one in found] == [None, 2, None, 2]
    assert "longer than 4000 bytes" in found[0]["why"]
    assert [one["id"] for one in through(good + b"\n" + long)] == [2, None]


def test_a_failure_inside_is_one_answer(
    monkeypatch: pytest.MonkeyPatch, through: Callable[[bytes], list[dict[str, Any]]]
) -> None:
    def fails(*_: object) -> object:
        raise RecursionError("too deep")

    monkeypatch.setattr(article, "_read", fails)
    (found,) = through(line(id=9, content_base64=encoded(PAGE)))
    assert (found["id"], found["title"]) == (9, None)
    assert "RecursionError: too deep" in found["why"]


def test_answers_come_at_once() -> None:
    """A caller who waits for an answer before the next page is not kept waiting."""
    code = "from flows.command.main import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", code, "article", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as ran:
        assert ran.stdin is not None
        assert ran.stdout is not None
        for number in (1, 2):
            ran.stdin.write(line(id=number, content_base64=encoded(PAGE)) + b"\n")
            ran.stdin.flush()
            assert json.loads(ran.stdout.readline())["id"] == number
        ran.stdin.close()
        assert ran.wait(30) == 0
