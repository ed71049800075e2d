"""What rules need to know, gathered in a number of queries that does not grow with the history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Select
from sqlalchemy import select as core_select
from sqlalchemy.engine import Connection
from sqlmodel import Session, col, select

from storage.bulk import table_of
from storage.difference import compare
from storage.errors import NotFound
from storage.evaluation import alerts_of_document
from storage.facts import (
    ChangeFacts,
    ChangePointFacts,
    EditionFacts,
    FigureDifference,
    FigureFacts,
    FindingFacts,
    IndicatorFacts,
    PeerFacts,
    PointFacts,
    SeriesFacts,
)
from storage.prepared import Query, number
from storage.reading import blame_between, stated_of
from storage.rows import (
    change_facts,
    chunks,
    document_facts,
    findings_of,
    indicator_facts,
    series_facts,
)
from storage.tables import (
    Change,
    ChangePoint,
    Document,
    Edition,
    EvaluationDue,
    Indicator,
    Observation,
    Point,
    Series,
)
from storage.vocabulary import Cause, DueReason, Feedback, Held, Origin, Standing, Status

# How many months rules look back: forty years, and ten where a series has a point each month or quarter. What is
# read for an edition is bounded by this, not by the age of the record.
LOOK_BACK = 480
LOOK_BACK_SHORT = 120
SHORT_KINDS = ("month", "quarter")


def facts_of(session: Session, edition_id: int) -> EditionFacts:
    """Everything the rules need of an edition. Raises NotFound."""
    edition = session.get(Edition, edition_id)
    if edition is None:
        raise NotFound(f"there is no edition {edition_id}")
    document = session.get_one(Document, edition.document_id)
    due = session.exec(
        select(EvaluationDue).where(EvaluationDue.edition_id == edition_id).order_by(col(EvaluationDue.id))
    ).all()
    findings = findings_of(session, edition_id)
    differences = differences_of(session, edition)
    return EditionFacts(
        edition_id=edition_id,
        due_ids=tuple(row.id for row in due if row.id is not None),
        reasons=tuple(DueReason(row.reason) for row in due),
        document=document_facts(document),
        previous_id=edition.previous_id,
        origin=Origin(edition.origin),
        cause=Cause(edition.cause),
        baseline=edition.baseline,
        created_at=edition.created_at,
        figures=figures_of(session, edition_id, findings, differences),
        differences=differences,
        findings=findings,
        alerts=alerts_of_document(session, edition.document_id),
    )


def differences_of(session: Session, edition: Edition) -> tuple[FigureDifference, ...]:
    """By figure, against the last edition of the document that rules have looked at; empty where there is none."""
    previous = _last_evaluated(session, edition)
    if previous is None or previous.id is None or edition.id is None:
        return ()
    blame = blame_between(session, previous, edition)
    return compare(stated_of(session, previous.id), stated_of(session, edition.id), blame)


def _last_evaluated(session: Session, edition: Edition) -> Edition | None:
    before = edition.previous_id
    while before is not None:
        previous = session.get_one(Edition, before)
        if previous.evaluated:
            return previous
        before = previous.previous_id
    return None


def figures_of(
    session: Session,
    edition_id: int,
    findings: Sequence[FindingFacts] = (),
    differences: Sequence[FigureDifference] = (),
) -> tuple[FigureFacts, ...]:
    """The figures of an edition in the order of the text, each with its series and its history."""
    rows = session.exec(
        select(Observation).where(Observation.edition_id == edition_id).order_by(col(Observation.position))
    ).all()
    changes = _changes(session, edition_id)
    series_ids = sorted({row.series_id for row in rows if row.series_id is not None})
    earliest = min((row.period_first for row in rows if row.period_first is not None), default=0)
    series, points, change_points = _series(session, series_ids, earliest)
    indicators = indicators_by_id(session, {row.indicator_id for row in rows if row.indicator_id})
    said: dict[int | None, list[FindingFacts]] = defaultdict(list)
    for finding in findings:
        said[finding.observation_id].append(finding)
    before = {item.new_id: item for item in differences if item.new_id is not None and item.form is None}
    return tuple(
        _figure(
            row,
            changes=tuple(changes.get(row.id or 0, ())),
            findings=tuple(said[row.id]),
            indicator=indicators.get(row.indicator_id or ""),
            series=series.get(row.series_id or 0),
            points=points.get(row.series_id or 0, []),
            change_points=tuple(change_points.get(row.series_id or 0, ())),
            before=before.get(row.id or 0),
        )
        for row in rows
    )


def peers_of(
    session: Session, series: SeriesFacts, period_first: int, period_last: int, *, basis: str = "yoy"
) -> tuple[PeerFacts, ...]:
    """The same indicator and period in the other regions of the same level, in the order of their codes.

    `change` is the peer's stated per-cent change of that basis. What a person has marked as an incident is left out.
    """
    key = {
        "indicator": series.indicator_id,
        "measure": series.measure,
        "body": series.body,
        "own": series.own,
        "level": series.level,
        "kind": series.period_kind,
        "but": series.id,
        "first": period_first,
        "last": period_last,
    }
    connection = session.connection()
    stated = _PEER_CHANGES.rows(connection, **key, basis=basis)
    marked = _marked(connection, {row[0] for row in stated})
    stated = [row for row in stated if (row[0], row[2], row[3]) not in marked]
    changes = {row[0]: _stated(*row[2:]) for row in stated}
    found = {
        series_id: PeerFacts(series_id, region, Decimal(value), number(precision), changes.get(series_id), figure)
        for series_id, region, value, precision, figure in _PEERS.rows(connection, **key)
    }
    for series_id, region, *_ in stated:
        if series_id not in found:
            found[series_id] = PeerFacts(series_id, region, None, None, changes[series_id], None)
    return tuple(sorted(found.values(), key=lambda peer: (peer.region, peer.series_id)))


_ALIKE = """
    WHERE s.indicator_id = :indicator AND s.measure = :measure AND s.body = :body AND s.own = :own
        AND s.level = :level AND s.period_kind = :kind AND s.id <> :but
"""
_PEERS = Query(f"""
    SELECT s.id, s.region, p.value, p.precision, p.observation_id FROM series s JOIN point p ON p.series_id = s.id
        AND p.period_first = :first AND p.period_last = :last {_ALIKE} AND NOT p.excluded
""")  # noqa: S608 - both parts stand above
_PEER_CHANGES = Query(f"""
    SELECT s.id, s.region, c.period_first, c.period_last, c.direction, c.value, c.precision, c.form, c.basis,
        c.base_period, c.unit, c.qualifier, c.change_id
    FROM series s JOIN change_point c ON c.series_id = s.id AND c.period_first = :first AND c.period_last = :last
        AND c.form IN ('percent', 'flat') AND c.basis = :basis {_ALIKE} ORDER BY c.id
""")  # noqa: S608 - both parts stand above


def _stated(first: int, last: int, direction: str, *others: Any) -> ChangePointFacts:  # noqa: ANN401 - a driver's values
    value, precision, *rest = others
    return ChangePointFacts(first, last, direction, number(value), number(precision), *rest)


def indicators_by_id(session: Session, ids: Iterable[str]) -> dict[str, IndicatorFacts]:
    """The indicators of these ids."""
    return {
        row.id: indicator_facts(row) for row in session.exec(select(Indicator).where(col(Indicator.id).in_(list(ids))))
    }


def _changes(session: Session, edition_id: int) -> dict[int, list[ChangeFacts]]:
    by_figure: dict[int, list[ChangeFacts]] = defaultdict(list)
    query = (
        select(Change).where(Change.edition_id == edition_id).order_by(col(Change.observation_id), col(Change.position))
    )
    for row in session.exec(query):
        by_figure[row.observation_id].append(change_facts(row))
    return by_figure


def _series(
    session: Session, series_ids: Sequence[int], earliest: int
) -> tuple[dict[int, SeriesFacts], dict[int, list[PointFacts]], dict[int, list[ChangePointFacts]]]:
    series: dict[int, SeriesFacts] = {}
    points: dict[int, list[PointFacts]] = defaultdict(list)
    changes: dict[int, list[ChangePointFacts]] = defaultdict(list)
    for some in chunks(series_ids):
        for row in session.exec(select(Series).where(col(Series.id).in_(some))):
            series[row.id or 0] = series_facts(row)
    connection = session.connection()
    short = [key for key, facts in series.items() if facts.period_kind in SHORT_KINDS]
    long = [key for key, facts in series.items() if facts.period_kind not in SHORT_KINDS]
    for ids, since in ((short, earliest - LOOK_BACK_SHORT), (long, earliest - LOOK_BACK)):
        for some in chunks(ids):
            for series_id, *values in connection.execute(_history(Point, _POINT, some, since)):
                points[series_id].append(PointFacts(*values))
            for series_id, *values in connection.execute(_history(ChangePoint, _CHANGE_POINT, some, since)):
                changes[series_id].append(ChangePointFacts(*values))
    for series_id, first, last in _marked(connection, series_ids):
        kept = [change for change in changes[series_id] if (change.period_first, change.period_last) != (first, last)]
        changes[series_id] = kept
    return series, points, changes


_FEEDBACK = Query("""
    SELECT a.series_id, a.period_first, a.period_last, f.verdict FROM alert_feedback f JOIN alert a ON a.id = f.alert_id
    WHERE a.series_id = ANY(:series) AND a.period_first IS NOT NULL ORDER BY f.id
""")


def _marked(connection: Connection, series_ids: Collection[int]) -> set[tuple[int, int, int]]:
    """Series, first and last month of what a person has marked as an incident or false, by the latest word.

    A point carries its mark itself (`excluded`); a change without a level has none that could.
    """
    if not series_ids:
        return set()
    said = {row[:3]: row[3] for row in _FEEDBACK.rows(connection, series=series_ids)}
    return {place for place, verdict in said.items() if verdict != Feedback.USEFUL}


# The columns of a history in the order of the facts' fields. Its rows are read by the hundred and become no objects of
# the session: that is most of what a long history would cost.
_POINT = tuple(name for name in PointFacts.__dataclass_fields__ if name != "published")
_CHANGE_POINT = tuple(ChangePointFacts.__dataclass_fields__)


def _history(
    model: type[Point | ChangePoint], names: Sequence[str], series_ids: Sequence[int], since: int
) -> Select[Any]:
    table = table_of(model)
    return (
        core_select(table.c.series_id, *(table.c[name] for name in names))
        .where(table.c.series_id.in_(series_ids), table.c.period_first >= since)
        .order_by(table.c.period_first, table.c.id)
    )


def _figure(
    row: Observation,
    *,
    changes: tuple[ChangeFacts, ...],
    findings: tuple[FindingFacts, ...],
    indicator: IndicatorFacts | None,
    series: SeriesFacts | None,
    points: list[PointFacts],
    change_points: tuple[ChangePointFacts, ...],
    before: FigureDifference | None,
) -> FigureFacts:
    assert row.id is not None  # noqa: S101 - it comes from the table
    own_period = (row.period_first, row.period_last)
    return FigureFacts(
        id=row.id,
        edition_id=row.edition_id,
        position=row.position,
        subject=row.subject,
        indicator_id=row.indicator_id,
        scope_body=row.scope_body,
        scope_own=row.scope_own,
        scope_region=row.scope_region,
        scope_words=row.scope_words,
        level=row.level,
        period_first=row.period_first,
        period_last=row.period_last,
        value=row.value,
        precision=row.precision,
        unit=row.unit,
        qualifier=row.qualifier,
        status=Status(row.status),
        standing=Standing(row.standing),
        held=None if row.held is None else Held(row.held),
        remarks=row.remarks,
        rules=row.rules,
        quotation=row.quotation,
        span_start=row.span_start,
        span_end=row.span_end,
        mark_start=max(row.span_start - row.quote_start, 0),
        mark_end=max(row.span_end - row.quote_start, 0),
        changes=changes,
        findings=findings,
        indicator=indicator,
        series=series,
        point=next((point for point in points if (point.period_first, point.period_last) == own_period), None),
        history=tuple(point for point in points if (point.period_first, point.period_last) != own_period),
        change_history=tuple(
            change for change in change_points if (change.period_first, change.period_last) != own_period
        ),
        before=before,
    )
