"""Fictional reports (虚构) in few words, recorded as flows would record what the reader read.

    Stated("crime", change="-28%", remarks=("为近14年最低",))
    Stated("disputes", value="81.27万", change="+113%")
    Stated("in_time", value="94.49", change="+1.9pp")
    Stated("received", value="62万", change="x3.2@2017", basis named by the year after @)

    change   +113%  -10.6%   per cent            =        flat
             +1.9pp -2pp     percentage points    +91 -8.5 absolute, in the figure's unit
             +2.3times       an increase of 2.3 times     x3.2   3.2 times the base
             …@2019 on a named year   …@five on the previous five years   …@chain on the previous period

The text of a report is made of its figures' sentences, so that quotations and offsets are real.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal

from sqlmodel import Session

from storage import Store
from storage.editions import record_edition
from storage.exactness import printed_precision
from storage.facts import Recorded
from storage.inputs import CaptureInput, CapturePartInput, ChangeInput, DocumentInput, EditionInput, ObservationInput
from storage.snapshots import Kept, note_snapshot
from storage.vocabulary import Origin, Status
from tests.alerts.catalogue import body_of, label_of, unit_of

_CHANGE = re.compile(r"(?P<sign>[+\-x=])(?P<value>[\d.]*)(?P<form>%|pp|times)?(?:@(?P<base>\w+))?")
_NUMBER = re.compile(r"([\d.]+)(万|亿)?")
_SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True)
class Stated:
    """One figure of a report."""

    indicator: str
    value: str = ""
    change: str = ""
    subject: str = ""
    unit: str = ""
    period: str = ""
    region: str = ""
    remarks: tuple[str, ...] = ()
    status: str = "stated"
    qualifier: str = "exact"
    change_qualifier: str = "exact"


@dataclass(frozen=True)
class Report:
    """One reading of one publication. `printed` is what the page says where `figures` are a misreading of it."""

    published: date
    figures: tuple[Stated, ...]
    region: str = "62"
    body: str = "committee"
    kind: str = "work_report"
    period: str = "2024"
    url: str = ""
    title: str = ""
    source: str | None = "62-zfw"
    origin: str = "ordinary"
    reader: str = "1"
    seen: date | None = None
    extra: str = ""
    printed: tuple[Stated, ...] = ()
    media_type: str = "text/html"

    @property
    def now(self) -> datetime:
        """When it is fetched: by day ten in Beijing, on the day of publication unless said."""
        return datetime.combine(self.seen or self.published, time(2, 0), UTC)


@dataclass
class _Text:
    """A text that grows; it knows where its pieces stand."""

    parts: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, piece: str) -> tuple[int, int]:
        start = self.length
        self.parts.append(piece)
        self.length += len(piece)
        return start, self.length


def months(period: str) -> tuple[int, int]:
    """2024, 2018-2022, 2024-01/2024-06 as months."""
    if match := re.fullmatch(r"(\d{4})(?:-(\d{4}))?", period):
        return int(match[1]) * 12, int(match[2] or match[1]) * 12 + 11
    first, _, last = period.partition("/")
    year, month = first.split("-")
    end_year, end_month = (last or first).split("-")
    return int(year) * 12 + int(month) - 1, int(end_year) * 12 + int(end_month) - 1


def edition(report: Report) -> EditionInput:
    """The report as it is handed to the record."""
    text = _Text()
    text.add(f"虚构报告:{report.title or report.region + report.period + report.body}。\n{report.extra}")
    printed = report.printed or report.figures
    observations = tuple(_observation(text, report, *pair) for pair in zip(report.figures, printed, strict=True))
    whole = "".join(text.parts)
    first, last = months(report.period)
    url = report.url or f"http://127.0.0.1/{report.region}/{report.body}/{report.period}/{report.kind}.html"
    sha256 = hashlib.sha256(whole.encode()).hexdigest()
    return EditionInput(
        document=DocumentInput(
            url=url,
            source_id=report.source,
            title=report.title or f"{report.period}年工作报告(虚构)",
            issuer=f"{report.region}{report.body}",
            body=report.body,
            region=report.region,
            level="province",
            kind=report.kind,
            period_first=first,
            period_last=last,
            published=report.published,
        ),
        capture=CaptureInput(parts=(CapturePartInput(sha256=sha256, url=url),), captured_at=report.now),
        extractor_version="1",
        reader_version=report.reader,
        text=whole,
        observations=observations,
        origin=Origin(report.origin),
    )


def record(store: Store, report: Report) -> Recorded:
    """Store a report."""
    given = edition(report)
    with store.write() as session:
        _note_snapshots(session, given, report.media_type)
        return record_edition(session, given, now=report.now)


def _note_snapshots(session: Session, given: EditionInput, media_type: str) -> None:
    for part in given.capture.parts:
        kept = Kept(part.sha256, size=1, stored_size=1, new=True)
        note_snapshot(session, kept, media_type=media_type, now=given.capture.captured_at)


def _observation(text: _Text, report: Report, stated: Stated, printed: Stated) -> ObservationInput:
    unit = stated.unit or unit_of(stated.indicator)
    subject = stated.subject or label_of(stated.indicator)
    quote_start, _ = text.add(f"{report.region}{printed.subject or label_of(printed.indicator)}")
    value_span = text.add(f"{printed.value}{unit_of(printed.indicator)}") if printed.value else None
    text.add(",")
    change_span = text.add(f"同比{printed.change}") if printed.change else None
    text.add(f",{'、'.join(printed.remarks)}" if printed.remarks else "")
    _, quote_end = text.add("。")
    text.add("\n")
    change = _change(change_span or value_span or (0, 0), stated, unit) if stated.change else None
    value = number(stated.value) if stated.value else None
    start, end = value_span or change_span or (0, 0)
    first, last = months(stated.period or report.period)
    return ObservationInput(
        start=start,
        end=end,
        quote_start=quote_start,
        quote_end=quote_end,
        subject=subject,
        indicator=stated.indicator,
        scope_body=body_of(stated.indicator),
        scope_region=stated.region or report.region,
        scope_words="全省",
        level="province",
        period_first=first,
        period_last=last,
        value=value,
        precision=_precision(stated.value) if stated.value else None,
        unit=unit,
        qualifier=stated.qualifier,
        status=Status(stated.status),
        remarks=stated.remarks,
        changes=(change,) if change else (),
    )


def number(text: str) -> Decimal:
    """81.27万 as 812700."""
    match = _NUMBER.fullmatch(text)
    assert match, text
    return Decimal(match[1]) * _SCALES[match[2] or ""]


def _precision(text: str) -> Decimal:
    match = _NUMBER.fullmatch(text)
    assert match, text
    scale = _SCALES[match[2] or ""]
    digits = Decimal(match[1])
    return printed_precision(digits) * scale if scale > 1 or "." in match[1] else Decimal(0)


def _change(span: tuple[int, int], stated: Stated, unit: str) -> ChangeInput:
    match = _CHANGE.fullmatch(stated.change)
    assert match, stated.change
    start, end = span
    form = {"%": "percent", "pp": "percentage_points", "times": "times_increase"}.get(match["form"] or "", "absolute")
    if match["sign"] == "x":
        form = "ratio_to_base"
    if match["sign"] == "=":
        form = "flat"
    value = None if form == "flat" else Decimal(match["value"])
    basis, base_period = "yoy", None
    if match["base"] in ("five", "chain"):
        basis = {"five": "previous_five_years", "chain": "chain"}[match["base"]]
    elif match["base"]:
        basis, base_period = "named_period", match["base"]
    rises = match["sign"] == "+" or (form == "ratio_to_base" and value is not None and value > 1)
    return ChangeInput(
        start=start,
        end=end,
        direction="flat" if form == "flat" else "up" if rises else "down",
        value=value,
        form=form,
        basis=basis,
        base_period=base_period,
        unit=unit if form == "absolute" else "",
        precision=printed_precision(value) if value is not None else None,
        qualifier=stated.change_qualifier,
    )
