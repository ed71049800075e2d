"""Points of change series: stated changes, with or without a level, reconciled by the same rules as levels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.engine import Connection

from storage.bulk import table_of
from storage.reconcile import Claim, choose
from storage.tables import Change, ChangePoint, Document, Edition, Observation
from storage.upsert import Row, insert_or_update_rows
from storage.vocabulary import Standing, Status

# Series, first and last month, form, basis, base period.
ChangeSlot = tuple[int, int, int, str, str, str]
_KEY = ("series_id", "period_first", "period_last", "form", "basis", "base_period")


def change_claims_on(connection: Connection, slots: Collection[ChangeSlot]) -> dict[ChangeSlot, list[Claim]]:
    """Stored changes of standing editions that could be these points."""
    if not slots:
        return {}
    change, figure = table_of(Change), table_of(Observation)
    edition, document = table_of(Edition), table_of(Document)
    query = (
        select(
            change,
            figure.c.series_id,
            figure.c.period_first,
            figure.c.period_last,
            figure.c.position.label("figure_position"),
            figure.c.scope_body,
            figure.c.status,
            figure.c.held,
            figure.c.standing.label("figure_standing"),
            document.c.id.label("document_id"),
            document.c.body.label("document_body"),
            document.c.kind.label("document_kind"),
            document.c.published,
        )
        .join(figure, figure.c.id == change.c.observation_id)
        .join(edition, edition.c.id == figure.c.edition_id)
        .join(document, document.c.id == edition.c.document_id)
        .where(
            figure.c.series_id.in_({slot[0] for slot in slots}),
            figure.c.period_first.in_({slot[1] for slot in slots}),
            change.c.standing != Standing.SUPERSEDED.value,
        )
    )
    wanted = set(slots)
    found: dict[ChangeSlot, list[Claim]] = defaultdict(list)
    for row in connection.execute(query):
        slot = (row.series_id, row.period_first, row.period_last, row.form, row.basis, row.base_period or "")
        if slot not in wanted:
            continue
        found[slot].append(
            Claim(
                id=row.id,
                document_id=row.document_id,
                position=row.figure_position,
                derived=row.status == Status.DERIVED,
                scope_body=row.scope_body,
                body=row.document_body,
                kind=row.document_kind,
                published=row.published,
                value=row.value,
                precision=row.precision,
                unit=row.unit,
                qualifier=row.qualifier,
                direction=row.direction,
                usable=row.held is None and row.figure_standing != Standing.REJECTED,
                standing=Standing(row.standing),
            )
        )
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
        _drop(connection, slot)
    if settled.standings:
        parameters = [{"row": key, "to": standing.value} for key, standing in settled.standings.items()]
        connection.execute(_SET_STANDING, parameters)


_SET_STANDING = (
    update(table_of(Change)).where(table_of(Change).c.id == bindparam("row")).values(standing=bindparam("to"))
)


def _row(slot: ChangeSlot, taken: Claim, now: datetime) -> Row:
    return {
        **dict(zip(_KEY, slot, strict=True)),
        "direction": taken.direction,
        "value": taken.value,
        "precision": taken.precision,
        "unit": taken.unit,
        "change_id": taken.id,
        "updated_at": now,
    }


def _drop(connection: Connection, slot: ChangeSlot) -> None:
    table = table_of(ChangePoint)
    connection.execute(delete(table).where(*(table.c[name] == value for name, value in zip(_KEY, slot, strict=True))))
