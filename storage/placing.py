"""Figures on their way into the record: which series each belongs to, and what people have corrected about it.

A figure belongs to a series when its indicator, period and region are known. Parts of the key that the figure does not
say come from its indicator and its document. A unit that is not the indicator's makes a series of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.engine import Connection

from storage.bulk import table_of
from storage.facts import IndicatorFacts
from storage.inputs import DocumentInput, ObservationInput
from storage.periods import period_kind
from storage.tables import Correction, Series
from storage.upsert import insert_missing_rows
from storage.vocabulary import Check, Held, Standing

# Counting words that count the same thing.
SAME_UNIT = (
    frozenset({"件", "宗", "案", "起", "例"}),
    frozenset({"人", "名", "位", "人次"}),
    frozenset({"个", "家", "处"}),
    frozenset({"%", "％"}),
)


class SeriesKey(NamedTuple):
    """The columns that make a series; see storage.tables.series.Series."""

    indicator_id: str
    region: str
    measure: str
    body: str
    own: bool
    level: str
    period_kind: str


@dataclass(slots=True)
class Placed:
    """One figure with its place. `value` is what counts: the corrected one where there is a correction."""

    id: int
    position: int
    given: ObservationInput
    key: SeriesKey | None
    value: Decimal | None
    series_id: int | None = None
    corrected: bool = False
    settled: bool = False
    rejected: bool = False
    held: Held | None = None
    standing: Standing = Standing.NONE
    change_ids: Sequence[int] = ()
    change_standings: dict[int, Standing] = field(default_factory=dict)

    @property
    def slot(self) -> tuple[int, int, int] | None:
        """Its point: series, first and last month."""
        if self.series_id is None or self.given.period_first is None or self.given.period_last is None:
            return None
        return (self.series_id, self.given.period_first, self.given.period_last)

    @property
    def usable(self) -> bool:
        """Whether it may be the value of its point."""
        return self.value is not None and self.held is None and not self.rejected


@dataclass(frozen=True, slots=True)
class Doubt:
    """A finding on its way into the table."""

    check: Check
    severity: str
    figure: Placed | None
    note: str
    expected: Decimal | None = None
    actual: Decimal | None = None
    other_id: int | None = None
    change_id: int | None = None


def same_unit(one: str, other: str) -> bool:
    """Whether two counting words count the same thing."""
    return one == other or any(one in group and other in group for group in SAME_UNIT)


def series_key(
    figure: ObservationInput, document: DocumentInput, indicators: Mapping[str, IndicatorFacts]
) -> SeriesKey | None:
    """The series a figure belongs to, None where indicator, period or region are not known."""
    region = figure.scope_region or document.region
    if figure.indicator is None or figure.period_first is None or figure.period_last is None or region is None:
        return None
    indicator = indicators[figure.indicator]
    fits = figure.value is None or not figure.unit or same_unit(figure.unit, indicator.unit)
    return SeriesKey(
        indicator_id=indicator.id,
        region=region,
        measure=indicator.measure if fits else figure.unit,
        body=figure.scope_body or indicator.body or document.body or "",
        own=figure.scope_own,
        level=figure.level or document.level or "",
        period_kind=period_kind(figure.period_first, figure.period_last),
    )


def series_ids(connection: Connection, keys: Iterable[SeriesKey]) -> dict[SeriesKey, int]:
    """The ids of these series, made where they are new."""
    wanted = list(dict.fromkeys(keys))
    found = _find_series(connection, wanted)
    missing = [key for key in wanted if key not in found]
    if missing:
        insert_missing_rows(connection, Series, [key._asdict() for key in missing], SeriesKey._fields)
        found.update(_find_series(connection, missing))
    return found


def apply_corrections(connection: Connection, document_id: int, figures: Sequence[Placed]) -> list[Doubt]:
    """Put the values in that people have set right; a correction that no longer matches is told, not applied."""
    table = table_of(Correction)
    query = select(table).where(table.c.document_id == document_id, table.c.ended_at.is_(None)).order_by(table.c.id)
    doubts = []
    for row in connection.execute(query):
        about = [figure for figure in figures if _is_about(row, figure)]
        matching = [figure for figure in about if figure.given.value == row.expected_old]
        for figure in matching:
            figure.settled, figure.rejected = True, row.rejected
            if not row.rejected and row.new_value != figure.given.value:
                figure.value, figure.corrected = row.new_value, True
        if not matching:
            note = f"correction {row.id} expects {row.expected_old}; it was not applied"
            first = about[0] if about else None
            actual = None if first is None else first.given.value
            doubts.append(Doubt(Check.CORRECTION_STALE, "notable", first, note, row.expected_old, actual))
    return doubts


def _is_about(row: object, figure: Placed) -> bool:
    given = figure.given
    names = ("indicator_id", "subject", "scope_region", "unit", "period_first", "period_last")
    indicator_id, subject, region, unit, first, last = (getattr(row, name) for name in names)
    same_thing = given.indicator == indicator_id if indicator_id else given.subject == subject
    same_place = given.scope_region == region and given.unit == unit
    return same_thing and same_place and (given.period_first, given.period_last) == (first, last)


def _find_series(connection: Connection, keys: Sequence[SeriesKey]) -> dict[SeriesKey, int]:
    if not keys:
        return {}
    table = table_of(Series)
    query = select(table.c.id, *(table.c[name] for name in SeriesKey._fields)).where(
        table.c.indicator_id.in_({key.indicator_id for key in keys}), table.c.region.in_({key.region for key in keys})
    )
    return {SeriesKey(*row[1:]): row[0] for row in connection.execute(query)}
