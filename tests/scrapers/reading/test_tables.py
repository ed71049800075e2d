"""Tables in bulletins: fictional (虚构) rows with tabs."""

from __future__ import annotations

import pytest

from scrapers.indicators import load_catalogue
from scrapers.period import Period
from scrapers.reading import Context, read
from scrapers.reading.model import Basis
from scrapers.vocabulary import BodyKind

from .telling import of, told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "序号\t指标\t单位\t2023年\t2022年\t同比(%)\n1\t刑事案件立案\t起\t12563\t13652\t-8.0\n2\t现行命案\t起\t0\t2\t-100",
            ["刑事案件立案 12563起 [-8%]", "刑事案件立案 13652起", "现行命案 0起 [-100%]", "现行命案 2起"],
        ),
        (
            "项目\t本期\t上年同期\t增减\n新收案件(件)\t5632\t5123\t509\n结案率(%)\t96.1\t97.6\t-1.5",
            ["新收案件 5632件 [+509件]", "新收案件 5123件", "结案率 96.1% [-1.5pp]", "结案率 97.6%"],
        ),
        (
            "指标\t2023年\t2022年\n1.律师事务所\t1812家\t1776家\n2.办理公证\t51.3万件\t38.8万件",
            ["律师事务所 1812家", "律师事务所 1776家", "办理公证 513000件", "办理公证 388000件"],
        ),
        ("指标\t数值(万件)\t环比%\n接警\t2,330\t0", ["接警 23300000件 [=]"]),
    ],
)
def test_a_table_is_read_by_its_header(text: str, expected: list[str]) -> None:
    found = [each.replace(" @chain", "") for each in told(text, BodyKind.POLICE, period="2023")]
    assert found == expected


def test_each_column_has_its_period() -> None:
    text = "指标\t2023年\t2022年\n律师\t12\t11"
    assert [str(each.period) for each in of(text, period="2023").observations] == ["2023", "2022"]


def test_a_table_whose_header_tells_nothing_is_unread() -> None:
    reading = of("甲\t乙\n3\t5\n4\t6")
    assert reading.observations == ()
    assert {each.reason for each in reading.unread} == {"table_unclear"}


def test_prose_around_a_table_is_read_on() -> None:
    text = "受理案件3件。\n指标\t2024年\n审结案件\t2件\n结案率96%。"
    assert told(text) == ["受理案件 3件", "审结案件 2件", "结案率 96%"]


def test_a_quote_is_its_row() -> None:
    text = "指标\t2024年\n审结案件\t2件"
    (only,) = of(text).observations
    assert text[only.quote_start : only.quote_end] == "审结案件\t2件"


def test_a_row_may_be_a_place_or_a_body() -> None:
    text = "地区\t受理案件(万件)\t同比(%)\t审结案件(件)\n全省\t90.5\t4.8\t853217\n长沙市\t22.0\t5.1\t208123\n省高院\t0.5\t-3.0\t4900"
    context = Context(region="43", body=BodyKind.COURT, period=Period.year(2024), published_year=2025)
    found = read(text, context, load_catalogue()).observations
    assert [(each.indicator, each.scope.region, each.scope.own, int(each.value or 0)) for each in found] == [
        ("court_cases_received", "43", False, 905000),
        ("court_cases_adjudicated", "43", False, 853217),
        ("court_cases_received", "4301", False, 220000),
        ("court_cases_adjudicated", "4301", False, 208123),
        ("court_cases_received", "43", True, 5000),
        ("court_cases_adjudicated", "43", True, 4900),
    ]


def test_a_column_of_falls_falls() -> None:
    text = "指标\t2024年\t同比下降(%)\n刑事案件立案(起)\t12563\t8.0\n命案(起)\t78\t-3.0"
    reading = of(text, BodyKind.POLICE)
    assert told(text, BodyKind.POLICE) == ["刑事案件立案 12563起 [-8%]", "命案 78起"]
    assert [each.reason for each in reading.unread] == ["table_unclear"]


@pytest.mark.parametrize("title", ["增幅(%)", "增速(%)", "上升(%)", "较上年(%)", "比上年增长(%)", "同比"])
def test_a_column_of_changes_is_known_by_its_title(title: str) -> None:
    text = f"指标\t2024年\t{title}\n刑事案件立案(起)\t12563\t8.0%\n命案(起)\t78\t-3.0%"
    assert told(text, BodyKind.POLICE) == ["刑事案件立案 12563起 [+8%]", "命案 78起 [-3%]"]


def test_points_in_a_column_of_percentages_are_points() -> None:
    text = "指标\t2024年\t增长(%)\n刑事案件立案(起)\t12563\t8.0\n破案率(%)\t50.1\t1.1个百分点\n命案(起)\t5\t20%"
    assert told(text, BodyKind.POLICE) == ["刑事案件立案 12563起 [+8%]", "破案率 50.1% [+1.1pp]", "命案 5起 [+20%]"]


@pytest.mark.parametrize(
    ("title", "basis", "base"),
    [
        ("较2019年增长(%)", Basis.NAMED_PERIOD, "2019"),
        ("比2019年(%)", Basis.NAMED_PERIOD, "2019"),
        ("环比(%)", Basis.CHAIN, None),
        ("较上年±%", Basis.YOY, None),
        ("增减(%)", Basis.YOY, None),
    ],
)
def test_a_column_says_what_its_changes_are_against(title: str, basis: Basis, base: str | None) -> None:
    text = f"指标\t2024年\t{title}\n刑事案件立案(起)\t12563\t8.0\n命案(起)\t78\t-3.0"
    changes = [change for each in of(text, BodyKind.POLICE).observations for change in each.changes]
    assert [(each.basis, each.base_period) for each in changes] == [(basis, base)] * 2


@pytest.mark.parametrize(
    "columns",
    ["11月\t同比\t累计\t同比", "本月\t同比\t1-11月\t同比", "当月\t同比\t本年累计\t同比", "本月\t同比\t1至本月累计\t同比", "本月\t同比\t2024年累计\t同比"],
)  # fmt: skip
def test_what_a_month_and_the_year_so_far_come_to_is_told_apart(columns: str) -> None:
    text = f"指标\t{columns}\n命案(起)\t2\t-8%\t10\t3%\n刑事案件立案(起)\t1200\t-8%\t12563\t3%"
    context = Context(region="42", body=BodyKind.POLICE, period=Period.parse("2024-11/2024-11"))
    found = read(text, context, load_catalogue()).observations
    assert [(each.indicator, str(each.period)) for each in found] == [
        (indicator, period)
        for indicator in ("homicides", "crime_registered")
        for period in ("2024-11/2024-11", "2024-01/2024-11")
    ]


def test_the_year_before_is_that_of_the_column_before_it() -> None:
    text = "指标\t本月\t上年同期\t累计\t上年同期\n命案(起)\t2\t3\t10\t12\n立案(起)\t5\t6\t50\t60"
    context = Context(region="42", body=BodyKind.POLICE, period=Period.parse("2024-11/2024-11"))
    assert [str(each.period) for each in read(text, context).observations][:4] == [
        "2024-11/2024-11",
        "2023-11/2023-11",
        "2024-01/2024-11",
        "2023-01/2023-11",
    ]


def test_a_row_of_aims_is_no_result() -> None:
    text = "指标\t2024年\n审结案件\t2件\n年度目标\t3件"
    assert told(text) == ["审结案件 2件"]
    assert [each.kind for each in of(text).ignored] == ["plan"]


def test_a_row_of_sums_is_read_and_one_without_a_name_is_unread() -> None:
    text = "项目\t新收(件)\t结案率(%)\n刑事案件\t320\t97.6\n合计\t6550\t96.6\n\t5\t95.2"
    reading = of(text)
    assert [str(each.value) for each in reading.observations] == ["320", "97.6", "6550", "96.6"]
    assert [each.subject for each in reading.observations][2:] == ["合计新收", "合计结案率"]
    assert [text[each.start : each.end] for each in reading.unread] == ["5", "95.2"]
