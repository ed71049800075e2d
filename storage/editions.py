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

from sqlalchemy import text, update
from sqlalchemy.engine import Connection
from sqlmodel import Session

from storage.bulk import insert_missing_rows, insert_one, insert_or_update_rows, insert_rows, table_of, take_ids
from storage.changes import change_claims_on, settle_changes, write_settled_changes
from storage.checks import check_figures, check_fill
from storage.difference import Blame, compare
from storage.errors import InvalidInput
from storage.facts import FigureDifference, IndicatorFacts, Recorded
from storage.fetching import carry_addresses
from storage.inputs import CaptureInput, DocumentInput, EditionInput
from storage.matching import document_at, document_like, keep_sketch
from storage.placing import Doubt, Placed, apply_corrections, series_ids, series_key
from storage.points import claims_on, known_points
from storage.prepared import Query, Row
from storage.reading import Past, forms_differ, past_edition, stated_in, stated_of, text_by_hash
from storage.reconcile import Claim
from storage.rows import indicator_from
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
from storage.texts import prepare_text
from storage.vocabulary import Cause, Check, Difference, DueReason, Origin, Standing
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
    previous: Past | None
    copy: bool
    other_form: bool


def record_edition(
    session: Session, edition: EditionInput, *, now: datetime, alert_max_age: timedelta = ALERT_MAX_AGE
) -> Recorded:
    """Record a reading. The snapshots of its capture must be noted before (`snapshots.note_snapshot`).

    Raises InvalidInput for an indicator that is not in the catalogue as synced, or a snapshot that is not kept.
    """
    connection = session.connection()
    _lock(connection, edition)
    indicators = _known_indicators(connection, edition)
    _add_regions(connection, edition)
    base = _base(session, edition, now)
    if (same := _nothing_new(connection, edition, base)) is not None:
        return same
    if base.copy and base.previous is not None:
        return Recorded(base.document_id, base.previous.id, new=False, new_document=False, note="copy")
    figures = _place(connection, edition, indicators)
    doubts = [] if base.new_document else apply_corrections(connection, base.document_id, figures)
    if (
        base.other_form
        and base.previous is not None
        and not _states_more(session, base.previous, figures, edition.text)
    ):
        return Recorded(base.document_id, base.previous.id, new=False, new_document=False, note="form")
    due = _previous_is_due(connection, base.previous)
    baseline = is_history(edition, now=now, alert_max_age=alert_max_age)
    if base.previous is not None and base.previous.text_sha256 == base.text_sha256:
        # Only the reader is new: history, unless what it replaces was news that no rule has looked at yet.
        baseline = base.previous.baseline if due else True
    edition_id = _write_edition(connection, edition, base, baseline=baseline, now=now)
    _supersede(connection, base.previous)
    doubts += _fill_figures(connection, edition, base, edition_id, figures, indicators, now)
    insert_rows(connection, Finding, finding_rows(edition_id, doubts))
    insert_rows(connection, Unread, unread_rows(edition_id, edition.unread))
    if due and base.previous is not None:
        # Rules look at the new edition instead.
        _FORGET_DUE.run(connection, edition=base.previous.id)
    due_row = {"edition_id": edition_id, "reason": DueReason.EDITION.value, "due_since": now}
    insert_rows(connection, EvaluationDue, [due_row])
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


def _lock_keys(connection: Connection, keys: Sequence[int]) -> None:
    """On PostgreSQL, one writer at a time of texts that may be alike: writers of two regions may bring one mirror."""
    if connection.dialect.name != "postgresql":
        return
    # After the regions', and in one order for all writers. Keys are unsigned, PostgreSQL's numbers are not.
    for key in sorted(keys):
        number = key - 2**31
        connection.execute(text("SELECT pg_advisory_xact_lock(:space, :number)"), {"space": 0x7A68, "number": number})


_INDICATORS = Query("""
    SELECT id, label, topic, body, measure, unit, rise, key, lower, upper, CAST(thresholds AS text), part_of, rate_of,
        rate_base
    FROM indicator WHERE id = ANY(:ids)
""")
_REGIONS = Query("SELECT code FROM region WHERE code = ANY(:codes)")


def _known_indicators(connection: Connection, edition: EditionInput) -> Mapping[str, IndicatorFacts]:
    wanted = {figure.indicator for figure in edition.observations if figure.indicator is not None}
    if not wanted:
        return {}
    known = {row[0]: indicator_from(row) for row in _INDICATORS.rows(connection, ids=wanted)}
    if missing := sorted(wanted - set(known)):
        raise InvalidInput(f"indicator {missing[0]!r} is not in the record; sync the catalogue first")
    return known


def _add_regions(connection: Connection, edition: EditionInput) -> None:
    """A region that the catalogue does not know has the name that came with it, or its code, and loses nothing."""
    codes = {figure.scope_region for figure in edition.observations if figure.scope_region is not None}
    if edition.document.region is not None:
        codes.add(edition.document.region)
    missing = codes - {row[0] for row in _REGIONS.rows(connection, codes=codes)}
    levels = {2: "province", 4: "city", 6: "county"}
    rows = []
    for code in sorted(missing):
        name = edition.region_names.get(code, code)
        rows.append(
            {
                "code": code,
                "name": name,
                "short_name": name,
                "level": levels[len(code)],
                "parent": None,
                "retired": True,
            }
        )
    insert_missing_rows(connection, Region, rows, ["code"])


_STANDING = Query("SELECT edition_id, source_id, url, sketch IS NOT NULL FROM document WHERE id = :document")


def _base(session: Session, edition: EditionInput, now: datetime) -> _Base:
    connection = session.connection()
    ready = edition.prepared or prepare_text(edition.text)
    if (known := document_at(connection, edition.document)) is None:
        _lock_keys(connection, ready.keys)
        known = document_like(connection, edition.document, ready)
    previous, copy, compared = None, False, False
    if known is not None and (standing := _STANDING.first(connection, document=known)) is not None:
        previous = past_edition(connection, standing[0])
        copy = previous is not None and _is_copy(edition.document, source_id=standing[1], url=standing[2])
        compared = bool(standing[3]) and previous is not None and previous.text_sha256 == ready.sha256
    document_id = known or insert_one(
        connection, Document, **_document_row(edition.document), sketch=ready.sketch, first_seen_at=now
    )
    if not compared:
        keep_sketch(connection, document_id, ready, stands=known is not None and not copy)
    urls = dict.fromkeys((edition.document.url, *edition.document.urls))
    carry_addresses(connection, urls, document_id=document_id, source_id=edition.document.source_id, now=now)
    capture_id = _capture(connection, document_id, edition.capture, new_document=known is None)
    row = {"sha256": ready.sha256, "characters": len(edition.text), "packed": ready.packed}
    # Written also where it is there: a text that was damaged is whole again once its page is read again.
    insert_or_update_rows(connection, CanonicalText, [row], ["sha256"])
    other_form = previous is not None and forms_differ(connection, previous.capture_id, capture_id)
    return _Base(document_id, known is None, capture_id, ready.sha256, previous, copy, other_form)


def _is_copy(given: DocumentInput, *, source_id: str | None, url: str) -> bool:
    """Whether another source prints what a document says: its bytes are kept, the document's figures stay.

    A copyist who leaves out a paragraph or mistypes a figure has not corrected the publisher.
    """
    return given.url != url and given.source_id is not None and source_id is not None and given.source_id != source_id


def _states_more(session: Session, standing: Past, figures: Sequence[Placed], text: str) -> bool:
    """Whether another form of a document states anything that the standing one does not, or states it otherwise."""
    blame = Blame("", text, versions_differ=False, forms_differ=True)
    found = compare(stated_of(session, standing.id), stated_in(figures, text), blame)
    return any(item.kind is not Difference.DROPPED for item in found)


def _document_row(given: DocumentInput) -> Row:
    row = {name: getattr(given, name) for name in DocumentInput.__dataclass_fields__ if name != "urls"}
    if given.published is not None:
        row["published_year"] = given.published.year
    return row


_CAPTURES = Query("""
    SELECT c.id, c.number, c.key, p.url FROM capture c JOIN capture_part p ON p.capture_id = c.id AND p.position = 0
    WHERE c.document_id = :document ORDER BY c.number DESC
""")


_NOTED = Query("SELECT sha256 FROM snapshot WHERE sha256 = ANY(:hashes)")


def _capture(connection: Connection, document_id: int, given: CaptureInput, *, new_document: bool) -> int:
    """The latest capture of that address where its snapshots are the same, a new one otherwise."""
    key = hashlib.sha256("\n".join(part.sha256 for part in given.parts).encode()).hexdigest()
    captures = [] if new_document else _CAPTURES.rows(connection, document=document_id)
    same_address = next((row for row in captures if row[3] == given.parts[0].url), None)
    if same_address is not None and same_address[2] == key:
        return int(same_address[0])
    hashes = {part.sha256 for part in given.parts}
    if len(_NOTED.rows(connection, hashes=hashes)) < len(hashes):
        raise InvalidInput("a snapshot of the capture is not noted; keep and note it before recording")
    number = captures[0][1] + 1 if captures else 1
    capture_id = insert_one(
        connection, Capture, document_id=document_id, number=number, key=key, captured_at=given.captured_at
    )
    parts = [
        {"capture_id": capture_id, "position": position, "sha256": part.sha256, "role": part.role, "url": part.url}
        for position, part in enumerate(given.parts)
    ]
    insert_rows(connection, CapturePart, parts)
    return capture_id


_SAME_EDITION = Query("""
    SELECT id FROM edition
    WHERE capture_id = :capture AND extractor_version = :extractor AND reader_version = :reader
""")


def _nothing_new(connection: Connection, edition: EditionInput, base: _Base) -> Recorded | None:
    if base.new_document:
        return None
    same = _SAME_EDITION.first(
        connection, capture=base.capture_id, extractor=edition.extractor_version, reader=edition.reader_version
    )
    if same is not None:
        return Recorded(base.document_id, same[0], new=False, new_document=False, note="same_edition")
    previous = base.previous
    if previous is None or previous.text_sha256 != base.text_sha256:
        return None
    if previous.versions != (edition.extractor_version, edition.reader_version):
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


def _write_edition(connection: Connection, edition: EditionInput, base: _Base, *, baseline: bool, now: datetime) -> int:
    previous = base.previous
    cause = Cause.FIRST
    if previous is not None:
        edited = Cause.FORM if base.other_form else Cause.PUBLISHER
        cause = Cause.READER if previous.text_sha256 == base.text_sha256 else edited
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
    _STAND.run(connection, edition=edition_id, document=base.document_id)
    if not base.new_document:
        table = table_of(Document)
        if known := _what_is_known(edition.document):
            connection.execute(update(table).where(table.c.id == base.document_id).values(**known))
    return edition_id


_STAND = Query("UPDATE document SET edition_id = :edition WHERE id = :document")


def _what_is_known(given: DocumentInput) -> dict[str, object]:
    """A later capture may know more of the document, never less; its first address and source stay."""
    row = _document_row(given)
    return {name: value for name, value in row.items() if value not in (None, "") and name not in ("url", "source_id")}


def _supersede(connection: Connection, previous: Past | None) -> None:
    if previous is None:
        return
    # What waited for a person in the old edition waits, if at all, in the new one.
    _SUPERSEDE_FIGURES.run(connection, edition=previous.id)
    _SUPERSEDE_CHANGES.run(connection, edition=previous.id)


_SUPERSEDE_FIGURES = Query("""
    UPDATE observation SET standing = 'superseded', held = NULL, held_at = NULL WHERE edition_id = :edition
""")
_SUPERSEDE_CHANGES = Query("UPDATE change SET standing = 'superseded' WHERE edition_id = :edition")


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
    # A definition break is told as that, not as an error.
    broken = {found.change.id for found in settled.breaks}
    doubts = [doubt for doubt in doubts if doubt.check is not Check.STATED_CHANGE or doubt.change_id not in broken]
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
    rows = _USUAL.rows(
        connection, source=document.source_id, kind=document.kind, document=base.document_id, limit=USUAL
    )
    return [row[0] for row in rows]


_USUAL = Query("""
    SELECT e.observations FROM document d JOIN edition e ON e.id = d.edition_id
    WHERE d.source_id = :source AND d.kind = :kind AND d.id <> :document ORDER BY d.id DESC LIMIT :limit
""")
_DUE = Query("SELECT id FROM evaluation_due WHERE edition_id = :edition")
_FORGET_DUE = Query("DELETE FROM evaluation_due WHERE edition_id = :edition")


def _previous_is_due(connection: Connection, previous: Past | None) -> bool:
    return previous is not None and _DUE.first(connection, edition=previous.id) is not None


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
    if base.previous is not None:
        blame = _blame(session, edition, base, base.previous)
        differences = compare(stated_of(session, base.previous.id), stated_of(session, edition_id), blame)
        cause = blame.overall()
    return Recorded(
        document_id=base.document_id,
        edition_id=edition_id,
        previous_id=None if base.previous is None else base.previous.id,
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


def _blame(session: Session, edition: EditionInput, base: _Base, previous: Past) -> Blame:
    versions_differ = previous.versions != (edition.extractor_version, edition.reader_version)
    same = previous.text_sha256 == base.text_sha256
    old_text = edition.text if same else text_by_hash(session, previous.text_sha256)
    return Blame(old_text, edition.text, versions_differ, base.other_form)
