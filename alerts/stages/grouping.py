"""Grouping: what is told in one message.

    group_by = document | province | indicator     one message for each
    group_interval > 0                             one message for everything, at most one in an interval

A group is known by what its alerts share, its reason and its members, so that making it again makes the same one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from alerts.receivers.settings import Receiver
from alerts.vocabulary import GroupBy, Reason
from storage.facts import AlertFacts

TOGETHER = "together"


def bucket(alert: AlertFacts, receiver: Receiver) -> str:
    """What the alert shares with the others of its message."""
    if receiver.group_interval:
        return TOGETHER
    match receiver.group_by:
        case GroupBy.PROVINCE:
            return f"province:{(alert.region or '')[:2]}"
        case GroupBy.INDICATOR:
            return f"indicator:{alert.indicator_id or alert.subject}"
        case _:
            return f"document:{alert.document_id}" if alert.document_id else f"alert:{alert.fingerprint}"


def group_key(shared: str, reason: Reason, alerts: Sequence[AlertFacts]) -> str:
    """The group's identity."""
    members = ",".join(f"{alert.fingerprint}@{alert.revision}" for alert in alerts)
    return f"{shared}|{reason}|{hashlib.sha256(members.encode()).hexdigest()[:16]}"
