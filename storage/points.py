"""Points of series: what is known of them, which claim each takes, where definitions break, and writing them.

known_points      the history of some series, bounded
claims_on         observations already stored that could be the value of the same points
settle            claims -> choices -> points, standings, breaks, segments
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy.engine import Connection

from storage.bulk import insert_or_update_rows
from storage.exactness import Interval, base_of, printed_precision, slack_of
from storage.inputs import ChangeInput
from storage.periods import year_before
from storage.placing import same_unit
from storage.prepared import Query, day, number
from storage.reconcile import Choice, Claim
from storage.tables import Point
from storage.vocabulary import Standing, Status

Slot = tuple[int, int, int]
# Levels further apart than this are no new definition: one of them is misread.
BREAK_FACTOR = 5


class Known(NamedTuple):
    """A point as it stands."""

    series_id: int
    first: int
    last: int
    value: Decimal
    precision: Decimal | None
    unit: str
    qualifier: str
    observation_id: int
    document_id: int
    stated_by: str
    segment: int = 0
    break_before: bool = False
    witnesses: int = 1
    excluded: bool = False

    @property
    def slot(self) -> Slot:
        """Series, first and last month."""
        return (self.series_id, self.first, self.last)

    @property
    def interval(self) -> Interval:
        """What its printed value may stand for."""
        return Interval.of(self.value, slack_of(self.value, self.precision, self.qualifier))


class StatedChange(NamedTuple):
    """A year-on-year change that a point's own observation states."""

    id: int
    form: str
    direction: str
    value: Decimal | None
    precision: Decimal | None
    unit: str = ""
    qualifier: str = "exact"


@dataclass(frozen=True, slots=True)
class Break:
    """A point whose body states a growth that its own earlier level does not give."""

    point: Known
    base: Known
    change: StatedChange
    implied: Interval


_COLUMNS = tuple(field for field in Known._fields if field not in ("first", "last"))

_HISTORY = Query("""
    SELECT series_id, period_first, period_last, value, precision, unit, qualifier, observation_id, document_id,
        stated_by, segment, break_before, witnesses, excluded
    FROM point WHERE series_id = ANY(:series) AND period_first >= :since ORDER BY series_id, period_first, period_last
""")


def known_points(
    connection: Connection, series: Collection[int], since: int
) -> dict[int, dict[tuple[int, int], Known]]:
    """By series, its points from the month `since` on, oldest first."""
    found: dict[int, dict[tuple[int, int], Known]] = defaultdict(dict)
    if not series:
        return found
    for row in _HISTORY.rows(connection, series=series, since=since):
        series_id, first, last, value, precision, unit, qualifier, figure, document, stated_by, *marks = row
        segment, broken, witnesses, excluded = marks
        found[series_id][first, last] = Known(
            series_id=series_id,
            first=first,
            last=last,
            value=Decimal(value),
            precision=number(precision),
            unit=unit,
            qualifier=qualifier,
            observation_id=figure,
            document_id=document,
            stated_by=stated_by,
            segment=segment,
            break_before=bool(broken),
            witnesses=witnesses,
            excluded=bool(excluded),
        )
    return found


_CLAIMS = Query("""
    SELECT o.series_id, o.period_first, o.period_last, o.id, e.document_id, o.position, o.status, o.scope_body,
        d.body, d.kind, d.published, o.value, o.precision, o.unit, o.qualifier, o.held, o.standing
    FROM observation o JOIN edition e ON e.id = o.edition_id JOIN document d ON d.id = e.document_id
    WHERE o.series_id = ANY(:series) AND o.period_first = ANY(:firsts) AND o.value IS NOT NULL
        AND o.standing <> 'superseded'
    ORDER BY o.id
""")


def claims_on(connection: Connection, slots: Collection[Slot]) -> dict[Slot, list[Claim]]:
    """Stored observations of standing editions that could be the value of these points."""
    found: dict[Slot, list[Claim]] = defaultdict(list)
    if not slots:
        return found
    wanted = set(slots)
    firsts = {slot[1] for slot in wanted}
    for row in _CLAIMS.rows(connection, series={slot[0] for slot in wanted}, firsts=firsts):
        slot = row[:3]
        if slot in wanted:
            found[slot].append(stored_claim(row[3:]))
    return found


def stored_claim(row: tuple[Any, ...], direction: str = "") -> Claim:
    """A claim from the columns id … standing of the query above."""
    claim_id, document_id, position, status, scope_body, body, kind, published, value, precision, *rest = row
    unit, qualifier, held, standing = rest
    return Claim(
        id=claim_id,
        document_id=document_id,
        position=position,
        derived=status == Status.DERIVED,
        scope_body=scope_body,
        body=body,
        kind=kind,
        published=day(published),
        value=number(value),
        precision=number(precision),
        unit=unit,
        qualifier=qualifier,
        direction=direction,
        usable=held is None and standing != Standing.REJECTED,
        standing=Standing(standing),
    )


def point_of(slot: Slot, choice: Choice, before: Known | None) -> Known | None:
    """The point that a choice makes; what people and breaks have marked on the one before stays."""
    taken = choice.taken
    if taken is None or taken.value is None:
        return None
    return Known(
        series_id=slot[0],
        first=slot[1],
        last=slot[2],
        value=taken.value,
        precision=taken.precision,
        unit=taken.unit,
        qualifier=taken.qualifier,
        observation_id=taken.id,
        document_id=taken.document_id,
        stated_by=taken.body or "",
        segment=0 if before is None else before.segment,
        break_before=before is not None and before.break_before,
        witnesses=choice.witnesses,
        excluded=before is not None and before.excluded,
    )


_YEARLY = Query("""
    SELECT observation_id, id, form, direction, value, precision, unit, qualifier FROM change
    WHERE observation_id = ANY(:figures) AND basis = 'yoy' ORDER BY id
""")


def yearly_changes(connection: Connection, observations: Collection[int]) -> dict[int, list[StatedChange]]:
    """The year-on-year changes that stored observations state."""
    found: dict[int, list[StatedChange]] = defaultdict(list)
    if not observations:
        return found
    for observation_id, change_id, form, direction, *rest in _YEARLY.rows(connection, figures=observations):
        value, precision, unit, qualifier = rest
        change = StatedChange(change_id, form, direction, number(value), number(precision), unit, qualifier)
        found[observation_id].append(change)
    return found


def implied_base(value: Interval, unit: str, change: StatedChange | ChangeInput) -> Interval | None:
    """The level before, as a value and its stated change give it; None for an absolute change in another unit."""
    if change.form == "absolute" and not same_unit(change.unit, unit):
        return None
    precision = change.precision
    if precision is None and change.value is not None:
        precision = printed_precision(change.value)
    return base_of(
        value,
        form=change.form,
        direction=change.direction,
        change=change.value,
        precision=precision,
        qualifier=change.qualifier,
    )


def find_break(point: Known, base: Known, changes: Iterable[StatedChange]) -> Break | None:
    """Whether a definition broke between two points of a series a year apart.

    Only against the body's own level from another publication: within one text it is a contradiction, and against
    somebody else's level a disagreement.
    """
    if point.stated_by != base.stated_by or point.document_id == base.document_id or base.value <= 0:
        return None
    for change in changes:
        implied = implied_base(point.interval, point.unit, change)
        if implied is None or implied.meets(base.interval):
            continue
        if 1 <= max(implied.middle / base.value, base.value / max(implied.middle, Decimal("1e-9"))) <= BREAK_FACTOR:
            return Break(point, base, change, implied)
    return None


def number_segments(points: Mapping[tuple[int, int], Known]) -> list[Known]:
    """The points whose segment is not what the breaks before them say, set right."""
    ordered = [points[slot] for slot in sorted(points)]
    segment = ordered[0].segment if ordered else 0
    renumbered = []
    for place, point in enumerate(ordered):
        if place and point.break_before:
            segment += 1
        if point.segment != segment:
            renumbered.append(point._replace(segment=segment))
    return renumbered


def write_points(connection: Connection, points: Sequence[Known], *, now: datetime) -> None:
    """Insert or update points."""
    rows = [
        {
            "period_first": point.first,
            "period_last": point.last,
            **{name: getattr(point, name) for name in _COLUMNS},
            "updated_at": now,
        }
        for point in points
    ]
    insert_or_update_rows(connection, Point, rows, ("series_id", "period_first", "period_last"))


_DROP = Query("DELETE FROM point WHERE series_id = :series AND period_first = :first AND period_last = :last")
_STAND = Query("UPDATE observation SET standing = :standing WHERE id = ANY(:figures)")


def drop_points(connection: Connection, slots: Collection[Slot]) -> None:
    """Remove points that no observation gives any more; the observations stay."""
    for series_id, first, last in slots:
        _DROP.run(connection, series=series_id, first=first, last=last)


def set_standings(connection: Connection, standings: Mapping[int, Standing]) -> None:
    """Write why observations are, or are not, their point's value."""
    by_standing: dict[Standing, list[int]] = defaultdict(list)
    for figure, standing in standings.items():
        by_standing[standing].append(figure)
    for standing, figures in by_standing.items():
        _STAND.run(connection, standing=standing.value, figures=figures)


def follower(point: Known, points: Mapping[tuple[int, int], Known]) -> Known | None:
    """The point a year later, whose growth is measured from this one."""
    step = point.first - year_before(point.first, point.last).first
    return points.get((point.first + step, point.last + step))


def predecessor(point: Known, points: Mapping[tuple[int, int], Known]) -> Known | None:
    """The point a year earlier."""
    return points.get(year_before(point.first, point.last))
