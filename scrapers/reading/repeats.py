"""What a page says twice, or says of something else: headings, the same block again, a foreign article appended."""

from __future__ import annotations

import re

from scrapers.reading.layout import Span
from scrapers.reading.model import Change
from scrapers.reading.normalise import Normal
from scrapers.reading.structure import Item

_FOREIGN = re.compile(
    r"\s*(?:相关(?:阅读|链接|新闻|报道|推荐)|延伸阅读|推荐阅读|更多(?:新闻|阅读)|热点(?:新闻|推荐)|上一篇|下一篇|责任?编辑|版权声明|免责声明|扫码)"
)
# A heading is short and ends in no full stop; …… may trail off.
_HEADING = 32
_CLOSED = re.compile(r"[。;!?,、:]\s*$")
# A block shorter than this may be said twice for good reasons (一、刑事案件).
_BLOCK = 16


def is_foreign(text: Normal, paragraph: Span) -> bool:
    """Whether a paragraph opens what the page appends of other articles."""
    return bool(_FOREIGN.match(text, paragraph.start, paragraph.end))


def is_heading(text: Normal, paragraph: Span) -> bool:
    """Whether a paragraph is a heading: short, and without a full stop at its end."""
    length = paragraph.end - paragraph.start
    return length <= _HEADING and not _CLOSED.search(text[paragraph.start : paragraph.end])


def squeezed(text: Normal, paragraph: Span) -> str | None:
    """A paragraph as it is compared with others, None where it is too short for that."""
    words = text[paragraph.start : paragraph.end].replace(" ", "")
    return words if len(words) >= _BLOCK else None


def said_again(heading: Item, body: list[Item]) -> bool:
    """Whether a heading's figure is in the body too, maybe printed with more digits."""
    return any(_same_level(heading, item) or _same_change(heading, item) for item in body)


def _same_level(heading: Item, item: Item) -> bool:
    one, other = heading.figure, item.figure
    if one is None or other is None or one.value is None or other.value is None or one.unit != other.unit:
        return False
    return abs(one.value - other.value) <= (one.precision or 0)


def _same_change(heading: Item, item: Item) -> bool:
    if heading.figure is not None:
        return False
    return any(_alike(mine, change) for mine in heading.changes for change in item.changes)


def _alike(heading: Change, body: Change) -> bool:
    if heading.direction is not body.direction or heading.form is not body.form:
        return False
    if heading.value is None or body.value is None:
        return heading.value is body.value
    return abs(heading.value - body.value) <= (heading.precision or 0)
