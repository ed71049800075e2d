"""Lists as sites make them: dates in corners, cut titles, nested tables, pagers of every sort, JSON."""

from __future__ import annotations

import json
from datetime import date

import pytest

from scrapers.pages import ListPage, parse_list, recognise
from tests.scrapers.pages.portals import FOOTER, hot, menu

BASE = "http://www.example.gov.cn/gzbg/index.html"


def page(body: str, head: str = "") -> str:
    return f'<html><head><meta charset="utf-8"><title>工作报告</title>{head}</head><body>{menu()}{body}{FOOTER}</body></html>'


def read(body: str, url: str = BASE, family: str | None = None) -> ListPage:
    return parse_list(page(body), url, family)


ROWS = {
    "span": '<ul>{rows}</ul>|<li><a href="{url}">{title}</a><span>{day}</span></li>',
    "date before the link": "<ul>{rows}</ul>|<li><em>[{day}]</em> <a href='{url}'>{title}</a></li>",
    "table": "<table>{rows}</table>|<tr><td>·</td><td><a href='{url}'>{title}</a></td><td>{day}</td></tr>",
    "definition list": "<dl>{rows}</dl>|<dd><a href='{url}'>{title}</a><i>{day}</i></dd>",
    "blocks with a summary": "<div>{rows}</div>|<div class='row'><h3><a href='{url}'>{title}</a></h3><p>虚构的摘要。</p><span>{day}</span></div>",
    "date inside the link": "<ul>{rows}</ul>|<li><a href='{url}'>{title} {day}</a></li>",
    "picture and title": "<ul>{rows}</ul>|<li><a href='{url}'><img src='a.jpg'></a><a href='{url}'>{title}</a><b>{day}</b></li>",
    "nested tables": "<table><tr><td><table>{rows}</table></td></tr></table>|<tr><td><a href='{url}' target=_blank>{title}</a></td><td>{day}</td></tr>",
}


@pytest.mark.parametrize("make", ROWS.values(), ids=ROWS)
def test_rows(make: str) -> None:
    frame, row = make.split("|")
    wanted = [
        (f"http://www.example.gov.cn/gzbg/a{n}.html", f"某某省第{n}号虚构的工作报告全文", date(2026, 1, n + 1))
        for n in range(6)
    ]
    rows = "".join(row.format(url=f"./a{n}.html", title=title, day=day) for n, (_, title, day) in enumerate(wanted))
    found = read(frame.format(rows=rows) + f"<div class='side'>{hot()}</div>")
    assert [(link.url, link.title, link.date) for link in found.links] == wanted


@pytest.mark.parametrize(
    ("row", "title", "day"),
    [
        (
            '<a href="1.html" title="某某省人民检察院工作报告（全文）">某某省人民检察院工作…</a><span>2026-01-05</span>',
            "某某省人民检察院工作报告（全文）",
            "2026-01-05",
        ),
        (
            '<a href="1.html" title="某某省&lt;b&gt;人民检察院&lt;/b&gt;工作报告 ">某某省人民检察院...</a><span>2026/1/5</span>',
            "某某省人民检察院工作报告",
            "2026-01-05",
        ),
        (
            '<a href="1.html" title="点击查看">某某省人民检察院工作报告</a><span>2026.01.05</span>',
            "某某省人民检察院工作报告",
            "2026-01-05",
        ),
        ('<a href="1.html">· 某某省人民检察院工作报告</a>(2026年1月5日)', "某某省人民检察院工作报告", "2026-01-05"),
        (
            '<b>05</b><i>2026-01</i><a href="1.html">某某省人民检察院工作报告</a>',
            "某某省人民检察院工作报告",
            "2026-01-05",
        ),
        (
            '<b>2026</b><i>01-05</i><a href="1.html">某某省人民检察院工作报告</a>',
            "某某省人民检察院工作报告",
            "2026-01-05",
        ),
        ('<a href="/202601/t20260105_1.html">某某省人民检察院工作报告</a>', "某某省人民检察院工作报告", "2026-01-05"),
        ('<a href="1.html">某某省人民检察院工作报告</a><span>01-05</span>', "某某省人民检察院工作报告", None),
        (
            '<a href="1.html">2025年某某省人民检察院工作报告</a><span>2026-01-05</span>',
            "2025年某某省人民检察院工作报告",
            "2026-01-05",
        ),
    ],
)
def test_one_row(row: str, title: str, day: str | None) -> None:
    found = read(f"<ul class='list'><li>{row}</li></ul>")
    assert [link.title for link in found.links] == [title]
    assert (str(found.links[0].date) if found.links[0].date else None) == day


def test_a_list_repeats_its_newest_item_as_a_picture() -> None:
    rows = "".join(f"<li><a href='a{n}.html'>虚构的第{n}条工作动态</a><span>2026-01-1{n}</span></li>" for n in range(5))
    found = read(f"<div class='pic'><a href='a0.html'><img src='x.jpg'></a></div><ul>{rows}</ul>")
    assert len(found.links) == 5
    assert found.links[0].title == "虚构的第0条工作动态"


def test_addresses_that_are_none_are_left_out() -> None:
    rows = "".join(
        f"<li><a href='{href}'>虚构的一条工作动态标题</a><span>2026-01-10</span></li>"
        for href in ("javascript:void(0)", "#top", "mailto:a@b.c", "http://[x", "a.html")
    )
    assert [link.url for link in read(f"<ul>{rows}</ul>").links] == ["http://www.example.gov.cn/gzbg/a.html"]


@pytest.mark.parametrize(
    ("charset", "query"),
    [("gb2312", "%B1%A8%B8%E6"), ("GBK", "%B1%A8%B8%E6"), ("utf-8", "报告"), ("", "报告")],
)
def test_a_query_goes_out_in_the_charset_of_its_page(charset: str, query: str) -> None:
    """As browsers send it; a page that says nothing is left to UTF-8."""
    row = "<li><a href='/show.asp?kind=报告&amp;id=7'>虚构的一条工作动态标题</a><span>2026-01-10</span></li>"
    meta = f"<head><meta http-equiv=Content-Type content='text/html; charset={charset}'></head>" if charset else ""
    assert [link.url for link in parse_list(f"<html>{meta}<ul>{row}</ul></html>", BASE).links] == [
        f"http://www.example.gov.cn/show.asp?kind={query}&id=7"
    ]


@pytest.mark.parametrize(
    ("pager", "expected"),
    [
        ("<script>createPageHTML(3, 0, 'index', 'html');</script>", "index_1.html"),
        ("<script>createPageHTML('3', '1', \"index\", \"html\");</script>", "index_2.html"),
        ("<script>createPageHTML(3, 2, 'index', 'html');</script>", None),
        ("<script>function createPageHTML(_n, _c, _p, _e){} createPageHTML(1,0,'index','html');</script>", None),
        ("<script>var currentPage = 0; var countPage = 3;</script>", "index_1.html"),
        ("<script>var currentPage = 2; var countPage = 3;</script>", None),
        ("<a href='index_2.html'>下一页</a>", "index_2.html"),
        ("<a href='index-2.shtml'>下页</a>", "index-2.shtml"),
        ("<a href='index2.html'>Next</a>", "index2.html"),
        ("<a href='p2.html'>&gt;&gt;</a>", "p2.html"),
        ("<a href='p2.html'>ÏÂÒ»Ò³</a>", "p2.html"),
        ("<a href='javascript:void(0)' onclick=\"location.href='list_2.html'\">下一页</a>", "list_2.html"),
        ("<a href='#'>下一页</a>", None),
        ("<a href='index.html'>下一页</a>", None),
        ("<a href='index_2.html'>上一页</a>", None),
        ("", None),
    ],
)
def test_the_next_page(pager: str, expected: str | None) -> None:
    found = read(
        f"<ul><li><a href='a.html'>虚构的一条工作动态标题</a><span>2026-01-10</span></li></ul><div class='page'>{pager}</div>"
    )
    assert found.next_url == (f"http://www.example.gov.cn/gzbg/{expected}" if expected else None)


@pytest.mark.parametrize("family", ["trs_wcm", "trs_jcy", "spp"])
def test_the_next_page_of_a_list_of_trs_without_its_script(family: str) -> None:
    """Sites that write their lists on the server turn pages by a link; it was not followed, and reports were lost."""
    rows = "".join(
        f"<li><a href='/gzbg/202601/t20260120_{n}.shtml'>虚构的第{n}条工作动态</a></li>" for n in range(9000, 9004)
    )
    found = parse_list(page(f"<ul>{rows}</ul><div><a href='list_1.html'>下一页</a></div>"), BASE, family)
    assert found.family in {"trs_wcm", "trs_jcy", "spp"}
    assert found.next_url == "http://www.example.gov.cn/gzbg/list_1.html"


def test_an_article_of_the_list_is_told_by_its_family_alone() -> None:
    rows = "".join(
        f"<li><a href='/article/detail/2026/01/id/{n}.shtml'>虚构的第{n}条工作动态</a></li>" for n in range(4)
    )
    html = page(f"<ul>{rows}</ul>")
    assert recognise(html, BASE) == "chinacourt_group"
    assert parse_list(html, BASE, "trs_wcm").family == "chinacourt_group"
    assert parse_list(page("<p>无</p>"), BASE, "jeecms").family == "jeecms"
    assert parse_list(page("<p>无</p>"), BASE, "no such family").family == "generic"


def test_past_the_last_page_of_a_court() -> None:
    url = "http://x.xxcourt.gov.cn/article/index/id/MzAwNDAwNCACAAA/page/9.shtml"
    html = page(
        "<div class='paginationControl'><a href='/article/index/id/MzAwNDAwNCACAAA/page/10.shtml'>下一页</a></div>"
    )
    assert parse_list(html, url).next_url is None


def test_the_next_page_of_hanweb_is_a_request_with_fields() -> None:
    html = page(
        '<script type="text/xml"><datastore><nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1&amp;webid=1&amp;columnid=7"></a>]]></nextgroup>'
        "<recordset><record><![CDATA[<li><a href='/art/2026/1/9/art_7_1.html'>虚构的一条</a><span>2026-01-09</span></li>]]></record></recordset></datastore></script>"
    )
    found = parse_list(html, "http://x.gov.cn/col/col7/index.html")
    assert [(link.url, link.date) for link in found.links] == [
        ("http://x.gov.cn/art/2026/1/9/art_7_1.html", date(2026, 1, 9))
    ]
    assert found.next_request is not None
    assert dict(found.next_request.form) == {"page": "1", "webid": "1", "columnid": "7"}
    assert dict(found.next_request.headers) == {
        "X-Requested-With": "XMLHttpRequest",
        "Referer": "http://x.gov.cn/col/col7/index.html",
    }


def test_the_new_lists_of_hanweb_are_answers() -> None:
    shell = page(
        """<div queryData="{'webId':'a','pageId':'b'}" url="/api-gateway/jpaas-publish-server/front/page/build/unit"></div>"""
    )
    first = parse_list(shell, "http://x.gov.cn/col/col7/index.html")
    assert first.links == ()
    assert first.next_url is not None
    assert "webId=a" in first.next_url
    markup = '<ul><li class="clearfix"><a href="/art/2026/1/9/art_7_1.html">虚构的一条</a><b>2026-01-09</b></li></ul><div class="pagination" rows="15" count="20"></div>'
    second = parse_list(json.dumps({"success": True, "data": {"html": markup}}), first.next_url)
    assert [link.title for link in second.links] == ["虚构的一条"]
    assert second.next_url is not None
    assert "%22pageNo%22%3A2" in second.next_url
    last = parse_list(json.dumps({"success": True, "data": {"html": markup}}), second.next_url)
    assert last.next_url is None


def test_guangdongs_open_government_tree() -> None:
    answer = {
        "articles": [
            {"url": "/x/content/post_1.html", "title": " 虚构的一条 ", "display_publish_time": 1769990400},
            {"title": "无地址"},
        ]
    }
    found = parse_list(json.dumps(answer), "http://x.gd.gov.cn/gkmlpt/api/all/12?page=1&sid=2")
    assert [(link.title, link.date) for link in found.links] == [("虚构的一条", date(2026, 2, 2))]
    assert found.next_url == "http://x.gd.gov.cn/gkmlpt/api/all/12?page=2&sid=2"
    assert parse_list("{}", "http://x.gd.gov.cn/gkmlpt/api/all/12?page=9").links == ()


def test_rows_of_an_answer_without_addresses() -> None:
    answer = {
        "data": {
            "list": [{"id": 7, "title": "虚构的一条", "createTime": "2026-01-09 08:00:00"}],
            "menu": [{"title": "菜单"}],
        }
    }
    found = parse_list(json.dumps(answer), "http://x.gov.cn/api/list?column=1")
    assert [(link.url, link.title) for link in found.links] == [("http://x.gov.cn/api/list?id=7", "虚构的一条")]
    assert parse_list("{not json", "http://x.gov.cn/api").links == ()


@pytest.mark.parametrize(
    ("html", "target"),
    [
        (
            '<html><head><meta http-equiv="refresh" content="0; URL=html/2026-02/27/node_1.htm"></head></html>',
            "html/2026-02/27/node_1.htm",
        ),
        (
            "<html><script>window.location.href = 'html/2026-02/27/node_1.htm';</script></html>",
            "html/2026-02/27/node_1.htm",
        ),
    ],
)
def test_a_newspapers_index_sends_its_reader_to_the_issue(html: str, target: str) -> None:
    found = parse_list(html, "http://epaper.example.cn/hnrb/paperindex.htm")
    assert found.redirect == f"http://epaper.example.cn/hnrb/{target}"


def test_an_issue_leaves_out_hot_spots_and_advertisements() -> None:
    html = (
        "<map><area href='content_1.htm'></map><ul><li><a href='node_2.htm'>第01版：头版</a></li><li><a href='node_3.htm'>第02版</a></li></ul>"
        "<ul><li><a href='content_1.htm?div=-1'>虚构的报告</a></li><li><a href='content_2.htm?div=-1'>广告</a></li><li><a href='content_1.htm?div=-1'>虚构的报告全文</a></li></ul>"
    )
    found = parse_list(html, "http://epaper.example.cn/hnrb/html/2026-02/12/node_2.htm")
    assert [(link.title, link.date) for link in found.links] == [("虚构的报告全文", date(2026, 2, 12))]
    assert [section.title for section in found.sections] == ["第02版"]


def test_nothing_is_listed_on_an_empty_page() -> None:
    for html in ("", "<html></html>", page("")):
        assert parse_list(html, BASE).links == ()


def test_a_cards_pattern_finds_the_rows_of_a_site_without_dates() -> None:
    news = "".join(f"<li><a href='/news/{n}.html'>虚构的首页要闻第{n}条，标题很长很长</a></li>" for n in range(9))
    reports = "".join(f"<p><a href='/DocManage/ViewDoc?docId=0a-{n}'>虚构的第{n}号报告</a></p>" for n in range(4))
    found = parse_list(
        page(f"<ul>{news}</ul><div>{reports}</div>"), BASE, None, r"/DocManage/ViewDoc\?docId=([0-9a-f-]+)"
    )
    assert [link.title for link in found.links] == [f"虚构的第{n}号报告" for n in range(4)]
