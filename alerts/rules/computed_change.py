"""Rule 2: the series moved beyond its threshold although the report does not say so.

Measured at the cautious end of what both printed precisions leave open (2.5万 and 2.9万 differ by at least +11%, not by
+16%); never across a definition break, between units or between kinds of period; damped for small bases like rule 1.
"""

from __future__ import annotations

from collections.abc import Iterator

from alerts.rules.history import Moved, moved, yearly_changes
from alerts.rules.model import Given, candidate, change_key, key_figures, number_text
from alerts.rules.thresholds import usual_spread, widened
from storage.alert_inputs import AlertInput, EvidenceInput
from storage.facts import FigureFacts

NAME = "computed_change"


def find(given: Given) -> Iterator[AlertInput]:
    """Candidates of one edition, in the order of its text."""
    for figure in key_figures(given):
        if any(change.basis == "yoy" for change in figure.changes):
            continue
        change = moved(figure)
        if change is not None and (found := _judge(given, figure, change)):
            yield found


def _judge(given: Given, figure: FigureFacts, change: Moved) -> AlertInput | None:
    if change.direction == "flat":
        return None
    threshold = given.thresholds.for_change(change.form, "yoy", change.direction, figure.indicator)
    size = abs(change.sure)
    if threshold is None or size < threshold:
        return None
    spread = usual_spread(list(yearly_changes(figure).values())) if change.form == "percent" else None
    limit = widened(threshold, spread)
    if size < limit or not given.thresholds.allows_base(figure, change.base.value, figure.value):
        return None
    facts = {
        "threshold": number_text(limit),
        "threshold_form": change.form,
        "computed": number_text(round(change.printed, 1)),
        "computed_form": change.form,
    }
    return candidate(
        given,
        figure,
        rule=NAME,
        key=change_key(figure, "computed", None),
        code=NAME,
        sharpness=size / limit,
        facts=facts,
        others=(EvidenceInput(observation_id=change.base.observation_id, role="base"),),
    )
