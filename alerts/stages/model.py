"""What a stage is: one question asked of an alert, answered with a reason that is stored.

    Stage(alert, situation) -> Verdict(passed, reason, state?)

    baseline, held            answered where an alert is raised (storage.evaluation)
    silences -> acknowledgements -> inhibition                                    of an alert
    route -> told -> repeat interval -> grouping -> quiet hours -> ceiling        of an alert for one receiver

A stage that stops an alert names the state it stays in; nothing is decided by a stage that leaves no trace.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from alerts.vocabulary import BEIJING
from storage.alert_inputs import StageInput
from storage.facts import AlertFacts, SentFacts
from storage.tables import Acknowledgement, Silence


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What stages may look at: the moment, people's words, what was sent, and which sources are broken."""

    now: datetime
    silences: tuple[Silence, ...] = ()
    acknowledgements: Mapping[int, Acknowledgement] = field(default_factory=dict)
    sent: Mapping[int, tuple[SentFacts, ...]] = field(default_factory=dict)
    broken_sources: frozenset[str] = frozenset()


def held_by(owner: str, until: datetime) -> str:
    """Whose word stops an alert and how long, for a note that is read in any language: li → 2025-01-24 10:00+08:00."""
    return f"{owner} → {until.astimezone(BEIJING).isoformat(' ', 'minutes')}"


Stage: TypeAlias = Callable[[AlertFacts, Situation], StageInput]
