"""What the page around a text says of it, with the doubts that the reader need not know."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from scrapers.period import Period
from scrapers.reading.model import Context
from scrapers.vocabulary import BodyKind, Level, PublicationKind


class DateWitness(StrEnum):
    """Who says when something was published."""

    PRINTED = "printed"
    META = "meta"
    LIST = "list"
    ADDRESS = "address"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything that an article and its card tell of a publication.

    `issuer` is whose figures it gives, in the page's own words (a court whose report the press tells, a city on the
    province's site); `publisher` who put it on the web. `meeting` is the day of the session to which a report was
    given, `page` the printed or declared date, `address` the date in the address; `published` is the trusted one and
    `trusted` says which. `yields` is false for resolutions and plans: nothing is read from them. `remarks` are codes
    of what was noticed (`abridged`, `mirror`, `late`, `address_date_differs`, `foreign_region`, `continued`).
    """

    region: str | None = None
    body: BodyKind | None = None
    level: Level | None = None
    kind: PublicationKind | None = None
    period: Period | None = None
    issuer: str | None = None
    publisher: str | None = None
    meeting: date | None = None
    page: datetime | date | None = None
    address: date | None = None
    published: datetime | date | None = None
    trusted: DateWitness | None = None
    remarks: frozenset[str] = field(default=frozenset())

    @property
    def yields(self) -> bool:
        """Whether figures are to be read from it."""
        return self.kind not in {PublicationKind.RESOLUTION, PublicationKind.PLAN}

    @property
    def day(self) -> date | None:
        """The trusted date as a day in China."""
        return self.published.date() if isinstance(self.published, datetime) else self.published

    @property
    def for_reader(self) -> Context:
        """What the reader wants to know."""
        return Context(
            region=self.region,
            body=self.body,
            level=self.level,
            kind=self.kind,
            period=self.period,
            published=self.day,
            published_year=self.day.year if self.day else None,
        )
