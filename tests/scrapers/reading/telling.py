"""A reading told in short, so that a table of cases can be read: one line for each figure, its changes in brackets.

审结案件 380000件 [+5%] [-742件] [+38.5% @2019] [x3.2 @2018] [=]
subject  value     percent absolute named base    ratio      flat       (pp: percentage points, times: 增长…倍)
"""

from __future__ import annotations

from decimal import Decimal

from scrapers.period import Period
from scrapers.reading import Context, read
from scrapers.reading.model import Basis, Change, Direction, Form, Observation, Reading, Status
from scrapers.vocabulary import BodyKind

_SIGNS = {Direction.UP: "+", Direction.DOWN: "-", Direction.FLAT: "="}


def of(text: str, body: BodyKind | None = BodyKind.COURT, period: str = "2024", region: str = "62") -> Reading:
    """The reading of a fictional (虚构) text in a usual context."""
    context = Context(region=region, body=body, period=Period.parse(period) if period else None, published_year=2025)
    return read(text, context)


def told(text: str, body: BodyKind | None = BodyKind.COURT, period: str = "2024", region: str = "62") -> list[str]:
    """Every stated figure of a text in short, in order."""
    found = of(text, body, period, region).observations
    return [_short(each) for each in found if each.status is not Status.DERIVED]


def _short(each: Observation) -> str:
    level = f" {plain(each.value)}{each.unit}" if each.value is not None else ""
    return each.subject + level + "".join(f" [{_change(change)}]" for change in each.changes)


def _change(change: Change) -> str:
    value = "" if change.value is None else plain(change.value)
    if change.form is Form.RATIO_TO_BASE:
        shown = f"x{value}"
    else:
        ends = {
            Form.PERCENT: "%",
            Form.PERCENTAGE_POINTS: "pp",
            Form.TIMES_INCREASE: "times",
            Form.ABSOLUTE: change.unit,
        }
        shown = _SIGNS[change.direction] + value + ends.get(change.form, "")
    basis = {Basis.YOY: "", Basis.CHAIN: " @chain", Basis.PREVIOUS_FIVE_YEARS: " @five"}.get(change.basis)
    return shown + (f" @{change.base_period}" if basis is None else basis)


def plain(value: Decimal) -> str:
    """A decimal without an exponent or closing zeros."""
    shown = f"{value:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
