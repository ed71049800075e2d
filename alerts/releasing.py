"""What silences, acknowledgements and breakages held comes back when they end; nothing muted vanishes.

    a silence or acknowledgement has ended       what it alone held is pending again        (the routing round)
    a silence of a source, a breakage            pending again while it still holds, else over        (the watch)

A figure's alert that comes back goes the usual way: still useful, it is sent; past its use, it becomes a line of the
digest; a correction reaches those who had the old figure. A state that lasts (a source that is silent or broken) is
only worth telling while it does, and only the watch knows: it hands in what it has just found again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from sqlmodel import Session

from alerts.stages.silences import fits
from storage.alert_inputs import StageInput
from storage.facts import AlertFacts
from storage.handling import ended_acknowledgements, ended_silences
from storage.routing import alerts_in_state, record_stage
from storage.vocabulary import AlertState

# Rules whose alerts are about a state that lasts.
LASTING = ("silence", "breakage")
_MUTED = (AlertState.SILENCED, AlertState.ACKNOWLEDGED, AlertState.INHIBITED)
# More than any desk mutes in a year; what is beyond comes back when the next silence ends.
_LIMIT = 100_000


def release_ended(session: Session, now: datetime) -> int:
    """Make pending again what ended silences and acknowledgements held, and settle those; gives how many alerts."""
    silences = ended_silences(session, now=now)
    taken = {row.alert_id for row in ended_acknowledgements(session, now=now)}
    released = 0
    if silences:
        for alert in alerts_in_state(session, [AlertState.SILENCED], limit=_LIMIT):
            if alert.rule not in LASTING and any(fits(row.matchers, alert) for row in silences):
                released += _back(session, alert, "silences", "silence_ended", now)
    if taken:
        for alert in alerts_in_state(session, [AlertState.ACKNOWLEDGED], limit=_LIMIT):
            if alert.rule not in LASTING and alert.id in taken:
                released += _back(session, alert, "acknowledgements", "acknowledgement_ended", now)
    for row in (*silences, *ended_acknowledgements(session, now=now)):
        row.settled = True
        session.add(row)
    session.flush()
    return released


def release_lasting(session: Session, still: Collection[int], free: Callable[[AlertFacts], bool], now: datetime) -> int:
    """Muted alerts of lasting states that nothing mutes any more (`free`): pending again where they `still` hold.

    What no longer holds is over and told to nobody. Gives how many are pending again.
    """
    released = 0
    for alert in alerts_in_state(session, _MUTED, limit=_LIMIT):
        if alert.rule in LASTING and free(alert):
            if alert.id in still:
                released += _back(session, alert, "inhibition", "still_holds", now)
            else:
                _over(session, alert, now)
    return released


def _back(session: Session, alert: AlertFacts, stage: str, reason: str, now: datetime) -> int:
    word = StageInput(stage=stage, passed=True, reason=reason, state=AlertState.PENDING)
    record_stage(session, alert.id, alert.revision, word, now=now)
    return 1


def _over(session: Session, alert: AlertFacts, now: datetime) -> None:
    word = StageInput(stage="inhibition", passed=False, reason="over_meanwhile", state=AlertState.WITHDRAWN)
    record_stage(session, alert.id, alert.revision, word, now=now)
