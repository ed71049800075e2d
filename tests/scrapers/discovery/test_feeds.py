"""Feeds and site maps, as they are written."""

from __future__ import annotations

from datetime import date

import pytest

from scrapers.discovery.feeds import NotAFeedError, SiteMap, day_of, read_feed

BASE = "http://www.a.gov.cn/rss/news.xml"

RSS = """<?xml version="1.0" encoding="gb2312"?>
<rss version="2.0"><channel><title>频道</title><link>http://www.a.gov.cn/</link>
<item><title><![CDATA[某某省高级人民法院
 工作报告]]></title><link>/a/1.html</link><pubDate>Tue, 20 Jan 2026 17:30:00 GMT</pubDate></item>
<item><title>二</title><guid>http://www.a.gov.cn/a/2.html</guid></item>
<item><title>重复</title><link>/a/1.html</link></item>
<item><title>无地址</title><link>javascript:void(0)</link></item></channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><title>通报</title>
<link rel="edit" href="/edit"/><link href="/b/1.html"/><updated>2026-01-20T08:00:00+08:00</updated></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><item><title>旧</title><link>/c/1.html</link><dc:date>2026-01-19</dc:date></item></rdf:RDF>"""

SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc> http://www.a.gov.cn/d/1.html </loc>
<lastmod>2026-01-18</lastmod></url><url><loc>/d/2.html</loc></url></urlset>"""

INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>/sitemap1.xml</loc></sitemap>
<sitemap><loc>/sitemap2.xml</loc><lastmod>2026-01-18T10:00:00+08:00</lastmod></sitemap></sitemapindex>"""


def test_rss() -> None:
    links = read_feed(RSS, BASE).links
    assert [(link.url, link.title, link.published) for link in links] == [
        ("http://www.a.gov.cn/a/1.html", "某某省高级人民法院 工作报告", date(2026, 1, 21)),
        ("http://www.a.gov.cn/a/2.html", "二", None),
    ]


@pytest.mark.parametrize(
    ("text", "url", "title", "day"),
    [
        (ATOM, "http://www.a.gov.cn/b/1.html", "通报", date(2026, 1, 20)),
        (RDF, "http://www.a.gov.cn/c/1.html", "旧", date(2026, 1, 19)),
        (SITEMAP, "http://www.a.gov.cn/d/1.html", "", date(2026, 1, 18)),
    ],
    ids=["Atom", "RSS 1.0", "site map"],
)
def test_the_other_kinds(text: str, url: str, title: str, day: date) -> None:
    first = read_feed(text, BASE).links[0]
    assert (first.url, first.title, first.published) == (url, title, day)


def test_an_index_names_further_site_maps() -> None:
    assert read_feed(INDEX, BASE).sitemaps == (
        SiteMap("http://www.a.gov.cn/sitemap1.xml"),
        SiteMap("http://www.a.gov.cn/sitemap2.xml", date(2026, 1, 18)),
    )


def test_a_feed_in_pages_names_the_next_and_no_entry_s() -> None:
    entry = "<entry><title>一</title><link href='/1.html'/><link rel='next' href='/no'/></entry>"
    feed = f"<feed>{entry}<link rel='next' href='?page=2'/></feed>"
    assert read_feed(feed, BASE).next_url == f"{BASE}?page=2"
    assert read_feed(ATOM, BASE).next_url is None


def test_markup_in_a_title_is_taken_out() -> None:
    item = "<item><title>&lt;b&gt;工作报告&lt;/b&gt; 2025&amp;nbsp;年 1&lt;2</title><link>/a.html</link></item>"
    assert read_feed(f"<rss>{item}</rss>", BASE).links[0].title == "工作报告 2025 年 1<2"


@pytest.mark.parametrize(
    "text",
    ["", "<html><body>x</body></html>", "<rss><channel>", "no markup", "<root/>"],
)
def test_what_is_no_feed_is_told(text: str) -> None:
    with pytest.raises(NotAFeedError):
        read_feed(text, BASE)


def test_entities_are_not_expanded() -> None:
    bomb = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY f SYSTEM 'file:///etc/hostname'>]>"
    feed = f"{bomb}<rss><channel><item><title>&a;&f;</title><link>/a.html</link></item></channel></rss>"
    assert read_feed(feed, BASE).links[0].title == "&a;&f;"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-20 23:59:00", date(2026, 1, 20)),
        ("2026-01-20T16:30:00Z", date(2026, 1, 21)),
        ("2026年1月5日", date(2026, 1, 5)),
        ("2026/02/30 08:33", None),
        ("昨天", None),
    ],
)
def test_days_of_feeds(text: str, day: date | None) -> None:
    assert day_of(text) == day
