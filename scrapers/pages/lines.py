"""A page as the lines a reader sees: the own text of each block, in document order, with the block it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

from scrapers.pages.tree import BLOCKS, SILENT, Tree, squeezed

_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """The own text of one block, on one line. `linked` is how many of its characters are links."""

    text: str
    element: Element
    linked: int = 0


def lines_of(tree: Tree) -> list[Line]:
    """Every line of the page that says something and is not hidden."""
    body = tree.root.find("body")
    lines: list[Line] = []
    _collect(tree.root if body is None else body, lines, linked=False)
    return lines


def _collect(block: Element, lines: list[Line], *, linked: bool) -> None:
    """Adds the block's own text up to each inner block, and the lines of that. `linked`: the block is in a link."""
    style = block.get("style")
    if style and _HIDDEN.search(style):
        return
    texts: list[str] = []
    links = 0
    for piece, is_link in _pieces(block, linked=linked):
        if isinstance(piece, str):
            texts.append(piece)
            links += len(piece.strip()) if is_link else 0
            continue
        if texts and (text := squeezed("".join(texts))):
            lines.append(Line(text, block, links))
        texts, links = [], 0
        _collect(piece, lines, linked=is_link)
    if texts and (text := squeezed("".join(texts))):
        lines.append(Line(text, block, links))


def _pieces(element: Element, *, linked: bool) -> Iterator[tuple[str | Element, bool]]:
    if element.text:
        yield element.text, linked
    for child in element:
        tag = child.tag
        if isinstance(tag, str) and tag not in SILENT:
            if tag in BLOCKS:
                yield child, linked
            elif tag == "br":
                yield " ", linked
            else:
                yield from _pieces(child, linked=linked or tag == "a")
                if tag == "a":
                    # Two links side by side are two words: 虚构晚报 and 举报.
                    yield " ", linked
        if child.tail:
            yield child.tail, linked
