"""Acknowledgements: what a person has taken over is not repeated to anybody, but a correction of it still goes out."""

from __future__ import annotations

from alerts.stages.model import Situation, held_by
from alerts.vocabulary import Reason
from storage.alert_inputs import StageInput
from storage.facts import AlertFacts
from storage.vocabulary import AlertState

NAME = "acknowledgements"
_STILL_TOLD = (Reason.CORRECTION, Reason.WITHDRAWN)


def ask(alert: AlertFacts, situation: Situation) -> StageInput:
    """Stops an acknowledged alert until the acknowledgement ends."""
    taken = situation.acknowledgements.get(alert.id)
    if taken is None:
        return StageInput(stage=NAME, passed=True, reason="not_acknowledged")
    note = held_by(taken.owner, taken.until)
    if alert.reason in _STILL_TOLD:
        return StageInput(stage=NAME, passed=True, reason="acknowledged_but_corrected", note=note)
    return StageInput(stage=NAME, passed=False, reason="acknowledged", note=note, state=AlertState.ACKNOWLEDGED)
