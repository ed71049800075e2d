"""Retry-After, and what counts as a document or a page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from scrapers.web.address import host_of, on_hosts
from scrapers.web.judging import is_binary, looks_like_markup, retry_moment

NOW = datetime(2026, 1, 20, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", timedelta(seconds=120)),
        ("0", timedelta(0)),
        ("99999999999999999999", timedelta(days=1)),
        ("Tue, 20 Jan 2026 02:05:00 GMT", timedelta(minutes=5)),
        ("Tue, 20 Jan 2026 10:05:00 +0800", timedelta(minutes=5)),
        ("Mon, 19 Jan 2026 02:00:00 GMT", timedelta(0)),
        ("Fri, 01 Jan 2100 00:00:00 GMT", timedelta(days=1)),
        ("soon", timedelta(minutes=2)),
        ("", timedelta(minutes=2)),
        ("-5", timedelta(minutes=2)),
    ],
)
def test_when_to_come_back(header: str, wait: timedelta) -> None:
    assert retry_moment(header, NOW) == NOW + wait


@pytest.mark.parametrize(
    ("body", "binary"),
    [
        (b"%PDF-1.7", True),
        (b"PK\x03\x04", True),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", True),
        (b"<html>", False),
        ("<p>工作报告</p>".encode("gbk"), False),
        ("\ufeff<p>".encode("utf-16-le"), False),
    ],
)
def test_what_is_binary(body: bytes, *, binary: bool) -> None:
    assert is_binary(body) is binary


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("\ufeff\n<!DOCTYPE html>", True),
        ("<div>x</div>", True),
        ("User-agent: *\nDisallow: /", False),
        ("<?xml version='1.0'?><rss>", False),
    ],
)
def test_what_is_markup(text: str, *, markup: bool) -> None:
    assert looks_like_markup(text) is markup


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://WWW.A.gov.cn/x", "www.a.gov.cn"),
        ("https://a.gov.cn:443/x", "a.gov.cn"),
        ("http://a.gov.cn.:8080/", "a.gov.cn:8080"),
        ("http://127.0.0.1:8000/", "127.0.0.1:8000"),
    ],
)
def test_the_host_of_an_address(url: str, host: str) -> None:
    assert host_of(url) == host
    assert on_hosts(url, frozenset({host}))
    assert not on_hosts(url, frozenset({"b.gov.cn", "gov.cn", "a.gov.cn:81"}))


def test_a_host_without_a_port_allows_every_port() -> None:
    assert on_hosts("http://a.gov.cn:8080/", frozenset({"a.gov.cn"}))
    with pytest.raises(ValueError):
        host_of("/just/a/path")
