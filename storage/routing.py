"""The third transaction: alerts that wait go through the stages and become groups and deliveries.

Everything here can be run again: a group is known by its key, a delivery by group, receiver and reason. A stage writes
what it decided, and why, beside the alert.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.alert_inputs import DeliveryInput, StageInput
from storage.bulk import insert_missing
from storage.facts import AlertFacts, SentFacts, StageFacts
from storage.rows import alert_facts, alerts_with_evidence, chunks
from storage.tables import Alert, AlertGroup, AlertStage, Delivery, GroupAlert
from storage.vocabulary import AlertState, Audience, DeliveryState


def pending_alerts(session: Session, *, limit: int = 1000) -> tuple[AlertFacts, ...]:
    """Alerts in state `pending`, oldest first, with their evidence."""
    query = (
        select(Alert)
        .where(Alert.state == AlertState.PENDING)
        .order_by(col(Alert.updated_at), col(Alert.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return alerts_with_evidence(session, session.exec(query).all())


def alerts_in_state(session: Session, states: Sequence[AlertState], *, limit: int = 1000) -> tuple[AlertFacts, ...]:
    """Alerts in any of `states` (silenced, acknowledged, inhibited, held: to be looked at again), oldest first."""
    query = (
        select(Alert)
        .where(col(Alert.state).in_([state.value for state in states]))
        .order_by(col(Alert.updated_at), col(Alert.id))
        .limit(limit)
    )
    return alerts_with_evidence(session, session.exec(query).all())


def newest_alerts(session: Session, *, since: datetime, rule: str = "", region: str = "") -> tuple[AlertFacts, ...]:
    """Alerts that moved since, newest first, without their evidence.

    Empty `rule` and `region` fit every one; a region holds what lies in it.
    """
    query = select(Alert).where(col(Alert.updated_at) >= since)
    if rule:
        query = query.where(Alert.rule == rule)
    if region:
        query = query.where(col(Alert.region).startswith(region, autoescape=True))
    rows = session.exec(query.order_by(col(Alert.updated_at).desc(), col(Alert.id).desc()))
    return tuple(alert_facts(row) for row in rows)


def record_stage(session: Session, alert_id: int, revision: int, stage: StageInput, *, now: datetime) -> None:
    """Write what a stage decided; where it names a state, the alert goes there."""
    session.add(
        AlertStage(
            alert_id=alert_id,
            revision=revision,
            stage=stage.stage,
            passed=stage.passed,
            reason=stage.reason,
            note=stage.note,
            at=now,
        )
    )
    if stage.state is not None:
        alert = session.get_one(Alert, alert_id)
        alert.state = stage.state.value
        session.add(alert)
    session.flush()


def stages_of(session: Session, alert_id: int) -> tuple[StageFacts, ...]:
    """Every word of every stage on an alert, in order."""
    rows = session.exec(select(AlertStage).where(AlertStage.alert_id == alert_id).order_by(col(AlertStage.id)))
    return tuple(
        StageFacts(row.alert_id, row.revision, row.stage, row.passed, row.reason, row.note, row.at) for row in rows
    )


def open_group(
    session: Session,
    *,
    key: str,
    reason: str,
    audience: Audience,
    alerts: Sequence[tuple[int, int]],
    now: datetime,
) -> int:
    """The group of that key, made if need be, holding `alerts` (id and revision) and leaving them `grouped`."""
    row = {"key": key, "reason": reason, "audience": audience.value, "created_at": now}
    insert_missing(session, AlertGroup, [row], ["key"])
    group_id = session.exec(select(AlertGroup.id).where(AlertGroup.key == key)).one()
    assert group_id is not None  # noqa: S101 - it comes from the table
    members = [{"group_id": group_id, "alert_id": alert_id, "revision": revision} for alert_id, revision in alerts]
    insert_missing(session, GroupAlert, members, ["group_id", "alert_id"])
    for alert_id, _ in alerts:
        alert = session.get_one(Alert, alert_id)
        alert.state = AlertState.GROUPED.value
        session.add(alert)
    session.flush()
    return group_id


def add_delivery(session: Session, group_id: int, delivery: DeliveryInput, *, now: datetime) -> int:
    """The delivery of a group to a receiver for a reason, made if need be; gives its id."""
    row = {
        "group_id": group_id,
        "receiver": delivery.receiver,
        "reason": delivery.reason,
        "idempotency_key": idempotency_key(session, group_id, delivery.receiver, delivery.reason),
        "digest": delivery.digest,
        "route": delivery.route,
        "state": DeliveryState.PENDING.value,
        "attempts": 0,
        "next_try_at": delivery.not_before,
        "useful_until": delivery.useful_until,
        "put_off": delivery.not_before > now,
        "possibly_repeated": False,
        "parts_done": (),
        "receipt": "",
        "last_error": "",
        "created_at": now,
    }
    insert_missing(session, Delivery, [row], ["group_id", "receiver", "reason"])
    found = session.exec(
        select(Delivery.id).where(
            Delivery.group_id == group_id, Delivery.receiver == delivery.receiver, Delivery.reason == delivery.reason
        )
    ).one()
    assert found is not None  # noqa: S101 - it comes from the table
    return found


def idempotency_key(session: Session, group_id: int, receiver: str, reason: str) -> str:
    """What a receiver can know a repeated message by: 32 hex digits over the group's key, receiver and reason."""
    key = session.exec(select(AlertGroup.key).where(AlertGroup.id == group_id)).one()
    return hashlib.sha256(f"{key}\n{receiver}\n{reason}".encode()).hexdigest()[:32]


def sent_of(session: Session, alert_ids: Sequence[int]) -> tuple[SentFacts, ...]:
    """Who has got, or is to get, which revision of the alerts: for corrections and repeat intervals. Oldest first."""
    sent: list[SentFacts] = []
    for some in chunks(alert_ids):
        query = (
            select(GroupAlert, Delivery)
            .join(Delivery, col(Delivery.group_id) == col(GroupAlert.group_id))
            .where(col(GroupAlert.alert_id).in_(some))
            .order_by(col(Delivery.id))
        )
        sent.extend(
            SentFacts(
                alert_id=member.alert_id,
                revision=member.revision,
                receiver=row.receiver,
                reason=row.reason,
                state=DeliveryState(row.state),
                created_at=row.created_at,
                closed_at=row.closed_at,
                next_try_at=row.next_try_at,
                digest=row.digest,
            )
            for member, row in session.exec(query)
        )
    return tuple(sent)


def deliveries_since(session: Session, receiver: str, since: datetime) -> int:
    """How many messages for a receiver (digests apart) were made since: what the hourly ceiling counts."""
    query = select(func.count()).where(
        Delivery.receiver == receiver, col(Delivery.created_at) >= since, Delivery.digest == ""
    )
    return session.exec(query).one()


def last_group_to(session: Session, receiver: str, key_prefix: str) -> datetime | None:
    """When the receiver's newest delivery of a group whose key begins so was made: for group intervals."""
    query = (
        select(func.max(Delivery.created_at))
        .join(AlertGroup, col(AlertGroup.id) == col(Delivery.group_id))
        .where(Delivery.receiver == receiver, col(AlertGroup.key).startswith(key_prefix, autoescape=True))
    )
    return session.exec(query).one()
