from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import col, select

from storage.inputs import EditionInput
from storage.store import Store
from storage.tables import Finding, Observation, Point
from storage.vocabulary import Check, Held, Origin, Standing, Status
from tests.storage.made import Figure, catalogue, edition, figure, record


@pytest.fixture(autouse=True)
def _catalogue(store: Store) -> None:
    with store.write() as session:
        catalogue(session)


def checks(store: Store) -> list[str]:
    with store.read() as session:
        return sorted(session.exec(select(Finding.check_name)))


def year(number: int, *figures: Figure, kind: str = "work_report", url: str = "") -> EditionInput:
    return edition(
        *figures,
        url=url or f"http://court.example/{number}.html",
        year=number,
        published=date(number + 1, 1, 17),
        origin=Origin.BACKFILL,
        kind=kind,
    )


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        pytest.param([figure("受理案件", "62", 2024, "812700")], [], id="nothing to say"),
        pytest.param([figure("受理案件", "62", 2024, "81270000")], ["range"], id="above the range"),
        pytest.param([figure("受理案件", "62", 2024, "8")], ["range"], id="below the range"),
        pytest.param([figure("受理案件", "62", 2024, "8", months=(1, 6))], [], id="a range is a year's"),
        pytest.param(
            [figure("受理案件", "62", 2024, "1000"), figure("审结案件", "62", 2024, "1200", indicator="closed")], ["parts"], id="a part over its total"
        ),
        pytest.param(
            [figure("受理案件", "62", 2024, "1000", precision="500"), figure("审结案件", "62", 2024, "1200", indicator="closed")], [], id="within printed precision"
        ),
        pytest.param(
            [
                figure("受理案件", "62", 2024, "1000"),
                figure("审结案件", "62", 2024, "950", indicator="closed"),
                figure("结案率", "62", 2024, "95.0", indicator="closing_rate", unit="%", precision="0.05"),
            ],
            [],
            id="a rate that its levels give",
        ),
        pytest.param(
            [
                figure("受理案件", "62", 2024, "1000"),
                figure("审结案件", "62", 2024, "950", indicator="closed"),
                figure("结案率", "62", 2024, "97.2", indicator="closing_rate", unit="%", precision="0.05"),
            ],
            ["rate"],
            id="a rate that they do not",
        ),
        pytest.param(
            [figure("受理案件", "62", 2023, "25000", precision="500"), figure("受理案件", "62", 2024, "29000", precision="500", change="+12.1%")], [], id="a change within precision"
        ),
        pytest.param(
            [figure("受理案件", "62", 2023, "25000"), figure("受理案件", "62", 2024, "29000", change="+12.1%")], ["stated_change"], id="a change that is not"
        ),
        pytest.param(
            [figure("受理案件", "62", 2023, "25000"), figure("受理案件", "33", 2024, "29000", change="+12.1%")], [], id="other regions have other bases"
        ),
        pytest.param([figure("受理案件", "62", 2024, "8", unit="人")], [], id="a range is of the indicator's unit"),
        pytest.param(
            [figure("受理案件", "62", 2024, "1000"), figure("审结人数", "62", 2024, "1200", indicator="closed", unit="人")], [], id="persons are no part of cases"
        ),
        pytest.param(
            [figure("受理人数", "62", 2024, "1000", unit="人"), figure("审结案件", "62", 2024, "1200", indicator="closed")], [], id="cases are no part of persons"
        ),
        pytest.param(
            [figure("受理案件", "62", 2024, "1000", unit="宗"), figure("审结案件", "62", 2024, "1200", indicator="closed", unit="起")], ["parts"], id="宗 and 起 are 件"
        ),
        pytest.param(
            [
                figure("受理案件", "62", 2024, "1000"),
                figure("审结人数", "62", 2024, "900", indicator="closed", unit="人"),
                figure("结案率", "62", 2024, "97.2", indicator="closing_rate", unit="%", precision="0.05"),
            ],
            [],
            id="persons over cases are no rate",
        ),
    ],
)  # fmt: skip
def test_within_one_edition(store: Store, figures: Sequence[Figure], expected: list[str]) -> None:
    record(store, edition(*figures))
    assert checks(store) == expected


def history(store: Store) -> None:
    for number, value in ((2021, "78000"), (2022, "80000"), (2023, "81000")):
        record(store, year(number, figure("受理案件", "62", number, value)))


@pytest.mark.parametrize(
    ("value", "change", "found", "held"),
    [
        pytest.param("82000", "", [], None, id="as ever"),
        pytest.param("8200", "", ["magnitude"], Held.MAGNITUDE, id="a tenth: 万 lost"),
        pytest.param("820000", "", ["magnitude"], Held.MAGNITUDE, id="ten times"),
        pytest.param("1134000", "+1300%", ["magnitude"], None, id="ten times and said so"),
        pytest.param(
            "1134000",
            "+3%",
            ["magnitude", "stated_change"],
            Held.MAGNITUDE,
            id="ten times and the change says otherwise",
        ),
        pytest.param("160000", "", [], None, id="doubled is news, no misreading"),
    ],
)
def test_magnitude(store: Store, value: str, change: str, found: list[str], held: Held | None) -> None:
    history(store)
    record(store, year(2024, figure("受理案件", "62", 2024, value, change=change)))
    assert [item for item in checks(store) if item != "definition_break"] == found
    with store.read() as session:
        row = session.exec(select(Observation).order_by(col(Observation.id).desc())).first()
        assert row is not None
        assert row.held == held
        assert row.standing == (Standing.TAKEN if held is None else Standing.HELD)
        # A held figure is no point of its series.
        assert len(session.exec(select(Point)).all()) == (4 if held is None else 3)


@pytest.mark.parametrize(("unit", "expected"), [("人", []), ("件", [Check.DEFINITION_BREAK])])
def test_a_change_in_another_unit_leads_to_no_base(store: Store, unit: str, expected: list[str]) -> None:
    """Of 受理案件29000件,比上年增加3000人 nothing is known of the cases before."""
    record(store, year(2023, figure("受理案件", "62", 2023, "25000")))
    now = year(2024, figure("受理案件", "62", 2024, "29000", change="+3%"))
    [stated] = now.observations
    change = replace(stated.changes[0], form="absolute", value=Decimal(3000), unit=unit)
    record(store, replace(now, observations=(replace(stated, changes=(change,)),)))
    assert checks(store) == expected


def test_small_numbers_may_jump(store: Store) -> None:
    record(store, year(2023, figure("立案监督", "62", 2023, "2", indicator="crime")))
    record(store, year(2024, figure("立案监督", "62", 2024, "50", indicator="crime")))
    assert checks(store) == []


def test_what_the_reader_doubts_is_held(store: Store) -> None:
    recorded = record(store, edition(figure("受理案件", "62", 2024, "812700", status=Status.DOUBTFUL)))
    assert recorded.held == 1
    with store.read() as session:
        assert session.exec(select(Point)).all() == []
        row = session.exec(select(Observation)).one()
        assert (row.held, row.standing) == (Held.DOUBTFUL, Standing.HELD)


def test_fill_rate_against_the_sources_usual(store: Store) -> None:
    full = [figure(f"案件{number}", "62", 2020, "500", indicator=None) for number in range(10)]
    for number in range(4):
        body = [figure(f"案件{index}", "62", 2010 + number, str(500 + number), indicator=None) for index in range(10)]
        record(store, year(2010 + number, *body))
    record(store, year(2019, *full[:3]))
    assert checks(store) == [Check.FILL_RATE]
    with store.read() as session:
        finding = session.exec(select(Finding)).one()
        assert (finding.expected, finding.actual, finding.observation_id) == (Decimal(10), Decimal(3), None)
