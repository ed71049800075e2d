"""Arithmetic with printed precision: 81.27万 is 812700 known to ±50, and is compared as that.

value ± precision    an interval; no precision means exact
base_of              the interval of the base that a value and its stated change imply
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)
# What 约, 余, 近 and the like leave open at least, as a share of the value.
VAGUE = Decimal("0.05")
# A change that calls itself more (or less) than so much is not more than twice (less than half) of it.
FAR = Decimal(2)


class Interval(NamedTuple):
    """Everything that a printed number may stand for."""

    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, value: Decimal, precision: Decimal | None) -> Interval:
        """Around a printed value."""
        slack = precision or ZERO
        return cls(value - slack, value + slack)

    @property
    def middle(self) -> Decimal:
        """Its best single value."""
        return (self.low + self.high) / 2

    def meets(self, other: Interval) -> bool:
        """Whether both may stand for the same number."""
        return self.low <= other.high and other.low <= self.high


def slack_of(value: Decimal, precision: Decimal | None, qualifier: str = "exact") -> Decimal:
    """How far the printed value may be off: its precision, and more where it calls itself approximate."""
    printed = precision or ZERO
    return printed if qualifier == "exact" else max(printed, abs(value) * VAGUE)


def printed_precision(value: Decimal) -> Decimal:
    """Half the step of the last printed digit: 12.1 is known to ±0.05."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)  # noqa: S101 - numbers that are kept are finite
    return Decimal(5).scaleb(min(exponent, 0) - 1)


def shown(value: Decimal) -> Decimal:
    """To four significant digits and no more places than a person needs."""
    if value == ZERO:
        return ZERO
    rounded = round(value, 3 - value.adjusted())
    return Decimal(int(rounded)) if rounded == rounded.to_integral_value() else rounded


def base_of(
    value: Interval,
    *,
    form: str,
    direction: str,
    change: Decimal | None,
    precision: Decimal | None,
    qualifier: str = "exact",
) -> Interval | None:
    """What the value was before the change; None where the change does not say (a fall by 100 %, an unknown form).

    增长 50% from 100 gives 150; 增长2倍 (times_increase) from 100 gives 300; 是上年的3倍 (ratio_to_base) gives 300.
    """
    if form == "flat" or direction == "flat" or change is None:
        return value
    share = HUNDRED if form == "percent" else ONE
    falls = direction == "down" and form in ("percent", "times_increase")
    stated = _hedged(change, precision, qualifier, most=share if falls else None)
    if form in ("absolute", "percentage_points"):
        if direction == "up":
            return Interval(value.low - stated.high, value.high - stated.low)
        return Interval(value.low + stated.low, value.high + stated.high)
    factors = _factors(form, direction, stated, share)
    if factors is None or factors.low <= ZERO or value.low < ZERO:
        return None
    return Interval(value.low / factors.high, value.high / factors.low)


def _hedged(value: Decimal, precision: Decimal | None, qualifier: str, most: Decimal | None) -> Interval:
    """What a stated change may stand for: 超过三成 is more than 30 per cent, but a report would call 60 something else.

    A fall has less room: at `most`, all. Levels are held closer (`slack_of`): 约3万 has neighbours, a change has none.
    """
    printed = Interval.of(value, slack_of(value, precision, qualifier))
    if qualifier in ("over", "at_least"):
        far = value * FAR
        return Interval(printed.low, far if most is None or value >= most else min(far, (value + most) / 2))
    return Interval(value / FAR, printed.high) if qualifier == "under" else printed


def _factors(form: str, direction: str, stated: Interval, share: Decimal) -> Interval | None:
    if form == "ratio_to_base":
        return stated
    if form not in ("percent", "times_increase"):
        return None
    if direction == "up":
        return Interval(ONE + stated.low / share, ONE + stated.high / share)
    return Interval(ONE - stated.high / share, ONE - stated.low / share)
