"""Articles that wait in a script: read where the page shows next to nothing, left alone where it shows a text."""

from __future__ import annotations

import json
from html import escape

import pytest

from scrapers.pages import Article, NotArticle, parse_article
from tests.scrapers.pages.portals import TEXTS, TITLE, menu, page, paragraphs

MARKUP = "".join(f"<p>{text}</p>" for text in TEXTS)
ARTICLE = {"id": 7, "title": TITLE, "content": MARKUP, "publishTime": "2026-01-16 10:20:00", "source": "虚构晚报"}
SHELL = f'<div class="nav">{menu()}</div><div id="root"></div>'


def quoted(text: str) -> str:
    return text.replace("'", "\\'").replace("\n", "\\n")


@pytest.mark.parametrize(
    "script",
    [
        f'<script id="__NEXT_DATA__" type="application/json">{json.dumps({"props": {"article": ARTICLE}})}</script>',
        f"<script>window.__INITIAL_STATE__ = {json.dumps({'detail': ARTICLE}, ensure_ascii=False)};(function(){{}})();</script>",
        f"<script>var config = {{'a': 1}}; var allData = {json.dumps({'docData': ARTICLE})};</script>",
        f"<script>render({json.dumps(ARTICLE)})</script>",
        f"<script>var BASE_DATA = {{articleInfo: {{title: '{TITLE}', content: '{quoted(escape(MARKUP))}', subInfo: {{source: '虚构晚报', time: '2026-01-16 10:20:00'}}}}}};</script>",
        f"<script>var page = {{\"title\": \"{TITLE}\", content: '{quoted(MARKUP).replace('<', chr(92) + 'x3c')}', time: '2026-01-16 10:20', source: '虚构晚报'}}</script>",
        '<script type="application/ld+json">'
        + json.dumps({"headline": TITLE, "articleBody": "\n".join(TEXTS), "datePublished": "2026-01-16T10:20:00+08:00", "source": "虚构晚报"})
        + "</script>",
    ],
    ids=["next", "state", "one of two variables", "an argument", "no JSON", "escapes", "JSON-LD"],
)  # fmt: skip
def test_a_bare_page_is_read_from_its_script(script: str) -> None:
    found = parse_article(page("", SHELL + script), "http://www.portal.example/a/1.html")
    assert isinstance(found, Article), found
    assert found.title == TITLE
    assert str(found.published)[:16] == "2026-01-16 10:20"
    assert found.source == "虚构晚报"
    assert found.paragraphs == TEXTS


def test_what_the_page_shows_is_read_before_its_scripts() -> None:
    other = ARTICLE | {"content": "<p>虚构的旧文本，与所见不同，不应当读出来。</p>" * 9}
    body = f"<h1>{TITLE}</h1><p>2026-01-16 来源：虚构晚报</p><div>{paragraphs()}</div><script>var a = {json.dumps(other)}</script>"
    found = parse_article(page("", body), "http://www.portal.example/a/1.html")
    assert isinstance(found, Article)
    assert found.paragraphs == TEXTS


@pytest.mark.parametrize(
    "script",
    [
        f"<script>var a = {json.dumps(ARTICLE | {'title': '虚构的另一篇文章，不是这一页'})}</script>",
        f"<script>var a = {json.dumps(ARTICLE | {'content': ''})}; var more = '{'x' * 300}'</script>",
        f"<script>var a = {{content: '{'长' * 300}</script>",
        f"<script>var a = {'{' * 3000}</script>",
        f"<script>{'= {' * 3000}</script>",
    ],
    ids=["another article", "no text", "never closed", "deep", "many openings"],
)
def test_other_scripts_make_no_article(script: str) -> None:
    found = parse_article(page("", SHELL + script), "http://www.portal.example/a/1.html")
    assert isinstance(found, NotArticle)
