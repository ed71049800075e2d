"""Changes that cannot be what they say: kept as printed, flagged in their rules.

结案率95%,上升8%      was 87.96% or 87%: per cent of a rate, points may be meant   suspect.percent_of_rate
受理40万件,上升5.2个百分点   points of a count: per cent is meant                  suspect.points_of_count
满意度98%,下降3个百分点     its base would be 101%                                suspect.base_beyond
"""

from __future__ import annotations

from decimal import Decimal

from scrapers.reading.model import Direction, Form

_RATES = {"%", "‰"}
_PERCENT, _POINTS = Form.PERCENT, Form.PERCENTAGE_POINTS
_WHOLE = Decimal(100)


def suspicion(unit: str, level: Decimal | None, form: Form, direction: Direction, value: Decimal | None) -> str | None:
    """The flag of a change on a level of `unit`, None where nothing speaks against it."""
    if level is None or value is None:
        return None
    if form is _POINTS and unit not in _RATES and unit not in {"分", ""}:
        return "suspect.points_of_count"
    if unit != "%":
        return None
    if form is _PERCENT:
        return "suspect.percent_of_rate"
    if form is _POINTS:
        base = level - value if direction is Direction.UP else level + value
        if base < 0 or base > _WHOLE >= level:
            return "suspect.base_beyond"
    return None
