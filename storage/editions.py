"""The first transaction: one reading of one capture becomes an edition, whole or not at all.

    match the document -> capture -> is there anything new? -> place figures in series -> corrections -> checks
        -> reconcile points -> edition, observations, changes, unread, findings -> `evaluation_due`

Safe to run again: the same capture read by the same versions is a no-op, and so is an article whose text has not
changed, whatever its template did.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from storage.bulk import insert_one, insert_rows, table_of, take_ids
from storage.changes import change_claims_on, settle_changes, write_settled_changes
from storage.checks import check_figures, check_fill
from storage.difference import compare
from storage.errors import InvalidInput
from storage.facts import FigureDifference, IndicatorFacts, Recorded
from storage.fetching import carry_addresses
from storage.gathering import indicators_by_id
from storage.inputs import CaptureInput, DocumentInput, EditionInput
from storage.matching import keep_sketch, match_document, sentences
from storage.placing import Doubt, Placed, apply_corrections, series_ids, series_key
from storage.points import claims_on, known_points
from storage.reading import blame_between, pack, stated_of
from storage.reconcile import Claim
from storage.settling import settle, write_settled
from storage.tables import (
    CanonicalText,
    Capture,
    CapturePart,
    Change,
    Document,
    Edition,
    EvaluationDue,
    Finding,
    Observation,
    Region,
    Unread,
)
from storage.upsert import Row, insert_missing
from storage.vocabulary import Cause, DueReason, Origin, Standing
from storage.writing import (
    Speaker,
    change_rows,
    claims_of,
    finding_rows,
    fresh_yearly,
    observation_rows,
    settled_doubts,
    slots_of_edition,
    unread_rows,
)

# Published longer ago than this is history: stored, its alerts not sent (ARCHITECTURE.md, decision 6).
ALERT_MAX_AGE = timedelta(days=45)
# Forty years of points are what checks look back on.
LOOK_BACK = 480
# How many of a source's latest publications say what is usual.
USUAL = 12


@dataclass(frozen=True, slots=True)
class _Base:
    """What the new edition stands on."""

    document_id: int
    new_document: bool
    capture_id: int
    text_sha256: str
    previous: Edition | None


def record_edition(
    session: Session, edition: EditionInput, *, now: datetime, alert_max_age: timedelta = ALERT_MAX_AGE
) -> Recorded:
    """Record a reading. The snapshots of its capture must be noted before (`snapshots.note_snapshot`).

    Raises InvalidInput for an indicator that is not in the catalogue as synced, or a snapshot that is not kept.
    """
    connection = session.connection()
    _lock(connection, edition)
    indicators = _known_indicators(session, edition)
    _add_regions(session, edition)
    base = _base(session, edition, now)
    if (same := _nothing_new(session, edition, base)) is not None:
        return same
    figures = _place(connection, edition, indicators)
    doubts = apply_corrections(connection, base.document_id, figures)
    due = _previous_is_due(session, base.previous)
    baseline = is_history(edition, now=now, alert_max_age=alert_max_age)
    if base.previous is not None and base.previous.text_sha256 == base.text_sha256:
        # Only the reader is new: history, unless what it replaces was news that no rule has looked at yet.
        baseline = base.previous.baseline if due else True
    edition_id = _write_edition(session, edition, base, baseline=baseline, now=now)
    _supersede(connection, base.previous)
    doubts += _fill_figures(connection, edition, base, edition_id, figures, indicators, now)
    insert_rows(connection, Finding, finding_rows(edition_id, doubts))
    insert_rows(connection, Unread, unread_rows(edition_id, edition.unread))
    if due and base.previous is not None:
        _forget_due(connection, base.previous)
    connection.execute(
        insert(table_of(EvaluationDue)),
        {"edition_id": edition_id, "reason": DueReason.EDITION.value, "due_since": now},
    )
    return _recorded(session, edition, base, edition_id, baseline=baseline, figures=figures, doubts=doubts)


def is_history(edition: EditionInput, *, now: datetime, alert_max_age: timedelta) -> bool:
    """Whether an edition is stored without its alerts being sent: not ordinary, or published too long ago."""
    if edition.origin is not Origin.ORDINARY:
        return True
    published = edition.document.published
    if published is None and edition.document.published_year is not None:
        published = date(edition.document.published_year, 12, 31)
    return published is not None and published < (now - alert_max_age).date()


def _lock(connection: Connection, edition: EditionInput) -> None:
    """On PostgreSQL, one writer per region at a time: points are read and then written. SQLite has one anyway."""
    if connection.dialect.name != "postgresql":
        return
    regions = {figure.scope_region or "" for figure in edition.observations} | {edition.document.region or ""}
    # In one order for all writers, so that none waits for another in a circle.
    for number in sorted({int(code[:2] or 0) for code in regions}):
        connection.execute(text("SELECT pg_advisory_xact_lock(:space, :number)"), {"space": 0x7A67, "number": number})


def _known_indicators(session: Session, edition: EditionInput) -> Mapping[str, IndicatorFacts]:
    wanted = {figure.indicator for figure in edition.observations if figure.indicator is not None}
    if not wanted:
        return {}
    known = indicators_by_id(session, wanted)
    if missing := sorted(wanted - set(known)):
        raise InvalidInput(f"indicator {missing[0]!r} is not in the record; sync the catalogue first")
    return known


def _add_regions(session: Session, edition: EditionInput) -> None:
    """A region that the catalogue does not know keeps its code for a name, rather than losing the publication."""
    codes: set[str] = {figure.scope_region for figure in edition.observations if figure.scope_region is not None}
    if edition.document.region is not None:
        codes.add(edition.document.region)
    missing = codes - set(session.exec(select_rows(Region.code).where(col(Region.code).in_(list(codes)))).all())
    levels = {2: "province", 4: "city", 6: "county"}
    rows = [
        {"code": code, "name": code, "short_name": code, "level": levels[len(code)], "parent": None, "retired": True}
        for code in sorted(missing)
    ]
    insert_missing(session, Region, rows, ["code"])


def _base(session: Session, edition: EditionInput, now: datetime) -> _Base:
    parts = sentences(edition.text)
    document = match_document(session, edition.document, parts)
    connection = session.connection()
    if document is None:
        document_id, previous = _new_document(connection, edition.document, now), None
    else:
        document_id = document.id or 0
        previous = session.get(Edition, document.edition_id) if document.edition_id else None
    keep_sketch(session, document_id, parts)
    urls = dict.fromkeys((edition.document.url, *edition.document.urls))
    carry_addresses(session, urls, document_id=document_id, source_id=edition.document.source_id, now=now)
    capture_id = _capture(connection, document_id, edition.capture)
    sha256, packed = pack(edition.text)
    row = {"sha256": sha256, "characters": len(edition.text), "packed": packed}
    insert_missing(session, CanonicalText, [row], ["sha256"])
    return _Base(document_id, document is None, capture_id, sha256, previous)


def _new_document(connection: Connection, given: DocumentInput, now: datetime) -> int:
    return insert_one(connection, Document, **_document_row(given), first_seen_at=now)


def _document_row(given: DocumentInput) -> Row:
    row = {name: getattr(given, name) for name in DocumentInput.__dataclass_fields__ if name != "urls"}
    if given.published is not None:
        row["published_year"] = given.published.year
    return row


def _capture(connection: Connection, document_id: int, given: CaptureInput) -> int:
    """The document's latest capture where its snapshots are the same, a new one otherwise."""
    key = hashlib.sha256("\n".join(part.sha256 for part in given.parts).encode()).hexdigest()
    table = table_of(Capture)
    latest = connection.execute(
        select(table.c.id, table.c.number, table.c.key)
        .where(table.c.document_id == document_id)
        .order_by(table.c.number.desc())
        .limit(1)
    ).one_or_none()
    if latest is not None and latest.key == key:
        return int(latest.id)
    number = 1 if latest is None else latest.number + 1
    capture_id = insert_one(
        connection, Capture, document_id=document_id, number=number, key=key, captured_at=given.captured_at
    )
    parts = [
        {"capture_id": capture_id, "position": position, "sha256": part.sha256, "role": part.role, "url": part.url}
        for position, part in enumerate(given.parts)
    ]
    try:
        insert_rows(connection, CapturePart, parts)
    except IntegrityError as error:
        raise InvalidInput("a snapshot of the capture is not noted; keep and note it before recording") from error
    return capture_id


def _nothing_new(session: Session, edition: EditionInput, base: _Base) -> Recorded | None:
    table = table_of(Edition)
    same = (
        session.connection()
        .execute(
            select(table.c.id, table.c.baseline).where(
                table.c.capture_id == base.capture_id,
                table.c.extractor_version == edition.extractor_version,
                table.c.reader_version == edition.reader_version,
            )
        )
        .one_or_none()
    )
    if same is not None:
        return Recorded(base.document_id, same.id, new=False, new_document=False, note="same_edition")
    previous = base.previous
    if previous is None or previous.id is None or previous.text_sha256 != base.text_sha256:
        return None
    versions = (previous.extractor_version, previous.reader_version)
    if versions != (edition.extractor_version, edition.reader_version):
        return None
    return Recorded(base.document_id, previous.id, new=False, new_document=False, note="same_text")


def _place(connection: Connection, edition: EditionInput, indicators: Mapping[str, IndicatorFacts]) -> Sequence[Placed]:
    ids = take_ids(connection, Observation, len(edition.observations))
    change_ids = iter(take_ids(connection, Change, sum(len(given.changes) for given in edition.observations)))
    figures = [
        Placed(
            id=ids[position],
            position=position,
            given=given,
            key=series_key(given, edition.document, indicators),
            value=given.value,
            change_ids=[next(change_ids) for _ in given.changes],
        )
        for position, given in enumerate(edition.observations)
    ]
    numbers = series_ids(connection, (figure.key for figure in figures if figure.key is not None))
    for figure in figures:
        figure.series_id = None if figure.key is None else numbers[figure.key]
    return figures


def _write_edition(session: Session, edition: EditionInput, base: _Base, *, baseline: bool, now: datetime) -> int:
    connection = session.connection()
    previous = base.previous
    cause = Cause.FIRST
    if previous is not None:
        cause = Cause.READER if previous.text_sha256 == base.text_sha256 else Cause.PUBLISHER
    edition_id = insert_one(
        connection,
        Edition,
        document_id=base.document_id,
        capture_id=base.capture_id,
        previous_id=None if previous is None else previous.id,
        extractor_version=edition.extractor_version,
        reader_version=edition.reader_version,
        text_sha256=base.text_sha256,
        origin=edition.origin.value,
        cause=cause.value,
        baseline=baseline,
        observations=len(edition.observations),
        unread=len(edition.unread),
        ignored=edition.ignored,
        searchable=False,
        evaluated=False,
        created_at=now,
    )
    values = {} if base.new_document else _what_is_known(edition.document)
    table = table_of(Document)
    connection.execute(update(table).where(table.c.id == base.document_id).values(edition_id=edition_id, **values))
    return edition_id


def _what_is_known(given: DocumentInput) -> dict[str, object]:
    """A later capture may know more of the document, never less; its first address and source stay."""
    row = _document_row(given)
    return {name: value for name, value in row.items() if value not in (None, "") and name not in ("url", "source_id")}


def _supersede(connection: Connection, previous: Edition | None) -> None:
    if previous is None:
        return
    figures, changes = table_of(Observation), table_of(Change)
    gone = Standing.SUPERSEDED.value
    # What waited for a person in the old edition waits, if at all, in the new one.
    connection.execute(
        update(figures).where(figures.c.edition_id == previous.id).values(standing=gone, held=None, held_at=None)
    )
    connection.execute(update(changes).where(changes.c.edition_id == previous.id).values(standing=gone))


def _fill_figures(
    connection: Connection,
    edition: EditionInput,
    base: _Base,
    edition_id: int,
    figures: Sequence[Placed],
    indicators: Mapping[str, IndicatorFacts],
    now: datetime,
) -> list[Doubt]:
    """Check, reconcile and write the figures; gives the findings."""
    gone = slots_of_edition(connection, None if base.previous is None else base.previous.id)
    series = {figure.series_id for figure in figures if figure.series_id is not None} | {
        slot[0] for slot in gone.points
    }
    earliest = min((figure.given.period_first for figure in figures if figure.given.period_first), default=0)
    history = known_points(connection, series, earliest - LOOK_BACK)
    doubts = check_figures(figures, history, indicators)
    doubts += check_fill(len(figures), _usual(connection, edition.document, base))
    speaker = Speaker(base.document_id, edition.document.body, edition.document.kind, edition.document.published)
    fresh, fresh_changes = claims_of(figures, speaker)
    claims = _with(fresh, claims_on(connection, {*fresh, *gone.points}), gone.points)
    changes = settle_changes(
        _with(fresh_changes, change_claims_on(connection, {*fresh_changes, *gone.changes}), gone.changes)
    )
    settled = settle(connection, claims, history, fresh_yearly(figures))
    for figure in figures:
        figure.standing = settled.standing_of(figure.slot, figure.id) if figure.value is not None else Standing.NONE
        if figure.rejected:
            figure.standing = Standing.REJECTED
    insert_rows(connection, Observation, observation_rows(edition_id, edition.text, figures, now))
    insert_rows(connection, Change, change_rows(edition_id, figures, changes.fresh))
    write_settled(connection, settled, now=now)
    write_settled_changes(connection, changes, now=now)
    return doubts + settled_doubts(settled, {figure.id: figure for figure in figures})


_Key = TypeVar("_Key")


def _with(
    fresh: Mapping[_Key, list[Claim]], stored: Mapping[_Key, list[Claim]], others: Collection[_Key]
) -> dict[_Key, list[Claim]]:
    return {key: [*stored.get(key, ()), *fresh.get(key, ())] for key in dict.fromkeys((*fresh, *others))}


def _usual(connection: Connection, document: DocumentInput, base: _Base) -> Sequence[int]:
    """How many figures the latest publications of this source and kind had."""
    if document.source_id is None or document.kind is None:
        return ()
    documents, editions = table_of(Document), table_of(Edition)
    query = (
        select(editions.c.observations)
        .join(documents, documents.c.edition_id == editions.c.id)
        .where(documents.c.source_id == document.source_id, documents.c.kind == document.kind)
        .where(documents.c.id != base.document_id)
        .order_by(documents.c.id.desc())
        .limit(USUAL)
    )
    return connection.execute(query).scalars().all()


def _previous_is_due(session: Session, previous: Edition | None) -> bool:
    if previous is None:
        return False
    query = select_rows(EvaluationDue.id).where(EvaluationDue.edition_id == previous.id).limit(1)
    return session.exec(query).first() is not None


def _forget_due(connection: Connection, previous: Edition) -> None:
    """Rules look at the new edition instead."""
    table = table_of(EvaluationDue)
    connection.execute(delete(table).where(table.c.edition_id == previous.id))


def _recorded(
    session: Session,
    edition: EditionInput,
    base: _Base,
    edition_id: int,
    *,
    baseline: bool,
    figures: Sequence[Placed],
    doubts: Sequence[Doubt],
) -> Recorded:
    differences: tuple[FigureDifference, ...] = ()
    cause = Cause.FIRST
    if base.previous is not None and base.previous.id is not None:
        blame = blame_between(session, base.previous, session.get_one(Edition, edition_id))
        differences = compare(stated_of(session, base.previous.id), stated_of(session, edition_id), blame)
        cause = blame.overall()
    return Recorded(
        document_id=base.document_id,
        edition_id=edition_id,
        new=True,
        new_document=base.new_document,
        cause=cause,
        baseline=baseline,
        observations=len(figures),
        unread=len(edition.unread),
        held=sum(figure.held is not None for figure in figures),
        findings=len(doubts),
        differences=differences,
    )
