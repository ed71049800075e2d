from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.reading.model import Qualifier
from scrapers.reading.normalise import normalise
from scrapers.reading.quantities import Kind, Quantity, find, find_quantities


def quantities(text: str) -> list[Quantity]:
    return find_quantities(normalise(text))


def only(text: str) -> Quantity:
    (quantity,) = quantities(text)
    return quantity


# Spans are told by what they hold: the figure is the text between the bars.
@pytest.mark.parametrize(
    ("text", "value", "unit", "kind"),
    [
        ("受理案件|81.27万件|,", "812700", "件", Kind.COUNT),
        ("挽回损失|35.4亿元|。", "3540000000", "元", Kind.MONEY),
        ("结案率达|95.13%|,", "95.13", "%", Kind.PERCENT),
        ("结案率达|９５．１％|，", "95.1", "%", Kind.PERCENT),
        ("提高|1.9个百分点|", "1.9", "个百分点", Kind.POINTS),
        ("占比|0.35‰|", "0.35", "‰", Kind.PERMILLE),
        ("是上年的|3.2倍|", "3.2", "倍", Kind.MULTIPLE),
        ("接待|18.6万人(次)|,", "186000", "人次", Kind.COUNT),
        ("发案率为|0.42起/每十万人|", "0.42", "起/每十万人", Kind.COUNT),
        ("平均用时|8.5天|", "8.5", "天", Kind.TIME),
        ("审结|2,330,088件|", "2330088", "件", Kind.COUNT),
        ("审结|38 160件|", "38160", "件", Kind.COUNT),
        ("同比增长|1. 36%|", "1.36", "%", Kind.PERCENT),
        ("審結|4.6萬餘件|,", "46000", "件", Kind.COUNT),
        ("缴获毒品|1.2吨|", "1.2", "吨", Kind.MEASURE),
        ("安全感达|97.8|,", "97.8", "", Kind.PLAIN),
        ("判处罪犯|二十五万三千人|", "253000", "人", Kind.COUNT),
        ("查处|两百三十起|", "230", "起", Kind.COUNT),
        ("超过|六成|", "60", "%", Kind.PERCENT),
        ("占|三分之一|", str(Decimal(1) / 3), "", Kind.FRACTION),
        ("下降|百分之三点五|", "3.5", "%", Kind.PERCENT),
        ("仅占|万分之三十二|", "0.0032", "", Kind.FRACTION),
        ("案件|过半|", "50", "%", Kind.PERCENT),
        ("总量|翻一番|", "1", "番", Kind.MULTIPLE),
        ("增长|一倍|", "1", "倍", Kind.MULTIPLE),
        ("用时|两个半小时|", "2.5", "个小时", Kind.TIME),
        ("缩短|三年半|", "3.5", "年", Kind.TIME),
    ],
)
def test_a_figure_with_its_value_and_unit(text: str, value: str, unit: str, kind: Kind) -> None:
    start, end = text.index("|"), text.rindex("|") - 1
    quantity = only(text.replace("|", ""))
    assert (quantity.start, quantity.end) == (start, end)
    assert (quantity.value, quantity.unit, quantity.kind) == (Decimal(value), unit, kind)


@pytest.mark.parametrize(
    ("text", "qualifier", "whole"),
    [
        ("受理近3000件,", Qualifier.UNDER, "近3000件"),
        ("受理接近3000件,", Qualifier.UNDER, "接近3000件"),
        ("占比不足5%", Qualifier.UNDER, "不足5%"),
        ("受理约3000件,", Qualifier.ABOUT, "约3000件"),
        ("受理3000件左右,", Qualifier.ABOUT, "3000件左右"),
        ("受理超3000件,", Qualifier.OVER, "超3000件"),
        ("受理超过3000件,", Qualifier.OVER, "超过3000件"),
        ("受理逾3000件,", Qualifier.OVER, "逾3000件"),
        ("受理突破3000件,", Qualifier.OVER, "突破3000件"),
        ("受理3000余件,", Qualifier.OVER, "3000余件"),
        ("受理3000多件,", Qualifier.OVER, "3000多件"),
        ("受理3.2万余件,", Qualifier.OVER, "3.2万余件"),
        ("受理上万件,", Qualifier.OVER, "上万件"),
        ("受理上百件,", Qualifier.OVER, "上百件"),
        ("满意率95%以上,", Qualifier.AT_LEAST, "95%以上"),
        ("受理不少于300件,", Qualifier.AT_LEAST, "不少于300件"),
        ("增长两倍多,", Qualifier.OVER, "两倍多"),
        ("六成以上", Qualifier.AT_LEAST, "六成以上"),
        ("近九成", Qualifier.UNDER, "近九成"),
        ("节约100万元", Qualifier.EXACT, "100万元"),
        ("签约12家", Qualifier.EXACT, "12家"),
        ("附近300户", Qualifier.EXACT, "300户"),
        ("预约办理30件", Qualifier.EXACT, "30件"),
    ],
)
def test_how_exact_a_figure_is_before_inside_and_after(text: str, qualifier: Qualifier, whole: str) -> None:
    quantity = only(text)
    assert quantity.qualifier is qualifier
    assert text[quantity.lead : quantity.tail] == whole


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("查处两三起", 2, 3, "起"),
        ("查处三四十起", 30, 40, "起"),
        ("查处3至5件", 3, 5, "件"),
        ("增长10%-15%", 10, 15, "%"),
        ("增长10~15%", 10, 15, "%"),
        ("罚款3-5万元", 30000, 50000, "元"),
        ("罚款5000元至1万元", 5000, 10000, "元"),
        ("2018—2022年", 2018, 2022, "年"),
        ("1至11月", 1, 11, "月"),
        ("六七成", 60, 70, "%"),
        ("实现两位数增长", 10, 99, "位数"),
    ],
)
def test_ranges(text: str, low: int, high: int, unit: str) -> None:
    quantity = only(text)
    assert (quantity.low, quantity.high, quantity.unit) == (Decimal(low), Decimal(high), unit)
    assert quantity.value == quantity.low


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("从41%上升至64%", [41, 64]),
        ("由5天缩短到3天", [5, 3]),
        ("起诉120件180人", [120, 180]),
        ("分别增长5.1%6.2%", [Decimal("5.1"), Decimal("6.2")]),
        ("从97%、98%提升到99%、98.5%", [97, 98, 99, Decimal("98.5")]),
        ("比去年90万件减少12万件", [900000, 120000]),
        ("下降1.2、0.7和0.3个百分点", [Decimal("1.2"), Decimal("0.7"), Decimal("0.3")]),
    ],
)
def test_neighbours_stay_apart(text: str, values: list[Decimal]) -> None:
    assert [quantity.value for quantity in quantities(text)] == values


@pytest.mark.parametrize(
    "text",
    [
        "一审案件", "二审改判", "第二审程序", "三八节活动", "一带一路建设", "四大检察融合", "十四五规划", "一五〇团", "两级法院", "三级联动",
        "统一部署", "唯一标准", "万一发生", "千万不要", "百日行动", "五位一体", "三个方面", "两项制度", "一起推进", "一批典型", "十分重要", "九三学社",
        "零容忍态度", "上半年工作", "增长%", "**.*%", "下降*.3%", "1*.3%", "一些地方", "三农问题", "五四青年", "千方百计", "服务千万家庭", "走进千万家", "每十万人", "G20峰会", "七一前夕",
    ],
)  # fmt: skip
def test_what_is_no_quantity(text: str) -> None:
    assert [quantity for quantity in quantities(text) if quantity.kind is not Kind.ORDINAL] == []


@pytest.mark.parametrize("text", ["第3位", "第三位", "第一方阵", "第十四届", "甘政发3号"])
def test_ordinals_are_told_as_such(text: str) -> None:
    assert only(text).kind is Kind.ORDINAL


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("81.27万件", "50"),
        ("95.1%", "0.05"),
        ("300件", "0.5"),
        ("3.5亿元", "5000000"),
        ("二十五万人", "5000"),
        ("六成", "5"),
    ],
)
def test_precision_is_half_the_step_of_the_last_printed_digit(text: str, precision: str) -> None:
    assert only(text).precision == Decimal(precision)


def test_values_are_exact_and_plain() -> None:
    value = only("81.27万件").value
    assert isinstance(value, Decimal)
    assert str(value) == "812700"
    assert str(only("0.1%").value) == "0.1"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("同比-3.2%", "-3.2"),
        ("增长-0.5个百分点", "-0.5"),
        ("1.2万件\t−8.1%", "-8.1"),
        ("——5%的案件", "5"),
        ("增幅:-4%", "-4"),
        ("2020—3%", "3"),
    ],
)
def test_a_minus_sign_is_told_from_a_dash(text: str, value: str) -> None:
    assert quantities(text)[-1].value == Decimal(value)


def test_offsets_of_the_parts() -> None:
    text = "受理约81.27万件左右"
    quantity = only(text)
    assert text[quantity.lead : quantity.start] == "约"
    assert text[quantity.start : quantity.number_end] == "81.27万"
    assert text[quantity.number_end : quantity.end] == "件"
    assert text[quantity.end : quantity.tail] == "左右"
    assert quantity.scale == 10**4


def test_long_texts_cost_no_more_a_figure_than_short_ones() -> None:
    # What is counted is work, not seconds: the figures of a doubled text are the figures twice, at shifted offsets.
    text = "审结12.3万件,同比上升5%;另有二十五人。\n" * 200
    once, twice = quantities(text), quantities(text * 2)
    assert len(twice) == 2 * len(once)
    assert twice[len(once)].start == once[0].start + len(text)


@pytest.mark.parametrize(
    "piece",
    [
        "7",
        "三",
        "千万",
        "一",
        "几",
        "1,234,",
        "1 234 ",
        "1.2",
        "3万",
        "五点",
        "三分之",
        "3-",
        "五元三毛",
        "大于3",
        "3和",
        "3①",
        "又3",
        "2^9",
        "3、",
        "第三、",
    ],
)
def test_no_repetition_overflows_or_hangs(piece: str) -> None:
    text = piece * (12_000 // len(piece))
    for quantity in quantities(text):
        assert 0 <= quantity.lead <= quantity.start < quantity.number_end <= quantity.end <= quantity.tail <= len(text)
    assert all(start < end for start, end, _, _ in find(text))


@given(
    before=st.sampled_from(
        ["受理", "同比上升", "约", "第", "每", "同比-", "-", "B", "*", "0.", "1.2.", "分别为", "、", ""]
    ),
    integer=st.from_regex(r"\A[0-9]{1,26}\Z"),
    decimals=st.from_regex(r"\A(?:\.[0-9]{1,4})?\Z"),
    scale=st.sampled_from(["", "万", "亿", "万亿"]),
    unit=st.sampled_from("件起人名家项次条份户元%‰倍"),
    mark=st.sampled_from(",。;、)"),
)
def test_the_usual_shape_is_read_as_any_other(
    before: str, integer: str, decimals: str, scale: str, unit: str, mark: str
) -> None:
    printed = f"{before}{integer}{decimals}{scale}{unit}"
    # 的 is no mark: the same figure by the long way.
    assert quantities(printed + mark) == quantities(printed + "的")
