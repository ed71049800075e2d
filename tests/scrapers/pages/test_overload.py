"""One tag with as many attributes as a page can hold: named, and never parsed with them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.pages import Article, NotArticle, PageKind, parse_article, parse_list
from scrapers.pages.overload import MOST_ATTRIBUTES, lightened
from tests.scrapers.pages.portals import PORTALS, TEXTS, TITLE

MANY = range(100_000)
WORDS = " ".join(f"a{n}" for n in MANY)
REST = f"<h1>{TITLE}</h1><p>{TEXTS[0]}</p>"
URL = "http://x.example/202601/t20260120_1.html"


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(f"<div {WORDS}>{REST}</div>", id="bare"),
        pytest.param(f"<div {' '.join(f'a{n}=1' for n in MANY)}>{REST}</div>", id="values"),
        pytest.param("<div " + "".join(f"a{n}='>'" for n in MANY) + f">{REST}</div>", id="quoted ends"),
        pytest.param("<div " + " ".join(f'a{n}="<>"' for n in MANY) + f">{REST}</div>", id="quoted tags"),
        pytest.param(f"<div/{WORDS.replace(' ', '/')}>{REST}</div>", id="slashes"),
        pytest.param(f"<script {WORDS}></script>{REST}", id="script"),
        pytest.param(f"<!-- <b {REST} --><p>{TITLE}<div {WORDS}", id="unclosed"),
        pytest.param(f"<p>{REST}</p>" + f"<br {' '.join(f'a{n}' for n in range(3000))}>" * 30, id="several"),
    ],
)
def test_a_tag_of_countless_attributes_is_named(html: str) -> None:
    began = time.process_time()
    found = parse_article(html, URL)
    parse_list(html, URL)
    assert time.process_time() - began < 10
    assert isinstance(found, NotArticle)
    assert (found.kind, found.why) == (PageKind.OVERLOADED, f"has a tag of more than {MOST_ATTRIBUTES} attributes")


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(f"<div class='{WORDS}'>{REST}</div>", id="one long value"),
        pytest.param(f"<div data-rows = '{WORDS.replace(' ', ' = ')}'>{REST}</div>", id="a value of equations"),
        pytest.param(f"{REST}<script>for(i=0;i<n;i++){{ {WORDS} }}</script>", id="script"),
        pytest.param(f"{REST}<!-- a <b {WORDS} -->", id="comment"),
        pytest.param(f"{'İ' * 99}<SCRIPT>a<b {WORDS}</Script>{REST}", id="capitals that grow"),
        pytest.param(f"{REST}<p>3 < 5 {WORDS}</p>", id="text"),
        pytest.param(f"{REST}<style>{WORDS}", id="unclosed style"),
        pytest.param(f"<div {' '.join(f'a{n}' for n in range(MOST_ATTRIBUTES - 1))}>{REST}</div>", id="just as many"),
        *(pytest.param(one.html, id=one.url) for one in PORTALS),
    ],
)
def test_other_pages_are_left_as_they_are(html: str) -> None:
    assert lightened(html) is html


def test_an_article_beside_a_long_script_is_read() -> None:
    html = f"<html><body>{REST}<p>{TEXTS[0]}</p><script>if(a<b){{ {WORDS} }}</script></body></html>"
    assert isinstance(parse_article(html, URL), Article)


@given(st.lists(st.integers(1, 9000), max_size=6), st.lists(st.integers(1, 3000), max_size=4))
def test_a_tag_is_found_wherever_it_stands(before: list[int], after: list[int]) -> None:
    ahead, behind = ("".join(f"<p>{'虚' * size}</p>" for size in sizes) for sizes in (before, after))
    tag = " ".join(f"a{n}" for n in range(MOST_ATTRIBUTES + 1))
    assert lightened(f"{ahead}<b {tag}>{behind}") == f"{ahead}<b>{behind}"
    plain = f"{ahead}<b {' '.join(f'a{n}' for n in range(20))}>{behind}"
    assert lightened(plain) is plain
