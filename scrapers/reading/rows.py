"""Figures that are told in one breath, gathered into rows: a run of changes, a list of levels, a list of from-ends.

分别为 1633人、98人          one row of two levels
同比分别 下降3% 和 上升7%     one row of two changes
从97%、98% 提升到 99%、98.5%  a row of two FROM, a row of two TO
"""

from __future__ import annotations

from dataclasses import dataclass

from scrapers.reading.model import Form
from scrapers.reading.structure import BASE, CHANGE, FROM, LEVEL, NUMBER, TO, Figure, Role

_HANDED_ON = frozenset({FROM, TO, BASE})


@dataclass(slots=True)
class Row:
    """Figures of one role in order; the first one holds the words that speak for all."""

    role: Role
    figures: list[Figure]

    @property
    def first(self) -> Figure:
        """The figure whose head, basis and 分别 hold for the row."""
        return self.figures[0]


def rows(figures: list[Figure]) -> list[Row]:
    """The rows of a line, in order."""
    found: list[Row] = []
    for figure in figures:
        if found and _continues(figure, found[-1]):
            found[-1].figures.append(figure)
        else:
            found.append(Row(figure.role, [figure]))
    return found


def _continues(figure: Figure, row: Row) -> bool:
    if figure.role is not row.role or figure.gap.clauses:
        return False
    before = row.figures[-1]
    if before.brackets:
        return False
    if figure.role is CHANGE:
        if figure.comparisons or figure.head or figure.ratio:
            return False
        # 减少1202人、下降4.6% tell one thing twice; only 分别 makes a list of unlike forms.
        unlike = figure.form is not before.form and Form.FLAT not in {figure.form, before.form}
        if unlike and not row.first.apart:
            return False
        return figure.gap.joint in {"", "、"} and not figure.gap.tail
    if figure.gap.joint == "、" and not figure.head and not figure.gap.tail and not figure.tail:
        return figure.role is not LEVEL or (figure.unit == before.unit and before.shape is NUMBER)
    return figure.gap.joint == "、" and not figure.head and figure.role in _HANDED_ON
