"""Every stage's answers as tables, and every transition of an alert's state."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from alerts.receivers.routing import Routed
from alerts.receivers.settings import Window
from alerts.stages import acknowledgements, inhibition, silences
from alerts.stages.grouping import bucket, group_key
from alerts.stages.model import Situation
from alerts.stages.receiving import ask_told, ask_when
from alerts.vocabulary import Reason
from storage import Store
from storage.alert_inputs import AlertInput, DeliveryInput
from storage.evaluation import raise_alert, withdraw_alert
from storage.facts import AlertFacts, SentFacts
from storage.routing import add_delivery, open_group
from storage.tables import Acknowledgement, Silence
from storage.vocabulary import AlertState, Audience, Cause, DeliveryState, Severity
from tests.alerts.channels.senders import receiver
from tests.alerts.clock import HandClock

NOW = datetime(2025, 1, 17, 2, 0, tzinfo=UTC)
DESK = receiver(name="desk", kind="webhook", url="http://127.0.0.1:1/")


def alert(**more: object) -> AlertFacts:
    base = AlertFacts(
        id=7, fingerprint="a1b2c3d4e5f60718", rule="stated_change", revision=1, audience=Audience.READER,
        severity=Severity.SHARP, state=AlertState.PENDING, reason="new", source_id="62-zfw", document_id=3, edition_id=4,
        observation_id=5, change_id=6, series_id=8, indicator_id="crime", region="6201", body="police", subject="立刑事案件",
        period_first=24288, period_last=24299, value=None, unit="", qualifier="exact", direction="down",
        change_value=Decimal(28), change_qualifier="exact", form="percent", basis="yoy", base_period=None, sharpness=Decimal(1), old_value=None, old_change_value=None,
        cause=None, quotation="", url="", facts={}, created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    return replace(base, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("matchers", "fits"),
    [
        ({"region": "62"}, True),
        ({"region": "6201"}, True),
        ({"region": "61"}, False),
        ({"body": "公安"}, True),
        ({"body": "police"}, True),
        ({"body": "法院"}, False),
        ({"indicator": "crime"}, True),
        ({"rule": "stated_change"}, True),
        ({"source": "62-zfw"}, True),
        ({"document": "3"}, True),
        ({"edition": "4"}, True),
        ({"fingerprint": "a1b2c3d4"}, True),
        ({"fingerprint": "ffff"}, False),
        ({"region": "62", "indicator": "crime"}, True),
        ({"region": "62", "indicator": "received"}, False),
        ({"regoin": "62"}, False),
        ({}, False),
    ],
)
def test_all_matchers_of_a_silence_must_fit(matchers: dict[str, str], fits: bool) -> None:
    assert silences.fits(matchers, alert()) is fits


def test_the_silence_that_ends_last_is_named() -> None:
    several = tuple(
        Silence(
            id=n,
            matchers={"region": "62"},
            owner=f"o{n}",
            note="",
            starts_at=NOW,
            ends_at=NOW + timedelta(hours=h),
            created_at=NOW,
        )
        for n, h in ((1, 1), (2, 9), (3, 4))
    )
    word = silences.ask(alert(), Situation(now=NOW, silences=several))
    assert (word.passed, word.reason, word.state) == (False, "silenced", AlertState.SILENCED)
    assert word.note.startswith("#2 o2 → ")
    assert silences.ask(alert(), Situation(now=NOW)).passed


@pytest.mark.parametrize(
    ("reason", "taken", "passed", "why"),
    [
        ("new", False, True, "not_acknowledged"),
        ("new", True, False, "acknowledged"),
        ("repeat", True, False, "acknowledged"),
        ("correction", True, True, "acknowledged_but_corrected"),
        ("withdrawn", True, True, "acknowledged_but_corrected"),
    ],
)
def test_acknowledgements(reason: str, taken: bool, passed: bool, why: str) -> None:
    row = Acknowledgement(id=1, alert_id=7, owner="li", note="", created_at=NOW, until=NOW + timedelta(days=1))
    word = acknowledgements.ask(alert(reason=reason), Situation(now=NOW, acknowledgements={7: row} if taken else {}))
    assert (word.passed, word.reason) == (passed, why)


@pytest.mark.parametrize(
    ("rule", "broken", "passed"),
    [("silence", True, False), ("silence", False, True), ("stated_change", True, True), ("breakage", True, True)],
)
def test_a_breakage_mutes_its_sources_silence(rule: str, broken: bool, passed: bool) -> None:
    situation = Situation(now=NOW, broken_sources=frozenset({"62-zfw"} if broken else {"61-zfw"}))
    assert inhibition.ask(alert(rule=rule), situation).passed is passed


S = DeliveryState


@pytest.mark.parametrize(
    ("reason", "revision", "sent", "passed", "why"),
    [
        ("new", 1, [], True, "first_time"),
        ("new", 1, [("desk", 1, S.DELIVERED)], False, "already_told"),
        ("new", 1, [("desk", 1, S.PENDING)], False, "already_told"),
        ("new", 1, [("mail", 1, S.DELIVERED)], True, "first_time"),
        ("correction", 2, [("desk", 1, S.DELIVERED)], True, "got_the_old_figure"),
        ("correction", 2, [("desk", 1, S.LEASED)], True, "got_the_old_figure"),
        ("correction", 2, [("desk", 1, S.DEAD)], True, "got_the_old_figure"),
        ("correction", 2, [("desk", 1, S.DIGESTED)], True, "got_the_old_figure"),
        ("correction", 2, [("desk", 1, S.PENDING)], False, "message_still_waits"),
        ("correction", 2, [("desk", 1, S.REFUSED)], False, "never_got_the_old_figure"),
        ("correction", 2, [("mail", 1, S.DELIVERED)], False, "never_got_the_old_figure"),
        ("correction", 2, [("desk", 1, S.DELIVERED), ("desk", 2, S.PENDING)], False, "already_told"),
        ("correction", 3, [("desk", 1, S.DELIVERED), ("desk", 2, S.PENDING)], True, "got_the_old_figure"),
        ("withdrawn", 2, [("desk", 1, S.DELIVERED)], True, "got_the_old_figure"),
        ("withdrawn", 2, [], False, "never_got_the_old_figure"),
    ],
)
def test_who_is_told(
    reason: str, revision: int, sent: list[tuple[str, int, DeliveryState]], passed: bool, why: str
) -> None:
    rows = [SentFacts(7, number, name, "new", state, NOW, None) for name, number, state in sent]
    word = ask_told(alert(reason=reason, revision=revision), "desk", rows)
    assert (word.passed, word.reason, word.note) == (passed, why, "desk")


def beijing(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2025, 1, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@pytest.mark.parametrize(
    ("quiet", "window", "now", "then"),
    [
        (None, None, beijing(17, 3), beijing(17, 3)),
        ("22:00-07:00", None, beijing(17, 12), beijing(17, 12)),
        ("22:00-07:00", None, beijing(17, 22), beijing(18, 7)),
        ("22:00-07:00", None, beijing(17, 23, 59), beijing(18, 7)),
        ("22:00-07:00", None, beijing(18, 0), beijing(18, 7)),
        ("22:00-07:00", None, beijing(18, 7), beijing(18, 7)),
        (None, "09:00-18:00", beijing(17, 8, 59), beijing(17, 9)),
        (None, "09:00-18:00", beijing(17, 18), beijing(18, 9)),
        ("22:00-07:00", "06:00-18:00", beijing(17, 23), beijing(18, 7)),
        ("08:00-10:00", "09:00-18:00", beijing(17, 8, 30), beijing(17, 10)),
        ("12:00-13:00", "12:30-20:00", beijing(17, 12, 10), beijing(17, 13)),
    ],
)
def test_when_a_message_may_go(quiet: str | None, window: str | None, now: datetime, then: datetime) -> None:
    to = receiver(name="desk", kind="webhook", url="http://127.0.0.1:1/", **({"quiet_hours": quiet} if quiet else {}))
    span = Window.parse(window)
    routed = Routed(to, window=span if isinstance(span, Window) else None)
    when = ask_when(routed, now)
    assert when.not_before == then
    assert bool(when.why) is (then != now)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, "document:3"),
        ({"group_by": "province"}, "province:62"),
        ({"group_by": "indicator"}, "indicator:crime"),
        ({"group_interval": "30m", "group_by": "province"}, "together"),
    ],
)
def test_what_goes_into_one_message(more: dict[str, str], expected: str) -> None:
    assert bucket(alert(), receiver(name="desk", kind="webhook", url="http://127.0.0.1:1/", **more)) == expected
    assert bucket(alert(document_id=None), DESK) == "alert:a1b2c3d4e5f60718"


def test_a_group_is_known_by_its_members() -> None:
    one, other = alert(), alert(fingerprint="ffff", revision=2)
    key = group_key("document:3", Reason.NEW, [one, other])
    assert key == group_key("document:3", Reason.NEW, [one, other])
    assert len({key, group_key("document:3", Reason.NEW, [one]), group_key("document:3", Reason.CORRECTION, [one, other]),
                group_key("document:3", Reason.NEW, [one, replace(other, revision=3)])}) == 4  # fmt: skip


# Transitions: where an alert stands, what happens to it, where it stands then. `sent` hands it over in between.


def found(value: str = "28", *, baseline: bool = False, held: bool = False) -> AlertInput:
    return AlertInput(rule="breakage", key="k", audience=Audience.OPERATOR, direction="down", change_value=Decimal(value),
                      form="percent", baseline=baseline, held=held)  # fmt: skip


@pytest.mark.parametrize(
    ("steps", "state", "reason", "revision"),
    [
        (["raise"], "pending", "new", 1),
        (["raise", "raise"], "pending", "new", 1),
        (["raise", "change"], "pending", "new", 1),
        (["baseline"], "baseline", "baseline", 1),
        (["baseline", "raise"], "baseline", "baseline", 1),
        (["baseline", "change"], "baseline", "baseline", 1),
        (["held"], "held", "new", 1),
        (["held", "held"], "held", "new", 1),
        (["held", "raise"], "pending", "new", 1),
        (["held", "baseline"], "baseline", "new", 1),
        (["raise", "send"], "grouped", "new", 1),
        (["raise", "send", "raise"], "grouped", "new", 1),
        (["raise", "send", "change"], "pending", "correction", 2),
        (["raise", "send", "change", "change"], "pending", "correction", 2),
        (["raise", "send", "change", "send", "raise"], "pending", "correction", 3),
        (["raise", "send", "withdraw"], "pending", "withdrawn", 2),
        (["raise", "send", "withdraw", "withdraw"], "pending", "withdrawn", 2),
        (["raise", "withdraw"], "withdrawn", "withdrawn", 2),
        (["raise", "withdraw", "withdraw"], "withdrawn", "withdrawn", 2),
        (["raise", "withdraw", "raise"], "pending", "new", 2),
        (["raise", "withdraw", "baseline"], "baseline", "new", 2),
        (["raise", "withdraw", "held"], "held", "new", 2),
        (["raise", "send", "withdraw", "send", "raise"], "pending", "correction", 3),
    ],
)
def test_every_transition(
    store: Store, clock: HandClock, steps: list[str], state: str, reason: str, revision: int
) -> None:
    last: AlertFacts | None = None
    for step in steps:
        clock.advance(minutes=1)
        last = _take(store, clock, step)
    assert last is not None
    assert (last.state.value, last.reason, last.revision) == (state, reason, revision)


def _take(store: Store, clock: HandClock, step: str) -> AlertFacts:
    from storage.handling import find_alert

    with store.write() as session:
        match step:
            case "send":
                row = find_alert(session, "1")
                key = f"{row.fingerprint}@{row.revision}"
                members = [(row.id, row.revision)]
                group = open_group(
                    session, key=key, reason=row.reason, audience=row.audience, alerts=members, now=clock()
                )
                add_delivery(
                    session, group, DeliveryInput(receiver="ops", reason=row.reason, not_before=clock()), now=clock()
                )
            case "withdraw":
                withdraw_alert(session, 1, cause=Cause.PUBLISHER, note="gone", now=clock())
            case _:
                changes = {
                    "raise": found(),
                    "change": found("18"),
                    "baseline": found(baseline=True),
                    "held": found(held=True),
                }
                raise_alert(session, changes[step], now=clock(), cause=Cause.PUBLISHER)
        return find_alert(session, "1")
