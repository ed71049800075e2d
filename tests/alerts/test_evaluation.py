"""Evaluating what is due: an edition on which a rule fails does not keep the others from being looked at."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session

from alerts import evaluation
from alerts.rules.model import Given
from alerts.rules.thresholds import Thresholds
from storage import Store
from storage.evaluation import due_editions
from tests.alerts.catalogue import sync
from tests.alerts.clock import HandClock
from tests.alerts.reports import Report, Stated, record

DAY = date(2025, 1, 17)


def test_an_edition_that_cannot_be_evaluated_stays_due_and_stops_no_other(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = HandClock(datetime(2025, 1, 17, 2, 0, tzinfo=UTC))
    sync(store, clock())
    bad = record(store, Report(DAY, (Stated("crime", change="-28%"),), url="http://127.0.0.1/62/bad.html"))
    record(store, Report(DAY, (Stated("disputes", "81.27万", "+113%"),), region="61", source="61-zfw"))
    whole = evaluation.gather

    def faulty(session: Session, edition: int, thresholds: Thresholds, *rest: object) -> Given:
        if edition == bad.edition_id:
            raise ZeroDivisionError("a fault of a rule")
        return whole(session, edition, thresholds, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(evaluation, "gather", faulty)
    done = evaluation.evaluate_due(store, clock=clock)
    assert (done.editions, done.alerts["failed"], done.alerts["new"]) == (1, 1, 1)
    with store.read() as session:
        assert due_editions(session) == (bad.edition_id,)
    monkeypatch.setattr(evaluation, "gather", whole)
    assert evaluation.evaluate_due(store, clock=clock).alerts["new"] == 1
