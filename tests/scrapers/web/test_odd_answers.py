"""Answers that are odd without ill will: headers that lie, mark-up of servers' own, what a careful reader trips over."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from scrapers.web.decoding import EncodingFrom
from scrapers.web.judging import retry_moment
from scrapers.web.outcomes import (
    Moved,
    NotModified,
    Page,
    Refused,
    RefusedBy,
    TooLarge,
    Unreachable,
    WrongType,
)
from scrapers.web.request import Expect
from tests.replicas import faults
from tests.replicas.reply import Raw, Reply
from tests.scrapers.web.conftest import SETTINGS, Asker

NOW = datetime(2026, 1, 20, 2, 0, tzinfo=UTC)
PAGE = (
    "<!DOCTYPE html><html><head><title>虚构</title></head><body>"
    + "<p>全年受理各类案件812700件,镕基大厦。</p>" * 20
    + "</body></html>"
)
SITE_MAP = "<urlset><url><loc>/a/1.html</loc></url></urlset>"


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("0", timedelta()),
        ("9" * 400, timedelta(days=1)),
        ("\xb2", timedelta(minutes=2)),
        ("never", timedelta(minutes=2)),
        ("12.5", timedelta(minutes=2)),
        ("Tue, 20 Jan 2026 02:10:00 GMT", timedelta(minutes=10)),
        ("Tue, 20 Jan 2026 10:10:00 +0800", timedelta(minutes=10)),
        ("Tue, 20 Jan 2026 02:10:00", timedelta(minutes=10)),
        ("Tue, 20 Jan 2025 02:10:00 GMT", timedelta()),
        ("Fri, 31 Dec 9999 23:59:59 -1200", timedelta(minutes=2)),
        ("Fri, 31 Dec 9998 23:59:59 GMT", timedelta(days=1)),
        ("Mon, 01 Jan 0001 00:00:00 +1400", timedelta(minutes=2)),
    ],
)
def test_every_retry_after_becomes_a_moment_within_a_day(said: str, wait: timedelta) -> None:
    moment = retry_moment(said, NOW)
    assert moment == NOW + wait or (said.startswith("Mon, 01 Jan 0001") and moment == NOW)


def test_a_packing_that_was_not_asked_for_is_told(ask: Asker) -> None:
    ask.server.put("/a.html", Reply(b"\x0b\x02\x80abc\x03", headers=(("Content-Encoding", "br"),)))
    outcome = ask.outcome("/a.html")
    assert isinstance(outcome, WrongType)
    assert "packed as br" in outcome.reason
    assert "br" not in ask.server.requests[-1].headers["accept-encoding"]


@pytest.mark.parametrize("word", ["identity", "none", "UTF-8", ""])
def test_a_word_that_is_no_packing_is_passed_over(ask: Asker, word: str) -> None:
    ask.server.put("/a.html", Reply(PAGE.encode(), headers=(("Content-Encoding", word),)))
    assert isinstance(ask.outcome("/a.html"), Page)


@pytest.mark.parametrize("rest", [b"\0" * 300, b"garbage", b"\x1f", b"\x1fx", gzip.compress(b"", mtime=0)])
def test_what_follows_a_gzip_body_is_left(ask: Asker, rest: bytes) -> None:
    packed = gzip.compress(PAGE.encode()) + rest
    ask.server.put("/a.html", Reply(packed, headers=(("Content-Encoding", "gzip"),)))
    page = ask.outcome("/a.html")
    assert isinstance(page, Page)
    assert page.text == PAGE


def test_a_gzip_file_as_a_feed_is_unpacked_within_limits(ask: Asker) -> None:
    packed = gzip.compress(SITE_MAP.encode())
    ask.server.put("/sitemap.xml.gz", Reply(packed, content_type="application/x-gzip"))
    page = ask.outcome("/sitemap.xml.gz", expect=Expect.FEED)
    assert isinstance(page, Page)
    assert (page.text, page.content) == (SITE_MAP, packed)
    ask.server.put("/sitemap.xml.gz", Reply(gzip.compress(bytes(80_000_000)), content_type="application/x-gzip"))
    assert isinstance(ask.outcome("/sitemap.xml.gz", expect=Expect.FEED), WrongType)
    ask.server.put("/sitemap.xml.gz", Reply(packed[:-9], content_type="application/x-gzip"))
    assert isinstance(ask.outcome("/sitemap.xml.gz", expect=Expect.FEED), WrongType)


@pytest.mark.parametrize("codec", ["utf-8", "gbk"])
def test_a_redirect_with_characters_in_it_goes_where_its_bytes_say(ask: Asker, codec: str) -> None:
    target = "/工作报告.html".encode(codec)
    ask.server.put("/a.html", Raw((b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + target + b"\r\n\r\n",)))
    ask.server.put("/*", Reply.page(PAGE))
    assert isinstance(ask.outcome("/a.html"), Page)
    escaped = "".join(f"%{byte:02X}" if byte > 127 else chr(byte) for byte in target)
    assert ask.server.requests[-1].path == escaped


@pytest.mark.parametrize(
    "to", ["http://xn--a.cn/", "http://[bad/", "http://x.gov.cn:99999/", "http://a..cn/", "//", "http://\\x"]
)
def test_a_redirect_to_what_is_no_address_is_an_outcome(ask: Asker, to: str) -> None:
    ask.server.put("/a.html", faults.redirect(to))
    assert isinstance(ask.outcome("/a.html"), Moved)


def test_plain_http_is_refused_where_the_card_does_not_allow_it(ask: Asker) -> None:
    ask.server.put("/a.html", Reply.page(PAGE))
    assert isinstance(ask.outcome("/a.html"), Page)
    outcome = ask.outcome("/a.html", allow_http=False)
    assert isinstance(outcome, Refused)
    assert outcome.by is RefusedBy.CARD
    assert "plain http" in outcome.detail


def test_what_a_server_sends_too_much_of_does_not_spill_into_the_next_answer(ask: Asker) -> None:
    stray = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nstray"
    body = PAGE.encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    ask.server.put("/robots.txt", Reply(b"", content_type="text/plain"))
    ask.server.put("/a.html", Raw((head + body + stray,)))
    other = PAGE.replace("812700", "1")
    ask.server.put("/b.html", Reply.page(other))
    first, second = ask.outcomes(ask.request("/a.html"), ask.request("/b.html"))
    assert isinstance(first, Page)
    assert isinstance(second, Page)
    assert second.text == other


def test_a_304_that_nobody_asked_for_is_no_page(ask: Asker) -> None:
    ask.server.put("/a.html", Reply(status=304))
    assert isinstance(ask.outcome("/a.html"), Unreachable)
    assert isinstance(ask.outcome("/a.html", etag='"x"'), NotModified)


def test_cookies_are_given_back_to_their_host_alone(ask: Asker) -> None:
    ask.server.put("/a.html", Reply(PAGE.encode(), headers=(("Set-Cookie", "s=1; Path=/"), ("Set-Cookie", "t=2"))))
    ask.server.put("/b.html", Reply.page(PAGE))
    ask.outcomes(ask.request("/a.html"), ask.request("/b.html"))
    assert ask.server.requests[-1].headers["cookie"] == "s=1; t=2"


def test_a_cookie_that_no_header_may_hold_is_not_given_back(ask: Asker) -> None:
    odd = b"HTTP/1.1 200 OK\r\nSet-Cookie: \xff=\xfe; Path=/\r\nSet-Cookie: s=1\r\nContent-Length: 0\r\n\r\n"
    ask.server.put("/a.html", Raw((odd,)))
    ask.server.put("/b.html", Reply.page(PAGE))
    assert isinstance(ask.outcomes(ask.request("/a.html"), ask.request("/b.html"))[1], Page)
    assert ask.server.requests[-1].headers["cookie"] == "s=1"


def test_a_header_that_never_ends_is_no_answer(ask: Asker) -> None:
    endless = Raw(lambda: iter([b"HTTP/1.1 200 OK\r\n", *[b"X-Fill: " + b"x" * 1000 + b"\r\n"] * 2000]))
    ask.server.put("/a.html", endless)
    assert isinstance(ask.outcome("/a.html"), Unreachable)


def test_interim_answers_are_waited_through(ask: Asker) -> None:
    interim = b"HTTP/1.1 103 Early Hints\r\nLink: </x.css>\r\n\r\n"
    ask.server.put("/a.html", Raw((interim, interim, Reply(PAGE.encode(), charset="utf-8").encoded())))
    assert isinstance(ask.outcome("/a.html"), Page)


def test_robots_with_a_mark_before_it_is_read(ask: Asker) -> None:
    ask.server.put("/robots.txt", Reply("\ufeffUser-agent: *\nDisallow: /private/".encode(), content_type="text/plain"))
    ask.server.put("/*", Reply.page(PAGE))
    private, public = ask.outcomes(ask.request("/private/a.html"), ask.request("/a.html"))
    assert isinstance(private, Refused)
    assert isinstance(public, Page)


@pytest.mark.parametrize("delay", ["nan", "inf", "-5", "1e999", "0", "soon", "3600"])
def test_no_crawl_delay_stops_a_run(ask: Asker, delay: str) -> None:
    ask.server.put("/robots.txt", Reply(f"User-agent: *\nCrawl-delay: {delay}\n".encode(), content_type="text/plain"))
    ask.server.put("/*", Reply.page(PAGE))
    started = ask.clock.moment
    outcomes = ask.outcomes(*(ask.request(f"/{n}.html") for n in range(3)))
    assert all(isinstance(outcome, Page) for outcome in outcomes)
    assert ask.clock.moment - started <= timedelta(minutes=3)


@pytest.mark.parametrize("name", ["gb2312-80", "x-gbk", "GB18030-2022", "ms936", "euc-cn", "GB_2312-80", "csGB2312"])
def test_every_name_of_the_national_charset_is_known(ask: Asker, name: str) -> None:
    ask.server.put("/a.html", Reply(PAGE.encode("gb18030"), charset=name))
    page = ask.outcome("/a.html")
    assert isinstance(page, Page)
    assert page.encoding is not None
    assert (page.text, page.encoding.name, page.encoding.mismatch) == (PAGE, "gb18030", False)


def test_a_charset_named_late_is_found_and_one_named_early_counts_first(ask: Asker) -> None:
    script = "<script>" + "/* 虚构 */" * 3000 + "</script>"
    late = PAGE.replace("<title>", f"{script}<meta charset='gbk'><title>")
    ask.server.put("/a.html", Reply(late.encode("gbk")))
    page = ask.outcome("/a.html")
    assert isinstance(page, Page)
    assert page.encoding is not None
    assert page.encoding.found is EncodingFrom.META


def test_a_mark_of_utf_8_before_a_page_of_another_charset(ask: Asker) -> None:
    text = PAGE.replace("<title>", "<meta charset='gbk'><title>")
    ask.server.put("/a.html", Reply(b"\xef\xbb\xbf" + text.encode("gbk")))
    page = ask.outcome("/a.html")
    assert isinstance(page, Page)
    assert page.text == text
    ask.server.put("/a.html", Reply("\ufeff".encode() + text.encode(), charset="gbk"))
    page = ask.outcome("/a.html")
    assert isinstance(page, Page)
    assert page.encoding is not None
    assert (page.encoding.found, page.encoding.mismatch) == (EncodingFrom.BOM, True)


def test_a_post_is_limited_as_every_answer_is(ask: Asker) -> None:
    ask.server.put("/proxy", faults.endless())
    assert isinstance(ask.outcome("/proxy", expect=Expect.ANY, form=(("page", "1"),)), TooLarge)


def test_the_validator_goes_back_as_it_came(ask: Asker) -> None:
    ask.server.put("/a.html", Reply(PAGE.encode(), etag='W/"5f-虚"'.encode().decode("latin-1")))
    page = ask.outcome("/a.html")
    assert isinstance(page, Page)
    assert isinstance(ask.outcome("/a.html", etag=page.etag), NotModified)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Tue, 20 Jan 2026 01:59:00 GMT", True),
        ("Tue, 20 Jan 2026 09:59:00 +0800", True),
        ("2026-01-01 08:00", True),
        ("Fri, 01 Jan 2100 00:00:00 GMT", False),
        ("Tue, 20 Jan 2026 10:00:00 GMT", False),
    ],
)
def test_a_date_that_has_not_come_yet_is_nothing_to_ask_with(ask: Asker, said: str, *, kept: bool) -> None:
    """Whoever compares dates would answer 304 to every change until then."""
    ask.server.put("/a.html", Reply(PAGE.encode(), headers=(("Last-Modified", said),)))
    page = ask.outcome("/a.html")
    assert isinstance(page, Page)
    assert page.last_modified == (said if kept else None)


def test_pauses_between_tries_grow_and_begin_anywhere(ask: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[float, float]] = []

    def most(low: float, high: float) -> float:
        drawn.append((low, high))
        return high

    monkeypatch.setattr("random.uniform", most)
    ask.server.put("/a.html", faults.server_error())
    ask.outcome("/a.html", settings=replace(SETTINGS, tries=6, backoff=2, longest_wait=20))
    assert [pause for pause in ask.clock.slept if pause > 1] == [2, 4, 8, 16, 20]
    assert {low for low, _ in drawn} == {0}
