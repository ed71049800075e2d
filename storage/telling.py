"""What messages and the sending loop ask for: names of regions, indicators and sources, lines of charts, attempts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.tables import (
    Alert,
    AlertFeedback,
    Attempt,
    Change,
    ChangePoint,
    Delivery,
    Document,
    Indicator,
    Observation,
    Point,
    Region,
    Source,
    SourceRun,
)
from storage.vocabulary import DeliveryState, RunResult, Standing

_FAILED = (RunResult.BROKEN, RunResult.BLOCKED, RunResult.UNREACHABLE)
# Further back nobody needs to know how long a source has been failing.
_RUNS = 60


@dataclass(frozen=True, slots=True)
class Names:
    """By code or id; what is missing is called by its code."""

    regions: Mapping[str, str] = field(default_factory=dict)
    indicators: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)


def names(session: Session) -> Names:
    """Everything that has a name; some thousand rows at most."""
    regions = session.exec(select(Region.code, Region.short_name))
    indicators = session.exec(select(Indicator.id, Indicator.label))
    sources = session.exec(select(Source.id, Source.name))
    return Names(dict(regions.all()), dict(indicators.all()), dict(sources.all()))


def lines(
    session: Session, series_ids: Collection[int], *, points: int = 20
) -> dict[int, tuple[tuple[int, int, Decimal], ...]]:
    """By series, its latest `points` as (first month, last month, value), oldest first; excluded ones are left out."""
    found: dict[int, tuple[tuple[int, int, Decimal], ...]] = {}
    for series_id in series_ids:
        query = (
            select(Point)
            .where(Point.series_id == series_id, col(Point.excluded).is_(False))
            .order_by(col(Point.period_first).desc())
            .limit(points)
        )
        newest_first = [(row.period_first, row.period_last, row.value) for row in session.exec(query)]
        found[series_id] = tuple(reversed(newest_first))
    return found


def attempts_since(session: Session, receiver: str, since: datetime) -> tuple[datetime, ...]:
    """When attempts at a receiver were made since a moment, oldest first: what its platform's rate limit counts."""
    query = (
        select(Attempt.at)
        .join(Delivery, col(Delivery.id) == col(Attempt.delivery_id))
        .where(Delivery.receiver == receiver, col(Attempt.at) > since)
        .order_by(col(Attempt.at))
    )
    return tuple(session.exec(query))


def editions_stating(session: Session, series_ids: Collection[int], period_first: int, period_last: int) -> set[int]:
    """The editions whose figures are what series and their changes are taken from for a period."""
    if not series_ids:
        return set()
    values = select(Observation.edition_id).where(
        col(Observation.series_id).in_(series_ids),
        Observation.period_first == period_first,
        Observation.period_last == period_last,
        Observation.standing == Standing.TAKEN,
    )
    changes = (
        select(Change.edition_id)
        .join(ChangePoint, col(ChangePoint.change_id) == col(Change.id))
        .where(
            col(ChangePoint.series_id).in_(series_ids),
            ChangePoint.period_first == period_first,
            ChangePoint.period_last == period_last,
        )
    )
    return set(session.exec(values)) | set(session.exec(changes))


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """A source card as synced; `months` are those in which its yearly report is expected."""

    id: str
    name: str
    region: str
    body: str
    months: tuple[str, ...]


def enabled_sources(session: Session) -> tuple[SourceFacts, ...]:
    """The sources that are asked, in the order of their ids."""
    query = select(Source).where(col(Source.enabled).is_(True), col(Source.retired).is_(False)).order_by(Source.id)
    return tuple(SourceFacts(row.id, row.name, row.region, row.body, row.months) for row in session.exec(query))


def publication_days(session: Session, kinds: Collection[str], since: date) -> dict[str, tuple[date, ...]]:
    """By source, the days on which publications of these kinds came out since a day, oldest first."""
    query = (
        select(Document)
        .where(col(Document.kind).in_(kinds), col(Document.published) >= since)
        .order_by(col(Document.published))
    )
    found: dict[str, list[date]] = defaultdict(list)
    for row in session.exec(query):
        if row.source_id is not None and row.published is not None:
            found[row.source_id].append(row.published)
    return {source_id: tuple(days) for source_id, days in found.items()}


def unsent(session: Session, states: Collection[DeliveryState], since: datetime) -> dict[str, int]:
    """By receiver, how many deliveries ended in one of these states since a moment."""
    query = (
        select(Delivery.receiver, func.count())
        .where(col(Delivery.state).in_([state.value for state in states]), col(Delivery.closed_at) > since)
        .group_by(Delivery.receiver)
    )
    return dict(session.exec(query).all())


def open_rows(session: Session, receiver: str) -> int:
    """How many deliveries of a receiver, digests apart, are still to be sent."""
    query = select(func.count()).where(
        Delivery.receiver == receiver, col(Delivery.state).in_(("pending", "leased")), Delivery.digest == ""
    )
    return session.exec(query).one()


def standing_editions(session: Session, since: date | None = None) -> tuple[int, ...]:
    """The editions that stand now, of documents published since a day (all, without one), in order of publication."""
    query = select(Document).where(col(Document.edition_id).is_not(None))
    if since is not None:
        query = query.where(col(Document.published) >= since)
    rows = session.exec(query.order_by(col(Document.published), col(Document.id)))
    return tuple(row.edition_id for row in rows if row.edition_id is not None)


def verdicts(session: Session) -> dict[str, str]:
    """By fingerprint, what a person last said of the alert (useful, false, incident)."""
    query = (
        select(Alert.fingerprint, AlertFeedback.verdict)
        .join(AlertFeedback, col(AlertFeedback.alert_id) == col(Alert.id))
        .order_by(col(AlertFeedback.id))
    )
    return dict(session.exec(query).all())


def failing_since(session: Session, source_id: str) -> datetime | None:
    """Since when every run of a source has failed; None where its latest did not, or it has none."""
    query = (
        select(SourceRun)
        .where(SourceRun.source_id == source_id, col(SourceRun.result).is_not(None))
        .order_by(col(SourceRun.started_at).desc())
        .limit(_RUNS)
    )
    since = None
    for run in session.exec(query):
        if run.result not in _FAILED:
            break
        since = run.started_at
    return since
