"""Syncing regions, indicators and source cards into tables: what left the catalogue is retired, never deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select as select_columns
from sqlalchemy import update
from sqlmodel import Session, SQLModel, col, select

from storage.bulk import insert_rows, table_of
from storage.facts import IndicatorFacts, RegionFacts
from storage.inputs import IndicatorInput, RegionInput, SourceInput
from storage.prepared import Row
from storage.rows import indicator_facts, region_facts
from storage.tables import Indicator, Region, Source
from storage.types import plain


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync did, by id."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    retired: tuple[str, ...]


def sync_regions(session: Session, regions: Iterable[RegionInput]) -> Synced:
    """Make the table say what the catalogue says."""
    wanted = {
        item.code: {
            "code": item.code,
            "name": item.name,
            "short_name": item.short_name,
            "level": item.level,
            "parent": item.parent,
        }
        for item in regions
    }
    return _sync(session, Region, "code", dict(sorted(wanted.items(), key=lambda pair: (len(pair[0]), pair[0]))))


def sync_indicators(session: Session, indicators: Iterable[IndicatorInput]) -> Synced:
    """Make the table say what the catalogue says; references between indicators may go either way."""
    wanted: dict[str, Mapping[str, object]] = {}
    references = ("part_of", "rate_of", "rate_base")
    inputs = list(indicators)
    for item in inputs:
        fields = {name: getattr(item, name) for name in IndicatorInput.__dataclass_fields__ if name not in references}
        fields["thresholds"] = {name: plain(value) for name, value in item.thresholds.items()}
        wanted[item.id] = fields
    first = _sync(session, Indicator, "id", wanted)
    referring = {item.id: {name: getattr(item, name) for name in ("id", *references)} for item in inputs}
    second = _sync(session, Indicator, "id", referring)
    changed = sorted((set(first.changed) | set(second.changed)) - set(first.added))
    return Synced(first.added, tuple(changed), first.retired)


def sync_sources(session: Session, sources: Iterable[SourceInput], *, now: datetime) -> Synced:
    """Make the table say what the cards say. Whether a source's first run is done is kept."""
    wanted: dict[str, Mapping[str, object]] = {
        item.id: {name: getattr(item, name) for name in SourceInput.__dataclass_fields__} for item in sources
    }
    return _sync(session, Source, "id", wanted, new={"synced_at": now})


def regions(session: Session) -> dict[str, RegionFacts]:
    """Every region by its code."""
    return {row.code: region_facts(row) for row in session.exec(select(Region).order_by(col(Region.code)))}


def indicators(session: Session) -> dict[str, IndicatorFacts]:
    """Every indicator that is not retired, by its id."""
    query = select(Indicator).where(col(Indicator.retired).is_(False)).order_by(col(Indicator.id))
    return {row.id: indicator_facts(row) for row in session.exec(query)}


def sources(session: Session) -> Sequence[Source]:
    """Every source that is not retired, in the order of their ids."""
    return session.exec(select(Source).where(col(Source.retired).is_(False)).order_by(col(Source.id))).all()


def first_run_done(session: Session, source_id: str) -> bool:
    """Whether a source has once been collected to its end: only then is what it publishes news."""
    return session.get_one(Source, source_id).first_run_done


def finish_first_run(session: Session, source_id: str) -> None:
    """From now on what this source publishes is news."""
    source = session.get_one(Source, source_id)
    source.first_run_done = True
    session.add(source)
    session.flush()


def _sync(
    session: Session,
    table: type[SQLModel],
    key: str,
    wanted: Mapping[str, Mapping[str, object]],
    new: Mapping[str, object] | None = None,
) -> Synced:
    """Rows that are missing are added, those that differ changed, those that nobody wants any more retired.

    Without mapped objects: a new record gets a thousand rows before the first page is asked for.
    """
    session.flush()
    connection = session.connection()
    columns = table_of(table).c
    names = sorted({key, "retired"}.union(*wanted.values()))
    found = connection.execute(select_columns(*(columns[name] for name in names)))
    have: dict[str, Row] = {row[key]: {**row} for row in found.mappings()}
    added: dict[str, Row] = {}
    changed: dict[str, Row] = {}
    for name, fields in wanted.items():
        row = have.get(name)
        if row is None:
            added[name] = {**_defaults(table), **fields, **(new or {})}
        elif differing := _differing(row, {**fields, "retired": False}):
            changed[name] = {**differing, **(new or {})}
    retired: dict[str, Row] = {
        name: {"retired": True} for name, row in have.items() if name not in wanted and not row["retired"]
    }
    # In the order given: a region's parent stands before it.
    insert_rows(connection, table, list(added.values()))
    for name, fields in {**changed, **retired}.items():
        connection.execute(update(table).where(columns[key] == name).values(**fields))
    session.expire_all()
    return Synced(tuple(added), tuple(changed), tuple(retired))


def _defaults(table: type[SQLModel]) -> Row:
    fields = table.model_fields.items()
    return {name: field.get_default(call_default_factory=True) for name, field in fields if not field.is_required()}


def _differing(row: Mapping[str, object], fields: Mapping[str, object]) -> Row:
    return {name: value for name, value in fields.items() if row[name] != value}
