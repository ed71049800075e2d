"""What there is to know of a page system: how its pages are recognised, and where things stand on them.

A family is data; what data cannot say is a function of its module. Everything but the fingerprints may be empty:
then the generic witnesses do the work, so a family needs to say only what it knows better.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml.etree import _Element as Element

from scrapers.pages.model import GENERIC, Article, ListPage
from scrapers.pages.tree import Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One page system.

    `order` is its place among the fingerprints (FAMILIES 0.1): the first that fits wins. `article_path` fits path and
    query of its articles, `list_path` of its lists, `hosts` host names; one of `marks` stands in the markup (of a
    tuple: all), or `tells` knows. `title` ... `body` are anchors, the better first; `locate` finds the body where no
    anchor can. `rows` are anchors of the links in list rows. `next_part`, `next_list`, `read_list`, `rewrite` and
    `finish` are for what anchors cannot say: the article's next part, a list that is no list of rows, data that has to
    become a page first, and last touches to an article.
    """

    name: str
    section: str
    order: int
    article_path: re.Pattern[str] | None = None
    list_path: re.Pattern[str] | None = None
    marks: tuple[str | tuple[str, ...], ...] = ()
    tells: Callable[[Tree], bool] | None = None
    hosts: re.Pattern[str] | None = None
    title: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    locate: Callable[[Tree], Element | None] | None = None
    next_part: Callable[[Tree], str | None] | None = None
    next_list: Callable[[Tree], str | None] | None = None
    read_list: Callable[[Tree], ListPage | None] | None = None
    rewrite: Callable[[Tree], Tree | None] | None = None
    finish: Callable[[Tree, Article], Article] | None = None

    def fits(self, tree: Tree) -> bool:
        """Whether a page is of this family, by host, address or markup."""
        return (
            (self.hosts is not None and self.hosts.search(tree.host) is not None)
            or (self.article_path is not None and self.article_path.search(tree.path) is not None)
            or (self.list_path is not None and self.list_path.search(tree.path) is not None)
            or any(_stands(mark, tree.source) for mark in self.marks)
            or (self.tells is not None and self.tells(tree))
        )


def _stands(mark: str | tuple[str, ...], source: str) -> bool:
    return mark in source if isinstance(mark, str) else all(word in source for word in mark)


NONE = Family(name=GENERIC, section="", order=1000)
