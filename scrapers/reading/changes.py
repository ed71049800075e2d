"""Which figures tell a change, and which way: the verb before the figure, the words of its basis, 分别.

同比 分别 下降 13.9% 、 18% 和 上升 5.3%
basis apart verb
                   └ goes on: no words but a joint
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from scrapers.reading import bases, gaps
from scrapers.reading.model import Basis, Direction, Form
from scrapers.reading.structure import (
    BASE,
    BLANK,
    CHANGE,
    FLAT,
    FROM,
    LEVEL,
    NUMBER,
    SHARE,
    TO,
    Comparison,
    Figure,
    Line,
    Role,
)
from scrapers.reading.trends import SINCE

_UP = "↑|▲|上升|增长|增加|提高|提升|上涨|攀升|增多|增幅|升幅|涨幅|净增|回升|反弹|扩大|延长|增|升|涨|高出"
_DOWN = "↓|▼|下降|降低|减少|缩短|下滑|回落|压缩|压降|降幅|减幅|收窄|缩小|降|减|跌"
_FILLER = r"(?:了|为|高?达到?|约|仅|超过?|幅度?(?:为|达到?)?|率(?:为|达到?)?|:|(?:将)?近|分别)*"
# 多结3万件, 多止付42亿元, 少发案120起: the result that is more or less.
_RESULT = "止付|发案|立案|挽损|追赃|[审执结办抓收破发死伤查捕诉化调处]{0,2}"
VERB = re.compile(
    rf"(?:(?P<up>(?<![新高])(?:{_UP})|(?<=[年期])高|(?<![许增过众更最很太诸繁])多(?P<what>{_RESULT}))|(?P<down>{_DOWN}|(?<=[年期])低|(?<![减不至很缺最])少(?P<lack>{_RESULT}))){_FILLER}$"
)
# 由38.7%降为21.2%, 缩短为59天: where a figure came to, unless a basis stands before (同比下降为3%).
_CAME = re.compile(
    r"(?:上升|增长|增加|提高|提升|上涨|攀升|增多|回升|反弹|扩大|延长|下降|降低|减少|缩短|下滑|回落|压缩|压降|收窄|缩小|[增升涨降减跌])了?为(?:约|近)?$"
)
# 同比-12.3%, (+5.2%): the sign is the verb.
_SIGNED = re.compile(rf"(?:^|(?:{bases.BASIS_PLAIN}|同比|环比|分别为?|、))(?P<plus>\+?)$")
_FLAT_BEFORE = re.compile(r"(?:均|都|总体|基本|大体|大致|仍|保持)*$")
# 在2017年同期下降4.1%的基础上再降2.9%: a change of the period before, and one on top of it.
_ON_TOP = re.compile(r"在(?P<when>(?:\d{4}年|去年|上年)(?:同期)?)$")
# 与2022年的4.79万件相比增加12.1%: what is left of a basis that is told as a level.
_TOPPED = re.compile(r"^(?:的?基础上|相比较?|相较),?")
_APART = re.compile(r"(?:分别|依次|各)$")
_ADVERB = re.compile(
    rf"(?:{SINCE}?首[次度]|再次|(?<![年月日])均|也|则|却|再|又|已|还|继续|大幅|大幅度|明显|显著|累计|共|净|小幅|略有?|微|稳步|持续|历史性|逐年|实现|全部|都|同时|双双|整体|总体|由[负正升降增减]转[负正升降增减],?)$"
)
# 2020年以来刑事案件首次下降: since when they have not is no period of the figure.
_FIRST = ("首次", "首度")
_NOT_SINCE = re.compile(rf"^{SINCE}")
_END_BASIS = re.compile(rf"(?:{bases.BASIS_PLAIN}|同比|环比)[,、和及与]?$")
_HANDED_ON = frozenset({FROM, TO, BASE})
_CHANGE_UNITS = {"%", "‰", "个百分点", "百分点", "倍", "番"}
_WHEN = (
    r"(?P<when>(?:\d{4}年|去年|上年|上半年|下半年|今年|第?[一二三四]季度|年初|年末|年底|\d{1,2}月|\"?十[一二三四五]五\"?"
    r"|[^,。;\d]{1,6}(?:前|初期))[^,。;\d]{0,4}?)?"
)
_MOVED = r"(?:上升|增长|增加|提高|提升|上涨|下降|降低|减少|缩短|升|增|降|减|扩|扩大|整合|压缩|调整|跃升|变|压减|压降)?"
_MOVING = re.compile(r"(?:升|降|高|低|加|少|长|减)$")
_TO = re.compile(rf"{_MOVED}(?:到了?|至|为)(?:约|近|目前的?|全部)?{_WHEN}的?$")
_FROM = re.compile(rf"(?:从|由){_WHEN}的?$")
_BASE = re.compile(
    rf"(?:{bases.BASIS_PLAIN})的?$|(?P<before>(?:去年|上年|(?P<year>(?:19|20)\d\d)年)同期)(?:为|是|分别为|的)?$|^上一?年(?:为|是)$"
)
_SHARE = re.compile(r"(?:占比?|比例|比重|占有率)(?P<whole>[^,。;、]{0,14}?)(?:的|为|达到?|约|仅|高达|比例|比重)*$")


def mark_roles(line: Line) -> None:
    """Sets role, direction, form, bases and the remaining head of every figure of a line and of its brackets."""
    before: Figure | None = None
    for figure in line.figures:
        _mark(figure, before)
        for bracket in figure.brackets:
            mark_roles(bracket)
        before = figure
    if len(line.figures) > 1:
        _share_units(line.figures)
    for figure in line.figures:
        if figure.role is CHANGE and figure.shape is NUMBER and not figure.unit:
            figure.form = Form.ABSOLUTE
    _unpaired(line.figures)
    for opening in line.opening:
        mark_roles(opening)


class ChangeWords(NamedTuple):
    """What the words before a change's verb tell; `rest` is the change's own subject."""

    rest: str
    comparisons: tuple[Comparison, ...]
    apart: bool
    on_top: bool
    when: str


class LevelWords(NamedTuple):
    """What the words before a level make of it."""

    role: Role
    rest: str
    when: str = ""
    comparisons: tuple[Comparison, ...] = ()


def _mark(figure: Figure, before: Figure | None) -> None:
    head = figure.gap.head
    if " " in head or "\n" in head:
        head = head.replace(" ", "").replace("\n", "")
    figure.head = head
    if figure.shape is FLAT:
        _set_change(figure, change_words(_FLAT_BEFORE.sub("", head)), Direction.FLAT)
    elif before and _goes_on(figure, head, before):
        return
    elif figure.value is not None and (ratio := _ratio(figure, head)):
        if figure.unit == "%":
            figure.value /= 100
            figure.precision = figure.precision and figure.precision / 100
        figure.role, figure.form, figure.direction, figure.ratio = CHANGE, Form.RATIO_TO_BASE, None, True
        figure.comparisons = [bases.meaning(ratio)]
        front = head[: ratio.start()]
        figure.head = _APART.sub("", front)
        figure.apart = figure.head != front
        figure.rules.append("change.ratio_to_base")
    elif figure.unit == "番" and figure.value is not None:
        # 翻一番 is as much again, 翻两番 four times as much.
        figure.value = Decimal(2 ** int(figure.value) - 1)
        _set_change(figure, change_words(head.removesuffix("翻了").removesuffix("翻")), Direction.UP)
    elif signed := _signed(figure, head):
        _set_change(figure, change_words(head[: signed.start("plus")]), _by_sign(figure))
    elif told := verb_words(head):
        direction, words, result = told
        _set_change(figure, words, direction)
        figure.head = figure.head or result
    else:
        moved = before is not None and (before.role is FROM or before.role is TO)
        level = level_words(head, moved=moved, rate=figure.unit in {"%", "‰"})
        figure.role, figure.head, figure.when = level.role, level.rest, level.when
        figure.comparisons = list(level.comparisons)
        if level.role is LEVEL and head:
            if gaps.is_ratio(head, figure.unit):
                figure.elsewhere = True
            elif gaps.is_gap(head):
                figure.rules.append("level.gap")


def _ratio(figure: Figure, head: str) -> re.Match[str] | None:
    """是上年的2.4倍, 仅为2019年的53%; but 上升为2007年的57.7% is where a rate came to."""
    found = bases.RATIO.search(head) if figure.unit in {"倍", "%"} and head.endswith("的") else None
    return None if found and figure.unit == "%" and _MOVING.search(head, 0, found.start()) else found


def _signed(figure: Figure, head: str) -> re.Match[str] | None:
    """A sign for a verb, before a rate: with a basis before it, or alone in a bracket or a list."""
    if figure.value is None or figure.unit not in {"%", "百分点", "个百分点"}:
        return None
    if not (head.endswith("+") or figure.value < 0):
        return None
    return _SIGNED.search(head)


def _by_sign(figure: Figure) -> Direction:
    """The direction that the sign tells; the figure keeps how much."""
    if figure.value is None or figure.value >= 0:
        return Direction.UP
    figure.value = -figure.value
    return Direction.DOWN


@lru_cache(maxsize=8192)
def verb_words(head: str) -> tuple[Direction, ChangeWords, str] | None:
    """The direction of a change, the words before its verb, and the result it counts (多结 is up, of 结).

    None without such a verb, and where it tells a gap to something other than a time.
    """
    verb = VERB.search(head)
    if not verb:
        return None
    direction = Direction.UP if verb["up"] else Direction.DOWN
    words = change_words(head[: verb.start()])
    if gaps.is_beyond(words.rest) or (not words.comparisons and _CAME.search(head)):
        return None
    if "分别" in verb[0]:
        words = words._replace(apart=True)
    return direction, words, verb["what"] or verb["lack"] or ""


@lru_cache(maxsize=8192)
def change_words(words: str) -> ChangeWords:
    """Strips basis, 分别 and adverbs off the words before the verb."""
    phrases: list[str] = []
    apart = on_top = False
    when = ""
    while True:
        if found := _APART.search(words):
            words, apart = words[: found.start()], True
        elif found := _ADVERB.search(words):
            words = words[: found.start()]
            if found[0].endswith(_FIRST):
                words = _NOT_SINCE.sub("", words)
        elif found := _END_BASIS.search(words):
            phrases.insert(0, found[0])
            words = words[: found.start()]
        else:
            break
    if found := _ON_TOP.search(words):
        words, on_top, when = words[: found.start()], True, found["when"]
    words = _TOPPED.sub("", words)
    if found := bases.FRONT.match(words):
        phrases.insert(0, found[0])
        words = words[found.end() :]
    if words.startswith("分别"):
        words, apart = words[2:], True
    comparisons = tuple(bases.comparisons("、".join(phrases))) if phrases else ()
    return ChangeWords(words, comparisons, apart, on_top, when)


@lru_cache(maxsize=8192)
def level_words(head: str, *, moved: bool, rate: bool) -> LevelWords:
    """The role of a level by the words before it; `moved` tells that a from-end stands before."""
    if moved and (to := _TO.search(head)):
        return LevelWords(TO, head[: to.start()], to["when"] or "")
    if found := _FROM.search(head):
        return LevelWords(FROM, head[: found.start()], found["when"] or "")
    if found := _BASE.search(head):
        told = bases.comparisons(found[0])
        if not told:
            year = found["year"]
            told = [Comparison(Basis.NAMED_PERIOD, year, same_months=True) if year else bases.YEAR_BEFORE]
        return LevelWords(BASE, head[: found.start()], "", tuple(told))
    return LevelWords(SHARE if rate and _SHARE.search(head) else LEVEL, head)


def _set_change(figure: Figure, words: ChangeWords, direction: Direction) -> None:
    figure.role, figure.direction, figure.form = CHANGE, direction, _form(figure)
    figure.apart, figure.on_top, figure.when = words.apart, words.on_top, words.when
    figure.comparisons = list(words.comparisons)
    figure.head = words.rest
    figure.rules.append("change.verb")


def _goes_on(figure: Figure, head: str, before: Figure) -> bool:
    """A figure with no words of its own after one that has a role: it goes on with that role."""
    if before.role is BASE and figure.gap.joint == "、" and (another := bases.ANOTHER.match(head)):
        figure.role, figure.head, figure.comparisons = BASE, "", [bases.meaning(another)]
        return True
    if head or figure.gap.clauses or figure.gap.joint not in {"", "、"}:
        return False
    if before.role is CHANGE and (
        figure.unit in _CHANGE_UNITS
        or figure.shape is BLANK
        or not figure.unit
        or figure.unit == before.unit
        or before.apart
    ):
        direction = before.direction
        if before.form is Form.FLAT:
            return False
        figure.role, figure.direction, figure.apart = CHANGE, direction, before.apart
        figure.form = Form.RATIO_TO_BASE if before.form is Form.RATIO_TO_BASE else _form(figure)
        figure.rules.append("change.goes_on")
        return True
    if before.role in _HANDED_ON or (before.role is SHARE and figure.unit == before.unit):
        figure.role = before.role
        return True
    return False


def _form(figure: Figure) -> Form:
    if figure.shape is FLAT:
        return Form.FLAT
    if figure.unit in {"个百分点", "百分点"}:
        return Form.PERCENTAGE_POINTS
    if figure.unit in {"倍", "番"}:
        return Form.TIMES_INCREASE
    if figure.unit in {"%", "‰", ""}:
        return Form.PERCENT
    return Form.ABSOLUTE


def _unpaired(figures: list[Figure]) -> None:
    """由3名审判员组成: a from-end that no to-end follows is a plain level."""
    following_to = False
    for figure in reversed(figures):
        if figure.role is TO:
            following_to = True
        elif figure.role is FROM and not following_to:
            figure.role, figure.head = LEVEL, figure.gap.head.replace(" ", "")
        elif figure.role is not FROM:
            following_to = False


def _share_units(figures: list[Figure]) -> None:
    """In a list of changes the unit is printed once: 1.2、0.7和0.3个百分点."""
    for at in range(len(figures) - 2, -1, -1):
        figure, following = figures[at], figures[at + 1]
        # 1.2个、2.3个百分点 is the same, with half of the unit printed.
        if figure.unit not in {"", "个"} or figure.shape is not NUMBER:
            continue
        if figure.unit == "个" and following.form is not Form.PERCENTAGE_POINTS:
            continue
        if figure.role is CHANGE is following.role and following.gap.joint == "、":
            figure.unit, figure.form = following.unit, following.form
