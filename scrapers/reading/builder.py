"""Where items are made: one place that knows how a figure becomes an observation in the making."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from scrapers.period import Period
from scrapers.reading import branches, hotlines, kinds, lending, subjects
from scrapers.reading.bases import settled
from scrapers.reading.cities import at_head
from scrapers.reading.lexicon import CAUGHT, KINDS, SUSPECTS, counted_together
from scrapers.reading.model import Change, Direction, Form, Ignored, Unread
from scrapers.reading.scopes import of_place
from scrapers.reading.state import State
from scrapers.reading.structure import BLANK, LEVEL, SHARE, Comparison, Figure, Frame, Item
from scrapers.reading.suspects import suspicion

# Bodies named for the one kind of case they handle: 法律援助机构办理案件15.8万件.
_WORKS = ("法律援助", "公证", "仲裁", "人民调解", "行政复议")
# After a semicolon longer words are no part of the whole before it: 12348热线接听咨询.
_LONGEST_PART = 7
_UP, _DOWN = Direction.UP, Direction.DOWN
_RATIO, _UNCHANGED, _ABSOLUTE = Form.RATIO_TO_BASE, Form.FLAT, Form.ABSOLUTE
_NOMINAL_WORK = {"办案", "受案", "收案", "结案"}


@dataclass(slots=True)
class Builder:
    """The state in force and what came of the text so far."""

    state: State
    done: list[Item] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)

    def frame(self, words: str, unit: str, joint: str = ",") -> tuple[Frame, str]:
        """The frame of some words, what they leave out restored from the state."""
        state = self.state
        own = subjects.frame(words, unit)
        if hotlines.is_answered(words) or (state.on_hotline and hotlines.may_be_of(words)):
            return Frame("", state.hotline + words, unit), "subject.hotline"
        if own.verb or words in _NOMINAL_WORK:
            own = self._known(own)
        if own.verb in CAUGHT and own.object in SUSPECTS and state.theme:
            own = Frame(own.verb, lending.kind_of_suspects(state.theme) + own.object, unit)
        whole = state.whole_of(unit) if state.whole else None
        # After a comma only what is counted alike is still a part; 其中… itself and a list may change the unit.
        if whole is not None and joint == "," and not state.fresh_part and not counted_together(unit, whole.unit):
            whole = None
        if whole is None and joint == ";" and state.last_whole is not None and own.words:
            kind = own.words.removesuffix("案件") in KINDS or bool(subjects.instance(own))
            named = own.verb or subjects.head_noun(own.object) or len(own.words) > _LONGEST_PART
            whole = state.last_whole if kind or not named else None
        thread = state.thread
        # The sentence before lends to measures of its cases; to rates, and after something was told here, it does not.
        told = state.items or unit in {"%", "‰"}
        if thread and (not subjects.is_event(thread) or (told and not subjects.is_measure(own.words))):
            thread = None
        theme = state.theme or state.topic
        if thread and not theme and not subjects.standing(own):
            theme = thread
        before = state.before or thread
        if state.mixed and unit in {"%", "‰"} and lending.is_short_rate(own.words):
            before = theme = None
        around = lending.Around(whole, before, theme, joint == "、", state.depth > 0, state.label, state.before is None)
        frame, rule = lending.restored(own, unit, around)
        lends = state.kind if state.topic_lends or not state.kind else state.section_kind
        if lends and (themed := kinds.lent(lends, frame)) is not frame:
            return themed, "subject.theme"
        if state.branch and (of_branch := branches.lent(state.branch, frame)) is not frame:
            return of_branch, "subject.branch"
        return frame, rule

    def _known(self, own: Frame) -> Frame:
        """Bare 案件 after a verb: of the kind this verb had in the paragraph, else of what the body does."""
        state = self.state
        bare = not own.object and state.before is None
        if own.words in _NOMINAL_WORK:
            about = self._work()
            return Frame("", about + own.words, own.unit) if about else own
        if not own.verb or not (bare or own.object in {"案件", "业务"}):
            return own
        if own.object == "案件" and state.announced and len(subjects.domain(state.announced)) > 2:
            return Frame(own.verb, subjects.domain(state.announced) + own.object, own.unit)
        if own.object == "案件" and own.verb in state.verbs:
            return Frame(own.verb, state.verbs[own.verb].object, own.unit)
        about = self._work()
        return Frame(own.verb, about + (own.object or "案件"), own.unit) if about else own

    def _work(self) -> str:
        """The one kind of case that the body in force is named for, if it is."""
        named = self.state.scope.words
        return next((word for word in _WORKS if word + "机" in named), "") if "机" in named else ""

    def add(self, figure: Figure, frame: Frame, period: Period | None, rules: list[str], subject: str = "") -> Item:
        """A level (or share) with its frame; it becomes what later clauses look back to."""
        item = self._item(figure, frame, period, [*rules, *figure.rules], subject or frame.words)
        item.figure = figure
        if figure.role is LEVEL or figure.role is SHARE:
            self.state.level_bases = []
        self.done.append(item)
        return item

    def named(self, name: str, figure: Figure) -> Item:
        """A subject of which only a change is told."""
        frame, rule = self.frame(name, "", figure.gap.joint)
        item = self._item(figure, frame, self.state.period, ["change.only", rule], frame.words)
        if figure.shape is not BLANK:
            self.done.append(item)
        return item

    def of_place(self, name: str, figure: Figure, words: str = "") -> Item:
        """The subject `words`, else the one told last, of another place: 洛阳下降2.2%."""
        before = self.state.before or self.state.thread
        frame = self.frame(words, "")[0] if words else self._everywhere(before) or Frame("", name)
        with self.elsewhere(name):
            item = self._item(figure, frame, self.state.period, ["change.only", "scope.places"], frame.words)
        self.done.append(item)
        return item

    def _everywhere(self, frame: Frame | None) -> Frame | None:
        """新收案件 of 福州、泉州两地新收案件: what was told of some places, to be told of another."""
        named = None
        if frame and not frame.verb:
            named = at_head(frame.words, self.state.main.region, self.state.gazetteer)
        return subjects.frame(subjects.clean(named.rest)) if named else frame

    @contextmanager
    def elsewhere(self, name: str) -> Iterator[None]:
        """What is added meanwhile is of the place `name`, not of the scope in force, which is back afterwards."""
        kept = self.state.scope
        self.state.scope = of_place(name, kept)
        yield
        self.state.scope = kept

    def _item(self, figure: Figure, frame: Frame, period: Period | None, rules: list[str], subject: str) -> Item:
        state = self.state
        state.settle()
        told = [*rules, *state.rules, state.scope_rule]
        item = Item(
            figure.start,
            figure.end,
            frame,
            subject,
            state.scope,
            period,
            None,
            state.group,
            state.depth,
            rules=told,
            kind=state.kind,
        )
        state.items.append(item)
        state.set_hotline(subject, told=True)
        state.fresh_part = False
        # 年均增长5%: an average is an aside, and what follows is of the subject it averages.
        if figure.role is not SHARE and "subject.average" not in rules:
            # 刑事立案38万起、治安案件30万起,破案率…: of neither kind alone.
            state.mixed = figure.role is LEVEL and figure.gap.joint == "、" and _unlike(state.before, frame)
            state.before = frame
            # The people of a pair are of the same cases.
            if subjects.is_event(frame) and state.whole is None and "subject.pair" not in rules:
                state.theme = frame
                if frame.verb and subjects.domain(frame):
                    state.verbs.setdefault(frame.verb, frame)
        return item

    def change(self, figure: Figure, item: Item, comparison: Comparison | None) -> None:
        """One change hung on its item, its basis settled for the item's period."""
        chosen = settled(comparison, item.period)
        direction, form = figure.direction, figure.form
        self.state.last_owner = (item, len(self.state.items))
        if form is _RATIO:
            direction = _UP if figure.value is not None and figure.value >= 1 else _DOWN
        if direction is None or form is None:
            return
        value = None if form is _UNCHANGED else figure.value
        if value is not None and value < 0:
            # 同比增长-28%.
            direction, value = _DOWN, -value
        level = item.figure
        flag = suspicion(level.unit, level.value, form, direction, value) if level else None
        item.changes.append(
            Change(
                figure.start,
                figure.end,
                direction,
                value,
                form,
                chosen.basis,
                chosen.base_period,
                figure.unit if form is _ABSOLUTE else "",
                figure.precision,
                figure.qualifier,
                (*figure.rules, flag) if flag else tuple(figure.rules),
            )
        )

    def lose(self, figures: list[Figure], reason: str) -> None:
        """Figures that were seen and cannot be placed."""
        self.unread.extend(Unread(figure.start, figure.end, reason) for figure in figures)

    def ignore(self, figures: list[Figure], kind: str) -> None:
        """Figures that are no metric."""
        self.ignored.extend(Ignored(figure.start, figure.end, kind) for figure in figures)


def _unlike(one: Frame | None, other: Frame) -> bool:
    """Whether two subjects are of two kinds of case: 刑事立案, 治安案件."""
    return one is not None and one.verb == other.verb and subjects.domain(one) != subjects.domain(other)
