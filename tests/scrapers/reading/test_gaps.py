"""Figures held against another place or kind are no changes over time; a ratio to an earlier time is a change."""

from __future__ import annotations

import pytest

from scrapers.indicators import load_catalogue
from scrapers.period import Period
from scrapers.reading import Context, read
from scrapers.reading.gaps import is_beyond, is_gap
from scrapers.vocabulary import BodyKind

from .telling import of, told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("执业律师达3.2万名,律师数比江苏多2000名。", ["执业律师 32000名", "律师数比江苏多 2000名"]),
        ("受理案件30万件,比浙江少2万件。", ["受理案件 300000件", "受理案件比浙江少 20000件"]),
        ("刑事立案数比邻省少15%。", ["刑事立案数比邻省少 15%"]),
        ("结案率95%,高于江苏2.1个百分点。", ["结案率 95%", "结案率高于江苏 2.1个百分点"]),
        (
            "行政案件上诉率58.9%,比民事案件高47.2个百分点。",
            ["行政案件上诉率 58.9%", "行政案件上诉率比民事案件高 47.2个百分点"],
        ),
        ("审结案件9万件,刑事案件比民事案件多2000件。", ["审结案件 90000件", "刑事案件比民事案件多 2000件"]),
        # What follows is of the subject, not of the gap.
        ("全省律师3.2万人,比江苏多2000人,同比增长8%。", ["律师 32000人 [+8%]", "律师比江苏多 2000人"]),
        ("刑事案件立案数比2019年少2000起。", ["刑事案件立案数 [-2000起 @2019]"]),
        ("抓获数比去年同期多200人。", ["抓获数 [+200人]"]),
        ("律师万人比增长5%,公证占比较上年提高2个百分点。", ["律师万人比 [+5%]", "公证占比 [+2pp]"]),
    ],
)
def test_a_gap_to_another_place_is_a_level_of_its_own(text: str, expected: list[str]) -> None:
    assert told(text, BodyKind.JUSTICE) == expected


def test_a_gap_joins_no_series() -> None:
    context = Context(region="62", body=BodyKind.JUSTICE, period=Period.year(2024), published_year=2025)
    found = read("执业律师3.2万名,比江苏多2000名。", context, load_catalogue()).observations
    assert [(str(each.value), each.indicator) for each in found] == [("32000", "lawyers"), ("2000", None)]


@pytest.mark.parametrize(
    ("words", "beyond"),
    [
        ("律师数比江苏", True),
        ("刑事立案较浙江", True),
        ("上诉率比民事案件", True),
        ("律师万人比", False),
        ("案件结收比", False),
        ("民事案件占比和刑事案件占比", False),
        ("较大事故", False),
        ("对比强烈的案件", False),
    ],
)
def test_what_is_held_against_another(words: str, beyond: bool) -> None:
    assert is_beyond(words) is beyond


@pytest.mark.parametrize(
    ("head", "gap"),
    [("比江苏多", True), ("高出全国均值", True), ("高于邻省", True), ("执行到位率", False), ("较多", False)],
)
def test_how_far_it_is_from_another(head: str, gap: bool) -> None:
    assert is_gap(head) is gap


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("审结案件14.9万件,是此前五年的2.6倍。", "x2.6 @five"),
        ("审结案件14.9万件,是前五年总和的2.6倍。", "x2.6 @five"),
        ("审结案件14.9万件,是过去五年的1.5倍。", "x1.5 @five"),
        ("审结案件14.9万件,为上年同期的2.6倍。", "x2.6"),
        ("审结案件14.9万件,相当于2012年全年的2.6倍。", "x2.6 @2012"),
        ("审结案件14.9万件,为此前三年总和的1.2倍。", "x1.2 @此前三年"),
        ("审结案件14.9万件,接近2019年的3倍。", "x3 @2019"),
        ("审结案件14.9万件,仅为2019年的53%。", "x0.53 @2019"),
    ],
)
def test_a_ratio_to_an_earlier_time_is_a_change(text: str, expected: str) -> None:
    assert told(text) == [f"审结案件 149000件 [{expected}]"]
    assert told(text.replace("14.9万件,", "")) == [f"审结案件 [{expected}]"]


@pytest.mark.parametrize(
    "ratio",
    ["是全国平均水平的2.6倍", "仅为全国平均水平的53%", "是民事案件的2.6倍", "首次超过现有法官人数的两倍"],
)
def test_what_is_held_against_a_figure_not_told_is_unread(ratio: str) -> None:
    reading = of(f"审结案件14.9万件,{ratio},同比增长8%。")
    assert told(f"审结案件14.9万件,{ratio},同比增长8%。") == ["审结案件 149000件 [+8%]"]
    assert {each.reason for each in reading.unread} == {"compared_elsewhere"}
