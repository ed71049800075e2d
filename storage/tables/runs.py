"""What ran, what it came to, and what is still to be done."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from storage.tables.base import Record, one_of
from storage.types import Counts, UtcTime
from storage.vocabulary import DueReason, RunResult


class Run(Record, table=True):
    """One run of a flow or command; `flow_run_id` is Prefect's."""

    __tablename__ = "run"

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    name: str = ""
    flow_run_id: str | None = None
    started_at: datetime = Field(sa_type=UtcTime, index=True)
    ended_at: datetime | None = Field(default=None, sa_type=UtcTime)
    counts: dict[str, int] = Field(default_factory=dict, sa_type=Counts)
    note: str = ""


class SourceRun(Record, table=True):
    """One source in one run, with its one named result."""

    __tablename__ = "source_run"
    __table_args__ = (
        UniqueConstraint("run_id", "source_id"),
        Index(None, "source_id", "started_at"),
        one_of("result", RunResult),
    )

    id: int | None = Field(default=None, primary_key=True)
    run_id: int = Field(foreign_key="run.id")
    source_id: str = Field(foreign_key="source.id")
    result: str | None = None
    links: int = 0
    new: int = 0
    unchanged: int = 0
    refused: int = 0
    figures: int = 0
    unread: int = 0
    counts: dict[str, int] = Field(default_factory=dict, sa_type=Counts)
    note: str = ""
    started_at: datetime = Field(sa_type=UtcTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcTime)


class EvaluationDue(Record, table=True):
    """An edition that rules have not looked at since something about it changed."""

    __tablename__ = "evaluation_due"
    __table_args__ = (UniqueConstraint("edition_id", "reason"), one_of("reason", DueReason))

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id")
    reason: str = DueReason.EDITION.value
    due_since: datetime = Field(sa_type=UtcTime)


class Lease(Record, table=True):
    """A named right held by one process until a moment: pacing of a host, one rereader, one dispatcher."""

    __tablename__ = "lease"

    name: str = Field(primary_key=True)
    owner: str
    until: datetime = Field(sa_type=UtcTime)
