"""Inhibition: a stronger alert mutes a weaker one.

a source's breakage      mutes the source's silence: what cannot be read cannot be missed
a withdrawal             mutes what was never told of the figure (decided where it is withdrawn)
"""

from __future__ import annotations

from alerts.stages.model import Situation
from storage.alert_inputs import StageInput
from storage.facts import AlertFacts
from storage.vocabulary import AlertState

NAME = "inhibition"
_MUTED_BY_BREAKAGE = ("silence",)


def ask(alert: AlertFacts, situation: Situation) -> StageInput:
    """Stops the silence of a source that is known to be broken."""
    if alert.rule in _MUTED_BY_BREAKAGE and alert.source_id in situation.broken_sources:
        note = f"breakage of {alert.source_id}"
        return StageInput(stage=NAME, passed=False, reason="source_broken", note=note, state=AlertState.INHIBITED)
    return StageInput(stage=NAME, passed=True, reason="nothing_stronger")
