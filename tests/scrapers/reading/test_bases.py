from __future__ import annotations

import pytest

from scrapers.period import Period
from scrapers.reading.bases import comparisons, settled
from scrapers.reading.model import Basis
from scrapers.reading.structure import Comparison

NAMED = Basis.NAMED_PERIOD


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("同比", [(Basis.YOY, None)]),
        ("环比", [(Basis.CHAIN, None)]),
        ("同比、环比", [(Basis.YOY, None), (Basis.CHAIN, None)]),
        ("环比、同比", [(Basis.CHAIN, None), (Basis.YOY, None)]),
        ("比上年", [(Basis.YOY, None)]),
        ("较去年同期", [(Basis.YOY, None)]),
        ("与上年同期相比", [(Basis.YOY, None)]),
        ("比2019年", [(NAMED, "2019")]),
        ("同比2019年", [(NAMED, "2019")]),
        ("与2015年同期相比", [(NAMED, "2015")]),
        ("比二〇〇一年", [(NAMED, "2001")]),
        ("比2019年、2021年", [(NAMED, "2019"), (NAMED, "2021")]),
        ("较疫情前的2019年", [(NAMED, "2019")]),
        ("比上个五年", [(Basis.PREVIOUS_FIVE_YEARS, None)]),
        ("较前五年", [(Basis.PREVIOUS_FIVE_YEARS, None)]),
        ("较“十一五”时期", [(NAMED, "十一五")]),
        ("与前3年同期平均数相比", [(NAMED, "前3年同期平均数")]),
        ("较上半年", [(NAMED, "上半年")]),
        ("比上月", [(Basis.CHAIN, None)]),
        ("刑事案件", []),
    ],
)
def test_what_a_phrase_means(words: str, expected: list[tuple[Basis, str | None]]) -> None:
    assert [
        (each.basis, each.base_period) for each in comparisons(words.replace("“", '"').replace("”", '"'))
    ] == expected


def test_year_on_year_of_five_years_is_five_on_five() -> None:
    assert settled(None, Period.years(2018, 2022)) == Comparison(Basis.PREVIOUS_FIVE_YEARS)
    assert settled(None, Period.year(2022)) == Comparison(Basis.YOY)
    assert settled(Comparison(NAMED, "2019"), Period.years(2018, 2022)) == Comparison(NAMED, "2019")
