"""Messages whose receiver is no longer in the settings: removed, renamed, or switched off.

    pending of a receiver that is gone      orphaned, and operators are told once a day how many
    orphaned of one that is back            pending again, for as long as its `give_up_after`

So a name that was mistyped for an hour costs nothing, and one that is gone for good leaves no row waiting.
"""

from __future__ import annotations

from datetime import datetime

from alerts.channels.contract import Clock
from alerts.receivers.routing import Directory
from alerts.vocabulary import BEIJING
from storage.alert_inputs import AlertInput
from storage.dispatch import open_receivers, orphan_deliveries, orphaned_receivers, reinstate_orphans
from storage.evaluation import raise_alert
from storage.store import Store
from storage.vocabulary import Audience, Severity


def settle_orphans(store: Store, directory: Directory, *, clock: Clock) -> dict[str, int]:
    """Close what nobody will ever take, and take up again what somebody will; gives how many were closed, by name."""
    there = {name for name, receiver in directory.receivers.items() if receiver.enabled}
    with store.read() as session:
        gone, back = open_receivers(session) - there, orphaned_receivers(session) & there
    if not gone and not back:
        return {}
    now = clock()
    with store.write() as session:
        for name in sorted(back):
            since = now - directory.receivers[name].give_up_after
            reinstate_orphans(session, name, since=since, now=now)
        closed = {name: orphan_deliveries(session, name, now=now) for name in sorted(gone)}
        for name, count in closed.items():
            if count:
                raise_alert(session, _told(name, count, now), now=now)
    return {name: count for name, count in closed.items() if count}


def _told(name: str, count: int, now: datetime) -> AlertInput:
    day = now.astimezone(BEIJING).date()
    return AlertInput(
        rule="delivery",
        key=f"{name}|orphaned|{day}",
        audience=Audience.OPERATOR,
        severity=Severity.SHARP,
        subject=name,
        facts={"code": "delivery_orphaned", "kind": "orphaned", "name": name, "n": str(count)},
    )
