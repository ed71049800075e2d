from __future__ import annotations

from decimal import Decimal

import pytest

from scrapers.reading.model import Qualifier
from scrapers.reading.normalise import normalise
from scrapers.reading.quantities import Kind, find_quantities


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("三成", "30", "%"), ("3成", "30", "%"), ("6.5成", "65", "%"), ("七成五", "75", "%"), ("三成半", "35", "%"), ("十成", "100", "%"),
        ("百分之五十", "50", "%"), ("百分之12.5", "12.5", "%"), ("百分之百", "100", "%"), ("千分之三", "3", "‰"), ("万分之三", "0.0003", ""),
        ("四分之三", "0.75", ""), ("十分之一", "0.1", ""), ("二十分之3", "0.15", ""), ("一半", "50", "%"), ("半数", "50", "%"), ("翻番", "1", "番"),
        ("翻两番", "2", "番"), ("翻了一番", "1", "番"), ("翻2番", "2", "番"), ("翻倍", "1", "番"),
    ],
)  # fmt: skip
def test_figures_in_words(text: str, value: str, unit: str) -> None:
    (quantity,) = find_quantities(normalise(f"其中{text},"))
    assert (quantity.value, quantity.unit, quantity.end) == (Decimal(value), unit, 2 + len(text))


def test_more_than_half() -> None:
    (quantity,) = find_quantities(normalise("案件过半,"))
    assert (quantity.value, quantity.qualifier, quantity.kind) == (Decimal(50), Qualifier.OVER, Kind.PERCENT)


@pytest.mark.parametrize("text", ["三成立", "一成不变", "三成果", "下半年", "半天时间"])
def test_words_that_only_look_like_shares(text: str) -> None:
    assert all(quantity.kind is not Kind.PERCENT for quantity in find_quantities(normalise(text)))


def test_a_range_of_shares() -> None:
    (quantity,) = find_quantities(normalise("下降两三成"))
    assert (quantity.low, quantity.high) == (Decimal(20), Decimal(30))
