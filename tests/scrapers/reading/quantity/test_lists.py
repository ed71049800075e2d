from __future__ import annotations

from decimal import Decimal

import pytest

from scrapers.reading.normalise import normalise
from scrapers.reading.quantities import Kind, find_quantities


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("分别为12.3、11.5万件", [("123000", "件"), ("115000", "件")]),
        ("罚款3、5万元", [("30000", "元"), ("50000", "元")]),
        ("分别为1200、1.3万件", [("1200", "件"), ("13000", "件")]),
        ("下降1.2、0.7和0.3个百分点", [("1.2", "个百分点"), ("0.7", "个百分点"), ("0.3", "个百分点")]),
        ("分别增长5.1和6.2%", [("5.1", "%"), ("6.2", "%")]),
        ("查处1.2万、8000件", [("12000", "件"), ("8000", "件")]),
        ("附件1、2份", [("1", ""), ("2", "份")]),
        ("拨打110、报警12件", [("110", ""), ("12", "件")]),
        ("编号12,共30件", [("12", ""), ("30", "件")]),
    ],
)
def test_a_unit_printed_once(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(each.value, each.unit) for each in find_quantities(normalise(text))] == [
        (Decimal(value), unit) for value, unit in expected
    ]


@pytest.mark.parametrize("text", ["依照第3、4、5条", "第七、8条", "第1和2款"])
def test_articles_of_a_law_are_ordinals(text: str) -> None:
    assert {each.kind for each in find_quantities(normalise(text))} == {Kind.ORDINAL}
