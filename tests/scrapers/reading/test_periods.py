from __future__ import annotations

from datetime import date

import pytest

from scrapers.period import Period
from scrapers.reading.periods import Clock, find_times
from scrapers.vocabulary import BodyKind

from .telling import of

REPORT = Clock(Period.year(2024), date(2025, 1, 20))
FIVE = Clock(Period.years(2018, 2022), date(2023, 1, 15))
LATE = Clock(Period.year(2023), date(2024, 6, 20))
MONTHS = Clock(Period.months(2025, 1, 8), date(2025, 9, 16))


@pytest.mark.parametrize(
    ("words", "clock", "expected"),
    [
        ("2024年", REPORT, "2024"),
        ("2018至2022年", REPORT, "2018-2022"),
        ("2018年至2022年", REPORT, "2018-2022"),
        ("二〇〇二年", REPORT, "2002"),
        ("去年", REPORT, "2024"),
        ("今年", REPORT, "2025"),
        ("上半年", REPORT, "2024-01/2024-06"),
        ("前三季度", REPORT, "2024-01/2024-09"),
        ("第四季度", REPORT, "2024-10/2024-12"),
        ("2023年12月至2024年11月", REPORT, "2023-12/2024-11"),
        ("2023年1月1日至2024年6月30日", REPORT, "2023-01/2024-06"),
        ("1至11月", REPORT, "2024-01/2024-11"),
        ("1月1日至7月18日", REPORT, "2024-01/2024-07"),
        ("今年1—7月".replace("—", "-"), MONTHS, "2025-01/2025-07"),
        ("头4个月", MONTHS, "2025-01/2025-04"),
        ("本月", MONTHS, "2025-08/2025-08"),
        ("5月份", MONTHS, "2025-05/2025-05"),
        ("五年来", FIVE, "2018-2022"),
        ("五年共", FIVE, "2018-2022"),
        ("五年来", REPORT, "2020-2024"),
        ("2020年以来", FIVE, "2020-2022"),
        ("2021年5月起开展专项行动以来", FIVE, "2021-05/2022-12"),
        ("截至2019年底", REPORT, "2019"),
        ("截至2019年11月", REPORT, "2019-01/2019-11"),
        ("到今年4月", REPORT, "2025-04/2025-04"),
        ("今年以来", LATE, "2024-01/2024-05"),
        ("截至5月底", LATE, "2024-01/2024-05"),
        ("截至8月底", LATE, "2023-01/2023-08"),
        ("截至12月底", LATE, "2023"),
        ("“十二五”期间", REPORT, "2011-2015"),
        ("“十五”时期", REPORT, "2001-2005"),
        ("“十四五”以来", REPORT, "2021-2024"),
        ("“十三五”以来", REPORT, "2016-2020"),
        ("党的十八大以来", REPORT, "2012-11/2024-12"),
        ("党的二十大胜利召开以来", MONTHS, "2022-10/2025-08"),
        ("全年", REPORT, "2024"),
    ],
)
def test_what_a_word_of_time_means(words: str, clock: Clock, expected: str) -> None:
    found = find_times(words.replace("“", '"').replace("”", '"'), clock, clock.report)
    assert [str(period) for _, period in found] == [expected]


@pytest.mark.parametrize("words", ["执业10年以上", "2019年同期", "5年前", "90年代", "提高到2019年"])
def test_what_is_no_time_of_a_figure(words: str) -> None:
    assert [period for mention, period in find_times(words, REPORT, REPORT.report) if mention.rule != "year"] == []


def test_a_month_is_of_the_year_in_force() -> None:
    assert [str(period) for _, period in find_times("2021年,1至6月", REPORT, REPORT.report)] == [
        "2021",
        "2021-01/2021-06",
    ]


@pytest.mark.parametrize("words", ["今年以来截至5月底", "截至5月底,今年"])
def test_this_year_does_not_widen_what_was_told_of_it(words: str) -> None:
    assert str(find_times(words, LATE, LATE.report)[-1][1]) == "2024-01/2024-05"


def test_years_in_the_wrong_order_are_no_period() -> None:
    assert [period for _, period in find_times("2022至2018年", REPORT, None)] == [None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年12月,刑事立案6214起;当月破案9800起;全年破案7.8万起。", ["2024-12/2024-12", "2024-12/2024-12", "2024"]),
        ("12月刑事立案6214起,当月破案9800起。", ["2024-12/2024-12", "2024-12/2024-12"]),
        # Nothing says which month that is.
        ("刑事立案6.2万起;当月破案9800起。", ["2024", "None"]),
        # A part's year ends with it; one that opens its sentence goes on to its end.
        ("五年来受理案件2.8万件,其中2022年7421件;审结案件1.9万件。", ["2020-2024", "2022", "2020-2024"]),
        ("五年来受理案件2.8万件。其中2022年受理7421件;审结案件1.9万件。", ["2020-2024", "2022", "2022"]),
    ],
)
def test_how_long_a_month_or_a_part_s_year_holds(text: str, expected: list[str]) -> None:
    assert [str(each.period) for each in of(text, BodyKind.POLICE).observations] == expected
