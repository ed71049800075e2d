"""Any page at all is answered: no text, deep nesting, broken markup, addresses that are none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.pages import Article, ListPage, NotArticle, PageKind, parse_article, parse_list, recognise
from scrapers.pages.tree import Tree
from tests.scrapers.pages.portals import PORTALS, TEXTS, TITLE

TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<table>",
        "<tr>",
        "<td colspan=9999 rowspan=99999>",
        "</table>",
        "<a href='x.pdf'>",
        "<a href='http://[bad'>",
        "</a>",
        "<br>",
        "<sup>1</sup>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<h1>",
        "&nbsp;",
        "<title>",
        "<meta name=PubDate content=2026-13-45>",
        "<base href='::'>",
        "<founder-title>",
        "<script type='application/ld+json'>{\"a\":",
        "\x00",
        "全省法院受理案件12.3万件，",
        "2026年1月20日",
        "来源：",
    ]
)
URLS = st.sampled_from(
    ["", "http://x/", "http://[bad", "http://x/202601/t20260120_1.html", "http://x/#/a?b", "file:///c"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(TAGS, max_size=60), URLS)
def test_any_markup(parts: list[str], url: str) -> None:
    html = "".join(parts)
    assert isinstance(parse_article(html, url), Article | NotArticle)
    assert isinstance(parse_list(html, url), ListPage)
    assert recognise(html, url)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), URLS)
def test_any_text(text: str, url: str) -> None:
    parse_article(text, url)
    parse_list(text, url)


@pytest.mark.parametrize("depth", [200, 3000, 30000])
def test_deep_nesting(depth: int) -> None:
    html = "<div>" * depth + f"<p>{TEXTS[0]}</p>" + "</div>" * depth
    assert isinstance(parse_article(html, "http://x/"), Article | NotArticle)
    assert isinstance(parse_list(html, "http://x/"), ListPage)


@pytest.mark.parametrize(
    "html",
    [
        "<td>" * 3000,
        "<a href=x>" * 3000,
        "[" * 30000,
        '{"a":' * 30000,
        "来源：" * 30000,
        "2026-01-01 " * 30000,
        "<p>" + "1" * 500_000,
        "<li><a href=a>" + "x" * 200_000 + "</a></li>",
        "<title>" + "_" * 100_000,
        "createPageHTML(" * 20_000,
        "<!--" * 50_000,
    ],
    ids=range(11),
)
def test_nothing_hangs(html: str) -> None:
    began = time.process_time()
    parse_article(html, "http://x/")
    parse_list(html, "http://x/")
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("html", "seconds"),
    [
        pytest.param("<div>" * 100_000 + f"<p>{TEXTS[0]}</p>" + "</div>" * 100_000, 10, id="deep"),
        pytest.param("<p>" + TEXTS[0] * (2_000_000 // len(TEXTS[0])), 10, id="one line"),
        pytest.param("<p>" + "2026-01-01 " * 200_000, 10, id="dates"),
        pytest.param("<i>x</i>" * 60_000, 20, id="tiny elements"),
        pytest.param("<p>x" * 60_000, 20, id="tiny paragraphs"),
        pytest.param('<div class="' + "a " * 1_000_000 + f'"><p>{TEXTS[0]}</p></div>', 10, id="huge class"),
        pytest.param('<a href="' + "../" * 300_000 + f'">x</a><p>{TEXTS[0]}</p>', 10, id="huge address"),
        pytest.param("".join(f"<h1>{TITLE}{n}</h1>" for n in range(20_000)) + f"<p>{TEXTS[0]}</p>", 20, id="headings"),
        pytest.param(f"<div class=content>{TITLE}</div>" * 30_000, 20, id="containers"),
        pytest.param(f"<li><h3><a href=/1>{TITLE}</a></h3><p>{TEXTS[0]}</p></li>" * 6_000, 20, id="summaries"),
        pytest.param("</html></body>" * 100_000 + f"<p>{TEXTS[0]}</p>", 10, id="early ends"),
        pytest.param(f"<title>{TITLE}</title><script>{'content:' + chr(34)}" + "x" * 2_000_000, 10, id="script"),
        pytest.param('<li><a href="/a.html" title="' + "<b" * 200_000 + '">x</a></li>', 10, id="huge title"),
    ],
)
def test_a_hostile_page_ends(html: str, seconds: float) -> None:
    """In CPU of this process, far above what each takes: what grows with the square of the size does not fit in."""
    began = time.process_time()
    article = parse_article(html, "http://x.example/202601/t20260120_1.html")
    assert isinstance(article, Article) or article.kind in PageKind
    assert isinstance(parse_list(html, "http://x.example/list.html"), ListPage)
    assert time.process_time() - began < seconds


def test_a_cut_page_is_still_read() -> None:
    html = PORTALS[0].html
    for share in (0.3, 0.5, 0.7, 0.9):
        parse_article(html[: int(len(html) * share)], PORTALS[0].url)


@pytest.mark.parametrize("base", ["javascript:alert(1)", "data:,x", "", "http://[bad", "about:blank"])
def test_a_base_that_is_no_place_is_passed_over(base: str) -> None:
    tree = Tree.parse(f'<head><base href="{base}"></head><a href="a.html">x</a>', "http://www.example.gov.cn/l/i.html")
    assert tree.absolute("a.html") == "http://www.example.gov.cn/l/a.html"
