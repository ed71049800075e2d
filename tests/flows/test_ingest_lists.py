"""Where new links come from, through the job itself: feeds, site maps, posted pages, newspapers; and where it stops."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from unittest.mock import Mock
from urllib.parse import parse_qs

import pytest

from flows.home import Home
from flows.ingest.cards import chosen
from flows.ingest.job import opened
from flows.ingest.source import ingest_source
from flows.ingest.sync import sync_record
from flows.settings import load_settings
from scrapers.discovery.windows import SHANGHAI
from scrapers.web.request import BROWSER
from storage import fetching, runs
from tests.flows.one_source import TODAY, Source, list_page, rows, story
from tests.replicas import faults
from tests.replicas.reply import Received, Reply
from tests.replicas.server import ReplicaServer
from tests.replicas.sites import Story, render_article

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
def source(home: Home) -> Iterator[Source]:
    with ReplicaServer() as server:
        yield Source(home, server)


def rss(server: ReplicaServer, *items: tuple[str, Story]) -> Reply:
    entries = "".join(
        f"<item><title>{one.title}</title><link>{server.url(path)}</link><pubDate>{format_datetime(one.published)}</pubDate></item>"
        for path, one in items
    )
    text = (
        f'<?xml version="1.0" encoding="gb2312"?><rss version="2.0"><channel><title>镕</title>{entries}</channel></rss>'
    )
    return Reply(text.encode("gb18030"), content_type="text/xml").with_etag()


def test_a_feed_is_read_like_a_list(source: Source) -> None:
    first, notice = story(1), story(2, "关于招聘的公告")
    (path, other) = source.put(first, notice)
    source.server.put("/rss.xml", rss(source.server, (path, first), (other, notice)))
    source.card('feeds = ["{site}/rss.xml"]')
    assert (source.run().result, source.asked) == ("ok", ["/rss.xml", path])
    assert source.run().result == "nothing_new"
    assert source.answered == {"/rss.xml": 304}
    newer = story(3)
    (added,) = source.put(newer)
    source.server.put("/rss.xml", rss(source.server, (added, newer), (path, first)))
    tally = source.run()
    assert (tally.result, tally.new) == ("ok", 1)


@pytest.mark.parametrize(
    ("setting", "fault", "names", "result"),
    [
        ("true", faults.server_error(500), 1, "blocked"),
        ("false", faults.server_error(500), 0, "unreachable"),
        ("false", faults.maintenance(), 0, "blocked"),
    ],
)
def test_nobody_asks_in_a_browser_s_name_where_the_settings_forbid_it(
    source: Source, monkeypatch: pytest.MonkeyPatch, setting: str, fault: Reply, names: int, result: str
) -> None:
    monkeypatch.setenv("ZHENGFA_BROWSER_CHECK", setting)
    source.server.put("/robots.txt", Reply(b"", content_type="text/plain"))
    source.server.put("/list.html", faults.for_us_alone(fault, list_page()))
    source.card('list_urls = ["{site}/list.html"]')
    assert source.run().result == result
    assert [request.headers["user-agent"] for request in source.server.requests].count(BROWSER) == names


def test_a_page_in_place_of_a_feed_is_broken_and_beside_a_list_partial(source: Source) -> None:
    first = story(1)
    (path,) = source.put(first)
    source.server.put("/list.html", list_page((path, first)))
    source.server.put("/rss.xml", list_page((path, first)))
    source.card('feeds = ["{site}/rss.xml"]')
    tally = source.run()
    assert tally.result == "broken"
    assert "a web page under the address of a feed" in tally.notes[0]
    source.card('list_urls = ["{site}/list.html"]', 'feeds = ["{site}/rss.xml"]')
    tally = source.run()
    assert (tally.result, tally.new) == ("partial", 1)
    source.server.put("/rss.xml", Reply(b"<rss><channel></rss>", content_type="text/xml"))
    assert "no well-formed XML" in source.run().notes[0]


def test_what_another_source_brought_home_is_told_apart_from_nothing_new(source: Source) -> None:
    first = story(1)
    (path,) = source.put(first)
    source.server.put("/list.html", list_page((path, first)))
    source.card('list_urls = ["{site}/list.html"]')
    assert source.run().copies == 0
    with ReplicaServer() as server:
        other = Source(source.home, server, id="62-other")
        (path,) = other.put(first)
        server.put("/list.html", list_page((path, first)).with_etag())
        other.card('list_urls = ["{site}/list.html"]')
        tally = other.run()
        assert (tally.result, tally.new, tally.copies, tally.unchanged) == ("ok", 0, 1, 0)
        assert any("1 篇是已存文件的另一处刊载" in note for note in tally.told)
        assert other.history()[0].counts.more["articles.copies"] == 1
        tally = other.run()
        assert (tally.result, tally.copies) == ("nothing_new", 0)


def sitemap(server: ReplicaServer, kind: str, *entries: tuple[str, str]) -> Reply:
    outer, inner = {"index": ("sitemapindex", "sitemap"), "map": ("urlset", "url")}[kind]
    found = "".join(
        f"<{inner}><loc>{server.url(path)}</loc><lastmod>{day}</lastmod></{inner}>" for path, day in entries
    )
    return Reply(f"<{outer}>{found}</{outer}>".encode(), content_type="text/xml").with_etag()


def test_an_index_of_site_maps_is_followed_one_level_within_the_window(source: Source) -> None:
    report, page = story(1), story(2, "虚构市中院领导简介")
    path, other = source.put(report, page)
    day, old = f"{TODAY:%Y-%m-%d}", "2001-01-01"
    server = source.server
    server.put("/maps.xml", sitemap(server, "index", ("/new.xml", day), ("/old.xml", old), ("/deep.xml", day)))
    server.put("/new.xml", sitemap(server, "map", (path, day), (other, day), ("/about/index.html", day)))
    server.put("/deep.xml", sitemap(server, "index", ("/deeper.xml", day)))
    source.card('feeds = ["{site}/maps.xml"]', "article_pattern = '/t\\d{8}_\\d+\\.html$'")
    tally = source.run()
    assert (tally.result, tally.new) == ("ok", 1)
    assert sorted(source.asked) == sorted(["/maps.xml", "/new.xml", "/deep.xml", path, other])
    assert source.run().result == "nothing_new"
    # An index says nothing by itself: its site maps are asked, which are not sent again.
    assert source.answered == {"/maps.xml": 200, "/new.xml": 304, "/deep.xml": 200}


def hanweb(server: ReplicaServer, pages: list[list[tuple[str, Story]]]) -> None:
    """A column whose rows and further pages come from a proxy that answers nothing but a post."""

    def answer(number: int) -> str:
        records = "".join(f"<record><![CDATA[{rows(item)}]]></record>" for item in pages[number])
        # The last page names itself again, as pagers do.
        following = f"/module/web/jpage/dataproxy.jsp?page={min(number + 1, len(pages) - 1)}&amp;columnid=7"
        group = f'<nextgroup><![CDATA[<a href="{following}"></a>]]></nextgroup>'
        return f"<datastore>{group}<recordset>{records}</recordset></datastore>"

    def proxy(request: Received) -> Reply:
        fields = parse_qs(request.body.decode())
        if request.method != "POST" or "x-requested-with" not in request.headers or "referer" not in request.headers:
            return Reply(b"no access!", status=404)
        return Reply(answer(int(fields["page"][0])).encode(), content_type="text/xml").with_etag()

    shell = f'<html><head><meta charset="utf-8"><title>工作报告</title></head><body><script type="text/xml">{answer(0)}</script>'
    server.put("/col/col7/index.html", Reply.page(f"{shell}<p>{'虚构栏目说明。' * 60}</p></body></html>"))
    server.put("/module/web/jpage/dataproxy.jsp", proxy)


def test_pages_that_must_be_posted_for_are_turned_to_the_day_that_was_asked(source: Source) -> None:
    stories = [story(number, days=30 * number + 1) for number in range(1, 7)]
    paths = source.put(*stories)
    items = list(zip(paths, stories, strict=True))
    hanweb(source.server, [items[:2], items[2:4], items[4:]])
    source.card('list_urls = ["{site}/col/col7/index.html"]')
    (source.home.settings_file).write_text('first_window = "45d"\n', encoding="utf-8")
    assert source.run().new == 1
    tally = source.run(since=(TODAY - timedelta(days=400)).date())
    assert (tally.result, tally.new) == ("ok", 5)
    posted = [request for request in source.server.requests if request.method == "POST"]
    assert [parse_qs(request.body.decode())["page"] for request in posted] == [["1"], ["2"]]
    assert not any(request.conditional for request in posted)


def test_a_shell_is_followed_to_its_data_however_often_it_is_unchanged(source: Source) -> None:
    server, first = source.server, story(1)
    (path,) = source.put(first)
    shell = (
        """<div queryData="{'webId':'a','pageId':'b'}" url="/api/jpaas-publish-server/front/page/build/unit"></div>"""
    )
    server.put(
        "/col/index.html",
        Reply.page(f"<html><title>工作报告</title><body>{shell}{'虚构栏目说明。' * 60}</body></html>"),
    )

    def publish(*items: tuple[str, Story]) -> None:
        markup = f"<ul>{rows(*items)}</ul>"
        body = json.dumps({"success": True, "data": {"html": markup}}).encode()
        server.put(
            "/api/jpaas-publish-server/front/page/build/unit", Reply(body, content_type="application/json").with_etag()
        )

    publish((path, first))
    source.card('list_urls = ["{site}/col/index.html"]', "minimum_links = 1")
    assert (source.run().result, source.run().result) == ("ok", "nothing_new")
    newer = story(2)
    (added,) = source.put(newer)
    publish((added, newer), (path, first))
    assert source.run().new == 1


def test_a_newspaper_is_its_index_its_issue_and_the_pages_of_that(source: Source) -> None:
    server, report, notice = source.server, story(1), story(2, "关于招聘的公告")
    (page,) = source.put(report)
    folder = f"/html/{TODAY:%Y-%m/%d}"
    server.put(f"{folder}/content_1.htm", Reply(render_article("epaper_classic", report)).with_etag())
    padding = f"<p hidden>{'虚构报纸。' * 500}</p>"
    jump = f'<meta http-equiv="refresh" content="0; url={folder[1:]}/node_2.htm">'
    server.put("/paperindex.htm", Reply.page(f"<html><head>{jump}</head><body>{padding}</body></html>"))
    pages = "".join(f'<li><a href="node_{n}.htm">第0{n - 1}版：要闻</a></li>' for n in range(2, 5))

    def issue(*links: str) -> Reply:
        return Reply.page(
            f"<html><head><meta charset='utf-8'></head><body><ul>{pages}</ul><ul>{''.join(links)}</ul>{padding}</body></html>"
        )

    server.put(f"{folder}/node_2.htm", issue(f'<li><a href="content_9.htm?div=-1">{notice.title}</a></li>'))
    server.put(f"{folder}/node_3.htm", issue())
    server.put(f"{folder}/node_4.htm", issue(f'<li><a href="content_1.htm?div=-1">{report.title}</a></li>'))
    source.card('list_urls = ["{site}/paperindex.htm"]', 'family = "epaper_classic"')
    tally = source.run()
    assert (tally.result, tally.new) == ("ok", 1), tally.notes
    assert [path.rsplit("/", 1)[-1] for path in source.asked] == [
        "paperindex.htm", "node_2.htm", "node_3.htm", "node_4.htm", "content_1.htm?div=-1",
    ]  # fmt: skip
    assert page


def test_a_list_that_rarely_reports_costs_one_page(source: Source) -> None:
    notices = [story(number, "关于招聘的公告", days=number) for number in range(40)]
    items = [(f"/notice/{one.number}.html", one) for one in notices]

    def publish(items: list[tuple[str, Story]]) -> None:
        for page in range(4):
            following = f'<a href="/list_{page + 1}.html">下一页</a>' if page < 3 else ""
            name = "/list.html" if page == 0 else f"/list_{page}.html"
            source.server.put(name, list_page(*items[page * 10 : page * 10 + 10], more=following))

    publish(items)
    source.card('list_urls = ["{site}/list.html"]')
    assert source.run().result == "nothing_new"
    assert len(source.asked) == 4
    newest = story(99, "关于召开会议的通知", days=0)
    publish([("/notice/99.html", newest), *items])
    assert source.run().result == "nothing_new"
    assert source.asked == ["/list.html"]


def test_a_list_without_its_landmarks_is_broken_and_says_so(source: Source) -> None:
    first = story(1)
    (path,) = source.put(first)
    source.server.put("/list.html", list_page((path, first), mark="newsList"))
    source.card('list_urls = ["{site}/list.html"]', "landmarks = ['class=\"newsList\"']")
    assert source.run().result == "ok"
    source.server.put("/list.html", list_page(mark="redesigned"))
    assert source.run().result == "broken"
    latest = source.history()[0]
    assert latest.counts.more["lists.no_landmarks"] == 1
    assert '页面标志缺失: 标志一个也没有: class="newsList"' in latest.note
    source.server.put("/list.html", list_page((path, first), mark="newsList"))
    assert source.run().result == "nothing_new"


def test_an_article_without_its_landmarks_is_not_stored(source: Source) -> None:
    first, second = story(1), story(2)
    paths = source.put(first, second)
    source.server.put("/list.html", list_page(*zip(paths, (first, second), strict=True)))
    source.card('list_urls = ["{site}/list.html"]', 'article_landmarks = ["全省法院受理案件11.4万件"]')
    tally = source.run()
    assert (tally.result, tally.new, tally.more["articles.no_landmarks"]) == ("partial", 1, 1)
    source.card('list_urls = ["{site}/list.html"]', 'article_landmarks = ["nowhere"]')
    assert source.run().result == "broken"


def test_a_card_that_wants_other_titles_is_not_answered_by_a_304(source: Source) -> None:
    notice = story(1, "虚构要情")
    (path,) = source.put(notice)
    source.server.put("/list.html", list_page((path, notice)))
    source.card('list_urls = ["{site}/list.html"]')
    assert source.run(times=2).result == "nothing_new"
    assert source.answered == {"/list.html": 304}
    source.card('list_urls = ["{site}/list.html"]', 'title_patterns = ["要情"]')
    tally = source.run()
    assert (tally.result, tally.new) == ("ok", 1)


def test_one_article_under_two_spellings_is_asked_for_once(source: Source) -> None:
    first = story(1)
    source.put(first)
    page = render_article("trs_wcm", first)
    source.server.put("/show?b=2&a=1", faults.server_error())
    source.server.put("/show?a=1&b=2", Reply(page).with_etag())
    source.server.put("/list.html", list_page(("/show?b=2&a=1", first)))
    source.card('list_urls = ["{site}/list.html"]')
    assert source.run().result == "partial"
    source.server.put("/show?b=2&a=1", Reply(page).with_etag())
    source.server.put("/list.html", list_page(("/show?a=1&b=2&utm_source=x", first)))
    tally = source.run()
    assert (tally.result, tally.new, len(source.asked)) == ("ok", 1, 2)


def test_where_nothing_is_new_only_a_page_s_links_are_looked_up(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Mock(wraps=fetching.seen_urls)
    monkeypatch.setattr(fetching, "seen_urls", whole)
    source.server.put("/show?b=2&a=1", Reply(render_article("trs_wcm", story(1))))
    source.card('list_urls = ["{site}/list.html"]')
    # New; known as it is written, beside a notice that was passed by; known, but under another spelling.
    for address, result, times in ("b=2&a=1", "ok", 1), ("b=2&a=1", "nothing_new", 1), ("a=1&b=2", "nothing_new", 2):
        source.server.put("/list.html", list_page((f"/show?{address}", story(1)), ("/no.html", story(2, "公告"))))
        assert (source.run().result, whole.call_count) == (result, times)


@pytest.mark.parametrize(
    ("code", "name", "parent"),
    [
        ("620102", "城关区", "6201"),
        ("110105", "朝阳区", "11"),
        ("429004", "仙桃市", "42"),
        ("620199", "620199", "6201"),
    ],
)
def test_a_county_s_source_is_recorded_under_its_name(source: Source, code: str, name: str, parent: str) -> None:
    first = story(1)
    (path,) = source.put(first)
    source.server.put("/list.html", list_page((path, first)))
    source.card('list_urls = ["{site}/list.html"]')
    card = source.home.sources / f"{source.id}.toml"
    card.write_text(card.read_text(encoding="utf-8").replace('"62"', f'"{code}"'), encoding="utf-8")
    tally = source.run()
    assert (tally.result, tally.new) == ("ok", 1), tally.notes
    region = source.regions()[code]
    assert (region.name, region.short_name, region.level, region.parent) == (name, name, "county", parent)


def test_a_county_that_only_a_report_speaks_of_has_its_name(source: Source) -> None:
    one = replace(
        story(1, "虚构的兰州市城关区人民法院工作报告"),
        paragraphs=(f"【虚构】全区法院受理案件1.4万件。{'虚构正文。' * 20}",),
    )
    (path,) = source.put(one)
    source.server.put("/list.html", list_page((path, one)))
    source.card('list_urls = ["{site}/list.html"]')
    assert source.run().new == 1
    assert source.regions()["620102"].name == "城关区"


def test_two_sources_of_one_list_do_not_hide_what_is_new_from_each_other(source: Source) -> None:
    first = story(1)
    (path,) = source.put(first)
    source.server.put("/list.html", list_page((path, first)))
    source.card('list_urls = ["{site}/list.html"]')
    card = source.home.sources / f"{source.id}.toml"
    twin = source.home.sources / f"{source.id}-twin.toml"
    twin.write_text(card.read_text(encoding="utf-8").replace(f'"{source.id}"', f'"{source.id}-twin"'), encoding="utf-8")

    async def both() -> list[int]:
        async with opened(source.home, load_settings(source.home)) as job:
            await asyncio.to_thread(sync_record, job.store, source.home)
            run = await job.write(runs.start_run, kind="ingest", now=job.now)
            return [(await ingest_source(job, one, run)).links for one in chosen(source.home, None)]

    assert asyncio.run(both()) == [1, 1]
    second = story(2)
    (added,) = source.put(second)
    source.server.put("/list.html", list_page((added, second), (path, first)))
    assert asyncio.run(both()) == [2, 2]


def test_a_list_that_robots_txt_forbids_is_a_refusal(source: Source) -> None:
    source.server.put("/robots.txt", Reply(b"User-agent: *\nDisallow: /", content_type="text/plain"))
    source.card('list_urls = ["{site}/list.html"]')
    assert source.run().result == "blocked"
    assert not source.asked


def test_a_newspaper_is_read_back_to_the_day_that_was_asked(source: Source) -> None:
    padding = f"<p hidden>{'虚构报纸。' * 500}</p>"
    reports = {days: story(days, days=days) for days in (0, 3, 20)}
    for days, report in reports.items():
        folder = f"/html/{report.published.astimezone(SHANGHAI):%Y-%m/%d}"
        source.server.put(f"{folder}/content_{days}.htm", Reply(render_article("epaper_classic", report)).with_etag())
        link = f'<li><a href="content_{days}.htm">{report.title}</a></li>'
        pages = '<li><a href="node_2.htm">第01版：要闻</a></li>'
        text = f"<html><head><meta charset='utf-8'></head><body><ul>{pages}</ul><ul>{link}</ul>{padding}</body></html>"
        source.server.put(f"{folder}/node_2.htm", Reply.page(text))
    source.card('issues = "{site}/html/{yyyy}-{mm}/{dd}/node_2.htm"', 'family = "epaper_classic"')
    tally = source.run()
    assert (tally.result, tally.new) == ("ok", 2), tally.notes
    assert len([path for path in source.asked if "node_" in path]) == 7
    assert source.run().result == "nothing_new"
    assert [status for path, status in source.answered.items() if "node_" in path] == [304]
    tally = source.run(since=(TODAY - timedelta(days=25)).date())
    assert (tally.result, tally.new) == ("ok", 1)
    for path in [path for path in source.server.paths() if "node_" in path]:
        source.server.remove(path)
    tally = source.run()
    assert tally.result == "broken"
    assert "no issue of 11 days is there" in tally.notes[0]


def test_a_feed_that_is_gone_does_not_make_every_run_read_the_whole_list(source: Source) -> None:
    stories = [story(number, days=number) for number in range(1, 25)]
    items = list(zip(source.put(*stories), stories, strict=True))
    for page in range(3):
        following = f'<a href="/list_{page + 1}.html">下一页</a>' if page < 2 else ""
        name = "/list.html" if page == 0 else f"/list_{page}.html"
        source.server.put(name, list_page(*items[page * 8 : page * 8 + 8], more=following))
    source.card('list_urls = ["{site}/list.html"]', 'feeds = ["{site}/gone.xml"]')
    assert source.run().new == 24
    tally = source.run()
    assert tally.result == "partial"
    assert source.answered == {"/list.html": 304, "/gone.xml": 404}
    source.server.put("/list_1.html", faults.server_error())
    newest = story(99)
    (path,) = source.put(newest)
    source.server.put("/list.html", list_page((path, newest), more='<a href="/list_1.html">下一页</a>'))
    assert source.run().new == 1
    # It broke off after its first page: it is read whole again, until it comes to its end.
    assert source.run().result == "partial"
    assert source.answered["/list.html"] == 200


def test_a_list_that_grows_at_its_end_is_never_taken_for_unchanged(source: Source) -> None:
    """Its first page answers 304 for ever; what is new stands on the last."""
    stories = [story(number, days=90 - 10 * number) for number in range(1, 7)]
    items = list(zip(source.put(*stories), stories, strict=True))
    source.server.put("/list.html", list_page(*items[:3], more='<a href="/list_1.html">下一页</a>'))
    source.server.put("/list_1.html", list_page(*items[3:]))
    source.card('list_urls = ["{site}/list.html"]')
    assert source.run().new == 6
    newest = story(9)
    (path,) = source.put(newest)
    source.server.put("/list_1.html", list_page(*items[3:], (path, newest)))
    assert (source.run().new, source.asked) == (1, ["/list.html", "/list_1.html", path])
    assert source.run().result == "nothing_new"
