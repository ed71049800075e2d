"""Titles by witnesses, and `<title>` cut."""

from __future__ import annotations

import pytest

from scrapers.pages import Article, parse_article
from scrapers.pages.titles import cut_title
from tests.scrapers.pages.portals import menu, paragraphs

REAL = "某某省高级人民法院工作报告"


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (f"{REAL}_某某网", REAL),
        (f"{REAL}-某某省高级人民法院", REAL),
        (f"{REAL} - 某某省人民政府门户网站", REAL),
        (f"{REAL} | 法院 | 某某新闻", REAL),
        (f"{REAL}--地方频道--人民网", REAL),
        (f"{REAL}_首页武汉_新闻中心_长江网_cjn.cn", REAL),
        (f"{REAL}  某某市附属医院", REAL),
        (f"某某网_{REAL}", REAL),
        ("坚持改革——某某省高级人民法院工作报告", "坚持改革——某某省高级人民法院工作报告"),
        ("2025-2026年工作计划完成情况通报", "2025-2026年工作计划完成情况通报"),
        (REAL, REAL),
        ("", ""),
    ],
)
def test_a_document_title_is_cut(document: str, expected: str) -> None:
    assert cut_title(document) == expected


def title_of(head: str, above: str) -> str | None:
    found = parse_article(
        f"<html><head><meta charset=utf-8>{head}</head><body>{menu()}{above}<p>2026-01-16 来源：虚构日报</p><div>{paragraphs()}</div></body></html>",
        "http://www.example.cn/a.html",
    )
    return found.title if isinstance(found, Article) else None


@pytest.mark.parametrize(
    ("head", "above"),
    [
        (f"<title>{REAL}_某某网</title>", f"<h1>某某网</h1><h2>{REAL}</h2>"),
        (f"<title>{REAL}_某某网</title>", f"<div class='tt'>{REAL}</div>"),
        (f"<title>{REAL[:9]}…_某某网</title>", f"<h1>{REAL}</h1>"),
        ("<title>工作报告_某某网</title>", f"<h3>首页 &gt; 工作报告</h3><h3>{REAL}</h3>"),
        ("<title>某某网</title>", f"<h1><a href='/'>某某网</a></h1><p class='con_bt'>{REAL}</p>"),
        (f"<meta name=ArticleTitle content={REAL}><title>某某省人民政府 工作报告</title>", "<h1>某某省人民政府</h1>"),
        (f'<meta property="og:title" content="{REAL}"><title>{REAL} - 某某网</title>', ""),
        (f'<script type="application/ld+json">{{"headline": "{REAL}"}}</script><title>某某网客户端</title>', ""),
        ("<title></title>", f"<h1>{REAL}</h1>"),
        (f"<title>{REAL}</title>", ""),
    ],
)
def test_the_title_that_witnesses_agree_on(head: str, above: str) -> None:
    assert title_of(head, above) == REAL
