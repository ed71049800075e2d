"""Bytes as received, and the publications they make.

document ─< capture ─< capture_part >─ snapshot      one publication; one moment; its ordered snapshots
document ─< address                                  all the addresses that carry it
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field

from storage.tables.base import Record, ordered
from storage.types import UtcTime


class Snapshot(Record, table=True):
    """Bytes exactly as received, kept for ever in the archive under their SHA-256 (hex)."""

    __tablename__ = "snapshot"
    __table_args__ = (CheckConstraint("length(sha256) = 64", name="sha256"),)

    sha256: str = Field(primary_key=True)
    size: int
    stored_size: int
    media_type: str = ""
    kept_at: datetime = Field(sa_type=UtcTime)


class Document(Record, table=True):
    """One publication, whatever the number of addresses and edits.

    Periods are months counted as year × 12 + month − 1, first and last included. `edition_id` is the edition that
    stands now, `sketch` what its text shares with near-equal ones (storage.sketches; empty: not compared with others).
    """

    __tablename__ = "document"
    __table_args__ = (
        ordered("period_first", "period_last"),
        Index("ix_document_report", "region", "body", "kind", "period_first"),
    )

    id: int | None = Field(default=None, primary_key=True)
    source_id: str | None = Field(default=None, foreign_key="source.id", index=True)
    title: str
    issuer: str = ""
    body: str | None = None
    region: str | None = Field(default=None, foreign_key="region.code")
    level: str | None = None
    kind: str | None = None
    period_first: int | None = None
    period_last: int | None = None
    published: date | None = Field(default=None, index=True)
    published_year: int | None = None
    url: str
    edition_id: int | None = Field(default=None)
    sketch: bytes | None = Field(default=None, sa_type=LargeBinary)
    first_seen_at: datetime = Field(sa_type=UtcTime)


class Capture(Record, table=True):
    """The ordered snapshots of a document at one moment; `key` is the SHA-256 over theirs.

    A page that returns to earlier bytes makes a new capture: `number` counts them within the document.
    """

    __tablename__ = "capture"
    __table_args__ = (UniqueConstraint("document_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id")
    number: int
    key: str
    captured_at: datetime = Field(sa_type=UtcTime)


class CapturePart(Record, table=True):
    """One snapshot in a capture; `role` is page or attachment."""

    __tablename__ = "capture_part"

    capture_id: int = Field(primary_key=True, foreign_key="capture.id")
    position: int = Field(primary_key=True)
    sha256: str = Field(foreign_key="snapshot.sha256")
    role: str = "page"
    url: str = ""


class CanonicalText(Record, table=True):
    """A canonical text once, whatever the number of editions that read it: zlib of its UTF-8."""

    __tablename__ = "canonical_text"

    sha256: str = Field(primary_key=True)
    characters: int
    packed: bytes = Field(sa_type=LargeBinary)


class DocumentSketch(Record, table=True):
    """Keys of a document's texts, hashes of figures that follow each other: copies share most (storage.sketches)."""

    __tablename__ = "document_sketch"

    hash: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    document_id: int = Field(primary_key=True, foreign_key="document.id")
