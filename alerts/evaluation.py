"""The second transaction: rules over what is due become alerts.

    due edition --facts--> rules --candidates--> alerts, evidence, stages        one edition, one transaction

Run again, it does the same: an alert is known by its fingerprint, and what is due is cleared with it.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlmodel import Session

from alerts.channels.contract import Clock
from alerts.rules import outlier, revision
from alerts.rules.model import Given
from alerts.rules.registry import RULES, find_all
from alerts.rules.thresholds import Thresholds
from storage.alert_inputs import AlertInput
from storage.errors import RecordError
from storage.evaluation import clear_due, due_editions, raise_alert, withdraw_alert
from storage.facts import AlertFacts, EditionFacts, PeerFacts
from storage.gathering import facts_of, peers_of
from storage.routing import sent_of
from storage.store import Store
from storage.telling import editions_stating
from storage.vocabulary import AlertState, Cause, DueReason

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What a round came to: editions looked at, and candidates by what became of them (new, unchanged, held ...)."""

    editions: int = 0
    alerts: Mapping[str, int] = field(default_factory=dict)


def evaluate_due(
    store: Store, *, clock: Clock, thresholds: Thresholds | None = None, rules: Collection[str] | None = None
) -> Evaluated:
    """Look at every edition that is due. Safe to run again and beside others; raises storage's errors.

    An edition on which a rule fails stays due and does not stop the others; the round's tally counts it as `failed`.
    """
    tally: Counter[str] = Counter()
    editions = 0
    failed: set[int] = set()
    while True:
        due: tuple[int, ...] = ()
        try:
            with store.write() as session:
                due = due_editions(session, limit=1, leave_out=failed)
                if not due:
                    return Evaluated(editions, dict(tally))
                _evaluate(session, due[0], clock, thresholds or Thresholds(), rules, tally)
        except Exception as error:
            # The boundary of an edition: a rule that fails on one must not keep the rest from being looked at.
            if not due or isinstance(error, RecordError):
                raise
            _LOG.exception("edition %s could not be evaluated", due[0])
            failed.add(due[0])
            tally["failed"] += 1
        else:
            editions += 1


def _evaluate(
    session: Session,
    edition_id: int,
    clock: Clock,
    thresholds: Thresholds,
    rules: Collection[str] | None,
    tally: Counter[str],
) -> None:
    given = gather(session, edition_id, thresholds, rules)
    told = {alert.fingerprint: alert for alert in given.edition.alerts}
    for found in find_all(given, rules):
        tally[_store(session, given.edition, found, told.get(found.fingerprint), clock)] += 1
    if rules is None or revision.NAME in rules:
        for gone in revision.gone(given):
            withdraw_alert(session, gone.alert.id, cause=gone.cause, note=gone.note, now=clock())
            tally["withdrawn"] += 1
    if rules is None or outlier.NAME in rules:
        _look_at_peers(session, given, thresholds, clock, tally)
    clear_due(session, given.edition.due_ids)


def _look_at_peers(session: Session, given: Given, thresholds: Thresholds, clock: Clock, tally: Counter[str]) -> None:
    """Peers that lie apart now that this edition is there: their own editions are asked, for this rule alone."""
    editions: set[int] = set()
    for figure in given.edition.figures:
        if figure.id in given.peers and figure.period_first is not None and figure.period_last is not None:
            apart = outlier.outlying_peers(given, figure)
            editions |= editions_stating(session, apart, figure.period_first, figure.period_last)
    for edition_id in sorted(editions - {given.edition.edition_id}):
        theirs = gather(session, edition_id, thresholds, (outlier.NAME,))
        told = _told_figures(theirs.edition)
        for found in find_all(theirs, (outlier.NAME,)):
            if found.observation_id in told:
                continue
            tally[_store(session, theirs.edition, found, None, clock)] += 1


def _told_figures(edition: EditionFacts) -> set[int]:
    """The figures of an edition that another rule has told: that they lie apart as well is no news of its own."""
    merging = {rule.name for rule in RULES if rule.merges} - {outlier.NAME}
    told = [alert for alert in edition.alerts if alert.rule in merging and alert.state is not AlertState.WITHDRAWN]
    return {item.observation_id for alert in told for item in alert.evidence if item.role == "figure"}


def gather(session: Session, edition_id: int, thresholds: Thresholds, rules: Collection[str] | None = None) -> Given:
    """What the rules are given of an edition; peers only where a rule looks at them."""
    edition = facts_of(session, edition_id)
    wants_peers = any(rule.peers for rule in RULES if rules is None or rule.name in rules)
    peers: dict[int, tuple[PeerFacts, ...]] = {}
    for figure in edition.figures if wants_peers else ():
        if figure.indicator and figure.indicator.key and figure.series and figure.period_first is not None:
            assert figure.period_last is not None  # noqa: S101  storage holds both or none
            peers[figure.id] = peers_of(session, figure.series, figure.period_first, figure.period_last)
    return Given(edition=edition, thresholds=thresholds, peers=peers)


def _store(session: Session, edition: EditionFacts, found: AlertInput, told: AlertFacts | None, clock: Clock) -> str:
    """One candidate into the record; gives what became of it."""
    now = clock()
    if found.facts.get("code") == revision.NAME and told is not None and not sent_of(session, [told.id]):
        # Nobody was told, and it is no longer worth telling.
        withdraw_alert(session, told.id, cause=_cause(edition, found), note="no longer beyond its threshold", now=now)
        return "withdrawn"
    cause = _cause(edition, found)
    if cause is Cause.FIRST and (told is not None or set(edition.reasons) - {DueReason.EDITION}):
        # The same reading says otherwise than it did: a person has set it right.
        cause = Cause.READER
    raised = raise_alert(session, found, now=now, cause=cause)
    return raised.state.value if raised.what == "new" and raised.state is not AlertState.PENDING else raised.what


def _cause(edition: EditionFacts, found: AlertInput) -> Cause:
    """Whose doing it is that the figure says something else: as its difference says, else as the edition does."""
    mine = [item for item in edition.differences if item.new_id == found.observation_id]
    for item in sorted(mine, key=lambda item: item.form is None):
        if item.form is None or (item.form == found.form and item.basis == found.basis):
            return item.cause
    return edition.cause
