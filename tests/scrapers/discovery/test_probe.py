"""A probe looks once at each list and says what a card would have to say."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Iterator
from datetime import date

import pytest

from scrapers.discovery.probe import SourceProbe, probe
from scrapers.sources.card import SourceCard
from scrapers.web.client import Client
from scrapers.web.outcomes import Blocked, Undecodable
from scrapers.web.request import ClientSettings, Pace
from tests.replicas import faults
from tests.replicas.reply import Reply
from tests.replicas.server import ReplicaServer

ON = date(2026, 1, 20)
ROWS = "".join(
    f'<li><a href="./202601/t202601{n:02d}_50{n:04d}.html">某某省{title}{n}号</a><span>2026-01-{n:02d}</span></li>'
    for n, title in enumerate(["工作报告", "招聘公告"] * 6, start=1)
)
LIST = (
    '<!DOCTYPE html><html><head>{meta}<title>工作报告</title></head><body><div class="nav"><a href="/">首页</a></div>'
    '<ul class="list_reports">' + ROWS + "</ul><script>createPageHTML(3, 0, 'index', 'html');</script></body></html>"
)


@pytest.fixture
def server() -> Iterator[ReplicaServer]:
    with ReplicaServer() as running:
        yield running


def probed(server: ReplicaServer, *paths: str) -> SourceProbe:
    card = SourceCard.model_validate(
        {
            "id": "62-x",
            "name": "虚构",
            "region": "62",
            "body": "法院",
            "list_urls": [server.url(path) for path in paths],
        }
    )

    async def run() -> SourceProbe:
        settings = ClientSettings(allow_loopback=True, pace=Pace(gap=0, jitter=0), tries=1)
        async with Client(settings) as client:
            return await probe(card, client, ON)

    return asyncio.run(run())


def test_a_good_list_becomes_lines_of_a_card(server: ReplicaServer) -> None:
    server.put("/list/", Reply.page(LIST.format(meta='<meta charset="gbk">'), "gbk"))
    found = probed(server, "/list/")
    assert found.good
    (one,) = found.lists
    assert (one.links, one.wanted, one.newest, one.family) == (12, 6, date(2026, 1, 12), "trs_wcm")
    assert one.next_url == server.url("/list/index_1.html")
    lines = tomllib.loads(found.overlay(enable=True))
    assert lines == {
        "id": "62-x",
        "enabled": True,
        "minimum_links": 6,
        "family": "trs_wcm",
        "landmarks": ['class="list_reports"'],
        "probed": {"on": ON, "links": 12, "family": "trs_wcm"},
    }
    assert SourceCard.model_validate(found.card.model_dump() | lines).probed is not None
    assert "enabled" not in tomllib.loads(found.overlay(enable=False))


def test_a_page_that_does_not_say_its_encoding_tells_what_the_card_must(server: ReplicaServer) -> None:
    server.put("/list/", Reply.page(LIST.format(meta=""), "gbk"))
    found = probed(server, "/list/")
    assert isinstance(found.lists[0].outcome, Undecodable)
    assert not found.good
    assert tomllib.loads(found.overlay(enable=False))["encoding"] == "gb18030"


def test_a_card_without_a_list_gets_columns_to_choose_from(server: ReplicaServer) -> None:
    links = (
        '<a href="/gzbg/">工作报告</a><a href="/x/">院长信箱</a><a href="/sj/"> 司法 数据 </a><a href="/gzbg/">报告</a>'
    )
    server.put("/", Reply.page(f"<html><head><title>x</title></head><body>{links}{'正文' * 200}</body></html>"))
    card = {"id": "62-x", "name": "虚构", "region": "62", "body": "法院", "home": server.url("/")}

    async def run() -> SourceProbe:
        settings = ClientSettings(allow_loopback=True, pace=Pace(gap=0, jitter=0), tries=1)
        async with Client(settings) as client:
            return await probe(SourceCard.model_validate(card), client, ON)

    found = asyncio.run(run())
    assert not found.good
    assert found.columns == (("工作报告", server.url("/gzbg/")), ("司法数据", server.url("/sj/")))


def test_what_came_instead_is_the_result(server: ReplicaServer) -> None:
    server.put("/list/", Reply.page(LIST.format(meta="")))
    server.put("/other/", faults.captcha())
    found = probed(server, "/list/", "/other/")
    assert not found.good
    assert [one.good for one in found.lists] == [True, False]
    assert isinstance(found.lists[1].outcome, Blocked)
    assert len(server.asked("/list/")) == len(server.asked("/other/")) == 1
