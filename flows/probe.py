"""Looking at a source once, politely, before it is switched on; and switching it on in the user's own card.

    card with list_urls   each list is fetched once: outcome, encoding, family, landmarks, links, their fates
    card with home only   the home page is fetched, and its columns that may be the list are named
    --enable              the user's card says enabled = true, and what was seen

The user's card holds only what differs from ours; what he wrote there stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import tomlkit

from flows.errors import OptionError, ProbeError
from flows.ingest.job import client_settings, request_for
from flows.ingest.source import policy_for
from flows.settings import Settings
from scrapers.discovery.places import ListedLink
from scrapers.discovery.walk import FoundLink, judge_link
from scrapers.discovery.windows import today, window
from scrapers.pages.article import Link, parse_list
from scrapers.pages.tree import Tree, squeezed, text_of
from scrapers.sources.card import SourceCard
from scrapers.web.client import Client
from scrapers.web.outcomes import Moved, Outcome, Page

# Under which names sites keep what is looked for here (FAMILIES.md); 数据开放 and the like lead elsewhere.
_COLUMN = re.compile(r"工作报告|公报|数据(?!开放)|权威发布|新闻发布|发布会|通报|统计|白皮书|司法公开|政法要闻|工作动态")
_MOST_COLUMNS = 12
_LONGEST_COLUMN = 12


@dataclass(frozen=True, slots=True)
class Looked:
    """One page looked at. `landmarks` are those of the card with whether the page holds them."""

    url: str
    outcome: Outcome
    family: str = ""
    landmarks: tuple[tuple[str, bool], ...] = ()
    links: tuple[FoundLink, ...] = ()
    next_url: str | None = None
    columns: tuple[Link, ...] = ()

    @property
    def encoding(self) -> str:
        """How the page was decoded, and what it claimed; empty where there is no text."""
        found = self.outcome.encoding if isinstance(self.outcome, Page) else None
        if found is None:
            return ""
        claim = f"; the page claims {found.declared}" if found.mismatch else ""
        return f"{found.name} (told by {found.found.value}{claim})"


@dataclass(frozen=True, slots=True)
class Probed:
    """What a probe saw. `card` is as probed: with the list that was named for it, where one was."""

    card: SourceCard
    pages: tuple[Looked, ...]
    on: date

    @property
    def troubles(self) -> tuple[str, ...]:
        """Why the source cannot be switched on; empty where it can."""
        if not self.card.list_urls:
            home = self.pages[0]
            why = "" if isinstance(home.outcome, Page) else f"; {home.url}: {home.outcome.reason}"
            return (f"{self.card.id} names no list page, only its home page{why}",)
        return tuple(f"{page.url}: {why}" for page in self.pages if (why := self._trouble(page)))

    @property
    def link_count(self) -> int:
        """Links of the first list, which `minimum_links` is about."""
        return len(self.pages[0].links)

    @property
    def family(self) -> str:
        """The page family that the first list told."""
        return self.pages[0].family

    def _trouble(self, page: Looked) -> str:
        if isinstance(page.outcome, Moved) and page.outcome.to:
            return f"{page.outcome.reason}; if that is the list now, probe it with --list {page.outcome.to}"
        if not isinstance(page.outcome, Page):
            return page.outcome.reason
        if page.landmarks and not any(there for _, there in page.landmarks):
            return f"none of the landmarks is there: {', '.join(word for word, _ in page.landmarks)}"
        least = max(1, self.card.minimum_links)
        return f"{len(page.links)} links, at least {least} expected" if len(page.links) < least else ""

    def proposal(self) -> str:
        """What the user's card would look like, as TOML."""
        return tomlkit.dumps(_as_card(tomlkit.document(), self))


async def probe(card: SourceCard, settings: Settings, now: datetime, *, list_url: str = "") -> Probed:
    """Fetch each list of the card once; `list_url` is looked at in their place. Raises ProbeError, OptionError."""
    if list_url:
        card = _with_list(card, list_url)
    addresses = card.list_urls or ((card.home,) if card.home else ())
    if not addresses:
        raise ProbeError(f"{card.id} names no address", f"name one: `zhengfa sources probe {card.id} --list URL`")
    async with Client(replace(client_settings(settings), tries=1)) as client:
        outcomes = [await client.fetch(request_for(settings, card, url)) for url in addresses]
    pages = tuple(_looked(card, url, outcome, settings, now) for url, outcome in zip(addresses, outcomes, strict=True))
    return Probed(card, pages, today(now))


def enable(folder: Path, probed: Probed) -> Path:
    """Switch the source on in the user's card, made where there is none. Raises ProbeError where it must not be."""
    if probed.troubles:
        raise ProbeError(
            f"{probed.card.id} stays off: {probed.troubles[0]}",
            f"mend its card ({_path(folder, probed.card.id)}), or name another list: --list URL",
        )
    path = _path(folder, probed.card.id)
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".toml.part")
    part.write_text(tomlkit.dumps(_as_card(tomlkit.parse(text), probed)), encoding="utf-8")
    part.replace(path)
    return path


def _path(folder: Path, source_id: str) -> Path:
    """The user's card of that id: the one there is, or where it goes."""
    return next(iter(sorted(folder.rglob(f"{source_id}.toml"))), folder / f"{source_id}.toml")


def _as_card(card: tomlkit.TOMLDocument, probed: Probed) -> tomlkit.TOMLDocument:
    """What the user's card must say beside what it says: identity, lists where they differ, on, what was seen."""
    seen = probed.card
    card["id"] = seen.id
    card["enabled"] = True
    card["list_urls"] = list(seen.list_urls)
    table = tomlkit.table()
    table["on"] = probed.on
    table["links"] = probed.link_count
    table["family"] = probed.family
    card["probed"] = table
    return card


def _with_list(card: SourceCard, url: str) -> SourceCard:
    try:
        return SourceCard.model_validate(card.model_dump() | {"list_urls": (url,)})
    except ValueError:
        raise OptionError(f"--list {url!r} is no address", "write it in full, with http:// or https://") from None


def _looked(card: SourceCard, url: str, outcome: Outcome, settings: Settings, now: datetime) -> Looked:
    if not isinstance(outcome, Page) or outcome.text is None:
        return Looked(url, outcome)
    page = parse_list(outcome.text, outcome.final_url, card.family)
    policy = policy_for(card, window(now, reach=settings.first_window))
    links = (judge_link(ListedLink(link.url, link.title, link.date), policy) for link in page.links)
    return Looked(
        url,
        outcome,
        family=page.family,
        landmarks=tuple((word, word in (outcome.text or "")) for word in card.landmarks),
        links=tuple(links),
        next_url=page.next_url,
        columns=() if card.list_urls else columns(outcome.text, outcome.final_url),
    )


def columns(html: str, url: str) -> tuple[Link, ...]:
    """The columns of a home page that may be the list, by their names."""
    tree = Tree.parse(html, url)
    found: dict[str, Link] = {}
    for anchor in tree.every("a[href]"):
        name, address = squeezed(text_of(anchor)), tree.absolute(anchor.get("href") or "")
        if address and len(name) <= _LONGEST_COLUMN and _COLUMN.search(name):
            found.setdefault(address, Link(address, name))
    return tuple(found.values())[:_MOST_COLUMNS]
