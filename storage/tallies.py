"""Counts over alerts for a run's summary: per source how many were raised, how many arrived, what of the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, exists, func
from sqlmodel import Session, col, select

from storage.tables import Alert, Delivery, GroupAlert
from storage.vocabulary import DeliveryState

SENT = "sent"
WAITING = "waiting"
_OPEN = ("pending", "grouped")


@dataclass(frozen=True, slots=True)
class AlertTally:
    """Alerts of one source: `sent` reached a receiver; `others` by what became of them (waiting, baseline …)."""

    raised: int
    sent: int
    others: Mapping[str, int]


def alert_tallies(session: Session, *, since: datetime) -> dict[str, AlertTally]:
    """By source, the alerts that were raised or changed since a moment."""
    arrived = exists().where(
        and_(
            col(GroupAlert.alert_id) == col(Alert.id),
            col(GroupAlert.revision) == col(Alert.revision),
            col(GroupAlert.group_id) == col(Delivery.group_id),
            col(Delivery.state) == DeliveryState.DELIVERED.value,
        )
    )
    fate = case((arrived, SENT), (col(Alert.state).in_(_OPEN), WAITING), else_=col(Alert.state))
    query = (
        select(Alert.source_id, fate, func.count())
        .where(col(Alert.updated_at) >= since)
        .group_by(col(Alert.source_id), fate)
    )
    found: dict[str, dict[str, int]] = {}
    for source, what, count in session.exec(query):
        found.setdefault(source or "", {})[what] = count
    return {source: _tally(counts) for source, counts in found.items()}


def _tally(counts: dict[str, int]) -> AlertTally:
    others = {what: count for what, count in counts.items() if what != SENT}
    return AlertTally(sum(counts.values()), counts.get(SENT, 0), others)
