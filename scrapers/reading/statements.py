"""From an item of the text to an observation: places of the catalogue, the indicator, how sure it is.

What recurs in a text (a scope, a list of rules) is one object in all of its observations: less to make, and less for
pickle to carry between processes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Protocol

from scrapers.reading import kinds, whereabouts
from scrapers.reading.cities import Gazetteer
from scrapers.reading.layout import Span
from scrapers.reading.model import Change, Context, Form, Observation, Scope, Status
from scrapers.reading.scopes import DOES, of_place
from scrapers.reading.structure import TO, Item
from scrapers.vocabulary import BodyKind

_PLACED = re.compile(rf"[\u4e00-\u9fff]{{2,4}}?(?={DOES})")
# The rule of a figure printed without a unit, which the catalogue gave one.
UNIT_GIVEN = "unit.indicator"
_ABSOLUTE = Form.ABSOLUTE
_STATED, _DOUBTFUL = Status.STATED, Status.DOUBTFUL
_PROVINCE = 2  # digits of a province's code
_YEAR = 12  # months
_RANKS = tuple("市州盟")


class Catalogue(Gazetteer, Protocol):
    """What the reader asks of the indicator catalogue."""

    def match(self, subject: str, unit: str, body: BodyKind | None) -> str | None:
        """The id of the indicator that `subject` in `unit` is, None where it is in no wording."""

    def bare_unit(self, indicator_id: str) -> str:
        """The unit of a figure that is printed without one, "" where the indicator leaves it open."""


class Statements:
    """Makes the observations of one text; `doubtful` where its period is a guess."""

    def __init__(self, catalogue: Catalogue | None, context: Context, *, doubtful: bool) -> None:
        self._catalogue = catalogue
        self._context = context
        self._doubtful = doubtful
        self._scopes: dict[Scope, tuple[Scope, bool]] = {}
        self._rules: dict[tuple[str, ...], tuple[str, ...]] = {}

    def of(self, item: Item, quote: Span) -> Observation:
        """The observation of an item; `quote` is the sentence that is its evidence."""
        figure, subject, scope, indicator = item.figure, item.subject, item.scope, None
        unit = figure.unit if figure else ""
        changes, rules = item.changes, item.rules
        if self._catalogue:
            scope, whole = self._located(scope, self._catalogue)
            subject, scope = _placed(subject, scope, self._catalogue)
            # A part of a province, or a holiday's figure, is in no series: no indicator, rather than the wrong line.
            if (
                whole
                and not item.episode
                and not _is_end_of_span(item)
                and not whereabouts.says_another(subject, scope, self._catalogue)
            ):
                indicator = self._catalogue.match(kinds.comparable(item.kind, subject), unit, scope.body)
                if figure and not unit and indicator and (unit := self._catalogue.bare_unit(indicator)):
                    rules = [*rules, UNIT_GIVEN]
                    changes = [_in_unit(each, unit) for each in changes]
        return Observation(
            item.start,
            item.end,
            subject,
            scope,
            item.period,
            figure.value if figure else None,
            unit,
            quote.start,
            quote.end,
            figure.precision if figure else None,
            figure.qualifier if figure else item.qualifier,
            indicator,
            tuple(changes),
            tuple(item.remarks),
            _DOUBTFUL if item.doubtful or self._doubtful else _STATED,
            self._told_once(tuple(rules)),
        )

    def _told_once(self, rules: tuple[str, ...]) -> tuple[str, ...]:
        known = self._rules.get(rules)
        if known is None:
            known = self._rules[rules] = tuple(dict.fromkeys(rules))
        return known

    def _located(self, scope: Scope, catalogue: Catalogue) -> tuple[Scope, bool]:
        known = self._scopes.get(scope)
        if known is None:
            known = self._scopes[scope] = whereabouts.placed(scope, self._context, catalogue)
        return known


def _in_unit(change: Change, unit: str) -> Change:
    """万车死亡率1.05,下降0.05: an amount without a unit is in the figure's."""
    return replace(change, unit=unit) if change.form is _ABSOLUTE and not change.unit else change


def _is_end_of_span(item: Item) -> bool:
    """五年间由6.1万人降到5.2万人: what it came down to is the last year's, and no sum of the five."""
    period, figure = item.period, item.figure
    return figure is not None and figure.role is TO and period is not None and period.length > _YEAR


def _placed(subject: str, scope: Scope, catalogue: Catalogue) -> tuple[str, Scope]:
    """洛阳立案 in a province's report is the city's 立案: a subject that begins with a place of the catalogue."""
    name = _name_before(subject)
    place = catalogue.region(name) if name else None
    if place is None or len(place.code) <= _PROVINCE or place.code[:2] != (scope.region or "")[:2]:
        return subject, scope
    return subject[len(name) :], replace(
        of_place(name if name.endswith(_RANKS) else f"{name}市", scope), region=place.code
    )


@lru_cache(maxsize=8192)
def _name_before(subject: str) -> str:
    """What may be a place before a deed (洛阳 of 洛阳立案), else nothing."""
    found = _PLACED.match(subject)
    return found[0] if found else ""
