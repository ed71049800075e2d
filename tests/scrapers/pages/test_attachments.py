"""Files of an article in every markup seen (FAMILIES 0.5)."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from scrapers.pages import Article, Attachment, canonical_text, parse_article
from scrapers.pages.model import Table
from scrapers.web.decoding import Decoded, decode
from tests.replicas.sites import File, render_article
from tests.replicas.sites.stories import REPORT

TEXT = "<p>　　【虚构】全年办理案件12,345件，同比上升8.9%，详见附件。</p>"
URL = "http://www.example.gov.cn/202503/t20250321_3460001.html"


def article(body: str, after: str = "") -> Article:
    html = f"<html><head><title>虚构的通报</title></head><body><h1>虚构的通报</h1><div>发布时间：2025-03-21</div><div class='wrap'><div class='TRS_Editor'>{TEXT}{body}</div>{after}</div></body></html>"
    found = parse_article(html, URL)
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize(
    ("body", "after", "url", "name"),
    [
        ("<p>附件：<a href='./P020250321600.pdf'>附表</a></p>", "", "202503/P020250321600.pdf", "附表.pdf"),
        (
            "<p>附件：<a href='./P1.pdf' title='附表.pdf' OLDSRC='/protect/P1.pdf'>下载</a></p>",
            "",
            "202503/P1.pdf",
            "附表.pdf",
        ),
        (
            "<p class=insertfileTag><a appendix=true href='./P1.xls' download='统计.xls'>统计</a></p>",
            "",
            "202503/P1.xls",
            "统计.xls",
        ),
        (
            "",
            "<div class='article_attachment'><h3>附件下载</h3><ul><li><a href='./P1.docx'>报告.docx</a></li></ul></div>",
            "202503/P1.docx",
            "报告.docx",
        ),
        (
            "<p><a href='/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid=2'>统计表.docx</a></p>",
            "",
            "system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid=2",
            "统计表.docx",
        ),
        (
            "",
            "<script>var f = './P1.ofd'; document.write('<a href=\"' + f + '\">x</a>');</script>",
            "202503/P1.ofd",
            "P1.ofd",
        ),
        ("<p><a href='P1.WPS'>文本</a></p>", "", "202503/P1.WPS", "文本.wps"),
        ("<p><a href='/a/b.zip?v=1'>资料</a></p>", "", "a/b.zip?v=1", "资料.zip"),
    ],
)
def test_a_file(body: str, after: str, url: str, name: str) -> None:
    assert article(body, after).attachments == (Attachment(f"http://www.example.gov.cn/{url}", name),)


@pytest.mark.parametrize(
    "body",
    [
        "<p><a href='http://x.cn/a.html'>相关的网页</a></p>",
        "<p><a href='javascript:down()'>下载</a></p>",
        "<p><a href='./pdf/'>目录</a></p>",
    ],
)
def test_what_is_no_file(body: str) -> None:
    assert article(body).attachments == ()


def test_two_files_of_one_name_are_two_and_one_address_is_one() -> None:
    found = article("<p><a href='a.pdf'>附表</a><a href='a.ofd'>附表</a><a href='./a.pdf'>附表</a></p>")
    assert [one.suffix for one in found.attachments] == [".pdf", ".ofd"]


def test_files_that_only_a_script_names() -> None:
    story = replace(REPORT, files=(), next_href="", scripted_files=(File("./P1.pdf", ""), File("./P2.xlsx", "")))
    decoded = decode(render_article("trs_wcm", story))
    assert isinstance(decoded, Decoded)
    found = parse_article(decoded.text, URL)
    assert isinstance(found, Article)
    assert [one.url.rsplit("/", 1)[-1] for one in found.attachments] == ["P1.pdf", "P2.xlsx"]


@pytest.mark.parametrize(
    ("url", "name", "suffix"),
    [
        ("http://x/a.PDF", "附表", ".pdf"),
        ("http://x/a", "附表.docx", ".docx"),
        ("http://x/down?id=1.2", "附表", ""),
        ("http://x/a.html", "附表.xlsx ", ".xlsx"),
    ],
)
def test_the_suffix_is_the_names_before_the_addresss(url: str, name: str, suffix: str) -> None:
    assert Attachment(url, name).suffix == suffix


def test_the_canonical_text_joins_pages_tables_and_documents() -> None:
    first = Article(
        url="http://x/1", family="generic", title="虚构", published=None, paragraphs=("一", "二"),
        tables=(Table((("项目", "件数"), ("受理", "1件")), after=1),),
    )  # fmt: skip
    second = Article(url="http://x/2", family="generic", title="虚构", published=None, paragraphs=("三",))
    assert canonical_text([first, second], ["附件的文字", "", "又一份"]) == (
        "一\n项目\t件数\n受理\t1件\n二\n三\n【附件1】\n附件的文字\n【附件3】\n又一份"
    )
    assert canonical_text([]) == ""


def test_a_cover_page_needs_its_documents() -> None:
    assert article("<p><a href='a.pdf'>报告.pdf</a></p>").needs_documents
    assert not article("").needs_documents
    assert not article(f"<p><a href='a.pdf'>报告.pdf</a></p>{TEXT * 20}").needs_documents


@pytest.mark.parametrize(
    ("frame", "path"),
    [
        ("<iframe src='/pdfjs/web/viewer.html?file=/P/a.pdf#page=1'></iframe>", "/P/a.pdf"),
        ("<iframe src='/pdfjs/web/viewer.html?file=..%2Fa%E6%8A%A5.pdf'></iframe>", "/pdfjs/a报.pdf"),
        ("<iframe src='/pdfjs/web/viewer.html?file=/P/a.pdf'></iframe><a href='/P/a.pdf'>报告.pdf</a>", "/P/a.pdf"),
        ("<embed src='a.ofd' type='application/ofd'>", "/202503/a.ofd"),
        ("<object data='a.pdf'></object>", "/202503/a.pdf"),
    ],
)
def test_what_a_frame_shows_belongs_to_the_article(frame: str, path: str) -> None:
    assert [urlsplit(one.url).path for one in article(frame).attachments] == [path]


@pytest.mark.parametrize(
    "frame",
    [
        "<iframe src='/map.html?file=a'></iframe>",
        "<iframe></iframe>",
        f"<iframe src='/v?{'a&' * 99}file=a.pdf'></iframe>",
    ],
)
def test_other_frames_are_no_files(frame: str) -> None:
    assert not article(f"<p>{TEXT * 20}</p>{frame}").attachments


def test_a_chinese_address_is_one_file() -> None:
    found = article("<p><a href='/upload/2026/附件.xlsx'>附件.xlsx</a></p>")
    assert [one.name for one in found.attachments] == ["附件.xlsx"]
