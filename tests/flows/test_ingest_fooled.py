"""What a site gives in a report's place, with a good status and a page around it, never becomes that report.

The notices are made up after those of real appliances (虚构); some hold no word that is known for a refusal.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest

from flows.home import Home
from flows.ingest.article import PATIENCE
from tests.flows.one_source import Source, list_page, story
from tests.replicas.reply import Reply
from tests.replicas.server import ReplicaServer

pytestmark = pytest.mark.timeout(180)

MENU = "".join(f'<li><a href="/menu/{number}/">虚构栏目之{number}</a></li>' for number in range(30))


def notice(title: str, *paragraphs: str, around: str = "", site: str = "") -> Reply:
    told = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    text = (
        f"<html><head><title>{site or title}</title></head><body><ul>{around}</ul><h1>{title}</h1>{told}</body></html>"
    )
    # A site that changes its mind in the same second, as seen by whoever compares by date.
    return Reply(text.encode(), charset="utf-8", last_modified=datetime(2026, 1, 1, tzinfo=UTC)).with_etag()


NOTICES = {
    "a wall by its name": notice("安全验证", "请完成安全验证", around=MENU),
    "a wall under the site's name": notice("安全验证", "请完成安全验证", around=MENU, site="虚构政法网"),
    "a notice nobody knows": notice(
        "请求无法完成", "您所在的网络暂时不能使用本项服务,请稍后重试。如有疑问请联系网站管理员,电话00000000。"
    ),
    "a server's own error": notice(
        "运行时错误",
        "说明: 服务器上出现应用程序错误。此应用程序的当前自定义错误设置禁止远程查看应用程序错误的详细信息。",
    ),
    "a firewall's advice": notice(
        "网站防火墙",
        "您的请求带有不合法参数,已被设置拦截!",
        "如何解决: 1)检查提交内容; 2)普通网站访客,请联系网站管理员。",
    ),
}

# What is no refusal, and no report either.
OTHER_PAGES = {
    "a list": notice(
        "虚构政法网",
        around="".join(
            f'<li><a href="/a/{number}.html">虚构省工作动态之{number}</a> 2026-01-0{number}</li>'
            for number in range(1, 9)
        ),
    ),
    "a page of nothing": notice("虚构政法网", "建设中"),
}


@pytest.fixture
def source(home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[Source]:
    monkeypatch.setenv("ZHENGFA_REVISIT_EVERY", "0s")
    with ReplicaServer() as server:
        yield Source(home, server)


def rows(source: Source, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(source.home.database)) as record:
        return record.execute(query).fetchall()


def stored(source: Source) -> tuple[list[tuple[object, ...]], ...]:
    """What is known of documents, editions and figures, and with what their addresses are asked again."""
    return tuple(
        rows(source, query)
        for query in (
            "SELECT id, title FROM document ORDER BY id",
            "SELECT id, document_id FROM edition ORDER BY id",
            "SELECT id, value FROM observation ORDER BY id",
            "SELECT address_id, etag, last_modified, snapshot_sha256 FROM fetch_state WHERE text_sha256 IS NOT NULL",
        )
    )


@pytest.mark.parametrize("kind", NOTICES)
def test_one_notice_under_many_addresses_is_no_document_and_every_report_comes_later(source: Source, kind: str) -> None:
    bodies = ("虚构甲省法院工作报告", "虚构乙省检察院工作报告", "虚构丙省公安厅工作报告")
    stories = [story(number, title, days=200) for number, title in enumerate(bodies)]
    paths = source.put(*stories)
    source.server.put("/list.html", list_page(*zip(paths, stories, strict=True)))
    source.card('list_urls = ["{site}/list.html"]')
    for path in paths:
        source.server.switch(path, NOTICES[kind])
    tally = source.run()
    assert (tally.result, tally.new, tally.refused) == ("partial", 0, 3)
    assert stored(source)[:3] == ([], [], [])
    # Not closed: they come up again whatever their age.
    assert rows(source, "SELECT DISTINCT state FROM seen_link") == [("failed",)]
    source.server.restore()
    tally = source.run()
    assert (tally.result, tally.new, tally.revised) == ("ok", 3, 0)
    assert {title for _, title in stored(source)[0]} == {one.title for one in stories}


@pytest.mark.parametrize("kind", [*NOTICES, *OTHER_PAGES])
def test_a_notice_in_the_place_of_a_known_report_touches_nothing(source: Source, kind: str) -> None:
    stories = [story(1), story(2)]
    paths = source.put(*stories)
    source.server.put("/list.html", list_page(*zip(paths, stories, strict=True)))
    source.card('list_urls = ["{site}/list.html"]')
    source.run()
    before = stored(source)
    for path in paths:
        source.server.switch(path, (NOTICES | OTHER_PAGES)[kind])
    tally = source.run()
    assert (tally.result, tally.revised, tally.refused) == ("partial", 0, 2)
    assert stored(source) == before
    source.server.restore()
    tally = source.run()
    assert (tally.result, tally.unchanged) == ("nothing_new", 2)
    assert set(source.answered.values()) == {304}


def test_a_notice_that_stays_is_closed_with_its_reason(source: Source) -> None:
    one = story(1)
    (path,) = source.put(one)
    source.server.put("/list.html", list_page((path, one)))
    source.card('list_urls = ["{site}/list.html"]')
    source.server.switch(path, NOTICES["a notice nobody knows"])
    source.run(times=PATIENCE)
    assert rows(source, "SELECT state FROM seen_link") == [("failed",)]
    source.run()
    assert rows(source, "SELECT state, note FROM seen_link") == [
        ("ignored", "no figure, and no word of what was linked: 请求无法完成")
    ]


def test_a_report_without_figures_under_its_own_name_is_kept(source: Source) -> None:
    title = "虚构省法院召开新闻发布会"
    one = story(1, title)
    (path,) = source.put(one)
    source.server.put("/list.html", list_page((path, one)))
    source.card('list_urls = ["{site}/list.html"]')
    source.server.put(path, notice(one.title, "虚构省法院召开新闻发布会,介绍有关工作,并回答记者提问。" * 4))
    assert (source.run().result, len(stored(source)[0])) == ("ok", 1)
    # An edit that leaves no figure is an edit where the page is still what it was.
    source.server.put(path, notice(one.title, "虚构省法院召开新闻发布会,有关内容正在修订。" * 4))
    assert source.run().revised == 1


def test_a_text_that_only_one_request_gave_is_no_revision(source: Source) -> None:
    one = story(1)
    (path,) = source.put(one)
    source.server.put("/list.html", list_page((path, one)))
    source.card('list_urls = ["{site}/list.html"]')
    source.run()
    before = stored(source)
    half = notice(one.title, "【虚构】全省法院受理案件99.9万件,同比上升2.3%。" * 3)
    source.server.switch(path, half, times=1)
    tally = source.run()
    assert (tally.result, tally.revised, dict(tally.outcomes)) == ("partial", 0, {"unconfirmed": 1})
    assert source.asked.count(path) == 2
    assert stored(source) == before
    source.server.put(path, half)
    assert source.run().revised == 1
