"""What is cut from the head and the foot of a body, and what never is."""

from __future__ import annotations

import pytest

from scrapers.pages.model import Table
from scrapers.pages.trimming import trimmed

TITLE = "某某省2025年政法工作报告"
BODY = [
    "——2026年1月20日在某某省第十四届人民代表大会第四次会议上",
    "（2026年1月20日）",
    "各位代表：",
    "全年受理案件12.3万件。",
]


@pytest.mark.parametrize(
    "head",
    [
        TITLE,
        "某某省 2025 年政法工作报告",
        "当前位置：首页 > 工作报告",
        "发布时间：2026-01-27 16:40 来源：虚构日报 浏览次数：2168",
        "2026-01-27 16:40",
        "字号：大 中 小",
        "（原标题：某某省的工作报告）",
    ],
)
def test_the_head_is_cut(head: str) -> None:
    assert trimmed([head, *BODY], [], TITLE)[0] == BODY


@pytest.mark.parametrize(
    "foot",
    [
        "责任编辑：虚构人",
        "（责编：虚构人、虚构人）",
        "【纠错】 责任编辑： 虚构人",
        "编辑",
        "扫一扫在手机打开当前页",
        "【打印本页】【关闭窗口】",
        "关闭",
        "上一篇：虚构的上一篇",
        "分享到：微信 微博",
        "版权声明：虚构站点的稿件请勿转载。",
        "相关链接",
        "发布日期：2026-03-06 责任编辑：虚构人",
        "阅读原文",
        "点击：4874268",
        "*",
    ],
)
def test_the_foot_is_cut(foot: str) -> None:
    assert trimmed([*BODY, foot], [], TITLE)[0] == BODY


def test_a_source_at_the_foot_is_told() -> None:
    paragraphs, _, source = trimmed([*BODY, "来源：新疆高院公众号"], [], TITLE)
    assert (paragraphs, source) == (BODY, "新疆高院公众号")


@pytest.mark.parametrize(
    "last",
    [
        "编辑出版普法读物12种，发行30万册。",
        "举报线索核查率达98.2%，比上年提高3.1个百分点，群众反映的突出问题得到及时回应，平安建设的社会基础更加牢固，各项工作再上新台阶。",
        "2026年1月20日",
        "附件：附表.pdf",
        "审核备案规范性文件315件。",
        "分享经验做法26次。",
        "谢谢大家！",
    ],
)
def test_prose_at_the_end_stays(last: str) -> None:
    assert trimmed([*BODY, last], [], TITLE)[0] == [*BODY, last]


def test_tables_keep_their_place() -> None:
    tables = [Table((("一", "二"),), after=0), Table((("三", "四"),), after=3), Table((("五", "六"),), after=6)]
    _, kept, _ = trimmed([TITLE, *BODY, "责任编辑：虚构人"], tables, TITLE)
    assert [table.after for table in kept] == [0, 2, 4]


def test_a_body_of_nothing_but_furniture_is_empty() -> None:
    assert trimmed([TITLE, "来源：虚构日报"], [], TITLE)[0] == []
    assert trimmed([], [], TITLE)[0] == []
