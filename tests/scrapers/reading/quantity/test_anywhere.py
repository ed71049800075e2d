"""`find` over any Chinese text; the cases are our own, of the constructions that number recognisers publish specs for."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.reading.quantities import find


def found(text: str) -> list[tuple[str, object, str]]:
    return [(text[start:end], value, unit) for start, end, value, unit in find(text)]


@pytest.mark.parametrize(
    ("text", "printed", "value", "unit"),
    [
        ("村里有九只羊", "九只", 9, "只"),
        ("全长八百六", "八百六", 860, ""),
        ("貳佰伍拾萬", "貳佰伍拾萬", 2500000, ""),
        ("六 百 三 十 二", "六 百 三 十 二", 632, ""),
        ("8万 3千 2百", "8万 3千 2百", 83200, ""),
        ("负四十七", "负四十七", -47, ""),
        ("-3200", "-3200", -3200, ""),
        ("３，２１７", "３，２１７", 3217, ""),
        ("七点零二", "七点零二", Decimal("7.02"), ""),
        ("零点八", "零点八", Decimal("0.8"), ""),
        (".75", ".75", Decimal("0.75"), ""),
        ("30k", "30k", 30000, ""),
        ("3e4", "3e4", 30000, ""),
        ("3^4", "3^4", 81, ""),
        ("七双", "七双", 14, ""),
        ("三十打", "三十打", 360, ""),
        ("半百", "半百", 50, ""),
        ("八分之三", "八分之三", Decimal("0.375"), ""),
        ("二又四分之一", "二又四分之一", Decimal("2.25"), ""),
        ("５／８", "５／８", Decimal("0.625"), ""),
        ("2 3/4", "2 3/4", Decimal("2.75"), ""),
        ("负二又二分之一", "负二又二分之一", Decimal("-2.5"), ""),
        ("三 万 又 五 分之 一", "三 万 又 五 分之 一", Decimal("30000.2"), ""),
        ("第四百二十", "第四百二十", 420, ""),
        ("第７１", "第７１", 71, ""),
        ("八成 二", "八成 二", 82, "%"),
        ("半成", "半成", 5, "%"),
        ("六 点 二 成", "六 点 二 成", 62, "%"),
        ("七折", "七折", 70, "%"),
        ("八八折", "八八折", 88, "%"),
        ("全场打对折", "对折", 50, "%"),
        ("-18.4%", "-18.4%", Decimal("-18.4"), "%"),
        ("百 分 之 六 点 一", "百 分 之 六 点 一", Decimal("6.1"), "%"),
        ("三 十 个 百 分 点", "三 十 个 百 分 点", 30, "个百分点"),
        ("七万五千元", "七万五千元", 75000, "元"),
        ("票价四元七毛", "四元七毛", Decimal("4.7"), "元"),
        ("三美元又五美分", "三美元又五美分", Decimal("3.05"), "美元"),
        ("2200亿日元", "2200亿日元", 220000000000, "日元"),
        ("6块8", "6块8", Decimal("6.8"), "块"),
        ("12.5瑞士法郎", "12.5瑞士法郎", Decimal("12.5"), "瑞士法郎"),
        ("￥300", "￥300", 300, "¥"),
        ("四百万亩", "四百万亩", 4000000, "亩"),
        ("两吨半", "两吨半", Decimal("2.5"), "吨"),
        ("身高172cm", "172cm", 172, "cm"),
        ("八千字节", "八千字节", 8, "千字节"),
        ("六十两", "六十两", 60, "两"),
        ("负1.5千米", "负1.5千米", Decimal("-1.5"), "千米"),
        ("年满六周岁", "六周岁", 6, "周岁"),
        ("孩子八个月大", "八个月大", 8, "个月大"),
        ("华氏温度70度", "华氏温度70度", 70, "华氏度"),
        ("零下12度", "零下12度", -12, "度"),
        ("历时三个半月", "三个半月", Decimal("3.5"), "个月"),
        ("上万人", "万人", 10000, "人"),
        ("两百多", "两百", 200, ""),
        ("历时半小时", "半小时", Decimal("0.5"), "小时"),
        ("零", "零", 0, ""),
    ],
)
def test_one_quantity_of_a_kind(text: str, printed: str, value: object, unit: str) -> None:
    assert found(text) == [(printed, value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "一切顺利", "我一看就懂", "四川来客", "大陆架", "统一认识", "唯一办法", "一起吃饭", "十分高兴", "十四五规划", "三八节", "一审", "万一", "下半年", "“十二五”期间", "“三打击一整治”", "零件", "大陆。", "队伍", "万万", "对折",
        "B12", "七一前夕", "一五〇团", "https://example.org/a?x=30%25&y=7",
    ],
)  # fmt: skip
def test_signs_of_numerals_in_other_words(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1, 345, 678", [("1", 1), ("345", 345), ("678", 678)]),
        ("“三”和“七”", [("三", 3), ("七", 7)]),
        ("2027年8月3日", [("2027年", 2027), ("8月", 8), ("3日", 3)]),
        ("七成,六成,八点二成", [("七成", 70), ("六成", 60), ("八点二成", 82)]),
        ("10.20.30.40", [("10", 10), ("20", 20), ("30", 30), ("40", 40)]),
        ("两百点两", [("两百", 200), ("两", 2)]),
        ("1502, 三百五, 三分之。", [("1502", 1502), ("三百五", 350), ("三分", 3)]),
    ],
)
def test_several_quantities_in_their_order(text: str, expected: list[tuple[str, object]]) -> None:
    assert [(printed, value) for printed, value, _ in found(text)] == expected


def test_a_sign_belongs_to_one_quantity() -> None:
    assert [printed for printed, _, _ in found("比0多于0")] == ["比0多", "0"]


def test_an_empty_text() -> None:
    assert find("") == []


@given(
    st.text(alphabet="零一二两三四十百千万亿半点几余多成分之第负-~至.,% 0123456789件元岁比大小于以上约\n", max_size=40)
)
def test_spans_are_in_order_inside_the_text_and_never_empty(text: str) -> None:
    at = 0
    for start, end, value, unit in find(text):
        assert at <= start < end <= len(text)
        assert re.search(r"[0-9零〇一二两三四五六七八九十百千万亿半几数对番%]", text[start:end])
        if isinstance(value, tuple):
            low, high = value
            assert low is not None or high is not None
            assert low is None or high is None or low <= high
        else:
            assert isinstance(value, Decimal)
        assert isinstance(unit, str)
        at = end
