"""Series and their points, each reconciled from observations by written rules (storage.reconcile).

series ─< point          one value per period, with the observation it was taken from
       ─< change_point   one stated change per period, form, basis and base, with or without a level
"""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from storage.tables.base import Record, ordered
from storage.types import ExactNumber, UtcTime


class Series(Record, table=True):
    """All values of one indicator for one scope and kind of period.

    `period_kind`: year, quarter, month, to_date6 (January to June), years5 ... (see storage.periods). `own`: figures
    of the body itself, never mixed with those of the whole system under it. Unknown parts of the key are "".
    """

    __tablename__ = "series"
    __table_args__ = (
        UniqueConstraint("indicator_id", "region", "measure", "body", "own", "level", "period_kind"),
        Index(None, "indicator_id", "period_kind", "level", "region"),
    )

    id: int | None = Field(default=None, primary_key=True)
    indicator_id: str = Field(foreign_key="indicator.id")
    measure: str
    region: str = Field(foreign_key="region.code", index=True)
    body: str
    own: bool
    level: str
    period_kind: str


class Point(Record, table=True):
    """The value of a series for one period. `segment` counts up at definition breaks; segments are not compared.

    `excluded`: an incident or a false reading by a person's word, left out of baselines. `witnesses`: how many
    documents state a value for it that agrees within printed precision. `stated_by` is the kind of body that says it.
    """

    __tablename__ = "point"
    __table_args__ = (
        UniqueConstraint("series_id", "period_first", "period_last"),
        ordered("period_first", "period_last"),
    )

    id: int | None = Field(default=None, primary_key=True)
    series_id: int = Field(foreign_key="series.id")
    period_first: int
    period_last: int
    value: Decimal = Field(sa_type=ExactNumber)
    precision: Decimal | None = Field(default=None, sa_type=ExactNumber)
    unit: str = ""
    qualifier: str = "exact"
    observation_id: int = Field(foreign_key="observation.id")
    document_id: int = Field(foreign_key="document.id")
    stated_by: str = ""
    segment: int = 0
    break_before: bool = False
    witnesses: int = 1
    excluded: bool = False
    updated_at: datetime = Field(sa_type=UtcTime)


class ChangePoint(Record, table=True):
    """A stated change of a series for one period; `base_period` is "" where the basis names none."""

    __tablename__ = "change_point"
    __table_args__ = (
        UniqueConstraint("series_id", "period_first", "period_last", "form", "basis", "base_period"),
        ordered("period_first", "period_last"),
    )

    id: int | None = Field(default=None, primary_key=True)
    series_id: int = Field(foreign_key="series.id")
    period_first: int
    period_last: int
    form: str
    basis: str
    base_period: str = ""
    direction: str
    value: Decimal | None = Field(default=None, sa_type=ExactNumber)
    precision: Decimal | None = Field(default=None, sa_type=ExactNumber)
    unit: str = ""
    qualifier: str = "exact"
    change_id: int = Field(foreign_key="change.id", index=True)
    updated_at: datetime = Field(sa_type=UtcTime)
