from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.reading.normalise import normalise
from scrapers.reading.numerals import Numeral, numeral_at
from scrapers.reading.quantities import find, find_quantities
from tests.scrapers.reading.spellings import chinese, spellings


def read(printed: str, at: int = 0) -> Numeral:
    numeral = numeral_at(normalise(printed), at)
    assert numeral is not None, printed
    return numeral


@pytest.mark.parametrize(
    ("printed", "value", "length"),
    [
        ("12345件", "12345", 5),
        ("81.27万件", "812700", 6),
        ("3.5亿元", "350000000", 4),
        ("1.36万亿元", "1360000000000", 6),
        ("1.5千万", "15000000", 5),
        ("3个亿", "300000000", 3),
        ("3亿5000万元", "350000000", 7),
        ("13万2", "132000", 4),
        ("5万4千6百", "54600", 6),
        ("2亿零5万", "200050000", 5),
        ("10万万", "1000000000", 4),
        ("2,330,088件", "2330088", 9),
        ("1,234.5元", "1234.5", 7),
        ("38 160件", "38160", 6),
        ("38\n160件", "38160", 6),
        ("0.05%", "0.05", 4),
        ("12.30%", "12.30", 5),
        ("3000余件", "3000", 5),
        ("64万余件", "640000", 4),
        ("500余万", "5000000", 5),
        ("2千多万", "20000000", 4),
        ("20多万", "200000", 4),
    ],
)
def test_arabic_numerals_with_scales_separators_and_damage(printed: str, value: str, length: int) -> None:
    numeral = read(printed)
    assert (numeral.value, numeral.end) == (Decimal(value), length)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("十", 10), ("十五", 15), ("二十五", 25), ("廿五", 25), ("卅", 30), ("一百零五", 105), ("三百二", 320), ("百三", 130),
        ("一千六", 1600), ("一千零六", 1006), ("两千四百五", 2450), ("一万三", 13000), ("一万零三", 10003), ("一万零五十", 10050),
        ("三万五", 35000), ("九十二万四", 924000), ("四千零五万", 40050000), ("五亿零六", 500000006), ("拾万零五十六", 100056),
        ("四十五亿四千零四万", 4540040000), ("三万亿", 3 * 10**12), ("四万万", 4 * 10**8), ("一万五千亿", 15000 * 10**8),
        ("壹佰伍拾贰", 152), ("柒拾捌万伍佰零陆", 780506), ("二〇二四", 2024), ("一百九十万零三千九百七十一", 1903971),
    ],
)  # fmt: skip
def test_chinese_numerals(printed: str, value: int) -> None:
    numeral = read(printed)
    assert (numeral.value, numeral.end, numeral.words) == (Decimal(value), len(printed), True)


@pytest.mark.parametrize(
    ("printed", "value", "length"),
    [
        ("五点三", "5.3", 3),
        ("三点五亿", "350000000", 4),
        ("一点二五万", "12500", 5),
        ("两千万点五", "20000000.5", 5),
        ("八点三十分", "8", 1),
        ("一点两小时", "1", 1),
    ],
)
def test_chinese_decimals_but_not_times_of_day(printed: str, value: str, length: int) -> None:
    numeral = read(printed)
    assert (numeral.value, numeral.end) == (Decimal(value), length)


@pytest.mark.parametrize(
    ("printed", "low", "high"),
    [
        ("两三", 2, 3), ("三四十", 30, 40), ("十五六", 15, 16), ("七八百", 700, 800), ("两三千", 2000, 3000),
        ("一百二三十", 120, 130), ("三五百", 300, 500), ("五六十万", 500000, 600000), ("几十", 20, 90), ("数百", 200, 900),
    ],
)  # fmt: skip
def test_two_neighbouring_digits_are_a_range(printed: str, low: int, high: int) -> None:
    numeral = read(printed)
    assert (numeral.low, numeral.high, numeral.end) == (Decimal(low), Decimal(high), len(printed))


@pytest.mark.parametrize(
    ("printed", "step"),
    [
        ("81.27万", "100"), ("3.5亿", "10000000"), ("95.1%", "0.1"), ("300件", "1"), ("二十五万", "10000"), ("三百二", "10"),
        ("3亿5000万", "10000"), ("13万2", "1000"), ("5", "1"), ("0.005", "0.001"), ("三万亿", "1000000000000"), ("五点三", "0.1"),
    ],
)  # fmt: skip
def test_the_step_is_the_worth_of_the_last_printed_digit(printed: str, step: str) -> None:
    assert read(printed).step == Decimal(step)


@pytest.mark.parametrize(
    ("printed", "over"), [("三百余件", True), ("二十几万", True), ("十来个", True), ("三百件", False)]
)
def test_more_than_the_value_is_told(printed: str, over: bool) -> None:
    assert read(printed).over is over


@pytest.mark.parametrize("printed", ["万", "亿元", "万一", "余件", "点五", "个亿"])
def test_signs_that_begin_no_numeral(printed: str) -> None:
    assert numeral_at(normalise(printed), 0) is None


def test_what_cannot_go_on_ends_the_numeral() -> None:
    assert read("三万五万").end == 3
    assert read("三千两百两").end == 4
    assert read("十两").end == 1
    assert read("五十分之三").end == 2


@pytest.mark.parametrize("text", ["1. 36件典型案例", "……结案。1. 36件"])
def test_item_numbers_are_no_broken_decimals(text: str) -> None:
    assert read(text, text.index("1")).value == 1


def test_a_chain_of_dots_is_a_chain_of_whole_numbers() -> None:
    assert [value for _, _, value, _ in find("2024.10.25")] == [2024, 10, 25]


@given(st.one_of([st.integers(1, 10**power) for power in (2, 4, 6, 9, 12)]))
def test_every_integer_reads_back_from_every_spelling(value: int) -> None:
    for spelled in spellings(value):
        text = f"共受理{spelled}件"
        counted = find_quantities(normalise(text))
        # A lone 一 before 件 is a phrase, not a figure.
        if spelled in {"一", "壹"}:
            assert counted == []
            continue
        assert [(each.start, each.end, each.value, each.unit) for each in counted] == [
            (3, len(text), Decimal(value), "件")
        ], spelled
        assert counted[0].value == counted[0].value.to_integral_value()


@given(st.integers(0, 10**7), st.integers(1, 6))
def test_every_decimal_reads_back_with_its_printed_precision(digits: int, decimals: int) -> None:
    printed = f"{digits / 10**decimals:.{decimals}f}"
    (quantity,) = find_quantities(normalise(f"达到{printed}%"))
    assert quantity.value == Decimal(printed)
    assert quantity.precision == Decimal(5).scaleb(-decimals - 1)


def test_the_spellings_themselves() -> None:
    assert [chinese(value) for value in (10, 105, 10005, 20300, 100000000, 1000001000)] == [
        "十", "一百零五", "一万零五", "二万零三百", "一亿", "十亿零一千",
    ]  # fmt: skip
