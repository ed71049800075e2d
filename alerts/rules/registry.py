"""All rules by name, in the order in which they are asked: a new rule is a module and a line here.

one figure, one alert     what several rules find in the same figure is told once, by the one that has told it before,
                          else by the first of them; the others' reasons go along (facts "also")
apart                     a contradiction and a conflict are about trust, and told by themselves
revision                  last: it speaks for alerts that no other rule raises again
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from alerts.rules import (
    computed_change,
    conflict,
    contradiction,
    outlier,
    record,
    revision,
    stated_change,
    turn,
)
from alerts.rules.model import Given, Named
from storage.alert_inputs import AlertInput
from storage.vocabulary import AlertState

RULES: tuple[Named, ...] = (
    Named(stated_change.NAME, stated_change.find, merges=True),
    Named(computed_change.NAME, computed_change.find, merges=True),
    Named(outlier.NAME, outlier.find, merges=True, peers=True),
    Named(record.NAME, record.find, merges=True),
    Named(turn.NAME, turn.find, merges=True),
    Named(contradiction.NAME, contradiction.find),
    Named(conflict.NAME, conflict.find),
    Named(revision.NAME, revision.find),
)


def find_all(given: Given, names: Collection[str] | None = None) -> Iterator[AlertInput]:
    """Candidates of all rules (or those named), each fingerprint once, what is found of one figure once."""
    asked = [rule for rule in RULES if names is None or rule.name in names]
    told: set[str] = set()
    merged: dict[int, list[AlertInput]] = {}
    alone: list[AlertInput] = []
    for rule in asked:
        for found in rule.find(given):
            if found.fingerprint in told:
                continue
            told.add(found.fingerprint)
            if rule.merges and found.observation_id is not None:
                merged.setdefault(found.observation_id, []).append(found)
            else:
                alone.append(found)
    heard = {alert.fingerprint for alert in given.edition.alerts if alert.state not in _UNHEARD}
    corrected = {found.observation_id for found in alone if found.facts["code"] == revision.NAME}
    for observation_id, several in merged.items():
        if known := [found for found in several if found.fingerprint in heard]:
            yield from _as_one(known[0].rule, several)
        elif observation_id not in corrected:
            yield from _as_one(several[0].rule, several)
    yield from alone


def _as_one(rule: str, several: list[AlertInput]) -> Iterator[AlertInput]:
    """One rule's candidates, with what the other rules say of the same figure."""
    speaks = [found for found in several if found.rule == rule]
    others = [found for found in several if found.rule != rule]
    for found in speaks:
        yield replace(found, facts=found.facts | _also(others)) if others else found


def _also(others: list[AlertInput]) -> dict[str, str]:
    """Codes of the other reasons, and the particulars that they need, under their own names."""
    facts = {"also": " ".join(other.facts["code"] for other in others)}
    for other in others:
        code = other.facts["code"]
        facts |= {f"{code}.{name}": value for name, value in other.facts.items() if name not in _COMMON}
    return facts


# Alerts that nobody has got, and that no later reading of the figure need correct.
_UNHEARD = (AlertState.BASELINE, AlertState.HELD, AlertState.WITHDRAWN)
_COMMON = ("code", "marks", "remarks", "past")
