"""A look at one place says what came, and what a card would have to say of it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from scrapers.discovery.places import Place, PlaceKind
from scrapers.discovery.probe import Looked, columns, lines, look
from scrapers.discovery.walk import Policy
from scrapers.discovery.windows import Window
from scrapers.sources.card import SourceCard
from scrapers.web.decoding import Encoding, EncodingFrom
from scrapers.web.outcomes import (
    Blocked,
    BlockSign,
    Moved,
    Outcome,
    Page,
    Truncated,
    Undecodable,
)

NOW = datetime(2026, 1, 20, tzinfo=UTC)
URL = "http://www.example.gov.cn/gzbg/"
ROWS = "".join(
    f'<li><a href="./202601/t202601{n:02d}_50{n:04d}.html">某某省{title}{n}号</a><span>2026-01-{n:02d}</span></li>'
    for n, title in enumerate(["工作报告", "招聘公告"] * 6, start=1)
)
LIST = (
    '<!DOCTYPE html><html><head><title>工作报告</title></head><body><div class="nav"><a href="/">首页</a></div>'
    '<ul class="list_reports">' + ROWS + "</ul><script>createPageHTML(3, 0, 'index', 'html');</script></body></html>"
)
RSS = "<rss><channel><item><title>某省工作报告</title><link>/a/1.html</link></item></channel></rss>"


def card(**keys: object) -> SourceCard:
    base = {"id": "62-x", "name": "虚构", "region": "62", "body": "法院", "list_urls": [URL]}
    return SourceCard.model_validate(base | keys)


def page(text: str, url: str = URL) -> Page:
    return Page(
        url=url,
        fetched_at=NOW,
        final_url=url,
        status=200,
        headers=(),
        content=text.encode(),
        content_type="text/html",
        text=text,
        encoding=Encoding("gb18030", EncodingFrom.META, "utf-8", mismatch=True),
    )


def looked(outcome: Outcome, of: SourceCard | None = None, kind: PlaceKind = PlaceKind.PAGE) -> Looked:
    of = of or card()
    return look(of, Place(URL, kind), outcome, Policy(of.all_hosts, Window(date(2024, 12, 1))))


def test_a_good_list_becomes_lines_of_a_card() -> None:
    found = looked(page(LIST))
    assert not found.trouble(5)
    assert (len(found.links), sum(link.fate == "new" for link in found.links), found.family) == (12, 6, "trs_wcm")
    assert found.following == Place(f"{URL}index_1.html")
    assert found.encoding == "gb18030 (told by meta; the page claims utf-8)"
    said = lines(card(), [found])
    assert said == {"minimum_links": 6, "family": "trs_wcm", "landmarks": ['class="list_reports"']}
    assert lines(card(minimum_links=3, family="trs_wcm", landmarks=["x"]), [found]) == {}


def test_a_page_that_does_not_say_its_encoding_tells_what_the_card_must() -> None:
    content = LIST.encode("gbk")
    found = looked(Undecodable(url=URL, fetched_at=NOW, content=content, tried=("utf-8",), detail="no charset"))
    assert 'encoding = "gb18030" in the card would read it' in found.trouble(1)


@pytest.mark.parametrize(
    ("outcome", "says"),
    [
        (Blocked(url=URL, fetched_at=NOW, sign=BlockSign.CAPTCHA, excerpt="安全验证"), "被拦截"),
        (Moved(url=URL, fetched_at=NOW, to="https://new.example.gov.cn/"), "--list https://new.example.gov.cn/"),
        (Truncated(url=URL, fetched_at=NOW, received=9, detail="the page does not end in </html>"), "unclosed = true"),
        (page("<html><title>x</title><body>" + "虚构" * 200), "0 links, at least 1 expected"),
    ],
)
def test_what_cannot_be_watched_says_why(outcome: Outcome, says: str) -> None:
    found = looked(outcome)
    assert says in found.trouble(1)
    assert lines(card(), [found]) == {}


def test_what_a_site_says_in_place_of_a_page_is_shown() -> None:
    assert looked(Blocked(url=URL, fetched_at=NOW, sign=BlockSign.CAPTCHA, excerpt="安全验证")).excerpt == "安全验证"


def test_a_landmark_of_the_card_that_is_gone_is_told() -> None:
    found = looked(page(LIST), card(landmarks=["newsList"]))
    assert found.landmarks == (("newsList", False),)
    assert "newsList" in found.trouble(1)


def test_a_feed_is_looked_at_as_one() -> None:
    feed = looked(page(RSS), kind=PlaceKind.FEED)
    assert not feed.trouble(9)
    assert [link.fate for link in feed.links] == ["new"]
    assert "no well-formed XML" in looked(page("x"), kind=PlaceKind.FEED).trouble(1)
    assert lines(card(), [feed]) == {}


def test_columns_to_choose_from() -> None:
    links = (
        '<a href="/gzbg/">工作报告</a><a href="/x/">院长信箱</a><a href="/sj/"> 司法 数据 </a><a href="/gzbg/">报告</a>'
        '<a href="/open/">数据开放</a><a href="javascript:void(0)">通报</a><a href="/l/">关于一件很长很长的事情的通报</a>'
    )
    found = columns(f"<html><title>x</title><body>{links}</body></html>", URL)
    assert [(link.title, link.url) for link in found] == [
        ("工作报告", "http://www.example.gov.cn/gzbg/"),
        ("司法数据", "http://www.example.gov.cn/sj/"),
    ]
