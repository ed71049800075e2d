"""PDF: text by pdfium, tables by pdfplumber where a page has ruled lines, both in reading order.

The text inside a table's box is not told twice: text is taken from the bands above, between and below the tables.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pdfplumber
import pypdfium2

from scrapers.documents.lines import paragraphs_of
from scrapers.documents.model import Document, Limits, Reason, Unread
from scrapers.documents.radicals import folded

_FEW_CHARACTERS = 8
_RULES_OF_A_TABLE = 4
_Rows = tuple[tuple[str, ...], ...]


def read_pdf(content: bytes, limits: Limits) -> Document | Unread:
    """The text and tables of a PDF; `no text layer` where no page has any text."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        file = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        return Unread(Reason.ENCRYPTED if locked else Reason.BROKEN, str(error))
    with pdfplumber.open(BytesIO(content)) as ruled:
        parts: list[str] = []
        tables: list[_Rows] = []
        blank = 0
        count = min(len(file), limits.pages)
        for number in range(count):
            texts, found = _page(file[number], ruled.pages[number])
            blank += not any(texts)
            parts.extend(texts)
            tables.extend(found)
    text = folded("\n".join(part for part in parts if part))
    if len(text) < _FEW_CHARACTERS:
        return Unread(Reason.NO_TEXT_LAYER, f"{count} pages")
    return Document("pdf", text[: limits.characters], tuple(tables), count, partial=blank > 0 or count < len(file))


def _page(page: Any, ruled: Any) -> tuple[list[str], list[_Rows]]:  # noqa: ANN401 - neither library has types
    """The paragraphs and table rows of a page in order, and its tables."""
    layer = page.get_textpage()
    if layer.count_chars() == 0:
        return [], []
    boxes = _tables(ruled)
    if not boxes:
        return paragraphs_of(layer.get_text_range().splitlines()), []
    height, width = page.get_height(), page.get_width()
    texts: list[str] = []
    tables: list[_Rows] = []
    above = 0.0
    for top, bottom, rows in boxes:
        texts.extend(_band(layer, width, height - above, height - top))
        texts.extend("\t".join(row) for row in rows)
        tables.append(rows)
        above = bottom
    texts.extend(_band(layer, width, height - above, 0.0))
    return texts, tables


def _band(layer: Any, width: float, top: float, bottom: float) -> list[str]:  # noqa: ANN401
    text = layer.get_text_bounded(left=0, bottom=bottom, right=width, top=top) if top > bottom else ""
    return paragraphs_of(text.splitlines())


def _tables(ruled: Any) -> list[tuple[float, float, _Rows]]:  # noqa: ANN401
    """Top, bottom and rows of each table of a page, from the top down."""
    if len(ruled.lines) + len(ruled.rects) < _RULES_OF_A_TABLE:
        return []
    found = []
    for table in ruled.find_tables():
        rows = tuple(tuple(_cells(row)) for row in table.extract())
        rows = tuple(row for row in rows if any(row))
        if len(rows) >= 2 and max(map(len, rows)) >= 2:
            found.append((float(table.bbox[1]), float(table.bbox[3]), rows))
    return sorted(found)


def _cells(row: list[str | None]) -> Iterator[str]:
    for cell in row:
        yield folded((cell or "").replace("\n", "").strip())
