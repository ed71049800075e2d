"""Feeds and site maps: links with titles and days, where a site offers them.

    <rss><channel><item>      title, link, pubDate (RFC 2822)                RSS 2.0
    <rdf:RDF><item>           title, link, dc:date                           RSS 1.0
    <feed><entry>             title, link[@href], published | updated        Atom
    <urlset><url>             loc, lastmod; news:title, news:publication_date   site map
    <sitemapindex><sitemap>   loc                                            -> further site maps to read

Element names count without their namespace: sites get prefixes wrong. A site map has no titles as a rule; what it
lists is judged by its address (a card's `article_pattern`), and then by the title of its page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from html import unescape

from lxml import etree

from scrapers.discovery.addresses import resolved
from scrapers.discovery.windows import SHANGHAI

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")


class NotAFeedError(ValueError):
    """The text is no feed and no site map that we know."""


@dataclass(frozen=True, slots=True)
class FeedLink:
    """One entry. `published` is a day in China; `title` is empty where the feed has none."""

    url: str
    title: str
    published: date | None = None


@dataclass(frozen=True, slots=True)
class SiteMap:
    """A site map that an index names, and the day on which it last changed, where the index says so."""

    url: str
    changed: date | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """The entries of a feed or site map; the site maps that an index names; the next page of a feed (RFC 5005)."""

    links: tuple[FeedLink, ...]
    sitemaps: tuple[SiteMap, ...] = ()
    next_url: str | None = None


def read_feed(text: str, base_url: str) -> Feed:
    """Reads a feed or site map as decoded text. Raises NotAFeedError."""
    try:
        # lxml refuses text that still declares an encoding.
        root = etree.fromstring(_DECLARATION.sub("", text).strip(), _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotAFeedError(f"{base_url}: no well-formed XML: {error}") from error
    kind = _name(root)
    if kind == "sitemapindex":
        found = {
            url: _published(item) for item in _all(root, "sitemap") if (url := resolved(base_url, _text(item, "loc")))
        }
        return Feed((), tuple(SiteMap(url, changed) for url, changed in found.items()))
    entries = {"rss": "item", "RDF": "item", "feed": "entry", "urlset": "url"}.get(kind)
    if entries is None:
        raise NotAFeedError(f"{base_url}: <{kind}> is no feed and no site map")
    links: dict[str, FeedLink] = {}
    for item in _all(root, entries):
        if (url := resolved(base_url, _address(item))) and url not in links:
            links[url] = FeedLink(url, _plain(_text(item, "title")), _published(item))
    return Feed(tuple(links.values()), next_url=_next(root, entries, base_url))


def _parser() -> etree.XMLParser:
    """Nothing is fetched, nothing is expanded, nothing grows without bound."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _address(item: etree._Element) -> str:
    for link in _children(item, "link"):
        if href := link.get("href"):
            if link.get("rel", "alternate") == "alternate":
                return str(href)
        elif link.text and link.text.strip():
            return str(link.text)
    return _text(item, "loc") or _text(item, "guid")


def _plain(title: str) -> str:
    """A title in one line; some feeds write markup into it, escaped."""
    return " ".join(unescape(_TAG.sub("", title)).split())


def _next(root: etree._Element, entries: str, base_url: str) -> str | None:
    """The next page of a feed that is cut into pages: a link of the feed itself, not of an entry."""
    for link in _children(root, "link"):
        if link.get("rel") == "next" and not any(_name(outer) == entries for outer in link.iterancestors()):
            return resolved(base_url, str(link.get("href") or ""))
    return None


def _published(item: etree._Element) -> date | None:
    for name in ("pubDate", "published", "date", "publication_date", "updated", "lastmod"):
        if (text := _text(item, name)) and (day := day_of(text)):
            return day
    return None


def day_of(text: str) -> date | None:
    """The day in China that a feed's date names (ISO 8601, RFC 2822, as Chinese sites write it); None: names none."""
    text = text.strip()
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(text)
        except ValueError:
            continue
        # A time without a zone is China's (PITFALLS 6.13).
        return moment.astimezone(SHANGHAI).date() if moment.tzinfo else moment.date()
    if found := _DAY.search(text):
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            return None
    return None


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _all(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return (element for element in root.iter(etree.Element) if _name(element) == name)


def _children(item: etree._Element, name: str) -> Iterator[etree._Element]:
    return (element for element in item.iterdescendants(etree.Element) if _name(element) == name)


def _text(item: etree._Element, name: str) -> str:
    return next(("".join(map(str, element.itertext())).strip() for element in _children(item, name)), "")
