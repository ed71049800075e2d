"""Tables: lines with tabs, a header that says what each column holds, a row for each subject.

    指标          单位   2023年   2022年   同比(%)
    刑事案件立案   起     12563    13652    -8.0
    └ name        unit   level    base     change

A column of a year, a month or 本期 is a level; the year before, 上年同期 and 去年 are bases; 同比 and 增减 are changes.
A table whose header says none of this is left unread. A row may name a body or a place (省高院, 长沙市) instead of a
subject; a row of aims (年度目标) is none of results.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum, auto

from scrapers.period import Period
from scrapers.reading.bases import YEAR_BEFORE, comparisons
from scrapers.reading.builder import Builder
from scrapers.reading.cities import at_head
from scrapers.reading.layout import Span
from scrapers.reading.levels import base_period
from scrapers.reading.model import Basis, Direction, Form, Qualifier
from scrapers.reading.normalise import Normal
from scrapers.reading.periods import find_times, mentions
from scrapers.reading.scopes import ScopeMention, of_place, scope_at
from scrapers.reading.structure import Comparison, Figure, Frame, Gap, Item, Shape
from scrapers.reading.subjects import clean

_ROWS = re.compile(r"^(?:[^\n\t]*\t[^\n]*(?:\n|\Z)){2,}", re.MULTILINE)
_NUMBER = re.compile(
    r"\s*(?P<sign>[+\-↑↓])?\s*(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<decimals>\.\d+)?\s*"
    r"(?P<unit>[万亿]*(?:[件起人名个次%‰元天份家张部处场]|人次|个百分点))?\s*"
)
_UNIT_IN_NAME = re.compile(r"\((?P<unit>万?[件起人名个次%‰元天份家])\)$")
_SUM = re.compile(r"合计|总计|共计|小计|总数")
_AIM = re.compile(r"目标|计划|任务数|预期")
_FALL = re.compile(r"下降|降幅|减少|降低|减幅")
_RISE = re.compile(r"[增升]")
_NUMBERED = re.compile(r"序号|编号|^no\.?$", re.IGNORECASE)
_BEFORE = re.compile(r"上年|去年|上期|上一年|基期")
_CHANGE = re.compile(r"同比|增减|增长|升降|变化|环比|±|[增降减升涨]幅|增速|下降|上升|[比较](?:[上去]年|(?:19|20)\d\d)")
_NAMES = re.compile(r"指标|项目|类别|名称|案由|类型|内容|单位名称|地区")
_TELLS = re.compile(
    r"指标|项目|类别|名称|单位|(?:19|20)\d\d|本期|本月|累计|合计|数值|数量|同期|同比|增减|环比|(?:上|去)年"
)
_SO_FAR = re.compile(r"累计|至本月|[本今]年|年初以来")
_SPAN = re.compile(r"1?[至-]?本月|当月|本期|[本今]年|年初以来|累计")
_YEAR = 12  # months
_POINTS = "个百分点"
_SCALES = {"万": Decimal(10000), "亿": Decimal(100000000)}


class Column(StrEnum):
    """What a column holds."""

    SKIP = auto()
    NAME = auto()
    UNIT = auto()
    LEVEL = auto()
    BASE = auto()
    CHANGE = auto()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, with its offsets in the text."""

    start: int
    end: int
    words: str


def find_tables(text: str) -> list[Span]:
    """The stretches of a text (as given: tabs are folded away in normal text) that are tables."""
    if "\t" not in text:
        return []
    return [Span(*found.span()) for found in _ROWS.finditer(text)]


def stretches(length: int, tables: list[Span]) -> Iterator[tuple[Span, bool]]:
    """A text's stretches in order, and whether each is a table."""
    at = 0
    for table in tables:
        if table.start > at:
            yield Span(at, table.start), False
        yield table, True
        at = table.end
    if at < length:
        yield Span(at, length), False


def read_table(text: str, normal: Normal, table: Span, builder: Builder) -> None:
    """Adds a table's items to the builder; the numbers of one without a telling header are unread."""
    rows = list(_cells(text, normal, table))
    header = next((row for row in rows[:3] if not any(_NUMBER.fullmatch(cell.words) for cell in row)), None)
    columns = _columns(header, builder.state.period) if header else []
    telling = header and any(_TELLS.search(cell.words) for cell in header)
    if not header or not telling or Column.LEVEL not in columns:
        for row in rows:
            builder.lose(_numbers(row), "table_unclear")
        return
    for row in rows[rows.index(header) + 1 :]:
        _row(row, header, columns, builder)


def _cells(text: str, normal: Normal, table: Span) -> Iterator[list[Cell]]:
    at = table.start
    for line in text[table.start : table.end].split("\n"):
        row = []
        for cell in line.split("\t"):
            row.append(Cell(at, at + len(cell), normal[at : at + len(cell)].strip()))
            at += len(cell) + 1
        if any(cell.words for cell in row):
            yield row


def _columns(header: list[Cell], period: Period | None) -> list[Column]:
    columns = []
    named = False
    for cell in header:
        words = cell.words.replace(" ", "")
        year = re.search(r"(?:19|20)\d\d", words)
        if _NUMBERED.search(words):
            column = Column.SKIP
        elif _CHANGE.search(words):
            column = Column.CHANGE
        elif words in {"单位", "计量单位"}:
            column = Column.UNIT
        elif _BEFORE.search(words) or (year and period and int(year[0]) < period.last_year):
            column = Column.BASE
        elif not named and (_NAMES.search(words) or not year):
            column, named = Column.NAME, True
        else:
            column = Column.LEVEL
        columns.append(column)
    return columns


def _row(row: list[Cell], header: list[Cell], columns: list[Column], builder: Builder) -> None:
    pairs = list(zip(row, columns, strict=False))
    name = next((cell.words for cell, column in pairs if column is Column.NAME), "")
    unit = next((cell.words for cell, column in pairs if column is Column.UNIT), "")
    in_name = _UNIT_IN_NAME.search(name)
    if in_name:
        name, unit = name[: in_name.start()], in_name["unit"]
    # A row of sums is called by nothing else; what is summed up, the columns say.
    subject = name if _SUM.fullmatch(name) else clean(name)
    if not subject or _NUMBER.fullmatch(name):
        builder.lose(_numbers(row), "table_unclear")
        return
    if _AIM.search(name):
        builder.ignore(_numbers(row), "plan")
        return
    state = builder.state
    kept, mention = state.scope, _whose(subject, builder)
    if mention:
        state.scope, subject = mention.scope, subject[mention.end :]
    _cells_of(row, header, columns, subject, unit, builder)
    state.scope = kept


def _numbers(row: list[Cell]) -> list[Figure]:
    """The numbers of a row that are not read, as far as their places go."""
    return [_figure(cell, Decimal(0), "", Decimal(0)) for cell in row if _NUMBER.fullmatch(cell.words)]


def _whose(name: str, builder: Builder) -> ScopeMention | None:
    """The body or place that a row is called by, and by nothing else."""
    state = builder.state
    mention = scope_at(name, state.main, state.gazetteer)
    if mention and mention.end == len(name):
        return mention
    named = at_head(name, state.main.region, state.gazetteer)
    if named is None or len(named.names) > 1 or named.rest:
        return None
    return ScopeMention(of_place(named.names[0], state.scope), len(name), "scope.place")


def _cells_of(
    row: list[Cell], header: list[Cell], columns: list[Column], subject: str, unit: str, builder: Builder
) -> None:
    pairs = list(zip(row, columns, strict=False))
    several = columns.count(Column.LEVEL) > 1
    level: Item | None = None
    for at, (cell, column) in enumerate(pairs):
        found = _NUMBER.fullmatch(cell.words)
        if not found or column in {Column.SKIP, Column.NAME, Column.UNIT}:
            continue
        title = header[at].words if at < len(header) else ""
        if column is Column.CHANGE:
            if level is not None:
                _change(cell, found, title, unit, level, builder)
            continue
        counted = _UNIT_IN_NAME.search(title)
        named = _without_times(title[: counted.start()] if counted else title)
        words = f"{subject}{named}" if (several and column is Column.LEVEL) or not subject else subject
        told = counted["unit"] if counted else unit
        before = level.period if level else builder.state.period
        item = _level(cell, found, told, words, _period(title, column, before, builder), builder)
        level = item if column is Column.LEVEL else level


def _without_times(title: str) -> str:
    """What a column's title says beside its time, which is no part of a subject: nothing of 1-11月累计."""
    title = _SPAN.sub("", title)
    for mention in reversed(mentions(title)):
        title = title[: mention.start] + title[mention.end :]
    return clean(title)


def _period(title: str, column: Column, before: Period | None, builder: Builder) -> Period | None:
    """What a column covers: 累计 goes from January; the year before is that of the level `before` it."""
    state = builder.state
    told = [period for _, period in find_times(title, state.clock, state.period) if period]
    whole = not told or told[-1].length in {1, _YEAR}
    if _SO_FAR.search(title) and whole and state.period and state.period.length < _YEAR:
        last = state.period.last
        so_far = Period(last - last % _YEAR, last)
        return base_period(Comparison(Basis.YOY), so_far) if column is Column.BASE else so_far
    if told:
        return told[-1]
    return base_period(Comparison(Basis.YOY), before) if column is Column.BASE else state.period


def _value(found: re.Match[str], unit: str) -> tuple[Decimal, Decimal, str]:
    """The value in base units, half a step of its last digit, and the unit without its scale."""
    unit = found["unit"] or unit
    scale = _SCALES.get(unit[:1], Decimal(1)) if len(unit) > 1 else Decimal(1)
    printed = Decimal(found["digits"].replace(",", "") + (found["decimals"] or ""))
    step = Decimal(1).scaleb(-len((found["decimals"] or ".")[1:]))
    bare = unit[1:] if scale != 1 else unit
    return printed * scale, step * scale / 2, bare


def _figure(cell: Cell, value: Decimal, unit: str, precision: Decimal) -> Figure:
    gap = Gap("", [], "", ",")
    return Figure(cell.start, cell.end, Shape.NUMBER, value, unit, precision, Qualifier.EXACT, gap)


def _level(cell: Cell, found: re.Match[str], unit: str, words: str, period: Period | None, builder: Builder) -> Item:
    value, precision, bare = _value(found, unit)
    return builder.add(_figure(cell, value, bare, precision), Frame("", words, bare), period, ["table"])


def _change(cell: Cell, found: re.Match[str], title: str, unit: str, level: Item, builder: Builder) -> None:
    # What is printed beside the number counts before the title: 1.1个百分点 under 增长(%).
    own = found["unit"] or ""
    percent = own == "%" or ("%" in title and own != _POINTS)
    value, precision, bare = _value(found, "%" if percent else unit)
    figure = _figure(cell, value, bare, precision)
    points = not percent and (own == _POINTS or unit == "%")
    figure.form = Form.PERCENT if percent else Form.PERCENTAGE_POINTS if points else Form.ABSOLUTE
    told_as_fall = bool(_FALL.search(title)) and not _RISE.search(title)
    if told_as_fall and found["sign"]:
        # -3.0 under 下降(%): a rise, or the sign said twice.
        builder.lose([figure], "table_unclear")
        return
    figure.direction = Direction.DOWN if told_as_fall or found["sign"] in {"-", "↓"} else Direction.UP
    if not value:
        figure.direction, figure.form = Direction.FLAT, Form.FLAT
    figure.rules.append("table.change")
    builder.change(figure, level, next(iter(comparisons(title)), YEAR_BEFORE))
