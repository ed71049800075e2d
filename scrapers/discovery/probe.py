"""A first look at a source, from the machine that will watch it: what came, and what its card should say.

    look(card, place, outcome, policy) -> Looked      one place: outcome, encoding, family, landmarks, links and fates
    columns(html, url)                                where the card has no list yet: columns that may be it
    lines(card, looked)                -> the keys that the user's card should have, by what was seen

Cards ship unprobed: their addresses come from archives, and a site answers each network in its own way. Nothing here
asks the network; nothing is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scrapers.discovery.feeds import NotAFeedError, read_feed
from scrapers.discovery.places import Listing, Place, PlaceKind, of_feed, of_page
from scrapers.discovery.walk import FoundLink, Policy, judge_link
from scrapers.pages import GENERIC, Link, parse_list
from scrapers.pages.tree import Tree, squeezed, text_of
from scrapers.sources.card import SourceCard
from scrapers.web.decoding import Decoded, decode
from scrapers.web.outcomes import Blocked, Moved, Outcome, Page, Truncated, Undecodable

# A first page with fewer links than half of what it has today has lost something; lists do shrink a little after
# holidays.
_MINIMUM_SHARE = 2

_ATTRIBUTE = re.compile(r"""\b(?:class|id)=(["'])([\w -]{3,60})\1""")
_LANDMARK_WITHIN = 3000

# Under which names sites keep what is looked for here (FAMILIES.md); 数据开放 and the like lead elsewhere.
_COLUMN = re.compile(
    r"报告|公报|数据(?!开放)|权威发布|新闻发布|发布会|通报|统计|白皮书|年报|司法公开|政法要闻|工作动态"
)
_MOST_COLUMNS = 12
_LONGEST_COLUMN = 12


@dataclass(frozen=True, slots=True)
class Looked:
    """One place looked at.

    `landmarks` are those of the card with whether the page holds them, `landmark` what of the page might be one.
    `instead` is where it only sends its reader, `parts` counts further places that it names. `charset` is what would
    decode a page that does not say. `family` is empty for feeds.
    """

    place: Place
    outcome: Outcome
    family: str = ""
    landmarks: tuple[tuple[str, bool], ...] = ()
    links: tuple[FoundLink, ...] = ()
    following: Place | None = None
    instead: Place | None = None
    parts: int = 0
    columns: tuple[Link, ...] = ()
    landmark: str = ""
    charset: str = ""
    fault: str = ""

    @property
    def url(self) -> str:
        """The address that was asked for."""
        return self.place.url

    @property
    def encoding(self) -> str:
        """How the page was decoded, and what it claimed; empty where there is no text."""
        found = self.outcome.encoding if isinstance(self.outcome, Page) else None
        if found is None:
            return ""
        claim = f"; the page claims {found.declared}" if found.mismatch else ""
        return f"{found.name} (told by {found.found.value}{claim})"

    @property
    def excerpt(self) -> str:
        """The beginning of what came in place of a page, where a site refused."""
        return self.outcome.excerpt if isinstance(self.outcome, Blocked) else ""

    def trouble(self, least: int) -> str:
        """Why this place cannot be watched; empty where it can. `least` is the fewest links of a list in order."""
        outcome = self.outcome
        if isinstance(outcome, Moved) and outcome.to:
            return f"{outcome.reason}; if that is the list now, probe it with --list {outcome.to}"
        if self.charset:
            return f'{outcome.reason}; encoding = "{self.charset}" in the card would read it'
        if isinstance(outcome, Truncated) and outcome.announced is None:
            return f"{outcome.reason}; if it never does, write unclosed = true in the card"
        if not isinstance(outcome, Page):
            return outcome.reason
        if self.fault:
            return self.fault
        if self.landmarks and not any(there for _, there in self.landmarks):
            return f"none of the landmarks is there: {', '.join(word for word, _ in self.landmarks)}"
        least = max(1, least if self.place.kind is PlaceKind.PAGE else 1)
        return "" if self.parts or len(self.links) >= least else f"{len(self.links)} links, at least {least} expected"


def look(card: SourceCard, place: Place, outcome: Outcome, policy: Policy) -> Looked:
    """What `place` of `card` turns out to be by `outcome`; links are judged by `policy`."""
    if isinstance(outcome, Undecodable):
        return Looked(place, outcome, charset=_undeclared(outcome))
    if not isinstance(outcome, Page):
        return Looked(place, outcome)
    text, url = outcome.text or "", outcome.final_url
    if place.kind is PlaceKind.FEED:
        try:
            listing, family = of_feed(read_feed(text, url), policy.window), ""
        except NotAFeedError as error:
            return Looked(place, outcome, fault=str(error))
    else:
        page = parse_list(text, url, card.family, card.article_pattern)
        listing, family = of_page(page), page.family
    is_page = place.kind is PlaceKind.PAGE
    return Looked(
        place,
        outcome,
        family=family,
        landmarks=tuple((word, word in text) for word in card.landmarks) if is_page else (),
        links=tuple(judge_link(link, policy) for link in listing.links),
        following=listing.following,
        instead=listing.instead,
        parts=len(listing.parts),
        columns=() if card.has_lists else columns(text, url),
        landmark=_landmark(text, listing) if is_page else "",
    )


def columns(html: str, url: str) -> tuple[Link, ...]:
    """The columns of a home page that may be the list, by their names, each address once."""
    tree = Tree.parse(html, url)
    found: dict[str, Link] = {}
    for anchor in tree.every("a[href]"):
        name, address = "".join(squeezed(text_of(anchor)).split()), tree.absolute(anchor.get("href") or "")
        if address and len(name) <= _LONGEST_COLUMN and _COLUMN.search(name):
            found.setdefault(address, Link(address, name))
    return tuple(found.values())[:_MOST_COLUMNS]


def lines(card: SourceCard, looked: Sequence[Looked]) -> dict[str, object]:
    """What the card should say of what was seen and does not say yet: `minimum_links`, `family`, `landmarks`."""
    lists = [one for one in looked if one.place.kind is PlaceKind.PAGE and one.links]
    said: dict[str, object] = {}
    if lists and card.minimum_links == SourceCard.model_fields["minimum_links"].default:
        said["minimum_links"] = max(min(len(one.links) for one in lists) // _MINIMUM_SHARE, 1)
    families = {one.family for one in lists}
    if len(families) == 1 and not families & {GENERIC, "", card.family}:
        said["family"] = families.pop()
    marks = {one.landmark for one in lists}
    # Only where the list itself is what was asked for: a page that sends on holds no mark of the list.
    if marks and "" not in marks and not card.landmarks and {one.url for one in lists} == set(card.list_urls):
        said["landmarks"] = sorted(marks)
    return said


def _undeclared(outcome: Undecodable) -> str:
    """gb18030, if the page is that and only does not say so: for the card."""
    decoded = decode(outcome.content, card="gb18030")
    return decoded.encoding.name if isinstance(decoded, Decoded) else ""


def _landmark(text: str, listing: Listing) -> str:
    """The class or id that stands nearest before the first link, as it stands in the page."""
    if not listing.links or listing.parts:
        return ""
    place = text.find(listing.links[0].url.rsplit("/", 1)[-1])
    if place < 0:
        return ""
    start = max(place - _LANDMARK_WITHIN, 0)
    found = [match for match in _ATTRIBUTE.finditer(text, start, place) if text.count(match[0]) <= 2]
    return found[-1][0] if found else ""
