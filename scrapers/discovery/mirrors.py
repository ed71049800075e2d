"""Whether two publications are one document: the matching rule of ARCHITECTURE.md, as a pure function.

    same address        a canonical key in common
    near-equal text     nine tenths of the smaller text's sentences in the other, and its figures too
    same publication    issuing body, kind and covered period, for kinds of which there is one per period, unless the
                        figures speak against it

What looks alike and is not: last year's report in this year's sentences, a neighbour's report after the same pattern,
two press conferences of one body in one year, a summary beside its full text. Each fails on the figures, or on the
kind. Where too little is known, two publications stay two: a missed mirror is a duplicate to be seen, a false merge
overwrites a figure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from scrapers.discovery.sketches import Sketch
from scrapers.period import Period
from scrapers.vocabulary import BodyKind, PublicationKind

# Of these there is one per body and period; of press conferences and articles there are many.
_ONE_PER_PERIOD = frozenset({PublicationKind.WORK_REPORT, PublicationKind.PERIODIC_DATA})

# Measured on the made-up sets of tests/scrapers/discovery/test_mirrors.py: mirrors with another frame, lost
# characters and edited figures lie above, look-alikes below, with room on both sides.
_TEXT_CONTAINED = 0.80
_TEXT_ALIKE = 0.60
_FIGURES_CONTAINED = 0.70
_FIGURES_ALIKE = 0.55

# With fewer figures than this in the smaller text, they and the words must agree wholly; with fewer than the second
# number nothing tells this year's text from last year's.
_FEW_FIGURES = 8
_TOO_FEW_FIGURES = 3
_FEW_FIGURES_ALIKE = 0.99
_TEXT_ALIKE_IF_FEW = 0.85

# Two papers of one body, kind and period of which less than this is common are not one: a context was read wrongly.
_FIGURES_SPEAK_AGAINST = 0.35


class Match(StrEnum):
    """By what two publications were found to be one document."""

    ADDRESS = "address"
    TEXT = "text"
    PUBLICATION = "publication"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What the rule looks at. `keys` are canonical keys of all its addresses; what is not known is None.

    `body` and `region` are of the body that issued the text, not of the outlet that printed it.
    """

    keys: frozenset[str]
    sketch: Sketch | None = None
    region: str | None = None
    body: BodyKind | None = None
    issuer: str | None = None
    kind: PublicationKind | None = None
    period: Period | None = None


def matches(one: Publication, other: Publication) -> Match | None:
    """By what the two are one document; None where they are two. Symmetric."""
    if one.keys & other.keys:
        return Match.ADDRESS
    if one.sketch and other.sketch and _near_equal(one.sketch, other.sketch):
        return Match.TEXT
    if _same_publication(one, other):
        return Match.PUBLICATION
    return None


def best_match(new: Publication, known: Iterable[tuple[int, Publication]]) -> tuple[int, Match] | None:
    """The id of the known document that `new` is, and by what: an address before a text before a publication."""
    best: tuple[int, Match] | None = None
    order = list(Match)
    for number, publication in known:
        match = matches(new, publication)
        if match is Match.ADDRESS:
            return number, match
        if match and (best is None or order.index(match) < order.index(best[1])):
            best = (number, match)
    return best


def _near_equal(one: Sketch, other: Sketch) -> bool:
    words, figures = one.words, one.figures
    if min(figures.size, other.figures.size) < _FEW_FIGURES:
        return (
            min(figures.size, other.figures.size) >= _TOO_FEW_FIGURES
            and figures.resemblance(other.figures) >= _FEW_FIGURES_ALIKE
            and words.resemblance(other.words) >= _TEXT_ALIKE_IF_FEW
        )
    # Figures first: of most pairs they have nothing in common, which is soon seen.
    return (
        figures.resemblance(other.figures) >= _FIGURES_ALIKE
        and figures.containment(other.figures) >= _FIGURES_CONTAINED
        and words.resemblance(other.words) >= _TEXT_ALIKE
        and words.containment(other.words) >= _TEXT_CONTAINED
    )


def _same_publication(one: Publication, other: Publication) -> bool:
    if one.kind not in _ONE_PER_PERIOD or one.kind is not other.kind:
        return False
    if None in {one.body, one.region, one.period} or None in {other.body, other.region, other.period}:
        return False
    if (one.body, one.region, one.period) != (other.body, other.region, other.period):
        return False
    if one.issuer and other.issuer and one.issuer != other.issuer:
        return False
    if one.sketch is None or other.sketch is None:
        return False
    if min(one.sketch.figures.size, other.sketch.figures.size) < _FEW_FIGURES:
        return False
    return one.sketch.figures.containment(other.sketch.figures) >= _FIGURES_SPEAK_AGAINST
