"""Points of change series: stated changes, with or without a level, reconciled by the same rules as levels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

from storage.bulk import insert_or_update_rows
from storage.points import stored_claim
from storage.prepared import Query, Row
from storage.reconcile import Claim, choose
from storage.tables import ChangePoint
from storage.vocabulary import Standing

# Series, first and last month, form, basis, base period.
ChangeSlot = tuple[int, int, int, str, str, str]
_KEY = ("series_id", "period_first", "period_last", "form", "basis", "base_period")


_CLAIMS = Query("""
    SELECT o.series_id, o.period_first, o.period_last, c.form, c.basis, coalesce(c.base_period, ''), c.direction,
        o.standing, c.id, e.document_id, o.position, o.status, o.scope_body, d.body, d.kind, d.published, c.value,
        c.precision, c.unit, c.qualifier, o.held, c.standing
    FROM observation o JOIN change c ON c.observation_id = o.id
        JOIN edition e ON e.id = o.edition_id JOIN document d ON d.id = e.document_id
    WHERE o.series_id = ANY(:series) AND o.period_first = ANY(:firsts) AND c.standing <> 'superseded'
    ORDER BY c.id
""")


def change_claims_on(connection: Connection, slots: Collection[ChangeSlot]) -> dict[ChangeSlot, list[Claim]]:
    """Stored changes of standing editions that could be these points."""
    found: dict[ChangeSlot, list[Claim]] = defaultdict(list)
    if not slots:
        return found
    wanted = set(slots)
    firsts = {slot[1] for slot in wanted}
    for row in _CLAIMS.rows(connection, series={slot[0] for slot in wanted}, firsts=firsts):
        slot, direction, of_figure = row[:6], row[6], row[7]
        if slot in wanted:
            claim = stored_claim(row[8:], direction)
            found[slot].append(claim._replace(usable=claim.usable and of_figure != Standing.REJECTED))
    return found


@dataclass(frozen=True, slots=True)
class SettledChanges:
    """What was decided: the standings of new claims, and what is to be written."""

    fresh: Mapping[int, Standing]
    taken: Mapping[ChangeSlot, Claim]
    dropped: Sequence[ChangeSlot]
    standings: Mapping[int, Standing]


def settle_changes(claims: Mapping[ChangeSlot, Sequence[Claim]]) -> SettledChanges:
    """Choose for every slot; nothing is written yet."""
    taken: dict[ChangeSlot, Claim] = {}
    dropped: list[ChangeSlot] = []
    fresh: dict[int, Standing] = {}
    stored: dict[int, Standing] = {}
    for slot, some in claims.items():
        choice = choose(some)
        if choice.taken is None:
            dropped.append(slot)
        else:
            taken[slot] = choice.taken
        for claim in some:
            standing = choice.standings.get(claim.id, Standing.HELD)
            if claim.standing is None:
                fresh[claim.id] = standing
            elif claim.standing != standing:
                stored[claim.id] = standing
    return SettledChanges(fresh, taken, dropped, stored)


def write_settled_changes(connection: Connection, settled: SettledChanges, *, now: datetime) -> None:
    """Write the points and the standings of stored changes that differ."""
    rows = [_row(slot, claim, now) for slot, claim in settled.taken.items()]
    insert_or_update_rows(connection, ChangePoint, rows, _KEY)
    for slot in settled.dropped:
        _DROP.run(connection, **dict(zip(_KEY, slot, strict=True)))
    by_standing: dict[Standing, list[int]] = defaultdict(list)
    for change, standing in settled.standings.items():
        by_standing[standing].append(change)
    for standing, changes in by_standing.items():
        _STAND.run(connection, standing=standing.value, changes=changes)


_DROP = Query("""
    DELETE FROM change_point WHERE series_id = :series_id AND period_first = :period_first
        AND period_last = :period_last AND form = :form AND basis = :basis AND base_period = :base_period
""")
_STAND = Query("UPDATE change SET standing = :standing WHERE id = ANY(:changes)")


def _row(slot: ChangeSlot, taken: Claim, now: datetime) -> Row:
    return {
        **dict(zip(_KEY, slot, strict=True)),
        "direction": taken.direction,
        "value": taken.value,
        "precision": taken.precision,
        "unit": taken.unit,
        "qualifier": taken.qualifier,
        "change_id": taken.id,
        "updated_at": now,
    }
