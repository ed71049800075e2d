from __future__ import annotations

from decimal import Decimal

import pytest

from scrapers.reading.normalise import normalise
from scrapers.reading.quantities import find_quantities


def test_marks_that_count_up_are_taken_off_figures_without_a_unit() -> None:
    text = "2031年受理4302171,是上年的2.352;人均结案3123,同比增长5%。审理涉黑案4。"
    values = [(text[each.start : each.end], each.value, each.precision) for each in find_quantities(normalise(text))]
    assert values == [
        ("2031年", Decimal(2031), Decimal("0.5")),
        ("430217", Decimal(430217), Decimal("0.5")),
        ("2.35", Decimal("2.35"), Decimal("0.005")),
        ("312", Decimal(312), Decimal("0.5")),
        ("5%", Decimal(5), Decimal("0.5")),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "得分97.1,居前列;复评95.2,再评93.3,总评96.8。",
        "受理4302171,是上年的2.352。",
        "受理1201,审结1182,执结900,调解4003。",
        "受理120,审结118。",
    ],
)
def test_figures_whose_last_digits_do_not_count_up_stay_whole(text: str) -> None:
    for quantity in find_quantities(normalise(text)):
        assert not text[quantity.end].isdigit()
