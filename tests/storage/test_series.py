from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import col, select

from storage.store import Store
from storage.tables import ChangePoint, Finding, Observation, Point, Series
from storage.vocabulary import Check, Origin, Standing
from tests.storage.made import catalogue, edition, figure, record


@pytest.fixture(autouse=True)
def _catalogue(store: Store) -> None:
    with store.write() as session:
        catalogue(session)


def points(store: Store) -> Sequence[Point]:
    with store.read() as session:
        return session.exec(select(Point).order_by(col(Point.series_id), col(Point.period_first))).all()


def findings(store: Store, check: Check) -> Sequence[Finding]:
    with store.read() as session:
        return session.exec(select(Finding).where(Finding.check_name == check.value)).all()


def year(number: int, *figures: object, **others: object):  # type: ignore[no-untyped-def]  # noqa: ANN201
    fields = {
        "url": f"http://court.example/{number}.html",
        "year": number,
        "published": date(number + 1, 1, 17),
        "origin": Origin.BACKFILL,
    }
    return edition(*figures, **(fields | others))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("months", "kind"),
    [
        ((1, 12), "year"),
        ((1, 6), "to_date6"),
        ((1, 3), "quarter"),
        ((4, 6), "quarter"),
        ((6, 6), "month"),
        ((2, 5), "months4"),
    ],
)
def test_kinds_of_periods_never_mix(store: Store, months: tuple[int, int], kind: str) -> None:
    record(store, edition(figure("受理案件", "62", 2024, "100"), figure("受理案件", "62", 2024, "60", months=months)))
    with store.read() as session:
        kinds = set(session.exec(select(Series.period_kind)))
    assert kinds == {"year", kind}


def test_five_year_spans_are_a_series_of_their_own(store: Store) -> None:
    record(store, edition(figure("受理案件", "62", 2024, "100"), figure("受理案件", "62", 2020, "600", months=(1, 60))))
    with store.read() as session:
        assert set(session.exec(select(Series.period_kind))) == {"year", "years5"}


def test_another_unit_is_another_series(store: Store) -> None:
    record(store, edition(figure("受理案件", "62", 2024, "100"), figure("受理人数", "62", 2024, "150", unit="人")))
    with store.read() as session:
        assert set(session.exec(select(Series.measure))) == {"cases", "人"}


def test_the_press_witnesses_and_does_not_overrule(store: Store) -> None:
    record(store, edition(figure("受理案件", "62", 2024, "812735")))
    press = edition(
        figure("受理案件", "62", 2024, "812700", precision="50"), url="http://press.example/9", source="62-press", body="press",
        kind="press_article", published=date(2025, 1, 19), title="报道（虚构）",
    )  # fmt: skip
    record(store, press)
    [point] = points(store)
    assert (point.value, point.witnesses) == (Decimal(812735), 2)
    assert findings(store, Check.CONFLICT) == []


def test_a_source_that_disagrees_is_a_conflict(store: Store) -> None:
    record(store, edition(figure("受理案件", "62", 2024, "812735")))
    record(
        store,
        edition(
            figure("受理案件", "62", 2024, "900000"),
            url="http://press.example/9",
            source="62-press",
            body="press",
            kind="press_article",
        ),
    )
    [point] = points(store)
    assert (point.value, point.witnesses) == (Decimal(812735), 1)
    [finding] = findings(store, Check.CONFLICT)
    assert (finding.actual, finding.expected) == (Decimal(900000), Decimal(812735))
    with store.read() as session:
        standings = session.exec(select(Observation.standing).order_by(col(Observation.id))).all()
    assert standings == [Standing.TAKEN, Standing.NOT_ISSUER]


def test_the_issuing_body_takes_over_from_the_press(store: Store) -> None:
    press = edition(
        figure("受理案件", "62", 2024, "812700", precision="50"),
        url="http://press.example/9",
        source="62-press",
        body="press",
        kind="press_article",
    )
    record(store, press)
    record(store, edition(figure("受理案件", "62", 2024, "812735")))
    [point] = points(store)
    assert point.value == Decimal(812735)
    with store.read() as session:
        assert session.exec(select(Observation.standing).order_by(col(Observation.id))).all() == [
            Standing.NOT_ISSUER,
            Standing.TAKEN,
        ]


def test_a_dropped_figure_gives_its_point_back_to_the_press(store: Store) -> None:
    record(
        store,
        edition(figure("受理案件", "62", 2024, "812735"), figure("审结案件", "62", 2024, "1", indicator="closed")),
    )
    press = edition(
        figure("受理案件", "62", 2024, "812700"),
        url="http://press.example/9",
        source="62-press",
        body="press",
        kind="press_article",
    )
    record(store, press)
    record(store, edition(figure("审结案件", "62", 2024, "1", indicator="closed")))
    values = [point.value for point in points(store)]
    assert sorted(values) == [Decimal(1), Decimal(812700)]


def test_a_mirror_with_another_date_is_the_same_document(store: Store) -> None:
    sentences = [figure("受理案件", "62", 2024, str(800000 + number)) for number in range(8)]
    first = record(store, edition(*sentences))
    mirror = edition(*sentences, url="http://congress.example/77", published=date(2025, 2, 3), template="<p>转载</p>")
    second = record(store, mirror)
    assert (second.new, second.document_id) == (False, first.document_id)


def test_next_years_report_from_the_same_template_is_another_document(store: Store) -> None:
    first = record(
        store,
        year(2023, figure("受理案件", "62", 2023, "700000"), figure("审结案件", "62", 2023, "1", indicator="closed")),
    )
    second = record(
        store,
        year(2024, figure("受理案件", "62", 2024, "712000"), figure("审结案件", "62", 2024, "2", indicator="closed")),
    )
    assert first.document_id != second.document_id


def test_a_definition_break_starts_a_segment(store: Store) -> None:
    record(store, year(2022, figure("受理案件", "62", 2022, "100000")))
    record(store, year(2023, figure("受理案件", "62", 2023, "110000", change="+10%")))
    # 165000 at +10 % leads back to 150000, where the body itself said 110000.
    record(store, year(2024, figure("受理案件", "62", 2024, "165000", change="+10%")))
    record(store, year(2025, figure("受理案件", "62", 2025, "170000")))
    assert [(point.segment, point.break_before) for point in points(store)] == [
        (0, False),
        (0, False),
        (1, True),
        (1, False),
    ]
    [finding] = findings(store, Check.DEFINITION_BREAK)
    assert (finding.expected, finding.actual) == (Decimal(150000), Decimal(110000))
    # It is told as that, not as an error.
    assert findings(store, Check.STATED_CHANGE) == []


def test_a_break_is_found_whatever_the_order_of_reading(store: Store) -> None:
    record(store, year(2024, figure("受理案件", "62", 2024, "165000", change="+10%")))
    record(store, year(2023, figure("受理案件", "62", 2023, "110000")))
    assert [(point.segment, point.break_before) for point in points(store)] == [(0, False), (1, True)]


def test_a_break_goes_when_the_earlier_level_is_set_right(store: Store) -> None:
    record(store, year(2023, figure("受理案件", "62", 2023, "110000")))
    record(store, year(2024, figure("受理案件", "62", 2024, "165000", change="+10%")))
    record(store, year(2023, figure("受理案件", "62", 2023, "150000")))
    assert [(point.segment, point.break_before) for point in points(store)] == [(0, False), (0, False)]


def test_within_one_text_it_is_a_contradiction_and_no_break(store: Store) -> None:
    record(
        store,
        edition(figure("受理案件", "62", 2023, "110000"), figure("受理案件", "62", 2024, "165000", change="+10%")),
    )
    assert not any(point.break_before for point in points(store))
    [finding] = findings(store, Check.STATED_CHANGE)
    assert finding.severity == "sharp"


def test_changes_without_levels_are_points_of_a_change_series(store: Store) -> None:
    record(store, year(2023, figure("刑事案件", "62", 2023, None, change="-10.6%", indicator="crime", body="police")))
    record(store, year(2024, figure("刑事案件", "62", 2024, None, change="-28%", indicator="crime", body="police")))
    assert points(store) == []
    with store.read() as session:
        stated = session.exec(select(ChangePoint).order_by(col(ChangePoint.period_first))).all()
        assert [(row.direction, row.value) for row in stated] == [("down", Decimal("10.6")), ("down", Decimal(28))]
        assert len({row.series_id for row in stated}) == 1
