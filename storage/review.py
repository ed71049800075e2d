"""Figures that wait for a person, and what people decide: data that survives rereading.

A decision becomes a correction (storage.tables.figures.Correction) bound to the value that was read: accepting binds
the value to itself, so that the same figure is not held again. Points are reconciled anew and the rules look again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.bulk import insert_missing
from storage.changes import change_claims_on, settle_changes, write_settled_changes
from storage.errors import InvalidInput, NotFound
from storage.facts import HeldFigure
from storage.gathering import figures_of
from storage.points import claims_on, known_points
from storage.rows import document_facts, findings_of
from storage.settling import settle, write_settled
from storage.tables import Correction, Document, Edition, EvaluationDue, Observation, Review
from storage.vocabulary import Decision, DueReason, Held, Standing
from storage.writing import Slots, slots_of_figure

LOOK_BACK = 480


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many figures are held for a reason, and since when the oldest is."""

    held: Held
    count: int
    since: datetime


@dataclass(frozen=True, slots=True)
class CorrectionFacts:
    """A correction as data; `new_value` equals `expected_old` where a figure was accepted as it is."""

    id: int
    document_id: int
    indicator_id: str | None
    subject: str
    scope_region: str | None
    unit: str
    period_first: int | None
    period_last: int | None
    expected_old: Decimal | None
    new_value: Decimal | None
    rejected: bool
    reason: str
    author: str
    created_at: datetime


def waiting(session: Session) -> tuple[Waiting, ...]:
    """How many figures are held, by reason: what operators are shown."""
    query = (
        select(Observation.held, func.count(), func.min(Observation.held_at))
        .where(col(Observation.held).is_not(None))
        .group_by(col(Observation.held))
        .order_by(col(Observation.held))
    )
    rows = session.exec(query).all()
    return tuple(Waiting(Held(held), count, since) for held, count, since in rows if held and since)


def held_figures(session: Session, *, limit: int = 100) -> tuple[HeldFigure, ...]:
    """Figures that wait, the longest waiting first, each with its sentence and what checks said."""
    query = (
        select(Observation)
        .where(col(Observation.held).is_not(None))
        .order_by(col(Observation.held_at), col(Observation.id))
        .limit(limit)
    )
    rows = session.exec(query).all()
    documents = _documents(session, [row.edition_id for row in rows])
    figures = {
        figure.id: figure
        for edition_id in dict.fromkeys(row.edition_id for row in rows)
        for figure in figures_of(session, edition_id, findings_of(session, edition_id))
    }
    return tuple(
        HeldFigure(
            observation_id=row.id,
            held=Held(row.held),
            held_since=row.held_at,
            document=document_facts(documents[row.edition_id]),
            figure=figures[row.id],
        )
        for row in rows
        if row.id is not None and row.held is not None and row.held_at is not None
    )


def decide(
    session: Session,
    observation_id: int,
    decision: Decision,
    *,
    reviewer: str,
    now: datetime,
    value: Decimal | None = None,
    note: str = "",
) -> None:
    """Accept a figure as read, correct it to `value`, or reject it; held or not. The rules look at its edition anew.

    Raises NotFound, and InvalidInput for a correction without a value or a figure of an edition that no longer stands.
    """
    figure = session.get(Observation, observation_id)
    if figure is None:
        raise NotFound(f"there is no figure {observation_id}")
    if figure.standing == Standing.SUPERSEDED:
        raise InvalidInput(f"figure {observation_id} belongs to an edition that no longer stands")
    if (decision is Decision.CORRECT) != (value is not None):
        raise InvalidInput("give a value to correct a figure, and none to accept or reject it")
    read = figure.value if figure.given_value is None else figure.given_value
    edition = session.get_one(Edition, figure.edition_id)
    accepted = {Decision.ACCEPT: read, Decision.CORRECT: value, Decision.REJECT: None}[decision]
    _keep(session, figure, edition, decision, read, accepted, reviewer, note, now)
    _apply(figure, decision, read, value)
    session.add(figure)
    session.flush()
    resettle(session, slots_of_figure(session.connection(), observation_id), now=now)
    reason = DueReason.CORRECTION if decision is Decision.CORRECT else DueReason.REVIEW
    row = {"edition_id": figure.edition_id, "reason": reason.value, "due_since": now}
    insert_missing(session, EvaluationDue, [row], ["edition_id", "reason"])


def corrections(session: Session) -> tuple[CorrectionFacts, ...]:
    """Every correction that holds, oldest first."""
    query = select(Correction).where(col(Correction.ended_at).is_(None)).order_by(col(Correction.id))
    return tuple(
        CorrectionFacts(**{name: getattr(row, name) for name in CorrectionFacts.__dataclass_fields__})
        for row in session.exec(query)
    )


def end_correction(session: Session, correction_id: int, *, now: datetime) -> None:
    """A correction no longer holds, from the next reading on. Raises NotFound."""
    row = session.get(Correction, correction_id)
    if row is None:
        raise NotFound(f"there is no correction {correction_id}")
    row.ended_at = now
    session.add(row)
    session.flush()


def resettle(session: Session, slots: Slots, *, now: datetime) -> None:
    """Reconcile these points anew from what is stored."""
    connection = session.connection()
    series = {slot[0] for slot in slots.points}
    earliest = min((slot[1] for slot in slots.points), default=0)
    claims = claims_on(connection, slots.points)
    history = known_points(connection, series, earliest - LOOK_BACK)
    wanted = {slot: claims.get(slot, []) for slot in slots.points}
    write_settled(connection, settle(connection, wanted, history, {}), now=now)
    changes = change_claims_on(connection, slots.changes)
    stated = {slot: changes.get(slot, []) for slot in slots.changes}
    write_settled_changes(connection, settle_changes(stated), now=now)


def _keep(
    session: Session,
    figure: Observation,
    edition: Edition,
    decision: Decision,
    read: Decimal | None,
    accepted: Decimal | None,
    reviewer: str,
    note: str,
    now: datetime,
) -> None:
    for earlier in _earlier(session, figure, edition, read):
        earlier.ended_at = now
        session.add(earlier)
    session.add(
        Correction(
            document_id=edition.document_id,
            indicator_id=figure.indicator_id,
            subject=figure.subject,
            scope_region=figure.scope_region,
            unit=figure.unit,
            period_first=figure.period_first,
            period_last=figure.period_last,
            expected_old=read,
            new_value=accepted,
            rejected=decision is Decision.REJECT,
            reason=note,
            author=reviewer,
            created_at=now,
        )
    )
    session.add(
        Review(
            observation_id=figure.id or 0,
            decision=decision.value,
            held=figure.held,
            machine_value=read,
            accepted_value=accepted,
            reader_version=edition.reader_version,
            reviewer=reviewer,
            note=note,
            decided_at=now,
        )
    )


def _earlier(session: Session, figure: Observation, edition: Edition, read: Decimal | None) -> Sequence[Correction]:
    """Corrections of the same figure that this one replaces."""
    query = select(Correction).where(
        Correction.document_id == edition.document_id,
        Correction.subject == figure.subject,
        Correction.scope_region == figure.scope_region,
        Correction.unit == figure.unit,
        Correction.period_first == figure.period_first,
        Correction.period_last == figure.period_last,
        col(Correction.ended_at).is_(None),
    )
    return [row for row in session.exec(query) if row.expected_old == read]


def _apply(figure: Observation, decision: Decision, read: Decimal | None, value: Decimal | None) -> None:
    figure.held, figure.held_at = None, None
    if decision is Decision.REJECT:
        figure.standing = Standing.REJECTED.value
        return
    figure.standing = (Standing.NONE if figure.value is None else Standing.HELD).value
    figure.value, figure.given_value = (value, read) if decision is Decision.CORRECT else (read, None)


def _documents(session: Session, editions: Sequence[int]) -> dict[int, Document]:
    query = (
        select(Edition.id, Document)
        .join(Document, col(Document.id) == col(Edition.document_id))
        .where(col(Edition.id).in_(editions))
    )
    return {edition_id: document for edition_id, document in session.exec(query) if edition_id is not None}
