"""Digests: what routes put off to one, and what came too late or over the ceiling.

    daily, weekly    rows of those routes, at 08:00 in Beijing (weekly: on Mondays)
    overflow         rows past their `useful_until` and those over the hourly ceiling: one digest for them once the
                     receiver has nothing else to get, and at most one an hour

A digest is a group of its own with one delivery; the rows that it tells are closed into it in the same transaction.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from alerts.channels.contract import Clock
from alerts.receivers.routing import Directory, Routed
from alerts.receivers.settings import Receiver
from alerts.stages.receiving import ask_when
from alerts.vocabulary import BEIJING, Reason
from storage.alert_inputs import DeliveryInput
from storage.dispatch import close_into_digest, digest_rows, expire_deliveries
from storage.routing import add_delivery, last_group_to, open_group
from storage.store import Store
from storage.telling import open_rows

HOUR = 8
_OVERFLOW = "overflow"
_APART = timedelta(hours=1)


def make_digests(store: Store, directory: Directory, *, clock: Clock) -> int:
    """Make the digests that are due, in one transaction; gives how many. Safe to run again."""
    now, made = clock(), 0
    with store.write() as session:
        expire_deliveries(session, now=now)
        for receiver in directory.receivers.values():
            for kind in ("daily", "weekly"):
                due = last_due(kind, now)
                made += _make(session, receiver, kind, f"{due:%Y-%m-%d}", due, now)
            if _overflow_may_go(session, receiver, now):
                made += _make(session, receiver, _OVERFLOW, f"{now:%Y-%m-%dT%H:%M:%S}", now, now)
    return made


def last_due(kind: str, now: datetime) -> datetime:
    """The latest moment, not after `now`, at which digests of this kind are made."""
    local = now.astimezone(BEIJING)
    due = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    if due > local:
        due -= timedelta(days=1)
    if kind == "weekly":
        due -= timedelta(days=due.weekday())
    return due.astimezone(now.tzinfo)


def _overflow_may_go(session: Session, receiver: Receiver, now: datetime) -> bool:
    """One digest after the last row, not one for each that comes too late while the receiver is down."""
    last = last_group_to(session, receiver.name, f"digest|{receiver.name}|{_OVERFLOW}|")
    return (last is None or now - last >= _APART) and open_rows(session, receiver.name) == 0


def _make(session: Session, receiver: Receiver, kind: str, name: str, until: datetime, now: datetime) -> int:
    found = digest_rows(session, receiver.name, digest=kind, until=until)
    # storage gives what has expired with every kind; it belongs to the overflow alone.
    rows = [row for row in found if row.digest == ("" if kind == _OVERFLOW else kind)]
    if not rows:
        return 0
    alerts = {alert_id: revision for row in rows for alert_id, revision in sorted(row.revisions.items())}
    # Its first row is part of its name: a digest that has been made is never added to, for it may have been sent.
    key = f"digest|{receiver.name}|{kind}|{name}|{rows[0].id}"
    group = open_group(
        session, key=key, reason=Reason.DIGEST.value, audience=receiver.audience, alerts=tuple(alerts.items()), now=now
    )
    not_before = ask_when(Routed(receiver), now).not_before
    delivery = DeliveryInput(receiver=receiver.name, reason=Reason.DIGEST.value, not_before=not_before)
    add_delivery(session, group, delivery, now=now)
    close_into_digest(session, [row.id for row in rows], digest_key=key, now=now)
    return 1
