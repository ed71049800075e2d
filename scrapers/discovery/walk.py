"""Lists and feeds, page after page, until what is new is found. Pages come in through `ask`, what is known as keys.

    page without links that sends its reader elsewhere (a newspaper's index, a shell) -> followed, twice at most
    list page ── fewer links than the card's minimum ──> broken          (page 1 only; never "nothing new")
        │ none of them on the card's hosts ────────────────> broken
        │ each link: off the hosts? seen? outside the window? title?     -> a fate with its reason, for each
        ├── its parts (pages of an issue, site maps of an index), each once
        └── next page, while it may still hold something new:
              page without a new link (endless pagers repeat themselves)     -> stop
              oldest first (what is new stands at its end)                   -> on, in every run
              its last link of interest was known before (ordinary run)      -> stop: the rest was seen then
              no link of interest, for three pages (ordinary run)            -> stop
              everything dated lies before the window                        -> stop
              nothing is dated, for three pages (ordinary run)               -> stop, and say so
              `most_pages`                                                   -> stop, and say so

A page that is an outcome instead (blocked, unreachable ...) ends the walk of its list: on page 1 it is the source's
result, later the result is partial. What was found before stays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from scrapers.discovery.addresses import canonical_key, date_in_address
from scrapers.discovery.places import Issues, LinkLike, Listing, Place, PlaceKind
from scrapers.discovery.titles import TitleRules, TitleVerdict, judge_title
from scrapers.discovery.windows import Window
from scrapers.web.address import on_hosts
from scrapers.web.outcomes import Missing, NotModified, Outcome

# Without a date nothing tells when a first run has gone back far enough; without a link of interest nothing tells
# whether an ordinary one has reached what it knows.
_FEW_PAGES = 3

# Two days in a row may stand in any order.
_DAYS_THAT_TELL = 3

# A page that only sends its reader elsewhere is followed so often (PITFALLS 6.10).
MOST_HOPS = 2

NO_ISSUES = Issues()


class Fate(StrEnum):
    """What becomes of a link."""

    NEW = "new"
    SEEN = "seen"
    OLD = "old"
    LATE = "late"
    NOT_A_REPORT = "not_a_report"
    OFF_HOSTS = "off_hosts"


class WalkResult(StrEnum):
    """How looking through one source's lists ended."""

    OK = "ok"
    NOTHING_NEW = "nothing_new"
    PARTIAL = "partial"
    BROKEN = "broken"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class FoundLink:
    """One link with its identity, its date (printed, else that of its address) and its fate."""

    url: str
    key: str
    title: str
    published: date | None
    fate: Fate
    why: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """What the card and the run say about looking for links.

    `seen` are the canonical keys of reports noted before this run, `passed` those of other links met before, if they
    are kept: they help to know where to stop. Of a page they need hold only its own links, once `ask` has given it;
    both are empty only where nothing is known. `resume` says that the last walk did not come to its end, so that a
    known link does not end this one. `minimum` is the fewest links that a first page has when it is in order (a feed:
    one). `most_pages` counts everything asked for on behalf of one list. `article_pattern` is how articles are
    addressed: a link without a title, as site maps have them, may be a report where it matches.
    """

    hosts: frozenset[str]
    window: Window
    seen: Collection[str] = frozenset()
    passed: Collection[str] = frozenset()
    resume: bool = False
    minimum: int = 1
    titles: TitleRules = field(default_factory=TitleRules)
    most_pages: int = 50
    article_pattern: str | None = None

    @property
    def whole(self) -> bool:
        """Whether every page must be read: then list pages are asked for without validators, or they answer 304."""
        return self.window.asked or self.resume


@dataclass(frozen=True, slots=True)
class Discovery:
    """What a source's lists came to. `failures` are the outcomes that came instead of pages, `notes` what was odd.

    `broke_off`: a list ended before its end, so that links further back are missing. `unfit` are the addresses of lists
    that did not end in order: what a 304 for one of them would say is not to be believed.
    """

    result: WalkResult
    links: tuple[FoundLink, ...]
    pages: int
    failures: tuple[Outcome, ...] = ()
    notes: tuple[str, ...] = ()
    broke_off: bool = False
    unfit: frozenset[str] = frozenset()

    @property
    def new(self) -> tuple[FoundLink, ...]:
        """The links worth fetching, in the pages' order."""
        return tuple(link for link in self.links if link.fate is Fate.NEW)

    @property
    def fates(self) -> dict[str, int]:
        """How many links met which fate."""
        return dict(Counter(link.fate.value for link in self.links))


Ask = Callable[[Place], Awaitable["Listing | Outcome"]]


async def discover(places: Sequence[Place], ask: Ask, policy: Policy, issues: Issues = NO_ISSUES) -> Discovery:
    """Walks every list and feed of a source, and its issues.

    `ask` fetches, keeps and parses what is at one place, or gives the outcome that came instead.
    """
    walk = _Walk(ask, policy)
    for place in places:
        await walk.through(place)
    await walk.through_issues(issues)
    return walk.finished()


def judge_link(link: LinkLike, policy: Policy) -> FoundLink:
    """The fate of one link, by itself."""
    key = canonical_key(link.url)
    day = link.published or date_in_address(link.url)

    def found(fate: Fate, why: str = "") -> FoundLink:
        return FoundLink(link.url, key, link.title, day, fate, why)

    if not on_hosts(link.url, policy.hosts):
        return found(Fate.OFF_HOSTS)
    if key in policy.seen:
        return found(Fate.SEEN)
    verdict = _judged(link, policy)
    if not verdict.may_be_report:
        return found(Fate.NOT_A_REPORT, verdict.why)
    if not policy.window.holds(day):
        return found(Fate.OLD if day and policy.window.before(day) else Fate.LATE, str(day))
    return found(Fate.NEW, verdict.why)


def _judged(link: LinkLike, policy: Policy) -> TitleVerdict:
    """By the title; where a link has none, by the address: what the page is called is judged when it is there."""
    if not link.title and policy.article_pattern and re.search(policy.article_pattern, link.url):
        return TitleVerdict(may_be_report=True, why="its address")
    return judge_title(link.title, policy.titles)


class _Walk:
    """One source's walk; collects as it goes."""

    def __init__(self, ask: Ask, policy: Policy) -> None:
        self._ask = ask
        self._policy = policy
        self._turned: set[Place] = set()
        self._links: dict[str, FoundLink] = {}
        self._failures: list[Outcome] = []
        self._notes: list[str] = []
        self._pages = 0
        self._broken = False
        self._begun = 0
        self._undated = 0
        self._idle = 0
        self._there = 0
        self._broke_off = False
        self._unfit: set[str] = set()
        self._rising = False

    async def through(self, start: Place) -> None:
        """Walks one list from its first page on."""
        failures, broken, self._broken, self._rising = len(self._failures), self._broken, False, False
        await self._through(start)
        # Of a list that grows at its end, the first pages stay as they are.
        if self._broken or self._rising or len(self._failures) > failures:
            self._unfit.update(place.url for place in self._turned)
        self._broken |= broken

    async def _through(self, start: Place) -> None:
        self._turned.clear()
        self._undated = self._idle = 0
        listing = await self._first(start)
        if listing is None:
            return
        parts = [await self._asked(part) for part in listing.parts if self._allowed(start, part)]
        if not self._in_order(start, [listing, *parts]):
            return
        self._begun += 1
        goes_on = self._goes_on(listing)
        for part in parts:
            self._take(part)
        while goes_on and (following := self._allowed(start, listing.following)):
            listing = await self._asked(following)
            if listing is None:
                return
            goes_on = self._goes_on(listing)

    async def through_issues(self, issues: Issues) -> None:
        """Walks the issues that are due; where none of them is there, goes on to the first that is."""
        self._there = 0
        for number, issue in enumerate(issues.places):
            if number >= issues.due and self._there:
                return
            await self.through(issue)
        if issues.places and not self._there:
            self._broken = True
            self._note(f"{issues.places[0].url}: no issue of {len(issues.places)} days is there")

    async def _first(self, start: Place) -> Listing | None:
        """The first page of a list, where its pages say it is."""
        listing = await self._asked(start, first=True)
        for _ in range(MOST_HOPS):
            if listing is None or listing.links or listing.parts:
                break
            if (place := self._allowed(start, listing.instead)) is None:
                break
            listing = await self._asked(place, first=True)
        return listing

    async def _asked(self, place: Place, *, first: bool = False) -> Listing | None:
        """What is at a place, once; None where nothing is to be had there."""
        self._turned.add(place)
        page = await self._ask(place)
        if place.kind is PlaceKind.ISSUE and isinstance(page, Missing):
            return None  # no paper was printed that day
        self._there += place.kind is PlaceKind.ISSUE
        if isinstance(page, Outcome):
            self._begun += isinstance(page, NotModified) and first
            self._pages += isinstance(page, NotModified)
            if not isinstance(page, NotModified):
                self._failures.append(page)
                self._broke_off |= not first
            return None
        self._pages += 1
        return page

    def _allowed(self, start: Place, place: Place | None) -> Place | None:
        """`place`, if it may be asked: not twice, not off the card's hosts, not more than so many for one list."""
        if place is None or place in self._turned:
            return None
        if not on_hosts(place.url, self._policy.hosts):
            self._note(f"{start.url}: {place.url} is on no host of the card")
            return None
        if len(self._turned) >= self._policy.most_pages:
            self._note(f"{start.url}: stopped after {self._policy.most_pages} pages")
            return None
        return place

    def _note(self, note: str) -> None:
        if note not in self._notes:
            self._notes.append(note)

    def finished(self) -> Discovery:
        """The result by its rank: broken, failed, partial, new, nothing new."""
        new = any(link.fate is Fate.NEW for link in self._links.values())
        if self._broken and not self._begun:
            result = WalkResult.BROKEN
        elif self._failures and not self._begun:
            result = WalkResult.FAILED
        elif self._broken or self._failures:
            result = WalkResult.PARTIAL
        else:
            result = WalkResult.OK if new else WalkResult.NOTHING_NEW
        return Discovery(
            result,
            tuple(self._links.values()),
            self._pages,
            tuple(self._failures),
            tuple(self._notes),
            self._broke_off,
            frozenset(self._unfit),
        )

    def _in_order(self, start: Place, listings: Sequence[Listing | None]) -> bool:
        """Whether a first page, with its parts, has as many links as always; one that lost them is broken, not quiet.

        What a part that did not come (None) holds is not known, so that nothing can be said.
        """
        if None in listings:
            return True
        links = {canonical_key(link.url): link.url for listing in listings if listing for link in listing.links}
        least = self._policy.minimum if start.kind is PlaceKind.PAGE else 1
        if len(links) < least:
            self._note(f"{start.url}: {len(links)} links, at least {least} expected")
        elif links and not any(on_hosts(url, self._policy.hosts) for url in links.values()):
            # A site that moved, or that was taken over: nothing of it will ever be asked for.
            self._note(f"{start.url}: {len(links)} links, none of them on a host of the card")
        else:
            return True
        self._broken = True
        return False

    def _take(self, page: Listing | None) -> list[FoundLink]:
        """Takes in the links of a page; those that no page before it had."""
        fresh = []
        for link in page.links if page else ():
            found = judge_link(link, self._policy)
            if found.key not in self._links:
                self._links[found.key] = found
                fresh.append(found)
        return fresh

    def _goes_on(self, page: Listing) -> bool:
        """Takes in the links of a page; whether the next page may still hold something new."""
        fresh = self._take(page)
        if not fresh:
            return False
        if page.following and _rises(page):
            self._rising = True
            return True
        if not self._policy.whole and self._reached_the_known(fresh):
            return False
        dated = [link.published for link in fresh if link.published is not None]
        if dated:
            return not all(map(self._policy.window.before, dated))
        self._undated += 1
        if self._policy.window.asked or self._undated < _FEW_PAGES:
            return True
        self._note(f"nothing is dated: stopped after {self._undated} pages")
        return False

    def _reached_the_known(self, fresh: Sequence[FoundLink]) -> bool:
        """Whether the rest was seen in an earlier run.

        The last link counts: a pinned one at the top may be known for months while all below is new.
        """
        policy = self._policy
        telling = [link for link in fresh if link.fate in {Fate.NEW, Fate.SEEN} or link.key in policy.passed]
        if telling:
            return telling[-1].fate is not Fate.NEW
        self._idle += 1
        return bool(policy.seen or policy.passed) and self._idle >= _FEW_PAGES


def _rises(page: Listing) -> bool:
    """Whether a page lists the oldest first."""
    days = [link.published for link in page.links if link.published is not None]
    return len(days) >= _DAYS_THAT_TELL and days[0] < days[-1] and days == sorted(days)
