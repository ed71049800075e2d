"""Whose change it is: a run of changes and the levels, or the names, that it belongs to.

件数、人数同比分别…       measures: the levels printed in those units
立案人数…, 多结742件      a word of the level told before, and its unit
刑事、治安警情同比分别…   as many names as changes
同比、环比分别…           one subject, as many bases as changes
同比分别…                 the last levels of the group, as many as changes
同比增加91件              the last level printed in that unit
"""

from __future__ import annotations

import re

from scrapers.reading.lexicon import same_unit
from scrapers.reading.model import Form
from scrapers.reading.structure import BASE, FROM, NUMBER, SHARE, Figure, Item

_PEOPLE = {"人", "名", "位", "人次"}
_CASES = {"件", "起", "案", "宗", "例"}
_MEASURES = (
    (re.compile(r"^(?:案件|案)?(?:件数|起数|案数|案件数)$"), _CASES),
    (re.compile(r"^(?:涉案|涉及)?人(?:数|次)$"), _PEOPLE),
    (re.compile(r"^(?:直接)?(?:财产|经济)?(?:损失|金额|数额)$"), {"元"}),
)
_STEM = re.compile(r"(?:人数|件数|起数|案件数|案数|数量|数|量|金额|总数|总量)$")
_COUNTED_IN = (
    ("人数", _PEOPLE),
    (("件数", "起数", "案数"), _CASES),
    (("金额", "损失"), {"元"}),
)
_RATES = {"%", "‰", "分", ""}
_RELATIVE = {"", "%", "‰", "个百分点", "百分点", "倍", "番"}
_POINTS = Form.PERCENTAGE_POINTS
_OTHER_TIMES = {BASE, FROM, SHARE}


def by_measure(name: str, change: Figure, items: list[Item]) -> Item | None:
    """The last level that a measure (件数), a repeated subject (立案人数) or a single verb (多结) speaks of."""
    levels = [item for item in items if item.figure is not None and item.figure.role not in _OTHER_TIMES]
    same = next((item for item in reversed(levels) if name in {item.subject, item.frame.object}), None)
    if same:
        return same
    units = next((units for pattern, units in _MEASURES if pattern.match(name)), None)
    if units:
        return next((item for item in reversed(levels) if item.figure and item.figure.unit in units), None)
    stem = _STEM.search(name)
    rest = name[: stem.start()] if stem else name if len(name) == 1 else ""
    if not rest:
        return None
    fitting: list[Item] = []
    for item in reversed(levels):
        unit = item.figure.unit if item.figure else ""
        fits = next((unit in units for ending, units in _COUNTED_IN if name.endswith(ending)), True)
        fits = fits and (change.unit in _RELATIVE or same_unit(unit, change.unit))
        if fits and rest in item.subject:
            fitting.append(item)
    # The one that says least beside it: 渎职侵权犯罪案件 rather than 渎职侵权犯罪大案.
    return min(fitting, key=lambda item: len(item.frame.object) - len(rest), default=None)


def open_items(run: list[Figure], items: list[Item], group: int) -> list[Item] | None:
    """The items that a run without words of its own belongs to; None where they cannot be told."""
    here = [item for item in items if item.group == group] or items
    if not here:
        return None
    if len(run) == 1:
        return [_nearest(run[0], here)]
    if all(change.form is _POINTS for change in run):
        # Points are of rates, wherever counts stand between them.
        rates = [item for item in items if item.figure is not None and item.figure.unit in _RATES]
        if len(rates) >= len(run):
            return rates[-len(run) :]
        if rates and sum(item.figure is not None for item in here) > len(run):
            return None  # fewer rates than points, and more counts than that: whose they are cannot be told
    levels = [item for item in here if item.figure is not None]
    if len(levels) < len(run):
        levels = here
    if len(levels) < len(run):
        levels = items
    return levels[-len(run) :] if len(levels) >= len(run) else None


def _nearest(change: Figure, items: list[Item]) -> Item:
    """The last item; for an absolute change the last one of its unit; of a pair the cases."""
    if change.shape is NUMBER and change.unit not in _RELATIVE:
        for item in reversed(items):
            if item.figure is not None and same_unit(item.figure.unit, change.unit):
                return item
    if change.form is _POINTS:
        rate = next((item for item in reversed(items) if item.figure is None or item.figure.unit in _RATES), None)
        if rate is not None:
            return rate
    last = next((item for item in reversed(items) if "subject.average" not in item.rules), items[-1])
    at = items.index(last)
    if at and last.figure is not None and "subject.pair" in last.rules:
        return items[at - 1]
    return last
