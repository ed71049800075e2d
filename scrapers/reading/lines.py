"""A sentence as a line: its figures in order, the words between them, brackets with figures hung where they stand.

    受理案件40.2万件(含旧存1.9万件),审结38万件,均居全国第3位
            └ gap: 受理案件         └ gap: , | 审结        └ rest: , | 均居…
                  brackets: [ 含旧存 1.9万件 ]

Words that hold no figure stay words: 审(执)结, 公安机关立案(撤案). A rank or record is blotted out to `REMARK`, so that
later passes see that the clause speaks of a place, not of a subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from scrapers.reading.layout import Span
from scrapers.reading.model import Qualifier
from scrapers.reading.nonmetrics import Mask
from scrapers.reading.normalise import Normal
from scrapers.reading.quantities import Kind, Quantity
from scrapers.reading.structure import BLANK, FLAT, NUMBER, Figure, Gap, Line, Shape

REMARK = "\x01"
_NOTHING = "\x00"
_REMARKS = {"rank", "record", "streak", "milestone"}
# One class of signs first, so that `re` runs over everything else at its full speed.
_WORDLESS = re.compile(
    r"[持相*%起件零未没全](?:(?P<flat>(?<=持)平(?![稳安衡等]|和[谐平睦])|(?<=基本相)当)"
    r"|(?P<lost>(?<=\*)\**(?:\.\*+)?\s?(?:%|个百分点)?|(?<=[升长降高加少幅]%)|(?<=案件[起件])(?=[,。;、]|$)"
    r"|(?<=[升长降高加少幅]\s%))"
    r"|(?P<none>(?<=零)发[生案]|(?:(?<=未)|(?<=没)有)发生)|(?P<all>(?<=全)部?(?:破获|侦破|告破|破)(?![案获除县市区率目]|的县)))"
)
_SOFTLY = ("总体", "基本", "大体", "大致")  # 基本持平: the span of a flat word begins with how flat it is
# 零发生 and 未发生 are nought, 全破 is all of them: the value and the unit that such words stand for.
# More digits than a printed fraction of a hundred or ten thousand has: a third, a seventh.
_DIGITS_PRINTED = 8
_MEANT = {Shape.NONE: (Decimal(0), "起"), Shape.ALL: (Decimal(100), "%")}
_NO_FIGURES = frozenset({Kind.ORDINAL, Kind.PLAIN})
_EVEN_SMALL = frozenset({Kind.PERCENT, Kind.FRACTION, Kind.MULTIPLE, Kind.POINTS, Kind.PERMILLE})
_TIME, _FRACTION = Kind.TIME, Kind.FRACTION
_UNIT_ASIDE = re.compile(r"^\([个人次件名部项场份起]\)")  # 2300余部(个)
_NO_GAP = Gap("", [], "", "")
_BRACKET = re.compile(r"[()]")
_PINYIN = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,7}\)")
_ASIDE = re.compile(r"\((?:广告|编辑|责编|责任编辑|来源|记者|图|见|下同)[^()\d]*\)")
_JOINT = r"(?:、|和|以及|及(?![其时])|与(?!\s?(?:[上去前同本其年]|\d))|或)"
_STARTS_LIST = re.compile(rf"\s*{_JOINT}?,?\s*{_JOINT}\s*")
_MARK = re.compile(r"[,;]+|-{2,}|(?<=:)(?!//)")
_ENDS_LIST = re.compile(r"(?:、|(?:和|及|与|以及)$)")


_SHAPES = {"flat": FLAT, "lost": BLANK, "none": Shape.NONE, "all": Shape.ALL}


class Wordless(NamedTuple):
    """What stands for a figure without a number: 持平, digits that were lost, 零发生, 全破."""

    start: int
    end: int
    shape: Shape


def find_wordless(text: Normal) -> list[Wordless]:
    """Every flat word and every lost figure of a text, in order."""
    return [_wordless(text, found) for found in _WORDLESS.finditer(text)]


def _wordless(text: Normal, found: re.Match[str]) -> Wordless:
    start, end = found.span()
    if found.lastgroup == "flat" and text[max(0, start - 2) : start] in _SOFTLY:
        start -= 2
    if found.lastgroup == "none" and text[start - 1 : start] == '"' == text[end : end + 1]:
        start, end = start - 1, end + 1
    return Wordless(start, end, _SHAPES[str(found.lastgroup)])


def build(
    text: Normal, within: Span, quantities: Sequence[Quantity], wordless: Sequence[Wordless], masks: Sequence[Mask]
) -> Line | None:
    """The line of one sentence from the quantities that count in it; None where it has no figure at all."""
    figures = _figures(quantities, wordless)
    if not figures:
        return None
    return _line(_words(text, within, masks), within.start, within, figures)


def counts(quantity: Quantity) -> bool:
    """Whether a quantity can be a figure by itself: dates, bare numbers and small numbers in words are none."""
    kind = quantity.kind
    if kind in _NO_FIGURES:
        return False
    if kind is _TIME:
        return quantity.unit in {"天", "小时", "个小时", "分钟"} and not quantity.words
    if quantity.words and kind not in _EVEN_SMALL:
        return quantity.value >= 100 and quantity.qualifier is not Qualifier.EXACT
    return True


def _measure(quantity: Quantity) -> tuple[Decimal, str, Decimal]:
    """Value, unit and precision; a fraction is a percentage: 万分之三点二 is 0.032 %, 三分之二 66.67 %."""
    if quantity.kind is not _FRACTION:
        return quantity.value, quantity.unit, quantity.precision
    percent, precision = quantity.value * 100, quantity.precision * 100
    endless = len(percent.as_tuple().digits) > _DIGITS_PRINTED
    return (round(percent, 2) if endless else percent), "%", precision


def _figures(quantities: Sequence[Quantity], wordless: Sequence[Wordless]) -> list[Figure]:
    figures = [
        Figure(
            q.start,
            q.end,
            NUMBER,
            *_measure(q),
            q.qualifier,
            _NO_GAP,
            q.lead,
            q.tail,
        )
        for q in quantities
    ]
    for start, end, shape in wordless:
        value, unit = _MEANT.get(shape, (None, ""))
        if all(end <= figure.lead or figure.trail <= start for figure in figures):
            figures.append(
                Figure(start, end, shape, value, unit, None, Qualifier.EXACT, _NO_GAP, lead=start, trail=end)
            )
    if wordless:
        figures.sort(key=lambda figure: figure.start)
    return figures


def _words(text: Normal, within: Span, masks: Sequence[Mask]) -> str:
    """The sentence with ranks and records blotted out and pinyin taken away, at its old length."""
    words = text[within.start : within.end]
    for mask in masks:
        if mask.kind in _REMARKS:
            start, end = max(mask.start, within.start) - within.start, min(mask.end, within.end) - within.start
            words = words[:start] + REMARK * (end - start) + words[end:]
    if "(" in words:
        words = _ASIDE.sub(lambda found: _NOTHING * len(found[0]), words)
        words = _PINYIN.sub(lambda found: _NOTHING * len(found[0]), words)
    return words


def _line(words: str, offset: int, within: Span, figures: list[Figure]) -> Line:
    """The line of `within`; brackets with figures inside become lines of their own."""
    brackets = _brackets(words, offset, within, figures) if "(" in words else []
    if not brackets:
        return _plain_line(words, offset, within, figures)
    opening: list[Line] = []
    mine: list[Figure] = []
    inside = 0
    for figure in figures:
        while inside < len(brackets) and brackets[inside].end <= figure.start:
            inside += 1
        if inside < len(brackets) and brackets[inside].start <= figure.start:
            continue
        mine.append(figure)
    cuts = [Span(bracket.start - 1, bracket.end + 1) for bracket in brackets]
    at = within.start
    for figure in mine:
        gap = _without(words, offset, Span(at, figure.lead), cuts)
        figure.gap = cut(gap) if at > within.start else opening_gap(gap)
        at = figure.trail
    rest = closing_gap(_without(words, offset, Span(at, within.end), cuts))
    for bracket in brackets:
        held = [figure for figure in figures if bracket.start <= figure.start < bracket.end]
        line = _line(words, offset, bracket, held)
        before = [figure for figure in mine if figure.end <= bracket.start]
        (before[-1].brackets if before else opening).append(line)
    return Line(mine, rest, opening)


def _plain_line(words: str, offset: int, within: Span, figures: list[Figure]) -> Line:
    """A line whose brackets, if it has any, hold no figures."""
    at = within.start
    for figure in figures:
        gap = words[at - offset : max(at, figure.lead) - offset]
        figure.gap = cut(gap) if at > within.start else opening_gap(gap)
        at = figure.trail
    return Line(figures, closing_gap(words[at - offset : within.end - offset]))


def _brackets(words: str, offset: int, within: Span, figures: list[Figure]) -> list[Span]:
    """The outermost brackets of a stretch that hold a figure."""
    found = []
    depth, start = 0, 0
    for bracket in _BRACKET.finditer(words, within.start - offset, within.end - offset):
        at = bracket.start() + offset
        if bracket[0] == "(":
            depth += 1
            start = at + 1 if depth == 1 else start
        elif depth:
            depth -= 1
            if not depth and any(start <= figure.start < at for figure in figures):
                found.append(Span(start, at))
    return found


def _without(words: str, offset: int, span: Span, cuts: list[Span]) -> str:
    out, at = [], span.start
    for hole in cuts:
        if hole.end <= at or hole.start >= span.end:
            continue
        out.append(words[at - offset : max(at, hole.start) - offset])
        at = hole.end
    out.append(words[at - offset : max(at, span.end) - offset])
    return "".join(out)


def _parts(gap: str) -> list[str]:
    return [part.strip() for part in _MARK.split(gap.replace(_NOTHING, ""))]


@lru_cache(maxsize=8192)
def opening_gap(gap: str) -> Gap:
    """The words before a line's first figure: no figure stands before them, so nothing is a tail."""
    clauses = _parts(gap)
    return Gap("", [clause for clause in clauses[:-1] if clause], clauses[-1], ",")


@lru_cache(maxsize=8192)
def closing_gap(gap: str) -> Gap:
    """The words after a line's last figure: no figure follows them, so nothing is a head."""
    parts = _parts(gap)
    first = _STARTS_LIST.match(parts[0])
    return Gap("" if first else parts[0], parts[1:], "", ",")


@lru_cache(maxsize=8192)
def cut(gap: str) -> Gap:
    """A gap's words by what they belong to; see `Gap`."""
    if gap[:1] == "(":
        gap = _UNIT_ASIDE.sub("", gap)
    parts = _parts(gap)
    first = _STARTS_LIST.match(parts[0])
    if len(parts) == 1:
        if not parts[0]:
            return Gap("", [], "", "")
        if first:
            return Gap("", [], parts[0][first.end() :], "、")
        ends = _ENDS_LIST.search(parts[0])
        if ends:
            return Gap(parts[0][: ends.start()], [], parts[0][ends.end() :], "、")
        return Gap(parts[0], [], parts[0], "~")
    clauses = [part for part in parts[1:-1] if part]
    if first and parts[0][first.end() :]:
        clauses.insert(0, parts[0][first.end() :])
    tail = "" if first else parts[0]
    head = parts[-1]
    joint = ";" if ";" in gap else ","
    if joint == "," and not clauses and (listed := _STARTS_LIST.match(head)):
        head, joint = head[listed.end() :], "、"
    return Gap(tail, clauses, head, joint)
