"""The figures of bench.pages hold: real saved pages that nobody here wrote. They are third parties', so they are only
measured where `python -m bench.pages` has fetched them; the facts about them are checked everywhere.
"""

from __future__ import annotations

import re

import pytest

from bench import pages as bench
from scrapers.pages import NotArticle
from scrapers.pages.saved import read_saved

GOAL = 0.97
PACKAGES, PAGES = bench.facts()
FETCHED = all((bench.STORE / f"{name}-{one['version']}.tar.gz").exists() for name, one in PACKAGES.items())


def test_facts_are_complete() -> None:
    assert len({page.file for page in PAGES}) == len(PAGES) >= 70
    for page in PAGES:
        assert page.package in PACKAGES
        assert page.title is None or page.body or page.txt or "toutiao/2" in page.file, page.file
        assert page.date is None or re.fullmatch(r"20\d{2}-\d{2}-\d{2}", page.date)
        # Facts only: no more of a text than tells where it begins and ends.
        assert all(len(text or "") <= 16 for text in (page.first, page.until)), page.file


def test_a_fair_part_is_held_out() -> None:
    assert sum(page.held_out for page in PAGES) >= len(PAGES) * 0.35


@pytest.mark.parametrize(
    ("found", "wanted", "value"),
    [("abcd", "abcd", 1.0), ("a b\nc d", "abcd", 1.0), ("abcdef", "abcd", 0.75), ("xy", "ab", 0.0), ("", "", 1.0)],
)
def test_the_measure(found: str, wanted: str, value: float) -> None:
    assert bench.f1(found, wanted) == pytest.approx(value)


@pytest.mark.skipif(not FETCHED, reason="the pages are third parties' and were not fetched: python -m bench.pages")
def test_the_goals_hold() -> None:
    archives = bench.fetched(PACKAGES)
    contents = [bench.contents(archives[page.package], page.file) for page in PAGES]
    truths = [bench.truth(page, archives[page.package], one) for page, one in zip(PAGES, contents, strict=True)]
    found = []
    for content in contents:
        read = read_saved(content)
        if isinstance(read, NotArticle):
            found.append({"title": None, "date": "", "text": "", "why": read.why})
            continue
        rows = ["".join(row) for table in read.tables for row in table.rows]
        texts = "".join([*read.paragraphs, *rows])
        found.append(
            {"title": read.title, "date": str(read.published or "")[:10], "text": texts, "source": read.source}
        )
    for part, score in bench.scored(list(PAGES), truths, found).items():
        told = score.told()
        assert score.titles == score.titled, part
        assert score.days == score.dated, part
        assert score.refused == score.refusals, part
        assert isinstance(told["body_median"], float)
        assert told["body_median"] >= GOAL, part
    for archive in archives.values():
        archive.close()
