"""One source in one run: its lists, the new links on them, the known articles that are due; one named result.

lists ──discover──> new links ──┐
known articles that are due ────┴──> article after article ──> ok | nothing_new | partial
lists that failed ─────────────────────────────────────────> broken | blocked | unreachable
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlmodel import Session

from flows.ingest import parse, progress
from flows.ingest.article import Found, ingest_article, refuse
from flows.ingest.job import Job
from flows.ingest.mapping import fetch_input
from flows.ingest.report import SourceTally
from scrapers.discovery.addresses import canonical_key
from scrapers.discovery.titles import TitleRules
from scrapers.discovery.walk import Discovery, Policy, WalkResult, discover
from scrapers.discovery.windows import Window
from scrapers.pages.article import ListPage
from scrapers.sources.card import SourceCard
from scrapers.web.outcomes import Blocked, Outcome, Page, Throttled, TimedOut, Unreachable
from storage import catalogue, fetching, runs
from storage.errors import Locked, Unavailable
from storage.inputs import LinkInput
from storage.vocabulary import LinkState, RunResult

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ListedLink:
    """A link of a list page as discovery wants it."""

    url: str
    title: str
    published: date | None


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A list page as discovery wants it."""

    links: tuple[ListedLink, ...]
    next_url: str | None

    @classmethod
    def of(cls, page: ListPage) -> ListedPage:
        """The same, in discovery's words."""
        return cls(tuple(ListedLink(link.url, link.title, link.date) for link in page.links), page.next_url)


async def ingest_source(job: Job, card: SourceCard, run_id: int) -> SourceTally:
    """Collect one source; whatever happens, its source run ends in one named result and its counts are stored."""
    tally = SourceTally(card.id, card.name)
    show = progress.current()
    show.begin(card.id)
    source_run = await job.write(runs.start_source_run, run_id, card.id, now=job.now)
    tally.result = RunResult.BROKEN.value  # stands where an error of ours ends the source before its result is known
    try:
        await _collect(job, card, tally)
    except BaseException as error:
        tally.notes.insert(0, f"{type(error).__name__}: {error}")
        raise
    finally:
        await job.write(_end, source_run, card.id, tally)
        show.end(card.id, tally.result)
    # Here, not in the writer's thread: only where the task's context is does the line reach the UI.
    log.info("%s: %s, %d new, %d figures", card.id, tally.result, tally.new, tally.figures)
    return tally


async def _collect(job: Job, card: SourceCard, tally: SourceTally) -> None:
    seen = await job.write(fetching.seen_urls, card.id)
    policy = policy_for(card, job.window, seen)

    async def ask(url: str) -> ListedPage | Outcome:
        return await _list_page(job, card, url)

    discovery = await discover(card.list_urls, ask, policy)
    tally.links = len(discovery.links)
    tally.notes.extend(discovery.notes)
    links = [LinkInput(url=link.url, title=link.title, printed_date=link.published) for link in discovery.new]
    waiting = await job.write(fetching.note_links, card.id, links, now=job.now)
    articles = [Found(link.url, link.title, link.printed_date) for link in (*waiting, *await _unfinished(job, card))]
    known = {article.url for article in articles}
    all_known = not job.settings.revisit_every
    due = await job.write(fetching.due_addresses, card.id, now=job.now, all_known=all_known)
    articles += [Found(item.url, "", None, revisit=True) for item in due if item.url not in known]
    articles = list({article.url: article for article in articles}.values())
    show = progress.current()
    show.expect(card.id, len(articles))
    for article in articles:
        try:
            await ingest_article(job, card, article, tally)
        except (Locked, Unavailable):
            raise  # the record cannot be written: no other article would fare better
        except Exception as fault:
            # The boundary of an article: a fault of ours in one must not cost the source the others.
            log.exception("%s", article.url)
            refuse(tally, "fault", f"{article.title or article.url}: {type(fault).__name__}: {fault}")
            await job.write(_mark_failed, card.id, article, repr(fault))
        show.advance(card.id)
    tally.result = _result(discovery, tally).value


def policy_for(card: SourceCard, within: Window, seen: Iterable[str] = ()) -> Policy:
    """How the links of a source are judged; `seen` are the addresses that are known."""
    return Policy(
        hosts=card.all_hosts,
        window=within,
        seen=frozenset(map(canonical_key, seen)),
        minimum=card.minimum_links,
        titles=TitleRules(wanted=card.title_patterns, strict=bool(card.title_patterns)),
    )


async def _unfinished(job: Job, card: SourceCard) -> tuple[LinkInput, ...]:
    """Links that an earlier run found and did not bring home: it was interrupted, or they failed."""
    return await job.write(fetching.waiting_links, card.id)


async def _list_page(job: Job, card: SourceCard, url: str) -> ListedPage | Outcome:
    """Fetch, keep and parse one list page; the outcome that came instead where none did."""
    remembered = await job.write(fetching.recall_fetch, url)
    outcome = await job.fetch(
        card,
        url,
        etag=remembered.etag if remembered else None,
        last_modified=remembered.last_modified if remembered else None,
        landmarks=card.landmarks,
    )
    if not isinstance(outcome, Page) or outcome.text is None:
        await job.write(_remember, outcome, card.id, None)
        return outcome
    kept = await job.keep(outcome)
    page = await job.compute(parse.links_of, outcome.text, outcome.final_url, card)
    await job.write(_remember, outcome, card.id, kept.sha256)
    return ListedPage.of(page)


def _mark_failed(session: Session, source_id: str, article: Found, note: str) -> None:
    if not article.revisit:
        fetching.mark_link(session, source_id, article.url, LinkState.FAILED, note=note)


def _remember(session: Session, outcome: Outcome, source_id: str, snapshot: str | None) -> None:
    fetching.remember_fetch(session, fetch_input(outcome, "list", source_id, snapshot=snapshot), now=datetime.now(UTC))


def _result(discovery: Discovery, tally: SourceTally) -> RunResult:
    """The one named result; of lists that failed altogether, the first failure tells which."""
    for failure in discovery.failures:
        tally.outcomes[failure.kind] += 1
        tally.refused += 1
        tally.notes.insert(0, failure.reason)
    if discovery.result is WalkResult.BROKEN:
        return RunResult.BROKEN
    if discovery.result is WalkResult.FAILED:
        first = discovery.failures[0]
        if isinstance(first, Blocked | Throttled):
            return RunResult.BLOCKED
        return RunResult.UNREACHABLE if isinstance(first, Unreachable | TimedOut) else RunResult.BROKEN
    if discovery.result is WalkResult.PARTIAL or tally.refused:
        return RunResult.PARTIAL
    return RunResult.OK if tally.new or tally.revised else RunResult.NOTHING_NEW


def _end(session: Session, source_run: int, source_id: str, tally: SourceTally) -> None:
    result = RunResult(tally.result)
    counts = runs.SourceCounts(
        links=tally.links,
        new=tally.new + tally.revised,
        unchanged=tally.unchanged,
        refused=tally.refused,
        figures=tally.figures,
        unread=tally.unread,
        more={f"outcome.{kind}": count for kind, count in tally.outcomes.items()},
    )
    now = datetime.now(UTC)
    runs.end_source_run(session, source_run, result=result, counts=counts, now=now, note="; ".join(tally.notes))
    if result in (RunResult.OK, RunResult.NOTHING_NEW, RunResult.PARTIAL):
        catalogue.finish_first_run(session, source_id)
