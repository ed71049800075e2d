"""Silences: muted by a person for a time. All matchers must hold; the silence that ends last is named.

region = "62"      the province and everything in it        rule, indicator, body, source, document, fingerprint: equal
"""

from __future__ import annotations

from collections.abc import Mapping

from alerts.stages.model import Situation, held_by
from alerts.vocabulary import BODY_LABELS
from storage.alert_inputs import StageInput
from storage.facts import AlertFacts
from storage.vocabulary import AlertState

NAME = "silences"
MATCHERS = ("region", "body", "indicator", "rule", "source", "document", "edition", "fingerprint")


def ask(alert: AlertFacts, situation: Situation) -> StageInput:
    """Stops what a silence in force fits."""
    fitting = [silence for silence in situation.silences if fits(silence.matchers, alert)]
    if not fitting:
        return StageInput(stage=NAME, passed=True, reason="not_silenced")
    last = max(fitting, key=lambda silence: silence.ends_at)
    note = f"#{last.id} {held_by(last.owner, last.ends_at)}: {last.note}".removesuffix(": ")
    return StageInput(stage=NAME, passed=False, reason="silenced", note=note, state=AlertState.SILENCED)


def fits(matchers: Mapping[str, str], alert: AlertFacts) -> bool:
    """Whether all matchers hold; one that nobody knows never holds, so that a typing error mutes nothing."""
    return bool(matchers) and all(_holds(name, value, alert) for name, value in matchers.items())


def _holds(name: str, value: str, alert: AlertFacts) -> bool:
    body = alert.body or ""
    if name == "region":
        return (alert.region or "").startswith(value)
    if name == "fingerprint":
        return alert.fingerprint.startswith(value)
    has: dict[str, tuple[object, ...]] = {
        "body": (body, BODY_LABELS.get(body)),
        "indicator": (alert.indicator_id,),
        "rule": (alert.rule,),
        "source": (alert.source_id,),
        "document": (str(alert.document_id),),
        "edition": (str(alert.edition_id),),
    }
    return value in has.get(name, ())
