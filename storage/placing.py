"""Figures on their way into the record: which series each belongs to, and what people have corrected about it.

A figure belongs to a series when its indicator, period and region are known. Parts of the key that the figure does not
say come from its indicator and its document. A unit that is not the indicator's makes a series of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy.engine import Connection

from storage.bulk import insert_missing_rows
from storage.facts import IndicatorFacts
from storage.inputs import DocumentInput, ObservationInput
from storage.periods import period_kind
from storage.prepared import Query, number
from storage.tables import Series
from storage.vocabulary import Check, Held, Severity, Standing

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
    """Whether two counting words count the same thing; a figure without one counts what it is held against."""
    return one == other or not (one and other) or any(one in group and other in group for group in SAME_UNIT)


def series_key(
    figure: ObservationInput, document: DocumentInput, indicators: Mapping[str, IndicatorFacts]
) -> SeriesKey | None:
    """The series a figure belongs to, None where indicator, period or region are not known."""
    region = figure.scope_region or document.region
    if figure.indicator is None or figure.period_first is None or figure.period_last is None or region is None:
        return None
    indicator = indicators[figure.indicator]
    fits = figure.value is None or same_unit(figure.unit, indicator.unit)
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


_CORRECTIONS = Query("""
    SELECT id, indicator_id, subject, scope_region, unit, period_first, period_last, expected_old, new_value, rejected
    FROM correction WHERE document_id = :document AND ended_at IS NULL ORDER BY id
""")


def apply_corrections(connection: Connection, document_id: int, figures: Sequence[Placed]) -> list[Doubt]:
    """Put the values in that people have set right; a correction that no longer matches is told, not applied."""
    doubts = []
    for correction_id, *about, old, new, rejected in _CORRECTIONS.rows(connection, document=document_id):
        meant = [figure for figure in figures if _is_about(about, figure)]
        matching = [figure for figure in meant if figure.given.value == number(old)]
        for figure in matching:
            figure.settled, figure.rejected = True, bool(rejected)
            if not rejected and number(new) != figure.given.value:
                figure.value, figure.corrected = number(new), True
        if not matching:
            note = f"correction {correction_id} expects {number(old)}; it was not applied"
            first = meant[0] if meant else None
            actual = None if first is None else first.given.value
            doubts.append(Doubt(Check.CORRECTION_STALE, Severity.NOTABLE, first, note, number(old), actual))
    return doubts


def _is_about(about: Sequence[Any], figure: Placed) -> bool:
    indicator_id, subject, region, unit, first, last = about
    given = figure.given
    # Either is enough: a better reader may name another indicator, or word the subject in full.
    same_thing = given.subject == subject or (indicator_id is not None and given.indicator == indicator_id)
    same_place = given.scope_region == region and given.unit == unit
    return same_thing and same_place and (given.period_first, given.period_last) == (first, last)


_FIND = Query("""
    SELECT id, indicator_id, region, measure, body, own, level, period_kind FROM series
    WHERE indicator_id = ANY(:indicators) AND period_kind = ANY(:kinds) AND region = ANY(:regions)
""")


def _find_series(connection: Connection, keys: Sequence[SeriesKey]) -> dict[SeriesKey, int]:
    if not keys:
        return {}
    found = _FIND.rows(
        connection,
        indicators={key.indicator_id for key in keys},
        kinds={key.period_kind for key in keys},
        regions={key.region for key in keys},
    )
    return {
        SeriesKey(indicator, region, measure, body, bool(own), level, kind): series_id
        for series_id, indicator, region, measure, body, own, level, kind in found
    }
