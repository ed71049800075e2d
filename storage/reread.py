"""Reading the archive again with today's reader: on all cores, interruptible, shown before it is accepted.

    to_reread   editions that stand and were read by other versions, oldest document first
    reread      load the snapshots -> read in worker processes -> record (or, dry, record and roll back)

What was done stays done: a capture that today's versions have read is not asked for again, so an interrupted run goes
on where it stopped. The editions are history (`Origin.REREAD`): only those who got an old figure are told.

Only what stands is read again. Superseded editions stay as they were read: they are the record of what was shown at the
time. A document that got a newer edition while it was being read again keeps that one; the rereading of it is dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.editions import record_edition
from storage.errors import Damaged, InvalidInput
from storage.facts import FigureDifference, Recorded
from storage.inputs import CaptureInput, CapturePartInput, DocumentInput, EditionInput
from storage.snapshots import Archive
from storage.store import Store
from storage.tables import Address, Capture, CapturePart, Document, Edition
from storage.vocabulary import Difference, Origin
from storage.workers import worked


@dataclass(frozen=True, slots=True)
class Archived:
    """A publication as it lies in the archive: what a reader needs to read it again."""

    document: DocumentInput
    capture: CaptureInput
    pages: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A standing edition that other versions have read, without its bytes."""

    edition_id: int
    document: DocumentInput
    capture: CaptureInput


@dataclass(slots=True)
class Reread:
    """What a rereading did or would do. `by_indicator` counts differences by indicator (or "" for none) and kind;
    `overtaken` are documents that got a newer edition meanwhile and keep it.
    """  # noqa: D205

    documents: int = 0
    changed: int = 0
    overtaken: int = 0
    unreadable: dict[str, str] = field(default_factory=dict)
    by_indicator: Counter[tuple[str, Difference]] = field(default_factory=Counter)
    examples: dict[tuple[str, Difference], FigureDifference] = field(default_factory=dict)


# What the caller gives: bytes in, a reading out, or the reason why there is none. It must be importable by name, since
# it runs in other processes.
Reader = Callable[[Archived], EditionInput | str]


def to_reread(
    session: Session,
    *,
    extractor_version: str,
    reader_version: str,
    since: date | None = None,
    source_id: str | None = None,
) -> tuple[Waiting, ...]:
    """Editions that stand and that these versions have not read, the oldest document first."""
    later, own, others = aliased(Capture), aliased(CapturePart), aliased(CapturePart)
    # The latest capture of the address that the edition was read from: one whose template alone differed made no
    # edition and is what stands there now; a mirror's is not.
    latest = (
        select(func.max(later.number))
        .join(others, (col(others.capture_id) == col(later.id)) & (col(others.position) == 0))
        .where(later.document_id == col(Document.id), others.url == col(own.url))
        .scalar_subquery()
    )
    query = (
        select(Edition, Document, Capture)
        .join(Document, col(Document.edition_id) == col(Edition.id))
        .join(own, (col(own.capture_id) == col(Edition.capture_id)) & (col(own.position) == 0))
        .join(Capture, (col(Capture.document_id) == col(Document.id)) & (col(Capture.number) == latest))
        .where((col(Edition.extractor_version) != extractor_version) | (col(Edition.reader_version) != reader_version))
        .order_by(col(Document.id))
    )
    if since is not None:
        query = query.where(col(Document.published) >= since)
    if source_id is not None:
        query = query.where(Document.source_id == source_id)
    rows = session.exec(query).all()
    urls, parts = _urls(session), _parts(session)
    return tuple(
        Waiting(
            edition_id=edition.id or 0,
            document=_document(document, urls.get(document.id or 0, ())),
            capture=CaptureInput(parts=parts[capture.id or 0], captured_at=capture.captured_at),
        )
        for edition, document, capture in rows
    )


def reread(
    store: Store,
    waiting: Sequence[Waiting],
    reader: Reader,
    *,
    now: datetime,
    processes: int = 1,
    dry_run: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Reread:
    """Read these again and record what comes out; with `dry_run` only say what would change."""
    tell = progress or (lambda _count: None)
    result = Reread()
    for item, reading in _read_all(store.archive.root, waiting, reader, processes):
        result.documents += 1
        if isinstance(reading, str):
            result.unreadable[item.document.url] = reading
        else:
            history = replace(reading, origin=Origin.REREAD)
            try:
                recorded = _record(store, history, item.edition_id, now=now, dry_run=dry_run)
            except (Damaged, InvalidInput) as error:
                # One publication that cannot be kept does not cost the others theirs.
                result.unreadable[item.document.url] = str(error)
                tell(1)
                continue
            if recorded is None:
                result.overtaken += 1
            else:
                _count(result, recorded)
        tell(1)
    return result


class _Undone(Exception):  # noqa: N818 - no error: it rolls a dry run back
    """Raised inside a transaction that is not to be kept."""


def _record(store: Store, reading: EditionInput, stood: int, *, now: datetime, dry_run: bool) -> Recorded | None:
    """What recording came to; None where `stood` no longer stands, and the reading is of bytes that are past."""
    recorded: Recorded | None = None
    try:
        with store.write() as session:
            recorded = record_edition(session, reading, now=now)
            # Asked only now: from here on no other writer comes between.
            if recorded.new and recorded.previous_id != stood:
                recorded = None
            if dry_run or recorded is None:
                raise _Undone  # noqa: TRY301 - the way to roll back
    except _Undone:
        pass
    return recorded


def _count(result: Reread, recorded: Recorded) -> None:
    result.changed += bool(recorded.differences)
    for difference in recorded.differences:
        key = (difference.indicator_id or "", difference.kind)
        result.by_indicator[key] += 1
        result.examples.setdefault(key, difference)


def _read_all(
    root: str, waiting: Iterable[Waiting], reader: Reader, processes: int
) -> Iterator[tuple[Waiting, EditionInput | str]]:
    """Readings in the order of `waiting`; this process is one of the `processes`, and reads where none is ready."""
    lost = "the process that read it died; see whether memory was short"
    return worked(partial(_read, root, reader), waiting, processes, lost=lost)


def _read(root: str, reader: Reader, item: Waiting) -> EditionInput | str:
    """The one boundary for whatever a reader stumbles over: the reason is kept, the others are read."""
    try:
        archive = Archive(root)
        pages = tuple(archive.load(part.sha256) for part in item.capture.parts)
        return reader(Archived(item.document, item.capture, pages))
    except Exception as error:  # noqa: BLE001 - the boundary named above
        return f"{type(error).__name__}: {error}"


def _urls(session: Session) -> Mapping[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    query = (
        select(Address.document_id, Address.url).where(col(Address.document_id).is_not(None)).order_by(col(Address.id))
    )
    for document_id, url in session.exec(query):
        if document_id is not None:
            found[document_id] = (*found.get(document_id, ()), url)
    return found


def _parts(session: Session) -> Mapping[int, tuple[CapturePartInput, ...]]:
    found: dict[int, tuple[CapturePartInput, ...]] = {}
    query = select(CapturePart).order_by(col(CapturePart.capture_id), col(CapturePart.position))
    for row in session.exec(query):
        part = CapturePartInput(
            sha256=row.sha256, role="attachment" if row.role == "attachment" else "page", url=row.url
        )
        found[row.capture_id] = (*found.get(row.capture_id, ()), part)
    return found


def _document(row: Document, urls: tuple[str, ...]) -> DocumentInput:
    names = ("url", "source_id", "title", "issuer", "body", "region", "level", "kind")
    more = ("period_first", "period_last", "published", "published_year")
    return DocumentInput(urls=urls, **{name: getattr(row, name) for name in (*names, *more)})
