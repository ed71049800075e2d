"""Newspaper editions: an issue's index, the pages of the issue, the articles of a page (FAMILIES 6).

    paperindex.htm -> (meta refresh) -> node_2.htm: its articles are `links`, the other pages of the issue `sections`

Hot-spots (`<area>`) carry links without text, titles repeat in a side list, 广告 is no article.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from scrapers.pages.dates import address_date
from scrapers.pages.model import Link, ListPage
from scrapers.pages.rows import distinct, title_of
from scrapers.pages.tree import Tree, path_of

_ARTICLE = re.compile(r"content_(?:rb_)?\d|/Articel\d|/shtml/\w+/\d{8}/\d{4,}\.shtml")
_PAGE = re.compile(r"node_\w+\.html?|/Page\d\w*\.htm|/index\.shtml|/shtml/\w+/\d{8}/v?\d{1,2}\.shtml")
_NO_ARTICLE = re.compile(
    r"^\W*(?:广告|公告|公益广告|图片新闻|天气|上一[版篇期]|下一[版篇期]|返回|PDF|放大|缩小|默认|\d+)\W*$"
)
_PAGE_TITLE = re.compile(r"第?\s*[A-Z]?\d{1,3}\s*版|^[A-Z]?\d{2}\s*[:：]")
_JUMP = re.compile(r"""(?:window\.|document\.)?location(?:\.href)?\s*=\s*["']([^"']+)["']""")


def read_edition(tree: Tree) -> ListPage | None:
    """The articles and further pages of an issue; a page that only jumps gives its target as `redirect`."""
    day = address_date(tree.url)
    articles: list[Link | None] = []
    pages: list[Link | None] = []
    for anchor in tree.root.iter("a"):
        target, title = tree.absolute(anchor.get("href") or anchor.get("data-href") or ""), title_of(anchor)
        if target is None or not title:
            continue
        path = path_of(target)
        if _ARTICLE.search(path):
            if not _NO_ARTICLE.match(title):
                articles.append(Link(target, title, address_date(target) or day))
        elif _PAGE.search(path) and _PAGE_TITLE.search(title):
            pages.append(Link(target, title, address_date(target) or day))
    links = distinct(articles)
    if not links and not pages:
        jump = tree.refresh or _script_jump(tree)
        return ListPage("", redirect=jump) if jump else None
    here = _bare(tree.url)
    return ListPage("", links, sections=tuple(page for page in distinct(pages) if _bare(page.url) != here))


def _script_jump(tree: Tree) -> str | None:
    found = _JUMP.search(tree.source) if len(tree.source) < 20_000 else None
    return tree.absolute(found[1]) if found else None


def _bare(url: str) -> str:
    return urlunsplit(urlsplit(url)._replace(query="", fragment=""))
