"""From claims to points: choose for every slot, see where definitions break, number segments, write what differs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

from storage.points import (
    Break,
    Known,
    Slot,
    StatedChange,
    drop_points,
    find_break,
    follower,
    number_segments,
    point_of,
    predecessor,
    set_standings,
    write_points,
    yearly_changes,
)
from storage.reconcile import Choice, Claim, choose
from storage.vocabulary import Standing

History = Mapping[int, Mapping[tuple[int, int], Known]]


@dataclass(frozen=True, slots=True)
class Settled:
    """What was decided: the choice of each slot, definition breaks, and what is to be written for it."""

    choices: Mapping[Slot, Choice]
    breaks: Sequence[Break]
    points: Sequence[Known]
    dropped: Sequence[Slot]
    standings: Mapping[int, Standing]

    def standing_of(self, slot: Slot | None, claim_id: int) -> Standing:
        """The standing of a claim; one that may not be taken is held."""
        if slot is None or slot not in self.choices:
            return Standing.NONE
        return self.choices[slot].standings.get(claim_id, Standing.HELD)


def settle(
    connection: Connection,
    claims: Mapping[Slot, Sequence[Claim]],
    history: History,
    fresh_changes: Mapping[int, Sequence[StatedChange]],
) -> Settled:
    """Decide every slot of `claims`; nothing is written yet.

    `fresh_changes` are those of observations not stored yet.
    """
    choices = {slot: choose(some) for slot, some in claims.items()}
    points = {series_id: dict(known) for series_id, known in history.items()}
    dropped = _lay_over(points, choices)
    looked_at = _to_look_at(points, choices)
    breaks = _mark_breaks(connection, points, looked_at, fresh_changes)
    for series_id in {point.series_id for point in looked_at}:
        for point in number_segments(points[series_id]):
            points[series_id][point.first, point.last] = point
    return Settled(choices, breaks, _differing(points, history), dropped, _standings(claims, choices))


def write_settled(connection: Connection, settled: Settled, *, now: datetime) -> None:
    """Write points and the standings of stored claims that differ; the observations they rest on must be there."""
    write_points(connection, settled.points, now=now)
    drop_points(connection, settled.dropped)
    set_standings(connection, settled.standings)


def _lay_over(points: dict[int, dict[tuple[int, int], Known]], choices: Mapping[Slot, Choice]) -> list[Slot]:
    dropped = []
    for slot, choice in choices.items():
        series_id, period = slot[0], slot[1:]
        before = points.setdefault(series_id, {}).get(period)
        point = point_of(slot, choice, before)
        if point is not None:
            points[series_id][period] = point
        elif before is not None:
            del points[series_id][period]
            dropped.append(slot)
    return dropped


def _to_look_at(points: Mapping[int, Mapping[tuple[int, int], Known]], slots: Collection[Slot]) -> list[Known]:
    """The points of these slots, and those whose growth is measured from them."""
    found: dict[Slot, Known] = {}
    for series_id, *period in slots:
        series = points[series_id]
        point = series.get((period[0], period[1]))
        if point is not None:
            found[point.slot] = point
            if (later := follower(point, series)) is not None:
                found[later.slot] = later
    return list(found.values())


def _mark_breaks(
    connection: Connection,
    points: dict[int, dict[tuple[int, int], Known]],
    looked_at: Sequence[Known],
    fresh_changes: Mapping[int, Sequence[StatedChange]],
) -> list[Break]:
    pairs = [(point, predecessor(point, points[point.series_id])) for point in looked_at]
    unknown = [point.observation_id for point, base in pairs if base and point.observation_id not in fresh_changes]
    stored = yearly_changes(connection, unknown)
    no_changes: Sequence[StatedChange] = ()
    breaks = []
    for point, base in pairs:
        changes = fresh_changes.get(point.observation_id) or stored.get(point.observation_id) or no_changes
        found = None if base is None else find_break(point, base, changes)
        if found is not None:
            breaks.append(found)
        if point.break_before != (found is not None):
            points[point.series_id][point.first, point.last] = point._replace(break_before=found is not None)
    return breaks


def _differing(points: History, history: History) -> list[Known]:
    return [
        point
        for series_id, series in points.items()
        for period, point in series.items()
        if history.get(series_id, {}).get(period) != point
    ]


def _standings(claims: Mapping[Slot, Sequence[Claim]], choices: Mapping[Slot, Choice]) -> dict[int, Standing]:
    return {
        claim.id: choices[slot].standings[claim.id]
        for slot, some in claims.items()
        for claim in some
        if claim.standing is not None and claim.usable and choices[slot].standings[claim.id] != claim.standing
    }
