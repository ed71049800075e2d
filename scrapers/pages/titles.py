"""The title of an article, by several witnesses that must agree (FAMILIES 0.4).

the family's own place        believed, unless it is only a column's or a site's name
meta ArticleTitle, og:title   believed where a heading or <title> bears them out
headings before the body      h1 is unreliable alone: logo, column name
<title>                       cut at its last _ - |, the site's name removed
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml.etree import _Element as Element

from scrapers.pages.family import Family
from scrapers.pages.lines import Line
from scrapers.pages.tree import Tree, squeezed, text_of

_SEPARATOR = re.compile(
    r"\s*[_|｜丨]+\s*|\s*-{2,}\s*|\s{2,}|\s+[-–—]+\s+|(?<=[^\d\s—])[-–](?=[^-–—\d][^-–—]{1,15}$)|\s*(?:<<|>>|»|«)\s*"
)
_SITE = re.compile(
    r"(?:网|网站|政府|人民政府|新闻|频道|日报|晚报|门户|在线|客户端|平台|中心|论坛|博客|官网|首页|法院|检察院|公安厅|公安局|司法厅|"
    r"委员会|人大|杂志|传媒|com|cn|news|平安\w{2,4}|长安\w{0,3}|政法|大学|学院|医院|公众号|百家号)$",
    re.IGNORECASE,
)
_NOT_NORMAL = re.compile(r"[\s\W_]+")
_TITLE_CLASS = re.compile(r"titl|biaoti|headline|bigtit|tit\b|_tit|\bbt\b|con_bt", re.IGNORECASE)
_BADGE = re.compile(r"^(?:原创|转载|独家|置顶|推荐|头条|热点|图文|视频)\s*")
_CRUMB = re.compile(r"^首页|^\W*(?:当前)?位置|[>＞»]")
_SMALLER_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_NEAR = 8
_MOST = 120
_SITE_NAME = 10
_SHORTEST = 4
_LONGEST = 160
_WEIGHTS = {
    "family": 3.2,
    "meta": 3.0,
    "h1": 2.4,
    "ld": 2.6,
    "og": 2.0,
    "near": 1.9,
    "heading": 1.2,
    "class": 1.2,
    "document": 1.0,
}


@dataclass(frozen=True, slots=True)
class _Witness:
    kind: str
    text: str

    @property
    def normal(self) -> str:
        return _normal(self.text)


def title_of_page(tree: Tree, family: Family, lines: list[Line], before: int) -> str | None:
    """The title, or None where no two witnesses say anything. `before` counts the lines before the body."""
    witnesses = list(dict.fromkeys(one for one in _witnesses(tree, family, lines[:before]) if _possible(one.text)))
    if len(witnesses) > _MOST:
        # Each is weighed against every other: of a page of headings, what stands first and what stands by the body.
        witnesses = witnesses[: _MOST // 2] + witnesses[-_MOST // 2 :]
    if not witnesses:
        return None
    best = max(witnesses, key=lambda one: _trust(one, witnesses, tree.document_title))
    return _completed(best, witnesses)


def cut_title(document_title: str, site: str | None = None) -> str:
    """A `<title>` without the names of site and column."""
    parts = [part for part in _SEPARATOR.split(document_title.strip()) if part]
    if site:
        parts = [part for part in parts if part != site] or parts
    while len(parts) > 1 and _is_site(parts[-1], parts[0]):
        parts.pop()
    if len(parts) > 1 and _is_site(parts[0], parts[1]) and len(parts[0]) < len(parts[1]):
        parts.pop(0)
    return max(parts[:2], key=len) if len(parts) > 1 and len(parts[0]) < _SHORTEST + 2 else (parts or [""])[0]


def _is_site(part: str, other: str) -> bool:
    return _SITE.search(part) is not None or len(part) <= 12 or len(part) * 2 < len(other)


def _witnesses(tree: Tree, family: Family, lines: list[Line]) -> Iterator[_Witness]:
    for anchor in family.title:
        for element in tree.every(anchor)[:1]:
            yield _Witness("family", _heading(element))
    if declared := tree.meta("articletitle", "contenttitle", "pagetitle"):
        yield _Witness("meta", declared)
    for thing in tree.linked_data:
        if isinstance(headline := thing.get("headline") or thing.get("title"), str):
            yield _Witness("ld", squeezed(headline))
    if shared := tree.meta("og:title", "twitter:title", "title"):
        yield _Witness("og", cut_title(shared, tree.meta("og:site_name", "sitename")))
    for number, line in enumerate(lines):
        element = line.element
        tag = element.tag
        if tag == "h1" and line.linked < len(line.text):
            whole = text_of(element)
            yield _Witness("h1", whole if len(whole) <= _LONGEST else line.text)
        elif tag in _SMALLER_HEADINGS and not _CRUMB.search(line.text):
            near = len(lines) - number <= _NEAR
            yield _Witness("near" if near and not line.linked else "heading", line.text)
        elif _calls_itself_title(element.get("class"), element.get("id")):
            yield _Witness("class", line.text)
    if tree.document_title:
        yield _Witness("document", cut_title(tree.document_title, tree.meta("sitename", "og:site_name")))
        document = _normal(tree.document_title)
        yield from (_Witness("line", line.text) for line in lines if _says(document, line))


@lru_cache(maxsize=4096)
def _calls_itself_title(classes: str | None, identifier: str | None) -> bool:
    return _TITLE_CLASS.search(f"{classes or ''} {identifier or ''}") is not None


def _says(document: str, line: Line) -> bool:
    """Whether a plain line before the body is what the page calls itself (`document`: its letters and digits)."""
    # Most lines are told by one character: the letters of each are taken from it only then.
    if line.linked or document[:1] not in line.text.lower():
        return False
    normal = _normal(line.text)
    return len(normal) >= 8 and document.startswith(normal)


@lru_cache(maxsize=256)
def _normal(text: str) -> str:
    """The letters and digits of a text, by which it is compared; asked for again with every other text of the page."""
    return _NOT_NORMAL.sub("", text).lower()


def _heading(element: Element) -> str:
    return text_of(element)


def _possible(text: str) -> bool:
    return _SHORTEST <= len(text) <= _LONGEST and re.search(r"\w", text) is not None


def _trust(witness: _Witness, witnesses: list[_Witness], document_title: str) -> float:
    """Its own weight, more for every other kind of witness that says the same or a part of it."""
    trust = _WEIGHTS.get(witness.kind, 0.8)
    document = _normal(document_title)
    kinds = {witness.kind}
    for other in witnesses:
        if other.kind not in kinds and _agree(witness.normal, other.normal):
            kinds.add(other.kind)
            trust += 0.5 * _WEIGHTS.get(other.kind, 0.8)
    if document and witness.kind != "document" and witness.normal in document:
        trust += 1.5 + min(len(witness.normal), 30) / 30
    if _SITE.search(witness.text) and len(witness.text) <= _SITE_NAME:
        trust -= 2.5
    return trust - (1.0 if len(witness.normal) < 6 else 0.0)


def _agree(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if not short:
        return False
    return (
        short == long
        or (len(short) >= 6 and short in long and len(short) * 2 >= len(long))
        or (len(short) >= 10 and long.startswith(short[:-1]))
    )


def _completed(best: _Witness, witnesses: list[_Witness]) -> str:
    """The fuller wording of the same title where the best witness is cut (…) or was trimmed by `<title>`'s limit."""
    if (badge := _BADGE.match(best.text)) and any(other.text == best.text[badge.end() :] for other in witnesses):
        return best.text[badge.end() :]
    text = best.text.rstrip("…. ")
    normal = _normal(text)
    if best.text != text or best.kind in {"document", "og"}:
        for other in witnesses:
            if (
                other.kind in {"family", "meta", "h1", "ld"}
                and other.normal.startswith(normal)
                and other.normal != normal
            ):
                return other.text
    return best.text
