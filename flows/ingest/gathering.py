"""One publication, whole: its first page, the pages that follow, its attachments; each kept before it is parsed.

    gather ──> Gathered     everything there, read
           ──> NotArticle   the first page is something else
           ──> Incomplete   a part did not come and may yet: nothing is made of the rest, or the figures in that part
                            would seem to have been withdrawn

A part that will never come (missing, of another type, off the card's hosts) is noted and done without.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from flows.ingest import parse
from flows.ingest.visit import Visit
from flows.ingest.whole import Wanted, Whole, document_look, first_look, whole
from scrapers.pages.article import Article, Attachment, NotArticle, PageKind, parse_article
from scrapers.web.outcomes import Blocked, BlockSign, Missing, Outcome, Page, Throttled
from scrapers.web.request import Expect
from storage.inputs import CapturePartInput

# An article in more parts than this is an endless pager.
MOST_PAGES = 20
_REFUSALS = {PageKind.BLOCKED: BlockSign.STATUS, PageKind.LOGIN: BlockSign.LOGIN}


@dataclass(frozen=True, slots=True)
class Gathered:
    """A publication whose parts are all there; `notes` tell of those that will never be."""

    whole: Whole
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A part that may yet come: what came instead."""

    outcome: Outcome
    why: str


@dataclass(slots=True)
class _Parts:
    """What has come so far."""

    pages: list[Article]
    parts: list[CapturePartInput]
    documents: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


async def gather(
    visit: Visit, page: Page, wanted: Wanted, *, patient: bool = True
) -> Gathered | NotArticle | Incomplete:
    """Everything that belongs to the article of `page`; where not `patient`, without parts that may yet come."""
    job = visit.job
    kept = await job.keep(page)
    part = CapturePartInput(sha256=kept.sha256, url=page.final_url)
    look: Whole | Article | NotArticle
    if page.text is None:
        look = await job.compute(document_look, page.content, _name(page.final_url), page.final_url, wanted, part)
    else:
        look = await job.compute(first_look, page.text, page.final_url, wanted, part)
    if isinstance(look, NotArticle):
        return look
    if isinstance(look, Whole):
        return Gathered(look)
    have = _Parts([look], [part])
    for step in (_following, _attachments):
        if (missing := await step(visit, have)) is not None:
            if patient:
                return missing
            have.notes.append(missing.why)
    found = await job.compute(whole, tuple(have.pages), tuple(have.documents), wanted, tuple(have.parts))
    return Gathered(found, tuple(have.notes))


async def _following(visit: Visit, have: _Parts) -> Incomplete | None:
    """The pages that follow the first."""
    seen = {have.pages[0].url}
    while (url := have.pages[-1].next_url) and url not in seen and len(seen) < MOST_PAGES:
        seen.add(url)
        outcome = await visit.job.fetch(visit.card, url, landmarks=visit.card.article_landmarks)
        if not isinstance(outcome, Page) or outcome.text is None:
            why = f"part {len(seen)} is missing: {outcome.reason}"
            if _may_yet_come(outcome):
                return Incomplete(outcome, why)
            have.notes.append(why)
            return None
        kept = await visit.job.keep(outcome)
        article = await visit.job.compute(parse_article, outcome.text, outcome.final_url, visit.card.family)
        if isinstance(article, NotArticle):
            why = f"part {len(seen)} is no article: {article.why}"
            if (refusal := refusal_of(outcome, article.kind)) is not None and _may_yet_come(refusal):
                return Incomplete(refusal, why)
            have.notes.append(why)
            return None
        have.pages.append(article)
        have.parts.append(CapturePartInput(sha256=kept.sha256, url=outcome.final_url))
    return None


async def _attachments(visit: Visit, have: _Parts) -> Incomplete | None:
    """The attachments of all pages, each once."""
    attachments = dict.fromkeys(attachment for page in have.pages for attachment in page.attachments)
    missing = [gap for each in attachments if (gap := await _attachment(visit, have, each)) is not None]
    return missing[0] if missing else None


async def _attachment(visit: Visit, have: _Parts, attachment: Attachment) -> Incomplete | None:
    outcome = await visit.job.fetch(visit.card, attachment.url, expect=Expect.DOCUMENT)
    if not isinstance(outcome, Page):
        why = f"{attachment.name}: {outcome.reason}"
        if _may_yet_come(outcome):
            return Incomplete(outcome, why)
        have.notes.append(why)
        return None
    kept = await visit.job.keep(outcome)
    have.parts.append(CapturePartInput(sha256=kept.sha256, role="attachment", url=outcome.final_url))
    text, why = await visit.job.compute(parse.document_text, outcome.content, attachment.name)
    have.documents.append(text)
    if why:
        have.notes.append(f"{attachment.name}: {why}")
    return None


def _may_yet_come(outcome: Outcome) -> bool:
    return outcome.heals or isinstance(outcome, Blocked | Throttled)


def refusal_of(page: Page, kind: PageKind | None) -> Blocked | Missing | None:
    """What a page that is no article, but of a `kind`, is as an outcome; None where it is but another page."""
    if kind is PageKind.MISSING:
        return Missing(url=page.url, fetched_at=page.fetched_at, attempts=page.attempts, status=page.status)
    return block(page, _REFUSALS[kind]) if kind in _REFUSALS else None


def block(page: Page, sign: BlockSign) -> Blocked:
    """A page that was served in the place of the one that was asked for."""
    return Blocked(url=page.url, fetched_at=page.fetched_at, attempts=page.attempts, sign=sign, status=page.status)


def _name(url: str) -> str:
    return url.split("?", 1)[0].rsplit("/", 1)[-1]
