"""Regions by code and name, and in prose."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.indicators import load_regions
from scrapers.vocabulary import Level

REGIONS = load_regions()


def test_all_are_there_and_lie_in_a_region_one_level_up() -> None:
    levels = Counter(region.level for region in REGIONS)
    assert levels == {Level.NATION: 1, Level.PROVINCE: 34, Level.CITY: 334}  # 333 and the Corps
    for region in REGIONS:
        assert region.parent is None or region.parent in REGIONS.by_code
        assert region.level is not Level.CITY or region.parent == region.code[:2]
    assert len({region.name for region in REGIONS}) == len(REGIONS)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("00", "00"), ("全国", "00"), ("000000", "00"), ("62", "62"), ("甘肃", "62"), ("甘肃省", "62"), ("甘", "62"), ("620000", "62"),
        ("620102", "6201"), ("兰州市", "6201"), ("兰州", "6201"), ("广西", "45"), ("广西壮族自治区", "45"), ("内蒙古自治区", "15"),
        ("吉林", "22"), ("吉林市", "2202"), ("海南", "46"), ("海南州", "6325"), ("延边朝鲜族自治州", "2224"), ("延边州", "2224"),
        ("恩施", "4228"), ("兴安盟", "1522"), ("大兴安岭地区", "2327"), ("新疆生产建设兵团", "6590"), ("兵团", "6590"), ("伊犁州", "6540"),
        ("110105", "11"), ("上海市", "31"),
    ],
)  # fmt: skip
def test_get(name: str, code: str) -> None:
    region = REGIONS.get(name)
    assert region is not None
    assert region.code == code


@pytest.mark.parametrize("name", ["", "某省", "99", "9901", "全省"])
def test_get_nothing(name: str) -> None:
    assert REGIONS.get(name) is None


@pytest.mark.parametrize(
    ("text", "within", "expected"),
    [
        ("全省法院受理案件", "32", ["全省:32"]),
        ("江苏省南京市两级法院", None, ["江苏省:32", "南京市:3201"]),
        ("苏州法院和无锡检察机关", None, ["苏州:3205", "无锡:3202"]),
        ("全市公安机关", "31", ["全市:31"]),
        ("全市公安机关", "3302", ["全市:3302"]),
        ("全市公安机关", "33", []),
        ("全区法院", "64", ["全区:64"]),
        ("全省法院", "64", []),
        ("全国检察机关", None, ["全国:00"]),
        ("大庆之年,安康来宾同庆", None, []),
        ("安康市、来宾市、大庆市", None, ["安康市:6109", "来宾市:4513", "大庆市:2306"]),
        ("吉林市公安局,吉林全省", "22", ["吉林市:2202", "吉林:22", "全省:22"]),
        ("黔西南州法院", None, ["黔西南州:5223"]),
        ("兵团法院", None, ["兵团:6590"]),
    ],
)
def test_find(text: str, within: str | None, expected: list[str]) -> None:
    found = REGIONS.find(text, within)
    assert [f"{text[each.start : each.end]}:{each.region.code}" for each in found] == expected


@given(st.sampled_from(sorted(REGIONS.by_code)), st.text(alphabet="甲乙,。12", max_size=5))
def test_every_full_name_is_found_in_prose(code: str, around: str) -> None:
    region = REGIONS.by_code[code]
    text = f"{around}{region.name}{around}"
    assert [each.region.code for each in REGIONS.find(text)] == [code]
