"""Questions that people ask of the record, as functions.

find_series          which series there are
series_with_sources  one series: each point with the sentence, document and address it was taken from
across_regions       one indicator for one period in every region, with rank, median and robust spread
new_since            documents and editions that came in
document_story       everything about one document: captures, editions, differences, figures, findings, alerts
standing_document    what of that a reader is shown: the document, its figures that stand, its alerts
document_of_address  which document an address carries
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy.engine import Connection
from sqlmodel import Session, col, select

from storage.difference import compare
from storage.errors import NotFound
from storage.evaluation import alerts_of_document
from storage.facts import (
    AlertFacts,
    ChangePointFacts,
    DocumentFacts,
    FigureDifference,
    FigureFacts,
    FindingFacts,
    PointFacts,
    SeriesFacts,
)
from storage.gathering import figures_of
from storage.prepared import Query, day, number
from storage.reading import blame_between, stated_of
from storage.rows import change_point_facts, document_facts, findings_of, series_facts
from storage.tables import (
    Address,
    Capture,
    CapturePart,
    ChangePoint,
    Document,
    Edition,
    Indicator,
    Series,
)
from storage.vocabulary import Cause, Origin


@dataclass(frozen=True, slots=True)
class SourcedPoint:
    """A point with where it comes from."""

    point: PointFacts
    subject: str
    quotation: str
    title: str
    url: str
    published: date | None
    others: int


@dataclass(frozen=True, slots=True)
class SeriesStory:
    """A series, its points with their sources, and its stated changes, oldest first."""

    series: SeriesFacts
    label: str
    points: tuple[SourcedPoint, ...]
    changes: tuple[ChangePointFacts, ...]


class RegionValue(NamedTuple):
    """One region's value in a comparison; rank 1 is the largest, equal values share one."""

    region: str
    value: Decimal
    precision: Decimal | None
    unit: str
    rank: int
    observation_id: int
    series_id: int
    qualifier: str = "exact"
    change: Decimal | None = None
    change_qualifier: str = "exact"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One indicator for one period across regions: `spread` is the median absolute deviation from the median."""

    values: tuple[RegionValue, ...]
    median: Decimal | None
    spread: Decimal | None


@dataclass(frozen=True, slots=True)
class NewEdition:
    """An edition that came in."""

    edition_id: int
    document: DocumentFacts
    origin: Origin
    cause: Cause
    baseline: bool
    observations: int
    unread: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class EditionStory:
    """One edition of a document: what it read, what it changed, what checks said."""

    edition: NewEdition
    capture_id: int
    captured_at: datetime
    snapshots: tuple[str, ...]
    extractor_version: str
    reader_version: str
    differences: tuple[FigureDifference, ...]
    findings: tuple[FindingFacts, ...]


@dataclass(frozen=True, slots=True)
class StandingDocument:
    """One document as it stands now: the figures are those of its latest edition."""

    document: DocumentFacts
    figures: tuple[FigureFacts, ...]
    alerts: tuple[AlertFacts, ...]


@dataclass(frozen=True, slots=True)
class DocumentStory:
    """Everything about one document; `figures` are those of the edition that stands."""

    document: DocumentFacts
    addresses: tuple[str, ...]
    editions: tuple[EditionStory, ...]
    figures: tuple[FigureFacts, ...]
    alerts: tuple[AlertFacts, ...]


def find_series(
    session: Session, *, indicator: str | None = None, region: str | None = None, period_kind: str | None = None
) -> tuple[SeriesFacts, ...]:
    """The series that fit, in the order of their keys."""
    query = select(Series)
    for column, wanted in (
        (Series.indicator_id, indicator),
        (Series.region, region),
        (Series.period_kind, period_kind),
    ):
        if wanted is not None:
            query = query.where(column == wanted)
    order = (Series.indicator_id, Series.region, Series.measure, Series.body, Series.own, Series.level)
    return tuple(series_facts(row) for row in session.exec(query.order_by(*(col(item) for item in order))))


_SOURCED = Query("""
    SELECT p.period_first, p.period_last, p.value, p.precision, p.unit, p.qualifier, p.observation_id, p.segment,
        p.break_before, p.witnesses, p.excluded, o.subject, o.quotation, d.title, d.url, d.published,
        (SELECT count(*) FROM observation x WHERE x.series_id = p.series_id AND x.period_first = p.period_first
            AND x.period_last = p.period_last AND x.standing <> 'superseded' AND x.id <> p.observation_id)
    FROM point p JOIN observation o ON o.id = p.observation_id JOIN document d ON d.id = p.document_id
    WHERE p.series_id = :series ORDER BY p.period_first, p.period_last
""")


def series_with_sources(session: Session, series_id: int) -> SeriesStory:
    """One series with the source of each point; `others` counts what it was preferred to. Raises NotFound."""
    row = session.get(Series, series_id)
    if row is None:
        raise NotFound(f"there is no series {series_id}")
    points = []
    for first, last, value, precision, unit, qualifier, figure, *rest in _SOURCED.rows(
        session.connection(), series=series_id
    ):
        segment, broken, witnesses, excluded, subject, quotation, title, url, published, others = rest
        point = PointFacts(
            period_first=first,
            period_last=last,
            value=Decimal(value),
            precision=number(precision),
            unit=unit,
            qualifier=qualifier,
            observation_id=figure,
            segment=segment,
            break_before=bool(broken),
            witnesses=witnesses,
            excluded=bool(excluded),
            published=day(published),
        )
        points.append(SourcedPoint(point, subject, quotation, title, url, day(published), others))
    changes = (
        select(ChangePoint)
        .where(ChangePoint.series_id == series_id)
        .order_by(col(ChangePoint.period_first), col(ChangePoint.form), col(ChangePoint.basis))
    )
    label = session.get_one(Indicator, row.indicator_id).label
    stated = tuple(change_point_facts(change) for change in session.exec(changes))
    return SeriesStory(series_facts(row), label, tuple(points), stated)


_ACROSS = Query("""
    SELECT s.region, p.value, p.precision, p.unit, p.observation_id, s.id, p.qualifier
    FROM series s JOIN point p ON p.series_id = s.id AND p.period_first = :first AND p.period_last = :last
    WHERE s.indicator_id = :indicator AND s.period_kind = :kind AND s.level = :level AND s.own = :own
        AND s.measure = :measure AND s.body = :body
""")


def across_regions(
    session: Session, like: SeriesFacts, period_first: int, period_last: int, *, with_changes: bool = False
) -> Comparison:
    """The indicator, measure, body, level and kind of period of `like` in every region for one period, largest first.

    With `with_changes` each has its stated year-on-year per cent, signed.
    """
    connection = session.connection()
    rows = _ACROSS.rows(
        connection,
        indicator=like.indicator_id,
        kind=like.period_kind,
        level=like.level,
        own=like.own,
        measure=like.measure,
        body=like.body,
        first=period_first,
        last=period_last,
    )
    # copy_negate: a minus sign would round to the digits of the context.
    found = sorted(((Decimal(row[1]).copy_negate(), *row) for row in rows), key=itemgetter(0, 1))
    changes = _stated(connection, [row[6] for row in found], period_first, period_last) if with_changes else {}
    values: list[RegionValue] = []
    rank, above = 0, None
    for place, (negative, region, _value, precision, unit, figure, series, qualifier) in enumerate(found, 1):
        if negative != above:
            rank, above = place, negative
        values.append(
            RegionValue(
                region,
                negative.copy_negate(),
                number(precision),
                unit,
                rank,
                figure,
                series,
                qualifier,
                *changes.get(series, ()),
            )
        )
    middle = _middle([value.value for value in values])
    spread = None if middle is None else _middle(sorted(abs(value.value - middle) for value in values))
    return Comparison(tuple(values), middle, spread)


def _middle(ordered: Sequence[Decimal]) -> Decimal | None:
    """The median of values that are in order, either way."""
    if not ordered:
        return None
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


_STATED = Query("""
    SELECT series_id, direction, value, qualifier FROM change_point
    WHERE series_id = ANY(:series) AND period_first = :first AND period_last = :last
        AND form IN ('percent', 'flat') AND basis = 'yoy'
""")


def _stated(connection: Connection, series: Sequence[int], first: int, last: int) -> dict[int, tuple[Decimal, str]]:
    signs = {"up": 1, "down": -1, "flat": 0}
    rows = _STATED.rows(connection, series=series, first=first, last=last)
    return {
        series_id: (signs[direction] * (number(value) or Decimal(0)), qualifier)
        for series_id, direction, value, qualifier in rows
    }


def new_since(session: Session, since: datetime, *, limit: int = 500) -> tuple[NewEdition, ...]:
    """Editions recorded since, newest first."""
    query = (
        select(Edition, Document)
        .join(Document, col(Document.id) == col(Edition.document_id))
        .where(col(Edition.created_at) >= since)
        .order_by(col(Edition.id).desc())
        .limit(limit)
    )
    return tuple(_new_edition(edition, document) for edition, document in session.exec(query))


def standing_document(session: Session, document_id: int) -> StandingDocument:
    """One document without its past. Raises NotFound."""
    document = session.get(Document, document_id)
    if document is None:
        raise NotFound(f"there is no document {document_id}")
    edition_id = document.edition_id
    figures = figures_of(session, edition_id, findings_of(session, edition_id)) if edition_id else ()
    return StandingDocument(document_facts(document), figures, alerts_of_document(session, document_id))


def document_story(session: Session, document_id: int) -> DocumentStory:
    """Everything about one document, its editions oldest first. Raises NotFound."""
    now = standing_document(session, document_id)
    document = session.get_one(Document, document_id)
    editions = session.exec(select(Edition).where(Edition.document_id == document_id).order_by(col(Edition.id))).all()
    urls = select(Address.url).where(Address.document_id == document_id).order_by(col(Address.id))
    return DocumentStory(
        document=now.document,
        addresses=tuple(session.exec(urls)),
        editions=tuple(_edition_story(session, edition, document) for edition in editions),
        figures=now.figures,
        alerts=now.alerts,
    )


_CARRIED = Query("SELECT document_id FROM address WHERE url = ANY(:urls) AND document_id IS NOT NULL ORDER BY 1")


def document_of_address(session: Session, url: str) -> int:
    """The document that an address carries, also where it is given with another scheme, a fragment or a last slash.

    Raises NotFound.
    """
    plain = url.strip().partition("#")[0]
    scheme, separator, rest = plain.partition("://")
    spelt = [url.strip(), plain]
    if separator and scheme.lower() in ("http", "https"):
        host, slash, path = rest.partition("/")
        stem = f"{host.lower()}{slash}{path}".rstrip("/")
        spelt += [f"{one}://{stem}{end}" for one in ("http", "https") for end in ("", "/")]
    found = _CARRIED.first(session.connection(), urls=set(spelt))
    if found is None:
        raise NotFound(f"no document is known at {url}; zhengfa show new lists what came in")
    return int(found[0])


def _new_edition(edition: Edition, document: Document) -> NewEdition:
    assert edition.id is not None  # noqa: S101 - it comes from the table
    return NewEdition(
        edition_id=edition.id,
        document=document_facts(document),
        origin=Origin(edition.origin),
        cause=Cause(edition.cause),
        baseline=edition.baseline,
        observations=edition.observations,
        unread=edition.unread,
        created_at=edition.created_at,
    )


def _edition_story(session: Session, edition: Edition, document: Document) -> EditionStory:
    capture = session.get_one(Capture, edition.capture_id)
    parts = select(CapturePart.sha256).where(CapturePart.capture_id == capture.id).order_by(col(CapturePart.position))
    differences: tuple[FigureDifference, ...] = ()
    if edition.previous_id is not None and edition.id is not None:
        blame = blame_between(session, session.get_one(Edition, edition.previous_id), edition)
        differences = compare(stated_of(session, edition.previous_id), stated_of(session, edition.id), blame)
    return EditionStory(
        edition=_new_edition(edition, document),
        capture_id=edition.capture_id,
        captured_at=capture.captured_at,
        snapshots=tuple(session.exec(parts)),
        extractor_version=edition.extractor_version,
        reader_version=edition.reader_version,
        differences=differences,
        findings=findings_of(session, edition.id),
    )
