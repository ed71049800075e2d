"""What became of an alert, in one word that a reader understands, and the particulars that go with it.

waiting       not sent yet: until when               sent, corrected    every receiver has it, or its correction
digest        in a digest, or waiting for one        failed             somebody refused it, or was given up
nobody        no receiver is to be told              orphaned           its receiver was taken out of the settings
silenced, acknowledged, inhibited: by whom           held, baseline, withdrawn: as the record says
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session

from alerts.vocabulary import Reason
from storage.facts import AlertFacts, SentFacts, StageFacts
from storage.routing import sent_of, stages_of
from storage.vocabulary import AlertState, DeliveryState


class Word(StrEnum):
    """The one word."""

    WAITING = "waiting"
    SENT = "sent"
    CORRECTED = "corrected"
    DIGEST = "digest"
    FAILED = "failed"
    ORPHANED = "orphaned"
    NOBODY = "nobody"
    SILENCED = "silenced"
    ACKNOWLEDGED = "acknowledged"
    INHIBITED = "inhibited"
    HELD = "held"
    BASELINE = "baseline"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The word; `who` it concerns (receivers that did not get it, or what mutes it), and `until` when it waits."""

    word: Word
    who: str = ""
    until: datetime | None = None


_MUTED = (AlertState.SILENCED, AlertState.ACKNOWLEDGED, AlertState.INHIBITED)
# States that say themselves what became of an alert.
OWN_WORDS = {
    AlertState.HELD: Word.HELD,
    AlertState.BASELINE: Word.BASELINE,
    AlertState.WITHDRAWN: Word.WITHDRAWN,
}
_BY_REASON: dict[str, Word] = {Reason.CORRECTION: Word.CORRECTED, Reason.WITHDRAWN: Word.WITHDRAWN}
# The worst that happened to a row comes first: it is what a person must look at.
_BY_ROW = (
    (Word.FAILED, (DeliveryState.REFUSED, DeliveryState.DEAD)),
    (Word.ORPHANED, (DeliveryState.ORPHANED,)),
)


def outcome_of(alert: AlertFacts, sent: Sequence[SentFacts], stages: Sequence[StageFacts]) -> Outcome:
    """The word for an alert with its deliveries (oldest first) and stages (in order)."""
    if alert.state in OWN_WORDS:
        return Outcome(OWN_WORDS[alert.state])
    if alert.state in _MUTED:
        stopped = next((word for word in reversed(stages) if not word.passed), None)
        return Outcome(Word(alert.state.value), stopped.note if stopped else "")
    latest = {item.receiver: item for item in sent}
    if not latest:
        return Outcome(Word.WAITING if alert.state is AlertState.PENDING else Word.NOBODY)
    for word, states in _BY_ROW:
        if who := [name for name, item in latest.items() if item.state in states]:
            return Outcome(word, ", ".join(who))
    open_rows = [item for item in latest.values() if item.state in (DeliveryState.PENDING, DeliveryState.LEASED)]
    if at_once := [item for item in open_rows if not item.digest]:
        times = [item.next_try_at for item in at_once if item.next_try_at is not None]
        return Outcome(Word.WAITING, ", ".join(item.receiver for item in at_once), max(times, default=None))
    if open_rows or all(item.state is DeliveryState.DIGESTED for item in latest.values()):
        return Outcome(Word.DIGEST)
    if alert.state is AlertState.PENDING:
        return Outcome(Word.WAITING)
    return Outcome(_BY_REASON.get(alert.reason, Word.SENT))


def outcomes_of(session: Session, alerts: Sequence[AlertFacts]) -> dict[int, Outcome]:
    """By id, the word for each of these alerts."""
    sent: dict[int, list[SentFacts]] = defaultdict(list)
    for item in sent_of(session, [alert.id for alert in alerts]):
        sent[item.alert_id].append(item)
    return {
        alert.id: outcome_of(alert, sent[alert.id], stages_of(session, alert.id) if alert.state in _MUTED else ())
        for alert in alerts
    }
