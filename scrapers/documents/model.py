"""What an attachment turns out to be.

Document   its text in reading order, table rows as lines with tabs, and the tables besides
Unread     nothing can be read from it, and why: a written set of reasons, never an empty text
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a document was not read; the value is what is stored and shown as `unread: …`."""

    NO_TEXT_LAYER = "no text layer"
    EMPTY = "empty"
    UNKNOWN_KIND = "unknown kind"
    UNSUPPORTED = "unsupported kind"
    NOT_A_DOCUMENT = "a web page under a document's address"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    TOO_LARGE = "too large"
    TIMED_OUT = "took too long"
    OUT_OF_BOUNDS = "needed too much memory or crashed"
    NO_CONVERTER = "needs LibreOffice"


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read. `kind` is what its bytes say (pdf, docx, xlsx, xls, doc, ofd), whatever its name.

    `text` has paragraphs joined by line breaks and table rows as lines with tabs, both in their order; look-alike
    radicals are folded. `partial` is true where some pages of a PDF have no text layer.
    """

    kind: str
    text: str
    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()
    pages: int = 0
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """A document that was not read. `detail` is for the operator."""

    reason: Reason
    detail: str = ""

    def __str__(self) -> str:
        return f"unread: {self.reason.value}" + (f" ({self.detail})" if self.detail else "")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost: bytes of input, seconds of wall clock and of processor, bytes of memory, pages."""

    size: int = 40 * 1024 * 1024
    seconds: float = 60.0
    memory: int = 2 * 1024 * 1024 * 1024
    pages: int = 400
    characters: int = 4_000_000
