"""One article: asked for conditionally, gathered whole, read, and written in one transaction.

fetch ──> NotModified            nothing to do
      ──> other outcomes         remembered; what may yet come comes up again, what never will is closed
      ──> Page ──gather──> no article        closed with the reason; a refusal in good dress as any other
                       ──> another page      no figure, and no word of what was linked: not this article
                       ──> incomplete        no edition, and no validators: all of it is asked for again
                       ──> same text         nothing to do
                       ──> other text        asked for a second time, whole, to be sure
                       ──> edition           one transaction with the fetch state
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import PurePosixPath

from sqlmodel import Session
from yarl import URL

from flows.ingest.fetched import fetch_input
from flows.ingest.gathering import Gathered, Incomplete, block, gather, refusal_of
from flows.ingest.visit import Visit, title_rules
from flows.ingest.whole import Wanted
from scrapers.discovery.titles import judge_title, names
from scrapers.pages.article import NotArticle, PageKind
from scrapers.web.outcomes import (
    Blocked,
    BlockSign,
    Missing,
    Moved,
    NotModified,
    Outcome,
    Page,
    Refused,
    TooLarge,
    Undecodable,
    WrongType,
)
from scrapers.web.request import Expect
from storage import editions, fetching
from storage.facts import Recorded
from storage.fetching import Remembered
from storage.inputs import EditionInput
from storage.vocabulary import LinkState

DOCUMENTS = frozenset({".pdf", ".doc", ".docx", ".xls", ".xlsx", ".wps", ".et", ".ofd"})
PAGES = frozenset({".html", ".htm", ".shtml", ".shtm", ".jhtml", ".xhtml"})
LASTING = (Refused, Moved, TooLarge, Undecodable, WrongType)
# So many runs wait for a part that does not come; then the article is read without it, and the note says so.
PATIENCE = 3


@dataclass(frozen=True, slots=True)
class Found:
    """An article to be asked for: a new link with its list entry, or a known address that is due again."""

    known: Remembered
    title: str
    printed_date: date | None
    revisit: bool = False

    @property
    def url(self) -> str:
        """Its address."""
        return self.known.url


async def ingest_article(visit: Visit, found: Found) -> None:
    """Bring one article home, or store why not; counts go into the visit's tally."""
    known = found.known
    outcome = await visit.job.fetch(
        visit.card,
        found.url,
        expect=_expected(found.url),
        etag=known.etag,
        last_modified=known.last_modified,
        landmarks=visit.card.article_landmarks,
    )
    if isinstance(outcome, NotModified):
        visit.tally.unchanged += 1
        await visit.job.write_together(_settle, visit, found, outcome)
    elif isinstance(outcome, Page):
        await _page(visit, found, outcome)
    else:
        visit.refuse_article(outcome)
        await visit.job.write_together(_settle, visit, found, outcome)


async def _page(visit: Visit, found: Found, page: Page) -> None:
    known = found.known
    wanted = Wanted(visit.card, found.url, visit.job.now, visit.origin, found.printed_date, known.published)
    came = await gather(visit, page, wanted, patient=known.failures < PATIENCE)
    if isinstance(came, NotArticle):
        visit.refuse(f"not_article.{came.kind}", f"{found.title or found.url}: {came.why}")
        await visit.job.write_together(_settle, visit, found, _instead(found, page, came.kind), note=came.why)
    elif isinstance(came, Incomplete):
        visit.refuse(f"incomplete.{came.outcome.kind}", f"{found.title or found.url}: {came.why}")
        # As a failure of the article itself: its validators stay as they were, so that nothing answers 304 too soon.
        await visit.job.write_together(_settle, visit, found, came.outcome, note=came.why)
    elif not (found.title or found.revisit or judge_title(came.whole.title, title_rules(visit.card)).may_be_report):
        # A site map told its address only.
        why = f"no report by its title: {came.whole.title}"
        await visit.job.write_together(_settle, visit, found, page, note=why, for_good=True)
    elif (edition := came.whole.edition) is None:
        visit.refuse("no_text", f"{found.title or found.url}: no text layer")
        await visit.job.write_together(_settle, visit, found, _instead(found, page), note="unread: no text layer")
    elif _sha256(edition) == known.text_sha256:
        visit.tally.unchanged += 1
        await visit.job.write_together(_settle, visit, found, page, text_sha256=known.text_sha256)
    elif page.text is not None and _is_another(found, edition):
        why = f"no figure, and no word of what was linked: {came.whole.title}"
        visit.refuse("another_page", f"{found.title or found.url}: {why}")
        outcome = page if known.failures >= PATIENCE else block(page, BlockSign.UNLIKE)
        await visit.job.write_together(_settle, visit, found, outcome, note=why)
    elif known.text_sha256 is not None and not await _confirmed(visit, found, wanted, edition):
        visit.refuse("unconfirmed", f"{found.url}: two requests in a row gave two texts")
    else:
        await _write(visit, found, page, edition, came.notes)


def _instead(found: Found, page: Page, kind: PageKind | None = None) -> Page | Blocked | Missing:
    """A page of a `kind` that is no article, as what it is: nothing that may touch what an article left behind."""
    if (refusal := refusal_of(page, kind)) is not None:
        return refusal
    return page if found.known.text_sha256 is None else block(page, BlockSign.UNLIKE)


def _is_another(found: Found, edition: EditionInput) -> bool:
    """Whether this is a notice in the article's place: nothing that counts in it, nor what its link or title said.

    One notice under the addresses of many reports would make one document of them all.
    """
    title = found.title or found.known.title
    return not edition.observations and not names(f"{edition.document.title}\n{edition.text}", title)


async def _confirmed(visit: Visit, found: Found, wanted: Wanted, edition: EditionInput) -> bool:
    """Whether a second, unconditional request gives the same publication: a revision must not be a hiccup."""
    landmarks = visit.card.article_landmarks
    again = await visit.job.fetch(visit.card, found.url, expect=_expected(found.url), landmarks=landmarks)
    if not isinstance(again, Page):
        return False
    second = await gather(visit, again, wanted)
    return (
        isinstance(second, Gathered) and second.whole.edition is not None and second.whole.edition.text == edition.text
    )


async def _write(visit: Visit, found: Found, page: Page, edition: EditionInput, notes: Iterable[str]) -> None:
    recorded = await visit.job.write_together(_record, visit, found, page, edition)
    visit.tally.notes.extend(notes)
    if not recorded.new:
        # Nothing was read from this address before: the document came by another one.
        copy = found.known.text_sha256 is None
        visit.tally.copies += copy
        visit.tally.unchanged += not copy
        return
    visit.tally.new += recorded.new_document
    visit.tally.revised += not recorded.new_document
    visit.tally.figures += len(edition.observations)
    visit.tally.unread += len(edition.unread)


def _record(session: Session, visit: Visit, found: Found, page: Page, edition: EditionInput) -> Recorded:
    """The first transaction: the edition with all that hangs on it, and the fetch state that says it is home."""
    max_age = visit.job.settings.alert_max_age
    recorded = editions.record_edition(session, edition, now=datetime.now(UTC), alert_max_age=max_age)
    published, snapshot = edition.document.published, edition.capture.parts[0].sha256
    _settle(session, visit, found, page, snapshot=snapshot, text_sha256=_sha256(edition), published=published)
    return recorded


def _settle(
    session: Session,
    visit: Visit,
    found: Found,
    outcome: Outcome,
    *,
    snapshot: str | None = None,
    text_sha256: str | None = None,
    note: str = "",
    published: date | None = None,
    for_good: bool = False,
) -> None:
    """Write what the request came to, when to ask again (`for_good`: never), and how far the link has come.

    `snapshot` is the page's hash, where it is known already.
    """
    now = datetime.now(UTC)
    published = published or found.known.published or found.printed_date
    first_seen = found.known.first_seen_at or visit.job.now
    due = None if for_good else visit.job.revisits.due_at(now, first_seen, published)
    if snapshot is None and isinstance(outcome, Page):
        snapshot = hashlib.sha256(outcome.content).hexdigest()
    # The address that was asked for is what comes up again, not the one it led to.
    fetch = fetch_input(
        outcome, "article", visit.card.id,
        url=found.url, snapshot=snapshot, text_sha256=text_sha256, due_at=due, note=note,
    )  # fmt: skip
    fetching.remember_fetch(session, fetch, now=now)
    if not found.revisit:
        state = _link_state(outcome, note)
        why = "" if state is LinkState.READ else fetch.note
        fetching.mark_link(session, visit.card.id, found.url, state, note=why)


def _link_state(outcome: Outcome, note: str) -> LinkState:
    """How far a link has come; `failed` ones come up again with the next run."""
    if isinstance(outcome, Page | NotModified):
        return LinkState.IGNORED if note else LinkState.READ
    if isinstance(outcome, Missing):
        return LinkState.GONE
    return LinkState.IGNORED if isinstance(outcome, LASTING) else LinkState.FAILED


def _expected(url: str) -> Expect:
    """A list may link straight to a document, or to what gives one (`download.jsp?id=7`)."""
    suffix = PurePosixPath(URL(url).path).suffix.lower()
    if suffix in DOCUMENTS:
        return Expect.DOCUMENT
    return Expect.HTML if suffix in PAGES else Expect.ANY


def _sha256(edition: EditionInput) -> str:
    if edition.prepared is not None:
        return edition.prepared.sha256
    return hashlib.sha256(edition.text.encode()).hexdigest()
