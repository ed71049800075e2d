"""Putting the witnesses of a publication together."""

from __future__ import annotations

from scrapers.context.model import Publication
from scrapers.pages.model import Article
from scrapers.reading.model import Context
from scrapers.sources.card import SourceCard


def publication(article: Article, card: SourceCard | None) -> Publication:
    """Everything that `article` and `card` tell; without a card (a file of the user's) only what the page tells."""
    raise NotImplementedError


def context(article: Article, card: SourceCard | None) -> Context:
    """What the reader wants to know of `article`."""
    return publication(article, card).for_reader
