"""Series as SDMX-CSV 2.0: one row for each observation of the dataflow ZHENGFA:SERIES(1.0).

    dimensions   FREQ REF_AREA INDICATOR MEASURE BODY SCOPE LEVEL PERIOD_KIND TIME_PERIOD
    measure      OBS_VALUE
    attributes   UNIT_MEASURE UNIT_MULT OBS_STATUS PRECISION SEGMENT SOURCE_URL

FREQ and OBS_STATUS use the codes of SDMX's cross-domain lists (CL_FREQ 2.1, CL_OBS_STATUS 2.2): B is a break in the
series, E an estimated (here: approximate) value, A a normal one. Months to date are given as a range (2024-01-01/P6M).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storage.export.selection import Exported
from storage.types import plain

STRUCTURE = ("dataflow", "ZHENGFA:SERIES(1.0)", "I")
NAMES = (
    "STRUCTURE",
    "STRUCTURE_ID",
    "ACTION",
    "FREQ",
    "REF_AREA",
    "INDICATOR",
    "MEASURE",
    "BODY",
    "SCOPE",
    "LEVEL",
    "PERIOD_KIND",
    "TIME_PERIOD",
    "OBS_VALUE",
    "UNIT_MEASURE",
    "UNIT_MULT",
    "OBS_STATUS",
    "PRECISION",
    "SEGMENT",
    "SOURCE_URL",
)
FREQUENCIES = {"year": "A", "quarter": "Q", "month": "M"}


def sdmx_rows(rows: Iterator[Exported]) -> tuple[Sequence[str], Iterator[list[str]]]:
    """The names of the columns, and the cells of each row."""
    return NAMES, (_cells(row) for row in rows)


def time_period(period: str, kind: str) -> str:
    """A period as SDMX writes it: 2024, 2024-Q1, 2024-06, or a range with its length."""
    if kind == "year":
        return period
    if kind.startswith("years"):
        return f"{period[:4]}-01-01/P{kind.removeprefix('years')}Y"
    start, _, end = period.partition("/")
    if kind == "month":
        return start
    if kind == "quarter":
        return f"{start[:4]}-Q{(int(start[5:]) + 2) // 3}"
    months = (int(end[:4]) - int(start[:4])) * 12 + int(end[5:]) - int(start[5:]) + 1
    return f"{start}-01/P{months}M"


def _cells(row: Exported) -> list[str]:
    kind, value, precision = str(row["period_kind"]), row["value"], row["precision"]
    status = "B" if row["break_before"] else "A" if row["qualifier"] == "exact" else "E"
    return [
        *STRUCTURE,
        _frequency(kind),
        str(row["region"]),
        str(row["indicator"]),
        str(row["measure"]),
        str(row["body"]),
        "OWN" if row["own"] else "SYSTEM",
        str(row["level"]),
        kind,
        time_period(str(row["period"]), kind),
        _number(value),
        str(row["unit"]),
        "0",
        status,
        _number(precision),
        str(row["segment"]),
        str(row["url"]),
    ]


def _frequency(kind: str) -> str:
    if kind.startswith("years"):
        return f"A{kind.removeprefix('years')}"
    return FREQUENCIES.get(kind, "_O")


def _number(value: object) -> str:
    from decimal import Decimal

    return plain(value) if isinstance(value, Decimal) else ""
