"""A first look at a source, from the machine that will watch it: each list page once, politely, nothing kept.

    SourceProbe
    ├── lists       ListProbe: outcome, encoding, family, links, how many may be reports, newest, a landmark
    ├── columns     where the card has no list yet: links of the home page that are named as such columns are
    └── overlay()   the card's lines as they would stand in ZHENGFA_HOME/sources/<id>.toml

Cards ship unprobed: their addresses come from archives, and a site answers each network in its own way.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date

from lxml import etree

from scrapers.discovery.addresses import resolved
from scrapers.discovery.titles import TitleRules, judge_title
from scrapers.pages import GENERIC, ListPage, parse_list
from scrapers.sources.card import SourceCard
from scrapers.web.client import Client
from scrapers.web.decoding import Decoded, decode
from scrapers.web.outcomes import Encoding, EncodingFrom, Outcome, Page, Undecodable
from scrapers.web.request import Request

# A first page with fewer links than half of what it has today has lost something; lists do shrink a little after
# holidays.
_MINIMUM_SHARE = 2

_ATTRIBUTE = re.compile(r"""\b(?:class|id)=(["'])([\w -]{3,60})\1""")
_LANDMARK_WITHIN = 3000

# What such columns are called (PITFALLS 2.5, the cards' own repair notes).
_COLUMN = re.compile(r"工作报告|报告|数据|统计|权威发布|新闻发布|发布会|白皮书|年报|政法要闻|工作动态|通报")
_LONGEST_COLUMN = 10


@dataclass(frozen=True, slots=True)
class ListProbe:
    """What one list page came to. `wanted` counts titles that may head a report; `landmark` stands before its links."""

    url: str
    outcome: Outcome
    encoding: Encoding | None = None
    family: str = ""
    links: int = 0
    wanted: int = 0
    newest: date | None = None
    next_url: str | None = None
    landmark: str = ""

    @property
    def good(self) -> bool:
        """Whether it can be watched: a page with links."""
        return isinstance(self.outcome, Page) and self.links > 0


@dataclass(frozen=True, slots=True)
class SourceProbe:
    """What a source's lists came to on `on`; `home` and `columns` (name, address) only where its card names no list."""

    card: SourceCard
    on: date
    lists: tuple[ListProbe, ...] = ()
    home: Outcome | None = None
    columns: tuple[tuple[str, str], ...] = ()

    @property
    def good(self) -> bool:
        """Whether every list can be watched."""
        return bool(self.lists) and all(one.good for one in self.lists)

    def overlay(self, *, enable: bool) -> str:
        """The card's lines of what was seen, as TOML; they lie over the shipped card."""
        lines = [f"id = {_quoted(self.card.id)}"]
        if enable:
            lines.append("enabled = true")
        good = [one for one in self.lists if one.good]
        if good:
            links = min(one.links for one in good)
            lines.append(f"minimum_links = {max(links // _MINIMUM_SHARE, 1)}   # {links} seen")
        families = {one.family for one in good}
        family = families.pop() if len(families) == 1 else ""
        if family and family not in {GENERIC, self.card.family}:
            lines.append(f"family = {_quoted(family)}")
        if encoding := self._encoding():
            lines.append(f"encoding = {_quoted(encoding)}   # declared wrongly or not at all")
        if (marks := {one.landmark for one in good}) and "" not in marks:
            lines.append(f"landmarks = [{', '.join(map(_quoted, sorted(marks)))}]")
        links = sum(one.links for one in self.lists)
        lines.append(f"probed = {{ on = {self.on.isoformat()}, links = {links}, family = {_quoted(family)} }}")
        return "\n".join(lines) + "\n"

    def _encoding(self) -> str | None:
        """The encoding that the card must name, because the pages do not; None where they do."""
        for one in self.lists:
            if one.encoding and one.encoding.found is EncodingFrom.CARD:
                return one.encoding.name
        return None


async def probe(card: SourceCard, client: Client, on: date) -> SourceProbe:
    """Asks for each list page of `card` once; what it came to is the result, never an exception of the network."""
    if not card.list_urls and card.home:
        outcome = await client.fetch(_request(card, card.home))
        return SourceProbe(card, on, home=outcome, columns=_columns(outcome) if isinstance(outcome, Page) else ())
    return SourceProbe(card, on, tuple([await _probed(card, client, url) for url in card.list_urls]))


async def _probed(card: SourceCard, client: Client, url: str) -> ListProbe:
    outcome = await client.fetch(_request(card, url))
    if isinstance(outcome, Undecodable):
        return ListProbe(url, outcome, _undeclared(outcome))
    if not isinstance(outcome, Page) or outcome.text is None:
        return ListProbe(url, outcome)
    page = parse_list(outcome.text, outcome.final_url, card.family)
    rules = TitleRules(wanted=card.title_patterns, strict=bool(card.title_patterns))
    return ListProbe(
        url=url,
        outcome=outcome,
        encoding=outcome.encoding,
        family=page.family,
        links=len(page.links),
        wanted=sum(judge_title(link.title, rules).may_be_report for link in page.links),
        newest=max((link.date for link in page.links if link.date), default=None),
        next_url=page.next_url,
        landmark=_landmark(outcome.text, page),
    )


def _request(card: SourceCard, url: str) -> Request:
    return Request(
        url=url,
        hosts=card.all_hosts,
        encoding=card.encoding,
        platform=card.platform,
        legacy_tls=bool(card.legacy_tls),
        headers=tuple(card.headers.items()),
    )


def _columns(page: Page) -> tuple[tuple[str, str], ...]:
    """Links whose whole name is one that columns of reports and figures bear, each address once."""
    found: dict[str, str] = {}
    root = etree.HTML((page.text or "").encode(), etree.HTMLParser(encoding="utf-8"))
    for link in () if root is None else root.iter("a"):
        name = "".join("".join(map(str, link.itertext())).split())
        url = resolved(page.final_url, link.get("href") or "")
        if url and len(name) <= _LONGEST_COLUMN and _COLUMN.search(name):
            found.setdefault(url, name)
    return tuple((name, url) for url, name in found.items())


def _undeclared(outcome: Undecodable) -> Encoding | None:
    """gb18030, if the page is that and only does not say so: for the card."""
    decoded = decode(outcome.content, card="gb18030")
    return decoded.encoding if isinstance(decoded, Decoded) else None


def _landmark(text: str, page: ListPage) -> str:
    """The class or id that stands nearest before the first link, as it stands in the page."""
    if not page.links:
        return ""
    place = text.find(page.links[0].url.rsplit("/", 1)[-1])
    if place < 0:
        return ""
    start = max(place - _LANDMARK_WITHIN, 0)
    found = [match for match in _ATTRIBUTE.finditer(text, start, place) if text.count(match[0]) <= 2]
    return found[-1][0] if found else ""


def _quoted(text: str) -> str:
    """A TOML string; JSON's escapes are TOML's."""
    return json.dumps(text, ensure_ascii=False)
