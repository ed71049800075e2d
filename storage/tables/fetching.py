"""What is remembered of addresses: where they are, when they were asked, what came, which links were seen."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from storage.tables.base import Record, one_of
from storage.types import UtcTime
from storage.vocabulary import LinkState, Outcome


class Address(Record, table=True):
    """An address as it is asked for (normalised by the client). `kind`: list, article or attachment."""

    __tablename__ = "address"

    id: int | None = Field(default=None, primary_key=True)
    url: str = Field(unique=True)
    kind: str = "article"
    source_id: str | None = Field(default=None, foreign_key="source.id")
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    first_seen_at: datetime = Field(sa_type=UtcTime)


class FetchState(Record, table=True):
    """The last word on one address: validators for the next conditional request, and when that is due.

    `text_sha256` is the article's canonical text as last read: what is compared to see whether anything changed.
    """

    __tablename__ = "fetch_state"
    __table_args__ = (one_of("outcome", Outcome), Index(None, "source_id", "due_at"))

    address_id: int = Field(primary_key=True, foreign_key="address.id")
    source_id: str | None = Field(default=None, foreign_key="source.id")
    etag: str | None = None
    last_modified: str | None = None
    outcome: str | None = None
    status: int | None = None
    note: str = ""
    snapshot_sha256: str | None = Field(default=None, foreign_key="snapshot.sha256")
    text_sha256: str | None = None
    checked_at: datetime | None = Field(default=None, sa_type=UtcTime)
    succeeded_at: datetime | None = Field(default=None, sa_type=UtcTime)
    failures: int = 0
    due_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Fetch(Record, table=True):
    """The log of requests, thinned by setting."""

    __tablename__ = "fetch"
    __table_args__ = (one_of("outcome", Outcome),)

    id: int | None = Field(default=None, primary_key=True)
    address_id: int = Field(foreign_key="address.id", index=True)
    at: datetime = Field(sa_type=UtcTime, index=True)
    outcome: str
    status: int | None = None
    bytes: int | None = None
    milliseconds: int | None = None
    snapshot_sha256: str | None = Field(default=None, foreign_key="snapshot.sha256")
    note: str = ""


class SeenLink(Record, table=True):
    """A link found on a source's list page."""

    __tablename__ = "seen_link"
    __table_args__ = (
        UniqueConstraint("source_id", "url"),
        Index(None, "source_id", "state"),
        one_of("state", LinkState),
    )

    id: int | None = Field(default=None, primary_key=True)
    source_id: str = Field(foreign_key="source.id")
    url: str
    title: str = ""
    printed_date: date | None = None
    state: str = LinkState.NEW.value
    note: str = ""
    first_seen_at: datetime = Field(sa_type=UtcTime)


class PassedLink(Record, table=True):
    """A link of a source's list pages that was left alone: no report by its title, or outside the window."""

    __tablename__ = "passed_link"
    __table_args__ = (UniqueConstraint("source_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    source_id: str = Field(foreign_key="source.id")
    key: str
    seen_at: datetime = Field(sa_type=UtcTime)
