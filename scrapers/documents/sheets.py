"""Spreadsheets, .xlsx and .xls: each sheet a table, empty rows and columns at the edges left out."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook

from scrapers.documents.model import Document, Limits, Reason, Unread
from scrapers.documents.radicals import folded

_Cell = int | float | str | bool | time | date | datetime | timedelta


def read_sheets(content: bytes, limits: Limits, kind: str) -> Document | Unread:
    """The sheets of a workbook, each under its name on a line of its own where there are several."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=True)) for name in book.sheet_names]
    except (CalamineError, ValueError, OSError) as error:
        return Unread(Reason.BROKEN, str(error)[:200])
    tables = []
    lines: list[str] = []
    for name, rows in sheets:
        table = tuple(row for row in (tuple(_shown(cell) for cell in cells) for cells in rows) if any(row))
        if not table:
            continue
        if len(sheets) > 1:
            lines.append(folded(name))
        tables.append(table)
        lines.extend("\t".join(row) for row in table)
    if not tables:
        return Unread(Reason.EMPTY)
    return Document(kind, "\n".join(lines)[: limits.characters], tuple(tables), len(tables))


def _shown(cell: _Cell) -> str:
    """A cell as it would be printed: whole numbers without a point, fractions without the noise of binary."""
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else format(Decimal(repr(round(cell, 10))).normalize(), "f")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return folded(" ".join(str(cell).split()))
