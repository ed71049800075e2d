"""List pages: rows -> links with dates, the pager, and further lists.

A row is the largest element around one link that holds no other address. Rows are those of the family's anchors; where
there are none, the group of like rows that looks most like a list of publications (dates, article addresses, titles).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from html import unescape
from itertools import pairwise

from lxml.etree import _Element as Element

from scrapers.pages.dates import address_date, day_of, find_dates, read_date
from scrapers.pages.families import family_of
from scrapers.pages.family import Family
from scrapers.pages.model import Link, ListPage
from scrapers.pages.pagers import next_link, trs_next
from scrapers.pages.tree import Tree, path_of, squeezed, text_of

_ROW_TAGS = frozenset({"li", "tr", "dd", "dl", "p", "article"})
_MARKUP = re.compile(r"<[^>]+>")
_CUT = re.compile(r"(?:…|\.{2,})+$")
_SHORT_DATE = re.compile(r"(?<!\d)(0?[1-9]|1[0-2])[-/.月](3[01]|[12]\d|0?[1-9])(?!\d)")
_PAGER_TEXT = re.compile(
    r"^\W*(?:首|上一?|下一?|尾|末|前|后|末|第?\d+)\s*页\W*$|^\W*\d*\W*$|^(?:更多|more|详细|查看)\W*$", re.IGNORECASE
)
_SHORTEST_TITLE = 5
_LIST_OF_ARTICLES = re.compile(r"\.s?html?$|\.jhtml$|\.htm\?|content|article|detail|/info/|show|view|news|id=|\d{4,}")


def read_list(source: str, url: str, hint: str | None = None) -> ListPage:
    """The links of a list page, in order, each address once; an empty tuple where it lists nothing."""
    tree = Tree.parse(source, url)
    family = family_of(tree, hint, of_list=True)
    if family.read_list is not None and (page := family.read_list(tree)) is not None:
        return replace(page, family=family.name)
    links = _links(_rows(tree, family), tree)
    following = family.next_list(tree) if family.next_list else trs_next(tree) or next_link(tree)
    return ListPage(family.name, links, following, redirect=None if links else tree.refresh)


def link_of(tree: Tree, row: Element, anchor: Element) -> Link | None:
    """The link of one row: its title uncut, its date from the row's text beside the link, else from the address."""
    target = tree.absolute(anchor.get("href") or anchor.get("data-href") or "")
    title = title_of(anchor)
    if target is None or not title or target.split("#")[0] == tree.url.split("#")[0]:
        return None
    return Link(target, title, _date_of(row, anchor) or address_date(target))


def title_of(anchor: Element) -> str:
    """The full title of a link: its text, or its `title` where the text is cut or missing."""
    shown = text_of(anchor)
    declared = squeezed(_MARKUP.sub("", unescape(anchor.get("title") or "")))
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


def _rows(tree: Tree, family: Family) -> list[tuple[Element, Element]]:
    """Pairs of row and link."""
    for anchor in family.rows:
        rows = [(_row_of(link), link) for link in tree.every(anchor) if link.get("href")]
        if rows:
            return rows
    return _best_group(tree, family)


def _links(rows: list[tuple[Element, Element]], tree: Tree) -> tuple[Link, ...]:
    links = distinct(link_of(tree, row, anchor) for row, anchor in rows)
    return tuple(link for link in links if not _PAGER_TEXT.match(link.title))


def _row_of(anchor: Element) -> Element:
    """The largest element around a link that holds no second address."""
    row = anchor
    own = anchor.get("href")
    parent = row.getparent()
    while parent is not None and parent.tag not in {"body", "html", "ul", "ol", "tbody", "table"}:
        others = {link.get("href") for link in parent.iter("a")} - {own, None, "#"}
        if others and not all(other is not None and other.startswith("javascript") for other in others):
            break
        row = parent
        if row.tag in _ROW_TAGS:
            break
        parent = row.getparent()
    return row


def _best_group(tree: Tree, family: Family) -> list[tuple[Element, Element]]:
    """The rows of like make that look most like a list of publications."""
    groups: dict[str, list[tuple[Element, Element]]] = {}
    for anchor in tree.root.iter("a"):
        if anchor.get("href") is None or _in_noise(anchor):
            continue
        row = _row_of(anchor)
        groups.setdefault(_make_of(row, anchor), []).append((row, anchor))
    scored = [(_score(rows, tree, family), rows) for rows in groups.values()]
    best = max((score for score, _ in scored), default=0.0)
    if best <= 0:
        return []
    # A page of several columns (policy, news, reports) lists in each of them.
    chosen = [pair for score, rows in scored if score >= 0.5 * best and score >= 2 for pair in rows]
    return chosen or next(rows for score, rows in scored if score == best)


def _score(rows: list[tuple[Element, Element]], tree: Tree, family: Family) -> float:
    score = 0.0
    seen: set[str] = set()
    for row, anchor in rows:
        target, title = tree.absolute(anchor.get("href") or ""), title_of(anchor)
        if target is None or target in seen or len(title) < _SHORTEST_TITLE or _PAGER_TEXT.match(title):
            continue
        seen.add(target)
        path = path_of(target)
        score += 0.1 + min(len(title), 30) / 100
        score += 1.0 if _date_of(row, anchor) or address_date(target) else 0.0
        score += 1.0 if family.article_path and family.article_path.search(path) else 0.0
        score += 0.2 if _LIST_OF_ARTICLES.search(path) else -0.2
    return score


def _make_of(row: Element, anchor: Element) -> str:
    """How a row is made: its own tag and class, its parents', and where the link stands in it."""
    names = [f"{row.tag}.{re.sub(r'[0-9 ].*', '', (row.get('class') or '').strip())}", str(anchor.tag)]
    parent = row.getparent()
    for _ in range(3):
        if parent is None:
            break
        names.append(f"{parent.tag}.{parent.get('class') or ''}")
        parent = parent.getparent()
    return "<".join(names)


def _in_noise(element: Element) -> bool:
    parent = element.getparent()
    while parent is not None:
        if parent.tag in {"nav", "footer"} or (parent.tag in {"div", "ul", "td"} and _is_menu(parent)):
            return True
        parent = parent.getparent()
    return False


def _is_menu(element: Element) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    return (
        len(names) > 1 and re.search(r"\b(?:nav|menu|foot\w*|crumb\w*|friend\w*|pagination|pager)\b", names) is not None
    )


def _date_of(row: Element, anchor: Element) -> date | None:
    """The date in a row's text outside the title, else in the link itself; `01-17` needs a year we do not know."""
    title = text_of(anchor)
    whole = text_of(row)
    rest = whole.replace(title, " ", 1) if row is not anchor else whole
    found = read_date(rest) or read_date(anchor.get("title") and "") or _split_date(row)
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
