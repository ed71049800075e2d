"""Pages saved by hand: HTML, web archives, PDF."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from scrapers.pages import Article, NotArticle
from scrapers.pages.saved import read_saved
from tests.replicas.sites.pdf import pdf_of
from tests.scrapers.pages.portals import PORTALS, TEXTS, TITLE


def test_gbk_without_any_declaration_is_read() -> None:
    html = PORTALS[2].html.replace('<meta charset="utf-8">', "")
    found = read_saved(html.encode("gb18030"))
    assert isinstance(found, Article)
    assert found.paragraphs == TEXTS


def test_damage_outside_the_article_does_no_harm_and_inside_is_refused() -> None:
    good = PORTALS[0].html.encode()
    outside = good.replace("网易".encode(), b"\xff").replace("科技".encode(), b"\xff\xfe")
    found = read_saved(outside)
    assert isinstance(found, Article)
    assert found.paragraphs == TEXTS
    inside = good.replace("12.35万件".encode(), b"12.35\xff\xfe")
    assert isinstance(read_saved(inside), NotArticle)


def test_what_the_saved_bytes_had_lost_before_is_not_our_loss() -> None:
    lost = PORTALS[0].html.replace("创近五年新低。", "创近五年新低\ufffd\ufffd。").encode()
    found = read_saved(lost)
    assert isinstance(found, Article)
    assert found.paragraphs[5].endswith("创近五年新低\ufffd\ufffd。")


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        (
            "<!-- saved from url=(0042)http://www.example.gov.cn/202601/t20260116_1.html -->",
            "http://www.example.gov.cn/202601/t20260116_1.html",
        ),
        ("<!--https://www.example.cn/a/b-->", "https://www.example.cn/a/b"),
        ("", "file:///页面.html"),
    ],
)
def test_a_saved_page_knows_where_it_comes_from(mark: str, expected: str) -> None:
    found = read_saved((mark + PORTALS[0].html).encode(), "页面.html")
    assert isinstance(found, Article)
    assert found.url == expected


def test_a_canonical_link_and_the_callers_word() -> None:
    html = PORTALS[0].html.replace("<head>", '<head><link rel="canonical" href="http://c.example/1.html">')
    named, told = read_saved(html.encode()), read_saved(html.encode(), url="http://d.example/2.html")
    assert (named.url, told.url) == ("http://c.example/1.html", "http://d.example/2.html")


def test_a_web_archive() -> None:
    archive = EmailMessage()
    archive["Subject"] = "saved"
    archive["MIME-Version"] = "1.0"
    archive.make_related()
    archive.add_related(PORTALS[0].html, subtype="html", charset="utf-8", cte="quoted-printable")
    part = next(one for one in archive.walk() if one.get_content_type() == "text/html")
    part["Content-Location"] = "http://www.example.gov.cn/a.html"
    found = read_saved(archive.as_bytes(), "page.mhtml")
    assert isinstance(found, Article)
    assert (found.title, found.url) == (TITLE, "http://www.example.gov.cn/a.html")
    assert found.paragraphs == TEXTS


def test_a_pdf_is_an_article_of_its_first_line() -> None:
    table = (("项目", "件数"), ("立案", "9.1万起"))
    content = pdf_of([("某某省公安厅2025年工作情况（虚构）", "　　全年破获刑事案件6.5万起，同比上升4.8%。")], table)
    found = read_saved(content, "2026-01-09 通报.pdf")
    assert isinstance(found, Article)
    assert found.title == "某某省公安厅2025年工作情况（虚构）"
    assert found.paragraphs == ("全年破获刑事案件6.5万起，同比上升4.8%。",)
    assert str(found.published) == "2026-01-09"
    assert found.text.endswith("项目\t件数\n立案\t9.1万起")


def test_a_file_that_cannot_be_read_says_why() -> None:
    found = read_saved(b"Rar!\x1a\x07\x00", "x.rar")
    assert isinstance(found, NotArticle)
    assert found.why == "unread: unsupported kind (rar)"
