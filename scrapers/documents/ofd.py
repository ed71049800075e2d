"""OFD, the state's own page format (GB/T 33190): a zip of XML with text where it stands on the page.

    OFD.xml            DocBody/DocRoot        -> Doc_0/Document.xml
    Document.xml       Pages/Page@BaseLoc     -> Pages/Page_0/Content.xml (addresses begin with / or beside the file)
    Content.xml        TextObject@Boundary="x y width height" @Size, TextCode@X@Y@DeltaX: a run of characters, in mm

Runs are put together to lines by their baseline and to paragraphs as a PDF's are; a wide gap in a line is a cell's
border. A page of pictures or drawn shapes alone has no text layer. Seals (Signs) and templates are not of the text.
"""

from __future__ import annotations

import math
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

from lxml import etree
from lxml.etree import _Element as Element

from scrapers.documents.lines import paragraphs_of
from scrapers.documents.model import Document, Limits, Reason, Unread
from scrapers.documents.radicals import folded

# Of one part when unpacked: the text of a page is some 100 KB, a bomb is more.
_LARGEST_PART = 32 * 1024 * 1024
_FEW_CHARACTERS = 8
_CELL_GAP = 1.6
_SAME_LINE = 0.5
_INDENT = "\u3000\u3000"


class _OfdError(Exception):
    """The package lacks what the standard asks of it."""


# What a damaged zip or its XML may raise.
_BROKEN = (
    _OfdError,
    etree.XMLSyntaxError,
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    EOFError,
    NotImplementedError,
)


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters that stand together: left end, baseline, right end and size in millimetres."""

    left: float
    baseline: float
    right: float
    size: float
    text: str


def read_ofd(content: bytes, limits: Limits) -> Document | Unread:
    """The text of an OFD in reading order; rows of a table are lines with tabs."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return _read(package, limits)
    except _BROKEN as error:
        return Unread(Reason.BROKEN, str(error)[:200])
    except RuntimeError as error:  # the zip itself asks for a password
        return Unread(Reason.ENCRYPTED, str(error)[:200])


def _read(package: zipfile.ZipFile, limits: Limits) -> Document | Unread:
    if any(name.lower().endswith("encryptions.xml") for name in package.namelist()):
        return Unread(Reason.ENCRYPTED, "OFD")
    parts: list[str] = []
    count = blank = size = 0
    shows = cut = False
    for place in _pages(package):
        if count >= limits.pages or size >= limits.characters:
            cut = True
            break
        count += 1
        page = _part(package, place)
        shows = shows or any(True for _ in _named(page, "ImageObject", "PathObject"))
        texts = paragraphs_of(_lines(_runs(page)))
        size += sum(map(len, texts))
        blank += not texts
        parts.extend(texts)
    text = folded("\n".join(parts))
    if len(text) < _FEW_CHARACTERS:
        return Unread(Reason.NO_TEXT_LAYER if shows or text else Reason.EMPTY, f"{count} pages")
    return Document("ofd", text[: limits.characters], (), count, partial=cut or blank > 0)


def _pages(package: zipfile.ZipFile) -> Iterator[str]:
    """The places of the pages' contents, of every document of the package, in order."""
    roots = [root.text.strip() for root in _named(_part(package, "OFD.xml"), "DocRoot") if root.text]
    if not roots:
        raise _OfdError("OFD.xml names no document")
    for root in roots:
        base = posixpath.dirname(root)
        document = _part(package, root)
        for pages in _named(document, "Pages"):
            for page in _named(pages, "Page"):
                if place := page.get("BaseLoc"):
                    yield place if place.startswith("/") else posixpath.join(base, place)


def _part(package: zipfile.ZipFile, place: str) -> Element:
    name = posixpath.normpath(place.strip()).lstrip("/")
    with package.open(name) as part:
        content = part.read(_LARGEST_PART + 1)
    if len(content) > _LARGEST_PART:
        raise _OfdError(f"{name} is larger than {_LARGEST_PART} bytes")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(content, parser)
    if root is None:
        raise _OfdError(f"{name} is empty")
    return root


def _named(element: Element, *names: str) -> Iterator[Element]:
    """Elements by their local name: writers differ in the namespace."""
    for one in element.iter(etree.Element):
        if etree.QName(one).localname in names:
            yield one


def _runs(page: Element) -> Iterator[_Run]:
    for item in _named(page, "TextObject"):
        left, top, *_ = (*_numbers(item.get("Boundary")), 0.0, 0.0)
        size = next(iter(_numbers(item.get("Size"))), 3.5)
        a, b, c, d, e, f = (*_numbers(item.get("CTM")), 1.0, 0.0, 0.0, 1.0, 0.0, 0.0)[:6] if item.get("CTM") else _SAME
        x = y = 0.0
        for code in _named(item, "TextCode"):
            x = next(iter(_numbers(code.get("X"))), x)
            y = next(iter(_numbers(code.get("Y"))), y)
            text = "".join(str(piece) for piece in code.itertext()).strip("\r\n")
            if not text.strip() or set(text) <= {"¤"}:
                continue
            start = left + a * x + c * y + e
            width = abs(a) * (sum(_deltas(code.get("DeltaX"), len(text))) or size * (len(text) - 1)) + abs(a) * size
            yield _Run(start, top + b * x + d * y + f, start + width, abs(d) * size or size, text)


_SAME = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _numbers(text: str | None) -> tuple[float, ...]:
    found = []
    for word in (text or "").replace(",", " ").split():
        try:
            number = float(word)
        except ValueError:
            break
        if not math.isfinite(number):
            break
        found.append(number)
    return tuple(found)


def _deltas(text: str | None, length: int) -> list[float]:
    """The steps from character to character; `g 3 4.2` is three steps of 4.2."""
    steps: list[float] = []
    words = iter((text or "").split())
    for word in words:
        if len(steps) >= length:
            break
        if word == "g":
            count, step = _numbers(next(words, "")), _numbers(next(words, ""))
            if count and step:
                steps.extend([step[0]] * min(int(max(count[0], 0)), length))
        elif number := _numbers(word):
            steps.append(number[0])
    return steps[: max(0, length - 1)]


def _lines(runs: Iterator[_Run]) -> list[str]:
    """Runs on one baseline as one line, from the top down; the indent of a paragraph's first line is kept."""
    rows: list[list[_Run]] = []
    for run in sorted(runs, key=lambda one: (one.baseline, one.left)):
        if rows and abs(rows[-1][0].baseline - run.baseline) <= _SAME_LINE * max(run.size, rows[-1][0].size):
            rows[-1].append(run)
        else:
            rows.append([run])
    margin = min((min(run.left for run in row) for row in rows), default=0.0)
    return [_line(sorted(row, key=lambda run: run.left), margin) for row in rows]


def _line(row: list[_Run], margin: float) -> str:
    text = row[0].text
    for before, run in pairwise(row):
        text += ("\t" if run.left - before.right > _CELL_GAP * run.size else "") + run.text
    indented = _SAME_LINE * 3 * row[0].size < row[0].left - margin < 3 * row[0].size
    return f"{_INDENT}{text.strip()}" if indented else text.strip()
