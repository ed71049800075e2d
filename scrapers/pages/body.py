"""An article's container -> paragraphs, tables, attachments, pictures, without losing or gluing a digit.

inline elements   unwrapped, never deleted: 12<span>,345</span>件 is 12,345件 (PITFALLS 1.1)
<sup>1</sup>      a footnote mark: [1], so that 187505件<sup>1</sup>，2007年 keeps its figures apart
<br>              a new paragraph, but not inside a figure or a sentence: 81.27<br>万件 is 81.27万件
line ends         of the markup: nothing between Chinese, a blank between words and between digits
layout tables     their cells are blocks; data tables are kept as rows

The page's own tree is walked: what BeautifulSoup makes of a container is the same text for five times the time. Tables
that may hold data are the exception, since grid.py asks much of their cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

from lxml.etree import _Element as Element

from scrapers.pages.grid import Rows, data_table
from scrapers.pages.model import Table
from scrapers.pages.tree import BLOCKS, SILENT

_BREAK = "\x1e"
_SKIPPED = SILENT | {
    "button",
    "input",
    "object",
    "embed",
    "canvas",
    "audio",
    "video",
    "rt",
    "rp",
    "nav",
    "meta",
    "link",
    "title",
}
# Whose text is not that of a link around it: code, and the reading aids of ruby.
_UNSAID = frozenset({"script", "style", "template", "rt", "rp"})
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
# What an address may hold as it is; all else is written with percent signs, as HTML is when it is written.
_KEPT_IN_ADDRESSES = "\"!#$%&'()*+,/:;<=>?@[\\]^`{|}"
_BLANK = " \t\r\n\f"
_MARK = re.compile(r"\s*[\[［(（〔]?\s*(?:注\s*)?(\d{1,3})\s*[\]］)）〕]?\s*")
_POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3001-\u303f“”‘’…—"
_LINE_END = re.compile(r"[ \t]*[\r\n]+[ \t\r\n]*")
_BLANKS = re.compile(r"[ \t\u00a0\u3000\u2002\u2003]+")
_INDENTED = re.compile(r"[\r\n ]*(?:\u3000|\u00a0\u00a0|\u2003)")
_OPEN_FIGURE = re.compile(r"[\d０-９.．,，]$")
_FIGURE_GOES_ON = re.compile(r"[.．%％‰万亿千百十余多件人起名个次元年月日宗例户条项家]")
_WRAPPED = re.compile(r"[，、（《“\-]$")
_LINE_LONG = 30
_SMALL_PICTURE = 40


@dataclass(slots=True)
class Body:
    """What a container holds, in order. `anchors`: (address as written, text, file name) of every link."""

    paragraphs: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    anchors: list[tuple[str, str, str]] = field(default_factory=list)


def read_body(containers: Iterable[Element]) -> Body:
    """Reads one container after the other."""
    writer = _Writer()
    for container in containers:
        writer.add(container)
        writer.flush()
    return writer.body


def tidied(text: str) -> str:
    """One line of text with the markup's line ends and runs of blanks taken out; every other character stays."""
    if "\n" in text or "\r" in text:
        text = _LINE_END.sub(_between, text)
    return _BLANKS.sub(" ", text).strip()


def _between(match: re.Match[str]) -> str:
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    if not before or not after:
        return " "
    if re.match(f"[{_WIDE}]", before) or re.match(f"[{_WIDE}]", after):
        return ""
    # A decimal point or a comma of thousands at the line's end or beginning; two digits are never joined.
    follows = match.string[match.end() :][1:2]
    if (before.isdigit() and after in ".,%" and (after == "%" or follows.isdigit())) or (
        before in ".," and after.isdigit() and match.string[: match.start()][-2:-1].isdigit()
    ):
        return ""
    return " "


@dataclass(slots=True)
class _Writer:
    """Walks a container and writes what it holds into `body`."""

    body: Body = field(default_factory=Body)
    buffer: list[str] = field(default_factory=list)

    def flush(self) -> None:
        """Ends the paragraph."""
        raw, self.buffer = "".join(self.buffer), []
        if raw.strip():
            self.body.paragraphs.extend(_lines(raw))

    def add(self, element: Element) -> None:
        """Writes an element, without the text behind it."""
        name = element.tag
        style = element.get("style")
        if name in _SKIPPED or (style and _HIDDEN.search(style)):
            return
        if name == "br":
            self.buffer.append(_BREAK)
        elif name == "img":
            self._picture(element)
        elif name == "sup":
            self._mark(element)
        elif name == "table" and (rows := data_table(element, tidied)) is not None:
            self._table(element, rows)
        elif name in BLOCKS:
            self.flush()
            self._walk(element)
            self.flush()
        else:
            if name == "a":
                self._anchor(element)
            self._walk(element)

    def _walk(self, element: Element) -> None:
        if text := element.text:
            self.buffer.append(_piece(text))
        for child in element:
            if isinstance(child.tag, str):
                self.add(child)
            if tail := child.tail:
                self.buffer.append(_piece(tail))

    def _picture(self, element: Element) -> None:
        for key in ("data-src", "data-original", "src"):
            written = element.get(key) or ""
            address = (_address(written) if key == "src" else written).strip()
            if address and not address.startswith("data:"):
                size = re.match(r"\d+", element.get("width") or element.get("height") or "")
                if size is None or int(size[0]) > _SMALL_PICTURE:
                    self.body.pictures.append(address)
                return

    def _mark(self, element: Element) -> None:
        number = _MARK.fullmatch("".join(_said(element)))
        before = "".join(self.buffer).rstrip()[-1:]
        if number and before.isascii() and before.isalpha():
            self.buffer.append(number[1].translate(_POWERS))  # m², km²
        elif number:
            self.buffer.append(f"[{number[1]}]")
        else:
            self._walk(element)

    def _table(self, element: Element, rows: Rows) -> None:
        self.flush()
        for link in element.iter("a"):
            self._anchor(link)
        if rows:
            self.body.tables.append(Table(rows, len(self.body.paragraphs)))

    def _anchor(self, element: Element) -> None:
        if address := _address(element.get("href") or "").strip():
            name = (element.get("download") or element.get("title") or "").strip()
            self.body.anchors.append((address, tidied("".join(_said(element))), name))


def _piece(text: str) -> str:
    """A text between two tags; one of blanks alone is a line end or a single blank."""
    return text if text.strip(_BLANK) else ("\n" if "\n" in text else " ")


def _said(element: Element) -> Iterator[str]:
    """The texts of a link or a mark and of the elements inside it."""
    if text := element.text:
        yield _piece(text)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _UNSAID:
            yield from _said(child)
        if tail := child.tail:
            yield _piece(tail)


def _address(written: str) -> str:
    """An address as it stands in markup that is written by the rules: blanks and Chinese with percent signs."""
    return quote(written.lstrip(" \t\r\n"), safe=_KEPT_IN_ADDRESSES)


def _lines(raw: str) -> list[str]:
    """The paragraphs of a block: cut at its line breaks, but not inside a figure or a sentence."""
    lines: list[str] = []
    broken = True
    for piece in raw.split(_BREAK):
        line = tidied(piece)
        if not line:
            broken = bool(lines) or broken
            continue
        if broken or not lines or _INDENTED.match(piece) or not _goes_on(lines[-1], line):
            lines.append(line)
        else:
            lines[-1] += line
        broken = False
    return lines


def _goes_on(line: str, following: str) -> bool:
    if _OPEN_FIGURE.search(line) and _FIGURE_GOES_ON.match(following):
        return True
    if _WRAPPED.search(line):
        return True
    wrapped = (
        len(line) >= _LINE_LONG and re.search(f"[{_WIDE}]$", line) and not re.search(r"[。！？；：…”）!?;:]$", line)
    )
    return bool(wrapped) and not following[0].isdigit()
