"""Rule 1: the report itself states a change at or beyond the indicator's threshold.

Key indicators only. The threshold goes by form, basis, direction and the indicator's usual spread; small bases are
damped. The default, year on year in per cent, is 20: +113% and -28% are told, -10.6% is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from alerts.rules.history import excluded_spans
from alerts.rules.model import Given, candidate, change_key, number_text, rejected, told_here
from alerts.rules.thresholds import base_of, measure, unit_of, usual_spread, widened
from storage.alert_inputs import AlertInput
from storage.facts import ChangeFacts, FigureFacts

NAME = "stated_change"


def find(given: Given) -> Iterator[AlertInput]:
    """Candidates of one edition, in the order of its text."""
    for figure in given.edition.figures:
        if figure.indicator is None or not figure.indicator.key or rejected(figure):
            continue
        for change in figure.changes:
            if told_here(change.standing) and (found := _judge(given, figure, change)):
                yield found


def _judge(given: Given, figure: FigureFacts, change: ChangeFacts) -> AlertInput | None:
    measured = measure(change, figure.value, unit_of(figure))
    if measured is None:
        return None
    threshold = given.thresholds.for_change(measured.form, change.basis, change.direction, figure.indicator)
    # A spread only ever raises a threshold: below it, the history need not be asked.
    if threshold is None or measured.size < threshold:
        return None
    limit = widened(threshold, usual_spread(past_changes(figure, measured.form, change)))
    base = base_of(figure.value, change, unit_of(figure))
    if measured.size < limit or not given.thresholds.allows_base(figure, base, figure.value):
        return None
    return candidate(
        given,
        figure,
        rule=NAME,
        key=change_key(figure, change.basis, change.base_period),
        code=NAME,
        sharpness=measured.size / limit,
        change=change,
        facts={"threshold": number_text(limit), "threshold_form": measured.form},
    )


def past_changes(figure: FigureFacts, form: str, change: ChangeFacts) -> list[Decimal]:
    """Signed stated changes of other periods, same form, same basis; the tested one is never among them."""
    signed = []
    left_out = excluded_spans(figure) | {(figure.period_first, figure.period_last)}
    for point in figure.change_history:
        measured = measure(point, unit=unit_of(figure))
        if (point.period_first, point.period_last) in left_out:
            continue
        if measured is not None and measured.form == form and point.basis == change.basis:
            signed.append(-measured.size if point.direction == "down" else measured.size)
    return signed
