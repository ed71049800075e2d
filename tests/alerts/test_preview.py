"""The preview runs the rules over the stored past and touches nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from alerts.errors import RuleError
from alerts.evaluation import evaluate_due
from alerts.preview import preview
from alerts.receivers import Directory
from alerts.rules.thresholds import Thresholds
from storage import Store
from storage.handling import find_alert, give_feedback
from storage.routing import alerts_in_state
from storage.vocabulary import AlertState, Feedback
from tests.alerts.catalogue import sync
from tests.alerts.channels.senders import receiver
from tests.alerts.clock import HandClock
from tests.alerts.reports import Report, Stated, record

DESK = Directory.of([receiver(name="desk", kind="webhook", url="http://127.0.0.1:1/")])


@pytest.fixture
def past(store: Store, clock: HandClock) -> Store:
    """Six years of one province, stored as history."""
    sync(store, clock())
    for year, change in zip(range(2018, 2024), ("-5%", "-6%", "-28%", "+35%", "+3%", "-24%"), strict=True):
        figures = (Stated("crime", change=change), Stated("received", f"{40 + year - 2018}.0万"))
        record(
            store,
            Report(date(year + 1, 1, 17), figures, period=str(year), url=f"http://127.0.0.1/{year}", origin="backfill"),
        )
        evaluate_due(store, clock=clock)
    return store


def lines(store: Store, **more: object) -> list[tuple[str, str]]:
    found = preview(store, DESK, **more)  # type: ignore[arg-type]
    return [(one.alert.rule, str(one.alert.change_value)) for one in found.alerts]


def test_what_there_would_have_been(past: Store) -> None:
    found = preview(past, DESK)
    assert found.by_rule["stated_change"] == 3
    assert found.by_receiver == {"desk": len(found.alerts)}
    assert found.editions == 6


def test_thresholds_rules_and_a_beginning_may_be_tried(past: Store) -> None:
    stated = {"rules": ("stated_change",)}
    assert lines(past, **stated) == [("stated_change", "28"), ("stated_change", "35"), ("stated_change", "24")]
    assert lines(past, thresholds=Thresholds({"percent": Decimal(30)}), **stated) == [("stated_change", "35")]
    assert lines(past, since=date(2022, 6, 1), **stated) == [("stated_change", "24")]
    with pytest.raises(RuleError, match="no rule 'magic'"):
        preview(past, DESK, rules=("magic",))


def test_an_edition_is_judged_as_it_was_news(past: Store) -> None:
    turns = [one for one in preview(past, DESK, rules=("turn",)).alerts]  # noqa: C416
    assert [(one.alert.period_first or 0) // 12 for one in turns] == [2021], "after 2018 to 2020, whatever came later"


def test_nothing_is_stored(past: Store) -> None:
    with past.read() as session:
        before = alerts_in_state(session, tuple(AlertState))
    preview(past, DESK, thresholds=Thresholds({"percent": Decimal(1)}))
    with past.read() as session:
        assert alerts_in_state(session, tuple(AlertState)) == before


def test_a_persons_verdict_is_shown(past: Store, clock: HandClock) -> None:
    sharpest = max(preview(past, DESK).alerts, key=lambda one: one.alert.sharpness or 0)
    with past.write() as session:
        alert = find_alert(session, sharpest.alert.fingerprint)
        give_feedback(session, alert.id, Feedback.INCIDENT, author="li", note="flood", now=clock())
    again = [one for one in preview(past, DESK).alerts if one.alert.fingerprint == sharpest.alert.fingerprint]
    assert [one.verdict for one in again] == ["incident"]
