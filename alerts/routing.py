"""The third transaction: alerts that wait go through the stages and become groups and deliveries.

    pending alert --silences, acknowledgements, inhibition--> for every receiver routed to:
        told, grouping, when, ceiling --> group, delivery
    what ended silences and acknowledgements held is pending again first (alerts.releasing)

Run again, it does the same: groups are known by their members, deliveries by group, receiver and reason. An alert stays
pending while one of its receivers waits for the end of a group interval.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from sqlmodel import Session

from alerts.channels.contract import Clock
from alerts.receivers.routing import Addressed, Directory, Routed
from alerts.receivers.settings import Receiver
from alerts.releasing import LASTING, release_ended, release_lasting
from alerts.stages import acknowledgements, inhibition, silences
from alerts.stages.grouping import TOGETHER, bucket, group_key
from alerts.stages.model import Situation, Stage
from alerts.stages.receiving import ask_told, ask_when
from alerts.vocabulary import Pace, Reason
from storage.alert_inputs import DeliveryInput, StageInput
from storage.facts import AlertFacts
from storage.handling import active_acknowledgements, active_silences, find_alert
from storage.routing import (
    add_delivery,
    deliveries_since,
    last_group_to,
    open_group,
    pending_alerts,
    record_stage,
    sent_of,
    stages_of,
)
from storage.store import Store
from storage.telling import failing_since
from storage.vocabulary import AlertState

STAGES: tuple[Stage, ...] = (silences.ask, acknowledgements.ask, inhibition.ask)
_HOUR = timedelta(hours=1)
# Rules whose alerts are messages of their own kind, whatever the alert's own reason is.
_OWN_REASONS = {
    "delivery": Reason.META,
    "heartbeat": Reason.HEARTBEAT,
    "listing": Reason.LISTING,
    "test": Reason.TEST,
}


@dataclass(frozen=True, slots=True)
class RoutedRound:
    """What a round came to: alerts looked at, deliveries made, alerts stopped by stage and reason."""

    alerts: int = 0
    deliveries: int = 0
    stopped: Mapping[str, int] = field(default_factory=dict)


def route_pending(store: Store, directory: Directory, *, clock: Clock) -> RoutedRound:
    """What waits (a thousand alerts at most, oldest first), in one transaction. Safe to run again, beside others."""
    with store.write() as session:
        now = clock()
        release_ended(session, now)
        return _Router(session, directory, now).run()


@dataclass(slots=True)
class _Router:
    """One round: all that waits (`run`), or one alert again (`repeat`)."""

    session: Session
    directory: Directory
    now: datetime
    deliveries: int = 0
    stopped: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    said: dict[int, set[tuple[str, str, str]]] = field(default_factory=dict)

    def run(self) -> RoutedRound:
        alerts = pending_alerts(self.session)
        situation = self.situation_of(alerts)
        passed = [alert for alert in alerts if self._passes(alert, situation)]
        waiting = self._send(passed, situation)
        for alert in passed:
            if alert.id not in waiting:
                self._settle(alert)
        return RoutedRound(len(alerts), self.deliveries, dict(self.stopped))

    def situation_of(self, alerts: tuple[AlertFacts, ...]) -> Situation:
        sent = defaultdict(list)
        for item in sent_of(self.session, [alert.id for alert in alerts]):
            sent[item.alert_id].append(item)
        silent = {alert.source_id for alert in alerts if alert.rule == "silence" and alert.source_id}
        broken = {source for source in silent if failing_since(self.session, source) is not None}
        return Situation(
            now=self.now,
            silences=active_silences(self.session, now=self.now),
            acknowledgements=active_acknowledgements(self.session, now=self.now),
            sent={alert_id: tuple(items) for alert_id, items in sent.items()},
            broken_sources=frozenset(broken),
        )

    def _passes(self, alert: AlertFacts, situation: Situation) -> bool:
        """Ask the stages of the alert itself, in order, until one stops it."""
        for stage in STAGES:
            word = stage(alert, situation)
            self._note(alert, word)
            if not word.passed:
                return False
        return True

    def _send(self, alerts: list[AlertFacts], situation: Situation) -> set[int]:
        """Groups and deliveries for all receivers; gives the alerts that still wait for one of them."""
        waiting: set[int] = set()
        bundles: dict[_Bundle, list[AlertFacts]] = defaultdict(list)
        routes: dict[_Bundle, Routed] = {}
        for alert in alerts:
            routed_to = self._receivers(alert)
            if not routed_to:
                self._note(alert, StageInput(stage="route", passed=False, reason="no_receiver"))
            for routed in routed_to:
                told = ask_told(alert, routed.receiver.name, situation.sent.get(alert.id, ()))
                if not told.passed:
                    self._note(alert, told)
                    continue
                if self._interval_runs(routed.receiver):
                    waiting.add(alert.id)
                    continue
                self._note(alert, told)
                late = alert.rule not in LASTING and alert.updated_at + routed.receiver.useful_for <= self.now
                key = routed.receiver.name, bucket(alert, routed.receiver), reason_of(alert), late
                bundles[key].append(alert)
                routes[key] = _prompter(routes.get(key), routed)
        for key, members in bundles.items():
            self._deliver(routes[key], key[1], key[2], members, late=key[3])
        return waiting

    def _receivers(self, alert: AlertFacts) -> tuple[Routed, ...]:
        """Who gets it. That a receiver is in trouble is told through any other, readers' ones where there is none."""
        if alert.rule == "test":
            receiver = self.directory.receivers.get(alert.subject)
            return (Routed(receiver),) if receiver else ()
        routed = self.directory.receivers_for(_addressed(alert))
        if alert.rule != "delivery":
            return routed
        others = tuple(one for one in routed if one.receiver.name != alert.subject)
        enabled = (one for one in self.directory.receivers.values() if one.enabled and one.name != alert.subject)
        return others or tuple(Routed(one) for one in enabled)

    def _interval_runs(self, receiver: Receiver) -> bool:
        """Whether the receiver had its last common message less than a group interval ago."""
        if not receiver.group_interval:
            return False
        last = last_group_to(self.session, receiver.name, f"{TOGETHER}|")
        return last is not None and self.now - last < receiver.group_interval

    def _deliver(
        self, routed: Routed, shared: str, reason: Reason, alerts: list[AlertFacts], *, late: bool = False
    ) -> None:
        """One message to one receiver; what is `late` was muted or left lying until it was past its use."""
        when, receiver = ask_when(routed, self.now), routed.receiver
        group_id = open_group(
            self.session,
            key=group_key(shared, reason, alerts),
            reason=reason.value,
            audience=receiver.audience,
            alerts=[(alert.id, alert.revision) for alert in alerts],
            now=self.now,
        )
        over = deliveries_since(self.session, receiver.name, self.now - _HOUR) >= receiver.hourly_ceiling
        paced = routed.pace is not Pace.AT_ONCE and reason is not Reason.TEST
        delivery = DeliveryInput(
            receiver=receiver.name,
            reason=reason.value,
            not_before=when.not_before,
            # Late or over the ceiling: useful no longer than now, so that it falls into the next digest.
            useful_until=self.now if over or late else when.not_before + receiver.useful_for,
            digest=_DIGESTS[routed.pace] if paced else "",
            route=routed.route,
        )
        add_delivery(self.session, group_id, delivery, now=self.now)
        self.deliveries += 1
        for alert in alerts:
            self._note(alert, _how(routed, when.why, shared, over=over, late=late))

    def repeat(self, alert: AlertFacts, situation: Situation) -> None:
        """One alert that lasts, to the receivers that asked to hear of it again by now."""
        for routed in self._receivers(alert):
            interval = routed.receiver.repeat_interval
            sent = [item for item in situation.sent.get(alert.id, ()) if item.receiver == routed.receiver.name]
            if interval and sent and self.now - max(item.created_at for item in sent) >= interval:
                shared = f"{bucket(alert, routed.receiver)}|{self.now:%Y-%m-%dT%H:%M:%S}"
                self._deliver(routed, shared, Reason.REPEAT, [alert])

    def _settle(self, alert: AlertFacts) -> None:
        """Out of the queue: whatever was decided for its receivers is decided."""
        note = StageInput(stage="routed", passed=True, reason="settled", state=AlertState.GROUPED)
        record_stage(self.session, alert.id, alert.revision, note, now=self.now)

    def _note(self, alert: AlertFacts, word: StageInput) -> None:
        """Store a word once: an alert that waits is asked again and again."""
        if not word.passed:
            self.stopped[f"{word.stage}: {word.reason}"] += 1
        if alert.id not in self.said:
            words = stages_of(self.session, alert.id)
            self.said[alert.id] = {(s.stage, s.reason, s.note) for s in words if s.revision == alert.revision}
        same = (word.stage, word.reason, word.note)
        if same not in self.said[alert.id] or word.state:
            record_stage(self.session, alert.id, alert.revision, word, now=self.now)
            self.said[alert.id].add(same)


def release_and_repeat(session: Session, directory: Directory | None, alert_ids: Collection[int], now: datetime) -> int:
    """What the watch found to last: muted alerts come back once nothing mutes them; receivers are reminded.

    The caller says which alerts still hold: no state of ours does. Gives how many reminders were made.
    """
    router = _Router(session, directory or Directory({}), now)

    def free(alert: AlertFacts) -> bool:
        situation = router.situation_of((alert,))
        return all(stage(alert, situation).passed for stage in STAGES)

    release_lasting(session, alert_ids, free, now)
    return 0 if directory is None else repeat_lasting(session, directory, alert_ids, now)


def repeat_lasting(session: Session, directory: Directory, alert_ids: Collection[int], now: datetime) -> int:
    """Tell again what lasts, to every receiver whose repeat interval is over; gives how many messages were made.

    What is acknowledged or silenced is not repeated. The caller says which alerts still hold: no state of ours does.
    """
    router = _Router(session, directory, now)
    alerts = (find_alert(session, str(alert_id)) for alert_id in sorted(alert_ids))
    lasting = tuple(alert for alert in alerts if alert.state is AlertState.GROUPED and alert.reason == Reason.NEW)
    situation = router.situation_of(lasting)
    for alert in lasting:
        if all(stage(alert, situation).passed for stage in STAGES):
            router.repeat(alert, situation)
    return router.deliveries


_DIGESTS: dict[Pace, Literal["", "daily", "weekly"]] = {Pace.AT_ONCE: "", Pace.DAILY: "daily", Pace.WEEKLY: "weekly"}


# Receiver, what the alerts share, why they are sent, and whether they are past their use.
_Bundle: TypeAlias = tuple[str, str, Reason, bool]


def _how(routed: Routed, why: str, shared: str, *, over: bool, late: bool) -> StageInput:
    """The last word for one receiver: in which group, by which route, and when."""
    reason = "over_the_hourly_ceiling" if over else "digest" if routed.pace is not Pace.AT_ONCE else "at_once"
    if late and reason != "digest":
        reason = "no_longer_useful"
    if reason == "at_once" and why:
        reason = "put_off"
    words = (routed.receiver.name, shared, f"route {routed.route}" if routed.route else "", why)
    return StageInput(stage="grouping", passed=True, reason=reason, note="; ".join(word for word in words if word))


def _prompter(one: Routed | None, other: Routed) -> Routed:
    """Of two routes that fall into one message, the one that is sent earlier."""
    return other if one is None or other.pace is Pace.AT_ONCE else one


def _addressed(alert: AlertFacts) -> Addressed:
    return Addressed(
        audience=alert.audience,
        severity=alert.severity,
        rule=alert.rule,
        region=alert.region or "",
        body=alert.body or "",
        indicator=alert.indicator_id or "",
    )


def reason_of(alert: AlertFacts) -> Reason:
    """Why a message about the alert would be sent as it stands; history has none of its own and counts as new."""
    known = alert.reason in tuple(Reason)
    return _OWN_REASONS.get(alert.rule) or (Reason(alert.reason) if known else Reason.NEW)
