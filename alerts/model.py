"""What is told: one alert as a person reads it, and the message that carries it. Nothing here knows tables or channels.

    Message                 what one receiver gets at once
    └── notices             one Notice per alert
        ├── figure          the figure now: value or change, quotation with the figure marked, where it stands
        ├── before          what it is compared with or what it replaces, where there is such a thing
        ├── why, also       the rules' reasons: codes and particulars, put into words by alerts.messages
        └── erratum         for a correction: whose error it was

Numbers are exact decimals in base units; percentages stay percentages. Quotations are the page's own words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from alerts.vocabulary import Audience, Language, Reason, Severity


class Erratum(StrEnum):
    """Whose error a correction mends (ARCHITECTURE.md, decision 7), or what other witness there is now.

    FORM: another form of the document says otherwise. SOURCE: another document does, and speaks first for the figure.
    """

    PUBLISHER = "publisher"
    READER = "reader"
    FORM = "form"
    SOURCE = "source"


class Stated(Protocol):
    """A change as any of the record's facts, or a reading, states it."""

    @property
    def direction(self) -> str: ...  # noqa: D102  the names say it
    @property
    def value(self) -> Decimal | None: ...  # noqa: D102
    @property
    def form(self) -> str: ...  # noqa: D102
    @property
    def basis(self) -> str: ...  # noqa: D102
    @property
    def base_period(self) -> str | None: ...  # noqa: D102
    @property
    def unit(self) -> str: ...  # noqa: D102
    @property
    def qualifier(self) -> str: ...  # noqa: D102


class Told(Protocol):
    """An alert, stored or merely found, as far as one line shows it."""

    @property
    def region(self) -> str | None: ...  # noqa: D102  the names say it
    @property
    def body(self) -> str | None: ...  # noqa: D102
    @property
    def subject(self) -> str: ...  # noqa: D102
    @property
    def period_first(self) -> int | None: ...  # noqa: D102
    @property
    def period_last(self) -> int | None: ...  # noqa: D102
    @property
    def value(self) -> Decimal | None: ...  # noqa: D102
    @property
    def unit(self) -> str: ...  # noqa: D102
    @property
    def qualifier(self) -> str: ...  # noqa: D102
    @property
    def direction(self) -> str | None: ...  # noqa: D102
    @property
    def change_value(self) -> Decimal | None: ...  # noqa: D102
    @property
    def change_qualifier(self) -> str: ...  # noqa: D102
    @property
    def form(self) -> str | None: ...  # noqa: D102
    @property
    def basis(self) -> str | None: ...  # noqa: D102
    @property
    def base_period(self) -> str | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedChange:
    """A change as stated or computed: direction up, down or flat; value positive, None where flat."""

    direction: str
    value: Decimal | None
    form: str
    basis: str
    base_period: str = ""
    unit: str = ""
    qualifier: str = "exact"

    @classmethod
    def of(cls, stated: Stated) -> StatedChange:
        """A change as the record or a reading has it."""
        return cls(
            direction=stated.direction,
            value=stated.value,
            form=stated.form,
            basis=stated.basis,
            base_period=stated.base_period or "",
            unit=stated.unit,
            qualifier=stated.qualifier,
        )

    @classmethod
    def told_by(cls, alert: Told) -> StatedChange | None:
        """The change that an alert is about, or that goes with its figure; None for a level alone."""
        if alert.direction is None or alert.form is None:
            return None
        return cls(
            direction=alert.direction,
            value=alert.change_value,
            form=alert.form,
            basis=alert.basis or "yoy",
            base_period=alert.base_period or "",
            unit=alert.unit if alert.form == "absolute" else "",
            qualifier=alert.change_qualifier,
        )

    @property
    def signed(self) -> Decimal | None:
        """The value with its direction; a ratio to a base has no sign."""
        if self.value is None:
            return None
        return -self.value if self.direction == "down" and self.form != "ratio_to_base" else self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure and its evidence. `marks` are the spans of the figure within `quotation`, end exclusive."""

    period: str
    value: Decimal | None = None
    unit: str = ""
    precision: Decimal | None = None
    qualifier: str = "exact"
    change: StatedChange | None = None
    quotation: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    remarks: tuple[str, ...] = ()
    url: str = ""
    title: str = ""
    source: str = ""
    published: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """A rule's reason. `code` names a sentence in the message catalogue, `particulars` fill it in."""

    code: str
    particulars: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One alert as it is told. `body` is the label of the indicator's owner; `sharpness` orders digests.

    `listed` are lines of a list that is the news itself: what is silenced, what is acknowledged.
    """

    short_id: str
    fingerprint: str
    rule: str
    severity: Severity
    audience: Audience = Audience.READER
    region: str
    region_name: str
    body: str
    indicator: str
    label: str
    subject: str
    figure: Figure
    why: Why
    also: tuple[Why, ...] = ()
    sharpness: Decimal = Decimal(0)
    before: Figure | None = None
    peers: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    erratum: Erratum | None = None
    series: tuple[tuple[str, Decimal], ...] = ()
    briefing_url: str = ""
    acknowledge_url: str = ""
    silence_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What one receiver gets. `id` is the idempotency key: the same for every attempt at the same delivery.

    `thread` is the id of the first message about the same thing, so that a correction lands under it.
    """

    id: str
    reason: Reason
    language: Language
    composed_at: datetime
    notices: tuple[Notice, ...] = ()
    route: str = ""
    thread: str = ""
    possibly_repeated: bool = False
    note: Mapping[str, str] = field(default_factory=dict)
