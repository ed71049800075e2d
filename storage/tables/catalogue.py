"""What is synced from the cards and the catalogue: regions, indicators, sources.

A row that leaves the catalogue is retired, never deleted: figures refer to it.
"""

from datetime import datetime
from decimal import Decimal

from sqlmodel import Field

from storage.tables.base import Record
from storage.types import ExactNumber, Pairs, UtcTime, Words


class Region(Record, table=True):
    """A region by its GB/T 2260 code of two, four or six digits; "00" is the nation."""

    __tablename__ = "region"

    code: str = Field(primary_key=True)
    name: str
    short_name: str
    level: str
    parent: str | None = Field(default=None, foreign_key="region.code")
    retired: bool = False


class Indicator(Record, table=True):
    """One indicator of the catalogue, with what checks and rules need of it.

    `rise`: what a rise means, "good", "bad" or "" (neither). `lower`/`upper`: the plausible range of one province's
    value, in `unit`. `thresholds`: exact decimals in text by name (percent, percent_down, percentage_points, small_base
    ...). `part_of`: the indicator whose value bounds this one. `rate_of`, `rate_base`: a rate's two sides.
    """

    __tablename__ = "indicator"

    id: str = Field(primary_key=True)
    label: str
    topic: str = ""
    body: str | None = None
    measure: str
    unit: str
    rise: str = ""
    key: bool = False
    lower: Decimal | None = Field(default=None, sa_type=ExactNumber)
    upper: Decimal | None = Field(default=None, sa_type=ExactNumber)
    thresholds: dict[str, str] = Field(default_factory=dict, sa_type=Pairs)
    part_of: str | None = Field(default=None, foreign_key="indicator.id")
    rate_of: str | None = Field(default=None, foreign_key="indicator.id")
    rate_base: str | None = Field(default=None, foreign_key="indicator.id")
    retired: bool = False


class Source(Record, table=True):
    """One source card as last synced. `options` are the card's further fields, as text."""

    __tablename__ = "source"

    id: str = Field(primary_key=True)
    name: str
    region: str = Field(foreign_key="region.code", index=True)
    body: str
    level: str | None = None
    list_urls: tuple[str, ...] = Field(default=(), sa_type=Words)
    family: str = ""
    enabled: bool = False
    required: bool = False
    tolerate_days: int = 0
    months: tuple[str, ...] = Field(default=(), sa_type=Words)
    options: dict[str, str] = Field(default_factory=dict, sa_type=Pairs)
    first_run_done: bool = False
    synced_at: datetime = Field(sa_type=UtcTime)
    retired: bool = False
