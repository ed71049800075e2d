"""Rows that are changes: who owns them, and against what they are measured."""

from __future__ import annotations

import re

from scrapers.reading import attach, rosters, subjects
from scrapers.reading.bases import YEAR_BEFORE
from scrapers.reading.builder import Builder
from scrapers.reading.model import Direction, Form
from scrapers.reading.rows import Row
from scrapers.reading.state import State
from scrapers.reading.structure import BASE, BLANK, FROM, SHARE, Comparison, Figure, Item

_SUM = re.compile(r"^(?:以上|上述|这)?(?:[两二三四五]|\d)(?:者|项|类|罪|个)(?:合计|共计?|总和)?$")
# 洛阳、新乡、南阳分别下降…, after 郑州市公安局立刑事案件: bare names of places.
_PLACE = re.compile(r"^(?!.*(?:盗|骗|抢|警|案|访))[\u4e00-\u9fff]{2,3}$")
_LOCAL = re.compile(r"^(?!全)[\u4e00-\u9fff]{2,3}(?:市|县|区|州)?(?:公安|检察|法院|人民|中级|司法)")
_MEASURE_ALONE = 4  # 占比, 增速, 损失数: a measure without a subject is no longer
_EACH = re.compile(
    r"^(?:以上|上述|这)?(?:[两二三四五六七八]|\d)(?:项|类|者)(?:指数|指标|数据|案件)?(?:均|都)?$"
)  # 四项指数分别…
_FOREMOST = re.compile(r"^前([两二三四五])(?:类|者|项|种|位)(?:案件|纠纷|罪名|犯罪)?$")
_NUMBERS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5}
_POINTS = Form.PERCENTAGE_POINTS
# 当年净增27家, after 比2010年: a change of the year itself.
_OWN_YEAR = re.compile("当年|年内|今年|本年|全年")
# 增长3%,较上年收窄2个百分点: what has narrowed is the rise.
_OF_RISE = re.compile("收窄|扩大|放缓|趋缓|回落")
_YEAR_BEFORE = re.compile("(?:去年|上年|上一年)(?:度|同期)?")
# 长沙市增幅最大,同比上升12%: of the subject told before.
_GREATEST = re.compile("[增降升减涨]幅[最较][大小高低]")
_GOES_BY = ("增幅", "降幅", "升幅", "减幅", "涨幅", "增速")


def attach_run(builder: Builder, row: Row, lead: str) -> None:
    """Hangs a run of changes on its owners, or says why it cannot."""
    first, figures = row.first, row.figures
    if first.on_top:
        _on_top(builder, first)
        return
    # 较2023年的9.1万起、2022年的9.8万起分别下降…: a change for each base told as a level.
    told = builder.state.level_bases
    comparisons = first.comparisons or (told if len(told) == len(figures) > 1 else builder.state.bases)
    named = subjects.clean(first.head)
    if _YEAR_BEFORE.fullmatch(named):
        _of_year_before(builder, figures)
        return
    last = builder.state.items[-1] if builder.state.items else None
    if last and last.scope != builder.state.scope and _GREATEST.fullmatch(named or lead):
        named, lead, first.moved = "", "", True
    if named in _GOES_BY and first.form is _POINTS and builder.state.items:
        named = builder.state.items[-1].subject + named
    owners = _owners(builder, named, lead, figures, comparisons)
    if owners is None:
        for figure in figures:
            builder.lose([figure], "digits_lost" if figure.shape is BLANK else "owner_unclear")
        return
    for at, (figure, item) in enumerate(zip(figures, owners, strict=True)):
        if figure.shape is BLANK:
            builder.lose([figure], "digits_lost")
            continue
        chosen = comparisons[at % len(comparisons)] if comparisons else _by_level(builder, figure, item, named)
        if chosen:
            builder.state.spoken.append((item, chosen))
        else:
            chosen = _carried(builder.state, figure, item)
        builder.change(figure, item, chosen)
    if comparisons:
        builder.state.level_bases = []


def _on_top(builder: Builder, figure: Figure) -> None:
    """在2017年同期下降4.1%的基础上…: a change of that earlier period, of the subject told before."""
    state = builder.state
    lender = state.items[-1].frame.words if state.items else state.thread.words if state.thread else ""
    item = builder.named(subjects.clean(figure.head) or lender, figure)
    year = re.match(r"\d{4}", figure.when)
    if item.period:
        item.period = item.period.shifted(12 * (int(year[0]) - item.period.last_year) if year else -12)
    item.rules.append("change.on_top")
    builder.change(figure, item, None)
    state.last_owner = None


def _of_year_before(builder: Builder, figures: list[Figure]) -> None:
    """同比下降12%(去年同期上升2.1%): changes of the year before, each of the last subjects told."""
    state = builder.state
    owners = [item for item in state.items if "change.on_top" not in item.rules][-len(figures) :]
    if len(owners) != len(figures):
        builder.lose(figures, "owner_unclear")
        return
    for owner, figure in zip(owners, figures, strict=True):
        item = builder.named(owner.frame.words, figure)
        item.period = owner.period.shifted(-12) if owner.period else None
        item.rules.append("change.on_top")
        builder.change(figure, item, None)
    state.last_owner = None


def _by_level(builder: Builder, figure: Figure, item: Item, named: str) -> Comparison | None:
    """Without a word of its own a change goes by the base printed as a level before it, 增幅 by the change before."""
    if named and "change.only" in item.rules:
        return None
    if bases := builder.state.level_bases:
        if len(bases) > 1:
            _leave_open(figure, item)
        return bases[-1]
    if item.changes and figure.gap.head.strip().startswith(_GOES_BY):
        return Comparison(item.changes[-1].basis, item.changes[-1].base_period)
    return None


def _carried(state: State, figure: Figure, item: Item) -> Comparison | None:
    """抢劫较2019年下降24.6%,盗窃下降41.2%: a basis told by name holds for the bare changes after it, for one period.

    Beyond a semicolon a level with its change stands by itself, year on year; a change alone is open there and doubted,
    as is any bare one after several bases.
    """
    own = [each for of, each in state.spoken if of is item]
    if own or not state.spoken or _OWN_YEAR.search(figure.gap.head):
        return own[-1] if own else None
    last, chosen = state.spoken[-1]
    alone = len({each for of, each in state.spoken if of is last}) == 1
    if last.period != item.period or (alone and chosen == YEAR_BEFORE):
        return None
    beyond = last.group != item.group
    if beyond and item.figure is not None:
        return None
    if beyond or not alone or len({each for _, each in state.spoken}) > 1:
        _leave_open(figure, item)
        return None
    figure.rules.append("basis.carried")
    return chosen


def _leave_open(figure: Figure, item: Item) -> None:
    """What a change is measured against cannot be told for certain: its figure is doubted."""
    figure.rules.append("basis.open")
    item.doubtful = True


def _owners(
    builder: Builder, named: str, lead: str, figures: list[Figure], comparisons: list[Comparison]
) -> list[Item] | None:
    state = builder.state
    count = len(figures)
    many = len(comparisons) > 1 and count % len(comparisons) == 0
    subjects_told = count // len(comparisons) if many else count
    if count > 1 and (owners := _of_row(state, named or lead, count)):
        return owners
    if named and _SUM.match(named):
        named = _summed(state.items, named)
    if lead and (not named or (subjects.measured(named) and not subjects.measured(lead))):
        named = lead + named
    if not named:
        return _unnamed(builder, figures, subjects_told)
    found = rosters.names(named, subjects_told)
    if not found and lead and lead != named:
        found = rosters.names(f"{lead}、{named}", subjects_told)
    if not found and count > 1 and len(named) <= _MEASURE_ALONE and len(state.items) >= count:
        # A、B收案分别为…,占比分别上升…: one measure of each item told last.
        found = [item.subject + named for item in state.items[-count:]]
    if not found:
        return None
    if many:
        found = [name for name in found for _ in comparisons]
    told = state.items
    if not any(item.figure for item in told) and not state.announced:
        told = [*state.told, *told]
    if placed := _of_places(builder, named, found, figures):
        return placed
    items: list[Item] = []
    mine: dict[str, Item] = {}
    for name, figure in zip(found, figures, strict=True):
        owner = mine.get(name) or attach.by_measure(name, figure, told)
        owner = owner or builder.named(name, figure)
        mine[name] = owner
        items.append(owner)
    return items


def _of_row(state: State, words: str, count: int) -> list[Item] | None:
    """四项指数分别…: the last items; 前两类分别…: the first ones of the last list."""
    if len(state.items) >= count and _EACH.match(words):
        return state.items[-count:]
    first = _FOREMOST.match(words)
    return state.row[:count] if first and len(state.row) > count == _NUMBERS[first[1]] else None


def _of_places(builder: Builder, named: str, found: list[str], figures: list[Figure]) -> list[Item]:
    """洛阳、南阳分别下降…; 泉州增幅最大,同比上升…: places; the subject is theirs or the one told last."""
    state = builder.state
    placed = rosters.places(named, len(found), state)
    if placed and (len(found) > 1 or not placed.rest):
        return [builder.of_place(name, figure, placed.rest) for name, figure in zip(placed.names, figures, strict=True)]
    if state.items and all(_PLACE.match(name) for name in found) and state.home and _LOCAL.match(state.scope.words):
        return [builder.of_place(f"{name}市", figure) for name, figure in zip(found, figures, strict=True)]
    return []


def _unnamed(builder: Builder, figures: list[Figure], subjects_told: int) -> list[Item] | None:
    """A run without words of its own belongs to the last items of the group, else of the sentence before."""
    state = builder.state
    count = len(figures)
    points = figures[0].form is _POINTS
    if points and count == 1 and state.last_owner and (rise := _rise_of(state.last_owner[0], figures[0])):
        return [builder.named(rise, figures[0])]
    elsewhere = {BASE, FROM} if points else {BASE, FROM, SHARE}
    items = [
        item
        for item in state.items
        if not (item.figure and item.figure.role in elsewhere) and "level.gap" not in item.rules
    ]
    if not items:
        if state.items and state.items[-1].figure and state.items[-1].figure.role is BASE:
            return [builder.named(state.items[-1].frame.words, figures[0])] * count
        items = state.earlier
    if figures[0].moved and items:
        last = items[-1].frame.words
        told = last if "subject.average" not in items[-1].rules else subjects.without_average(last)
        return [builder.named(told, figures[0])] * count
    if state.items and "change.on_top" in state.items[-1].rules:
        return [builder.named(state.items[-1].frame.words, figures[0])] * count
    if count == 1 and state.last_owner and state.last_owner[1] == len(state.items) and not state.depth:
        owner = state.last_owner[0]
        if "subject.average" not in owner.rules:
            return [owner]
        # 年均增长6%,较上个五年增长56%: an average is an aside; the subject is what it averages.
        items = [item for item in items if "subject.average" not in item.rules]
        if not items:
            return [builder.named(subjects.without_average(owner.subject), figures[0])]
    owners = attach.open_items(figures[:subjects_told], items, state.group)
    if owners is None or subjects_told == count:
        return owners
    return [owner for owner in owners for _ in range(count // subjects_told)]


def _rise_of(owner: Item, figure: Figure) -> str:
    """受理案件增幅, where points are told of the percentage that a count has changed by; else nothing."""
    if not owner.changes or owner.changes[-1].form is not Form.PERCENT or not _OF_RISE.search(figure.gap.head):
        return ""
    if owner.figure is not None and owner.figure.unit in {"%", "‰"}:
        return ""
    return owner.subject + ("增幅" if owner.changes[-1].direction is Direction.UP else "降幅")


def _summed(items: list[Item], words: str) -> str:
    """两者合计: the names of the items it sums."""
    number = next((value for sign, value in _NUMBERS.items() if sign in words), 2)
    names = list(dict.fromkeys(item.subject for item in items))[-number:]
    return "、".join(names) + "合计" if names else words
