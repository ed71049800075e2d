"""What counts as sharp: defaults by form and basis, an indicator's own over them, a person's trial over both.

    names in an indicator's `thresholds`, the most particular first
        percent_named_period_down, percent_named_period     form, basis, direction
        percent_down, percent                               for year on year
        where it has its own for year on year alone, it goes for other bases in the proportion of the defaults

    spread      an indicator that always swings needs more: twice the usual spread of its own past changes, and never
                more than three times the threshold
    small base  of a base count below `small_base`, or a change within three standard errors of it, nothing is told:
                2 -> 5 cases is no +150 % alert

docs/thresholds.md justifies the figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median

from storage.facts import ChangeFacts, ChangePointFacts, FigureFacts, IndicatorFacts

# Where the catalogue's thresholds.toml says nothing else; a test holds both equal.
DEFAULTS: Mapping[str, Decimal] = {
    "percent": Decimal(20),
    "percent_chain": Decimal(30),
    "percent_named_period": Decimal(40),
    "percent_previous_five_years": Decimal(40),
    "percentage_points": Decimal(5),
    "percentage_points_chain": Decimal(5),
    "percentage_points_named_period": Decimal(8),
    "percentage_points_previous_five_years": Decimal(8),
    "small_base": Decimal(10),
    "outlier": Decimal("3.5"),  # Iglewicz and Hoaglin's limit for the modified z-score
    "turn": Decimal(3),  # periods one way before a turn is worth a word
    "turn_percent": Decimal(5),
    "record": Decimal(5),  # points that a series needs before its extreme is one
    "record_percent": Decimal(5),
}

# Units of values that are compared in points, not in per cent; "" is what a change without a level has.
POINTED = frozenset(["%", "％", "‰", "分", ""])
# Units that count separate cases, where chance alone moves a small number.
COUNTED = frozenset(["件", "起", "人", "名", "人次", "件次", "场", "场次", "个", "家", "项", "例", "宗", "份"])
_ERRORS = 3
_WHOLE = Decimal(100)
_SPREAD_FACTOR = Decimal(2)
_SPREAD_CAP = Decimal(3)
_SPREAD_LEAST = 5
_MAD_TO_SIGMA = Decimal("1.4826")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Looks thresholds up; `trial` are those of a preview (`--set percent=30`), over everything else.

    `defaults` are the catalogue's, with what the user has laid over them.
    """

    trial: Mapping[str, Decimal] = field(default_factory=dict)
    defaults: Mapping[str, Decimal] = field(default_factory=dict)

    def named(self, name: str, indicator: IndicatorFacts | None = None) -> Decimal:
        """The threshold of exactly this name. Raises KeyError for a name that has no default."""
        own = indicator.thresholds if indicator else {}
        for place in (self.trial, own, self.defaults, DEFAULTS):
            if name in place:
                return place[name]
        raise KeyError(name)

    def for_change(
        self, form: str, basis: str, direction: str, indicator: IndicatorFacts | None = None
    ) -> Decimal | None:
        """The threshold for a change of this kind; None where there is none for its form."""
        stem = form if basis == "yoy" else f"{form}_{basis}"
        own = indicator.thresholds if indicator else {}
        asked = _first((self.trial, own), stem, direction)
        if asked is not None:
            return asked
        default = _first((self.defaults, DEFAULTS), stem, direction)
        yearly, usual = _first((own,), form, direction), _first((self.defaults, DEFAULTS), form, direction)
        if default is None or yearly is None or not usual:
            return default
        return default * yearly / usual

    def allows_base(self, figure: FigureFacts, base: Decimal | None, now: Decimal | None) -> bool:
        """Whether a change of a count is more than chance; always so where it is no count or a level is unknown."""
        if base is None or now is None or figure.unit not in COUNTED:
            return True
        if base < self.named("small_base", figure.indicator):
            return False
        return (now - base) ** 2 >= _ERRORS**2 * base


def _first(places: Sequence[Mapping[str, Decimal]], stem: str, direction: str) -> Decimal | None:
    names = (f"{stem}_{direction}", stem)
    return next((place[name] for place in places for name in names if name in place), None)


@dataclass(frozen=True, slots=True)
class Measured:
    """A change as thresholds measure it: per cent or points, always positive."""

    size: Decimal
    form: str


def measure(
    change: ChangeFacts | ChangePointFacts, value: Decimal | None = None, unit: str | None = None
) -> Measured | None:
    """Per cent for what can be put so: multiples by their base, an absolute change by its level. None where it cannot.

    增长2.3倍 is +230 per cent; 是…的3.2倍 is +220 per cent; 受理62万件,上升5.2个百分点 can only mean +5.2 per cent.
    `unit` is that of the level. What would leave less than nothing (下降113%) is no measure of anything.
    """
    if change.value is None:
        return None
    match _form(change, unit):
        case "percentage_points":
            return Measured(change.value, "percentage_points")
        case "percent":
            size = change.value
        case "times_increase":
            size = change.value * 100
        case "ratio_to_base":
            return Measured(abs(change.value - 1) * 100, "percent")
        case "absolute" if value is not None and same_kind(change.unit, unit):
            before = value - change.value if change.direction == "up" else value + change.value
            return Measured(change.value / before * 100, "percent") if before > 0 else None
        case _:
            return None
    return None if change.direction == "down" and size > _WHOLE else Measured(size, "percent")


def base_of(value: Decimal | None, change: ChangeFacts, unit: str | None = None) -> Decimal | None:
    """The level that the change started from, as level and change give it; None where they do not."""
    if value is None or change.value is None:
        return None
    sign = -1 if change.direction == "down" else 1
    match _form(change, unit):
        case "percent":
            factor = 1 + sign * change.value / 100
        case "times_increase":
            factor = 1 + sign * change.value
        case "ratio_to_base":
            factor = change.value
        case "absolute" if same_kind(change.unit, unit):
            return value - sign * change.value
        case _:
            return None
    return value / factor if factor > 0 else None


def unit_of(figure: FigureFacts) -> str | None:
    """The unit of a figure's level, of its indicator where it states none."""
    return figure.unit or (figure.indicator.unit if figure.indicator else None)


def _form(change: ChangeFacts | ChangePointFacts, unit: str | None) -> str:
    points_of_a_count = change.form == "percentage_points" and unit is not None and unit not in POINTED
    return "percent" if points_of_a_count else change.form


def same_kind(one: str, other: str | None) -> bool:
    """Whether values in both units compare, as those of one measure: 起 and 件 do, 件 and 元 do not."""
    return not one or not other or one == other or {one, other} <= COUNTED


def usual_spread(past: Sequence[Decimal]) -> Decimal | None:
    """How much the signed changes of other periods scatter (MAD as a standard deviation); None below five of them."""
    if len(past) < _SPREAD_LEAST:
        return None
    middle = median(past)
    return median([abs(value - middle) for value in past]) * _MAD_TO_SIGMA


def widened(threshold: Decimal, spread: Decimal | None) -> Decimal:
    """The threshold for an indicator with that spread."""
    if spread is None:
        return threshold
    return min(max(threshold, spread * _SPREAD_FACTOR), threshold * _SPREAD_CAP)
