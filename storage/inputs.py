"""The one door in: frozen records, validated when they are built; nothing else is written into tables.

    RegionInput, IndicatorInput, SourceInput        the catalogue, synced
    LinkInput, FetchInput                           what the client saw
    EditionInput                                    one reading, whole:
        DocumentInput, CaptureInput(CapturePartInput ...), text
        ObservationInput(ChangeInput ...) ..., UnreadInput ...
    AlertInput(EvidenceInput ...)                   what a rule found (storage.alert_inputs)

A wrong type or an impossible value raises pydantic.ValidationError at construction (`InvalidInput` at the doors).
Times are aware; numbers are Decimal, never int or float; offsets count characters of the canonical text.
"""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AwareDatetime, ConfigDict, Field, model_validator
from pydantic.dataclasses import dataclass

from storage.carrying import carried
from storage.texts import PreparedText
from storage.vocabulary import Origin, Outcome, Status

# A validator is built when it is first used: a process needs a few of them, and building all takes 30 ms of its start.
STRICT = ConfigDict(strict=True, extra="forbid", arbitrary_types_allowed=False, defer_build=True)

Text = Annotated[str, Field(min_length=1)]
RegionCode = Annotated[str, Field(pattern=r"^(\d{2}|\d{4}|\d{6})$")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Number = Annotated[Decimal, Field(allow_inf_nan=False)]
Offset = Annotated[int, Field(ge=0)]
Month = Annotated[int, Field(ge=1900 * 12, lt=2200 * 12)]
# Codes of other packages come as their StrEnums or as plain strings; both are strings.
Body = Annotated[str, Field(pattern="^(committee|court|procuratorate|police|justice|congress|press)$")]
Level = Annotated[str, Field(pattern="^(nation|province|city|county)$")]
Direction = Annotated[str, Field(pattern="^(up|down|flat)$")]
Form = Annotated[str, Field(pattern="^(percent|percentage_points|absolute|times_increase|ratio_to_base|flat)$")]


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class RegionInput:
    """A region of GB/T 2260; `parent` is its code one level up."""

    code: RegionCode
    name: Text
    short_name: Text
    level: Level
    parent: RegionCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class IndicatorInput:
    """An indicator of the catalogue. Thresholds are decimals by name; see storage.tables.catalogue.Indicator."""

    id: Text
    label: Text
    topic: str = ""
    body: Body | None = None
    measure: Text
    unit: str
    rise: Literal["good", "bad", ""] = ""
    key: bool = False
    lower: Number | None = None
    upper: Number | None = None
    thresholds: dict[str, Number] = Field(default_factory=dict)
    part_of: str | None = None
    rate_of: str | None = None
    rate_base: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class SourceInput:
    """A source card, as the record needs it."""

    id: Text
    name: Text
    region: RegionCode
    body: Body
    level: Level | None = None
    list_urls: tuple[str, ...] = ()
    family: str = ""
    enabled: bool = False
    required: bool = False
    tolerate_days: Annotated[int, Field(ge=0)] = 0
    months: tuple[str, ...] = ()
    options: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class LinkInput:
    """A link as a list page shows it."""

    url: Text
    title: str = ""
    printed_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class FetchInput:
    """What one request came to, with what the next one needs.

    `text_sha256` is that of the article's canonical text where one was read; `due_at` when to ask again (None: never).
    """

    url: Text
    kind: Literal["list", "article", "attachment", "other"] = "article"
    source_id: str | None = None
    outcome: Annotated[Outcome, Field(strict=False)]
    status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    snapshot_sha256: Sha256 | None = None
    text_sha256: Sha256 | None = None
    due_at: AwareDatetime | None = None
    size: int | None = None
    milliseconds: int | None = None
    note: str = ""


@carried
@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class CapturePartInput:
    """One snapshot of a capture, kept before (storage.snapshots)."""

    sha256: Sha256
    role: Literal["page", "attachment"] = "page"
    url: str = ""


@carried
@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class CaptureInput:
    """The ordered snapshots of one publication at one moment."""

    parts: Annotated[tuple[CapturePartInput, ...], Field(min_length=1)]
    captured_at: AwareDatetime


@carried
@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class DocumentInput:
    """What is known of the publication; `url` is its first address, `urls` all that are known to carry it."""

    url: Text
    urls: tuple[str, ...] = ()
    source_id: str | None = None
    title: str = ""
    issuer: str = ""
    body: Body | None = None
    region: RegionCode | None = None
    level: Level | None = None
    kind: str | None = None
    period_first: Month | None = None
    period_last: Month | None = None
    published: date | None = None
    published_year: int | None = None

    @model_validator(mode="after")
    def _period(self) -> DocumentInput:
        _ordered_pair("period", self.period_first, self.period_last)
        return self


@carried
@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class ChangeInput:
    """One stated change; see storage.tables.figures.Change."""

    start: Offset
    end: Offset
    direction: Direction
    value: Annotated[Number, Field(ge=0)] | None
    form: Form
    basis: Text
    base_period: str | None = None
    unit: str = ""
    precision: Annotated[Number, Field(ge=0)] | None = None
    qualifier: str = "exact"
    rules: tuple[str, ...] = ()


@carried
@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class ObservationInput:
    """One stated figure; see storage.tables.figures.Observation. EditionInput holds its offsets against the text."""

    start: Offset
    end: Offset
    quote_start: Offset
    quote_end: Offset
    subject: Text
    indicator: str | None = None
    scope_body: Body | None = None
    scope_own: bool = False
    scope_region: RegionCode | None = None
    scope_words: str = ""
    level: Level | None = None
    period_first: Month | None = None
    period_last: Month | None = None
    value: Number | None
    precision: Annotated[Number, Field(ge=0)] | None = None
    unit: str = ""
    qualifier: str = "exact"
    status: Annotated[Status, Field(strict=False)] = Status.STATED
    remarks: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    changes: tuple[ChangeInput, ...] = ()

    @model_validator(mode="after")
    def _sound(self) -> ObservationInput:
        _ordered_pair("period", self.period_first, self.period_last)
        if self.value is None and not self.changes:
            raise ValueError(f"{self.subject!r} states neither a value nor a change")
        if not self.start < self.end or not self.quote_start < self.quote_end:
            raise ValueError(f"{self.subject!r} has an empty span or quotation")
        return self


@carried
@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class UnreadInput:
    """A figure that could not be placed; the quotation is the sentence around it."""

    start: Offset
    end: Offset
    reason: Text
    quotation: str = ""


@carried
@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class EditionInput:
    """One reading of one capture, whole. `ignored` counts the digits that are no metrics, by kind.

    `region_names` are names by code of regions that the catalogue may not have (counties). `prepared` is what
    `storage.texts.prepare_text` makes of the text, where it was made in another process already.
    """

    document: DocumentInput
    capture: CaptureInput
    extractor_version: Text
    reader_version: Text
    text: Text
    observations: tuple[ObservationInput, ...] = ()
    unread: tuple[UnreadInput, ...] = ()
    ignored: dict[str, int] = Field(default_factory=dict)
    region_names: dict[RegionCode, Text] = Field(default_factory=dict)
    origin: Annotated[Origin, Field(strict=False)] = Origin.ORDINARY
    prepared: PreparedText | None = None

    @model_validator(mode="after")
    def _of_this_text(self) -> EditionInput:
        if self.prepared is not None and self.prepared.sha256 != hashlib.sha256(self.text.encode()).hexdigest():
            raise ValueError("what was prepared is another text's")
        return self

    @model_validator(mode="after")
    def _within_text(self) -> EditionInput:
        length = len(self.text)
        for figure in self.observations:
            if max(figure.end, figure.quote_end) > length:
                raise ValueError(f"{figure.subject!r} ends at {figure.end}, beyond the text's {length} characters")
        return self


def _ordered_pair(name: str, first: int | None, last: int | None) -> None:
    if (first is None) != (last is None):
        raise ValueError(f"{name}: give both months or none")
    if first is not None and last is not None and last < first:
        raise ValueError(f"{name} ends before it begins: {first} > {last}")


__all__ = [
    "CaptureInput",
    "CapturePartInput",
    "ChangeInput",
    "DocumentInput",
    "EditionInput",
    "FetchInput",
    "IndicatorInput",
    "LinkInput",
    "ObservationInput",
    "RegionInput",
    "SourceInput",
    "UnreadInput",
]
