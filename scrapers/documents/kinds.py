"""What a file is by its first bytes; its name is only believed where the bytes leave a choice (PITFALLS 7.7)."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(rb"^\s*(?:<!doctype\s+html|<html|<head|<script|<\?xml[^>]*>\s*<html)", re.IGNORECASE)
_IN_ZIP = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("OFD.xml", "ofd"),
    ("ppt/presentation.xml", "pptx"),
)
# WPS writes .wps and .et as Word's and Excel's own files; what has the suffix and neither stream stays unread by name.
_IN_OLE = (
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("EncryptedPackage", "encrypted"),
)
_SECTOR_LOOKED_AT = 2_000_000


def kind_of(content: bytes, name: str = "") -> str:
    """The kind of a file, empty for what is unknown.

    `pdf`, `docx`, `xlsx`, `xls`, `doc`, `ofd`, `html`; not read: `wps`, `et`, `ppt`, `pptx`, `zip`, `rar`, `rtf`,
    `encrypted`.
    """
    head = content[:1024]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"PK"):
        return _zip_kind(content)
    if head.startswith(_OLE):
        return _ole_kind(content, name)
    if head.startswith(b"Rar!"):
        return "rar"
    if head.startswith(rb"{\rtf"):
        return "rtf"
    return "html" if _MARKUP.match(head) else ""


def _zip_kind(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return ""
    return next((kind for part, kind in _IN_ZIP if part in names), "zip")


def _ole_kind(content: bytes, name: str) -> str:
    """An old Office file: the names of its streams stand in it as UTF-16."""
    start = content[:_SECTOR_LOOKED_AT] + content[-_SECTOR_LOOKED_AT:]
    found = next((kind for stream, kind in _IN_OLE if stream.encode("utf-16-le") in start), "")
    suffix = name.lower().rpartition(".")[2]
    return found or (suffix if suffix in {"doc", "xls", "wps", "et"} else "")
