"""One line after the other: every row finds its subject, its scope, its period, and every run of changes its owner."""

from __future__ import annotations

import re

from scrapers.period import Period
from scrapers.reading import attach, subjects
from scrapers.reading.bases import settled
from scrapers.reading.lines import REMARK
from scrapers.reading.model import Basis, Change, Direction, Form, Ignored, Unread
from scrapers.reading.rows import Row, rows
from scrapers.reading.state import State
from scrapers.reading.structure import Comparison, Figure, Frame, Gap, Item, Line, Role, Shape
from scrapers.reading.words import basis_clause, take

_TOPIC = re.compile(r"^[\u4e00-\u9fff\"、()]{2,14}$")
_TAIL_STOP = re.compile(r"^(?:以|的?基础|同比|环比|比|较|之|左右|后|时|中|,)")


class Walk:
    """Goes through the lines of a text and gathers items; `state` is what is in force."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.unread: list[Unread] = []
        self.ignored: list[Ignored] = []
        self._done: list[Item] = []
        self._sentence: list[Item] = []

    def heading(self, words: str) -> None:
        """A sentence without figures: it may name the topic, a scope or a time for what follows."""
        rest, _ = take(words.strip(), self.state)
        cleaned = subjects.clean(rest)
        if _TOPIC.match(cleaned):
            self.state.topic = subjects.frame(cleaned)
        self.state.plan = False

    def finished(self) -> list[Item]:
        """The items of the lines walked since the last call."""
        items, self._done = self._done, []
        return items

    def line(self, line: Line, anchors: list[Item] | None = None) -> None:
        """Reads one line; `anchors` are the items that a bracket hangs on."""
        self._tails(line)
        for opening in line.opening:
            self._bracket(opening, [])
        gathered = rows(line.figures)
        for row in gathered:
            self._row(row, anchors)
            for figure in row.figures:
                for bracket in figure.brackets:
                    self._bracket(bracket, self._anchors(figure))
        if not anchors:
            self._remark(line.rest)

    def _bracket(self, line: Line, anchors: list[Item]) -> None:
        state = self.state
        saved = state.period, state.scope, state.before, state.whole, state.items, state.bases
        state.items, state.depth = list(anchors), state.depth + 1
        state.whole = anchors[-1].frame if anchors else state.before
        self.line(line, anchors or [])
        state.period, state.scope, state.before, state.whole, state.items, state.bases = saved
        state.depth -= 1

    def _anchors(self, figure: Figure) -> list[Item]:
        items = self.state.items
        if figure.item is None or figure.item not in items:
            return [figure.item] if figure.item else []
        at = items.index(figure.item)
        if "subject.pair" in figure.item.rules and at:
            return items[at - 1 : at + 1]
        return [figure.item]

    def _tails(self, line: Line) -> None:
        """Words right after a figure that belong to it: 82人死亡, 308项公安服务事项."""
        following: list[Figure | None] = [*line.figures[1:], None]
        for figure, after in zip(line.figures, following, strict=True):
            gap = after.gap if after else line.rest
            if figure.shape is not Shape.NUMBER or figure.role is Role.CHANGE or figure.unit in {"%", "‰", ""}:
                continue
            if after and gap.joint == "~" and after.role is not Role.LEVEL:
                continue
            tail = gap.tail.replace(" ", "").replace("\n", "")
            if after and gap.joint == "~":
                tail, after.head = self._share(tail)
            if not _TAIL_STOP.match(tail) and REMARK not in tail:
                figure.tail = tail

    @staticmethod
    def _share(words: str) -> tuple[str, str]:
        """Words between two figures without a mark, cut where the second one's verb begins."""
        for at in range(len(words)):
            if subjects.frame(words[at:]).verb:
                return words[:at], words[at:]
        return "", words

    def _clauses(self, gap: Gap) -> str:
        """Notes what the clauses before a figure tell; gives the words of the last that may be a subject."""
        state = self.state
        if gap.joint == ";":
            state.close_group()
        lead = ""
        for clause in gap.clauses:
            if found := basis_clause(clause):
                state.bases = found
                continue
            if REMARK in clause and state.items:
                state.items[-1].remarks.append(clause.strip(REMARK))
            rest, _ = take(clause, state)
            rest = rest.split(REMARK)[0]
            lead = subjects.clean(rest) or lead
        return lead

    def _row(self, row: Row, anchors: list[Item] | None) -> None:
        lead = self._clauses(row.first.gap)
        row.first.head, part = take(row.first.head, self.state)
        if self.state.plan:
            self.ignored.extend(Ignored(figure.start, figure.end, "plan") for figure in row.figures)
            return
        if row.role is Role.CHANGE:
            self._run(row, lead)
        elif row.role is Role.SHARE:
            self._shares(row)
        elif row.role is Role.BASE:
            self._bases(row)
        elif row.role is Role.FROM:
            self._from(row, lead)
        elif row.role is Role.TO:
            self._to(row)
        else:
            self._levels(row, lead, anchors, part=part)

    def _levels(self, row: Row, lead: str, anchors: list[Item] | None, *, part: bool) -> None:
        first = row.first
        if first.shape is Shape.BLANK:
            self._lost(row)
            return
        words = subjects.clean(first.head)
        if len(row.figures) > 1 and (found := subjects.names(words, len(row.figures))):
            frames = [self._frame(name, figure, listed=False) for name, figure in zip(found, row.figures, strict=True)]
        else:
            frames = [
                self._level_frame(figure, words if figure is first else "", lead, anchors) for figure in row.figures
            ]
        for figure, (frame, rule) in zip(row.figures, frames, strict=True):
            self._add(figure, frame, self.state.period, [f"level.{'part' if part else 'plain'}", rule])

    def _level_frame(self, figure: Figure, words: str, lead: str, anchors: list[Item] | None) -> tuple[Frame, str]:
        state = self.state
        tail = subjects.clean(figure.tail)
        if (
            not words
            and not tail
            and not figure.gap.clauses
            and figure.gap.joint == ""
            and state.before
            and state.items
        ):
            return state.before, "subject.pair"
        own = subjects.frame(words)
        if tail and (not words or not own.object):
            words = words + tail
        if not words and lead and not state.whole:
            words = lead
        if not words and anchors and anchors[-1].figure:
            return anchors[-1].frame, "subject.bracket"
        return self._frame(words, figure, listed=figure.gap.joint == "、")

    def _frame(self, words: str, figure: Figure, *, listed: bool) -> tuple[Frame, str]:
        state = self.state
        own = subjects.frame(words)
        return subjects.restored(
            own, figure.unit, part_of=state.whole, before=state.before, topic=state.topic, listed=listed
        )

    def _add(self, figure: Figure, frame: Frame, period: Period | None, rules: list[str], subject: str = "") -> Item:
        state = self.state
        item = Item(
            figure.start, figure.end, frame, subject or frame.words, state.scope, period, figure, state.group, state.depth,
            rules=[*rules, *figure.rules, *state.rules],
        )  # fmt: skip
        figure.item = item
        state.items.append(item)
        self._done.append(item)
        if figure.role is not Role.SHARE:
            state.before = frame
        return item

    def _lost(self, row: Row) -> None:
        self.unread.extend(Unread(figure.start, figure.end, "digits_lost") for figure in row.figures)

    def _shares(self, row: Row) -> None:
        state = self.state
        head = row.first.head
        own, _, whole = head.partition("占")
        named = subjects.clean(own.removesuffix("分别"))
        count = len(row.figures)
        whole = re.sub(r"[的比为例重达约]+$", "", whole)
        suffix = f"占{whole}比例" if whole else "占比"
        levels = [item for item in state.items if item.figure is not None and item.figure.role is not Role.SHARE]
        if named and (found := subjects.names(named, count)):
            bases = [self._frame(name, row.first, listed=False)[0] for name in found]
        elif len(levels) >= count:
            bases = [item.frame for item in levels[-count:]]
        else:
            bases = [state.before or state.topic or Frame("", named)] * count
        for figure, frame in zip(row.figures, bases, strict=True):
            self._add(figure, frame, state.period, ["level.share"], subject=frame.words + suffix)

    def _bases(self, row: Row) -> None:
        state = self.state
        for figure in row.figures:
            comparison = settled(next(iter(row.first.comparisons), None), state.period)
            period = base_period(comparison, state.period)
            words = subjects.clean(row.first.head)
            frame = self._same_unit(figure) if not words else subjects.frame(words)
            self._add(figure, frame, period, ["level.base"])

    def _same_unit(self, figure: Figure) -> Frame:
        for item in reversed(self.state.items):
            if item.figure and attach.same_unit(item.figure.unit, figure.unit):
                return item.frame
        return self.state.before or Frame("", "")

    def _from(self, row: Row, lead: str) -> None:
        state = self.state
        count = len(row.figures)
        words, _, when = row.first.gap.head.replace(" ", "").rpartition("从" if "从" in row.first.gap.head else "由")
        words, _ = take(words, state)
        words = subjects.clean(words) or lead
        period = self._other_period(when)
        found = subjects.names(words.removesuffix("分别"), count) or [words] * count
        for name, figure in zip(found, row.figures, strict=True):
            frame, rule = self._frame(name, figure, listed=False)
            self._add(figure, frame, period, ["level.from", rule])

    def _other_period(self, words: str) -> Period | None:
        from scrapers.reading.periods import find_times

        mentions = find_times(words.strip("的"), self.state.clock, self.state.period)
        if mentions:
            return mentions[-1].period
        if words.startswith(("上年", "去年")) and self.state.period:
            return self.state.period.shifted(-12)
        return None

    def _to(self, row: Row) -> None:
        state = self.state
        ends = [item for item in state.items if item.figure and item.figure.role is Role.FROM]
        frames = [item.frame for item in ends[-len(row.figures) :]]
        frames += [state.before or Frame("", "")] * (len(row.figures) - len(frames))
        for figure, frame in zip(row.figures, frames, strict=True):
            self._add(figure, frame, state.period, ["level.to"])

    def _run(self, row: Row, lead: str) -> None:
        first, figures = row.first, row.figures
        comparisons = first.comparisons or self.state.bases
        named = subjects.clean(first.head) or lead
        items = self._owners(named, figures, comparisons)
        if items is None:
            self.unread.extend(Unread(figure.start, figure.end, "owner_unclear") for figure in figures)
            return
        for at, (figure, item) in enumerate(zip(figures, items, strict=True)):
            if figure.shape is Shape.BLANK:
                self.unread.append(Unread(figure.start, figure.end, "digits_lost"))
                continue
            chosen = comparisons[at % len(comparisons)] if comparisons else None
            self._change(figure, item, chosen)

    def _owners(self, named: str, figures: list[Figure], comparisons: list[Comparison]) -> list[Item] | None:
        state = self.state
        count = len(figures)
        if not named:
            if len(comparisons) > 1 and count == len(comparisons) and state.items:
                return [state.items[-1]] * count
            return attach.open_items(figures, state.items, state.group)
        if len(comparisons) > 1 and count % len(comparisons) == 0:
            found = subjects.names(named, count // len(comparisons))
            found = found and [name for name in found for _ in comparisons]
        else:
            found = subjects.names(named, count)
        if not found:
            return None
        items: list[Item] = []
        for name, figure in zip(found, figures, strict=True):
            owner = attach.by_measure(name, state.items)
            if owner is None:
                owner = next((item for item in items if item.subject == name), None)
            items.append(owner or self._named(name, figure))
        return items

    def _named(self, name: str, figure: Figure) -> Item:
        """A subject of which only a change is told."""
        state = self.state
        frame, rule = self._frame(name, figure, listed=False)
        item = Item(
            figure.start, figure.end, frame, frame.words, state.scope, state.period, None, state.group, state.depth,
            rules=["change.only", rule, *state.rules],
        )  # fmt: skip
        state.items.append(item)
        state.before = frame
        if figure.shape is not Shape.BLANK:
            self._done.append(item)
        return item

    def _change(self, figure: Figure, item: Item, comparison: Comparison | None) -> None:
        chosen = settled(comparison or _same_breath(figure, item), item.period)
        direction = figure.direction
        if figure.form is Form.RATIO_TO_BASE:
            direction = Direction.UP if figure.value is not None and figure.value >= 1 else Direction.DOWN
        if direction is None or figure.form is None:
            return
        form = figure.form
        item.changes.append(
            Change(
                figure.start, figure.end, direction, None if form is Form.FLAT else figure.value, form, chosen.basis,
                chosen.base_period, figure.unit if form is Form.ABSOLUTE else "", figure.precision, figure.qualifier, tuple(figure.rules),
            )
        )  # fmt: skip

    def _remark(self, gap: Gap) -> None:
        for clause in (gap.tail, *gap.clauses, gap.head):
            if REMARK in clause and self.state.items:
                self.state.items[-1].remarks.append(clause.replace(REMARK, ""))


def _same_breath(figure: Figure, item: Item) -> Comparison | None:
    """增幅8% goes by the basis of the change told just before it."""
    if item.changes and figure.gap.head[:2] in {"增幅", "降幅", "升幅", "减幅"}:
        return Comparison(item.changes[-1].basis, item.changes[-1].base_period)
    return None


def base_period(comparison: Comparison, period: Period | None) -> Period | None:
    """The period of a base that is printed as a level: 比去年90万件, 较2019年的3.4万件."""
    if comparison.basis is Basis.YOY:
        return period.shifted(-12) if period else None
    named = comparison.base_period or ""
    return Period.year(int(named)) if named.isdigit() and len(named) == 4 else None
