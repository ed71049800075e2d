"""`read`: one text and its context to a Reading.

normalise -> quantities, non-metrics -> paragraphs, sentences -> lines -> roles -> rows
          -> walk: times, scopes, subjects, attachments -> items -> observations
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Protocol

from scrapers.reading import layout, lines
from scrapers.reading.changes import mark_roles
from scrapers.reading.model import Context, Ignored, Observation, Reading, Status
from scrapers.reading.nonmetrics import Mask, find_nonmetrics
from scrapers.reading.normalise import Normal, normalise
from scrapers.reading.periods import Clock
from scrapers.reading.quantities import Kind, Quantity, find_quantities
from scrapers.reading.report import report_period
from scrapers.reading.scopes import default_scope
from scrapers.reading.state import State
from scrapers.reading.structure import Item, Line
from scrapers.reading.walk import Walk
from scrapers.vocabulary import BodyKind


class Catalogue(Protocol):
    """What the reader asks of the indicator catalogue."""

    def match(self, subject: str, unit: str, body: BodyKind | None) -> str | None:
        """The id of the indicator that `subject` in `unit` is, None where it is in no wording."""


def read(text: str, context: Context, catalogue: Catalogue | None = None) -> Reading:
    """Read every figure of `text`. Pure and deterministic; `catalogue` may be left out, then `indicator` is None."""
    normal = normalise(text)
    period = context.period or report_period(normal, context)
    clock = Clock(period, context.published, context.published_year)
    main = default_scope(context, normal)
    walk = Walk(State(clock, main, period, main))
    quantities = find_quantities(normal)
    starts = [quantity.start for quantity in quantities]
    ignored: list[Ignored] = []
    quotes: list[tuple[Item, layout.Span]] = []
    for paragraph in layout.paragraphs(normal):
        walk.state.open_paragraph()
        for sentence in layout.sentences(normal, paragraph):
            body = layout.without_enumerator(normal, sentence)
            held = quantities[bisect_left(starts, body.start) : bisect_left(starts, body.end)]
            walk.state.open_sentence()
            line = _line(normal, body, held, ignored)
            if line is None:
                alone = body.start > sentence.start or sentence.end >= paragraph.end - 1
                walk.heading(normal[body.start : body.end], alone=alone)
                continue
            mark_roles(line)
            walk.line(line)
            quotes.extend((item, sentence) for item in walk.builder.done)
            walk.builder.done = []
    observations = [_observation(item, quote, catalogue) for item, quote in quotes]
    observations.sort(key=lambda each: (each.start, each.end))
    ignored.extend(walk.builder.ignored)
    return Reading(
        observations=tuple(observations),
        unread=tuple(sorted(walk.builder.unread, key=lambda each: each.start)),
        ignored=tuple(sorted(ignored, key=lambda each: each.start)),
        period=period,
        published=context.published,
    )


def _line(normal: Normal, body: layout.Span, held: Sequence[Quantity], ignored: list[Ignored]) -> Line | None:
    masks = find_nonmetrics(normal, body.start, body.end)
    ignored.extend(Ignored(*mask) for mask in masks)
    kept = []
    for at, quantity in enumerate(held):
        if _masked(quantity, masks):
            continue
        listed = quantity.kind is Kind.PLAIN and _in_list(held, at)
        if lines.counts(quantity, listed=listed):
            kept.append(quantity)
        elif quantity.kind is not Kind.ORDINAL:
            ignored.append(
                Ignored(quantity.start, quantity.end, "time" if quantity.kind is Kind.TIME else "bare_number")
            )
    return lines.build(normal, body, kept, masks)


def _masked(quantity: Quantity, masks: list[Mask]) -> bool:
    return any(mask.start <= quantity.start < mask.end for mask in masks)


def _in_list(held: Sequence[Quantity], at: int) -> bool:
    """Whether a bare number goes before others whose unit is printed once: 1.2、0.7和0.3个百分点."""
    for one, following in zip(held[at:], held[at + 1 :], strict=False):
        if following.start - one.end != 1:
            return False
        if following.kind in {Kind.POINTS, Kind.PERCENT}:
            return True
    return False


def _observation(item: Item, quote: layout.Span, catalogue: Catalogue | None) -> Observation:
    figure = item.figure
    unit = figure.unit if figure else ""
    indicator = catalogue.match(item.subject, unit, item.scope.body) if catalogue else None
    return Observation(
        start=item.start,
        end=item.end,
        subject=item.subject,
        scope=item.scope,
        period=item.period,
        value=figure.value if figure else None,
        unit=unit,
        quote_start=quote.start,
        quote_end=quote.end,
        precision=figure.precision if figure else None,
        qualifier=figure.qualifier if figure else item.qualifier,
        indicator=indicator,
        changes=tuple(item.changes),
        remarks=tuple(item.remarks),
        status=Status.DOUBTFUL if item.doubtful else Status.STATED,
        rules=tuple(dict.fromkeys(item.rules)),
    )
