"""The queries behind exports, streamed; in an order of meaning, not of writing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from storage.export.columns import Kind
from storage.periods import period_kind, period_text
from storage.prepared import day, number

# What one exported row is: column name to value, of the column's type.
Value = str | Decimal | int | bool | date | None
Exported = dict[str, Value]
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Filter:
    """What to export; None is everything. Months as in storage.periods."""

    indicator: str | None = None
    region: str | None = None
    body: str | None = None
    period_first: int | None = None
    period_last: int | None = None
    since: date | None = None
    source: str | None = None


_SOURCE = """d.title, d.published, d.url,
    (SELECT part.sha256 FROM capture_part part WHERE part.capture_id = e.capture_id ORDER BY part.position LIMIT 1)"""
_FIGURE = f"""coalesce(o.indicator_id, '') AS indicator, i.label, o.scope_region AS region, r.short_name,
    o.scope_body AS body, o.scope_own, coalesce(o.level, d.level, '') AS level, o.period_first, o.period_last,
    o.value, o.precision, o.unit, o.qualifier, o.quotation, {_SOURCE}"""
_FROM_FIGURE = """
    FROM observation o JOIN edition e ON e.id = o.edition_id JOIN document d ON d.id = e.document_id
        LEFT JOIN indicator i ON i.id = o.indicator_id LEFT JOIN region r ON r.code = o.scope_region"""
_FILTERS = """
    WHERE {standing}
        AND (:indicator IS NULL OR {indicator} = :indicator) AND (:region IS NULL OR {region} = :region)
        AND (:body IS NULL OR {body} = :body) AND (:first IS NULL OR {first} >= :first)
        AND (:last IS NULL OR {last} <= :last) AND (:since IS NULL OR d.published >= :since)
        AND (:source IS NULL OR d.source_id = :source)"""
# All that is put into these texts are names of columns of ours; what is asked for is bound.
# ruff: noqa: S608
_OF_FIGURE = _FILTERS.format(
    standing="o.standing <> 'superseded'",
    indicator="o.indicator_id",
    region="o.scope_region",
    body="o.scope_body",
    first="o.period_first",
    last="o.period_last",
)
_OF_SERIES = _FILTERS.format(
    standing="1 = 1",
    indicator="s.indicator_id",
    region="s.region",
    body="s.body",
    first="p.period_first",
    last="p.period_last",
)
# Texts are ordered by their bytes on both; PostgreSQL would go by the language of the server.
_QUERIES: dict[Kind, str] = {
    "observations": f"""SELECT {_FIGURE}, o.subject, o.scope_words, o.status, o.standing, o.held, o.remarks,
        e.reader_version {_FROM_FIGURE} {_OF_FIGURE} AND o.value IS NOT NULL
        ORDER BY coalesce(o.indicator_id, '') {{bytes}}, o.scope_region {{bytes}} NULLS FIRST,
            o.scope_body {{bytes}} NULLS FIRST, o.scope_own, o.period_first NULLS FIRST, o.period_last, d.url {{bytes}},
            o.position""",
    "changes": f"""SELECT {_FIGURE}, o.subject, o.scope_words, c.standing, c.direction, c.value, c.precision,
        c.qualifier, c.form, c.basis, coalesce(c.base_period, ''), c.unit
        {_FROM_FIGURE} JOIN change c ON c.observation_id = o.id
        {_OF_FIGURE}
        ORDER BY coalesce(o.indicator_id, '') {{bytes}}, o.scope_region {{bytes}} NULLS FIRST,
            o.scope_body {{bytes}} NULLS FIRST, o.scope_own, o.period_first NULLS FIRST, o.period_last, d.url {{bytes}},
            o.position, c.position""",
    "series": f"""SELECT s.indicator_id, i.label, s.region, r.short_name, s.body, s.own, s.level, p.period_first,
        p.period_last, p.value, p.precision, p.unit, p.qualifier, o.quotation, {_SOURCE}, s.measure, p.segment,
        p.break_before, p.witnesses, p.excluded
        FROM point p JOIN series s ON s.id = p.series_id JOIN observation o ON o.id = p.observation_id
            JOIN edition e ON e.id = o.edition_id JOIN document d ON d.id = e.document_id
            JOIN indicator i ON i.id = s.indicator_id JOIN region r ON r.code = s.region
        {_OF_SERIES}
        ORDER BY s.indicator_id {{bytes}}, s.region {{bytes}}, s.measure {{bytes}}, s.body {{bytes}}, s.own,
            s.level {{bytes}}, p.period_first, p.period_last""",
}


def selected(session: Session, kind: Kind, wanted: Filter) -> Iterator[Exported]:
    """The rows of an export, one after the other; the whole never is in memory."""
    connection = session.connection().execution_options(yield_per=BATCH)
    values = {
        "indicator": wanted.indicator,
        "region": wanted.region,
        "body": wanted.body,
        "first": wanted.period_first,
        "last": wanted.period_last,
        "since": None if wanted.since is None else wanted.since.isoformat(),
        "source": wanted.source,
    }
    postgres = connection.dialect.name == "postgresql"
    query = _QUERIES[kind].replace("{bytes}", 'COLLATE "C"' if postgres else "")
    if postgres:
        query = _typed(query)
    for row in connection.execute(text(query), values):
        yield _row(kind, tuple(row))


def _typed(query: str) -> str:
    """PostgreSQL must be told what an absent value would be."""
    kinds = {"first": "integer", "last": "integer", "since": "date"}
    for name in ("indicator", "region", "body", "first", "last", "since", "source"):
        query = query.replace(f":{name}", f"CAST(:{name} AS {kinds.get(name, 'text')})")
    return query


def _row(kind: Kind, row: tuple[Any, ...]) -> Exported:
    indicator, label, region, region_name, body, own, level, first, last, *rest = row
    value, precision, unit, qualifier, quotation, title, published, url, snapshot, *more = rest
    exported: Exported = {
        "indicator": indicator,
        "indicator_label": label or "",
        "region": region or "",
        "region_name": region_name or "",
        "body": body or "",
        "own": bool(own),
        "level": level,
        "period": "" if first is None else period_text(first, last),
        "period_kind": "" if first is None else period_kind(first, last),
        "value": number(value),
        "precision": number(precision),
        "unit": unit,
        "qualifier": qualifier,
        "quotation": quotation,
        "title": title,
        "published": day(published),
        "url": url,
        "snapshot": snapshot or "",
    }
    more_columns: Exported = _MORE[kind](*more)
    return exported | more_columns


def _of_observation(
    subject: str, scope: str, status: str, standing: str, held: str | None, remarks: str | list[str], reader: str
) -> Exported:
    words = json.loads(remarks) if isinstance(remarks, str) else remarks
    return {
        "subject": subject,
        "scope": scope,
        "status": status,
        "standing": standing,
        "held": held or "",
        "remarks": "；".join(words or ()),
        "reader_version": reader,
    }


def _of_change(subject: str, scope: str, standing: str, *stated: str | None) -> Exported:
    direction, value, precision, qualifier, form, basis, base_period, unit = stated
    return {
        "subject": subject,
        "scope": scope,
        "standing": standing,
        "direction": direction,
        "change": number(value),
        "change_precision": number(precision),
        "change_qualifier": qualifier,
        "form": form,
        "basis": basis,
        "base_period": base_period,
        "change_unit": unit,
    }


def _of_point(measure: str, segment: int, broken: bool, witnesses: int, excluded: bool) -> Exported:  # noqa: FBT001 - columns
    return {
        "measure": measure,
        "segment": segment,
        "break_before": bool(broken),
        "witnesses": witnesses,
        "excluded": bool(excluded),
    }


_MORE: dict[Kind, Callable[..., Exported]] = {
    "observations": _of_observation,
    "changes": _of_change,
    "series": _of_point,
}
