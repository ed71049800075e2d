"""The process in which one document is read: limits are set, bytes come in on stdin, JSON goes out on stdout."""

from __future__ import annotations

import json
import resource
import sys
from contextlib import suppress
from dataclasses import asdict

from scrapers.documents.model import Document, Limits, Unread

# Not understood by every system (macOS refuses RLIMIT_AS): then the wall clock alone holds.
_REFUSED = (ValueError, OSError)


def read(content: bytes, kind: str, limits: Limits) -> Document | Unread:
    """Reads a document of a known kind in this process."""
    if kind == "pdf":
        from scrapers.documents.pdf import read_pdf

        return read_pdf(content, limits)
    if kind in {"xlsx", "xls"}:
        from scrapers.documents.sheets import read_sheets

        return read_sheets(content, limits, kind)
    if kind == "ofd":
        from scrapers.documents.ofd import read_ofd

        return read_ofd(content, limits)
    from scrapers.documents.word import read_doc, read_docx

    return read_doc(content, limits) if kind == "doc" else read_docx(content, limits)


def main(kind: str, limits: Limits) -> None:
    """Reads stdin, writes one JSON object: the Document's or the Unread's fields."""
    # LibreOffice reserves far more memory than it uses; it has its own time limit.
    if kind != "doc":
        with suppress(*_REFUSED):
            resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    with suppress(*_REFUSED):
        seconds = int(limits.seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    found = read(sys.stdin.buffer.read(), kind, limits)
    sys.stdout.buffer.write(json.dumps(asdict(found), ensure_ascii=False).encode())
