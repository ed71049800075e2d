"""The doors of transactions 2 and 3, and of the sending loop."""

# ruff: noqa: ANN401 - helpers that pass the fields of records on

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import select

from storage import dispatch, evaluation, handling, routing
from storage.alert_inputs import AlertInput, AttemptInput, DeliveryInput, EvidenceInput, StageInput
from storage.errors import InvalidInput, NotFound
from storage.facts import DeliveryFacts
from storage.gathering import facts_of, peers_of
from storage.store import Store
from storage.tables import Alert, Attempt, Point
from storage.vocabulary import AlertState, Audience, Cause, DeliveryState, Feedback, Origin, Verdict
from tests.storage.made import NOW, catalogue, edition, figure, record

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LEASE = timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _catalogue(store: Store) -> None:
    with store.write() as session:
        catalogue(session)
    record(store, edition(figure("受理案件", "62", 2024, "812700", change="+113%", precision="50")))


def candidate(store: Store, **others: Any) -> AlertInput:
    with store.read() as session:
        facts = facts_of(session, evaluation.due_editions(session)[0])
    found = facts.figures[0]
    fields: dict[str, Any] = {
        "rule": "stated_change", "key": "series 1 2024 yoy", "document_id": facts.document.id, "edition_id": facts.edition_id,
        "observation_id": found.id, "series_id": found.series.id if found.series else None, "region": "62", "subject": found.subject,
        "period_first": found.period_first, "period_last": found.period_last, "value": found.value, "direction": "up",
        "change_value": Decimal(113), "form": "percent", "basis": "yoy", "quotation": found.quotation, "evidence": (EvidenceInput(observation_id=found.id),),
    }  # fmt: skip
    return AlertInput(**(fields | others))


def raise_(store: Store, found: AlertInput, **others: Any) -> evaluation.Raised:
    with store.write() as session:
        return evaluation.raise_alert(session, found, now=NOW, **others)


def deliver(
    store: Store, alert_id: int, receiver: str = "desk", *, key: str = "g", not_before: datetime = NOW, **others: Any
) -> int:
    with store.write() as session:
        revision = session.get_one(Alert, alert_id).revision
        group = routing.open_group(
            session, key=key, reason="new", audience=Audience.READER, alerts=[(alert_id, revision)], now=NOW
        )
        return routing.add_delivery(
            session, group, DeliveryInput(receiver=receiver, reason="new", not_before=not_before, **others), now=NOW
        )


def lease(store: Store, owner: str = "a", *, now: datetime = NOW, **others: Any) -> tuple[DeliveryFacts, ...]:
    with store.write() as session:
        return dispatch.lease_deliveries(session, owner=owner, now=now, lease_for=LEASE, **others)


def attempt(
    store: Store, delivery: int, verdict: Verdict, *, owner: str = "a", now: datetime = NOW, **others: Any
) -> DeliveryState:
    with store.write() as session:
        return dispatch.record_attempt(
            session, delivery, owner=owner, attempt=AttemptInput(verdict=verdict, **others), now=now
        )


class TestRaising:
    @pytest.mark.parametrize(
        ("flags", "state", "reason"),
        [({}, AlertState.PENDING, "new"), ({"baseline": True}, AlertState.BASELINE, "baseline"), ({"held": True}, AlertState.HELD, "held"), ({"baseline": True, "held": True}, AlertState.BASELINE, "baseline")],
    )  # fmt: skip
    def test_a_new_one(self, store: Store, flags: dict[str, bool], state: AlertState, reason: str) -> None:
        raised = raise_(store, candidate(store, **flags))
        assert (raised.what, raised.state) == ("new", state)
        with store.read() as session:
            [stage] = routing.stages_of(session, raised.alert_id)
            assert (stage.stage, stage.reason, stage.passed) == ("raised", reason, state is AlertState.PENDING)

    def test_the_same_again_changes_nothing(self, store: Store) -> None:
        found = candidate(store)
        assert raise_(store, found).alert_id == raise_(store, found).alert_id
        assert raise_(store, found).what == "unchanged"

    def test_one_never_sent_takes_the_new_value_quietly(self, store: Store) -> None:
        raise_(store, candidate(store))
        again = raise_(store, candidate(store, change_value=Decimal(112)))
        assert (again.what, again.state) == ("updated", AlertState.PENDING)
        with store.read() as session:
            [alert] = routing.pending_alerts(session)
            assert (alert.change_value, alert.revision, alert.reason) == (Decimal(112), 1, "new")

    def test_one_sent_becomes_a_correction_even_from_history(self, store: Store) -> None:
        first = raise_(store, candidate(store))
        deliver(store, first.alert_id)
        again = raise_(store, candidate(store, change_value=Decimal(112), baseline=True), cause=Cause.PUBLISHER)
        assert (again.what, again.state) == ("correction", AlertState.PENDING)
        with store.read() as session:
            [alert] = routing.pending_alerts(session)
            assert (alert.revision, alert.reason, alert.old_change_value, alert.change_value, alert.cause) == (
                2,
                "correction",
                Decimal(113),
                Decimal(112),
                Cause.PUBLISHER,
            )

    def test_one_sent_that_says_the_same_is_not_sent_again(self, store: Store) -> None:
        first = raise_(store, candidate(store))
        deliver(store, first.alert_id)
        assert raise_(store, candidate(store)).what == "unchanged"
        with store.read() as session:
            assert routing.pending_alerts(session) == ()

    @pytest.mark.parametrize("former", [{"said": "812700 850000"}, {}])
    def test_two_values_that_differ_are_one_alert_from_either_side(self, store: Store, former: dict[str, str]) -> None:
        here = candidate(store, facts=former)
        kept = record(store, edition(figure("受理案件", "61", 2024, "850000"), source="61-court", region="61"))
        with store.read() as session:
            (other,) = facts_of(session, kept.edition_id).figures
        first = raise_(store, here)
        deliver(store, first.alert_id)
        there = replace(
            here, observation_id=other.id, value=other.value, facts={"said": "812700 850000"},
            evidence=(EvidenceInput(observation_id=other.id),),
        )  # fmt: skip
        assert raise_(store, there).what == "unchanged"
        with store.read() as session:
            (evidence,) = handling.find_alert(session, str(first.alert_id)).evidence
        assert evidence.observation_id == here.observation_id
        moved = replace(there, facts={"said": "812700 860000"}, value=Decimal(860000))
        assert raise_(store, moved).what == "correction"

    def test_a_correction_that_waits_for_a_person_is_not_told_before(self, store: Store) -> None:
        first = raise_(store, candidate(store))
        deliver(store, first.alert_id)
        doubted = candidate(store, change_value=Decimal(1130), held=True)
        assert raise_(store, doubted).what == "unchanged"
        with store.read() as session:
            assert routing.pending_alerts(session) == ()
        assert raise_(store, candidate(store, change_value=Decimal(1130))).what == "correction"

    def test_history_stays_history(self, store: Store) -> None:
        raise_(store, candidate(store, baseline=True))
        assert raise_(store, candidate(store, change_value=Decimal(112))).state is AlertState.BASELINE

    def test_a_held_one_is_freed(self, store: Store) -> None:
        raise_(store, candidate(store, held=True))
        again = raise_(store, candidate(store))
        assert (again.what, again.state) == ("updated", AlertState.PENDING)

    @pytest.mark.parametrize(("sent", "state"), [(True, AlertState.PENDING), (False, AlertState.WITHDRAWN)])
    def test_withdrawing(self, store: Store, sent: bool, state: AlertState) -> None:
        first = raise_(store, candidate(store))
        if sent:
            deliver(store, first.alert_id)
        for what in ("correction" if sent else "updated", "unchanged"):
            with store.write() as session:
                done = evaluation.withdraw_alert(session, first.alert_id, cause=Cause.PUBLISHER, note="", now=NOW)
            assert (done.what, done.state) == (what, state)

    def test_evidence_is_quoted_with_its_mark(self, store: Store) -> None:
        raise_(store, candidate(store))
        with store.read() as session:
            [evidence] = routing.pending_alerts(session)[0].evidence
            assert evidence.quotation[evidence.mark_start : evidence.mark_end] == "812700"
            assert (evidence.title, evidence.region) == ("工作报告（虚构）", "62")


class TestDue:
    def test_what_was_looked_at_is_no_longer_due_and_is_what_comes_before(self, store: Store) -> None:
        with store.write() as session:
            [first] = evaluation.due_editions(session)
            evaluation.clear_due(session, facts_of(session, first).due_ids)
            assert evaluation.due_editions(session) == ()
        record(store, edition(figure("受理案件", "62", 2024, "912700", change="+139%", precision="50")))
        record(store, edition(figure("受理案件", "62", 2024, "922700", change="+141%", precision="50")))
        with store.read() as session:
            [due] = evaluation.due_editions(session)
            facts = facts_of(session, due)
        # The edition in between was never looked at.
        value, change = facts.differences
        assert (value.old_value, value.new_value) == (Decimal(812700), Decimal(922700))
        assert (change.form, change.old_value, change.new_value) == ("percent", Decimal(113), Decimal(141))
        assert facts.figures[0].before == value

    def test_history_and_peers(self, store: Store) -> None:
        for number, (region, year) in enumerate([("62", 2022), ("62", 2023), ("33", 2024), ("44", 2024), ("44", 2023)]):
            given = edition(
                figure("受理案件", region, year, str(800000 + number), change="+3%"),
                url=f"http://x.example/{number}",
                region=region,
                year=year,
                origin=Origin.BACKFILL,
            )
            record(store, given)
        with store.read() as session:
            found = facts_of(session, evaluation.due_editions(session)[0]).figures[0]
            assert [point.value for point in found.history] == [Decimal(800000), Decimal(800001)]
            assert len(found.change_history) == 2
            assert found.point is not None
            assert found.point.value == Decimal(812700)
            assert found.series is not None
            peers = peers_of(session, found.series, 2024 * 12, 2024 * 12 + 11)
            assert [(peer.region, peer.value) for peer in peers] == [("33", Decimal(800002)), ("44", Decimal(800003))]
            assert peers[0].change is not None
            assert peers[0].change.value == Decimal(3)


class TestRouting:
    def test_groups_and_deliveries_are_made_once(self, store: Store) -> None:
        first = raise_(store, candidate(store))
        assert deliver(store, first.alert_id) == deliver(store, first.alert_id)
        assert deliver(store, first.alert_id, "mail") != deliver(store, first.alert_id)
        with store.read() as session:
            assert [item.receiver for item in routing.sent_of(session, [first.alert_id])] == ["desk", "mail"]
            assert routing.deliveries_since(session, "desk", NOW) == 1
            assert routing.last_group_to(session, "desk", "g") == NOW
            assert routing.last_group_to(session, "desk", "h") is None

    def test_a_stage_moves_the_alert_and_says_why(self, store: Store) -> None:
        first = raise_(store, candidate(store))
        stage = StageInput(stage="silences", passed=False, reason="silenced", note="#3", state=AlertState.SILENCED)
        with store.write() as session:
            routing.record_stage(session, first.alert_id, 1, stage, now=NOW)
        with store.read() as session:
            assert routing.pending_alerts(session) == ()
            assert routing.alerts_in_state(session, [AlertState.SILENCED])[0].id == first.alert_id
            story = handling.why(session, first.alert_id)
            assert [item.reason for item in story.stages] == ["new", "silenced"]


class TestDispatch:
    def one(self, store: Store, **others: Any) -> int:
        return deliver(store, raise_(store, candidate(store)).alert_id, **others)

    def test_delivered_once_with_its_receipt(self, store: Store) -> None:
        row = self.one(store)
        [leased] = lease(store)
        assert (leased.id, leased.alerts[0].subject, leased.attempts) == (row, "受理案件", 0)
        assert lease(store, "b") == ()
        assert attempt(store, row, Verdict.DELIVERED, answer="ok 17") is DeliveryState.DELIVERED
        assert lease(store) == ()
        with store.read() as session:
            assert session.exec(select(Attempt)).one().verdict == Verdict.DELIVERED
            assert dispatch.oldest_pending(session, now=NOW) == {}

    def test_retry_later_then_a_dead_letter(self, store: Store) -> None:
        row = self.one(store)
        lease(store)
        assert attempt(store, row, Verdict.RETRY, retry_at=NOW + HOUR, parts_done=("1",)) is DeliveryState.PENDING
        assert lease(store, now=NOW + MINUTE) == ()
        [again] = lease(store, now=NOW + HOUR)
        assert (again.attempts, again.parts_done) == (1, ("1",))
        assert attempt(store, row, Verdict.RETRY, now=NOW + HOUR) is DeliveryState.DEAD
        assert lease(store, now=NOW + 9 * HOUR) == ()

    def test_refused_is_closed_and_may_be_sent_again_by_a_person(self, store: Store) -> None:
        row = self.one(store)
        [first] = lease(store)
        assert attempt(store, row, Verdict.REFUSED, answer="wrong key") is DeliveryState.REFUSED
        with store.write() as session:
            dispatch.requeue(session, row, now=NOW)
        [again] = lease(store)
        assert again.idempotency_key == first.idempotency_key

    def test_an_unknown_outcome_is_marked(self, store: Store) -> None:
        row = self.one(store)
        lease(store)
        attempt(store, row, Verdict.UNKNOWN, retry_at=NOW)
        assert lease(store)[0].possibly_repeated

    def test_who_dies_leaves_a_lease_that_runs_out(self, store: Store) -> None:
        row = self.one(store)
        lease(store, "dead")
        assert lease(store, "b", now=NOW + MINUTE) == ()
        [taken] = lease(store, "b", now=NOW + LEASE)
        assert (taken.id, taken.possibly_repeated) == (row, True)
        with pytest.raises(NotFound, match="no longer leased"):
            attempt(store, row, Verdict.DELIVERED, owner="dead")

    def test_a_released_row_is_free_at_once(self, store: Store) -> None:
        row = self.one(store)
        lease(store)
        with store.write() as session:
            dispatch.release_delivery(session, row, owner="a")
        assert not lease(store, "b")[0].possibly_repeated

    def test_order_is_kept_for_each_receiver_and_receivers_do_not_wait_for_each_other(self, store: Store) -> None:
        alert = raise_(store, candidate(store)).alert_id
        first, second = deliver(store, alert, key="1"), deliver(store, alert, key="2")
        other = deliver(store, alert, "mail", key="3")
        assert [row.id for row in lease(store)] == [first, other]
        assert lease(store) == ()
        attempt(store, first, Verdict.RETRY, retry_at=NOW + HOUR)
        assert lease(store) == ()
        assert [row.id for row in lease(store, now=NOW + HOUR)][:1] == [first]
        attempt(store, first, Verdict.DELIVERED, now=NOW + HOUR)
        [follower] = lease(store, now=NOW + HOUR, leave_out=("mail",))
        assert (follower.id, follower.thread is not None) == (second, True)

    def test_one_that_waits_for_its_window_holds_nothing_back(self, store: Store) -> None:
        alert = raise_(store, candidate(store)).alert_id
        deliver(store, alert, key="night", not_before=NOW + 9 * HOUR)
        at_once = deliver(store, alert, key="now")
        assert [row.id for row in lease(store)] == [at_once]

    def test_a_paused_receiver_is_left_alone(self, store: Store) -> None:
        self.one(store)
        with store.write() as session:
            dispatch.pause_receiver(session, "desk", until=NOW + HOUR, failures=3)
        assert lease(store) == ()
        assert len(lease(store, now=NOW + HOUR)) == 1
        with store.write() as session:
            dispatch.note_delivered(session, "desk", now=NOW)
            state = dispatch.receiver_states(session)["desk"]
            assert (state.failures, state.paused_until, state.delivered_at) == (0, None, NOW)

    def test_what_is_no_longer_useful_becomes_a_line_of_the_digest(self, store: Store) -> None:
        row = self.one(store, useful_until=NOW + HOUR)
        later = NOW + 2 * HOUR
        assert lease(store, now=later) == ()
        with store.write() as session:
            assert dispatch.expire_deliveries(session, now=later) == 1
            [line] = dispatch.digest_rows(session, "desk", digest="daily", until=later)
            assert line.id == row
            dispatch.close_into_digest(session, [row], digest_key="d1", now=later)
            assert dispatch.digest_rows(session, "desk", digest="daily", until=later) == ()

    def test_rows_of_a_digest_wait_for_it(self, store: Store) -> None:
        row = self.one(store, digest="daily")
        assert lease(store) == ()
        with store.read() as session:
            assert [line.id for line in dispatch.digest_rows(session, "desk", digest="daily", until=NOW)] == [row]
            assert dispatch.digest_rows(session, "desk", digest="weekly", until=NOW) == ()

    def test_the_oldest_that_waits_is_watched(self, store: Store) -> None:
        row = self.one(store)
        with store.read() as session:
            assert dispatch.oldest_pending(session, now=NOW) == {"desk": NOW}
            assert dispatch.delivery(session, row).receiver == "desk"
            with pytest.raises(NotFound):
                dispatch.delivery(session, 999)

    def test_many_dispatchers_never_hold_the_same_row(self, store: Store) -> None:
        alert = raise_(store, candidate(store)).alert_id
        rows = {deliver(store, alert, f"r{number}", key=f"k{number}") for number in range(12)}
        held: list[int] = []
        failures: list[BaseException] = []

        def work(owner: str) -> None:
            try:
                while leased := lease(store, owner, limit=1):
                    held.append(leased[0].id)
            except BaseException as error:  # noqa: BLE001 - told by the assertion
                failures.append(error)

        threads = [threading.Thread(target=work, args=(f"d{number}",)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        # With SKIP LOCKED a dispatcher may find nothing while another chooses: what it left is taken in the next round.
        held.extend(row.id for row in lease(store, "last"))
        assert sorted(held) == sorted(rows)


class TestHandling:
    def test_an_alert_is_found_by_id_or_short_id(self, store: Store) -> None:
        raised = raise_(store, candidate(store))
        with store.read() as session:
            found = handling.find_alert(session, str(raised.alert_id))
            assert handling.find_alert(session, found.fingerprint[:6]).id == raised.alert_id
            for name in ("", "zzzz", "%"):
                with pytest.raises(NotFound):
                    handling.find_alert(session, name)

    def test_acknowledgements_end(self, store: Store) -> None:
        raised = raise_(store, candidate(store))
        with store.write() as session:
            handling.acknowledge(session, raised.alert_id, owner="li", note="在看", until=NOW + HOUR, now=NOW)
            assert handling.active_acknowledgements(session, now=NOW)[raised.alert_id].owner == "li"
            assert handling.active_acknowledgements(session, now=NOW + HOUR) == {}
            with pytest.raises(InvalidInput):
                handling.acknowledge(session, raised.alert_id, owner="li", note="", until=NOW, now=NOW)
            with pytest.raises(NotFound):
                handling.acknowledge(session, 999, owner="li", note="", until=NOW + HOUR, now=NOW)

    def test_silences_end(self, store: Store) -> None:
        with store.write() as session:
            number = handling.silence(
                session, matchers={"region": "62"}, owner="li", note="", starts=NOW, ends=NOW + HOUR, now=NOW
            )
            assert [row.id for row in handling.active_silences(session, now=NOW)] == [number]
            assert handling.active_silences(session, now=NOW + HOUR) == ()
            handling.end_silence(session, number, now=NOW + MINUTE)
            assert handling.active_silences(session, now=NOW + MINUTE) == ()
            for matchers, ends in (({}, NOW + HOUR), ({"region": "62"}, NOW)):
                with pytest.raises(InvalidInput):
                    handling.silence(session, matchers=matchers, owner="li", note="", starts=NOW, ends=ends, now=NOW)
            with pytest.raises(NotFound):
                handling.end_silence(session, 999, now=NOW)

    @pytest.mark.parametrize(
        ("verdict", "excluded"), [(Feedback.INCIDENT, True), (Feedback.FALSE, True), (Feedback.USEFUL, False)]
    )
    def test_an_incident_is_left_out_of_baselines(self, store: Store, verdict: Feedback, excluded: bool) -> None:
        raised = raise_(store, candidate(store))
        with store.write() as session:
            handling.give_feedback(session, raised.alert_id, verdict, author="li", now=NOW)
            assert session.exec(select(Point)).one().excluded is excluded
            with pytest.raises(NotFound):
                handling.give_feedback(session, 999, verdict, author="li", now=NOW)
