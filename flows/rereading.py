"""The archive read again with today's reader: what storage's rereading calls for each publication, in its processes.

snapshots of a capture ──> articles, attachments ──> context, canonical text, reading ──> EditionInput | why none
"""

from __future__ import annotations

from functools import cache
from posixpath import basename
from urllib.parse import unquote, urlsplit

from flows.home import Home
from flows.ingest import mapping, parse
from scrapers.pages.article import Article, NotArticle
from scrapers.sources.card import SourceCard
from scrapers.sources.loading import load_cards
from storage.inputs import EditionInput
from storage.reread import Archived
from storage.vocabulary import Origin


def read_again(archived: Archived) -> EditionInput | str:
    """One publication, from its kept bytes; the reason where nothing can be read. Runs in any process."""
    document = archived.document
    card = _cards().get(document.source_id or "")
    if card is None:
        return f"its source {document.source_id!r} has no card any more"
    pages: list[Article] = []
    texts: list[str] = []
    for part, content in zip(archived.capture.parts, archived.pages, strict=True):
        name = unquote(basename(urlsplit(part.url).path))
        if part.role == "attachment":
            texts.append(parse.document_text(content, name)[0])
            continue
        article = parse.article_of(content, name, part.url or document.url, card)
        if isinstance(article, NotArticle):
            return f"no article: {article.why}"
        pages.append(article)
    if not pages:
        return "no page is among its snapshots"
    # Only a page without a date of its own was dated by its list, or by who imported it.
    work = parse.work_through(pages, texts, card, None if pages[0].published else document.published)
    if not work.text:
        return "no text layer"
    return mapping.edition_input(
        card,
        pages,
        work,
        capture=archived.capture,
        url=document.url,
        printed_date=document.published,
        origin=Origin.REREAD,
    )


@cache
def _cards() -> dict[str, SourceCard]:
    """The cards by id, and the catalogue made ready: once for each process."""
    home = Home.from_environment()
    parse.prepare(home.indicators)
    return {card.id: card for card in load_cards(home.sources)}
