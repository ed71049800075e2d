"""Numbers and words in both languages."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.messages.words import Words
from alerts.model import StatedChange
from alerts.vocabulary import Language

ZH, EN = Words(Language.ZH), Words(Language.EN)


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ("812700", "81.27万", "812,700"),
        ("1235", "1235", "1,235"),
        ("3540000000", "35.4亿", "3,540,000,000"),
        ("94.490", "94.49", "94.49"),
        ("0", "0", "0"),
        ("-20000", "-2万", "-20,000"),
        ("1E+5", "10万", "100,000"),
    ],
)
def test_numbers(value: str, zh: str, en: str) -> None:
    assert (ZH.number(Decimal(value)), EN.number(Decimal(value))) == (zh, en)


@given(st.decimals(min_value=0, max_value=10**13, places=2))
def test_a_number_in_chinese_is_exact(value: Decimal) -> None:
    text = ZH.number(value)
    scale = {"亿": 10**8, "万": 10**4}.get(text[-1], 1)
    assert Decimal(text.rstrip("万亿")) * scale == value


@pytest.mark.parametrize(
    ("direction", "value", "form", "unit", "zh", "en"),
    [
        ("up", "113", "percent", "", "+113%", "+113%"),
        ("down", "10.6", "percent", "", "-10.6%", "-10.6%"),
        ("up", "1.9", "percentage_points", "", "+1.9个百分点", "+1.9 pp"),
        ("down", "120000", "absolute", "件", "-12万件", "-120,000 件"),
        ("up", "2.3", "times_increase", "", "+2.3倍", "+2.3 times"),
        ("up", "3.2", "ratio_to_base", "", "为基期的3.2倍", "3.2 times the base"),
        ("flat", None, "flat", "", "持平", "unchanged"),
    ],
)
def test_changes(direction: str, value: str | None, form: str, unit: str, zh: str, en: str) -> None:
    amount = None if value is None else Decimal(value)
    change = StatedChange(direction=direction, value=amount, form=form, basis="yoy", unit=unit)
    assert (ZH.change(change), EN.change(change)) == (zh, en)


@pytest.mark.parametrize(
    ("direction", "value", "form", "unit", "qualifier", "zh", "en"),
    [
        ("down", "30", "percent", "", "under", "下降近30%", "down nearly 30%"),
        ("up", "2", "times_increase", "", "over", "上升超过2倍", "up over 2 times"),
        ("up", "300", "absolute", "户", "over", "上升超过300户", "up over 300 户"),
        ("up", "5", "percentage_points", "", "about", "上升约5个百分点", "up about 5 pp"),
        ("up", "3", "ratio_to_base", "", "under", "为基期的近3倍", "nearly 3 times the base"),
        ("down", "50", "percent", "", "at_least", "下降50%以上", "down at least 50%"),
        ("flat", None, "flat", "", "about", "持平", "unchanged"),
    ],
)
def test_a_change_keeps_its_qualifier(
    direction: str, value: str | None, form: str, unit: str, qualifier: str, zh: str, en: str
) -> None:
    amount = None if value is None else Decimal(value)
    change = StatedChange(direction=direction, value=amount, form=form, basis="yoy", unit=unit, qualifier=qualifier)
    assert (ZH.change(change), EN.change(change)) == (zh, en)


@pytest.mark.parametrize(
    ("form", "basis", "qualifier", "zh", "en"),
    [
        ("ratio_to_base", "yoy", "exact", "为上年同期的3倍", "3 times the year before"),
        ("ratio_to_base", "named_period", "over", "为2019年的超过3倍", "over 3 times 2019"),
        ("times_increase", "chain", "exact", "环比 +3倍", "+3 times on the previous period"),
        ("percent", "previous_five_years", "under", "较上个五年上升近3%", "up nearly 3% on the previous five years"),
        ("flat", "yoy", "exact", "同比持平", "unchanged year on year"),
    ],
)
def test_a_change_with_its_basis(form: str, basis: str, qualifier: str, zh: str, en: str) -> None:
    change = StatedChange(
        direction="up",
        value=None if form == "flat" else Decimal(3),
        form=form,
        basis=basis,
        base_period="2019" if basis == "named_period" else "",
        qualifier=qualifier,
    )
    assert (ZH.change_with_basis(change), EN.change_with_basis(change)) == (zh, en)


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("2024", "2024年", "2024"),
        ("2018-2022", "2018至2022年", "2018-2022"),
        ("2024-01/2024-06", "2024年1至6月", "2024-01 to 2024-06"),
        ("2024-09/2024-09", "2024年9月", "2024-09"),
        ("2023-11/2024-02", "2023年11月至2024年2月", "2023-11 to 2024-02"),
        ("", "", ""),
    ],
)
def test_a_period_in_running_text(period: str, zh: str, en: str) -> None:
    assert (ZH.period(period), EN.period(period)) == (zh, en)


@pytest.mark.parametrize(
    ("days", "zh", "en"),
    [
        ("01-18–01-18", "1月18日", "01-18"),
        ("12-28–01-06", "12月28日至1月6日", "12-28 to 01-06"),
        ("3月", "3月", "3月"),
    ],
)
def test_days_of_a_year(days: str, zh: str, en: str) -> None:
    assert (ZH.days(days), EN.days(days)) == (zh, en)


def test_a_named_base_is_named() -> None:
    change = StatedChange(direction="down", value=Decimal(4), form="percent", basis="named_period", base_period="2019")
    assert ZH.change_with_basis(change) == "较2019年 -4%"


def test_both_catalogues_say_the_same_things() -> None:
    zh, en = (
        tomllib.loads((files("alerts.messages") / f"{name}.toml").read_text(encoding="utf-8")) for name in ("zh", "en")
    )
    assert {s: set(words) for s, words in zh.items()} == {s: set(words) for s, words in en.items()}
    for section, words in zh.items():
        for key, phrase in words.items():
            zh_fields = {field for _, field, _, _ in Formatter().parse(phrase) if field}
            en_fields = {field for _, field, _, _ in Formatter().parse(en[section][key]) if field}
            assert zh_fields == en_fields, f"{section}.{key}"


def test_provinces_have_their_english_names() -> None:
    """As the catalogue has them: every province, and the nation; below them the Chinese name stays."""
    regions = tomllib.loads((Path(__file__).parents[3] / "scrapers/indicators/regions.toml").read_text("utf-8"))
    names = {"62": "甘肃", "6201": "兰州"}
    for code in (*regions["nation"], *regions["provinces"]):
        assert EN.region(code, names).isascii()
        assert EN.region(code, {}) != code
    assert [words.region(code, names) for code in ("62", "6201", "6299") for words in (ZH, EN)] == [
        "甘肃", "Gansu", "兰州", "兰州", "6299", "6299",
    ]  # fmt: skip
    assert (EN.region("14", {}), EN.region("61", {})) == ("Shanxi", "Shaanxi")
