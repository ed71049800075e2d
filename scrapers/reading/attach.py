"""Whose change it is: a run of changes and the levels, or the names, that it belongs to.

件数、人数同比分别…       measures: the levels printed in those units
刑事、治安警情同比分别…   as many names as changes
同比、环比分别…           one subject, as many bases as changes
同比分别…                 the last levels of the group, as many as changes
同比增加91件              the last level printed in that unit
"""

from __future__ import annotations

import re

from scrapers.reading.structure import Figure, Item, Shape

_SAME_UNIT = ({"人", "名", "位", "人次"}, {"件", "起", "案", "宗", "例"}, {"个", "家", "处"}, {"元"})
_MEASURES = (
    (re.compile(r"^(?:案件|案)?(?:件数|起数|案数|案件数)$"), {"件", "起", "案", "宗", "例"}),
    (re.compile(r"^(?:涉案|涉及)?人(?:数|次)$"), {"人", "名", "位", "人次"}),
    (re.compile(r"^(?:损失|金额|数额)$"), {"元"}),
)
_STEM = re.compile(r"(?:人数|件数|起数|案件数|案数|数量|数|量|金额|总数|总量)$")


def measure(name: str) -> set[str] | None:
    """The units that a bare measure names (件数), None for any other name."""
    return next((units for pattern, units in _MEASURES if pattern.match(name)), None)


def by_measure(name: str, items: list[Item]) -> Item | None:
    """The last level that a measure (件数) or a repeated subject (立案人数) speaks of."""
    units = measure(name)
    levels = [item for item in items if item.figure is not None]
    if units:
        return next((item for item in reversed(levels) if item.figure and item.figure.unit in units), None)
    stem = _STEM.search(name)
    if not stem:
        return None
    rest = name[: stem.start()]
    wanted = {"人", "名", "位", "人次"} if name.endswith("人数") else None
    for item in reversed(levels):
        fits = wanted is None or (item.figure is not None and item.figure.unit in wanted)
        if fits and rest and rest in item.subject:
            return item
    return None


def open_items(run: list[Figure], items: list[Item], group: int) -> list[Item] | None:
    """The items that a run without words of its own belongs to; None where they cannot be told."""
    here = [item for item in items if item.group == group] or items
    if not here:
        return None
    if len(run) == 1:
        return [_nearest(run[0], here)]
    levels = [item for item in here if item.figure is not None]
    if len(levels) >= len(run):
        return levels[-len(run) :]
    return None


def _nearest(change: Figure, items: list[Item]) -> Item:
    """The last item; for an absolute change the last one of its unit; of a pair the cases."""
    if change.shape is Shape.NUMBER and change.unit not in {"", "%", "‰", "个百分点", "百分点", "倍", "番"}:
        for item in reversed(items):
            if item.figure is not None and same_unit(item.figure.unit, change.unit):
                return item
    last = items[-1]
    if len(items) > 1 and last.figure is not None and "subject.pair" in last.rules:
        return items[-2]
    return last


def same_unit(one: str, other: str) -> bool:
    """Whether two units count the same kind of thing."""
    return one == other or any(one in group and other in group for group in _SAME_UNIT)
