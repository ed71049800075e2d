"""The reader: Chinese official prose to observations. Pure functions, standard library only, no I/O.

    from scrapers.reading import read
    read(text, Context(region="62", period=Period.year(2024)), catalogue) -> Reading

The passes, each a module of its own, in their order:

    normalise    one character to one            lexicon     verbs, nouns and units of the genre, by class
    quantities   numerals and units              words       what clauses tell: 其中, times, scopes, plans, bases
    bare         万车死亡率1.05: numbers without a unit
    layout       paragraphs, sentences           state       what is in force: period, scope, theme, whole
    repeats      headings, blocks said again     periods     words of time          campaigns  专项行动以来
    stances      rules, meetings, trials         scopes      whose figure it is
    plans        sections of what is meant to be
    nonmetrics   dates, ranks, slogans ...       subjects    elided verbs, objects, heads
    lines        figures, gaps, brackets         trends      首次下降: courses told in words
    levels       levels, shares, bases, from-to
    changes      verbs, 分别, roles of figures    runs        changes               attach     whose change it is
    bases        what changes are against        gaps        比江苏多: what is no change
    walk         goes through lines in order; builder makes the items
    rows         lists told in one breath        tables      rows and columns
    report       the report's own period         evidence, derived, suspects   how sure it is
    whereabouts  which region's a figure is, or a part of one
    branches     刑事检察, 民事审判: what each branch tells alike
    hotlines     12348热线: rates that stand far from its name
    statements   items to observations: places and indicators of the catalogue

`structure` draws what the passes hand to one another. A new construction belongs in the pass that can see it; a new
word in `lexicon` or in the table at the head of its pass; every rule leaves its name in `rules`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from scrapers.reading.model import Context, Reading

if TYPE_CHECKING:
    from scrapers.reading.statements import Catalogue

__all__ = ["Context", "Reading", "load", "read"]


def read(text: str, context: Context, catalogue: Catalogue | None = None) -> Reading:
    """Read every figure of `text`. Pure and deterministic; `catalogue` may be left out, then `indicator` is None."""
    # Not above: a process that only keeps readings would compile some 250 patterns for nothing.
    from scrapers.reading.reader import read as told

    return told(text, context, catalogue)


def load() -> None:
    """Have the passes ready before the first text comes; else `read` loads them."""
    import_module("scrapers.reading.reader")
