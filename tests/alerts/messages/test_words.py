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
