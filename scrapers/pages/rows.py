"""One row of a list -> Link: its title uncut, its date from the row's text beside the link, else from the address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from html import unescape
from itertools import pairwise

from lxml.etree import _Element as Element

from scrapers.pages.dates import address_date, day_of, find_dates, read_date
from scrapers.pages.model import Link
from scrapers.pages.tree import Tree, squeezed, text_of

_MARKUP = re.compile(r"<[^>]+>")
_CUT = re.compile(r"(?:…|\.{2,})+$")
_SHORT_DATE = re.compile(r"(?<!\d)(0?[1-9]|1[0-2])[-/.月](3[01]|[12]\d|0?[1-9])(?!\d)")


def link_of(tree: Tree, row: Element, anchor: Element) -> Link | None:
    """The link of one row: its title uncut, its date from the row's text beside the link, else from the address."""
    target = tree.absolute(anchor.get("href") or anchor.get("data-href") or "")
    title = title_of(anchor)
    if target is None or not title or target.split("#")[0] == tree.url.split("#")[0]:
        return None
    return Link(target, title, date_of(row, anchor) or address_date(target))


def title_of(anchor: Element) -> str:
    """The full title of a link: its text, or its `title` where the text is cut or missing."""
    shown = text_of(anchor)
    named = anchor.get("title") or ""
    if "<" in named or "&" in named:
        # What follows the last > holds no tag: looking for one there would take the square of its length.
        inside, end, rest = unescape(named).rpartition(">")
        named = _MARKUP.sub("", inside + end) + rest
    declared = squeezed(named)
    stem = _CUT.sub("", shown)
    longer = declared and (not shown or (stem != shown and len(declared) > len(stem)) or declared.startswith(stem))
    title = declared if longer and len(declared) >= len(stem) else shown
    # The date inside the link is the row's, not the title's.
    for found in reversed(list(find_dates(title))):
        if found.start == 0 or found.end == len(title):
            title = (title[: found.start] + title[found.end :]).strip(" []()【】（）·|")
    return title.lstrip("·•.▪■◆●★>» ").strip()


def distinct(links: Iterable[Link | None]) -> tuple[Link, ...]:
    """The links in order, each address once: with its longest title and the first date that is known."""
    found: dict[str, Link] = {}
    for link in links:
        if link is None:
            continue
        known = found.get(link.url)
        if known is None:
            found[link.url] = link
        else:
            title = link.title if len(link.title) > len(known.title) else known.title
            found[link.url] = Link(link.url, title, known.date or link.date)
    return tuple(found.values())


def date_of(row: Element, anchor: Element) -> date | None:
    """The date in a row's text outside the title, else in the link itself; `01-17` needs a year we do not know."""
    title = text_of(anchor)
    whole = text_of(row)
    rest = whole.replace(title, " ", 1) if row is not anchor else whole
    found = read_date(rest) or _split_date(row)
    if found is None and (dates := [one for one in find_dates(title) if one.start == 0 or one.end == len(title)]):
        found = dates[0].value
    return day_of(found)


def _split_date(row: Element) -> date | None:
    """A day and a month in two elements: `<b>17</b><i>2025-01</i>`, `<b>2025</b><i>01-17</i>`."""
    texts = [squeezed(str(text)) for text in row.itertext() if str(text).strip()][:12]
    for first, second in pairwise(texts):
        for day, month in ((first, second), (second, first)):
            if re.fullmatch(r"(?:19|20)\d{2}", month) and (short := _SHORT_DATE.fullmatch(day)):
                return day_of(read_date(f"{month}-{short[1]}-{short[2]}"))
            if re.fullmatch(r"\d{1,2}日?", day) and (
                wide := re.fullmatch(r"((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})月?", month)
            ):
                return day_of(read_date(f"{wide[1]}-{wide[2]}-{day.rstrip('日')}"))
    return None
