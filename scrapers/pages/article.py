"""From a page's text to its links or its article; pure functions, no network, no clock.

load()                    -> everything that pages need is imported
recognise(html, url)      -> name of the page family ("generic": none)
parse_list(html, url)     -> ListPage
parse_article(html, url)  -> Article | NotArticle
canonical_text(pages, documents) -> the text in which every offset counts
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from scrapers.pages.model import (
    GENERIC,
    Article,
    Attachment,
    Dates,
    Link,
    ListPage,
    NotArticle,
    PageKind,
    Request,
    Table,
)

__all__ = [
    "GENERIC",
    "Article",
    "Attachment",
    "Dates",
    "Link",
    "ListPage",
    "NotArticle",
    "PageKind",
    "Request",
    "Table",
    "canonical_text",
    "load",
    "parse_article",
    "parse_list",
    "recognise",
]


def load() -> None:
    """Import what lists and articles need, ahead of the first of them."""
    for name in ("lists", "reading"):
        import_module(f"scrapers.pages.{name}")


def recognise(html: str, url: str) -> str:
    """The name of the page family behind a page, told by its address and markup; `generic` where none is known."""
    from scrapers.pages.families import family_of
    from scrapers.pages.tree import Tree

    return family_of(Tree.parse(html, url), of_list=True).name


def parse_list(html: str, url: str, family: str | None = None, pattern: str | None = None) -> ListPage:
    """The links of a list page. `family` (a card's) is believed only where the page does not tell another.

    `pattern` (a card's `article_pattern`) helps to find the rows on sites of no known system.
    """
    from scrapers.pages.lists import read_list

    return read_list(html, url, family, pattern)


def parse_article(html: str, url: str, family: str | None = None) -> Article | NotArticle:
    """The article of a page, or what the page is instead. `family` as in `parse_list`."""
    from scrapers.pages.reading import read_article

    return read_article(html, url, family)


def canonical_text(pages: Sequence[Article], documents: Sequence[str] = ()) -> str:
    """The text of one capture: its pages joined, then its attachments as numbered parts, each headed 【附件1】.

    Table rows are lines with tabs. Every offset of a reading counts characters of this text.
    """
    parts = [page.text for page in pages if page.text]
    for number, text in enumerate(documents, start=1):
        if text:
            parts.append(f"【附件{number}】\n{text}")
    return "\n".join(parts)
