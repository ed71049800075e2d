"""Rule 5, first half: a series turns after at least three periods one way (`turn`), by at least `turn_percent`.

Small bases are damped like rule 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from alerts.rules.history import own_base, own_yearly_change, yearly_changes
from alerts.rules.model import Given, candidate, key_figures, series_key
from storage.alert_inputs import AlertInput
from storage.facts import FigureFacts
from storage.periods import year_before

NAME = "turn"


def find(given: Given) -> Iterator[AlertInput]:
    """Candidates of one edition, in the order of its text."""
    for figure in key_figures(given):
        own = own_yearly_change(figure)
        least = given.thresholds.named("turn_percent", figure.indicator)
        if own is None or abs(own) < least:
            continue
        if not given.thresholds.allows_base(figure, own_base(figure), figure.value):
            continue
        run = run_before(figure)
        if abs(run) >= given.thresholds.named(NAME, figure.indicator) and (run > 0) != (own > 0):
            yield _tell(given, figure, own, run, least)


def run_before(figure: FigureFacts) -> int:
    """How many periods in a row before this one went one way: 3 up, -4 down. A gap or a standstill ends the run."""
    if figure.period_first is None or figure.period_last is None:
        return 0
    changes = yearly_changes(figure)
    span, run = year_before(figure.period_first, figure.period_last), 0
    while (change := changes.get((span.first, span.last), Decimal(0))) != 0:
        step = 1 if change > 0 else -1
        if run and (run > 0) != (step > 0):
            break
        run += step
        span = year_before(span.first, span.last)
    return run


def _tell(given: Given, figure: FigureFacts, own: Decimal, run: int, least: Decimal) -> AlertInput:
    change = next((item for item in figure.changes if item.basis == "yoy"), None)
    return candidate(
        given,
        figure,
        rule=NAME,
        key=series_key(figure),
        code=NAME,
        sharpness=abs(own) / least / 4,  # 20 per cent after a turn weighs as much as a stated change at its threshold
        change=change,
        facts={
            "n": str(abs(run)),
            "before": f"@direction.{'up' if run > 0 else 'down'}",
            "turned": f"@direction.{'up' if own > 0 else 'down'}",
        },
    )
