"""What was read: editions, observations, changes, unread figures, findings; and what people decided about them.

    edition ─< observation ─< change
            ─< unread
            ─< finding >─ observation
    correction, review: data of people, which survive rereading

All offsets count characters of the edition's canonical text, end exclusive.
"""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from storage.tables.base import Record, one_of, ordered
from storage.types import Counts, ExactNumber, UtcTime, Words
from storage.vocabulary import Cause, Check, Decision, Held, Origin, Severity, Standing, Status

# Which figures wait for a person: few of very many.
_HELD = text("held IS NOT NULL")


class Edition(Record, table=True):
    """One reading of one capture by one extractor and one reader; nothing is overwritten.

    `baseline`: history, whose alerts are stored and not sent. `cause`: what made it differ from `previous_id`.
    `searchable`: its words are in the search index, which is brought up to date apart from writing. `evaluated`: rules
    have looked at it; what they see as "before" is the last one of the document that they looked at.
    """

    __tablename__ = "edition"
    __table_args__ = (
        UniqueConstraint("capture_id", "extractor_version", "reader_version"),
        one_of("origin", Origin),
        one_of("cause", Cause),
    )

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id", index=True)
    capture_id: int = Field(foreign_key="capture.id")
    previous_id: int | None = Field(default=None, foreign_key="edition.id")
    extractor_version: str
    reader_version: str
    text_sha256: str = Field(foreign_key="canonical_text.sha256")
    origin: str = Origin.ORDINARY.value
    cause: str = Cause.FIRST.value
    baseline: bool = False
    observations: int = 0
    unread: int = 0
    ignored: dict[str, int] = Field(default_factory=dict, sa_type=Counts)
    searchable: bool = Field(default=False, index=True)
    evaluated: bool = False
    created_at: datetime = Field(sa_type=UtcTime, index=True)


class Observation(Record, table=True):
    """One stated figure. `value` is None where the text states only a change; then the span is the change's.

    `standing` tells whether it is its point's value, and if not, which rule took another. `given_value` is what was
    read where a correction put another value in `value`.
    """

    __tablename__ = "observation"
    __table_args__ = (
        UniqueConstraint("edition_id", "position"),
        Index(None, "series_id", "period_first", "period_last"),
        Index("ix_observation_held", "held_at", sqlite_where=_HELD, postgresql_where=_HELD),
        one_of("status", Status),
        one_of("standing", Standing),
        one_of("held", Held),
        ordered("period_first", "period_last"),
        ordered("span_start", "span_end"),
        ordered("quote_start", "quote_end"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id")
    position: int
    series_id: int | None = Field(default=None, foreign_key="series.id")
    indicator_id: str | None = Field(default=None, foreign_key="indicator.id")
    subject: str
    scope_body: str | None = None
    scope_own: bool = False
    scope_region: str | None = Field(default=None, foreign_key="region.code")
    scope_words: str = ""
    level: str | None = None
    period_first: int | None = None
    period_last: int | None = None
    value: Decimal | None = Field(default=None, sa_type=ExactNumber)
    given_value: Decimal | None = Field(default=None, sa_type=ExactNumber)
    precision: Decimal | None = Field(default=None, sa_type=ExactNumber)
    unit: str = ""
    qualifier: str = "exact"
    status: str = Status.STATED.value
    remarks: tuple[str, ...] = Field(default=(), sa_type=Words)
    rules: tuple[str, ...] = Field(default=(), sa_type=Words)
    span_start: int
    span_end: int
    quote_start: int
    quote_end: int
    quotation: str
    standing: str = Standing.NONE.value
    held: str | None = None
    held_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Change(Record, table=True):
    """One stated change. `value` is positive, None where flat; an absolute change is in `unit`, in base units."""

    __tablename__ = "change"
    __table_args__ = (
        UniqueConstraint("observation_id", "position"),
        one_of("standing", Standing),
        ordered("span_start", "span_end"),
    )

    id: int | None = Field(default=None, primary_key=True)
    observation_id: int = Field(foreign_key="observation.id")
    edition_id: int = Field(foreign_key="edition.id", index=True)
    position: int
    direction: str
    value: Decimal | None = Field(default=None, sa_type=ExactNumber)
    precision: Decimal | None = Field(default=None, sa_type=ExactNumber)
    form: str
    basis: str
    base_period: str | None = None
    unit: str = ""
    qualifier: str = "exact"
    rules: tuple[str, ...] = Field(default=(), sa_type=Words)
    span_start: int
    span_end: int
    standing: str = Standing.NONE.value


class Unread(Record, table=True):
    """A figure that was seen and could not be placed, with the reason and its sentence."""

    __tablename__ = "unread"
    __table_args__ = (ordered("span_start", "span_end"),)

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True)
    span_start: int
    span_end: int
    reason: str
    quotation: str = ""


class Finding(Record, table=True):
    """What a check says about a stored figure; rules read it, it mutes nothing.

    `expected` and `actual` are in the figure's unit (or per cent, as the check says); `other_id` is the figure it was
    held against.
    """

    __tablename__ = "finding"
    __table_args__ = (one_of("check_name", Check), one_of("severity", Severity))

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True)
    observation_id: int | None = Field(default=None, foreign_key="observation.id")
    change_id: int | None = Field(default=None, foreign_key="change.id")
    other_id: int | None = Field(default=None, foreign_key="observation.id")
    check_name: str
    severity: str = Severity.NOTABLE.value
    expected: Decimal | None = Field(default=None, sa_type=ExactNumber)
    actual: Decimal | None = Field(default=None, sa_type=ExactNumber)
    note: str = ""


class Correction(Record, table=True):
    """A value that a person set right, as data that survives rereading.

    It applies to the document's figure of that subject (or indicator), scope region and period whose read value is
    `expected_old`; where the value no longer matches, it is left alone and a finding says so.
    """

    __tablename__ = "correction"

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id", index=True)
    indicator_id: str | None = Field(default=None, foreign_key="indicator.id")
    subject: str
    scope_region: str | None = None
    unit: str = ""
    period_first: int | None = None
    period_last: int | None = None
    expected_old: Decimal | None = Field(default=None, sa_type=ExactNumber)
    new_value: Decimal | None = Field(default=None, sa_type=ExactNumber)
    rejected: bool = False
    reason: str
    author: str
    created_at: datetime = Field(sa_type=UtcTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Review(Record, table=True):
    """What a person decided of a held figure, with what stood there."""

    __tablename__ = "review"
    __table_args__ = (one_of("decision", Decision), one_of("held", Held))

    id: int | None = Field(default=None, primary_key=True)
    observation_id: int = Field(foreign_key="observation.id", index=True)
    decision: str
    held: str | None = None
    machine_value: Decimal | None = Field(default=None, sa_type=ExactNumber)
    accepted_value: Decimal | None = Field(default=None, sa_type=ExactNumber)
    reader_version: str
    reviewer: str
    note: str = ""
    decided_at: datetime = Field(sa_type=UtcTime)
