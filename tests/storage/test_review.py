from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from storage.errors import InvalidInput, NotFound
from storage.evaluation import clear_due, due_editions
from storage.gathering import facts_of
from storage.review import corrections, decide, end_correction, held_figures, waiting
from storage.store import Store
from storage.tables import Finding, Observation, Point, Review
from storage.vocabulary import Check, Decision, DueReason, Held, Origin, Standing, Status
from tests.storage.made import NOW, catalogue, edition, figure, record, reread

DOUBTED = edition(figure("受理案件", "62", 2024, "812700", status=Status.DOUBTFUL), figure("刑事案件", "62", 2024, None, change="-28%", indicator="crime", body="police", status=Status.DOUBTFUL))  # fmt: skip


@pytest.fixture(autouse=True)
def _catalogue(store: Store) -> None:
    with store.write() as session:
        catalogue(session)


def held(store: Store) -> int:
    with store.read() as session:
        return held_figures(session)[0].observation_id


def value_of_point(store: Store) -> Decimal | None:
    with store.read() as session:
        point = session.exec(select(Point)).one_or_none()
        return None if point is None else point.value


def test_held_figures_are_listed_with_their_sentences(store: Store) -> None:
    record(store, DOUBTED)
    with store.read() as session:
        first, second = held_figures(session)
        assert first.held is Held.DOUBTFUL
        assert first.held_since == NOW
        assert first.figure.quotation.startswith("甘肃2024年受理案件812700")
        assert second.figure.changes[0].value == Decimal(28)
        assert [(item.held, item.count, item.since) for item in waiting(session)] == [(Held.DOUBTFUL, 2, NOW)]


def test_held_figures_are_found_among_many_without_looking_through_them(store: Store) -> None:
    if store.dialect != "sqlite":
        pytest.skip("PostgreSQL weighs the few rows of a test and looks through them")
    asked: list[tuple[str, Any]] = []
    event.listen(store.engine, "before_cursor_execute", lambda *given: asked.append(given[2:4]))
    with store.read() as session:
        held_figures(session)
        waiting(session)
        ours = [(sql, values) for sql, values in asked if "held IS NOT NULL" in sql]
        plans = [
            row[-1]
            for sql, values in ours
            for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
        ]
    assert len(ours) == 2
    assert sum("ix_observation_held" in plan for plan in plans) == 2, plans


@pytest.mark.parametrize(
    ("decision", "value", "point", "standing"),
    [
        (Decision.ACCEPT, None, Decimal(812700), Standing.TAKEN),
        (Decision.CORRECT, Decimal(81270), Decimal(81270), Standing.TAKEN),
        (Decision.REJECT, None, None, Standing.REJECTED),
    ],
)
def test_a_decision_reconciles_and_is_evaluated_anew(
    store: Store, decision: Decision, value: Decimal | None, point: Decimal | None, standing: Standing
) -> None:
    recorded = record(store, DOUBTED)
    with store.write() as session:
        clear_due(session, facts_of(session, recorded.edition_id).due_ids)
    figure_id = held(store)
    later = NOW + timedelta(days=1)
    with store.write() as session:
        decide(session, figure_id, decision, value=value, reviewer="li", note="看过原文", now=later)
    assert value_of_point(store) == point
    with store.read() as session:
        row = session.get_one(Observation, figure_id)
        assert (row.held, row.standing) == (None, standing)
        assert due_editions(session) == (recorded.edition_id,)
        reason = DueReason.CORRECTION if decision is Decision.CORRECT else DueReason.REVIEW
        assert facts_of(session, recorded.edition_id).reasons == (reason,)
        review = session.exec(select(Review)).one()
        assert (review.machine_value, review.reviewer, review.reader_version) == (Decimal(812700), "li", "reader-1")


@pytest.mark.parametrize(
    ("decision", "value", "point"),
    [
        (Decision.ACCEPT, None, Decimal(812700)),
        (Decision.CORRECT, Decimal(81270), Decimal(81270)),
        (Decision.REJECT, None, None),
    ],
)
def test_decisions_survive_rereading(
    store: Store, decision: Decision, value: Decimal | None, point: Decimal | None
) -> None:
    record(store, DOUBTED)
    with store.write() as session:
        decide(session, held_figures(session)[0].observation_id, decision, value=value, reviewer="li", now=NOW)
    again = record(store, reread(DOUBTED, "reader-2"))
    assert again.held == 1  # the other figure still waits
    assert value_of_point(store) == point
    with store.read() as session:
        rows = session.exec(
            select(Observation).where(Observation.edition_id == again.edition_id).order_by(col(Observation.position))
        ).all()
        assert rows[0].given_value == (Decimal(812700) if decision is Decision.CORRECT else None)


@pytest.mark.parametrize("better", [{"indicator": None}, {"indicator": "closed"}, {"subject": "受理各类案件"}], ids=str)
def test_a_correction_survives_a_reader_that_names_the_figure_otherwise(store: Store, better: dict[str, Any]) -> None:
    record(store, DOUBTED)
    with store.write() as session:
        figure_id = held_figures(session)[0].observation_id
        decide(session, figure_id, Decision.CORRECT, value=Decimal(81270), reviewer="li", now=NOW)
    first, *others = DOUBTED.observations
    again = replace(DOUBTED, observations=(replace(first, **better), *others), reader_version="reader-2")
    recorded = record(store, again)
    with store.read() as session:
        rows = session.exec(select(Observation).where(Observation.edition_id == recorded.edition_id)).all()
        corrected = next(row for row in rows if row.position == 0)
        assert (corrected.value, corrected.given_value) == (Decimal(81270), Decimal(812700))
        stale = session.exec(select(Finding).where(Finding.check_name == Check.CORRECTION_STALE.value)).all()
        assert stale == []


def test_a_correction_whose_old_value_no_longer_stands_is_told_and_not_applied(store: Store) -> None:
    record(store, DOUBTED)
    with store.write() as session:
        decide(
            session,
            held_figures(session)[0].observation_id,
            Decision.CORRECT,
            value=Decimal(81270),
            reviewer="li",
            now=NOW,
        )
    record(store, edition(figure("受理案件", "62", 2024, "81270")))
    assert value_of_point(store) == Decimal(81270)
    with store.read() as session:
        finding = session.exec(select(Finding).where(Finding.check_name == Check.CORRECTION_STALE.value)).one()
        assert (finding.expected, finding.actual) == (Decimal(812700), Decimal(81270))


def test_a_second_decision_replaces_the_first(store: Store) -> None:
    record(store, DOUBTED)
    figure_id = held(store)
    for value in ("81270", "81271"):
        with store.write() as session:
            decide(session, figure_id, Decision.CORRECT, value=Decimal(value), reviewer="li", now=NOW)
    with store.read() as session:
        [correction] = corrections(session)
        assert (correction.expected_old, correction.new_value) == (Decimal(812700), Decimal(81271))


def test_a_magnitude_that_was_accepted_is_not_held_again(store: Store) -> None:
    record(
        store,
        edition(
            figure("受理案件", "62", 2023, "81000"),
            url="http://court.example/0",
            year=2023,
            published=date(2024, 1, 17),
            origin=Origin.BACKFILL,
        ),
    )
    big = edition(figure("受理案件", "62", 2024, "812700"))
    assert record(store, big).held == 1
    with store.write() as session:
        decide(session, held_figures(session)[0].observation_id, Decision.ACCEPT, reviewer="li", now=NOW)
    assert record(store, reread(big, "reader-2")).held == 0


def test_an_ended_correction_is_not_applied(store: Store) -> None:
    record(store, DOUBTED)
    with store.write() as session:
        decide(session, held_figures(session)[0].observation_id, Decision.ACCEPT, reviewer="li", now=NOW)
        end_correction(session, corrections(session)[0].id, now=NOW)
    assert record(store, reread(DOUBTED, "reader-2")).held == 2


@pytest.mark.parametrize(
    ("decision", "value"), [(Decision.CORRECT, None), (Decision.ACCEPT, Decimal(1)), (Decision.REJECT, Decimal(1))]
)
def test_a_value_belongs_to_a_correction(store: Store, decision: Decision, value: Decimal | None) -> None:
    record(store, DOUBTED)
    figure_id = held(store)
    with pytest.raises(InvalidInput), store.write() as session:
        decide(session, figure_id, decision, value=value, reviewer="li", now=NOW)


def test_figures_that_are_not_there_or_no_longer_stand(store: Store) -> None:
    record(store, DOUBTED)
    old = held(store)
    record(store, reread(DOUBTED, "reader-2"))
    with pytest.raises(InvalidInput, match="no longer"), store.write() as session:
        decide(session, old, Decision.ACCEPT, reviewer="li", now=NOW)
    with pytest.raises(NotFound), store.write() as session:
        decide(session, 999, Decision.ACCEPT, reviewer="li", now=NOW)
