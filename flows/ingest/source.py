"""One source in one run: its lists, the new links on them, the known articles that are due; one named result.

lists ──discover──> new links ──┐
known articles that are due ────┴──> article after article ──> ok | nothing_new | partial
lists that failed ─────────────────────────────────────────> broken | blocked | unreachable
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from flows.ingest import parse, progress
from flows.ingest.article import Found, ingest_article
from flows.ingest.fetched import fetch_input
from flows.ingest.job import Job
from flows.ingest.report import SourceTally
from flows.ingest.visit import Visit, title_rules, without_landmarks
from scrapers.discovery.addresses import canonical_key
from scrapers.discovery.places import Issues, Listing, Place, PlaceKind, of_feed, of_page, starts
from scrapers.discovery.titles import UNWANTED, WANTED
from scrapers.discovery.walk import Discovery, Fate, Policy, WalkResult, discover
from scrapers.discovery.windows import Window, today
from scrapers.sources.card import SourceCard
from scrapers.web.outcomes import (
    Blocked,
    NotModified,
    Outcome,
    Page,
    Refused,
    RefusedBy,
    Throttled,
    TimedOut,
    Unreachable,
    WrongType,
)
from scrapers.web.request import Expect
from storage import catalogue, fetching, runs
from storage.errors import Locked, Unavailable
from storage.fetching import Remembered
from storage.inputs import LinkInput
from storage.vocabulary import LinkState, Origin, RunResult

log = logging.getLogger(__name__)

# One is asked for, others are read, or wait to be written together: as many as share a transaction (`writer.TOGETHER`),
# since at the end of a run few sources are left.
ARTICLES_AT_ONCE = 6
# Counts of a source run that later runs and rules look at.
UNFINISHED = "walk.unfinished"
BROKE_OFF = "walk.broke_off"
NOT_MODIFIED = "lists.not_modified"
# What the links were looked for and judged by: where that has changed, lists are walked whole once more.
LOOKED_WITH = "walk.looked_with"
EXPECTED = {
    PlaceKind.PAGE: Expect.HTML,
    PlaceKind.DATA: Expect.ANY,
    PlaceKind.FEED: Expect.FEED,
    PlaceKind.ISSUE: Expect.HTML,
}
# A year of a newspaper is thousands of pages: a first run looks through a week, what lies before that is asked for.
ISSUES_AT_FIRST = timedelta(days=6)
MOST_ISSUES = 400
# Some papers rest over the holidays of spring; longer than this without an issue, the addresses are wrong.
SPARE_ISSUES = 10
NO_LANDMARKS = "lists.no_landmarks"
COPIES = "articles.copies"


async def ingest_source(job: Job, card: SourceCard, run_id: int) -> SourceTally:
    """Collect one source; whatever happens, its source run ends in one named result and its counts are stored."""
    show = progress.current()
    show.begin(card.id)
    before = await job.write(runs.source_history, card.id, limit=1)
    source_run = await job.write(runs.start_source_run, run_id, card.id, now=job.now)
    visit = Visit(job, card, await job.write(_origin, job, card.id), SourceTally(card.id, card.name))
    # This result stands where an error of ours ends the source before its own is known.
    visit.tally.result = RunResult.BROKEN.value
    try:
        await _collect(visit, resume=_resumes(card, before[0].counts.more if before else {}))
    except BaseException as error:
        visit.tally.notes.insert(0, f"{type(error).__name__}: {error}")
        raise
    finally:
        await job.write(_end, source_run, visit.tally)
        show.end(card.id, visit.tally.result)
    # Not in `_end`, which may run in the writer's thread: only with the task's context does the line reach the UI.
    log.info("%s: %s, %d new, %d figures", card.id, visit.tally.result, visit.tally.new, visit.tally.figures)
    return visit.tally


def _resumes(card: SourceCard, last: Mapping[str, int]) -> bool:
    """Whether the lists must be walked whole: none came to its end yet, or the last with another card or program."""
    return bool(last.get(BROKE_OFF)) or last.get(LOOKED_WITH) != looked_with(card)


def looked_with(card: SourceCard) -> int:
    """A number for everything that decides which links a list page gives and what becomes of them."""
    of_card = (card.family, card.article_pattern, card.title_patterns, sorted(card.hosts))
    return zlib.crc32(repr((parse.EXTRACTOR_VERSION, WANTED, UNWANTED, of_card)).encode())


def _origin(session: Session, job: Job, source_id: str) -> Origin:
    """Whether what comes in is news: neither what the user reached back for, nor what a first run finds."""
    if job.window.asked:
        return Origin.BACKFILL
    return Origin.ORDINARY if catalogue.first_run_done(session, source_id) else Origin.FIRST_RUN


async def _collect(visit: Visit, *, resume: bool) -> None:
    discovery = await _walked(visit, resume=resume)
    tally = visit.tally
    tally.links = len(discovery.links)
    tally.notes.extend(discovery.notes)
    articles = await _articles(visit)
    show = progress.current()
    show.expect(visit.card.id, len(articles))
    waiting = iter(articles)

    async def worker() -> None:
        for article in waiting:
            await _one_article(visit, article)
            show.advance(visit.card.id)

    # The next article is asked for while one is read; how often the host is asked is the pacer's business.
    workers = [asyncio.ensure_future(worker()) for _ in range(ARTICLES_AT_ONCE)]
    try:
        await asyncio.gather(*workers)
    finally:
        for one in workers:
            one.cancel()
    tally.result = _result(discovery, visit).value


async def _one_article(visit: Visit, article: Found) -> None:
    try:
        await ingest_article(visit, article)
    except (Locked, Unavailable):
        raise  # the record cannot be written: no other article would fare better
    except Exception as fault:
        # The boundary of an article: a fault of ours in one must not cost the source the others.
        log.exception("%s", article.url)
        visit.refuse("fault", f"{article.title or article.url}: {type(fault).__name__}: {fault}")
        await visit.job.write(_mark_failed, visit.card.id, article, repr(fault))


async def _articles(visit: Visit) -> list[Found]:
    """New links, links that an earlier run did not bring home, and known articles that are due again; each once."""
    return await visit.job.write(_to_ask_for, visit.job, visit.card.id)


def _to_ask_for(session: Session, job: Job, source: str) -> list[Found]:
    waiting = fetching.waiting_links(session, source)
    known = fetching.recall_fetches(session, (link.url for link in waiting))
    all_known = not job.settings.revisit_every
    due = fetching.due_addresses(session, source, now=job.now, all_known=all_known)
    articles = [Found(known.get(link.url) or Remembered(link.url), link.title, link.printed_date) for link in waiting]
    articles += [Found(item, "", None, revisit=True) for item in due]
    return list({article.url: article for article in reversed(articles)}.values())[::-1]


async def _walked(visit: Visit, *, resume: bool) -> Discovery:
    """Walk the source's lists and feeds; links and validators are written together, when the walk is over."""
    job, card = visit.job, visit.card
    known = _Known(job, card.id)
    policy = replace(policy_for(card, job.window), seen=known.seen, passed=known.passed, resume=resume)
    asked: list[_Asked] = []

    async def ask(place: Place) -> Listing | Outcome:
        outcome = await _fetched(job, card, place, conditional=not policy.whole)
        listing = await _listed(job, card, place, outcome) if isinstance(outcome, Page) else outcome
        if isinstance(listing, Listing):
            await known.look_up(listing)
        # A page without links of its own leaves no validators: a 304 for it would say nothing about where it leads.
        asked.append(_Asked(outcome, lasting=isinstance(listing, Listing) and bool(listing.links) and not place.form))
        return listing

    since = await job.write(runs.last_well, card.id) if card.issues else None
    issues = issues_of(card, job.window, job.now, since)
    discovery = await discover(starts(card.list_urls, card.feeds), ask, policy, issues)
    await job.write(_note, card.id, discovery, asked)
    more = visit.tally.more
    more[NOT_MODIFIED] = sum(isinstance(one.outcome, NotModified) for one in asked)
    more[UNFINISHED] = int(discovery.result is WalkResult.PARTIAL)
    more[BROKE_OFF] = int(discovery.broke_off)
    more[LOOKED_WITH] = looked_with(card)
    more[NO_LANDMARKS] = sum(map(without_landmarks, discovery.failures))
    return discovery


def issues_of(card: SourceCard, within: Window, now: datetime, last: datetime | None) -> Issues:
    """The issues of a newspaper to look through: the days that were asked for, else those since the `last` good run."""
    if not card.issues:
        return Issues()
    newest = min(within.until or today(now), today(now))
    if within.asked:
        oldest, spare = within.since or newest, 0
    else:
        # The issue of the last run's own day may not have been whole yet.
        oldest, spare = (today(last) if last else newest - ISSUES_AT_FIRST), SPARE_ISSUES
    days = min(max((newest - oldest).days + 1, 0), MOST_ISSUES)
    urls = (card.issue_of(newest - timedelta(days=back)) for back in range(days + spare))
    return Issues(tuple(Place(url, PlaceKind.ISSUE) for url in urls), days)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What one place came to; `lasting`: whether a later 304 for it would say that nothing is new there."""

    outcome: Outcome
    lasting: bool


class _Known:
    """What is known of a source's links: `seen` and `passed`, by canonical key, asked of the record as pages come.

    Where nothing is new, every link of a page is known as it is written there, and a list that answers 304 has none:
    what else the record holds is not looked at. Only a link that is not known as it is written may still be one that
    was seen under another spelling of its address; it is compared with all of them.
    """

    def __init__(self, job: Job, source_id: str) -> None:
        self._job = job
        self._source_id = source_id
        self._whole = False
        self.seen: set[str] = set()
        self.passed: set[str] = set()

    async def look_up(self, listing: Listing) -> None:
        """Take in what is known of the links of a page, before they are judged."""
        if listing.links and not self._whole:
            await self._job.write(self._add, {link.url: canonical_key(link.url) for link in listing.links})

    def _add(self, session: Session, links: Mapping[str, str]) -> None:
        source, keys = self._source_id, frozenset(links.values())
        self.seen.update(links[url] for url in fetching.seen_among(session, source, links))
        self.passed.update(fetching.passed_among(session, source, keys))
        if not keys <= self.seen | self.passed:
            self._whole = True
            self.seen.update(map(canonical_key, fetching.seen_urls(session, source)))
            self.passed.update(fetching.passed_keys(session, source))


async def _fetched(job: Job, card: SourceCard, place: Place, *, conditional: bool) -> Outcome:
    """Fetch what is at one place and keep it."""
    remembered = await job.write(fetching.recall_fetch, place.url) if conditional and not place.form else None
    if remembered is not None and remembered.source_id != card.id:
        # Another source with the same list holds what it saw there; that this one has seen it is not said.
        remembered = None
    outcome = await job.fetch(
        card,
        place.url,
        expect=EXPECTED[place.kind],
        etag=remembered.etag if remembered else None,
        last_modified=remembered.last_modified if remembered else None,
        landmarks=card.landmarks if place.kind is PlaceKind.PAGE else (),
        form=place.form,
        headers=place.headers,
    )
    if isinstance(outcome, Page):
        await job.keep(outcome)
    return outcome


async def _listed(job: Job, card: SourceCard, place: Place, page: Page) -> Listing | Outcome:
    """The links of a page that came, or that it is nothing of the kind."""
    if page.text is None:
        return _wrong_type(page, place, "no text")
    if place.kind is PlaceKind.FEED:
        found = await job.compute(parse.feed_of, page.text, page.final_url)
        return _wrong_type(page, place, found) if isinstance(found, str) else of_feed(found, job.window)
    return of_page(await job.compute(parse.links_of, page.text, page.final_url, card))


def _wrong_type(page: Page, place: Place, why: str) -> WrongType:
    return WrongType(
        url=page.url,
        fetched_at=page.fetched_at,
        attempts=page.attempts,
        expected=EXPECTED[place.kind].value,
        content_type=page.content_type,
        detail=why,
    )


def _note(session: Session, source_id: str, discovery: Discovery, asked: Sequence[_Asked]) -> None:
    """The links of a walk, and what its lists came to, in one transaction.

    Only a list that was walked to its end in order leaves validators: after any other, a 304 would hide what it missed.
    """
    now = datetime.now(UTC)
    if discovery.new:
        # One that waits under another spelling of its address is not noted twice.
        waiting = {canonical_key(link.url): link.url for link in fetching.waiting_links(session, source_id)}
        new = [link for link in discovery.new if waiting.get(link.key, link.url) == link.url]
        links = [LinkInput(url=link.url, title=link.title, printed_date=link.published) for link in new]
        fetching.note_links(session, source_id, links, now=now)
    passed = [link.key for link in discovery.links if link.fate not in (Fate.NEW, Fate.SEEN)]
    # Last first: what stands on the first page is remembered longest.
    fetching.pass_links(session, source_id, reversed(passed), now=now)
    for one in asked:
        snapshot = hashlib.sha256(one.outcome.content).hexdigest() if isinstance(one.outcome, Page) else None
        fetch = fetch_input(one.outcome, "list", source_id, snapshot=snapshot)
        if not one.lasting or one.outcome.url in discovery.unfit:
            fetch = replace(fetch, etag=None, last_modified=None)
        fetching.remember_fetch(session, fetch, now=now)


def policy_for(card: SourceCard, within: Window) -> Policy:
    """How the links of a source are judged where none is known yet."""
    return Policy(
        hosts=card.all_hosts,
        window=within,
        minimum=card.minimum_links,
        titles=title_rules(card),
        article_pattern=card.article_pattern,
    )


def _mark_failed(session: Session, source_id: str, article: Found, note: str) -> None:
    if not article.revisit:
        fetching.mark_link(session, source_id, article.url, LinkState.FAILED, note=note)


def _result(discovery: Discovery, visit: Visit) -> RunResult:
    """The one named result; of lists that failed altogether, the first failure tells which."""
    for failure in discovery.failures:
        visit.refuse(failure.kind, f"{failure.url}: {failure.reason}")
        visit.tally.notes.insert(0, visit.tally.notes.pop())
    if discovery.result is WalkResult.BROKEN:
        return RunResult.BROKEN
    if discovery.result is WalkResult.FAILED:
        first = discovery.failures[0]
        if without_landmarks(first):
            return RunResult.BROKEN
        if isinstance(first, Blocked | Throttled) or (isinstance(first, Refused) and first.by is RefusedBy.ROBOTS):
            return RunResult.BLOCKED
        return RunResult.UNREACHABLE if isinstance(first, Unreachable | TimedOut) else RunResult.BROKEN
    if visit.no_article_has_its_landmarks:
        return RunResult.BROKEN
    if discovery.result is WalkResult.PARTIAL or visit.tally.refused:
        return RunResult.PARTIAL
    return RunResult.OK if visit.tally.came else RunResult.NOTHING_NEW


def _end(session: Session, source_run: int, tally: SourceTally) -> None:
    result = RunResult(tally.result)
    counts = runs.SourceCounts(
        links=tally.links,
        new=tally.new + tally.revised,
        unchanged=tally.unchanged,
        refused=tally.refused,
        figures=tally.figures,
        unread=tally.unread,
        more=tally.more | {COPIES: tally.copies} | {f"outcome.{kind}": count for kind, count in tally.outcomes.items()},
    )
    now = datetime.now(UTC)
    runs.end_source_run(session, source_run, result=result, counts=counts, now=now, note="; ".join(tally.told))
    if result in (RunResult.OK, RunResult.NOTHING_NEW, RunResult.PARTIAL):
        catalogue.finish_first_run(session, tally.source_id)
