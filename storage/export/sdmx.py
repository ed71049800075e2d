"""Series as SDMX-CSV 2.0: one row for each observation of the dataflow ZHENGFA:SERIES(1.0).

    dimensions   FREQ REF_AREA INDICATOR MEASURE BODY SCOPE LEVEL PERIOD_KIND TIME_PERIOD
    measure      OBS_VALUE
    attributes   UNIT_MEASURE UNIT_MULT OBS_STATUS PRECISION SEGMENT SOURCE_URL

FREQ and OBS_STATUS use the codes of SDMX's cross-domain lists (CL_FREQ 2.1, CL_OBS_STATUS 2.2): B is a break in the
series, E an estimated (here: approximate) value, A a normal one. Months to date are given as a range (2024-01-01/P6M).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storage.export.columns import Column
from storage.export.selection import Exported
from storage.types import plain

STRUCTURE = ("dataflow", "ZHENGFA:SERIES(1.0)", "I")
COLUMNS = (
    Column("STRUCTURE", "text", "kind of structure, always dataflow", "结构种类,恒为 dataflow"),
    Column("STRUCTURE_ID", "text", "the dataflow", "数据流"),
    Column("ACTION", "text", "I: information", "I:供查阅"),
    Column("FREQ", "text", "A, AN (N years together), Q, M, or _O (other)", "A、AN(N 年合计)、Q、M 或 _O(其他)"),
    Column("REF_AREA", "text", "as region", "同 region"),
    Column("INDICATOR", "text", "as indicator", "同 indicator"),
    Column("MEASURE", "text", "what is counted", "所计何物", "measure"),
    Column("BODY", "text", "kind of body", "机关类别", "body"),
    Column("SCOPE", "text", "OWN: the body itself; SYSTEM: the whole system under it", "OWN:本级;SYSTEM:全系统"),
    Column("LEVEL", "text", "level of government", "行政层级", "level"),
    Column("PERIOD_KIND", "text", "kind of period", "时期种类", "period_kind"),
    Column(
        "TIME_PERIOD",
        "text",
        "2024, 2024-Q2, 2024-06 or a range, 2024-01-01/P6M",
        "2024、2024-Q2、2024-06 或 2024-01-01/P6M",
    ),
    Column("OBS_VALUE", "number", "the value, in base units", "数值,以基本单位计", unit="UNIT_MEASURE"),
    Column("UNIT_MEASURE", "text", "as unit", "同 unit"),
    Column("UNIT_MULT", "integer", "power of ten, always 0", "十的幂,恒为 0"),
    Column("OBS_STATUS", "text", "A normal, B break in the series, E approximate", "A 正常,B 序列中断,E 约数"),
    Column("PRECISION", "number", "as precision", "同 precision", unit="UNIT_MEASURE"),
    Column("SEGMENT", "integer", "as segment", "同 segment"),
    Column("SOURCE_URL", "text", "address of the publication", "出版物地址"),
)
NAMES = tuple(column.name for column in COLUMNS)
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
