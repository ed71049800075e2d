"""A page as the lines a reader sees: the own text of each block, in document order, with the block it stands in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from lxml.etree import _Element as Element

from scrapers.pages.tree import BLOCKS, SILENT, Tree

_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_GREAT_HEADINGS = ("h1", "h2")
_INLINE, _LINK, _BREAK, _BLOCK, _SILENT = range(1, 6)
_KINDS = {**dict.fromkeys(SILENT, _SILENT), **dict.fromkeys(BLOCKS, _BLOCK), "br": _BREAK, "a": _LINK}


class Line(NamedTuple):
    """The own text of one block, on one line. `linked` is how many of its characters are links."""

    text: str
    element: Element
    linked: int = 0


class Lines:
    """Every line of a page that says something and is not hidden, read no further than it is asked for.

    Most of a page stands behind its article: columns, links, the foot. `headings` are the page's great ones.
    """

    def __init__(self, tree: Tree, watched: Iterable[Element] = ()) -> None:
        """`watched` are elements that `until_over` may be asked for besides the great headings."""
        body = tree.root.find("body")
        self.headings = frozenset(tree.root.iter(*_GREAT_HEADINGS))
        self._open = {*watched, *self.headings}
        self._read: list[Line] = []
        # It knows nothing of this object: as a cycle the two would keep the page until the collector comes by.
        self._rest = _walked(tree, tree.root if body is None else body, self._open)

    def until_over(self, elements: Collection[Element], more: int = 0) -> list[Line]:
        """The lines up to where the last of `elements` is over, and at least `more` behind it."""
        if more or not self._open.isdisjoint(elements):
            for line in self._rest:
                self._read.append(line)
                if self._open.isdisjoint(elements):
                    more -= 1
                    if more <= 0:
                        break
        return list(self._read)

    def all(self) -> list[Line]:
        """The lines of the whole page."""
        self._read.extend(self._rest)
        return list(self._read)


def _walked(tree: Tree, root: Element, unfinished: set[Element]) -> Iterator[Line]:
    """One pass in document order. Between two borders of blocks all text is of the block that is open there."""
    hidden = {one for one in (root, *tree.every("[style]", root)) if _HIDDEN.search(one.get("style", ""))}
    here: Element | None = root
    kind, block, linked = _SILENT if root in hidden else _BLOCK, root, False
    # The way from `here` up: what each element was left with when the next one opened.
    above: list[tuple[Element | None, int, Element, bool]] = [(None, _SILENT, root, False)]
    texts, links = [root.text or ""], 0
    for element in chain(root.iterdescendants(), (None,)):
        parent = None if element is None else element.getparent()
        while here is not None and here is not parent:
            if kind == _BLOCK:
                if texts and (text := " ".join("".join(texts).split())):
                    yield Line(text, block, links)
                texts, links = [], 0
            elif kind in {_LINK, _BREAK}:
                # Two links side by side are two words: 虚构晚报 and 举报.
                texts.append(" ")
            unfinished.discard(here)
            tail = here.tail
            here, kind, block, linked = above.pop()
            if tail and kind != _SILENT:
                texts.append(tail)
                links += len(tail.strip()) if linked else 0
        if element is None:
            return
        above.append((here, kind, block, linked))
        here = element
        if kind == _SILENT:
            continue
        tag = element.tag
        kind = _KINDS.get(tag) or (_INLINE if isinstance(tag, str) else _SILENT)
        if kind == _BLOCK:
            if texts and (text := " ".join("".join(texts).split())):
                yield Line(text, block, links)
            texts, links, block = [], 0, element
            kind = _SILENT if element in hidden else _BLOCK
        linked = linked or kind == _LINK
        if kind != _SILENT and (piece := element.text):
            texts.append(piece)
            links += len(piece.strip()) if linked else 0
