"""Where items are made: one place that knows how a figure becomes an observation in the making."""

from __future__ import annotations

from dataclasses import dataclass, field

from scrapers.period import Period
from scrapers.reading import subjects
from scrapers.reading.bases import settled
from scrapers.reading.model import Change, Direction, Form, Ignored, Unread
from scrapers.reading.state import State
from scrapers.reading.structure import Comparison, Figure, Frame, Item, Role, Shape


@dataclass(slots=True)
class Builder:
    """The state in force and what came of the text so far."""

    state: State
    done: list[Item] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)

    def frame(self, words: str, unit: str, *, listed: bool = False) -> tuple[Frame, str]:
        """The frame of some words, what they leave out restored from the state."""
        state = self.state
        own = subjects.frame(words, unit)
        whole = state.whole
        if whole is None and state.last_whole and own.words and not own.verb and not subjects.head_noun(own.object):
            whole = state.last_whole
        return subjects.restored(
            own,
            unit,
            whole=whole,
            before=state.before or state.thread,
            theme=state.theme,
            topic=state.topic or state.thread,
            listed=listed,
        )

    def add(self, figure: Figure, frame: Frame, period: Period | None, rules: list[str], subject: str = "") -> Item:
        """A level (or share) with its frame; it becomes what later clauses look back to."""
        item = self._item(figure, frame, period, [*rules, *figure.rules], subject or frame.words)
        item.figure = figure
        figure.item = item
        self.done.append(item)
        return item

    def named(self, name: str, figure: Figure) -> Item:
        """A subject of which only a change is told."""
        frame, rule = self.frame(name, "")
        item = self._item(figure, frame, self.state.period, ["change.only", rule], frame.words)
        if figure.shape is not Shape.BLANK:
            self.done.append(item)
        return item

    def _item(self, figure: Figure, frame: Frame, period: Period | None, rules: list[str], subject: str) -> Item:
        state = self.state
        state.settle()
        item = Item(
            start=figure.start,
            end=figure.end,
            frame=frame,
            subject=subject,
            scope=state.scope,
            period=period,
            figure=None,
            group=state.group,
            depth=state.depth,
            rules=[*rules, *state.rules],
        )
        state.items.append(item)
        if figure.role is not Role.SHARE:
            state.before = frame
            if subjects.is_event(frame):
                state.theme = frame
        return item

    def change(self, figure: Figure, item: Item, comparison: Comparison | None) -> None:
        """One change hung on its item, its basis settled for the item's period."""
        chosen = settled(comparison, item.period)
        direction, form = figure.direction, figure.form
        if form is Form.RATIO_TO_BASE:
            direction = Direction.UP if figure.value is not None and figure.value >= 1 else Direction.DOWN
        if direction is None or form is None:
            return
        item.changes.append(
            Change(
                start=figure.start,
                end=figure.end,
                direction=direction,
                value=None if form is Form.FLAT else figure.value,
                form=form,
                basis=chosen.basis,
                base_period=chosen.base_period,
                unit=figure.unit if form is Form.ABSOLUTE else "",
                precision=figure.precision,
                qualifier=figure.qualifier,
                rules=tuple(figure.rules),
            )
        )

    def lose(self, figures: list[Figure], reason: str) -> None:
        """Figures that were seen and cannot be placed."""
        self.unread.extend(Unread(figure.start, figure.end, reason) for figure in figures)

    def ignore(self, figures: list[Figure], kind: str) -> None:
        """Figures that are no metric."""
        self.ignored.extend(Ignored(figure.start, figure.end, kind) for figure in figures)
