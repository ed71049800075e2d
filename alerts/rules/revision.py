"""Rule 6: a figure that was told has changed in a later edition, so those who were told get the correction.

    the alert's change or value is another now     the same alert, corrected: old -> new, whose error
    its figure is no longer in the document        the same alert, withdrawn (`gone`)

The other rules find what is still sharp and update their own alerts; this one speaks for those that no longer are: an
alert of this document whose figure says something else and that nobody raises again. A correction keeps the fingerprint
of the alert that it corrects, so that receivers can tell what it is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from alerts.rules.model import Given, candidate, change_key, series_key
from storage.alert_inputs import AlertInput, fingerprint
from storage.facts import AlertFacts, ChangeFacts, FigureDifference, FigureFacts
from storage.vocabulary import AlertState, Difference

NAME = "revision"
# How the keys of the other rules are made: of a change and its basis, or of the series and period alone.
_BY_CHANGE = ("stated_change", "contradiction")
_BY_SERIES = ("outlier", "record", "turn", "conflict")


def find(given: Given) -> Iterator[AlertInput]:
    """An update for every alert of the document whose figure now says something else."""
    told = {alert.fingerprint: alert for alert in given.edition.alerts}
    if not told:
        return
    for figure in given.edition.figures:
        for rule, key, change in keys_of(figure):
            alert = told.get(fingerprint(rule, key))
            if alert is not None and _differs(alert, figure, change):
                yield candidate(given, figure, rule=rule, key=key, code=NAME, sharpness=Decimal(1), change=change)


def keys_of(figure: FigureFacts) -> Iterator[tuple[str, str, ChangeFacts | None]]:
    """Under which rules and keys a figure may have been told, with the change that was told of it."""
    yearly = next((change for change in figure.changes if change.basis == "yoy"), None)
    for change in figure.changes:
        for rule in _BY_CHANGE:
            yield rule, change_key(figure, change.basis, change.base_period), change
    yield "computed_change", change_key(figure, "computed", None), None
    for rule in _BY_SERIES:
        yield rule, series_key(figure), yearly


def gone(given: Given) -> Iterator[tuple[AlertFacts, FigureDifference]]:
    """Alerts whose figure has been dropped from the document, and that no figure of it bears any more."""
    dropped = {item.old_id: item for item in given.edition.differences if item.kind is Difference.DROPPED}
    if not dropped:
        return
    borne = {fingerprint(rule, key) for figure in given.edition.figures for rule, key, _ in keys_of(figure)}
    for alert in given.edition.alerts:
        rests_on = {alert.observation_id, *(item.observation_id for item in alert.evidence if item.role == "figure")}
        difference = next((dropped[number] for number in rests_on if number in dropped), None)
        if difference and alert.fingerprint not in borne and alert.state is not AlertState.WITHDRAWN:
            yield alert, difference


def _differs(alert: AlertFacts, figure: FigureFacts, change: ChangeFacts | None) -> bool:
    now = (None, None, None) if change is None else (change.direction, change.value, change.form)
    return (alert.value, alert.direction, alert.change_value, alert.form) != (figure.value, *now)
