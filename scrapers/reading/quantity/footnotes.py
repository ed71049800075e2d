"""Footnote marks glued to figures that have no unit: told by their own count.

    受理1875051,是上年的4.952,…涉黑案3。     1, 2, 3 at the ends of clauses: 187505, 4.95, and a mark alone

One such digit cannot be told from a digit of the figure. A page's marks can: they count up from 1 through all figures
without a unit that end a clause. Where all of them do, and there are three at least, the marks are taken off.
"""

from __future__ import annotations

from decimal import Decimal

from scrapers.reading.normalise import Normal
from scrapers.reading.quantity.record import Quantity
from scrapers.reading.units import Kind

_CLAUSE_ENDS = frozenset(",。;)")
_PLAIN = Kind.PLAIN
_FEWEST = 3


def without_marks(text: Normal, found: list[Quantity]) -> list[Quantity]:
    """The same quantities without the marks of a page that has them; otherwise the list itself."""
    marks: dict[int, str] = {}
    for index, quantity in enumerate(found):
        if quantity.kind is not _PLAIN or text[quantity.end : quantity.end + 1] not in _CLAUSE_ENDS:
            continue
        mark = str(len(marks) + 1)
        printed = text[quantity.start : quantity.end]
        if not printed.endswith(mark) or (printed == mark and not text[quantity.start - 1 : quantity.start].isalpha()):
            return found
        marks[index] = mark
    if len(marks) < _FEWEST:
        return found
    kept = []
    for index, quantity in enumerate(found):
        mark = marks.get(index, "")
        if not mark:
            kept.append(quantity)
        elif quantity.end - quantity.start > len(mark):
            kept.append(_cut(text, quantity, len(mark)))
    return kept


def _cut(text: Normal, quantity: Quantity, length: int) -> Quantity:
    end = quantity.end - length
    printed = text[quantity.start : end].replace(",", "").rstrip(".")
    _, _, decimals = printed.partition(".")
    precision = Decimal(5).scaleb(-len(decimals) - 1)
    return quantity._replace(number_end=end, end=end, value=Decimal(printed), precision=precision)
