"""Rows into facts, once for every door."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlmodel import Session, col, select

from storage.facts import (
    AlertFacts,
    ChangeFacts,
    ChangePointFacts,
    DocumentFacts,
    EvidenceFacts,
    FindingFacts,
    IndicatorFacts,
    RegionFacts,
    SeriesFacts,
)
from storage.prepared import number
from storage.tables import (
    Alert,
    AlertEvidence,
    Change,
    ChangePoint,
    Document,
    Edition,
    Finding,
    Indicator,
    Observation,
    Region,
    Series,
)
from storage.vocabulary import AlertState, Audience, Cause, Check, Severity, Standing

# SQLite takes at most 32766 parameters a statement, PostgreSQL 65535; well below both.
CHUNK = 5000


def chunks(items: Sequence[int]) -> Iterable[Sequence[int]]:
    """`items` in pieces that one IN (…) can take."""
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]


def region_facts(row: Region) -> RegionFacts:
    """A region."""
    return RegionFacts(row.code, row.name, row.short_name, row.level, row.parent)


def indicator_facts(row: Indicator) -> IndicatorFacts:
    """An indicator, its thresholds as decimals."""
    return IndicatorFacts(
        id=row.id,
        label=row.label,
        topic=row.topic,
        body=row.body,
        measure=row.measure,
        unit=row.unit,
        rise=row.rise,
        key=row.key,
        lower=row.lower,
        upper=row.upper,
        thresholds={name: Decimal(value) for name, value in row.thresholds.items()},
        part_of=row.part_of,
        rate_of=row.rate_of,
        rate_base=row.rate_base,
    )


@lru_cache(maxsize=4096)
def indicator_from(row: tuple[Any, ...]) -> IndicatorFacts:
    """An indicator from its columns as a driver gives them, in the order of `IndicatorFacts`, thresholds as JSON."""
    indicator_id, label, topic, body, measure, unit, rise, key, lower, upper, thresholds, *others = row
    part_of, rate_of, rate_base = others
    return IndicatorFacts(
        id=indicator_id,
        label=label,
        topic=topic,
        body=body,
        measure=measure,
        unit=unit,
        rise=rise,
        key=bool(key),
        lower=number(lower),
        upper=number(upper),
        thresholds={name: Decimal(value) for name, value in json.loads(thresholds).items()},
        part_of=part_of,
        rate_of=rate_of,
        rate_base=rate_base,
    )


def document_facts(row: Document) -> DocumentFacts:
    """A document as it stands."""
    assert row.id is not None  # noqa: S101 - it comes from the table
    return DocumentFacts(
        id=row.id,
        source_id=row.source_id,
        title=row.title,
        issuer=row.issuer,
        body=row.body,
        region=row.region,
        level=row.level,
        kind=row.kind,
        period_first=row.period_first,
        period_last=row.period_last,
        published=row.published,
        url=row.url,
    )


def series_facts(row: Series) -> SeriesFacts:
    """The key of a series."""
    assert row.id is not None  # noqa: S101 - it comes from the table
    return SeriesFacts(row.id, row.indicator_id, row.measure, row.region, row.body, row.own, row.level, row.period_kind)


def change_point_facts(row: ChangePoint) -> ChangePointFacts:
    """A point of a change series."""
    return ChangePointFacts(
        period_first=row.period_first,
        period_last=row.period_last,
        direction=row.direction,
        value=row.value,
        precision=row.precision,
        form=row.form,
        basis=row.basis,
        base_period=row.base_period,
        unit=row.unit,
        qualifier=row.qualifier,
        change_id=row.change_id,
    )


def change_facts(row: Change) -> ChangeFacts:
    """A stated change."""
    assert row.id is not None  # noqa: S101 - it comes from the table
    return ChangeFacts(
        id=row.id,
        direction=row.direction,
        value=row.value,
        precision=row.precision,
        form=row.form,
        basis=row.basis,
        base_period=row.base_period,
        unit=row.unit,
        qualifier=row.qualifier,
        span_start=row.span_start,
        span_end=row.span_end,
        standing=Standing(row.standing),
    )


def finding_facts(row: Finding) -> FindingFacts:
    """What a check said."""
    return FindingFacts(
        check=Check(row.check_name),
        severity=Severity(row.severity),
        observation_id=row.observation_id,
        change_id=row.change_id,
        other_id=row.other_id,
        expected=row.expected,
        actual=row.actual,
        note=row.note,
    )


def findings_of(session: Session, edition_id: int | None) -> tuple[FindingFacts, ...]:
    """What checks said of an edition, in order."""
    rows = session.exec(select(Finding).where(Finding.edition_id == edition_id).order_by(col(Finding.id)))
    return tuple(finding_facts(row) for row in rows)


def alert_facts(row: Alert, evidence: tuple[EvidenceFacts, ...] = ()) -> AlertFacts:
    """An alert as it stands."""
    assert row.id is not None  # noqa: S101 - it comes from the table
    same = {
        name: getattr(row, name)
        for name in AlertFacts.__dataclass_fields__
        if name not in ("audience", "severity", "state", "cause", "evidence")
    }
    return AlertFacts(
        **same,
        audience=Audience(row.audience),
        severity=Severity(row.severity),
        state=AlertState(row.state),
        cause=None if row.cause is None else Cause(row.cause),
        evidence=evidence,
    )


def alerts_with_evidence(session: Session, rows: Sequence[Alert]) -> tuple[AlertFacts, ...]:
    """Alerts in the given order, each with the figures that it rests on, quoted."""
    ids = [row.id for row in rows if row.id is not None]
    evidence = _evidence(session, ids)
    return tuple(alert_facts(row, tuple(evidence.get(row.id or 0, ()))) for row in rows)


def _evidence(session: Session, ids: Sequence[int]) -> Mapping[int, list[EvidenceFacts]]:
    found: dict[int, list[EvidenceFacts]] = defaultdict(list)
    for some in chunks(ids):
        query = (
            select(AlertEvidence, Observation, Document)
            .join(Observation, col(Observation.id) == col(AlertEvidence.observation_id))
            .join(Edition, col(Edition.id) == col(Observation.edition_id))
            .join(Document, col(Document.id) == col(Edition.document_id))
            .where(col(AlertEvidence.alert_id).in_(some))
            .order_by(col(AlertEvidence.alert_id), col(AlertEvidence.position))
        )
        for link, figure, document in session.exec(query):
            found[link.alert_id].append(_quoted(link, figure, document))
    return found


def _quoted(link: AlertEvidence, figure: Observation, document: Document) -> EvidenceFacts:
    return EvidenceFacts(
        observation_id=link.observation_id,
        role=link.role,
        quotation=figure.quotation,
        mark_start=max(figure.span_start - figure.quote_start, 0),
        mark_end=max(figure.span_end - figure.quote_start, 0),
        value=figure.value,
        unit=figure.unit,
        qualifier=figure.qualifier,
        period_first=figure.period_first,
        period_last=figure.period_last,
        region=figure.scope_region,
        url=document.url,
        title=document.title,
        published=document.published,
    )
