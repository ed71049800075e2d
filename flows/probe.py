"""Looking at a source once, politely, before it is switched on; and switching it on in the user's own card.

    card with lists or feeds   each is fetched once, and where it only sends on, what it sends to
    card with home only        the home page is fetched, and its columns that may be the list are named
    --enable                   the user's card says enabled = true, and what was seen

The user's card holds only what differs from ours; what he wrote there stays.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import tomlkit

from flows.errors import OptionError, ProbeError
from flows.ingest.job import client_settings, request_for
from flows.ingest.source import EXPECTED, issues_of, policy_for
from flows.language import say
from flows.reasons import in_words
from flows.settings import Settings
from scrapers.discovery.places import Place, starts
from scrapers.discovery.probe import Looked, lines, look
from scrapers.discovery.walk import MOST_HOPS, Policy
from scrapers.discovery.windows import Window, today, window
from scrapers.sources.card import SourceCard
from scrapers.web.address import on_hosts
from scrapers.web.client import Client
from scrapers.web.outcomes import Missing, Page


@dataclass(frozen=True, slots=True)
class Probed:
    """What a probe saw. `card` is as probed: with the list that was named for it, where one was."""

    card: SourceCard
    pages: tuple[Looked, ...]
    on: date

    @property
    def lists(self) -> tuple[Looked, ...]:
        """The places with links of their own: without those that only send on."""
        return tuple(page for page in self.pages if not page.instead)

    @property
    def troubles(self) -> tuple[str, ...]:
        """Why the source cannot be switched on; empty where it can."""
        if not self.card.has_lists:
            home = self.pages[0]
            why = "" if isinstance(home.outcome, Page) else f"; {home.url}: {home.outcome.reason}"
            told = say(f"{self.card.id} 没有列表页,只有首页", f"{self.card.id} names no list page, only its home page")
            return (told + why,)
        least = self.card.minimum_links
        return tuple(f"{page.url}: {why}" for page in self.lists if (why := page.trouble(least)))

    @property
    def link_count(self) -> int:
        """Links of the first list, which `minimum_links` is about."""
        return len(self.lists[0].links) if self.lists else 0

    @property
    def family(self) -> str:
        """The page family that the first list told."""
        return self.lists[0].family if self.lists else ""

    def proposal(self) -> str:
        """What the user's card would look like, as TOML."""
        return tomlkit.dumps(_as_card(tomlkit.document(), self))


async def probe(card: SourceCard, settings: Settings, now: datetime, *, list_url: str = "") -> Probed:
    """Fetch each list of the card once; `list_url` is looked at in their place. Raises ProbeError, OptionError."""
    if list_url:
        card = _with_list(card, list_url)
    places = starts(card.list_urls, card.feeds)
    if not card.has_lists and card.home:
        places = (Place(card.home),)
    issues = issues_of(card, Window(asked=False), now, now).places
    if not places and not issues:
        raise ProbeError(
            say(f"{card.id} 没有地址", f"{card.id} names no address"),
            say(
                f"写出一个: `zhengfa sources probe {card.id} --list 网址`",
                f"name one: `zhengfa sources probe {card.id} --list URL`",
            ),
        )
    policy = policy_for(card, window(now, reach=settings.first_window))
    pages: list[Looked] = []
    async with Client(replace(client_settings(settings), tries=1)) as client:
        for place in places:
            pages += await _looked(client, settings, card, place, policy)
        for issue in issues:
            looked = await _looked(client, settings, card, issue, policy)
            if issue is issues[-1] or not isinstance(looked[0].outcome, Missing):
                pages += looked
                break
    return Probed(card, tuple(pages), today(now))


async def _looked(client: Client, settings: Settings, card: SourceCard, place: Place, policy: Policy) -> list[Looked]:
    """A place, and what it sends to where it has no links of its own."""
    looked: list[Looked] = []
    following: Place | None = place
    while following is not None and len(looked) <= MOST_HOPS:
        asked = request_for(settings, card, following.url, EXPECTED[following.kind])
        asked = replace(asked, form=following.form, headers=(*asked.headers, *following.headers))
        looked.append(look(card, following, await client.fetch(asked), policy))
        following = looked[-1].instead
        if following in [one.place for one in looked] or (following and not on_hosts(following.url, card.all_hosts)):
            following = None
    # What it sends to after that is not looked at, and is no way out.
    return [*looked[:-1], replace(looked[-1], instead=None)]


def enable(folder: Path, probed: Probed) -> Path:
    """Switch the source on in the user's card, made where there is none. Raises ProbeError where it must not be."""
    if probed.troubles:
        raise ProbeError(
            f"{probed.card.id} {say('未启用', 'stays off')}: {in_words(probed.troubles[0])}",
            say(
                f"改好卡片 ({_path(folder, probed.card.id)}),或另写列表: --list 网址",
                f"mend its card ({_path(folder, probed.card.id)}), or name another list: --list URL",
            ),
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
    said: dict[str, object] = {"id": seen.id, "enabled": True}
    if seen.issues:
        said["issues"] = seen.issues
    said |= {key: list(addresses) for key in ("list_urls", "feeds") if (addresses := getattr(seen, key))}
    for key, value in (said | lines(seen, probed.lists)).items():
        card[key] = value
    table = tomlkit.table()
    table["on"] = probed.on
    table["links"] = probed.link_count
    table["family"] = probed.family
    card["probed"] = table
    return card


def _with_list(card: SourceCard, url: str) -> SourceCard:
    try:
        return SourceCard.model_validate(card.model_dump() | {"list_urls": (url,), "feeds": (), "issues": None})
    except ValueError:
        raise OptionError(
            say(f"--list {url!r} 不是网址", f"--list {url!r} is no address"),
            say("写完整,以 http:// 或 https:// 开头", "write it in full, with http:// or https://"),
        ) from None
