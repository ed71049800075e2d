"""The work of the parsing processes: text in, frozen records out; no network, no database, no clock.

    links_of(text, url, card)                    -> ListPage
    feed_of(text, url)                           -> Feed, or why it is none
    article_of(content, name, url, card)         -> Article | NotArticle, of bytes alone: kept or saved by hand
    document_text(content, name)                 -> the text of an attachment, or why there is none
    work_through(pages, documents, card)         -> Publication, canonical text, Reading

A process loads the catalogue once, when it starts, and what only feeds and files need when the first of them comes.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from scrapers.context.model import Publication
from scrapers.context.places import gazetteer
from scrapers.context.publication import publication
from scrapers.indicators import Catalogue, load_catalogue
from scrapers.pages.article import (
    Article,
    ListPage,
    NotArticle,
    PageKind,
    canonical_text,
    parse_article,
    parse_list,
)
from scrapers.pages.article import load as load_pages
from scrapers.pages.families import families
from scrapers.reading import Reading, load, read
from scrapers.sources.card import SourceCard
from scrapers.web.decoding import Undecoded, decode

if TYPE_CHECKING:
    from scrapers.discovery.feeds import Feed

# Raised when articles or their canonical text come out differently for the same bytes.
EXTRACTOR_VERSION = "3"
# Raised when the same text is read differently.
READER_VERSION = "6"

_loaded: list[Catalogue] = []


@dataclass(frozen=True, slots=True)
class Work:
    """One publication, read."""

    publication: Publication
    text: str
    reading: Reading


def prepare(indicators: Path) -> None:
    """Load the catalogue with the user's own tables, and all tables that a page needs; called once in each process."""
    if multiprocessing.parent_process() is not None:
        # Ctrl-C reaches every process of a terminal; the one that gave the work ends it, without our traceback.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    _loaded[:] = [load_catalogue(indicators).ready()]
    families()
    gazetteer()
    load_pages()
    load()


def links_of(text: str, url: str, card: SourceCard) -> ListPage:
    """The links of a list page."""
    return parse_list(text, url, card.family, card.article_pattern)


def feed_of(text: str, url: str) -> Feed | str:
    """The entries of a feed or site map, or why it is none."""
    from scrapers.discovery.feeds import NotAFeedError, read_feed

    try:
        return read_feed(text, url)
    except NotAFeedError as error:
        return str(error)


def article_of(content: bytes, name: str, url: str, card: SourceCard) -> Article | NotArticle:
    """The article of bytes whose headers are gone: a snapshot, or a file that somebody saved."""
    from scrapers.documents.kinds import kind_of
    from scrapers.pages.saved import is_mhtml, read_saved

    if is_mhtml(content) or kind_of(content, name) not in ("", "html"):
        return read_saved(content, name, url)
    decoded = decode(content, card=card.encoding or "gb18030")
    if isinstance(decoded, Undecoded):
        return NotArticle(url, PageKind.EMPTY, f"cannot be decoded: {decoded.why}")
    return parse_article(decoded.text, url, card.family)


def document_text(content: bytes, name: str) -> tuple[str, str]:
    """The text of an attachment and an empty word, or an empty text and why it could not be read."""
    from scrapers.documents import Unread, read_document

    found = read_document(content, name)
    return ("", str(found)) if isinstance(found, Unread) else (found.text, "")


def work_through(
    pages: Sequence[Article], documents: Sequence[str], card: SourceCard | None, listed: date | None = None
) -> Work:
    """Context, canonical text and reading of a publication whose parts are all there; `listed` is the list's date."""
    about = publication(pages[0], card, listed)
    text = canonical_text(pages, documents)
    reading = read(text, about.for_reader, _catalogue()) if about.yields else Reading()
    return Work(about, text, reading)


def _catalogue() -> Catalogue:
    if not _loaded:
        _loaded.append(load_catalogue(None))
    return _loaded[0]
