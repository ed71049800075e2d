"""What the reader takes and what it gives.

    Reading
    ├── observations   one stated figure each (or a change without a level), with everything read around it
    │   └── changes    each stated change at the level it belongs to
    ├── unread         figures seen that could not be placed, with the reason
    └── ignored        digits that are no metrics, with their kind (date, rank, slogan ...)

Offsets count characters of the text as it was given, end exclusive; they never refer to normalised text.
Numbers are exact decimals in base units (81.27万件 is 812700 件); percentages stay percentages.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from scrapers.period import Period
from scrapers.record import Record
from scrapers.vocabulary import BodyKind, Level, PublicationKind


class Status(StrEnum):
    """How sure a figure is: printed as such, computed from other figures of the text, or held in doubt."""

    STATED = "stated"
    DERIVED = "derived"
    DOUBTFUL = "doubtful"


class Qualifier(StrEnum):
    """How exact the printed value claims to be (约, 余, 近, 以上)."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"
    AT_LEAST = "at_least"


class Direction(StrEnum):
    """Which way a change goes; a ratio to a base goes up above 1 and down below it."""

    UP = "up"
    DOWN = "down"
    FLAT = "flat"


class Form(StrEnum):
    """How a change is expressed; per cent and percentage points are two kinds."""

    PERCENT = "percent"
    PERCENTAGE_POINTS = "percentage_points"
    ABSOLUTE = "absolute"
    TIMES_INCREASE = "times_increase"
    RATIO_TO_BASE = "ratio_to_base"
    FLAT = "flat"


class Basis(StrEnum):
    """What a change is measured against."""

    YOY = "yoy"
    CHAIN = "chain"
    NAMED_PERIOD = "named_period"
    PREVIOUS_FIVE_YEARS = "previous_five_years"


@dataclass(frozen=True, slots=True)
class Context:
    """What the page around a text says of it; every field may be unknown.

    `region` is a GB/T 2260 code of two, four or six digits ("62"; "00" is the nation). `period` is what the whole
    report covers. `published` may be no more than a year: then `published_year` alone is set.
    """

    region: str | None = None
    body: BodyKind | None = None
    level: Level | None = None
    kind: PublicationKind | None = None
    period: Period | None = None
    published: date | None = None
    published_year: int | None = None


@dataclass(frozen=True, slots=True)
class Scope(Record):
    """Whose figure it is: a kind of body, the body itself or the whole system under it, and a region.

    `words` is how the text (or the reader, from the context) names it: 全省法院, 省高院, 杭州市公安局.
    """

    body: BodyKind | None
    own: bool
    region: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Change(Record):
    """One stated change. `value` is positive, None where flat; an absolute change is in `unit`, in base units."""

    start: int
    end: int
    direction: Direction
    value: Decimal | None
    form: Form
    basis: Basis
    base_period: str | None = None
    unit: str = ""
    precision: Decimal | None = None
    qualifier: Qualifier = Qualifier.EXACT
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Observation(Record):
    """One stated figure; `value` is None where the text states only a change (then the span is the change's).

    `precision` is half the step of the last printed digit: 81.27万 is 812700 known to ±50. `subject` is the text's
    own words with elided heads restored; `indicator` the id in the catalogue, or None. `quote_start`/`quote_end`
    bound the sentence that is the evidence. `remarks` are ranks and records said of the figure (为近14年最低).
    """

    start: int
    end: int
    subject: str
    scope: Scope
    period: Period | None
    value: Decimal | None
    unit: str
    quote_start: int
    quote_end: int
    precision: Decimal | None = None
    qualifier: Qualifier = Qualifier.EXACT
    indicator: str | None = None
    changes: tuple[Change, ...] = ()
    remarks: tuple[str, ...] = ()
    status: Status = Status.STATED
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread(Record):
    """A figure that was seen and could not be placed; `reason` is one of a small written set of codes."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Ignored(Record):
    """Digits that are no metric; `kind` is date, rank, streak, record, ordinal, document_number, slogan, hotline ..."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Reading(Record):
    """Everything the reader made of one text."""

    observations: tuple[Observation, ...] = ()
    unread: tuple[Unread, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    period: Period | None = None
    published: date | None = None
    rules: tuple[str, ...] = field(default=())
