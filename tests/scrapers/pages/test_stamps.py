"""Dates in texts and addresses, and the line under the title."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.pages import Article, parse_article
from scrapers.pages.byline import is_byline, read_byline
from scrapers.pages.dates import CHINA, address_date, find_dates, read_date


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=CHINA)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-01-17 16:40", at(2025, 1, 17, 16, 40)),
        ("2025/1/7", date(2025, 1, 7)),
        ("2025.01.17", date(2025, 1, 17)),
        ("2025年01月28日11:54", at(2025, 1, 28, 11, 54)),
        ("2019-07-02 10:04:47星期二", at(2019, 7, 2, 10, 4, 47)),
        ("2024/02/27/ 08:33", at(2024, 2, 27, 8, 33)),
        ("19-07-05 09:44", at(2019, 7, 5, 9, 44)),
        ("19-07-05", None),
        ("２０２５年１月１７日", date(2025, 1, 17)),
        ("2026-01-20T08:00:00+08:00", at(2026, 1, 20, 8)),
        ("2026-01-20T00:30:00Z", at(2026, 1, 20, 8, 30)),
        ("2026-01-19T20:00:00-05:00", at(2026, 1, 20, 9)),
        ("1769990400", at(2026, 2, 2, 8)),
        ("1769990400000", at(2026, 2, 2, 8)),
        ("2017-02-22 00:00:00", date(2017, 2, 22)),
        ("2021 03/15 10:22:33", at(2021, 3, 15, 10, 22, 33)),
        ("2021 13/15", None),
        ("2025-02-30", None),
        ("2021-12-278", None),
        ("1.2025-01-17", None),
        ("94464", None),
        ("", None),
        (None, None),
    ],
)
def test_a_printed_date(text: str | None, expected: date | None) -> None:
    assert read_date(text) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a/jwgk/gzbg/202501/t20250117_123.html", date(2025, 1, 17)),
        ("http://a/20260107/t20260107_527485277.shtml", date(2026, 1, 7)),
        ("http://a/art/2025/1/22/art_1_2.html", date(2025, 1, 22)),
        ("http://a/n1/2025/0128/c1-2.html", date(2025, 1, 28)),
        ("http://a/content/202601/05/content_1.html", date(2026, 1, 5)),
        ("http://a/c100045/2026-01/29/content_1.shtml", date(2026, 1, 29)),
        ("http://a/system/2026/02/15/030546001.shtml", date(2026, 2, 15)),
        ("http://a/nw31406/20260403/0a.html", date(2026, 4, 3)),
        ("http://a/article/detail/2026/02/id/9230001.shtml", None),
        ("http://a/gzbg/2013/rdhgzbg/70486.jhtml", None),
        ("http://a/content/646841/63/14712345.html", None),
        ("http://a/202513/t20251301_1.html", None),
        ("no address", None),
    ],
)
def test_the_date_in_an_address(url: str, expected: date | None) -> None:
    assert address_date(url) == expected


BYLINES = (
    ("本站发表时间:[2021-12-27]  来源:公安部头条号 作者:", date(2021, 12, 27), "公安部头条号", None),
    (
        "时间：2024-02-04  作者：  新闻来源：自治区检察院政治部宣传处 【字号： | |",
        date(2024, 2, 4),
        "自治区检察院政治部宣传处",
        None,
    ),
    ("时间：2018-11-25  作者：单曦玺  来源：检察日报 【字体：", date(2018, 11, 25), "检察日报", "单曦玺"),
    ("发布时间:2021-02-04 10:29:11 打印 字号: | |", at(2021, 2, 4, 10, 29, 11), None, None),
    (
        "作者：王某某,张 某  发布时间：2024-02-05 11:01:30 打印 字号: | |",
        at(2024, 2, 5, 11, 1, 30),
        None,
        "王某某,张 某",
    ),
    ("2021-02-01 14:38:47 | 来源：天津法院网 | 作者：吴某某", at(2021, 2, 1, 14, 38, 47), "天津法院网", "吴某某"),
    ("发布日期: 2025-12-04 17:02 字号： 分享：", at(2025, 12, 4, 17, 2), None, None),
    ("发布时间：2018-10-09 20:16:15  浏览次数：-", at(2018, 10, 9, 20, 16, 15), None, None),
    ("<发布日期: 2017-02-22 00:00:00> <来源: 天涯法律网 >", date(2017, 2, 22), "天涯法律网", None),
    ("稿件来源：甘肃人大网 发布时间：2022-11-02 20:14:37", at(2022, 11, 2, 20, 14, 37), "甘肃人大网", None),
    ("2025年01月28日11:54 | 来源：西藏日报  小字号", at(2025, 1, 28, 11, 54), "西藏日报", None),
    ("来源: | 发布时间: 2018-05-17 | 浏览次数: 2168", date(2018, 5, 17), None, None),
    ("【时间：2019-03-01】【来源：广西日报】", date(2019, 3, 1), "广西日报", None),
    ("19-07-05 09:44", at(2019, 7, 5, 9, 44), None, None),
    ("2024/02/27/ 08:33 来源：每日甘肃网-兰州晨报", at(2024, 2, 27, 8, 33), "每日甘肃网-兰州晨报", None),
    ("发布时间：2020-02-06  访问次数：94464", date(2020, 2, 6), None, None),
    ("文章出处: 湖北高院  关闭窗口", None, "湖北高院", None),
    ("更新时间：2026-01-01 08:00 首发时间：2025-12-30", at(2026, 1, 1, 8), None, None),
)


@pytest.mark.parametrize(("text", "published", "source", "author"), BYLINES)
def test_the_line_under_a_title(text: str, published: date | None, source: str | None, author: str | None) -> None:
    found = read_byline(text)
    assert (found.published, found.source, found.author) == (published, source, author)
    assert is_byline(text)


@pytest.mark.parametrize(
    "text",
    [
        "各位代表：",
        "2024年，全省法院受理案件12万件。数据来源：最高人民法院年度统计公报，经过核对。",
        "过去一年，全省检察机关批准逮捕2.41万人，同比下降5.2%。",
        "一、2025年工作回顾",
        "",
    ],
)
def test_prose_is_no_byline(text: str) -> None:
    assert not is_byline(text)


@given(st.text(max_size=200))
def test_any_line_can_be_read(text: str) -> None:
    read_byline(text)
    is_byline(text)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<script>var publishdate = '2026-01-16 12:11:01';</script>", at(2026, 1, 16, 12, 11, 1)),
        ('<script>window.DATA = {"pubtime": "2026-01-16 12:11:01", "x": 1}</script>', at(2026, 1, 16, 12, 11, 1)),
        ('<script>var d = {"publishTime":"1769990400000"}</script>', at(2026, 2, 2, 8)),
        ("<script>var publishdate = 'soon';</script>", None),
    ],
)
def test_a_date_that_only_a_script_knows(head: str, expected: date | None) -> None:
    body = "<h1>虚构的通报</h1><div><p>【虚构】全年办理案件若干件，同比有所上升，群众满意率再创新高。</p></div>"
    found = parse_article(f"<html><head><title>虚构的通报</title>{head}</head><body>{body}</body></html>", "http://x/")
    assert isinstance(found, Article)
    assert found.published == expected


WIDE = str.maketrans("0123456789-/.", "０１２３４５６７８９－／．")


@given(
    day=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    form=st.sampled_from(
        ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y 年 %m 月 %d", "%Y %m/%d", "%y-%m-%d 09:44")
    ),
    wide=st.booleans(),
    around=st.sampled_from(("", "虚构", "：", " ")),
)
def test_no_form_of_a_date_is_passed_over(day: date, form: str, wide: bool, around: str) -> None:
    text = f"{around}{day.strftime(form).translate(WIDE if wide else {})}{around}"
    assert [one.value.timetuple()[:3] for one in find_dates(text)] == [(day.year, day.month, day.day)]
