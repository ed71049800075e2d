"""Word: .docx in the order of its body; .doc through LibreOffice, where that is installed, into .docx.

antiword and catdoc are wrong on tables (LIBRARIES.md), so without LibreOffice a .doc stays unread and says so.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table

from scrapers.documents.model import Document, Limits, Reason, Unread
from scrapers.documents.radicals import folded

_Rows = tuple[tuple[str, ...], ...]


def read_docx(content: bytes, limits: Limits, kind: str = "docx") -> Document | Unread:
    """Paragraphs and tables of a .docx in their order; a merged cell stands once."""
    try:
        file = docx.Document(BytesIO(content))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as error:
        return Unread(Reason.BROKEN, str(error)[:200])
    parts: list[str] = []
    tables: list[_Rows] = []
    for item in file.iter_inner_content():
        if isinstance(item, Table):
            rows = _rows(item)
            tables.append(rows)
            parts.extend("\t".join(row) for row in rows)
        elif text := item.text.strip():
            parts.extend(line.strip() for line in text.split("\n") if line.strip())
    if not parts:
        pictured = bool(file.inline_shapes)
        return Unread(Reason.NO_TEXT_LAYER if pictured else Reason.EMPTY)
    return Document(kind, folded("\n".join(parts))[: limits.characters], tuple(tables))


def read_doc(content: bytes, limits: Limits) -> Document | Unread:
    """An old .doc, converted by LibreOffice with a profile of its own, which is thrown away."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        return Unread(Reason.NO_CONVERTER, "install libreoffice-writer to read .doc files")
    with tempfile.TemporaryDirectory(prefix="zhengfa-doc-") as folder:
        place = Path(folder)
        source = place / "in.doc"
        source.write_bytes(content)
        command = [
            office,
            f"-env:UserInstallation={(place / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "docx",
        ]
        try:
            subprocess.run(  # noqa: S603 - the office program itself, with names of our own
                [*command, "--outdir", folder, str(source)], check=False, capture_output=True, timeout=limits.seconds
            )
        except subprocess.TimeoutExpired:
            return Unread(Reason.TIMED_OUT, "LibreOffice")
        converted = place / "in.docx"
        if not converted.exists():
            return Unread(Reason.BROKEN, "LibreOffice could not convert it")
        return read_docx(converted.read_bytes(), limits, kind="doc")


def _rows(table: Table) -> _Rows:
    rows: list[tuple[str, ...]] = []
    seen: set[Any] = set()
    for row in table.rows:
        cells: list[str] = []
        for cell in row.cells:
            # The same element stands at every place of a merged cell.
            fresh = cell._tc not in seen  # noqa: SLF001 - python-docx has no public identity of a cell
            seen.add(cell._tc)  # noqa: SLF001
            cells.append(folded(" ".join(cell.text.split())) if fresh else "")
        if any(cells):
            rows.append(tuple(cells))
    return tuple(rows)
