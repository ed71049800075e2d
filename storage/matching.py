"""Which document a capture belongs to: a matching rule, not a hash; the first of these that holds.

    address        one of its addresses carries the document already
    text           four fifths of the smaller text's clauses and seven tenths of its figures stand in the other, and
                   the covered periods do not contradict; with fewer than three figures, all words and figures
    publication    a work report of the same body, region and level over the same period, unless the figures speak
                   against it

What looks alike and is not: last year's report in this year's sentences, a neighbour's report after the same pattern,
two press conferences of one body in one year, a summary beside its full text. Each fails on the figures, or on the
kind. Where too little is known, two publications stay two: a missed mirror is a duplicate to be seen, a false merge
overwrites a figure. Who may be alike is looked up by keys and by body and period, in bounded steps: a record of a
million documents costs what one of a thousand does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy.engine import Connection

from storage.bulk import insert_missing_rows
from storage.inputs import DocumentInput
from storage.prepared import Query
from storage.sketches import KEYS, Sketch
from storage.tables import DocumentSketch
from storage.texts import PreparedText

# Of these there is one per body and period; of press conferences, articles and data of many topics there are many.
ONE_PER_PERIOD = "work_report"

# Measured on the made-up sets of tests/storage/test_mirrors.py: mirrors with another frame, lost characters and edited
# figures lie above, look-alikes below, with room on both sides.
_TEXT_CONTAINED = 0.80
_TEXT_ALIKE = 0.60
_FIGURES_CONTAINED = 0.70
_FIGURES_ALIKE = 0.55

# With fewer figures than this in the smaller text, they must agree wholly, and nearly all words; with fewer than the
# second number, which hardly tell this year's text from last year's, all words too, and the regions.
_FEW_FIGURES = 8
_TOO_FEW_FIGURES = 3
_FEW_FIGURES_ALIKE = 0.99
_TEXT_ALIKE_IF_FEW = 0.85

# Two papers of one body, kind and period of which less than this is common are not one: a context was read wrongly.
_FIGURES_SPEAK_AGAINST = 0.35

# Keys that two must share to be looked at, of the eight that each has; copies share six and more.
_SHARED = 2
# The latest documents under one key, and the documents that are compared in the end.
_UNDER_ONE_KEY = 32
_COMPARED = 8


class Match(StrEnum):
    """By what two publications were found to be one document."""

    ADDRESS = "address"
    TEXT = "text"
    PUBLICATION = "publication"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What the rule looks at beside addresses; `body` and `region` are of who issued the text, not who printed it."""

    sketch: Sketch | None
    kind: str | None = None
    region: str | None = None
    body: str | None = None
    level: str | None = None
    period: tuple[int, int] | None = None

    @property
    def issued(self) -> tuple[object, ...]:
        """Who says what about when."""
        return self.kind, self.region, self.body, self.level, self.period


def alike(one: Publication, other: Publication) -> Match | None:
    """By what the two are one document, whatever their addresses; None where they are two. Symmetric."""
    if one.sketch is None or other.sketch is None:
        return None
    if _agree(one.period, other.period) and _near_equal(
        one.sketch, other.sketch, same_region=_agree(one.region, other.region)
    ):
        return Match.TEXT
    same_publication = one.kind == ONE_PER_PERIOD and None not in one.issued and one.issued == other.issued
    return Match.PUBLICATION if same_publication and _same_figures(one.sketch, other.sketch) else None


def document_at(connection: Connection, given: DocumentInput) -> int | None:
    """The id of the document that an address of `given` carries."""
    found = _BY_ADDRESS.first(connection, urls={given.url, *given.urls})
    return None if found is None else int(found[0])


def document_like(connection: Connection, given: DocumentInput, ready: PreparedText) -> int | None:
    """The id of the document that a text with this sketch and these keys is: near-equal before same publication."""
    new = publication_of(given, Sketch.unpack(ready.sketch))
    best: int | None = None
    for document_id, publication in _candidates(connection, given, ready.keys):
        match = alike(new, publication)
        if match is Match.TEXT:
            return document_id
        if match is not None and best is None:
            best = document_id
    return best


def keep_sketch(connection: Connection, document_id: int, ready: PreparedText, *, stands: bool) -> None:
    """Let a text of the document be found; where it `stands` anew, others are compared with it from now on."""
    rows = [{"hash": key, "document_id": document_id} for key in ready.keys]
    insert_missing_rows(connection, DocumentSketch, rows, ["hash", "document_id"])
    if stands:
        _KEEP.run(connection, document=document_id, sketch=ready.sketch)


def publication_of(given: DocumentInput, sketch: Sketch | None) -> Publication:
    """What the rule looks at of a document that comes in."""
    return Publication(
        sketch=sketch,
        kind=given.kind,
        region=given.region,
        body=given.body,
        level=given.level,
        period=_period(given.period_first, given.period_last),
    )


def _period(first: int | None, last: int | None) -> tuple[int, int] | None:
    return None if first is None or last is None else (first, last)


def _agree(one: object, other: object) -> bool:
    return one == other or None in (one, other)


def _near_equal(one: Sketch, other: Sketch, *, same_region: bool) -> bool:
    words, figures = one.words, one.figures
    fewest = min(figures.size, other.figures.size)
    if fewest < _TOO_FEW_FIGURES:
        return fewest > 0 and one == other and same_region
    if fewest < _FEW_FIGURES:
        return (
            figures.resemblance(other.figures) >= _FEW_FIGURES_ALIKE
            and words.resemblance(other.words) >= _TEXT_ALIKE_IF_FEW
        )
    # Figures first: of most pairs they have nothing in common, which is soon seen.
    return (
        figures.resemblance(other.figures) >= _FIGURES_ALIKE
        and figures.containment(other.figures) >= _FIGURES_CONTAINED
        and words.resemblance(other.words) >= _TEXT_ALIKE
        and words.containment(other.words) >= _TEXT_CONTAINED
    )


def _same_figures(one: Sketch, other: Sketch) -> bool:
    if min(one.figures.size, other.figures.size) < _FEW_FIGURES:
        return False
    return one.figures.containment(other.figures) >= _FIGURES_SPEAK_AGAINST


_BY_ADDRESS = Query("SELECT document_id FROM address WHERE url = ANY(:urls) AND document_id IS NOT NULL ORDER BY 1")
_KEEP = Query("UPDATE document SET sketch = :sketch WHERE id = :document")
_ABOUT = "d.id, d.kind, d.region, d.body, d.level, d.period_first, d.period_last, d.sketch"
_NAMES = tuple(f"key{number}" for number in range(KEYS))
# Per key only the latest: what thousands of texts share tells nothing, and must not make every later one slower.
_UNDER_KEYS = " UNION ALL ".join(
    f"SELECT document_id FROM (SELECT document_id FROM document_sketch WHERE hash = :{name}"  # noqa: S608 - names of ours
    f" ORDER BY document_id DESC LIMIT {_UNDER_ONE_KEY}) AS under_{name}"
    for name in _NAMES
)
_SHARING = Query(f"""
    SELECT {_ABOUT} FROM (
        SELECT document_id, count(*) AS shared FROM ({_UNDER_KEYS}) AS under
        GROUP BY document_id HAVING count(*) >= :shared ORDER BY count(*) DESC, document_id LIMIT {_COMPARED}
    ) AS near JOIN document d ON d.id = near.document_id ORDER BY near.shared DESC, d.id
""")  # noqa: S608 - as above
_SAME_REPORT = Query(f"""
    SELECT {_ABOUT} FROM document d
    WHERE d.region = :region AND d.body = :body AND d.kind = '{ONE_PER_PERIOD}' AND d.period_first = :first
        AND d.period_last = :last AND d.level = :level
    ORDER BY d.id LIMIT {_COMPARED}
""")  # noqa: S608 - as above


def _candidates(connection: Connection, given: DocumentInput, keys: Sequence[int]) -> Iterable[tuple[int, Publication]]:
    if keys:
        # No hash is negative: a text with few keys asks for no others.
        asked = dict(zip(_NAMES, (*keys, *[-1] * KEYS), strict=False))
        yield from map(_known, _SHARING.rows(connection, shared=min(_SHARED, len(keys)), **asked))
    if given.kind == ONE_PER_PERIOD and given.period_first is not None:
        yield from map(
            _known,
            _SAME_REPORT.rows(
                connection,
                region=given.region,
                body=given.body,
                level=given.level,
                first=given.period_first,
                last=given.period_last,
            ),
        )


def _known(row: tuple[Any, ...]) -> tuple[int, Publication]:
    document_id, kind, region, body, level, first, last, sketch = row
    period = _period(first, last)
    return int(document_id), Publication(
        sketch=Sketch.unpack(sketch), kind=kind, region=region, body=body, level=level, period=period
    )
