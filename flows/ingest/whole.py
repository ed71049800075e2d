"""One publication as the parsing processes hand it back: ready for the record, so that nothing is made of it here.

first_look(text, url, wanted)               -> Whole | NotArticle, or the Article whose other parts are to be fetched
document_look(content, name, url, wanted)   -> Whole | NotArticle, where the publication is a document itself
whole(pages, documents, wanted, …)          -> Whole, of parts that are all there
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flows.ingest import mapping, parse
from scrapers.pages.article import Article, NotArticle, parse_article
from scrapers.reading import Reading
from scrapers.sources.card import SourceCard
from storage.carrying import carried
from storage.inputs import CaptureInput, CapturePartInput, EditionInput
from storage.vocabulary import Origin


@carried
@dataclass(frozen=True, slots=True)
class Wanted:
    """What is known of a publication before it is read: the date that a list shows (`listed`), or one from before."""

    card: SourceCard
    url: str
    captured_at: datetime
    origin: Origin
    listed: date | None = None
    known: date | None = None


@carried
@dataclass(frozen=True, slots=True)
class Whole:
    """A publication, read; without `edition` it says nothing: no text, or a cover whose documents gave none."""

    title: str
    edition: EditionInput | None


def first_look(text: str, url: str, wanted: Wanted, part: CapturePartInput) -> Whole | Article | NotArticle:
    """The article of a page; whole where it stands alone."""
    article = parse_article(text, url, wanted.card.family)
    if isinstance(article, NotArticle) or article.next_url or article.attachments:
        return article
    return whole((article,), (), wanted, (part,))


def document_look(content: bytes, name: str, url: str, wanted: Wanted, part: CapturePartInput) -> Whole | NotArticle:
    """The publication that a document is."""
    article = parse.article_of(content, name, url, wanted.card)
    return article if isinstance(article, NotArticle) else whole((article,), (), wanted, (part,), documented=True)


def whole(
    pages: Sequence[Article],
    documents: Sequence[str],
    wanted: Wanted,
    parts: tuple[CapturePartInput, ...],
    *,
    documented: bool = False,
) -> Whole:
    """Everything of a publication; `documented`: the text is a document's, whatever there is beside it."""
    first = pages[0]
    work = parse.work_through(pages, documents, wanted.card, wanted.listed)
    if not work.text or not (documented or any(documents) or _speaks(first, work.reading)):
        return Whole(first.title, None)
    edition = mapping.edition_input(
        wanted.card,
        pages,
        work,
        capture=CaptureInput(parts=parts, captured_at=wanted.captured_at),
        url=wanted.url,
        printed_date=wanted.listed or wanted.known,
        origin=wanted.origin,
    )
    return Whole(first.title, edition)


def _speaks(page: Article, found: Reading) -> bool:
    """Whether a page is more than a cover (pictures, 见附件) without a figure."""
    return not page.only_pictures and bool(not page.needs_documents or found.observations or found.unread)
