"""One article: asked for conditionally, kept before it is parsed, read, and written in one transaction.

fetch ──> NotModified            nothing to do
      ──> other outcomes         remembered; a link that failed comes up again
      ──> Page ──keep──> look ──> no article          remembered with the reason
                              ──> same text as before nothing to do
                              ──> other text than before: asked a second time, to be sure
                              ──> next pages, attachments ──> edition (one transaction with the fetch states)
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlmodel import Session

from flows.ingest import mapping, parse
from flows.ingest.job import Job
from flows.ingest.mapping import fetch_input
from flows.ingest.report import SourceTally
from scrapers.pages.article import Article, NotArticle
from scrapers.sources.card import SourceCard
from scrapers.web.outcomes import Missing, NotModified, Outcome, Page, Refused
from scrapers.web.request import Expect
from storage import editions, fetching
from storage.facts import Recorded
from storage.inputs import CaptureInput, CapturePartInput, EditionInput
from storage.vocabulary import LinkState, Origin

log = logging.getLogger(__name__)

# An article in more parts than this is an endless pager.
MOST_PAGES = 20


@dataclass(frozen=True, slots=True)
class Found:
    """An article to be asked for: a new link with its list entry, or a known address that is due again."""

    url: str
    title: str
    printed_date: date | None
    revisit: bool = False


@dataclass(slots=True)
class _Parts:
    """What has been fetched of one publication: pages in order, texts of attachments, and the bytes of both."""

    pages: list[Article]
    documents: list[str]
    parts: list[CapturePartInput]
    notes: list[str]


async def ingest_article(job: Job, card: SourceCard, found: Found, tally: SourceTally) -> None:
    """Bring one article home, or store why not; counts go into `tally`."""
    remembered = await job.write(fetching.recall_fetch, found.url)
    outcome = await job.fetch(
        card,
        found.url,
        etag=remembered.etag if remembered else None,
        last_modified=remembered.last_modified if remembered else None,
    )
    known = remembered.text_sha256 if remembered else None
    if isinstance(outcome, NotModified):
        tally.unchanged += 1
        await job.write(_settle, job, card, found, outcome)
    elif not isinstance(outcome, Page) or outcome.text is None:
        refuse(tally, outcome.kind, outcome.reason)
        await job.write(_settle, job, card, found, outcome)
    else:
        await _page(job, card, found, outcome, known, tally)


async def _page(job: Job, card: SourceCard, found: Found, page: Page, known: str | None, tally: SourceTally) -> None:
    kept = await job.keep(page)
    look = await job.compute(parse.look_at, page.text or "", page.final_url, card)
    if isinstance(look.article, NotArticle):
        refuse(tally, f"not_article.{look.article.kind}", f"{found.title or found.url}: {look.article.why}")
        await job.write(_settle, job, card, found, page, kept.sha256, note=look.article.why)
        return
    gathered = _Parts([look.article], [], [CapturePartInput(sha256=kept.sha256, url=page.final_url)], [])
    work = look.work
    if work is None:
        await _gather(job, card, gathered)
        work = await job.compute(parse.work_through, tuple(gathered.pages), tuple(gathered.documents), card)
    text_sha256 = hashlib.sha256(work.text.encode()).hexdigest()
    if text_sha256 == known:
        tally.unchanged += 1
        await job.write(_settle, job, card, found, page, kept.sha256, text_sha256)
        return
    if known is not None and not await _confirmed(job, card, found.url, page):
        refuse(tally, "unconfirmed", f"{found.url}: two requests in a row gave two texts")
        return
    tally.notes.extend(gathered.notes)
    if not work.text:
        refuse(tally, "no_text", f"{found.title or found.url}: no text layer")
        await job.write(_settle, job, card, found, page, kept.sha256, text_sha256, note="unread: no text layer")
        return
    edition = mapping.edition_input(
        card,
        gathered.pages,
        work,
        capture=CaptureInput(parts=tuple(gathered.parts), captured_at=job.now),
        url=found.url,
        printed_date=found.printed_date,
        origin=Origin.BACKFILL if job.window.asked else Origin.ORDINARY,
    )
    recorded = await job.write(_record, job, card, found, page, edition, text_sha256)
    _count(tally, recorded, edition)


async def _gather(job: Job, card: SourceCard, gathered: _Parts) -> None:
    """Fetch the further pages and the attachments of an article; what does not come is noted, not fatal."""
    seen = {gathered.pages[0].url}
    while (url := gathered.pages[-1].next_url) and url not in seen and len(seen) < MOST_PAGES:
        seen.add(url)
        outcome = await job.fetch(card, url)
        if not isinstance(outcome, Page) or outcome.text is None:
            gathered.notes.append(f"part {len(seen)} is missing: {outcome.reason}")
            break
        kept = await job.keep(outcome)
        article = (await job.compute(parse.look_at, outcome.text, outcome.final_url, card)).article
        if isinstance(article, NotArticle):
            gathered.notes.append(f"part {len(seen)} is no article: {article.why}")
            break
        gathered.pages.append(article)
        gathered.parts.append(CapturePartInput(sha256=kept.sha256, url=outcome.final_url))
    attachments = dict.fromkeys(attachment for page in gathered.pages for attachment in page.attachments)
    for attachment in attachments:
        outcome = await job.fetch(card, attachment.url, expect=Expect.DOCUMENT)
        if not isinstance(outcome, Page):
            gathered.notes.append(f"{attachment.name}: {outcome.reason}")
            continue
        kept = await job.keep(outcome)
        gathered.parts.append(CapturePartInput(sha256=kept.sha256, role="attachment", url=outcome.final_url))
        text, why = await job.compute(parse.document_text, outcome.content, attachment.name)
        gathered.documents.append(text)
        if why:
            gathered.notes.append(f"{attachment.name}: {why}")


async def _confirmed(job: Job, card: SourceCard, url: str, page: Page) -> bool:
    """Whether a second, unconditional request gives the same article: a revision must not be a hiccup."""
    again = await job.fetch(card, url)
    if not isinstance(again, Page) or again.text is None:
        return False
    if again.content == page.content:
        return True
    first, second = [
        (await job.compute(parse.look_at, text, page.final_url, card)).article for text in (page.text or "", again.text)
    ]
    return isinstance(first, Article) and isinstance(second, Article) and first.text == second.text


def _record(
    session: Session, job: Job, card: SourceCard, found: Found, page: Page, edition: EditionInput, text_sha256: str
) -> Recorded:
    """The first transaction: the edition with all that hangs on it, and the fetch state that says it is home."""
    now = datetime.now(UTC)
    recorded = editions.record_edition(session, edition, now=now, alert_max_age=job.settings.alert_max_age)
    _settle(session, job, card, found, page, edition.capture.parts[0].sha256, text_sha256, edition.document.published)
    return recorded


def _settle(
    session: Session,
    job: Job,
    card: SourceCard,
    found: Found,
    outcome: Outcome,
    snapshot: str | None = None,
    text_sha256: str | None = None,
    published: date | None = None,
    note: str = "",
) -> None:
    """Write what the request came to, when to ask again, and how far the link has come."""
    now = datetime.now(UTC)
    due = job.revisits.due_at(now, job.now, published or found.printed_date)
    fetch = fetch_input(outcome, "article", card.id, snapshot=snapshot, text_sha256=text_sha256, due_at=due)
    # The address that was asked for is what comes up again, not the one it led to.
    fetching.remember_fetch(session, replace(fetch, url=found.url, note=note or fetch.note), now=now)
    if not found.revisit:
        state = _link_state(outcome, note)
        fetching.mark_link(
            session, card.id, found.url, state, note=note or ("" if state is LinkState.READ else fetch.note)
        )


def _link_state(outcome: Outcome, note: str) -> LinkState:
    if isinstance(outcome, Page | NotModified):
        return LinkState.IGNORED if note else LinkState.READ
    if isinstance(outcome, Missing):
        return LinkState.GONE
    return LinkState.IGNORED if isinstance(outcome, Refused) else LinkState.FAILED


def refuse(tally: SourceTally, kind: str, reason: str) -> None:
    """Count one article that did not come home, by kind, with the reason that the summary shows."""
    tally.refused += 1
    tally.outcomes[kind] += 1
    tally.notes.append(reason)


def _count(tally: SourceTally, recorded: Recorded, edition: EditionInput) -> None:
    if not recorded.new:
        tally.unchanged += 1
        return
    if recorded.new_document:
        tally.new += 1
    else:
        tally.revised += 1
    tally.figures += len(edition.observations)
    tally.unread += len(edition.unread)
