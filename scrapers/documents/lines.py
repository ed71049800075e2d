"""Printed lines of a page put together to paragraphs.

A line ends its paragraph where its sentence ends and the line is short, where the next one is indented or begins a
numbered heading, or where it stops well before the margin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_PAGE_NUMBER = re.compile(r"^\s*[-—–·]?\s*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/共]\s*\d{1,4}\s*页?)?\s*[-—–·]?\s*$")
_HEADING = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十]+[章节条部])"
)
_INDENTED = re.compile(r"^(?:\u3000| {2,}|\t)")
_ENDS = re.compile(r"[。！？；：…”）)]\s*$")
_NEARLY_FULL = 0.86
_WORD = re.compile(r"[A-Za-z]$")


def paragraphs_of(lines: Iterable[str]) -> list[str]:
    """The paragraphs of a page's (or band's) lines, in order; page numbers are left out."""
    kept = [line.rstrip() for line in lines if line.strip() and not _PAGE_NUMBER.match(line)]
    full = max((_width(line) for line in kept), default=0.0)
    paragraphs: list[str] = []
    open_line: str | None = None
    for line in kept:
        if open_line is not None and not _begins(line) and not _closes(open_line, full):
            glue = " " if _WORD.search(paragraphs[-1]) and line[:1].isascii() and line[:1].isalpha() else ""
            paragraphs[-1] += glue + line.strip()
        else:
            paragraphs.append(line.strip())
        open_line = line
    return paragraphs


def _begins(line: str) -> bool:
    return _INDENTED.match(line) is not None or _HEADING.match(line) is not None


def _closes(line: str, full: float) -> bool:
    short = _width(line) < _NEARLY_FULL * full
    return short or (_ENDS.search(line) is not None and _width(line) < 0.97 * full)


def _width(line: str) -> float:
    """Columns a line takes: a Chinese character is twice as wide as a digit."""
    return sum(0.5 if character.isascii() else 1.0 for character in line)
