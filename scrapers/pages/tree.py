"""A page parsed once, with what every family asks of it: metas, anchors, text, absolute addresses.

The text is given decoded: on bytes declared gb2312 parsers lose text (LIBRARIES.md). Comments, scripts and unknown tags
stay in the tree, since some of them are anchors (PITFALLS 6.9, 6.11).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, cast
from urllib.parse import quote, urljoin, urlsplit

from lxml import etree
from lxml.etree import _Element as Element
from lxml.etree import _ElementUnicodeResult as Attribute

from scrapers.pages.anchors import compiled, names_in, parted
from scrapers.pages.overload import lightened
from scrapers.web.decoding import codec_of

_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_CONTROL_BYTES = tuple(code for code in range(128) if _CONTROL.match(chr(code)))
_CONTROL_WIDE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
# A header that was pasted in with an end of its own: the parser would drop everything after it (seen on gov.cn).
_EARLY_END = re.compile(r"</(?:html|body)\s*>(?=\s*<|\s*\w)", re.IGNORECASE)
# Addresses that are full already, or lean on nothing but the host, with nothing in them to resolve or to repair.
_PLAIN = re.compile(
    r"(?P<site>https?://[A-Za-z0-9.-]+(?::[0-9]+)?)?(?:/[\w-]+(?:\.[\w-]+)*)+/?(?:\?[\w=&%-]+)?", re.ASCII
)
_SITE = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?=[/?#]|$)")
_EMPTY_PAGE = "<html><head></head><body></body></html>"
# Elements that say nothing to a reader, and those that begin a line of their own; custom tags are those of families.
SILENT = frozenset({"script", "style", "noscript", "template", "textarea", "select", "option", "svg", "iframe", "head"})
BLOCKS = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "section", "article", "main"}
    | {"blockquote", "figure", "figcaption", "center", "table", "tbody", "thead", "tr", "td", "th", "pre", "form", "hr"}
    | {"header", "footer", "aside", "nav", "body", "html", "address", "fieldset", "caption", "ucaptitle", "ucapcontent"}
    | {"publishtime", "founder-title", "founder-content", "gettitle"}
)
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{3,20})""", re.IGNORECASE)
_CHARSET_WITHIN = 8192
_QUERY_SAFE = "/%:@!$&()*+,;=~-._?[]{}'"
_REFRESH = re.compile(r"""url\s*=\s*["']?([^"'>;]+)""", re.IGNORECASE)


# One for all pages of a process; lxml lets one thread at a time use it.
_PARSER = etree.HTMLParser(encoding="utf-8", collect_ids=False)
_CLASSES, _IDS = etree.XPath("descendant-or-self::*/@class"), etree.XPath("descendant-or-self::*/@id")
_STRING = etree.XPath("string()")


@dataclass(frozen=True)
class Tree:
    """One page: its text as given, its address and its elements.

    `overloaded`: a tag had more attributes than can be parsed, and lost them.
    """

    source: str
    url: str
    root: Element
    overloaded: bool = False

    @classmethod
    def parse(cls, source: str, url: str) -> Tree:
        """Parses any text; what holds no element at all becomes an empty page. Invisible characters are dropped."""
        given, content = _cleaned(_XML_HEAD.sub("", source))
        cleaned = lightened(given)
        if cleaned is not given:
            content = cleaned.encode("utf-8", "ignore")
        root = etree.HTML(content if cleaned.strip() else _EMPTY_PAGE.encode(), _PARSER)
        if root is None:
            root = etree.HTML(_EMPTY_PAGE.encode(), _PARSER)
        return cls(cleaned, url, root, overloaded=cleaned is not given)

    @cached_property
    def base(self) -> str:
        """The address that relative addresses lean on."""
        found = self.root.find(".//base[@href]")
        base = joined(self.url, found.get("href", "").strip()) if found is not None else self.url
        # As browsers do: what is no place to lean on (`javascript:`) is passed over.
        return base if base.startswith(("http://", "https://", "file:")) else self.url

    @cached_property
    def path(self) -> str:
        """Path and query of the page's address."""
        return path_of(self.url)

    @cached_property
    def host(self) -> str:
        """The host of the page's address, in lower case, without port."""
        try:
            return (urlsplit(self.url).hostname or "").lower()
        except ValueError:
            return ""

    @cached_property
    def metas(self) -> Mapping[str, str]:
        """Every named meta of the page, names in lower case; the last value that is not empty counts (FAMILIES 0.2)."""
        found: dict[str, str] = {}
        for meta in self.root.iter("meta"):
            name = meta.get("name") or meta.get("property") or meta.get("itemprop")
            value = squeezed(meta.get("content") or "")
            if name and value:
                found[name.strip().lower()] = value
        return found

    def meta(self, *names: str) -> str | None:
        """The first of these metas (in lower case) that says something."""
        return next((self.metas[name] for name in names if name in self.metas), None)

    @cached_property
    def linked_data(self) -> tuple[Mapping[str, Any], ...]:
        """The objects of the page's JSON-LD, those inside `@graph` and lists among them; broken blocks are left out."""
        found: list[Mapping[str, Any]] = []
        for script in self.every('script[type*="ld+json"]'):
            try:
                found.extend(_objects(json.loads(script.text or "", strict=False)))
            except (ValueError, RecursionError):
                continue
        return tuple(found)

    @cached_property
    def document_title(self) -> str:
        """The text of `<title>`; two blanks, which often part title and site, are kept as two."""
        # In its head; to look further, lxml would go through the whole page.
        found = self.root.find("head/title")
        found = self.root.find(".//title") if found is None else found
        text = str(_STRING(found)) if found is not None else ""
        return re.sub(r"\s{2,}", "  ", re.sub(r"[\r\n\t]+", " ", text)).strip()

    @cached_property
    def refresh(self) -> str | None:
        """Where a meta refresh sends the reader within five seconds, as an absolute address."""
        for meta in self.root.iter("meta"):
            if (meta.get("http-equiv") or "").strip().lower() == "refresh":
                content = meta.get("content") or ""
                target = _REFRESH.search(content)
                delay = re.match(r"\s*(\d+)", content)
                if target and int(delay[1] if delay else 0) <= 5:
                    return self.absolute(target[1].strip())
        return None

    def absolute(self, address: str) -> str | None:
        """`address` in full, or None where it is none of the web's (a script, a mail address, a mere fragment)."""
        known = self._addresses
        if address not in known:
            known[address] = self._absolute(address.strip())
        return known[address]

    @cached_property
    def _addresses(self) -> dict[str, str | None]:
        """The addresses that were asked for, in full."""
        return {}

    @cached_property
    def _site(self) -> str | None:
        """Scheme and host of the page, None where it is not of the web."""
        found = _SITE.match(self.base)
        return found[0] if found else None

    def _absolute(self, address: str) -> str | None:
        if (plain := _PLAIN.fullmatch(address)) and self._site is not None:
            return address if plain["site"] else self._site + address
        if not address or address.startswith(("#", "javascript:", "mailto:", "tel:", "data:", "about:")):
            return None
        try:
            full = urljoin(self.base, address)
            parts = urlsplit(full)
        except ValueError:
            return None
        if parts.scheme not in {"http", "https", "file"}:
            return None
        if not parts.query.isascii() and self._legacy:
            # As browsers send it: the query in the page's own charset, whatever becomes of the rest.
            query = quote(parts.query, safe=_QUERY_SAFE, encoding=self._legacy)
            full = parts._replace(query=query).geturl()
        # Residues of badly joined addresses (PITFALLS 4.6).
        return re.sub(r"(?<=[^:/])/(?:\.\.?/)+", "/", full)

    @cached_property
    def _legacy(self) -> str | None:
        """The charset that the page says it is in, where that is not UTF-8."""
        found = _CHARSET.search(self.source, 0, _CHARSET_WITHIN)
        codec = codec_of(found[1]) if found else None
        return codec if codec != "utf-8" else None

    def every(self, anchor: str, within: Element | None = None) -> list[Element]:
        """All elements at `anchor`, in document order."""
        names, tag = names_in(anchor)
        if not names <= self._names.keys():
            return []
        if tag is not None:
            (name,) = names
            return [
                one
                for one in self._named(name)
                if (not tag or one.tag == tag) and (within is None or within in one.iterancestors())
            ]
        place, rest = parted(anchor)
        if place:
            heads = self.every(place, within)
            if len(heads) == 1 or not any(up in heads for head in heads for up in head.iterancestors()):
                return [one for head in heads for one in cast("list[Element]", compiled(rest)(head))]
        return cast("list[Element]", compiled(anchor)(self.root if within is None else within))

    def _named(self, name: str) -> list[Element]:
        """Elements by `#id` or `.class`, for the many places that are looked for on every page and mostly not there."""
        written = self._names[name]
        attributes = self._classes if name.startswith(".") else self._identifiers
        return cast("list[Element]", [one.getparent() for one in attributes if one in written])

    def has_name(self, pattern: re.Pattern[str]) -> bool:
        """Whether any class or id of the page, without blanks, has a place that fits."""
        return any(pattern.search(name, 1) for name in self._names)

    @cached_property
    def _names(self) -> dict[str, set[str]]:
        """Every `.class` and `#id` of the page, and the attributes, as written, that have it."""
        named: dict[str, set[str]] = {}
        for value in set(self._classes):
            for name in value.split():
                named.setdefault(f".{name}", set()).add(value)
        for value in filter(None, self._identifiers):
            named.setdefault(f"#{value.strip()}", set()).add(value)
        return named

    @cached_property
    def _classes(self) -> list[Attribute]:
        return cast("list[Attribute]", _CLASSES(self.root))

    @cached_property
    def _identifiers(self) -> list[Attribute]:
        return cast("list[Attribute]", _IDS(self.root))

    def first(self, *anchors: str, within: Element | None = None) -> Element | None:
        """The first element at the first of `anchors` that is on the page and says something."""
        for anchor in anchors:
            for element in self.every(anchor, within):
                if text_of(element) or element.find(".//img") is not None:
                    return element
        return None


def joined(base: str, address: str) -> str:
    """`address` leaning on `base`; `base` itself where one of them is no address."""
    try:
        return urljoin(base, address)
    except ValueError:
        return base


@lru_cache(maxsize=1024)
def path_of(url: str) -> str:
    """Path and query of an address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def squeezed(text: str) -> str:
    """The text on one line, runs of any white space as one blank."""
    return " ".join(text.split())


def text_of(element: Element) -> str:
    """What a reader sees of an element, on one line: no scripts, no styles; a block leaves a blank behind it."""
    texts: list[str] = []
    if isinstance(element.tag, str) and element.tag not in SILENT:
        _add_texts(element, texts)
    return " ".join("".join(texts).split())


def _add_texts(element: Element, texts: list[str]) -> None:
    if text := element.text:
        texts.append(text)
    for child in element:
        tag = child.tag
        if isinstance(tag, str) and tag not in SILENT:
            _add_texts(child, texts)
            if tag in BLOCKS or tag == "br":
                texts.append(" ")
        if tail := child.tail:
            texts.append(tail)


def _cleaned(text: str) -> tuple[str, bytes]:
    """The text without early ends and invisible characters, and the same encoded.

    Most pages have none of these characters: looking for each is faster than for any of them, and fastest in bytes.
    """
    given = _EARLY_END.sub("", text)
    content = given.encode("utf-8", "ignore")
    if any(one in content for one in _CONTROL_BYTES) or any(one in given for one in _CONTROL_WIDE):
        return _cleaned(_CONTROL.sub("", text))
    return given, content


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        yield value
        yield from _objects(value.get("@graph"))
    elif isinstance(value, list):
        for item in value:
            yield from _objects(item)
