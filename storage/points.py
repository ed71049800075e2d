"""Points of series: what is known of them, which claim each takes, where definitions break, and writing them.

known_points      the history of some series, bounded
claims_on         observations already stored that could be the value of the same points
settle            claims -> choices -> points, standings, breaks, segments
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Row as SqlRow
from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.engine import Connection

from storage.bulk import table_of
from storage.exactness import Interval, base_of, printed_precision, slack_of
from storage.periods import year_before
from storage.reconcile import Choice, Claim
from storage.tables import Change, Document, Edition, Observation, Point
from storage.upsert import insert_or_update_rows
from storage.vocabulary import Standing, Status

Slot = tuple[int, int, int]
# Levels further apart than this are no new definition: one of them is misread.
BREAK_FACTOR = 5


@dataclass(frozen=True, slots=True)
class Known:
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


@dataclass(frozen=True, slots=True)
class StatedChange:
    """A year-on-year change that a point's own observation states."""

    id: int
    form: str
    direction: str
    value: Decimal | None
    precision: Decimal | None


@dataclass(frozen=True, slots=True)
class Break:
    """A point whose body states a growth that its own earlier level does not give."""

    point: Known
    base: Known
    change: StatedChange
    implied: Interval


_COLUMNS = tuple(field for field in Known.__slots__ if field not in ("first", "last"))


def known_points(
    connection: Connection, series: Collection[int], since: int
) -> dict[int, dict[tuple[int, int], Known]]:
    """By series, its points from the month `since` on, oldest first."""
    if not series:
        return {}
    table = table_of(Point)
    query = (
        select(table.c.period_first, table.c.period_last, *(table.c[name] for name in _COLUMNS))
        .where(table.c.series_id.in_(series), table.c.period_first >= since)
        .order_by(table.c.series_id, table.c.period_first)
    )
    found: dict[int, dict[tuple[int, int], Known]] = defaultdict(dict)
    for first, last, *others in connection.execute(query):
        known = Known(first=first, last=last, **dict(zip(_COLUMNS, others, strict=True)))
        found[known.series_id][first, last] = known
    return found


def claims_on(connection: Connection, slots: Collection[Slot]) -> dict[Slot, list[Claim]]:
    """Stored observations of standing editions that could be the value of these points."""
    if not slots:
        return {}
    figure, edition, document = table_of(Observation), table_of(Edition), table_of(Document)
    query = (
        select(
            figure,
            edition.c.document_id,
            document.c.body.label("document_body"),
            document.c.kind.label("document_kind"),
            document.c.published,
        )
        .join(edition, edition.c.id == figure.c.edition_id)
        .join(document, document.c.id == edition.c.document_id)
        .where(
            figure.c.series_id.in_({slot[0] for slot in slots}),
            figure.c.period_first.in_({slot[1] for slot in slots}),
            figure.c.standing != Standing.SUPERSEDED.value,
            figure.c.value.is_not(None),
        )
    )
    found: dict[Slot, list[Claim]] = defaultdict(list)
    wanted = set(slots)
    for row in connection.execute(query):
        slot = (row.series_id, row.period_first, row.period_last)
        if slot in wanted:
            found[slot].append(_claim(row))
    return found


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


def yearly_changes(connection: Connection, observations: Collection[int]) -> dict[int, list[StatedChange]]:
    """The year-on-year changes that stored observations state."""
    if not observations:
        return {}
    table = table_of(Change)
    query = (
        select(table.c.observation_id, table.c.id, table.c.form, table.c.direction, table.c.value, table.c.precision)
        .where(table.c.observation_id.in_(observations), table.c.basis == "yoy")
        .order_by(table.c.id)
    )
    found: dict[int, list[StatedChange]] = defaultdict(list)
    for observation_id, *fields in connection.execute(query):
        found[observation_id].append(StatedChange(*fields))
    return found


def implied_base(point: Known, change: StatedChange) -> Interval | None:
    """The level before, as the point's value and the stated change give it."""
    precision = change.precision
    if precision is None and change.value is not None:
        precision = printed_precision(change.value)
    return base_of(
        point.interval, form=change.form, direction=change.direction, change=change.value, precision=precision
    )


def find_break(point: Known, base: Known, changes: Iterable[StatedChange]) -> Break | None:
    """Whether a definition broke between two points of a series a year apart.

    Only against the body's own level from another publication: within one text it is a contradiction, and against
    somebody else's level a disagreement.
    """
    if point.stated_by != base.stated_by or point.document_id == base.document_id or base.value <= 0:
        return None
    for change in changes:
        implied = implied_base(point, change)
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
            renumbered.append(replace(point, segment=segment))
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


def drop_points(connection: Connection, slots: Collection[Slot]) -> None:
    """Remove points that no observation gives any more; the observations stay."""
    table = table_of(Point)
    for series_id, first, last in slots:
        connection.execute(
            delete(table).where(
                table.c.series_id == series_id, table.c.period_first == first, table.c.period_last == last
            )
        )


_SET_STANDING = (
    update(table_of(Observation)).where(table_of(Observation).c.id == bindparam("row")).values(standing=bindparam("to"))
)


def set_standings(connection: Connection, standings: Mapping[int, Standing]) -> None:
    """Write why observations are, or are not, their point's value."""
    if standings:
        rows = [{"row": key, "to": standing.value} for key, standing in standings.items()]
        connection.execute(_SET_STANDING, rows)


def follower(point: Known, points: Mapping[tuple[int, int], Known]) -> Known | None:
    """The point a year later, whose growth is measured from this one."""
    step = point.first - year_before(point.first, point.last).first
    return points.get((point.first + step, point.last + step))


def predecessor(point: Known, points: Mapping[tuple[int, int], Known]) -> Known | None:
    """The point a year earlier."""
    return points.get(year_before(point.first, point.last))


def _claim(row: SqlRow[tuple[object, ...]]) -> Claim:
    usable = row.held is None and row.standing != Standing.REJECTED
    return Claim(
        id=row.id,
        document_id=row.document_id,
        position=row.position,
        derived=row.status == Status.DERIVED,
        scope_body=row.scope_body,
        body=row.document_body,
        kind=row.document_kind,
        published=row.published,
        value=row.value,
        precision=row.precision,
        unit=row.unit,
        qualifier=row.qualifier,
        usable=usable,
        standing=Standing(row.standing),
    )
