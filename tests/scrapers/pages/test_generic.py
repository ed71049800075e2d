"""The generic fallback on pages of no known system, measured as others measure extractors."""

from __future__ import annotations

from collections import Counter

import pytest

from scrapers.pages import Article, NotArticle, PageKind, parse_article
from scrapers.pages.dates import day_of
from tests.scrapers.pages.portals import FOOTER, PORTALS, TITLE, Portal, hot, menu, page

LEAST_F1 = 0.97


def pairs(text: str) -> Counter[str]:
    text = "".join(text.split())
    return Counter(text[place : place + 2] for place in range(len(text) - 1))


def f1(found: str, wanted: str) -> float:
    one, other = pairs(found), pairs(wanted)
    common = sum((one & other).values())
    return 2 * common / (sum(one.values()) + sum(other.values()))


@pytest.mark.parametrize("portal", PORTALS, ids=lambda portal: portal.name)
def test_portals(portal: Portal) -> None:
    found = parse_article(portal.html, portal.url)
    assert isinstance(found, Article), found
    assert found.family == "generic"
    assert found.title == portal.title
    assert str(day_of(found.published)) == portal.day
    assert found.source == portal.source
    assert f1("\n".join(found.paragraphs), "\n".join(portal.texts)) >= LEAST_F1, found.paragraphs
    figures = "".join(portal.texts)
    assert not [text for text in found.paragraphs if "虚构的摘要" in text]
    for text in portal.texts:
        assert text in found.paragraphs, (text, figures[:10])


ROWS = "".join(
    f'<li><a href="/a/{n}.html">虚构的第{n}条新闻标题，字数不少于十个</a><span>2026-01-{n + 10}</span></li>'
    for n in range(12)
)
LOGIN = '<form><p>用户登录</p><input name="user"><input type="password" name="p"><button>登录</button></form>'


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        (page("", f"<div>{menu()}</div><ul class='list'>{ROWS}</ul>{FOOTER}", "工作报告_虚构网"), PageKind.LIST),
        (page("", f"<div>{menu()}</div><div>{hot()}</div><ul>{ROWS.replace('2026-01-', '')}</ul>", "首页"), PageKind.LIST),
        (page("", LOGIN, "用户登录"), PageKind.LOGIN),
        ("<html><head><title>安全验证</title></head><body><p>请完成下列验证后继续访问</p><form><input name='captcha'></form></body></html>", PageKind.BLOCKED),
        ("<html><body><h1>您的访问过于频繁，请稍后再试</h1></body></html>", PageKind.BLOCKED),
        ("<html><head><title>404 Not Found</title></head><body>404</body></html>", PageKind.MISSING),
        ('<html><head><meta http-equiv="refresh" content="0;URL=html/node_2.htm"></head></html>', PageKind.REDIRECT),
        ('<html><head><title>虚构人大</title></head><body><div id="app"></div><script src="/app.js"></script></body></html>', PageKind.SHELL),
        ("", PageKind.BLOCKED),
        ("<html><body></body></html>", PageKind.EMPTY),
    ],
)  # fmt: skip
def test_what_is_no_article_says_what_it_is(html: str, kind: PageKind) -> None:
    found = parse_article(html, "http://www.portal.example/x.html")
    assert isinstance(found, NotArticle), found
    assert found.why
    assert found.kind is kind, found


def test_a_redirect_tells_where_to() -> None:
    html = '<html><head><meta http-equiv="refresh" content="0;URL=html/2026-01/27/node_2.htm"></head></html>'
    found = parse_article(html, "http://epaper.example.cn/hnrb/index.htm")
    assert isinstance(found, NotArticle)
    assert found.redirect == "http://epaper.example.cn/hnrb/html/2026-01/27/node_2.htm"


def test_a_poster_is_an_article_of_pictures_only() -> None:
    html = page(
        "",
        f'<h1>{TITLE}</h1><p>来源：虚构晚报 2026-01-16 09:00</p><div id="zoom"><p><img src="/1.jpg"></p><p><img src="/2.jpg"></p></div>',
    )
    found = parse_article(html, "http://www.example.gov.cn/202601/t20260116_1.html")
    assert isinstance(found, Article)
    assert found.only_pictures
    assert len(found.pictures) == 2


def test_links_and_pictures_at_the_end_of_a_body_are_not_of_it() -> None:
    portal = PORTALS[0]
    more = '<p>更多报道：</p><ul><li><a href="/1.html">虚构的相关报道之一，与正文无关</a></li><li><a href="/2.html">虚构的相关报道之二</a></li></ul>'
    found = parse_article(portal.html.replace('<div class="ep-source', more + '<div class="ep-source'), portal.url)
    assert isinstance(found, Article)
    assert not [text for text in found.paragraphs if "相关报道之" in text]


def test_a_list_of_files_is_kept() -> None:
    portal = PORTALS[6]
    files = '<ul><li><a href="/1.pdf">附表一</a></li><li><a href="/2.docx">附表二</a></li></ul></div>'
    found = parse_article(
        portal.html.replace('</div><div class="fenxiang">', f'{files}<div class="fenxiang">'), portal.url
    )
    assert isinstance(found, Article)
    assert [one.name for one in found.attachments] == ["附表一.pdf", "附表二.docx"]


def test_a_short_article_whose_date_only_its_head_tells_is_no_list() -> None:
    rows = "".join(
        f'<li><a href="/r{n}">虚构的第{n}条排行新闻，标题也不短</a><span>2026-01-{n + 10}</span></li>'
        for n in range(12)
    )
    head = '<meta name="PubDate" content="2026-01-16 12:11">'
    found = parse_article(
        page(head, f"<h1>{TITLE}</h1><div><p>{PORTALS[0].texts[1]}</p></div><ul>{rows}</ul>"), "http://x.example/a.html"
    )
    assert isinstance(found, Article)
    assert found.paragraphs == (PORTALS[0].texts[1],)
