"""List pages: rows -> links with dates, the pager, and further lists.

A row is the largest element around one link that holds no other address. Rows are those of the family's anchors; where
there are none, the group of like rows that looks most like a list of publications (dates, article addresses, titles).
"""

from __future__ import annotations

import re
from dataclasses import replace

from lxml.etree import _Element as Element

from scrapers.pages.dates import address_date
from scrapers.pages.families import family_of
from scrapers.pages.family import Family
from scrapers.pages.model import Link, ListPage
from scrapers.pages.pagers import next_link, trs_next
from scrapers.pages.rows import date_of, distinct, link_of, title_of
from scrapers.pages.tree import Tree, path_of

_ROW_TAGS = frozenset({"li", "tr", "dd", "dl", "p", "article"})
_PAGER_TEXT = re.compile(
    r"^\W*(?:首|上一?|下一?|尾|末|前|后|末|第?\d+)\s*页\W*$|^\W*\d*\W*$|^(?:更多|more|详细|查看)\W*$", re.IGNORECASE
)
_SHORTEST_TITLE = 5
_AS_GOOD = 0.5
_FEW_ROWS = 2.0
_LIST_OF_ARTICLES = re.compile(r"\.s?html?$|\.jhtml$|\.htm\?|content|article|detail|/info/|show|view|news|id=|\d{4,}")


def read_list(source: str, url: str, hint: str | None = None, pattern: str | None = None) -> ListPage:
    """The links of a list page, in order, each address once; an empty tuple where it lists nothing.

    `pattern` is how articles of the source are addressed (a card's `article_pattern`), for sites of no known system.
    """
    tree = Tree.parse(source, url)
    family = family_of(tree, hint, of_list=True)
    if family.read_list is not None and (page := family.read_list(tree)) is not None:
        return replace(page, family=family.name)
    if family.article_path is None and pattern:
        family = replace(family, article_path=re.compile(pattern))
    links = _links(_rows(tree, family), tree)
    following = family.next_list(tree) if family.next_list else trs_next(tree) or next_link(tree)
    return ListPage(family.name, links, following, redirect=None if links else tree.refresh)


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
    """The rows of like make that look most like a list of publications; a list may be cut into several elements."""
    groups: dict[tuple[str, Element | None], list[tuple[Element, Element]]] = {}
    for anchor in tree.root.iter("a"):
        if anchor.get("href") is None or _in_noise(anchor):
            continue
        row = _row_of(anchor)
        groups.setdefault((_make_of(row, anchor), row.getparent()), []).append((row, anchor))
    scores = {key: _score(rows, tree, family) for key, rows in groups.items()}
    best = max(scores, key=lambda key: scores[key], default=None)
    if best is None or scores[best] <= 0:
        return []
    quality = scores[best] / len(groups[best])

    def belongs(key: tuple[str, Element | None]) -> bool:
        # A page of several columns lists in each of them; the last rows of a cut list may be few.
        alike = key[0] == best[0] and scores[key] / len(groups[key]) >= _AS_GOOD * quality
        other = scores[key] >= _AS_GOOD * scores[best] and scores[key] >= _FEW_ROWS
        return key == best or alike or (other and (scores[key] >= len(groups[key]) or quality < 1))

    return [pair for key, rows in groups.items() if belongs(key) for pair in rows]


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
        score += 1.0 if date_of(row, anchor) or address_date(target) else 0.0
        score += 2.0 if family.article_path and family.article_path.search(path) else 0.0
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
