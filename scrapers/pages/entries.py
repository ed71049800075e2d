"""Whether what looks like a body is a list of entries, each a linked headline with a summary, or one of such a list.

<li><h3><a>headline</a></h3><p>summary</p></li> <li>…   like siblings, each beginning with its link
<p><a>a related report</a> …</p>                        paragraphs and lines of one text are no entries
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml.etree import _Element as Element

from scrapers.pages.tree import BLOCKS, SILENT, squeezed, text_of

_FEWEST = 4
_HEADLINE = 6
_LEAD = 12
_COVERED = 0.6
_SUMMARY = 15
# Blocks that hold one line of a text; an entry is made of several.
_LINES = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "dt", "dd", "figcaption", "pre", "blockquote"})


def is_entry_list(containers: tuple[Element, ...]) -> bool:
    """Whether a page's densest text is made of entries, or is the summary of one among like ones."""
    return any(_is_one_of_many(container) or _holds_many(container) for container in containers)


def _is_one_of_many(container: Element) -> bool:
    """Whether the container stands in an entry that has like siblings."""
    element: Element | None = container
    while element is not None and element.tag not in {"body", "html"}:
        parent = element.getparent()
        if parent is not None and element.tag not in _LINES and _begins_with_link(element):
            like = [child for child in parent if _make(child) == _make(element) and _begins_with_link(child)]
            if len(like) >= _FEWEST:
                return True
        element = parent
    return False


def _holds_many(container: Element) -> bool:
    """Whether entries of one make hold most of the container's plain text."""
    if sum(1 for _ in container.iter("a")) < _FEWEST:
        return False
    whole = _plain(container)
    for parent in container.iter():
        if not isinstance(parent.tag, str) or parent.tag not in BLOCKS or len(parent) < _FEWEST:
            continue
        makes = Counter(_make(child) for child in parent if child.tag in BLOCKS and child.tag not in _LINES)
        make, count = makes.most_common(1)[0] if makes else (None, 0)
        if count < _FEWEST:
            continue
        entries = [child for child in parent if _make(child) == make and _begins_with_link(child)]
        told = [size for size in map(_plain, entries) if size >= _SUMMARY]
        if len(told) >= _FEWEST and sum(told) >= _COVERED * whole:
            return True
    return False


def _make(element: Element) -> tuple[object, str | None]:
    return element.tag, element.get("class")


def _begins_with_link(element: Element) -> bool:
    """Whether the first words of an element, but for a date or a mark, are a headline that leads elsewhere."""
    lead = 0
    for text, linked in _pieces(element, linked=element.tag == "a"):
        size = len(squeezed(text))
        if linked and size >= _HEADLINE:
            return True
        lead += size
        if lead > _LEAD:
            return False
    return False


def _plain(element: Element) -> int:
    """How many characters of an element are no links."""
    return len(text_of(element)) - sum(len(text_of(link)) for link in element.iter("a"))


def _pieces(element: Element, *, linked: bool) -> Iterator[tuple[str, bool]]:
    if not isinstance(element.tag, str) or element.tag in SILENT:
        return
    if element.text:
        yield element.text, linked
    for child in element:
        yield from _pieces(child, linked=linked or (child.tag == "a" and bool(child.get("href"))))
        if child.tail:
            yield child.tail, linked
