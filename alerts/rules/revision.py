"""Rule 6: a figure that was told has changed in a later edition, so those who were told get the correction.

    the alert's change or value is another now     the same alert, corrected: old -> new, whose error
    its figure is no longer in the document        the same alert, withdrawn (`gone`)
    a person rejects its figure                    the same

The other rules find what is still sharp and update their own alerts; this one speaks for those that no longer are: an
alert of this document whose figure says something else and that nobody raises again. A correction keeps the fingerprint
of the alert that it corrects, so that receivers can tell what it is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from alerts.rules.model import Given, candidate, change_key, rejected, series_key
from storage.alert_inputs import AlertInput, fingerprint
from storage.facts import AlertFacts, ChangeFacts, FigureFacts
from storage.vocabulary import AlertState, Cause, Difference

NAME = "revision"
# How the keys of the other rules are made: of a change and its basis, or of the series and period alone.
_BY_CHANGE = ("stated_change", "contradiction")
_BY_SERIES = ("outlier", "record", "turn")


def find(given: Given) -> Iterator[AlertInput]:
    """An update for every alert of the document whose figure now says something else."""
    told = {alert.fingerprint: alert for alert in given.edition.alerts}
    if not told:
        return
    for figure in given.edition.figures:
        for rule, key, change in () if rejected(figure) else keys_of(figure):
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
    # Told of the level, whatever change goes with it.
    yield "conflict", series_key(figure), None


@dataclass(frozen=True, slots=True)
class Gone:
    """An alert that rests on nothing any more, whose doing that is, and why in words for the operator."""

    alert: AlertFacts
    cause: Cause
    note: str


def gone(given: Given) -> Iterator[Gone]:
    """Alerts whose figure was dropped or rejected, and that no other figure of the document bears."""
    # What another form of the document leaves out still stands in the first.
    dropped = {
        item.old_id: item.cause
        for item in given.edition.differences
        if item.kind is Difference.DROPPED and item.cause is not Cause.FORM
    }
    refused = {figure.id for figure in given.edition.figures if rejected(figure)}
    if not dropped and not refused:
        return
    standing = [figure for figure in given.edition.figures if not rejected(figure)]
    borne = {fingerprint(rule, key) for figure in standing for rule, key, _ in keys_of(figure)}
    for alert in given.edition.alerts:
        if alert.fingerprint in borne or alert.state is AlertState.WITHDRAWN:
            continue
        rests_on = {alert.observation_id, *(item.observation_id for item in alert.evidence if item.role == "figure")}
        if cause := next((dropped[number] for number in rests_on if number in dropped), None):
            yield Gone(alert, cause, "no longer in the document")
        elif rests_on & refused:
            yield Gone(alert, Cause.READER, "rejected by a person")


def _differs(alert: AlertFacts, figure: FigureFacts, change: ChangeFacts | None) -> bool:
    now = (None, None, None) if change is None else (change.direction, change.value, change.form)
    return (alert.value, alert.direction, alert.change_value, alert.form) != (figure.value, *now)
