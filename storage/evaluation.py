"""The second transaction: rules look at what is due, with the facts they need; what they find becomes alerts.

    for edition_id in due_editions(session): facts = facts_of(session, edition_id)
        rules -> AlertInput ...: raise_alert(session, ...)
        clear_due(session, facts.due_ids)

All of one edition in one transaction: run again, it does the same. An alert is known by its fingerprint; what it finds
there already decides what happens:

    there is            and the new one                 then
    nothing             is history                      stored, state baseline
                        rests on a held figure          stored, state held
                        anything else                   stored, state pending, reason new
    one never sent      says the same or another        takes the new values; history stays history, held may be freed
    one withdrawn       is there again                  as new where nobody was told, else as a correction
    one sent            says the same                   nothing is sent; its qualifiers are the new ones
                        says otherwise                  revision + 1, state pending, reason correction
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from storage.alert_inputs import AlertInput, StageInput
from storage.facts import AlertFacts
from storage.routing import record_stage, sent_of
from storage.rows import alerts_with_evidence
from storage.tables import Alert, AlertEvidence, Edition, EvaluationDue
from storage.vocabulary import AlertState, Cause

# What a message says; if one of these differs, those who were told are to be told again.
SAID = ("value", "change_value", "direction", "form")
# Where an alert says two values, in `facts`: plain numbers, the smaller first.
_SAID = "said"
# What else an alert said before it was corrected, and where: kept in its `facts`, old_direction …
_OLD = "old_"
_FORMER = ("direction", "form", "qualifier", "change_qualifier", "source_id")


@dataclass(frozen=True, slots=True)
class Raised:
    """What became of a candidate."""

    alert_id: int
    what: Literal["new", "unchanged", "updated", "correction"]
    state: AlertState


def due_editions(session: Session, *, limit: int = 100, leave_out: Collection[int] = ()) -> tuple[int, ...]:
    """Editions that wait for the rules, the longest waiting first; those that another process looks at are passed."""
    query = (
        select(EvaluationDue.edition_id)
        .where(col(EvaluationDue.edition_id).not_in(leave_out))
        .order_by(col(EvaluationDue.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return tuple(dict.fromkeys(session.exec(query)))


def clear_due(session: Session, due_ids: Sequence[int]) -> None:
    """What was due is done; what has become due meanwhile has another id and stays."""
    done = select(EvaluationDue.edition_id).where(col(EvaluationDue.id).in_(due_ids))
    connection = session.connection()
    connection.execute(update(Edition).where(col(Edition.id).in_(done)).values(evaluated=True))
    connection.execute(delete(EvaluationDue).where(col(EvaluationDue.id).in_(due_ids)))


def raise_alert(session: Session, found: AlertInput, *, now: datetime, cause: Cause | None = None) -> Raised:
    """Store what a rule found, or update what stands under its fingerprint, by the table above.

    `cause` is whose doing a revision is. Raises nothing of its own; a reference to nothing is a driver's error.
    """
    row = session.exec(select(Alert).where(Alert.fingerprint == found.fingerprint).with_for_update()).one_or_none()
    if row is None:
        return _new(session, found, now)
    assert row.id is not None  # noqa: S101 - it comes from the table
    returned = row.reason == "withdrawn"
    says_otherwise = returned or _says_otherwise(row, found)
    was_sent = bool(sent_of(session, [row.id]))
    if was_sent and not says_otherwise:
        if _SAID in found.facts:
            row.facts = {**row.facts, _SAID: found.facts[_SAID]}
        # One of two values that differ, seen from the other, stays as it was told, with its own evidence.
        if row.value == found.value:
            # How exact the text calls it may be read better now; that is no news, but the next message says it.
            row.qualifier, row.change_qualifier = found.qualifier, found.change_qualifier
            _set_evidence(session, row, found)
        return Raised(row.id, "unchanged", AlertState(row.state))
    if was_sent and found.held:
        # Nobody is told of a correction that a person has yet to look at; it is found again when that is done.
        _note(session, row, "review", "held", now=now, passed=False)
        return Raised(row.id, "unchanged", AlertState(row.state))
    if was_sent:
        return _correct(session, row, found, cause, now)
    return _update(session, row, found, now, returned=returned)


def _says_otherwise(row: Alert, found: AlertInput) -> bool:
    """Whether those who were told are to be told again. What has no order, two values that differ, is said in facts."""
    if _SAID in found.facts:
        both = found.facts[_SAID]
        if _SAID in row.facts:
            return row.facts[_SAID] != both
        # One that was raised before revision 0008 has its own side only.
        return row.value is None or row.value not in map(Decimal, both.split())
    return any(getattr(row, name) != getattr(found, name) for name in SAID)


def _correct(session: Session, row: Alert, found: AlertInput, cause: Cause | None, now: datetime) -> Raised:
    assert row.id is not None  # noqa: S101 - it comes from the table
    # Where the correction before was muted or still waits, readers have what it would have replaced.
    former = {name: value for name, value in row.facts.items() if name.startswith(_OLD)}
    if row.state == AlertState.GROUPED:
        row.old_value, row.old_change_value = row.value, row.change_value
        former = {f"{_OLD}{name}": value for name in _FORMER if (value := getattr(row, name))}
    _take(row, found)
    row.facts = {**row.facts, **former}
    _set_evidence(session, row, found)
    row.revision += 1
    row.cause = None if cause is None else cause.value
    row.state, row.reason = AlertState.PENDING.value, "correction"
    row.updated_at = now
    session.add(row)
    _note(session, row, "revision", "correction", now=now, passed=True)
    return Raised(row.id, "correction", AlertState.PENDING)


def _update(session: Session, row: Alert, found: AlertInput, now: datetime, *, returned: bool) -> Raised:
    """One that nobody was told of takes the new values."""
    assert row.id is not None  # noqa: S101 - it comes from the table
    before = _fields(row)
    _take(row, found)
    _set_evidence(session, row, found)
    freed = row.state == AlertState.HELD and not found.held
    if returned:
        # Taken back before anybody was told, and there again: as if it were found for the first time.
        state = AlertState.BASELINE if found.baseline else AlertState.HELD if found.held else AlertState.PENDING
        row.state, row.reason, row.cause = state.value, "new", None
        _note(session, row, "revision", "returned", now=now, passed=state is AlertState.PENDING)
    elif freed:
        row.state = (AlertState.BASELINE if found.baseline else AlertState.PENDING).value
        _note(session, row, "review", "freed", now=now, passed=not found.baseline)
    changed = freed or before != _fields(row)
    if changed:
        row.updated_at = now
    session.add(row)
    session.flush()
    return Raised(row.id, "updated" if changed else "unchanged", AlertState(row.state))


def withdraw_alert(session: Session, alert_id: int, *, cause: Cause | None, note: str, now: datetime) -> Raised:
    """What the alert said no longer stands (its figure is gone): those who got it are told, others never will be."""
    row = session.get_one(Alert, alert_id)
    was_sent = bool(sent_of(session, [alert_id]))
    if row.reason == "withdrawn" or row.state == AlertState.WITHDRAWN:
        return Raised(alert_id, "unchanged", AlertState(row.state))
    row.revision += 1
    row.reason, row.cause, row.updated_at = "withdrawn", None if cause is None else cause.value, now
    row.old_value, row.old_change_value = row.value, row.change_value
    row.state = (AlertState.PENDING if was_sent else AlertState.WITHDRAWN).value
    session.add(row)
    _note(session, row, "revision", "withdrawn", now=now, passed=was_sent, words=note)
    return Raised(alert_id, "correction" if was_sent else "updated", AlertState(row.state))


def alerts_of_document(session: Session, document_id: int) -> tuple[AlertFacts, ...]:
    """Alerts that were raised from a document's figures, oldest first."""
    query = select(Alert).where(Alert.document_id == document_id).order_by(col(Alert.id))
    return alerts_with_evidence(session, session.exec(query).all())


def _new(session: Session, found: AlertInput, now: datetime) -> Raised:
    state, reason = AlertState.PENDING, "new"
    if found.baseline:
        state, reason = AlertState.BASELINE, "baseline"
    elif found.held:
        state, reason = AlertState.HELD, "held"
    row = Alert(
        fingerprint=found.fingerprint,
        rule=found.rule,
        state=state.value,
        reason="new" if state is AlertState.HELD else reason,
        created_at=now,
        updated_at=now,
    )
    _take(row, found)
    session.add(row)
    session.flush()
    _set_evidence(session, row, found)
    _note(session, row, "raised", reason, now=now, passed=state is AlertState.PENDING)
    assert row.id is not None  # noqa: S101 - the flush gave it
    return Raised(row.id, "new", state)


# Everything of a candidate that is a column of the alert under the same name.
_TAKEN = tuple(
    name
    for name in AlertInput.__dataclass_fields__
    if name not in ("rule", "key", "evidence", "baseline", "held", "audience", "severity")
)


def _take(row: Alert, found: AlertInput) -> None:
    for name in _TAKEN:
        setattr(row, name, getattr(found, name))
    row.audience, row.severity = found.audience.value, found.severity.value


def _fields(row: Alert) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in _TAKEN)


def _set_evidence(session: Session, row: Alert, found: AlertInput) -> None:
    assert row.id is not None  # noqa: S101 - it was flushed
    session.connection().execute(delete(AlertEvidence).where(col(AlertEvidence.alert_id) == row.id))
    for position, evidence in enumerate({item.observation_id: item for item in found.evidence}.values()):
        session.add(
            AlertEvidence(
                alert_id=row.id, observation_id=evidence.observation_id, position=position, role=evidence.role
            )
        )
    session.flush()


def _note(
    session: Session, row: Alert, stage: str, reason: str, *, now: datetime, passed: bool, words: str = ""
) -> None:
    assert row.id is not None  # noqa: S101 - it was flushed
    record_stage(
        session, row.id, row.revision, StageInput(stage=stage, passed=passed, reason=reason, note=words), now=now
    )
