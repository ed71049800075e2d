from __future__ import annotations

import pytest

from scrapers.period import Period
from scrapers.reading.bases import comparisons, settled
from scrapers.reading.model import Basis, Context, Status
from scrapers.reading.reader import read
from scrapers.reading.structure import Comparison
from scrapers.vocabulary import BodyKind

from .telling import of, told

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
        ("较上半年末", [(NAMED, "上半年末")]),
        ("环比2023年四季度", [(Basis.CHAIN, None)]),
        ("环比2023年下半年", [(Basis.CHAIN, None)]),
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "刑事立案8.2万起,较2023年的9.1万起、2022年的9.8万起分别下降9.9%、16.3%。",
            ["刑事立案 82000起 [-9.9%] [-16.3% @2022]", "刑事立案 91000起", "刑事立案 98000起"],
        ),
        (
            "刑事立案8.2万起,比上年的9.1万起和2022年的9.8万起分别减少0.9万起和1.6万起。",
            ["刑事立案 82000起 [-9000起] [-16000起 @2022]", "刑事立案 91000起", "刑事立案 98000起"],
        ),
        (
            "刑事立案8.2万起,较2023年、2022年的9.1万起、9.8万起分别下降9.9%、16.3%。",
            ["刑事立案 82000起 [-9.9%] [-16.3% @2022]", "刑事立案 91000起", "刑事立案 98000起"],
        ),
        # As many levels as bases of one year: one each.
        (
            "盗窃案件92起、诈骗案件261起,较去年同期的78起和305起分别上升17.9%和下降14.4%。",
            ["盗窃案件 92起 [+17.9%]", "诈骗案件 261起 [-14.4%]", "盗窃案件 78起", "诈骗案件 305起"],
        ),
    ],
)
def test_bases_that_are_told_as_levels(text: str, expected: list[str]) -> None:
    found = of(text, BodyKind.POLICE).observations
    assert sorted(told(text, BodyKind.POLICE)) == sorted(expected)
    assert {str(each.period) for each in found if not each.changes} <= {"2023", "2022"}
    assert {str(each.period) for each in found if each.changes} == {"2024"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("抢劫案件较2019年下降24.6%,盗窃案件下降41.2%。", ["-24.6% @2019", "-41.2% @2019"]),
        ("抢劫案件120起,较2019年下降24.6%,盗窃案件500起,下降41.2%。", ["-24.6% @2019", "-41.2% @2019"]),
        ("刑事案件比2019年下降24.6%,其中盗窃案件下降41.2%。", ["-24.6% @2019", "-41.2% @2019"]),
        ("刑事警情环比下降24.6%,盗窃警情下降41.2%。", ["-24.6% @chain", "-41.2% @chain"]),
        ("刑事立案8.2万起,较2019年的9.1万起下降9.9%,盗窃案件下降20%。", ["-9.9% @2019", "-20% @2019"]),
        # One change told in two forms.
        ("刑事立案8.2万起,较2019年减少1202起、下降4.6%。", ["-1202起 @2019", "-4.6% @2019"]),
        ("刑事立案8.2万起,同比上升3%,较2019年减少1202起,下降4.6%。", ["+3%", "-1202起 @2019", "-4.6% @2019"]),
        # Another word ends it, and so does the sentence, another period, a change of the year itself.
        ("抢劫案件较2019年下降24.6%,盗窃案件同比下降41.2%,诈骗案件下降5%。", ["-24.6% @2019", "-41.2%", "-5%"]),
        ("抢劫案件较2019年下降24.6%。盗窃案件下降41.2%。", ["-24.6% @2019", "-41.2%"]),
        ("五年来刑事案件比2019年下降24.6%;2024年下降4%。", ["-24.6% @2019", "-4%"]),
        ("执业律师比2010年增长40%;律师事务所612家,当年净增27家。", ["+40% @2010", "+27家"]),
        # Another group: a level with its change stands by itself, and 同比 stays what it was.
        ("抢劫案件120起,较2019年下降24.6%;盗窃案件500起,下降41.2%。", ["-24.6% @2019", "-41.2%"]),
        ("抢劫案件120起,同比下降24.6%;盗窃案件500起,下降41.2%。", ["-24.6%", "-41.2%"]),
        ("盗窃案件下降41.2%,抢劫案件较2019年下降24.6%。", ["-41.2%", "-24.6% @2019"]),
    ],
)
def test_a_basis_told_by_name_holds_for_the_bare_changes_after_it(text: str, expected: list[str]) -> None:
    found = of(text, BodyKind.POLICE).observations
    shown = [line[line.index("[") + 1 : -1].split("] [") for line in told(text, BodyKind.POLICE) if "[" in line]
    assert [change for line in shown for change in line] == expected
    assert {each.status for each in found} <= {Status.STATED, Status.DERIVED}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The year before, by its name.
        ("2024年,审结案件12万件,较2023年下降8%。", ["审结案件 120000件 2024 yoy None"]),
        ("2024年,审结案件12万件,较2023年底下降8%。", ["审结案件 120000件 2024 yoy None"]),
        ("2024年上半年,审结案件5万件,较2023年同期上升4%。", ["审结案件 50000件 2024-01/2024-06 yoy None"]),
        # Its level is of the same months too.
        (
            "2024年上半年,审结案件5万件,较2023年同期的4.8万件上升4.2%。",
            ["审结案件 50000件 2024-01/2024-06 yoy None", "审结案件 48000件 2023-01/2023-06"],
        ),
        # Told as a level beside it: its months are those of the figure.
        (
            "2024年上半年,审结案件5万件,2019年同期为4.8万件,上升4.2%。",
            [
                "审结案件 50000件 2024-01/2024-06 named_period 2019-01/2019-06",
                "审结案件 48000件 2019-01/2019-06",
            ],
        ),
        ("2024年,审结案件5万件,2023年同期4.8万件。", ["审结案件 50000件 2024", "审结案件 48000件 2023"]),
        # Months of another year; a year, of months; a part of a year, of a year.
        (
            "2024年上半年,审结案件5万件,较2022年同期上升4%。",
            ["审结案件 50000件 2024-01/2024-06 named_period 2022-01/2022-06"],
        ),
        ("2024年上半年,审结案件5万件,较2023年上升4%。", ["审结案件 50000件 2024-01/2024-06 named_period 2023"]),
        ("2024年,审结案件12万件,较2023年上半年下降8%。", ["审结案件 120000件 2024 named_period 2023年上半年"]),
        ("2024年,审结案件12万件,较2021年同期下降8%。", ["审结案件 120000件 2024 named_period 2021"]),
        ("2022年至2024年,审结案件30万件,较2021年下降8%。", ["审结案件 300000件 2022-2024 named_period 2021"]),
    ],
)
def test_what_a_named_year_means_for_a_year_and_for_months_of_one(text: str, expected: list[str]) -> None:
    shown = []
    for each in read(text, Context()).observations:
        bases = [f" {change.basis} {change.base_period}" for change in each.changes]
        shown.append(f"{each.subject} {each.value}{each.unit} {each.period}{''.join(bases)}")
    assert shown == expected


@pytest.mark.parametrize(
    "text",
    [
        "刑事案件同比下降5%,较2019年下降24.6%,盗窃案件下降41.2%。",
        "刑事案件同比、环比分别下降5%、3%,盗窃案件下降41.2%。",
        "刑事案件同比下降5%,八类案件较2019年下降24.6%,盗窃案件下降41.2%。",
        "抢劫案件较2019年下降24.6%;盗窃案件下降41.2%。",
        "盗窃案件500起,较2023年的600起、2022年的700起都少,降幅20%。",
    ],
)
def test_where_what_is_meant_is_open_a_bare_change_is_doubted(text: str) -> None:
    status = {each.subject: each.status for each in of(text, BodyKind.POLICE).observations if each.changes}
    assert status.pop("盗窃案件") is Status.DOUBTFUL
    assert set(status.values()) <= {Status.STATED}
