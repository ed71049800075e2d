"""A page that is no article answers which page it is, and why; none is given a title."""

from __future__ import annotations

import pytest

from scrapers.pages import NotArticle, parse_article
from tests.scrapers.pages.no_articles import NO_ARTICLES, NoArticle


@pytest.mark.parametrize("page", NO_ARTICLES, ids=lambda page: page.name)
def test_no_article(page: NoArticle) -> None:
    found = parse_article(page.html, page.url)
    assert isinstance(found, NotArticle), (found.title, found.paragraphs[:3])
    assert found.kind in page.kinds, found
    assert found.why
