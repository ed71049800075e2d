"""Tables of an article: which of them hold data, and their rows.

A layout table (old sites put the whole article into one) has long cells, paragraphs or further tables inside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from lxml import etree
from lxml.etree import _Element as Element

if TYPE_CHECKING:
    from bs4 import Tag

Rows: TypeAlias = tuple[tuple[str, ...], ...]
_LONG_CELL = 160
_MOST_COLUMNS = 60
_MOST_ROWS = 2000


def data_table(element: Element, tidied: Callable[[str], str]) -> Rows | None:
    """The rows of a `<table>` that holds data, or None where it is there for the page's layout."""
    if element.find(".//table") is not None:
        return None
    # A tenth of a second that most processes never need to spend: reports seldom have tables.
    from bs4 import BeautifulSoup

    markup = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    table = BeautifulSoup(markup, "lxml").table
    return _rows(table, tidied) if table is not None and _holds_data(table) else None


def _holds_data(table: Tag) -> bool:
    """Whether at least two rows of at least two filled cells stand there, none of them an article of its own."""
    rows = [row.find_all(["td", "th"]) for row in table.find_all("tr")]
    wide = [cells for cells in rows if sum(1 for cell in cells if cell.get_text(strip=True)) >= 2]
    if len(wide) < 2:
        return False
    lengths = [len(cell.get_text(strip=True)) for cells in rows for cell in cells]
    long = sum(length for length in lengths if length > _LONG_CELL)
    return long <= sum(lengths) // 2


def _rows(table: Tag, tidied: Callable[[str], str]) -> Rows:
    """The cells as text; a merged one stands at its first place and is empty at the others."""
    rows: list[tuple[str, ...]] = []
    held: dict[int, int] = {}
    for row in table.find_all("tr")[:_MOST_ROWS]:
        cells: list[str] = []
        for cell in row.find_all(["td", "th"]):
            cells.extend(_held_places(held, len(cells)))
            width, height = _span(cell, "colspan", _MOST_COLUMNS), _span(cell, "rowspan", _MOST_ROWS)
            if height > 1:
                held.update(dict.fromkeys(range(len(cells), len(cells) + width), height))
            cells.append(tidied(" ".join(cell.stripped_strings) if cell.find(["p", "br", "div"]) else cell.get_text()))
            cells.extend([""] * (width - 1))
        cells.extend(_held_places(held, len(cells)))
        held = {place: left - 1 for place, left in held.items() if left > 1}
        if any(cells):
            rows.append(tuple(cells))
    return tuple(rows)


def _held_places(held: dict[int, int], place: int) -> Iterator[str]:
    """Empty cells where a cell from a row above reaches down to here."""
    while held.get(place, 0) > 0 and place < _MOST_COLUMNS:
        yield ""
        place += 1


def _span(cell: Tag, key: str, most: int) -> int:
    text = str(cell.get(key) or "1").strip()
    return max(1, min(int(text), most)) if text.isdigit() else 1
