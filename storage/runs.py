"""What ran and what it came to; and leases, so that one process at a time does what only one may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.bulk import insert_missing
from storage.tables import Lease, Run, SourceRun
from storage.vocabulary import RunResult

# A page that is gone makes a run partial; the source itself is well.
WELL = (RunResult.OK, RunResult.NOTHING_NEW, RunResult.PARTIAL)


@dataclass(frozen=True, slots=True)
class SourceCounts:
    """What a source run counted; `more` are further counts by name (list page links, fields filled …)."""

    links: int = 0
    new: int = 0
    unchanged: int = 0
    refused: int = 0
    figures: int = 0
    unread: int = 0
    more: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourceRunFacts:
    """One past run of one source."""

    run_id: int
    source_id: str
    result: RunResult | None
    counts: SourceCounts
    note: str
    started_at: datetime
    ended_at: datetime | None


def start_run(session: Session, *, kind: str, now: datetime, name: str = "", flow_run_id: str | None = None) -> int:
    """A run begins; gives its id. `kind` is ingest, backfill, reread …."""
    row = Run(kind=kind, name=name, flow_run_id=flow_run_id, started_at=now)
    session.add(row)
    session.flush()
    assert row.id is not None  # noqa: S101 - the flush gave it
    return row.id


def end_run(
    session: Session, run_id: int, *, now: datetime, counts: Mapping[str, int] | None = None, note: str = ""
) -> None:
    """A run has ended; a run without an end was interrupted."""
    row = session.get_one(Run, run_id)
    row.ended_at, row.counts, row.note = now, dict(counts or {}), note
    session.add(row)
    session.flush()


def start_source_run(session: Session, run_id: int, source_id: str, *, now: datetime) -> int:
    """A source's part of a run begins (or begins again after a retry); gives its id."""
    row = {
        "run_id": run_id,
        "source_id": source_id,
        "started_at": now,
        "links": 0,
        "new": 0,
        "unchanged": 0,
        "refused": 0,
        "figures": 0,
        "unread": 0,
        "counts": {},
        "note": "",
    }
    insert_missing(session, SourceRun, [row], ["run_id", "source_id"])
    found = session.exec(select(SourceRun.id).where(SourceRun.run_id == run_id, SourceRun.source_id == source_id)).one()
    assert found is not None  # noqa: S101 - it comes from the table
    return found


def end_source_run(
    session: Session,
    source_run_id: int,
    *,
    result: RunResult,
    counts: SourceCounts,
    now: datetime,
    note: str = "",
) -> None:
    """A source's part has ended in its one named result."""
    row = session.get_one(SourceRun, source_run_id)
    row.result, row.note, row.ended_at = result.value, note, now
    row.links, row.new, row.unchanged, row.refused = counts.links, counts.new, counts.unchanged, counts.refused
    row.figures, row.unread, row.counts = counts.figures, counts.unread, dict(counts.more)
    session.add(row)
    session.flush()


def source_history(
    session: Session, source_id: str, *, limit: int = 30, with_pages: bool = False
) -> tuple[SourceRunFacts, ...]:
    """A source's past runs, newest first; `with_pages`: those that brought something new."""
    query = (
        select(SourceRun)
        .where(SourceRun.source_id == source_id)
        .order_by(col(SourceRun.started_at).desc(), col(SourceRun.id).desc())
        .limit(limit)
    )
    if with_pages:
        query = query.where(SourceRun.new > 0)
    return tuple(_facts(row) for row in session.exec(query))


def last_well(session: Session, source_id: str) -> datetime | None:
    """When a source last ended well (ok or nothing_new), None where it never did."""
    query = (
        select(SourceRun.ended_at)
        .where(SourceRun.source_id == source_id, col(SourceRun.result).in_([result.value for result in WELL]))
        .order_by(col(SourceRun.started_at).desc())
        .limit(1)
    )
    return session.exec(query).first()


def failing_from(session: Session, source_id: str) -> int | None:
    """The first run of those that have failed since a source last ended well; None where its latest did not fail."""
    ended = (
        select(SourceRun)
        .where(SourceRun.source_id == source_id, col(SourceRun.result).is_not(None))
        .order_by(col(SourceRun.started_at).desc(), col(SourceRun.id).desc())
    )
    latest = session.exec(ended.limit(1)).first()
    if latest is None or latest.result in WELL:
        return None
    well = last_well(session, source_id)
    since = ended.order_by(None).order_by(col(SourceRun.started_at), col(SourceRun.id)).limit(1)
    first = session.exec(since.where(SourceRun.started_at > well) if well else since).one()
    return first.run_id


def take_lease(session: Session, name: str, *, owner: str, now: datetime, lasts: timedelta) -> bool:
    """Take (or prolong) a lease; False where another owner holds it. A lease that ran out may be taken."""
    insert_missing(session, Lease, [{"name": name, "owner": owner, "until": now + lasts}], ["name"])
    row = session.exec(select(Lease).where(Lease.name == name).with_for_update()).one()
    if row.owner != owner and row.until > now:
        return False
    row.owner, row.until = owner, now + lasts
    session.add(row)
    session.flush()
    return True


def lease_holder(session: Session, name: str) -> tuple[str, datetime] | None:
    """Who took a lease last, and until when; None where nobody has it."""
    row = session.get(Lease, name)
    return None if row is None else (row.owner, row.until)


def drop_lease(session: Session, name: str, *, owner: str) -> None:
    """Give a lease back; one that another has taken over stays."""
    session.connection().execute(delete(Lease).where(col(Lease.name) == name, col(Lease.owner) == owner))


def _facts(row: SourceRun) -> SourceRunFacts:
    return SourceRunFacts(
        run_id=row.run_id,
        source_id=row.source_id,
        result=None if row.result is None else RunResult(row.result),
        counts=SourceCounts(
            links=row.links,
            new=row.new,
            unchanged=row.unchanged,
            refused=row.refused,
            figures=row.figures,
            unread=row.unread,
            more=row.counts,
        ),
        note=row.note,
        started_at=row.started_at,
        ended_at=row.ended_at,
    )
