"""JSON answers behind single-page applications: rows of a list, or one article whose body is markup.

What is looked for are the names that such interfaces share: title, an address or an id, a date, content. A list is the
longest array of objects that have a title.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape, unescape
from typing import Any

from scrapers.pages.dates import day_of, read_date
from scrapers.pages.model import Link, ListPage
from scrapers.pages.rows import distinct
from scrapers.pages.tree import Tree, squeezed

_TITLES = ("title", "articleTitle", "name", "subject", "headline", "contentTitle")
_ADDRESSES = ("url", "link", "href", "linkUrl", "articleUrl", "htmlUrl")
_DATES = (
    "publishTime",
    "datePublished",
    "publishDate",
    "pubDate",
    "releaseTime",
    "date",
    "createTime",
    "publish_time",
    "time",
    "createDate",
)
_BODIES = ("content", "articleContent", "articleBody", "contentHtml", "body", "text", "htmlContent", "detail", "txt")
_SOURCES = ("source", "origin", "articleSource", "contentSource", "author")
_DEEPEST = 8
_SHORTEST_BODY = 20


def list_of_answer(tree: Tree) -> ListPage | None:
    """The rows of a JSON list; rows without an address of their own lead to `?id=…` beside the answer."""
    data = _json(tree)
    if data is None:
        return None
    best: list[Mapping[str, Any]] = max(_arrays(data, 0), key=len, default=[])
    links = []
    for one in best:
        title, address = _text(one, _TITLES), _text(one, _ADDRESSES)
        if not address and (number := one.get("id") or one.get("aid") or one.get("articleId")):
            address = f"?id={number}"
        if title and address and (url := tree.absolute(address)) is not None:
            links.append(Link(url, title, day_of(read_date(_text(one, _DATES)))))
    return ListPage("", distinct(links)) if links else None


def page_of_answer(tree: Tree) -> Tree | None:
    """One article's answer written as a page, to be read like any other."""
    data = _json(tree)
    return None if data is None else article_in(tree, data)


def article_in(tree: Tree, data: object) -> Tree | None:
    """The first object of decoded JSON that has a title and a body, written as a page."""
    for one in _objects(data, 0):
        title, body = _text(one, _TITLES), _text(one, _BODIES)
        if title and len(body) >= _SHORTEST_BODY:
            return page_of(
                tree, title, unescape(body) if "&lt;" in body else body, _text(one, _DATES), _text(one, _SOURCES)
            )
    return None


def page_of(tree: Tree, title: str, body: str, moment: str, source: str) -> Tree:
    """A page of our own making, with a title, a line under it and `body` as its only container."""
    published = read_date(moment)
    line = f"<p>发布时间：{published or ''} 来源：{escape(source)}</p>"
    if "<" not in body:
        body = "".join(f"<p>{escape(text)}</p>" for text in body.splitlines() if text.strip())
    head = f"<title>{escape(title)}</title>"
    return Tree.parse(
        f"<html><head>{head}</head><body><h1>{escape(title)}</h1>{line}<div>{body}</div></body></html>", tree.url
    )


def _json(tree: Tree) -> Any:  # noqa: ANN401 - any JSON
    text = tree.source.strip()
    if not text.startswith(("{", "[")):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _arrays(value: Any, depth: int) -> Iterator[list[Mapping[str, Any]]]:  # noqa: ANN401 - any JSON
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        rows: list[Mapping[str, Any]] = [one for one in value if isinstance(one, dict) and _text(one, _TITLES)]
        if rows:
            yield rows
        for one in value:
            yield from _arrays(one, depth + 1)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _arrays(one, depth + 1)


def _objects(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - any JSON
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _objects(one, depth + 1)


def _text(one: Mapping[str, Any], names: tuple[str, ...]) -> str:
    for name in names:
        value = one.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return str(value) if name in _BODIES else squeezed(str(value))
    return ""
