"""A family's place holds the body only where it looks like one: its names are common ones."""

from __future__ import annotations

import pytest

from scrapers.pages import Article, parse_article
from tests.scrapers.pages.portals import FOOTER, TEXTS, TITLE, comments, hot, menu, page, paragraphs

HEAD = f"<h1>{TITLE}</h1><div>2026-01-16 10:00 来源：虚构晚报</div>"
URL = "http://www.portal.example/show-465419-1.html"  # phpcms_show, whose body is at `.content`


@pytest.mark.parametrize(
    "body",
    [
        f'{HEAD}<div class="article-style">{paragraphs()}</div><div class="footer"><div class="content">{"虚构的联系方式，电话与地址。" * 20}</div></div>',
        f'{HEAD}<div class="main">{paragraphs()}</div><div class="content">请扫描虚构的二维码，关注我们的虚构公众号。</div>{FOOTER}',
        f'<div class="content"><div>{menu()}{menu()}{menu()}</div>{HEAD}<div class="txt">{"".join(f"<p>{text}</p>" for text in TEXTS)}</div>{hot("li")}{"".join(menu() for _ in range(12))}</div>',
        f'{HEAD}<div class="a"><div class="content">{paragraphs()}</div></div><div class="b"><div class="content">虚构的网友说：写得不错，支持一下，希望多多报道！</div></div>',
        f'{HEAD}<div class="article-main"><div class="content">{paragraphs()}</div></div>{comments()}',
    ],
    ids=["in the footer", "a scrap beside", "a wrapper with menus", "in a comment too", "where it should be"],
)
def test_the_body_is_found(body: str) -> None:
    found = parse_article(page("", body), URL)
    assert isinstance(found, Article)
    assert found.family == "phpcms_show"
    assert list(TEXTS) == [text for text in found.paragraphs if text in TEXTS]
    assert len(found.paragraphs) <= len(TEXTS) + 1, found.paragraphs
    assert str(found.published)[:10] == "2026-01-16"


def test_a_short_notice_with_a_picture_stays_in_its_place() -> None:
    body = f'{HEAD}<div class="content"><img src="/1.jpg"><p>虚构的通告，详见下图。</p></div><div class="x">{hot()}{hot()}</div>'
    found = parse_article(page("", body), URL)
    assert isinstance(found, Article)
    assert found.paragraphs == ("虚构的通告，详见下图。",)
