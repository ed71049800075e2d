"""An article that waits in a script for the page to show it: JSON-LD, a page's state, a value written for a template.

    <script type="application/ld+json">{"headline": …, "articleBody": …}
    <script id="__NEXT_DATA__" type="application/json">{…{"title": …, "content": "<p>…"}}
    window.__INITIAL_STATE__ = {…};   var allData = {…};
    articleInfo: {title: '…', content: '&lt;p&gt;…'}          (no JSON: single quotes, bare names, escaped markup)

Only looked into where the page itself shows next to nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape

from scrapers.pages.answers import article_in, page_of
from scrapers.pages.tree import Tree

_LEAST, _LARGEST = 200, 4_000_000
_OPENS = re.compile(r"=\s*(?=\{)|\(\s*(?=\{)")
_MOST_OPENINGS = 40
_VALUE = r"""\s*["']?\s*:\s*(?P<q>["'`])(?P<text>(?:(?!(?P=q))[^\\]|\\.)*)(?P=q)"""
_TITLE = re.compile(r"\b(?:title|articleTitle|headline)" + _VALUE, re.DOTALL)
_CONTENT = re.compile(r"\b(?:content|articleContent|articleBody|contentHtml|body)" + _VALUE, re.DOTALL)
_TIME = re.compile(r"\b(?:time|publishTime|publish_time|pubDate|date|ptime|publishDate)" + _VALUE, re.DOTALL)
_SOURCE = re.compile(r"\b(?:source|origin|media|author)" + _VALUE, re.DOTALL)
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\(.)", re.DOTALL)
_CONTROLS = {"n": "\n", "r": "\n", "t": " "}
_SHORTEST = 60


def page_in_scripts(tree: Tree) -> Tree | None:
    """The article of a page's scripts, written as a page of its own; None where no script holds one."""
    for script in tree.root.iter("script"):
        code = script.text or ""
        if not _LEAST <= len(code) <= _LARGEST or not ("ontent" in code or "rticleBody" in code or "body" in code):
            continue
        for data in _values(code):
            if (found := article_in(tree, data)) is not None and _agrees(tree, found):
                return found
        if (found := _written(tree, code)) is not None and _agrees(tree, found):
            return found
    return None


def _agrees(page: Tree, written: Tree) -> bool:
    """Whether the page calls itself what the script's article is called: its state may hold other articles too."""
    title = "".join(written.document_title.split())
    return not page.document_title or title[:20] in "".join(page.document_title.split())


def _values(code: str) -> Iterator[object]:
    """The JSON objects of a script: the whole of it, or what stands behind = and (."""
    text = code.strip()
    decoder = json.JSONDecoder(strict=False)
    starts = [0] if text.startswith(("{", "[")) else []
    starts += [match.end() for match, _ in zip(_OPENS.finditer(text), range(_MOST_OPENINGS), strict=False)]
    end = 0
    for start in starts:
        if start < end:
            continue
        try:
            value, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        yield value


def _written(tree: Tree, code: str) -> Tree | None:
    """An object that is no JSON, by the names of its members: the longest content, and what stands nearest to it."""
    contents = [match for match in _CONTENT.finditer(code) if len(match["text"]) >= _SHORTEST]
    if not contents:
        return None
    content = max(contents, key=lambda match: len(match["text"]))
    title, time, source = (_nearest(pattern, code, content.start()) for pattern in (_TITLE, _TIME, _SOURCE))
    return page_of(tree, title, unescape(_plain(content["text"])), time, source) if title else None


def _nearest(pattern: re.Pattern[str], code: str, place: int) -> str:
    found = min(pattern.finditer(code), key=lambda match: abs(match.start() - place), default=None)
    return unescape(_plain(found["text"])).strip(" \"'") if found else ""


def _plain(text: str) -> str:
    """A literal of a script without its escapes."""
    return _ESCAPE.sub(
        lambda match: chr(int(match[1] or match[2], 16)) if match[1] or match[2] else _CONTROLS.get(match[3], match[3]),
        text,
    )
