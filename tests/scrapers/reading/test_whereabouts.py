"""Whose series a figure may join: the region of its scope, and no series at all for a part of a province."""

from __future__ import annotations

import pytest

from scrapers.indicators import load_catalogue
from scrapers.reading import Context, read
from scrapers.reading.model import Observation, Scope
from scrapers.reading.scopes import scope_at
from scrapers.reading.whereabouts import placed, region_of, says_another
from scrapers.vocabulary import BodyKind, Level

CATALOGUE = load_catalogue()


def figures(
    text: str, region: str = "34", body: BodyKind = BodyKind.COURT, level: Level | None = None
) -> list[Observation]:
    context = Context(region=region, body=body, level=level, published_year=2025)
    return list(read(f"2024年,{text}", context, CATALOGUE).observations)


@pytest.mark.parametrize(
    ("words", "home", "region"),
    [
        ("全国法院", "34", "00"),
        ("最高人民法院", "34", "00"),
        ("浙江法院", "34", "33"),
        ("江苏省检察机关", "34", "32"),
        ("内蒙古自治区法院", "34", "15"),
        ("全省法院", "34", "34"),
        ("全省法院", "3401", "34"),
        ("省高院", "3401", "34"),
        ("全市法院", "3401", "3401"),
        ("全市法院", "50", "50"),
        ("全市法院", "34", None),
        ("市公安局", "31", "31"),
        ("市公安局", "34", None),
        ("全区法院", "45", "45"),
        ("全区法院", "34", None),
        ("全县公安机关", "431224", "431224"),
        ("全县公安机关", "43", None),
        ("合肥法院", "34", "3401"),
        ("杭州市公安局", "34", "3301"),
        ("海南州公安局", "63", "6325"),
        ("吉林市公安局", "22", "2202"),
        ("长沙县法院", "43", None),
        ("朝阳区检察院", "11", None),
        ("溆浦县检察院", "43", None),
        ("溆浦县检察院", "431224", "431224"),
        ("庐阳法院", "34", None),
        ("人民法院", "34", "34"),
        ("各级法院", "34", "34"),
        ("公安机关", "34", "34"),
        ("自治区高级人民法院", "64", "64"),
        ("全省政法系统", "00", None),
        ("检察机关", None, "00"),
    ],
)
def test_the_region_that_a_scope_names(words: str, home: str | None, region: str | None) -> None:
    assert region_of(words, home, CATALOGUE) == region


@pytest.mark.parametrize(
    ("words", "region", "whole"),
    [
        ("合肥、芜湖两市法院", "34", False),
        ("基层法院", "34", False),
        ("中级人民法院", "34", False),
        ("合肥中院", "34", True),
        ("中院", "3401", True),
        ("南京海事法院", "32", False),
        ("上海金融法院", "31", False),
        ("长沙市公安局岳麓分局", "43", False),
        ("省法院及3个直属法院", "34", False),
        ("全省法院和专门人民法院", "34", True),
        ("本院", "34", True),
    ],
)
def test_whether_a_scope_is_the_whole_of_its_body(words: str, region: str, *, whole: bool) -> None:
    scope = Scope(BodyKind.COURT, own=False, region=region, words=words)
    assert placed(scope, Context(region=region), CATALOGUE)[1] is whole


def test_a_court_of_an_unknown_county_is_not_the_province_s_own() -> None:
    scope = Scope(BodyKind.COURT, own=True, region="45", words="本院")
    assert placed(scope, Context(region="45", level=Level.COUNTY), CATALOGUE) == (scope, False)


def test_another_s_figure_joins_no_series_of_the_report_s_region() -> None:
    told = figures("全省法院受理案件160万件。全国法院受理案件4601.8万件。浙江法院受理案件210万件。受理案件161万件。")
    assert [(each.indicator, each.scope.region) for each in told] == [
        ("court_cases_received", "34"),
        ("court_cases_received", "00"),
        ("court_cases_received", "33"),
        ("court_cases_received", "34"),
    ]


def test_what_is_quoted_first_does_not_make_the_report_its_own() -> None:
    told = figures("全国法院受理案件4601.8万件,我省占3.5%。\n受理案件161万件。")
    assert told[-1].scope.region == "34"


@pytest.mark.parametrize("who", ["肥东县法院", "庐阳法院", "基层法院", "合肥、芜湖两市法院", "全市法院"])
def test_a_part_s_figure_has_no_indicator(who: str) -> None:
    whole, part = figures(f"全省法院受理案件160万件。其中,{who}受理案件2万件。")
    assert (whole.indicator, part.indicator) == ("court_cases_received", None)
    assert part.scope.words == who


def test_a_report_of_a_city_that_nobody_knows_has_no_indicators() -> None:
    (told,) = figures("受理案件2万件。", level=Level.CITY)
    assert (told.scope.words, told.indicator) == ("全市法院", None)


@pytest.mark.parametrize("words", ["北京冬奥会安保出动警力", "江苏银行冻结资金", "广东籍嫌疑人落网"])
def test_another_province_s_name_alone_names_no_one(words: str) -> None:
    main = Scope(BodyKind.POLICE, own=False, region="13", words="全省公安机关")
    assert scope_at(words, main, CATALOGUE) is None


@pytest.mark.parametrize(
    ("words", "scope"),
    [
        ("长沙市公安局岳麓分局立刑事案件", "长沙市公安局岳麓分局"),
        ("银川市公安局兴庆区分局解放西街派出所调处纠纷", "银川市公安局兴庆区分局解放西街派出所"),
        ("长沙市公安局设立派出所", "长沙市公安局"),
    ],
)
def test_an_office_below_a_body_is_not_the_body(words: str, scope: str) -> None:
    main = Scope(BodyKind.POLICE, own=False, region="43", words="全省公安机关")
    mention = scope_at(words, main, CATALOGUE)
    assert mention is not None
    assert mention.scope.words == scope


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("长沙两级法院受理案件22万件", "4301"),
        ("同期长沙全市法院受理案件22万件", "4301"),
        ("“全省法院一年受理案件90万件,不容易。”", "43"),
        ("过去五年法院系统共受理案件380万件", "43"),
    ],
)
def test_a_region_is_found_at_the_head_of_its_clause(text: str, region: str) -> None:
    (told,) = figures(f"{text}。", "43")
    assert (told.indicator, told.scope.region) == ("court_cases_received", region)


@pytest.mark.parametrize(
    ("subject", "another"),
    [
        ("深圳法院受理案件", True),
        ("全国法院受理案件", True),
        ("浙江法院受理案件", True),
        ("基层法院受理案件", True),
        ("广东法院受理案件", False),
        ("受理案件", False),
    ],
)
def test_a_subject_that_names_another_joins_no_series(subject: str, *, another: bool) -> None:
    scope = Scope(BodyKind.COURT, own=False, region="44", words="全省法院")
    assert says_another(subject, scope, CATALOGUE) is another


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("全省法院受理案件90万件,同比上升4.8%,其中省高院上升3%,长沙两级法院上升6%。", ["43 4.8", "43 3", "4301 6"]),
        ("全省法院受理案件90万件,同比上升4.8%,全国法院上升1%。", ["43 4.8", "00 1"]),
        ("全省法院受理案件90万件,长沙市增幅最大,同比上升12%。", ["4301 12"]),
    ],
)
def test_a_change_of_another_scope_is_no_change_of_the_level_before(text: str, changes: list[str]) -> None:
    told = figures(text, "43")
    assert [f"{each.scope.region} {change.value}" for each in told for change in each.changes] == changes
    assert {each.subject for each in told} == {"受理案件"}
