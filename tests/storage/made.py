"""Invented publications (虚构) for the record's tests: a small catalogue, and editions whose offsets are right.

    edition(figure("受理案件", "62", 2024, "812700", change="+113%"), ...)

Each figure becomes one sentence of the text; its span is the number, its quotation the sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlmodel import Session

from storage.catalogue import sync_indicators, sync_regions, sync_sources
from storage.editions import record_edition
from storage.facts import Recorded
from storage.inputs import (
    CaptureInput,
    CapturePartInput,
    ChangeInput,
    DocumentInput,
    EditionInput,
    IndicatorInput,
    ObservationInput,
    RegionInput,
    SourceInput,
    UnreadInput,
)
from storage.snapshots import note_snapshot
from storage.store import Store
from storage.vocabulary import Origin, Status

NOW = datetime(2025, 1, 20, 4, 0, tzinfo=UTC)
PUBLISHED = date(2025, 1, 17)
REGIONS = {
    "00": "全国",
    "11": "北京",
    "32": "江苏",
    "33": "浙江",
    "42": "湖北",
    "43": "湖南",
    "44": "广东",
    "51": "四川",
    "61": "陕西",
    "62": "甘肃",
    "63": "青海",
    "64": "宁夏",
}


@dataclass(frozen=True)
class Figure:
    subject: str
    region: str
    first: int
    last: int
    value: str | None
    unit: str
    change: str
    basis: str
    precision: str | None
    indicator: str | None
    body: str
    status: Status
    remarks: tuple[str, ...]


def figure(
    subject: str,
    region: str,
    year: int,
    value: str | None,
    *,
    months: tuple[int, int] = (1, 12),
    unit: str = "件",
    change: str = "",
    basis: str = "yoy",
    precision: str | None = None,
    indicator: str | None = "accepted",
    body: str = "court",
    status: Status = Status.STATED,
    remarks: tuple[str, ...] = (),
) -> Figure:
    """One figure; `change` is "", "+113%", "-28%", "+3点", "+2倍" or "0"."""
    first, last = year * 12 + months[0] - 1, year * 12 + months[1] - 1
    return Figure(subject, region, first, last, value, unit, change, basis, precision, indicator, body, status, remarks)


def edition(
    *figures: Figure,
    url: str = "http://court.example/1.html",
    urls: tuple[str, ...] = (),
    source: str | None = "62-court",
    title: str = "工作报告（虚构）",
    body: str = "court",
    region: str = "62",
    kind: str = "work_report",
    year: int | None = 2024,
    published: date | None = PUBLISHED,
    reader: str = "reader-1",
    extractor: str = "extractor-1",
    template: str = "",
    preface: str = "",
    origin: Origin = Origin.ORDINARY,
    unread: int = 0,
) -> EditionInput:
    """An edition whose text holds these figures; `template` is what surrounds the article in the page's bytes."""
    text = preface
    observations = []
    for item in figures:
        observation, sentence = _observation(item, len(text))
        observations.append(observation)
        text += sentence
    text = text or "本报告没有数字。"
    data = f"{template}<article>{text}</article>".encode()
    return EditionInput(
        document=DocumentInput(
            url=url,
            urls=urls,
            source_id=source,
            title=title,
            issuer=f"{REGIONS[region]}法院",
            body=body,
            region=region,
            level="province",
            kind=kind,
            period_first=None if year is None else year * 12,
            period_last=None if year is None else year * 12 + 11,
            published=published,
        ),
        capture=CaptureInput(parts=(CapturePartInput(sha256=_hash(data), url=url),), captured_at=NOW),
        extractor_version=extractor,
        reader_version=reader,
        text=text,
        observations=tuple(observations),
        unread=tuple(UnreadInput(start=0, end=1, reason="no_subject", quotation=text[:5]) for _ in range(unread)),
        ignored={"date": 2},
        origin=origin,
    )


PAGES: dict[str, bytes] = {}


def _hash(data: bytes) -> str:
    import hashlib

    sha256 = hashlib.sha256(data).hexdigest()
    PAGES[sha256] = data
    return sha256


def _observation(item: Figure, at: int) -> tuple[ObservationInput, str]:
    value = item.value or ""
    head = f"{REGIONS.get(item.region, item.region)}{item.first // 12}年{item.subject}"
    sentence = f"{head}{value}{item.unit if value else ''}"
    start = at + len(head)
    end = start + len(value)
    changes: tuple[ChangeInput, ...] = ()
    if item.change:
        sentence += ",同比变化"
        changes = (_change(item, at + len(sentence)),)
        sentence += item.change
    sentence += "。"
    if not value:
        start, end = changes[0].start, changes[0].end
    return (
        ObservationInput(
            start=start,
            end=end,
            quote_start=at,
            quote_end=at + len(sentence),
            subject=item.subject,
            indicator=item.indicator,
            scope_body=item.body,
            scope_region=item.region,
            scope_words=f"{REGIONS.get(item.region, item.region)}全省",
            level="province",
            period_first=item.first,
            period_last=item.last,
            value=None if item.value is None else Decimal(item.value),
            precision=None if item.precision is None else Decimal(item.precision),
            unit=item.unit if item.value else "",
            status=item.status,
            remarks=item.remarks,
            rules=("made",),
            changes=changes,
        ),
        sentence,
    )


def _change(item: Figure, start: int) -> ChangeInput:
    words = item.change
    direction = {"+": "up", "-": "down", "0": "flat"}[words[0]]
    form = (
        "percent"
        if words.endswith("%")
        else "percentage_points"
        if words.endswith("点")
        else "times_increase"
        if words.endswith("倍")
        else "flat"
    )
    value = None if form == "flat" else Decimal(words[1:].rstrip("%点倍"))
    return ChangeInput(
        start=start,
        end=start + len(words),
        direction=direction,
        value=value,
        form=form,
        basis=item.basis,
        rules=("made",),
    )


INDICATORS: Sequence[IndicatorInput] = (
    IndicatorInput(id="accepted", label="受理案件数", body="court", measure="cases", unit="件", key=True, lower=Decimal(100), upper=Decimal(5000000), thresholds={"percent": Decimal(20)}),
    IndicatorInput(id="closed", label="审结案件数", body="court", measure="cases", unit="件", part_of="accepted"),
    IndicatorInput(id="closing_rate", label="结案率", body="court", measure="rate", unit="%", rate_of="closed", rate_base="accepted"),
    IndicatorInput(id="crime", label="刑事案件", body="police", measure="cases", unit="起", rise="bad", key=True),
)  # fmt: skip


def catalogue(session: Session) -> None:
    """Regions, indicators and two sources."""
    sync_regions(
        session,
        [RegionInput(code=code, name=f"{name}省", short_name=name, level="province") for code, name in REGIONS.items()],
    )
    sync_indicators(session, INDICATORS)
    sync_sources(
        session,
        [
            SourceInput(
                id="62-court", name="甘肃法院网", region="62", body="court", list_urls=("http://court.example/",)
            ),
            SourceInput(id="62-press", name="甘肃日报", region="62", body="press"),
        ],
        now=NOW,
    )


def record(store: Store, given: EditionInput, *, now: datetime = NOW, media_type: str = "text/html") -> Recorded:
    """Keep the snapshots of an edition and record it, as the ingest flow does."""
    for part in given.capture.parts:
        kept = store.archive.keep(PAGES[part.sha256])
        with store.write() as session:
            note_snapshot(session, kept, media_type=media_type, now=now)
    with store.write() as session:
        return record_edition(session, given, now=now)


def reread(given: EditionInput, reader: str) -> EditionInput:
    """The same edition as another reader reads it."""
    return replace(given, reader_version=reader)
