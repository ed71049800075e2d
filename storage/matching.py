"""Which document a capture belongs to: a matching rule, not a hash.

    1  an address that carries the document already
    2  a work report of the same body, region and level over the same period, whose text shares a fifth of its sentences
    3  a near-equal text: four fifths of the sentences, and covered periods that do not contradict

A mirror or a reprint with another date is the same document; last year's report from the same template is not, because
its sentences hold other figures.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence

from sqlalchemy.engine import Connection
from sqlmodel import Session

from storage.bulk import insert_missing_rows
from storage.inputs import DocumentInput
from storage.prepared import Query
from storage.reading import text_by_hash
from storage.tables import DocumentSketch

# Eight hashes find a pair that shares four fifths of its sentences with three or more in common in 99 of 100 cases.
SKETCH = 8
SHARED = 3
NEARLY_EQUAL = 0.8
SAME_REPORT = 0.2
# Shorter ones are headings and salutations, which many reports share.
SENTENCE = 8
_ENDS = re.compile(r"[。；！？\n]")


def sentences(text: str) -> frozenset[int]:
    """The hashes of a text's sentences."""
    parts = (part.strip() for part in _ENDS.split(text))
    return frozenset(zlib.crc32(part.encode()) for part in parts if len(part) >= SENTENCE)


def match_document(session: Session, given: DocumentInput, text: frozenset[int]) -> int | None:
    """The id of the document that `given`, with a text of these sentences, is; None for a new one."""
    connection = session.connection()
    if (known := _BY_ADDRESS.first(connection, urls={given.url, *given.urls})) is not None:
        return int(known[0])
    if given.kind == "work_report" and given.period_first is not None:
        same = _SAME_REPORT.rows(
            connection,
            region=given.region,
            body=given.body,
            level=given.level,
            first=given.period_first,
            last=given.period_last,
        )
        for document_id, text_sha256 in same:
            if _likeness(session, text_sha256, text) >= SAME_REPORT:
                return int(document_id)
    for document_id, first, last, text_sha256 in _sharing(connection, text):
        if _compatible(given, first, last) and _likeness(session, text_sha256, text) >= NEARLY_EQUAL:
            return document_id
    return None


def keep_sketch(connection: Connection, document_id: int, text: frozenset[int]) -> None:
    """Remember a few of the text's sentences, the smallest hashes, for rule 3."""
    rows = [{"hash": item, "document_id": document_id} for item in _smallest(text)]
    insert_missing_rows(connection, DocumentSketch, rows, ["hash", "document_id"])


_BY_ADDRESS = Query("SELECT document_id FROM address WHERE url = ANY(:urls) AND document_id IS NOT NULL ORDER BY 1")
_SAME_REPORT = Query("""
    SELECT d.id, e.text_sha256 FROM document d JOIN edition e ON e.id = d.edition_id
    WHERE d.region = :region AND d.body = :body AND d.level = :level AND d.kind = 'work_report'
        AND d.period_first = :first AND d.period_last = :last
    ORDER BY d.id
""")
_SHARING = Query("""
    SELECT s.document_id, count(*) FROM document_sketch s WHERE s.hash = ANY(:hashes)
    GROUP BY s.document_id HAVING count(*) >= :shared ORDER BY 2 DESC, 1 LIMIT 5
""")
_TEXTS = Query("""
    SELECT d.id, d.period_first, d.period_last, e.text_sha256 FROM document d JOIN edition e ON e.id = d.edition_id
    WHERE d.id = ANY(:documents) ORDER BY d.id
""")


def _smallest(text: Iterable[int]) -> Sequence[int]:
    return sorted(text)[:SKETCH]


def _sharing(connection: Connection, text: frozenset[int]) -> list[tuple[int, int | None, int | None, str]]:
    wanted = _smallest(text)
    if not wanted:
        return []
    shared = _SHARING.rows(connection, hashes=wanted, shared=min(SHARED, len(wanted)))
    if not shared:
        return []
    return [(row[0], row[1], row[2], row[3]) for row in _TEXTS.rows(connection, documents=[row[0] for row in shared])]


def _compatible(given: DocumentInput, first: int | None, last: int | None) -> bool:
    one, other = (given.period_first, given.period_last), (first, last)
    return one == other or None in one or None in other


def _likeness(session: Session, text_sha256: str, text: frozenset[int]) -> float:
    other = sentences(text_by_hash(session, text_sha256))
    return len(text & other) / len(text | other) if text else 0.0
