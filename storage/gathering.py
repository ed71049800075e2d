"""What rules need to know, gathered in a number of queries that does not grow with the history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

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
from storage.reading import blame_between, stated_of
from storage.rows import (
    change_facts,
    change_point_facts,
    chunks,
    document_facts,
    findings_of,
    indicator_facts,
    point_facts,
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
from storage.vocabulary import Cause, DueReason, Held, Origin, Standing, Status

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

    `change` is the peer's stated per-cent change of that basis. Points that a person has excluded are left out.
    """
    alike = (
        select(Series.id, Series.region)
        .where(
            Series.indicator_id == series.indicator_id,
            Series.measure == series.measure,
            Series.body == series.body,
            Series.own == series.own,
            Series.level == series.level,
            Series.period_kind == series.period_kind,
            Series.id != series.id,
        )
        .order_by(Series.region)
    )
    regions = {series_id: region for series_id, region in session.exec(alike) if series_id is not None}
    points: dict[int, Point] = {}
    changes: dict[int, ChangePoint] = {}
    for some in chunks(list(regions)):
        at = (col(Point.period_first) == period_first, col(Point.period_last) == period_last)
        for point in session.exec(select(Point).where(col(Point.series_id).in_(some), *at)):
            points[point.series_id] = point
        when = (col(ChangePoint.period_first) == period_first, col(ChangePoint.period_last) == period_last)
        what = (col(ChangePoint.form).in_(("percent", "flat")), col(ChangePoint.basis) == basis)
        for change in session.exec(select(ChangePoint).where(col(ChangePoint.series_id).in_(some), *when, *what)):
            changes[change.series_id] = change
    return tuple(
        _peer(series_id, region, points.get(series_id), changes.get(series_id))
        for series_id, region in regions.items()
        if series_id in points or series_id in changes
    )


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
    short = [key for key, facts in series.items() if facts.period_kind in SHORT_KINDS]
    long = [key for key, facts in series.items() if facts.period_kind not in SHORT_KINDS]
    for ids, since in ((short, earliest - LOOK_BACK_SHORT), (long, earliest - LOOK_BACK)):
        for some in chunks(ids):
            within = (col(Point.series_id).in_(some), col(Point.period_first) >= since)
            for point in session.exec(select(Point).where(*within).order_by(col(Point.period_first))):
                points[point.series_id].append(point_facts(point))
            when = (col(ChangePoint.series_id).in_(some), col(ChangePoint.period_first) >= since)
            stated = select(ChangePoint).where(*when).order_by(col(ChangePoint.period_first), col(ChangePoint.id))
            for change in session.exec(stated):
                changes[change.series_id].append(change_point_facts(change))
    return series, points, changes


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


def _peer(series_id: int, region: str, point: Point | None, change: ChangePoint | None) -> PeerFacts:
    usable = None if point is None or point.excluded else point
    return PeerFacts(
        series_id=series_id,
        region=region,
        value=None if usable is None else usable.value,
        precision=None if usable is None else usable.precision,
        change=None if change is None else change_point_facts(change),
        observation_id=None if usable is None else usable.observation_id,
    )
