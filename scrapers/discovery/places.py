"""Where links are looked for, and what such a place gives: one shape for list pages, feeds and site maps.

Place      an address, what is to be found there, and what must be sent along (Hanweb's form fields)
Listing    the links of a place, and where it leads:
           ├── following    the next page of the same list
           ├── instead      where a page without links of its own sends its reader
           └── parts        the pages of a newspaper's issue, the site maps of an index
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from scrapers.discovery.addresses import is_address
from scrapers.discovery.feeds import Feed
from scrapers.discovery.windows import Window
from scrapers.pages.model import ListPage


class PlaceKind(StrEnum):
    """What a place is asked for.

    A web page, the data behind one (a further page of a list), a feed or site map, a newspaper's issue of a day (which
    there need not be).
    """

    PAGE = "page"
    DATA = "data"
    FEED = "feed"
    ISSUE = "issue"


@dataclass(frozen=True, slots=True)
class Place:
    """One address where links are looked for; the same address with other form fields is another place."""

    url: str
    kind: PlaceKind = PlaceKind.PAGE
    form: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = field(default=(), compare=False)


class LinkLike(Protocol):
    """What a list page or feed gives for one link."""

    @property
    def url(self) -> str:
        """Absolute address."""

    @property
    def title(self) -> str:
        """Its words, complete where the page has them complete; empty in a site map."""

    @property
    def published(self) -> date | None:
        """The day printed beside it."""


@dataclass(frozen=True, slots=True)
class ListedLink:
    """A link of a list page."""

    url: str
    title: str
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What a place gives. `parts` are further places of the same list, each with links of its own."""

    links: tuple[LinkLike, ...] = ()
    following: Place | None = None
    instead: Place | None = None
    parts: tuple[Place, ...] = ()


def of_page(page: ListPage) -> Listing:
    """A list page as a listing."""
    following = Place(page.next_url) if page.next_url else None
    if (request := page.next_request) is not None:
        following = Place(request.url, PlaceKind.DATA, request.form, request.headers)
    instead = Place(page.redirect) if page.redirect else None
    if not page.links and instead is None and page.next_request is not None:
        # A shell: its own first page is a request like every other (FAMILIES.md 4).
        following, instead = None, following
    return Listing(
        links=tuple(ListedLink(link.url, link.title, link.date) for link in page.links if is_address(link.url)),
        following=following,
        instead=instead,
        parts=tuple(Place(section.url) for section in page.sections),
    )


def of_feed(feed: Feed, window: Window) -> Listing:
    """A feed or site map as a listing; of an index the site maps that changed within the window, newest first."""
    wanted = [sitemap for sitemap in feed.sitemaps if sitemap.changed is None or not window.before(sitemap.changed)]
    wanted.sort(key=lambda sitemap: sitemap.changed or date.max, reverse=True)
    return Listing(
        links=tuple(link for link in feed.links if is_address(link.url)),
        following=Place(feed.next_url, PlaceKind.FEED) if feed.next_url else None,
        parts=tuple(Place(sitemap.url, PlaceKind.FEED) for sitemap in wanted),
    )


@dataclass(frozen=True, slots=True)
class Issues:
    """A newspaper's issues, newest first.

    The first `due` are looked through; of the others one must be there where none of those is, or the addresses are
    no longer right.
    """

    places: tuple[Place, ...] = ()
    due: int = 0


def starts(list_urls: Iterable[str], feeds: Iterable[str]) -> Sequence[Place]:
    """Where looking begins: the lists, then the feeds and site maps."""
    return (*map(Place, list_urls), *(Place(url, PlaceKind.FEED) for url in feeds))
