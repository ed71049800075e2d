"""Rule 6: a figure that was told has changed in a later edition, so those who were told get the correction.

    the alert's change or value is another now     the same alert, corrected: old -> new, whose error
    its figure is no longer in the document        the same alert, withdrawn

The other rules find what is still sharp and update their own alerts; this one speaks for those that no longer are: an
alert of this document whose figure differs and that nobody raises again. A correction keeps the fingerprint of the
alert that it corrects, so that receivers can tell what it is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from alerts.rules.model import Given, candidate, change_key
from storage.alert_inputs import AlertInput, fingerprint
from storage.facts import AlertFacts, ChangeFacts, FigureFacts

NAME = "revision"
# Rules whose alerts are about one stated figure and its change: their key is the change's.
ABOUT_A_CHANGE = ("stated_change",)


def find(given: Given) -> Iterator[AlertInput]:
    """An update for every alert of the document whose figure now says something else."""
    told = {alert.fingerprint: alert for alert in given.edition.alerts}
    for figure in given.edition.figures:
        for change in figure.changes:
            for rule in ABOUT_A_CHANGE:
                key = change_key(figure, change.basis, change.base_period)
                alert = told.get(fingerprint(rule, key))
                if alert is not None and _differs(alert, figure, change):
                    yield _correction(given, figure, change, rule, key)


def _differs(alert: AlertFacts, figure: FigureFacts, change: ChangeFacts) -> bool:
    said = (alert.value, alert.direction, alert.change_value, alert.form)
    return said != (figure.value, change.direction, change.value, change.form)


def _correction(given: Given, figure: FigureFacts, change: ChangeFacts, rule: str, key: str) -> AlertInput:
    return candidate(given, figure, rule=rule, key=key, code=NAME, sharpness=Decimal(1), change=change)
