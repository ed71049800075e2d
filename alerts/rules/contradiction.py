"""Rule 3: the stated change does not follow from the stored levels.

storage's checks find it (with the precision of all three numbers); this rule tells it. Where the body itself published
the base, it counts differently now: that is a definition break and told as one, not as an error
(READING.md §3: national courts, 46.018 and 37.486 million, stated +10.8%).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from alerts.rules.history import is_rate
from alerts.rules.model import Given, candidate, change_key, key_figures, number_text
from storage.alert_inputs import AlertInput, EvidenceInput
from storage.exactness import HUNDRED
from storage.facts import ChangeFacts, FigureFacts, FindingFacts
from storage.vocabulary import Check, Severity

NAME = "contradiction"
_CODES = {Check.STATED_CHANGE: "contradiction", Check.DEFINITION_BREAK: "definition_break"}


def find(given: Given) -> Iterator[AlertInput]:
    """One candidate for every figure that a check contradicts; a break speaks before a contradiction."""
    for figure in key_figures(given):
        doubts = [finding for finding in figure.findings if finding.check in _CODES]
        doubts.sort(key=lambda finding: finding.check is not Check.DEFINITION_BREAK)
        if doubts and (found := _tell(given, figure, doubts[0])):
            yield found


def _tell(given: Given, figure: FigureFacts, doubt: FindingFacts) -> AlertInput | None:
    change = next((item for item in figure.changes if item.id == doubt.change_id), None) or _yearly(figure)
    base = doubt.actual
    if change is None or base is None or figure.value is None or base == 0:
        return None
    rate = is_rate(figure.unit)
    computed = figure.value - base if rate else HUNDRED * (figure.value / base - 1)
    others = (EvidenceInput(observation_id=doubt.other_id, role="base"),) if doubt.other_id else ()
    code = _CODES[doubt.check]
    return candidate(
        given,
        figure,
        rule=NAME,
        key=change_key(figure, change.basis, change.base_period),
        code=code,
        sharpness=Decimal(1),
        change=change,
        severity=Severity.INFO if code == "definition_break" else Severity.NOTABLE,
        facts={
            "computed": number_text(round(computed, 1)),
            "computed_form": "percentage_points" if rate else "percent",
        },
        others=others,
    )


def _yearly(figure: FigureFacts) -> ChangeFacts | None:
    return next((change for change in figure.changes if change.basis == "yoy"), None)
