from __future__ import annotations

from decimal import Decimal

import pytest

from scrapers.reading.normalise import normalise
from scrapers.reading.quantities import find_quantities


@pytest.mark.parametrize(
    ("text", "value", "unit", "whole"),
    [
        ("登记159186件3,同比上升", 159186, "件", "159186件3"),
        ("登记159186件12。", 159186, "件", "159186件12"),
        ("登记159186件③,", 159186, "件", "159186件③"),
        ("登记159186件[2],", 159186, "件", "159186件[2]"),
        ("登记159186①件,", 159186, "件", "159186①件"),
        ("登记159186²件,", 159186, "件", "159186²件"),
        ("登记38160\n件,", 38160, "件", "38160\n件"),
        ("登记38160 件,", 38160, "件", "38160 件"),
        ("登记2.14 万件,", 21400, "件", "2.14 万件"),
        ("惠及3000(qiān)人,", 3000, "人", "3000(qiān)人"),
    ],
)
def test_marks_pinyin_and_breaks_are_read_over(text: str, value: int, unit: str, whole: str) -> None:
    (quantity,) = find_quantities(normalise(text))
    assert (quantity.value, quantity.unit) == (Decimal(value), unit)
    assert text[quantity.lead : quantity.tail] == whole


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("共3\n起诉状已送达", [""]),
        ("截至2023\n年度报告", [""]),
        ("12\n名单如下", [""]),
        ("起诉120件18人", ["件", "人"]),
        ("2024年1月", ["年", "月"]),
        ("共12 起诉讼", [""]),
    ],
)
def test_what_follows_a_break_is_not_always_a_unit(text: str, units: list[str]) -> None:
    assert [quantity.unit for quantity in find_quantities(normalise(text))] == units
