"""Nothing inside a line may glue or lose a digit (PITFALLS 1)."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from scrapers.pages.body import Body, read_body, tidied
from scrapers.pages.tree import Tree


def body(html: str) -> Body:
    tree = Tree.parse(f"<div id='zoom'>{html}</div>", "http://www.example.gov.cn/a/")
    return read_body(tree.every("#zoom"))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>12<span>,345</span>件</p>", ["12,345件"]),
        ('<p>受理<span lang="EN-US">2</span><span lang="EN-US">.31</span>万人</p>', ["受理2.31万人"]),
        ("<p>2018年<st1:chsdate>1<o:p></o:p>月28</st1:chsdate>日</p>", ["2018年1月28日"]),
        ("<p><font>2026年</font><b>1</b>月<i>20</i>日</p>", ["2026年1月20日"]),
        ("<p>187505件<sup>1</sup>，2007年的37845件</p>", ["187505件[1]，2007年的37845件"]),
        ("<p>2.31万人<sup>[12]</sup>，起诉</p>", ["2.31万人[12]，起诉"]),
        ("<p>增长4.95倍<sup>（2）</sup>。</p>", ["增长4.95倍[2]。"]),
        ("<p>案件<sup>①</sup>件</p>", ["案件①件"]),
        ("<p>面积12m<sup>2</sup>、3km<sup>2</sup></p>", ["面积12m²、3km²"]),
        ("<p>CO<sub>2</sub>排放</p>", ["CO2排放"]),
        ("<p>81.27<br>万件，同比</p>", ["81.27万件，同比"]),
        ("<p>同比上升8.9<br/>%。</p>", ["同比上升8.9%。"]),
        ("<p>2024<br>2025</p>", ["2024", "2025"]),
        ("<p>第一段。<br>　　第二段。</p>", ["第一段。", "第二段。"]),
        ("<p>第一段<br><br>第二段</p>", ["第一段", "第二段"]),
        ("<p>受理、<br>审结、<br>执结</p>", ["受理、审结、执结"]),
        ("<p>81.27\n万件</p>", ["81.27万件"]),
        ("<p>全省\n  法院</p>", ["全省法院"]),
        ("<p>2024\n2025</p>", ["2024 2025"]),
        ("<p>81\n.27万件</p>", ["81.27万件"]),
        ("<p>12,\n345件</p>", ["12,345件"]),
        ("<p>hello\nworld</p>", ["hello world"]),
        ("<p>下降26&nbsp;%</p>", ["下降26 %"]),
        ("<p>１２．３％</p>", ["１２．３％"]),
        ("<p>法<!-- 注 -->院</p>", ["法院"]),
        ("<p>法<script>var a=1;</script>院</p>", ["法院"]),
        ("<p>会<ruby>议<rt>yì</rt></ruby></p>", ["会议"]),
        ("<p>看得见<span style='display:none'>12345</span>的</p>", ["看得见的"]),
        ("<div>一<p>二</p>三</div>", ["一", "二", "三"]),
        ("<p>院长　李静</p>", ["院长 李静"]),
        ("<p>\u200b1\u200b2件</p>", ["12件"]),
        ("", []),
    ],
)
def test_lines(html: str, expected: list[str]) -> None:
    assert body(html).paragraphs == expected


@given(
    st.lists(st.sampled_from(["span", "font", "b", "st1:chmetcnv", "a", "em"]), min_size=1, max_size=5),
    st.integers(0, 10**9),
)
def test_a_number_survives_any_wrapping(tags: list[str], number: int) -> None:
    digits = str(number)
    wrapped = "".join(
        f"<{tags[place % len(tags)]}>{digit}</{tags[place % len(tags)]}>" for place, digit in enumerate(digits)
    )
    assert body(f"<p>受理{wrapped}件</p>").paragraphs == [f"受理{digits}件"]


@given(st.text(alphabet="0123456789件万.,% \n\u3000年全省", max_size=60))
def test_tidying_keeps_every_character_but_blanks_and_never_joins_two_numbers(text: str) -> None:
    found = tidied(text)
    assert re.sub(r"\s", "", found) == re.sub(r"\s", "", text)
    for one, other in re.findall(r"(\d+)\s+(\d+)", text):
        assert f"{one}{other}" not in found or f"{one}{other}" in text


def test_tables_keep_their_place_and_merged_cells_stand_once() -> None:
    found = body(
        "<p>前</p><table><tr><td rowspan=2>项目</td><td colspan=2>件数</td></tr><tr><td>受理</td><td>86.31<br>万件</td></tr>"
        "<tr><td>合计</td><td>1</td><td>2</td></tr></table><p>后</p>"
    )
    assert found.paragraphs == ["前", "后"]
    (table,) = found.tables
    assert table.after == 1
    assert table.rows == (("项目", "件数", ""), ("", "受理", "86.31 万件"), ("合计", "1", "2"))


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td><p>第一段，很长的一段话。</p><p>第二段。</p></td></tr></table>",
        "<table><tr><td>第一段，很长的一段话。</td></tr><tr><td>第二段。</td></tr></table>",
        "<table><tr><td><table><tr><td>第一段，很长的一段话。</td></tr><tr><td>第二段。</td></tr></table></td></tr></table>",
    ],
)
def test_a_layout_table_is_no_table(html: str) -> None:
    found = body(html)
    assert found.tables == []
    assert found.paragraphs == ["第一段，很长的一段话。", "第二段。"]


def test_pictures_and_links() -> None:
    found = body(
        '<p><img src="./W02.jpg"><img data-src="http://x/1.png" src="data:image/gif;base64,AA"><img src="icon.gif" width="16"></p>'
        '<p><a href="./P1.pdf" title="附表.pdf">附件</a></p>'
    )
    assert found.pictures == ["./W02.jpg", "http://x/1.png"]
    assert found.anchors == [("./P1.pdf", "附件", "附表.pdf")]


PIECES = ("虚构", " 12", "\n", "\t\u3000", "<!-- 1 -->", "<br>", "&amp;", "<script>x</script>", "<img src=1.jpg>")
INSIDE = st.recursive(
    st.sampled_from(PIECES),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(("p", "div", "span", "b", "li", "a href=' 附件 1.html'", "o:p", "td", "center", "h3")),
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)


@given(INSIDE)
def test_a_body_has_the_text_and_the_links_that_beautiful_soup_finds(html: str) -> None:
    tree = Tree.parse(f"<div id='zoom'>{html}</div>", "http://www.example.gov.cn/a/")
    markup = "".join(etree.tostring(one, encoding="unicode", method="html") for one in tree.every("#zoom"))
    soup, found = BeautifulSoup(markup, "lxml"), read_body(tree.every("#zoom"))
    for code in soup(["script"]):
        code.decompose()
    assert re.sub(r"\s", "", "".join(found.paragraphs)) == re.sub(r"\s", "", soup.get_text())
    wanted = [(str(link["href"]), tidied(link.get_text()), "") for link in soup.find_all("a")]
    assert found.anchors == wanted


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1))
def test_an_address_is_written_as_markup_has_it(address: str) -> None:
    link, box = etree.Element("a", href=address), etree.Element("div")
    box.append(link)
    read_again = Tree.parse(etree.tostring(box, encoding="unicode", method="html"), "").every("a")
    written = (read_again[0].get("href") or "").strip()
    assert [one for one, _, _ in read_body([box]).anchors] == ([written] if written else [])
