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

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.inputs import DocumentInput
from storage.reading import text_by_hash
from storage.tables import Address, Document, DocumentSketch, Edition
from storage.upsert import insert_missing

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


def match_document(session: Session, given: DocumentInput, text: frozenset[int]) -> Document | None:
    """The document that `given`, with a text of these sentences, is; None for a new one."""
    if (known := _by_address(session, (given.url, *given.urls))) is not None:
        return known
    if given.kind == "work_report" and given.period_first is not None:
        for candidate in _same_report(session, given):
            if _likeness(session, candidate, text) >= SAME_REPORT:
                return candidate
    for candidate in _sharing(session, text):
        if _compatible(given, candidate) and _likeness(session, candidate, text) >= NEARLY_EQUAL:
            return candidate
    return None


def keep_sketch(session: Session, document_id: int, text: frozenset[int]) -> None:
    """Remember a few of the text's sentences, the smallest hashes, for rule 3."""
    rows = [{"hash": item, "document_id": document_id} for item in _smallest(text)]
    insert_missing(session, DocumentSketch, rows, ["hash", "document_id"])


def _smallest(text: Iterable[int]) -> Sequence[int]:
    return sorted(text)[:SKETCH]


def _by_address(session: Session, urls: Sequence[str]) -> Document | None:
    query = (
        select(Document)
        .join(Address, col(Address.document_id) == col(Document.id))
        .where(col(Address.url).in_(urls))
        .order_by(col(Document.id))
        .limit(1)
    )
    return session.exec(query).first()


def _same_report(session: Session, given: DocumentInput) -> Sequence[Document]:
    query = (
        select(Document)
        .where(
            Document.region == given.region,
            Document.body == given.body,
            Document.level == given.level,
            Document.kind == given.kind,
            Document.period_first == given.period_first,
            Document.period_last == given.period_last,
        )
        .order_by(col(Document.id))
    )
    return session.exec(query).all()


def _sharing(session: Session, text: frozenset[int]) -> Sequence[Document]:
    wanted = _smallest(text)
    if not wanted:
        return ()
    ids = (
        select(DocumentSketch.document_id)
        .where(col(DocumentSketch.hash).in_(wanted))
        .group_by(col(DocumentSketch.document_id))
        .having(func.count() >= min(SHARED, len(wanted)))
        .order_by(func.count().desc(), col(DocumentSketch.document_id))
        .limit(5)
    )
    found = {row.id: row for row in session.exec(select(Document).where(col(Document.id).in_(ids)))}
    return [found[key] for key in session.exec(ids) if key in found] if found else ()


def _compatible(given: DocumentInput, candidate: Document) -> bool:
    one, other = (given.period_first, given.period_last), (candidate.period_first, candidate.period_last)
    return one == other or None in one or None in other


def _likeness(session: Session, candidate: Document, text: frozenset[int]) -> float:
    if candidate.edition_id is None or not text:
        return 0.0
    edition = session.get_one(Edition, candidate.edition_id)
    other = sentences(text_by_hash(session, edition.text_sha256))
    return len(text & other) / len(text | other)
