"""`read`: one text and its context to a Reading.

normalise -> quantities, non-metrics -> paragraphs, sentences -> lines -> roles -> rows
          -> walk: times, scopes, subjects, attachments -> items -> observations
"""

from __future__ import annotations

import gc
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from scrapers.period import Period
from scrapers.reading import bare, evidence, hotlines, kinds, layout, lines, repeats, stances, tables
from scrapers.reading.campaigns import Episodes, campaign_start
from scrapers.reading.changes import mark_roles
from scrapers.reading.derived import derived
from scrapers.reading.model import Context, Ignored, Reading, Unread
from scrapers.reading.nonmetrics import Mask, find_nonmetrics
from scrapers.reading.normalise import Normal, normalise
from scrapers.reading.periods import Clock
from scrapers.reading.plans import Plans
from scrapers.reading.quantities import Kind, Quantity, find_quantities
from scrapers.reading.report import Found, report_period
from scrapers.reading.scopes import default_scope
from scrapers.reading.state import State
from scrapers.reading.statements import Catalogue, Statements
from scrapers.reading.structure import Item
from scrapers.reading.walk import Walk
from scrapers.reading.whereabouts import NATION
from scrapers.vocabulary import PublicationKind

# 相关阅读: and nothing more.
_MARKER_ALONE = 8


_PLAIN, _ORDINAL, _TIME = Kind.PLAIN, Kind.ORDINAL, Kind.TIME


def read(text: str, context: Context, catalogue: Catalogue | None = None) -> Reading:
    """Read every figure of `text`. Pure and deterministic; `catalogue` may be left out, then `indicator` is None."""
    # The cycle collector rests: nothing here makes cycles, and its looks at a long text's records cost a seventh.
    was_on = gc.isenabled()
    gc.disable()
    try:
        return _read(text, context, catalogue)
    finally:
        if was_on:
            gc.enable()


def _read(text: str, context: Context, catalogue: Catalogue | None) -> Reading:
    normal = normalise(text)
    found = Found(context.period, "report.context") if context.period else report_period(normal, context)
    if context.kind in {PublicationKind.RESOLUTION, PublicationKind.PLAN}:
        return _nothing_told(normal, context)
    walk = _walk(normal, context, found.period, catalogue)
    passage = _Passage(normal, find_quantities(normal), Plans(walk.state.clock))
    seen: set[str] = set()
    told: list[_Told] = []
    for stretch, is_table in tables.stretches(len(text), tables.find_tables(text)):
        if is_table:
            told.extend(_table(text, passage, stretch, walk))
            continue
        for paragraph in layout.paragraphs(normal, stretch):
            # 相关阅读 on a line of its own opens a list of other articles, to the end; words after it are one article.
            if repeats.is_foreign(normal, paragraph):
                alone = paragraph.end - paragraph.start <= _MARKER_ALONE
                passage.ignore(layout.Span(paragraph.start, len(normal)) if alone else paragraph, "foreign")
                passage.closed = passage.closed or alone
            if passage.closed or repeats.is_foreign(normal, paragraph):
                continue
            block = repeats.squeezed(normal, paragraph)
            if block in seen:
                passage.ignore(paragraph, "repeated")
                continue
            if block:
                seen.add(block)
            told.extend(_paragraph(passage, paragraph, walk))
    told, again = _without_headings(told)
    builder = walk.builder
    loose = {id(item) for item in evidence.without_evidence([(each.item, each.paragraph) for each in told])}
    builder.unread.extend(
        Unread(each.item.start, each.item.end, "no_report") for each in told if id(each.item) in loose
    )
    told = [each for each in told if id(each.item) not in loose]
    ignored = [*passage.ignored, *builder.ignored, *again]
    statements = Statements(catalogue, context, doubtful=found.guessed)
    observations = [statements.of(each.item, each.quote) for each in told]
    observations.extend(derived(observations))
    return Reading(
        observations=tuple(sorted(observations, key=lambda each: (each.start, each.end))),
        unread=tuple(sorted(builder.unread, key=lambda each: each.start)),
        ignored=tuple(sorted(ignored, key=lambda each: each.start)),
        period=found.period,
        published=context.published,
        rules=(found.rule,),
    )


def _nothing_told(normal: Normal, context: Context) -> Reading:
    """A resolution or a plan reports nothing of its own: its figures are ignored as such."""
    kind = str(context.kind)
    ignored = tuple(Ignored(each.start, each.end, kind) for each in find_quantities(normal))
    return Reading(ignored=ignored, period=context.period, published=context.published)


class _Told(NamedTuple):
    """An item, the sentence that is its evidence, whether it stands in a heading, where its paragraph begins."""

    item: Item
    quote: layout.Span
    heading: bool
    paragraph: int


class _Passage:
    """A text with its quantities, cut to sentences on demand, and what was put aside on the way."""

    def __init__(self, normal: Normal, quantities: Sequence[Quantity], plans: Plans) -> None:
        self.normal = normal
        self.plans = plans
        self.ignored: list[Ignored] = []
        self.closed = False
        self._quantities = quantities
        self._wordless = lines.find_wordless(normal)
        self._wordless_starts = [each.start for each in self._wordless]
        self._starts = [quantity.start for quantity in quantities]
        self._marks = sorted([*self._starts, *self._wordless_starts])

    def within(self, span: layout.Span) -> Sequence[Quantity]:
        """The quantities that begin in `span`."""
        return self._quantities[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]

    def is_wordy(self, span: layout.Span) -> bool:
        """Whether nothing in `span` can be a figure."""
        at = bisect_left(self._marks, span.start)
        return at == len(self._marks) or self._marks[at] >= span.end

    def wordless_within(self, span: layout.Span) -> Sequence[lines.Wordless]:
        """The flat words and lost figures that begin in `span`."""
        if not self._wordless:
            return ()
        starts = self._wordless_starts
        return self._wordless[bisect_left(starts, span.start) : bisect_left(starts, span.end)]

    def ignore(self, span: layout.Span, kind: str) -> None:
        """Puts aside every quantity of a stretch."""
        self.ignored.extend(Ignored(each.start, each.end, kind) for each in self.within(span))


def _walk(normal: Normal, context: Context, period: Period | None, catalogue: Catalogue | None) -> Walk:
    clock = Clock(period, context.published, context.published_year)
    main = default_scope(context, normal)
    kind = kinds.of_publication(normal)
    has_hotlines = hotlines.may_be_in(normal)
    state = State(
        clock, main, period, main, campaign_start(normal), kind, kind, has_hotlines=has_hotlines, gazetteer=catalogue
    )
    return Walk(state)


def _paragraph(passage: _Passage, paragraph: layout.Span, walk: Walk) -> list[_Told]:
    normal = passage.normal
    told: list[_Told] = []
    heading = repeats.is_heading(normal, paragraph)
    held_by = stances.paragraph_stance(normal, paragraph)
    state = walk.state
    state.open_paragraph()
    episodes = Episodes(dated=state.campaign is not None, national=state.main.region == NATION)
    for sentence in layout.sentences(normal, paragraph):
        body = layout.without_enumerator(normal, sentence)
        if passage.plans.holds(normal, sentence, paragraph):
            passage.ignore(body, "plan")
            continue
        if passage.is_wordy(body):
            episodes.pass_over(normal, body)
            state.close_part()
            whole = sentence.start == paragraph.start and sentence.end >= paragraph.end - 1
            counted = body.start > sentence.start
            rank = layout.rank(normal, sentence)
            walk.heading(normal[body.start : body.end], alone=whole or counted, rank=rank)
            continue
        held, wordless = passage.within(body), passage.wordless_within(body)
        state.open_sentence()
        kind = held_by or stances.stance(normal, body)
        if kind:
            held_by = kind if stances.holds(kind) else None
            passage.ignore(body, kind)
            continue
        masks = find_nonmetrics(normal, body.start, body.end)
        if masks:
            passage.ignored.extend(Ignored(*mask) for mask in masks)
        line = lines.build(normal, body, _figures(passage, held, masks), wordless, masks)
        if line is None:
            walk.heading(normal[body.start : body.end], alone=False)
            continue
        mark_roles(line)
        if kind_in_force := state.topic_kind or state.section_kind:
            state.kind_from = kinds.after_whole(kind_in_force, normal, body.start, body.end)
        walk.line(line)
        if masks:
            _add_remarks(walk.builder.done, masks, normal)
        for episode in episodes.of(normal, body):
            for item in walk.builder.done:
                item.episode = item.episode or episode.start <= item.start < episode.end
        told += [_Told(item, sentence, heading, paragraph.start) for item in walk.builder.done]
        walk.builder.done = []
        state.topic_lends = False
    return told


def _table(text: str, passage: _Passage, table: layout.Span, walk: Walk) -> list[_Told]:
    walk.state.open_paragraph()
    tables.read_table(text, passage.normal, table, walk.builder)
    told = [_Told(item, _line_of(passage.normal, item), False, table.start) for item in walk.builder.done]  # noqa: FBT003
    walk.builder.done = []
    return told


def _line_of(normal: Normal, item: Item) -> layout.Span:
    """The row that is the evidence for an item of a table."""
    end = normal.find("\n", item.end)
    return layout.Span(normal.rfind("\n", 0, item.start) + 1, len(normal) if end < 0 else end)


def _add_remarks(items: list[Item], masks: list[Mask], normal: Normal) -> None:
    """A rank or a record is the remark of the last figure told before it."""
    for mask in masks:
        if mask.kind in {"rank", "record", "streak", "milestone"}:
            before = [item for item in items if item.end <= mask.start]
            if before:
                before[-1].remarks.append(normal[mask.start : mask.end].strip())


def _without_headings(told: list[_Told]) -> tuple[list[_Told], list[Ignored]]:
    """A figure in a heading that the body gives again is one statement, the body's."""
    body = [each.item for each in told if not each.heading]
    again = [each for each in told if each.heading and repeats.said_again(each.item, body)]
    kept = [each for each in told if each not in again] if again else told
    return kept, [Ignored(each.item.start, each.item.end, "heading") for each in again]


def _figures(passage: _Passage, held: Sequence[Quantity], masks: list[Mask]) -> list[Quantity]:
    """The quantities of a sentence that may be figures; the others are ignored by name."""
    kept: list[Quantity] = []
    for at, quantity in enumerate(held):
        if masks and any(mask.start <= quantity.start < mask.end for mask in masks):
            continue
        before = kept[-1] if kept else None
        if lines.counts(quantity) or (quantity.kind is _PLAIN and bare.is_figure(passage.normal, held, at, before)):
            kept.append(quantity)
        elif quantity.kind is not _ORDINAL:
            kind = "time" if quantity.kind is _TIME else "bare_number"
            passage.ignored.append(Ignored(quantity.start, quantity.end, kind))
    return kept
