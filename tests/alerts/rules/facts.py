"""Facts in a few words, for tests of rules alone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from storage.facts import (
    ChangeFacts,
    ChangePointFacts,
    DocumentFacts,
    EditionFacts,
    FigureFacts,
    IndicatorFacts,
    PointFacts,
    SeriesFacts,
)
from storage.vocabulary import Cause, Origin, Standing, Status

CRIME = IndicatorFacts(
    id="crime", label="刑事案件立案数", topic="", body="police", measure="cases", unit="起", rise="bad", key=True,
    lower=None, upper=None, thresholds={}, part_of=None, rate_of=None, rate_base=None,
)  # fmt: skip
SERIES = SeriesFacts(1, "crime", "cases", "62", "police", own=False, level="province", period_kind="year")
QUOTATION = "立刑事案件9300起,同比下降28%。"


def change(value: str | None, *, form: str = "percent", direction: str = "up", basis: str = "yoy") -> ChangeFacts:
    return ChangeFacts(
        id=1, direction=direction, value=None if value is None else Decimal(value), precision=None, form=form, basis=basis,
        base_period=None, unit="", qualifier="exact", span_start=12, span_end=17, standing=Standing.TAKEN,
    )  # fmt: skip


def change_point(year: int, signed: Decimal) -> ChangePointFacts:
    return ChangePointFacts(
        period_first=year * 12, period_last=year * 12 + 11, direction="down" if signed < 0 else "up", value=abs(signed),
        precision=None, form="percent", basis="yoy", base_period="", unit="", qualifier="exact", change_id=year,
    )  # fmt: skip


def point(year: int, value: Decimal) -> PointFacts:
    return PointFacts(
        period_first=year * 12, period_last=year * 12 + 11, value=value, precision=Decimal(0), unit="起",
        qualifier="exact", observation_id=year, segment=0, break_before=False, witnesses=1, excluded=False,
    )  # fmt: skip


def figure(
    year: int = 2024,
    *,
    value: Decimal | None = None,
    changes: tuple[ChangeFacts, ...] = (),
    point: PointFacts | None = None,
    history: tuple[PointFacts, ...] = (),
    change_history: tuple[ChangePointFacts, ...] = (),
) -> FigureFacts:
    return FigureFacts(
        id=1, edition_id=1, position=0, subject="立刑事案件", indicator_id="crime", scope_body="police", scope_own=False,
        scope_region="62", scope_words="全省", level="province", period_first=year * 12, period_last=year * 12 + 11,
        value=value, precision=None, unit="起", qualifier="exact", status=Status.STATED, standing=Standing.TAKEN, held=None,
        remarks=(), rules=(), quotation=QUOTATION, span_start=5, span_end=10, mark_start=5, mark_end=10, changes=changes,
        indicator=CRIME, series=SERIES, point=point, history=history, change_history=change_history,
    )  # fmt: skip


def edition_of(*figures: FigureFacts) -> EditionFacts:
    document = DocumentFacts(
        id=1, source_id="62-zfw", title="工作报告(虚构)", issuer="", body="committee", region="62", level="province",
        kind="work_report", period_first=2024 * 12, period_last=2024 * 12 + 11, published=date(2025, 1, 17),
        url="http://127.0.0.1/1",
    )  # fmt: skip
    return EditionFacts(
        edition_id=1, due_ids=(1,), reasons=(), document=document, previous_id=None, origin=Origin.ORDINARY,
        cause=Cause.FIRST, baseline=False, created_at=datetime(2025, 1, 17, tzinfo=UTC), figures=figures, differences=(),
        findings=(), alerts=(),
    )  # fmt: skip
