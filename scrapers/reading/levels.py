"""Rows that are levels: plain ones, lists, pairs, parts, shares, bases, and both ends of a from–to."""

from __future__ import annotations

import re

from scrapers.period import Period
from scrapers.reading import rosters, subjects
from scrapers.reading.bases import named_base, settled
from scrapers.reading.builder import Builder
from scrapers.reading.lexicon import same_unit
from scrapers.reading.model import Basis
from scrapers.reading.periods import find_times
from scrapers.reading.rows import Row
from scrapers.reading.state import State
from scrapers.reading.structure import FROM, LEVEL, SHARE, Comparison, Figure, Frame, Item, Shape

_ALL = Shape.ALL
_RATE_UNITS = {"%", "‰"}
_RATE_NOUN = re.compile(r"(?:率|度|比|感|指数|得分|比例|比重|完成|达标)$")
_WHOLE = re.compile(r"(?:的|比|为|例|重|达|约|到|至|仅|高|(?:上升|下降|提高|降低)(?=至|到))+$")
_TOGETHER = re.compile(r"(?:合计|共计|总计|一共)$")
_SHORT_MEASURE = 4  # 收案, 案件数: what is counted of each name of the clause before
_MEASURE_ALONE = re.compile(r"^(?:总量|总数|总计|累计|数量|件数|人数|规模)$")
_ENDED = re.compile(r"实现|全部|均(?!值)|全覆盖|投身|参与|活跃|深入|走进|奔赴")
_PROPORTION_TAIL = re.compile(r"^(?:以上)?的?(?P<words>(?:[^,;。]{2,30}))$")


def plain(builder: Builder, row: Row, lead: str, anchors: list[Item] | None) -> None:
    """A level or a list of levels: 受理案件40万件; A、B分别为3件、5件."""
    first = row.first
    words = subjects.clean(first.head)
    count = len(row.figures)
    if count > 1 and (placed := rosters.places(words or lead, count, builder.state)):
        for name, figure in zip(placed.names, row.figures, strict=True):
            with builder.elsewhere(name):
                frame, rule = builder.frame(placed.rest, figure.unit)
                builder.add(figure, frame, builder.state.period, ["level", rule, "scope.places"])
        return
    listed = _listed(builder.state, words, lead, row) if count > 1 else None
    items = builder.state.items
    if count > 1 and not listed and (not words or _MEASURE_ALONE.match(words)) and len(items) >= count:
        # …,总量分别为13万件和12万件: the measure of each item told last.
        listed = [item.subject for item in items[-count:]]
    periods, is_unclear = ([builder.state.period] * count, False) if listed else _periods(builder.state, row)
    for at, figure in enumerate(row.figures):
        if listed:
            frame, rule = builder.frame(listed[at], figure.unit)
        else:
            frame, rule = _frame(builder, figure, words if figure is first else "", lead, anchors)
        item = builder.add(figure, frame, periods[at], ["level", rule])
        if is_unclear:
            item.doubtful = True
            item.rules.append("period.unclear")
    if count > 1:
        builder.state.row = builder.state.items[-count:]


def _periods(state: State, row: Row) -> tuple[list[Period | None], bool]:
    """2022年、2023年、2024年分别受理27万件、28万件、30万件: each of its own year, where there is one for each.

    And whether years are told that do not count out with the figures: no one can say which is of which.
    """
    count = len(row.figures)
    if count == 1 or not state.years or len({figure.unit for figure in row.figures}) > 1:
        return [state.period] * count, False
    told = len({*state.years})
    if told == len(state.years) == count:
        return [*state.years], False
    unclear = "分别" in row.first.gap.head and told > 1
    return [None if unclear else state.period] * count, unclear


def _listed(state: State, words: str, lead: str, row: Row) -> list[str] | None:
    """The subjects of a list of levels, one for each, None where they are not told so."""
    count = len(row.figures)
    if lead and len(words) <= _SHORT_MEASURE and (found := rosters.ranked(lead, count)):
        return [name + words for name in found]
    if found := rosters.names(words or lead, count):
        return found
    own, last = subjects.frame(words), state.items[-count:]
    if (
        own.verb
        and not own.object
        and len(last) == count
        and all(_is_whole(item, row.first.unit) for item in last)
        and len({item.group for item in last}) == 1
    ):
        # 受理刑事案件3万件、民事案件2万件,审结2.9万件、1.9万件: in the same order.
        return [own.verb + item.frame.object for item in last]
    return None


def _is_whole(item: Item, unit: str) -> bool:
    """Whether an item is a level of the present, counted in `unit`, with an object to lend."""
    figure = item.figure
    return figure is not None and figure.role is LEVEL and figure.unit == unit and bool(item.frame.object)


def _frame(builder: Builder, figure: Figure, words: str, lead: str, anchors: list[Item] | None) -> tuple[Frame, str]:
    state, gap = builder.state, figure.gap
    if figure.shape is _ALL:
        return builder.frame(words + "破案率", figure.unit)
    tail = subjects.clean(figure.tail)
    if not words and not tail and not gap.clauses and gap.joint == "" and state.before and state.items:
        return Frame(state.before.verb, state.before.object, figure.unit), "subject.pair"
    if figure.unit in _RATE_UNITS:
        words = _proportion(words, figure.tail, subjects.domain(state.theme))
    elif tail:
        words = _with_tail(words, tail, listing=gap.head.rstrip().endswith("、"))
    if not words and lead and not state.whole:
        words = lead
    if not words and anchors and anchors[-1].figure:
        return _of_bracket(anchors[-1].frame, figure), "subject.bracket"
    return builder.frame(words, figure.unit, gap.joint)


def _of_bracket(anchor: Frame, figure: Figure) -> Frame:
    """民事案件6万件(60.1%): a percentage alone in a bracket behind a count is its share."""
    share = figure.unit in _RATE_UNITS and anchor.unit and anchor.unit not in _RATE_UNITS
    return Frame(anchor.verb, anchor.object + "占比", figure.unit) if share else anchor


def _with_tail(words: str, tail: str, *, listing: bool) -> str:
    """Words after the figure belong to it where those before leave room: 打掉133个黑恶团伙, 82人死亡."""
    own = subjects.frame(words)
    if listing:
        return own.verb + tail
    if not own.object or not (own.verb or subjects.head_noun(words)):
        return words + _ENDED.split(tail)[0]
    return words


def _proportion(words: str, tail: str, about: str) -> str:
    """六成以上的一审民商事案件以调解方式结案: what a share without a name is a share of."""
    found = None if _RATE_NOUN.search(words) else _PROPORTION_TAIL.match(tail)
    if not found:
        return words
    told = subjects.clean(found["words"])
    return (words or ("" if subjects.head_noun(told) or "案" in told else about)) + told


def shares(builder: Builder, row: Row, lead: str) -> None:
    """占84.7%; A、B分别占…: the share of what was just told, or of what is named."""
    state = builder.state
    own, _, rest = row.first.head.partition("占")
    named = subjects.clean(own)
    count = len(row.figures)
    whole = "" if rest.startswith(("比", "有率")) else _WHOLE.sub("", rest)
    suffix = f"占{whole}比例" if whole else "占比"
    told = [item for item in state.items if not (item.figure and item.figure.role is SHARE)]
    listed = rosters.names(named, count) if named else rosters.ranked(lead, count) if lead and count > 1 else None
    if listed:
        frames = [builder.frame(name, "")[0] for name in listed]
    elif count == 1 and len(told) > 1 and _TOGETHER.search(own):
        frames = [_together(told)]
    elif len(told) >= count:
        frames = [item.frame for item in told[-count:]]
    else:
        frames = [state.before or Frame("", lead) if lead else state.thread or Frame("", "")] * count
    for figure, frame in zip(row.figures, frames, strict=True):
        builder.add(figure, frame, state.period, ["level.share"], subject=frame.words + suffix)


def _together(items: list[Item]) -> Frame:
    """A、B合计 of the list, or of the parts, that were told last; a single one is left as it is."""
    first = len(items) - 1
    while first and _goes_on(items[first], items[first - 1]):
        first -= 1
    names = dict.fromkeys(item.frame.words for item in items[first:])
    return Frame("", "、".join(names) + "合计") if len(names) > 1 else items[-1].frame


def _goes_on(item: Item, before: Item) -> bool:
    """Whether an item stands in one list with that before it: 、 parts them, or both are parts of one whole."""
    listed = item.figure is not None and item.figure.gap.joint == "、"
    return listed or ("subject.part" in item.rules and "subject.part" in before.rules)


def bases(builder: Builder, row: Row, lead: str) -> None:
    """比去年90万件, 去年同期197件375人: the level of an earlier period, of the subject told before."""
    state = builder.state
    count = len(row.figures)
    named: list[Comparison | None] = [each for figure in row.figures for each in figure.comparisons]
    told_each = len(named) == count > 1
    comparisons = [settled(each, None) for each in (named if told_each else named[:1] or [None])]
    words = subjects.clean(row.first.head)
    told = [] if words or told_each else _told_alike(builder, row)
    for at, figure in enumerate(row.figures):
        if told:
            frame = told[at]
        else:
            frame = builder.frame(words, figure.unit)[0] if words else _counted_alike(builder, figure, lead)
        comparison = comparisons[at if told_each else 0]
        builder.add(figure, frame, base_period(comparison, state.period), ["level.base"])
    state.level_bases = comparisons


def _told_alike(builder: Builder, row: Row) -> list[Frame]:
    """A 92件、B 261件,较去年同期的78件和305件: the bases of as many levels, in their order."""
    count = len(row.figures)
    levels = [item for item in builder.state.items if item.figure and item.figure.role is LEVEL]
    last = levels[-count:]
    if count < 2 or len(last) < count or len({item.figure.unit for item in last if item.figure}) > 1:
        return []
    if any(not same_unit(item.frame.unit, figure.unit) for item, figure in zip(last, row.figures, strict=True)):
        return []
    return [item.frame for item in last]


def _counted_alike(builder: Builder, figure: Figure, lead: str) -> Frame:
    for item in reversed(builder.state.items):
        if item.figure and same_unit(item.figure.unit, figure.unit):
            return item.frame
    if lead:
        return builder.frame(lead, figure.unit)[0]
    return builder.state.before or builder.state.thread or Frame("", "")


def base_period(comparison: Comparison, period: Period | None) -> Period | None:
    """The period of a base that is printed as a level: 比去年90万件, 较2019年的3.4万件."""
    if comparison.basis is Basis.YOY:
        return period.shifted(-12) if period else None
    if comparison.basis is Basis.CHAIN:
        return period.shifted(-period.length) if period else None
    return named_base(comparison, period)


def from_ends(builder: Builder, row: Row, words: str, when: str) -> None:
    """从41%…, 由2007年的84.6%…: the earlier end, in its own period."""
    state = builder.state
    count = len(row.figures)
    found = rosters.names(words, count) or [words] * count
    period = _earlier(builder, when)
    if not when:
        # 从23%上升到…: the time of the from-end told before in this sentence, if one was.
        ends = [item for item in state.items if item.figure and item.figure.role is FROM]
        period = ends[-1].period if ends else _year_before(state.period)
    for name, figure in zip(found, row.figures, strict=True):
        frame, rule = builder.frame(name, figure.unit)
        builder.add(figure, frame, period, ["level.from", rule])
    state.level_bases = [Comparison(Basis.NAMED_PERIOD, str(period))] if period else []


def _year_before(period: Period | None) -> Period | None:
    """In a report of several years a from-end without a time is of the year before them."""
    return Period.year(period.first_year - 1) if period and period.length > 12 and period.whole_years else None


def _earlier(builder: Builder, when: str) -> Period | None:
    state = builder.state
    if when.startswith(("上年", "去年")) and state.period:
        return state.period.shifted(-12)
    told = find_times(when, state.clock, state.period) if when else []
    return told[-1][1] if told else None


def to_ends(builder: Builder, row: Row, when: str) -> None:
    """…上升至64%: the later end, with the subjects of the earlier ones in their order."""
    state = builder.state
    ends = [item for item in state.items if item.figure and item.figure.role is FROM]
    frames = [item.frame for item in ends[-len(row.figures) :]]
    frames += [state.before or Frame("", "")] * (len(row.figures) - len(frames))
    period = (_earlier(builder, when) if when else None) or state.period
    if when and period:
        state.for_group(period)
    for figure, frame in zip(row.figures, frames, strict=True):
        builder.add(figure, frame, period, ["level.to"])
