"""The work of the parsing processes: text in, frozen records out; no network, no database, no clock.

    links_of(text, url)                          -> ListPage
    article_of(text, url)                        -> Article | NotArticle
    publication_of(pages, documents, card)       -> Publication, canonical text, Reading

A process loads the catalogue once, when it starts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scrapers.context.model import Publication
from scrapers.context.publication import publication
from scrapers.indicators import Catalogue, load_catalogue
from scrapers.pages.article import Article, ListPage, NotArticle, canonical_text, parse_article, parse_list
from scrapers.reading import Reading, read
from scrapers.sources.card import SourceCard

# Raised when articles or their canonical text come out differently for the same bytes.
EXTRACTOR_VERSION = "1"
# Raised when the same text is read differently.
READER_VERSION = "1"

_loaded: list[Catalogue] = []


@dataclass(frozen=True, slots=True)
class Work:
    """One publication, read."""

    publication: Publication
    text: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What a page turned out to be; `work` is there where nothing else needs to be fetched for it."""

    article: Article | NotArticle
    work: Work | None = None


def prepare(indicators: Path) -> None:
    """Load the catalogue with the user's own tables; called once in each process."""
    _loaded[:] = [load_catalogue(indicators)]


def links_of(text: str, url: str, card: SourceCard) -> ListPage:
    """The links of a list page."""
    return parse_list(text, url, card.family)


def look_at(text: str, url: str, card: SourceCard) -> FirstLook:
    """The article of a page, read at once where it stands alone."""
    article = parse_article(text, url, card.family)
    if isinstance(article, NotArticle) or article.next_url or article.attachments:
        return FirstLook(article)
    return FirstLook(article, work_through((article,), (), card))


def work_through(pages: Sequence[Article], documents: Sequence[str], card: SourceCard | None) -> Work:
    """Context, canonical text and reading of a publication whose parts have all been fetched."""
    about = publication(pages[0], card)
    text = canonical_text(pages, documents)
    reading = read(text, about.for_reader, _catalogue()) if about.yields else Reading()
    return Work(about, text, reading)


def _catalogue() -> Catalogue:
    if not _loaded:
        _loaded.append(load_catalogue(None))
    return _loaded[0]
