"""Placed figures as claims on points, and as rows of tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.engine import Connection

from storage.changes import ChangeSlot
from storage.exactness import shown
from storage.inputs import UnreadInput
from storage.placing import Doubt, Placed
from storage.points import Slot, StatedChange
from storage.prepared import Query, Row
from storage.reconcile import Claim
from storage.settling import Settled
from storage.vocabulary import Check, Severity, Standing, Status


@dataclass(frozen=True, slots=True)
class Speaker:
    """The document that figures come from, as far as choosing among claims needs it."""

    document_id: int
    body: str | None
    kind: str | None
    published: date | None


@dataclass(frozen=True, slots=True)
class Slots:
    """The points that an edition's figures and changes could be."""

    points: frozenset[Slot]
    changes: frozenset[ChangeSlot]


def claims_of(
    figures: Sequence[Placed], speaker: Speaker
) -> tuple[dict[Slot, list[Claim]], dict[ChangeSlot, list[Claim]]]:
    """What new figures and their changes claim."""
    levels: dict[Slot, list[Claim]] = defaultdict(list)
    changes: dict[ChangeSlot, list[Claim]] = defaultdict(list)
    for figure in figures:
        slot, given = figure.slot, figure.given
        if slot is None:
            continue
        if figure.value is not None:
            levels[slot].append(_level_claim(figure, speaker))
        for change_id, change in zip(figure.change_ids, given.changes, strict=True):
            change_slot = (*slot, change.form, change.basis, change.base_period or "")
            changes[change_slot].append(
                Claim(
                    id=change_id,
                    document_id=speaker.document_id,
                    position=figure.position,
                    derived=given.status is Status.DERIVED,
                    scope_body=given.scope_body,
                    body=speaker.body,
                    kind=speaker.kind,
                    published=speaker.published,
                    value=change.value,
                    precision=change.precision,
                    unit=change.unit,
                    qualifier=change.qualifier,
                    direction=change.direction,
                    usable=figure.held is None and not figure.rejected,
                )
            )
    return levels, changes


def fresh_yearly(figures: Iterable[Placed]) -> dict[int, list[StatedChange]]:
    """The year-on-year changes of new figures, by observation; an entry, if empty, for each."""
    return {
        figure.id: [
            StatedChange(
                change_id, change.form, change.direction, change.value, change.precision, change.unit, change.qualifier
            )
            for change_id, change in zip(figure.change_ids, figure.given.changes, strict=True)
            if change.basis == "yoy"
        ]
        for figure in figures
    }


_LEVELS = Query("""
    SELECT series_id, period_first, period_last FROM observation
    WHERE edition_id = :edition AND series_id IS NOT NULL AND value IS NOT NULL
""")
_CHANGES = Query("""
    SELECT o.series_id, o.period_first, o.period_last, c.form, c.basis, coalesce(c.base_period, '')
    FROM observation o JOIN change c ON c.observation_id = o.id
    WHERE o.edition_id = :edition AND o.series_id IS NOT NULL
""")


def slots_of_edition(connection: Connection, edition_id: int | None) -> Slots:
    """The points that a stored edition's figures could be; they are decided anew once it is superseded."""
    if edition_id is None:
        return Slots(frozenset(), frozenset())
    points = frozenset((row[0], row[1], row[2]) for row in _LEVELS.rows(connection, edition=edition_id))
    changes = _CHANGES.rows(connection, edition=edition_id)
    return Slots(points, frozenset((row[0], row[1], row[2], row[3], row[4], row[5]) for row in changes))


_OF_FIGURE = Query("""
    SELECT series_id, period_first, period_last FROM observation WHERE id = :figure AND series_id IS NOT NULL
""")
_CHANGES_OF_FIGURE = Query("""
    SELECT o.series_id, o.period_first, o.period_last, c.form, c.basis, coalesce(c.base_period, '')
    FROM observation o JOIN change c ON c.observation_id = o.id WHERE o.id = :figure AND o.series_id IS NOT NULL
""")


def slots_of_figure(connection: Connection, figure: int) -> Slots:
    """The points that a stored figure and its changes could be."""
    points = frozenset((row[0], row[1], row[2]) for row in _OF_FIGURE.rows(connection, figure=figure))
    changes = _CHANGES_OF_FIGURE.rows(connection, figure=figure)
    return Slots(points, frozenset((row[0], row[1], row[2], row[3], row[4], row[5]) for row in changes))


def observation_rows(edition_id: int, text: str, figures: Iterable[Placed], now: datetime) -> list[Row]:
    """The rows of new figures; the quotation is cut from the text, so that it stands at its offsets."""
    return [_observation_row(edition_id, text, figure, now) for figure in figures]


def change_rows(edition_id: int, figures: Iterable[Placed], standings: Mapping[int, Standing]) -> list[Row]:
    """The rows of their changes."""
    return [
        {
            "id": change_id,
            "observation_id": figure.id,
            "edition_id": edition_id,
            "position": position,
            "direction": change.direction,
            "value": change.value,
            "precision": change.precision,
            "form": change.form,
            "basis": change.basis,
            "base_period": change.base_period,
            "unit": change.unit,
            "qualifier": change.qualifier,
            "rules": change.rules,
            "span_start": change.start,
            "span_end": change.end,
            "standing": standings.get(change_id, Standing.NONE).value,
        }
        for figure in figures
        for position, (change_id, change) in enumerate(zip(figure.change_ids, figure.given.changes, strict=True))
    ]


def unread_rows(edition_id: int, unread: Iterable[UnreadInput]) -> list[Row]:
    """The rows of figures that could not be placed."""
    return [
        {
            "edition_id": edition_id,
            "span_start": item.start,
            "span_end": item.end,
            "reason": item.reason,
            "quotation": item.quotation,
        }
        for item in unread
    ]


def finding_rows(edition_id: int, doubts: Iterable[Doubt]) -> list[Row]:
    """The rows of what checks said."""
    return [
        {
            "edition_id": edition_id,
            "observation_id": None if doubt.figure is None else doubt.figure.id,
            "change_id": doubt.change_id,
            "other_id": doubt.other_id,
            "check_name": doubt.check.value,
            "severity": doubt.severity,
            "expected": doubt.expected,
            "actual": doubt.actual,
            "note": doubt.note,
        }
        for doubt in doubts
    ]


def settled_doubts(settled: Settled, figures: Mapping[int, Placed]) -> list[Doubt]:
    """What reconciling found out about new figures: definition breaks, and sources that do not agree."""
    doubts = []
    for found in settled.breaks:
        figure = figures.get(found.point.observation_id)
        if figure is not None:
            note = "the body's own earlier level is another than its stated growth gives; compared only from here on"
            expected, actual = shown(found.implied.middle), found.base.value
            doubts.append(
                Doubt(
                    Check.DEFINITION_BREAK,
                    Severity.INFO,
                    figure,
                    note,
                    expected=expected,
                    actual=actual,
                    other_id=found.base.observation_id,
                    change_id=found.change.id,
                )
            )
    for choice in settled.choices.values():
        if choice.taken is None:
            continue
        for other in choice.conflicts:
            mine, theirs = (other, choice.taken) if other.id in figures else (choice.taken, other)
            if mine.id in figures and theirs.document_id != mine.document_id:
                note = "another source states another value"
                doubts.append(
                    Doubt(Check.CONFLICT, Severity.NOTABLE, figures[mine.id], note, theirs.value, mine.value, theirs.id)
                )
    return doubts


def _level_claim(figure: Placed, speaker: Speaker) -> Claim:
    given = figure.given
    return Claim(
        id=figure.id,
        document_id=speaker.document_id,
        position=figure.position,
        derived=given.status is Status.DERIVED,
        scope_body=given.scope_body,
        body=speaker.body,
        kind=speaker.kind,
        published=speaker.published,
        value=figure.value,
        precision=given.precision,
        unit=given.unit,
        qualifier=given.qualifier,
        usable=figure.usable,
    )


def _observation_row(edition_id: int, text: str, figure: Placed, now: datetime) -> Row:
    given = figure.given
    return {
        "id": figure.id,
        "edition_id": edition_id,
        "position": figure.position,
        "series_id": figure.series_id,
        "indicator_id": given.indicator,
        "subject": given.subject,
        "scope_body": given.scope_body,
        "scope_own": given.scope_own,
        "scope_region": given.scope_region,
        "scope_words": given.scope_words,
        "level": given.level,
        "period_first": given.period_first,
        "period_last": given.period_last,
        "value": figure.value,
        "given_value": given.value if figure.corrected else None,
        "precision": given.precision,
        "unit": given.unit,
        "qualifier": given.qualifier,
        "status": given.status.value,
        "remarks": given.remarks,
        "rules": given.rules,
        "span_start": given.start,
        "span_end": given.end,
        "quote_start": given.quote_start,
        "quote_end": given.quote_end,
        "quotation": text[given.quote_start : given.quote_end],
        "standing": figure.standing.value,
        "held": None if figure.held is None else figure.held.value,
        "held_at": None if figure.held is None else now,
    }
