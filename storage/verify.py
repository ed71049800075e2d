"""Checking the whole record: bytes, texts, quotations, references, points; repairing what may be repaired.

fault              what is wrong                                              repaired by
missing_snapshot   a row without its file                                     (fetch or import the page again)
damaged_snapshot   a file whose bytes are not its hash                        (as above)
orphan_snapshot    a file without a row                                       writing the row
leftover           a half-written file                                        removing it
damaged_text       a canonical text that is not its hash                      (reread)
quotation          a quotation that does not stand at its offsets             (reread)
reference          a row that refers to nothing                               (restore a backup)
standing           a document that names no edition, or another document's    naming its latest
point              a point that its observations do not give                  reconciling it anew
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import inspect
from sqlalchemy.engine import Connection
from sqlmodel import Session

from storage.errors import Damaged, NotFound, RecordError
from storage.prepared import Query, number
from storage.reading import text_by_hash
from storage.review import resettle
from storage.snapshots import Kept, known_snapshots, note_snapshot
from storage.store import Store
from storage.tables import metadata
from storage.writing import Slots

BATCH = 500
# Points looked at in one step: the whole of a large record is never in memory.
POINTS = 20_000


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was stored."""

    kind: str
    subject: str
    note: str
    repaired: bool = False


def verify(
    store: Store, *, repair: bool, now: datetime, progress: Callable[[str, int], None] | None = None
) -> tuple[Fault, ...]:
    """Check everything; with `repair` also set right what may be. `progress` is told of each step what it looked at."""
    tell = progress or (lambda _step, _count: None)
    faults: list[Fault] = []
    for step, check in (
        ("snapshots", _snapshots),
        ("texts", _texts),
        ("references", _references),
        ("documents", _documents),
        ("points", _points),
    ):
        found = list(check(store, repair, now))
        faults.extend(found)
        tell(step, len(found))
    return tuple(faults)


def _snapshots(store: Store, repair: bool, now: datetime) -> Iterator[Fault]:  # noqa: FBT001 - the shape of every check
    with store.read() as session:
        rows = set(known_snapshots(session))
    files = set(store.archive.hashes())
    for sha256 in sorted(rows):
        try:
            store.archive.load(sha256)
        except NotFound as error:
            yield Fault("missing_snapshot", sha256, str(error))
        except Damaged as error:
            yield Fault("damaged_snapshot", sha256, str(error))
    for sha256 in sorted(files - rows):
        yield _orphan(store, sha256, repair=repair, now=now)
    for path in store.archive.leftovers():
        if repair:
            store.archive.remove(path)
        yield Fault("leftover", path, "half-written", repaired=repair)


def _orphan(store: Store, sha256: str, *, repair: bool, now: datetime) -> Fault:
    try:
        size = len(store.archive.load(sha256))
    except RecordError as error:
        return Fault("orphan_snapshot", sha256, str(error))
    if repair:
        with store.write() as session:
            stored = store.archive.stored_size(sha256)
            note_snapshot(session, Kept(sha256, size, stored, new=False), media_type="", now=now)
    return Fault("orphan_snapshot", sha256, "a file without a row", repaired=repair)


_EDITIONS = Query("SELECT id, text_sha256 FROM edition WHERE id > :after ORDER BY id LIMIT :limit")
_QUOTED = Query("""
    SELECT edition_id, id, quote_start, quote_end, quotation, span_start, span_end FROM observation
    WHERE edition_id = ANY(:editions) ORDER BY id
""")


def _texts(store: Store, repair: bool, now: datetime) -> Iterator[Fault]:  # noqa: ARG001, FBT001 - the shape of every check
    after = 0
    while True:
        with store.read() as session:
            connection = session.connection()
            editions = _EDITIONS.rows(connection, after=after, limit=BATCH)
            if not editions:
                return
            after = editions[-1][0]
            figures: dict[int, list[tuple[int, int, int, str, int, int]]] = defaultdict(list)
            for edition_id, *figure in _QUOTED.rows(connection, editions=[row[0] for row in editions]):
                figures[edition_id].append((figure[0], figure[1], figure[2], figure[3], figure[4], figure[5]))
            for edition_id, sha256 in editions:
                yield from _text(session, edition_id, sha256, figures[edition_id])


def _text(
    session: Session, edition_id: int, sha256: str, figures: list[tuple[int, int, int, str, int, int]]
) -> Iterator[Fault]:
    try:
        text = text_by_hash(session, sha256)
    except RecordError as error:
        yield Fault("damaged_text", f"edition {edition_id}", str(error))
        return
    for figure, start, end, quotation, _span_start, span_end in figures:
        if text[start:end] != quotation or span_end > len(text):
            yield Fault("quotation", f"figure {figure}", f"edition {edition_id}, {start}–{end}")


def _references(store: Store, repair: bool, now: datetime) -> Iterator[Fault]:  # noqa: ARG001, FBT001 - as above
    with store.read() as session:
        connection = session.connection()
        for table in metadata.sorted_tables:
            for key in table.foreign_key_constraints:
                [column], [other] = list(key.columns), [element.column for element in key.elements]
                missing = _dangling(connection, table.name, column.name, other.table.name, other.name)
                if missing:
                    yield Fault("reference", f"{table.name}.{column.name}", f"{missing} rows refer to nothing")
        if "figure_words" not in inspect(connection).get_table_names():
            yield Fault("reference", "figure_words", "the search index is missing")


def _dangling(connection: Connection, table: str, column: str, other: str, key: str) -> int:
    query = Query(
        f'SELECT count(*) FROM "{table}" t WHERE t.{column} IS NOT NULL'  # noqa: S608 - names of tables of ours
        f' AND NOT EXISTS (SELECT 1 FROM "{other}" o WHERE o.{key} = t.{column})'
    )
    return int(query.rows(connection)[0][0])


_ASTRAY = Query("""
    SELECT d.id, (SELECT max(x.id) FROM edition x WHERE x.document_id = d.id)
    FROM document d LEFT JOIN edition e ON e.id = d.edition_id AND e.document_id = d.id
    WHERE e.id IS NULL ORDER BY d.id
""")
_NAME = Query("UPDATE document SET edition_id = :edition WHERE id = :document")


def _documents(store: Store, repair: bool, now: datetime) -> Iterator[Fault]:  # noqa: ARG001, FBT001 - as above
    with store.read() as session:
        astray = _ASTRAY.rows(session.connection())
    for document, latest in astray:
        fixable = repair and latest is not None
        if fixable:
            with store.write() as session:
                _NAME.run(session.connection(), document=document, edition=latest)
        yield Fault("standing", f"document {document}", "names no edition of its own", repaired=fixable)


_ODD_POINTS = Query("""
    SELECT p.series_id, p.period_first, p.period_last, p.value, o.value FROM point p
        LEFT JOIN observation o ON o.id = p.observation_id AND o.standing = 'taken' AND o.series_id = p.series_id
            AND o.period_first = p.period_first AND o.period_last = p.period_last
    WHERE p.id > :after AND p.id <= :after + :limit
""")
_LAST_POINT = Query("SELECT coalesce(max(id), 0) FROM point")
_UNTAKEN = Query("""
    SELECT DISTINCT o.series_id, o.period_first, o.period_last FROM observation o
        LEFT JOIN point p ON p.series_id = o.series_id AND p.period_first = o.period_first
            AND p.period_last = o.period_last
    WHERE o.standing = 'taken' AND p.id IS NULL
""")


def _points(store: Store, repair: bool, now: datetime) -> Iterator[Fault]:  # noqa: FBT001 - as above
    with store.read() as session:
        connection = session.connection()
        odd: list[tuple[int, int, int]] = []
        [(last,)] = _LAST_POINT.rows(connection)
        for after in range(0, last, POINTS):
            rows = _ODD_POINTS.rows(connection, after=after, limit=POINTS)
            odd.extend((row[0], row[1], row[2]) for row in rows if number(row[3]) != number(row[4]))
        odd.extend((row[0], row[1], row[2]) for row in _UNTAKEN.rows(connection))
    if odd and repair:
        with store.write() as session:
            resettle(session, Slots(frozenset(odd), frozenset()), now=now)
    for series, first, last in odd:
        yield Fault("point", f"series {series}, months {first}–{last}", "is not what its figures give", repaired=repair)
