"""Figures that the text does not print but gives away: the base of 受理78万件,比去年减少12万件 is 90万件.

Only an absolute change gives its base exactly; a percentage would give it to the rounding of the percentage.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from scrapers.reading.levels import base_period
from scrapers.reading.lexicon import same_unit
from scrapers.reading.model import Change, Direction, Form, Observation, Qualifier, Status
from scrapers.reading.structure import Comparison

_ABSOLUTE = Form.ABSOLUTE


def derived(observations: Sequence[Observation]) -> Iterator[Observation]:
    """The base levels that absolute changes give and the text itself does not print."""
    counted = [each for each in observations if any(change.form is _ABSOLUTE for change in each.changes)]
    if not counted:
        return
    printed = {(each.subject, each.period) for each in observations if each.value is not None}
    for each in counted:
        for change in each.changes:
            base = _base(each, change)
            if base is not None and (base.subject, base.period) not in printed:
                yield base


def _base(level: Observation, change: Change) -> Observation | None:
    if change.form is not _ABSOLUTE or level.value is None or change.value is None:
        return None
    period = base_period(Comparison(change.basis, change.base_period), level.period)
    if period is None or not same_unit(level.unit, change.unit):
        return None
    value = level.value - change.value if change.direction is Direction.UP else level.value + change.value
    if value < 0:
        return None
    return replace(
        level,
        start=change.start,
        end=change.end,
        period=period,
        value=value,
        precision=(level.precision or Decimal(0)) + (change.precision or Decimal(0)),
        qualifier=Qualifier.EXACT if level.qualifier is change.qualifier is Qualifier.EXACT else Qualifier.ABOUT,
        changes=(),
        remarks=(),
        status=Status.DERIVED,
        rules=("derived.base",),
    )
