"""List pages, page after page, until what is new has been found. Pages come in through `ask`, what is known as keys.

    list page ── fewer links than the card's minimum ──> broken          (page 1 only; never "nothing new")
        │ each link: off the hosts? seen? outside the window? title?     -> a fate with its reason, for each
        └── next page, while it may still hold something new:
              page without a new link (endless pagers repeat themselves)     -> stop
              its last link of interest was known before (ordinary run)      -> stop: the rest was seen then
              no link of interest, for three pages (ordinary run)            -> stop
              everything dated lies before the window                        -> stop
              nothing is dated, for three pages (ordinary run)               -> stop, and say so
              `most_pages`                                                   -> stop, and say so

A page that is an outcome instead (blocked, unreachable ...) ends the walk of its list: on page 1 it is the source's
result, later the result is partial. What was found before stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from scrapers.discovery.addresses import canonical_key, date_in_address
from scrapers.discovery.titles import TitleRules, judge_title
from scrapers.discovery.windows import Window
from scrapers.web.address import on_hosts
from scrapers.web.outcomes import NotModified, Outcome

# Without a date nothing tells when a first run has gone back far enough; without a link of interest nothing tells
# whether an ordinary one has reached what it knows.
_FEW_PAGES = 3


class LinkLike(Protocol):
    """What a list page or feed gives for one link."""

    @property
    def url(self) -> str:
        """Absolute address."""

    @property
    def title(self) -> str:
        """Its words, complete where the page has them complete."""

    @property
    def published(self) -> date | None:
        """The day printed beside it."""


class ListLike(Protocol):
    """What a list page gives."""

    @property
    def links(self) -> Sequence[LinkLike]:
        """Its links to articles, in the page's order."""

    @property
    def next_url(self) -> str | None:
        """The address of the next page, as its pager tells; None where there is none or none can be told."""


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
    are kept: they help to know where to stop. `resume` says that the last walk did not come to its end, so that a known
    link does not end this one. `minimum` is the fewest links that a first page has when it is in order.
    """

    hosts: frozenset[str]
    window: Window
    seen: Collection[str] = frozenset()
    passed: Collection[str] = frozenset()
    resume: bool = False
    minimum: int = 1
    titles: TitleRules = field(default_factory=TitleRules)
    most_pages: int = 50

    @property
    def whole(self) -> bool:
        """Whether every page must be read: then list pages are asked for without validators, or they answer 304."""
        return self.window.asked or self.resume


@dataclass(frozen=True, slots=True)
class Discovery:
    """What a source's lists came to. `failures` are the outcomes that came instead of pages, `notes` what was odd."""

    result: WalkResult
    links: tuple[FoundLink, ...]
    pages: int
    failures: tuple[Outcome, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def new(self) -> tuple[FoundLink, ...]:
        """The links worth fetching, in the pages' order."""
        return tuple(link for link in self.links if link.fate is Fate.NEW)

    @property
    def fates(self) -> dict[str, int]:
        """How many links met which fate."""
        return dict(Counter(link.fate.value for link in self.links))


Ask = Callable[[str], Awaitable["ListLike | Outcome"]]


async def discover(list_urls: Sequence[str], ask: Ask, policy: Policy) -> Discovery:
    """Walks every list of a source.

    `ask` fetches, keeps and parses one list page, or gives the outcome that came instead of one.
    """
    walk = _Walk(ask, policy)
    for url in list_urls:
        await walk.through(url)
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
    verdict = judge_title(link.title, policy.titles)
    if not verdict.may_be_report:
        return found(Fate.NOT_A_REPORT, verdict.why)
    if not policy.window.holds(day):
        return found(Fate.OLD if day and policy.window.before(day) else Fate.LATE, str(day))
    return found(Fate.NEW, verdict.why)


class _Walk:
    """One source's walk; collects as it goes."""

    def __init__(self, ask: Ask, policy: Policy) -> None:
        self._ask = ask
        self._policy = policy
        self._links: dict[str, FoundLink] = {}
        self._failures: list[Outcome] = []
        self._notes: list[str] = []
        self._pages = 0
        self._broken = False
        self._begun = 0
        self._undated = 0
        self._idle = 0

    async def through(self, url: str) -> None:
        """Walks one list from its first page on."""
        turned: set[str] = set()
        self._undated = self._idle = 0
        next_url: str | None = url
        while next_url is not None and next_url not in turned:
            if len(turned) >= self._policy.most_pages:
                self._notes.append(f"{url}: stopped after {self._policy.most_pages} pages")
                return
            first = not turned
            turned.add(next_url)
            page = await self._ask(next_url)
            if isinstance(page, NotModified):
                self._begun += 1
                self._pages += 1
                return
            if isinstance(page, Outcome):
                self._failures.append(page)
                return
            self._pages += 1
            if first and not self._in_order(url, page):
                return
            self._begun += 1 if first else 0
            next_url = page.next_url if self._goes_on(page) else None

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
        return Discovery(result, tuple(self._links.values()), self._pages, tuple(self._failures), tuple(self._notes))

    def _in_order(self, url: str, page: ListLike) -> bool:
        """Whether a first page has as many links as it always has; a page that lost them is broken, not quiet."""
        count = len({canonical_key(link.url) for link in page.links})
        if count >= self._policy.minimum:
            return True
        self._broken = True
        self._notes.append(f"{url}: {count} links, at least {self._policy.minimum} expected")
        return False

    def _goes_on(self, page: ListLike) -> bool:
        """Takes in the links of a page; whether the next page may still hold something new."""
        fresh = []
        for link in page.links:
            found = judge_link(link, self._policy)
            if found.key not in self._links:
                self._links[found.key] = found
                fresh.append(found)
        if not fresh:
            return False
        if not self._policy.whole and self._reached_the_known(fresh):
            return False
        dated = [link.published for link in fresh if link.published is not None]
        if dated:
            return not all(map(self._policy.window.before, dated))
        self._undated += 1
        if self._policy.window.asked or self._undated < _FEW_PAGES:
            return True
        self._notes.append(f"nothing is dated: stopped after {self._undated} pages")
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
