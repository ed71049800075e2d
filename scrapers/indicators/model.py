"""The records of the catalogue.

Indicator     id, names, wordings, units, owners, meaning of a rise, range, thresholds
├── wordings  as printed, in the pattern syntax of `scrapers.indicators.patterns`
└── units     as printed; the first one's measure is the indicator's own (`measure`)
Row           one line of `zhengfa indicators`
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from scrapers.indicators.measures import Measure, measure_of
from scrapers.vocabulary import BodyKind


class Rise(StrEnum):
    """What a rise of an indicator means to those who watch it."""

    GOOD = "good"
    BAD = "bad"
    NEUTRAL = "neutral"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator. `lower` and `upper` bound one province's plausible value of one year, in `units[0]`.

    `thresholds` are decimals by name (percent, percent_down, percentage_points, small_base ...), over the catalogue's
    defaults. `part_of` is an indicator whose value bounds this one; a rate is `rate_of` over `rate_base`.
    """

    id: str
    name: str
    english: str
    topic: str
    wordings: tuple[str, ...]
    units: tuple[str, ...]
    bodies: tuple[BodyKind, ...]
    rise: Rise
    key: bool = False
    lower: Decimal | None = None
    upper: Decimal | None = None
    thresholds: Mapping[str, Decimal] = field(default_factory=dict)
    part_of: str | None = None
    rate_of: str | None = None
    rate_base: str | None = None
    file: str = ""

    @property
    def unit(self) -> str:
        """The unit of its own measure."""
        return self.units[0]

    @property
    def measure(self) -> Measure:
        """Its own measure, that of its first unit. Raises KeyError for a unit that `check` refuses."""
        found = measure_of(self.units[0])
        if found is None:
            raise KeyError(self.units[0])
        return found

    @property
    def measures(self) -> frozenset[Measure]:
        """Every measure in which it is told."""
        return frozenset(found for unit in self.units if (found := measure_of(unit)) is not None)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list of indicators, every cell as it is shown."""

    id: str
    name: str
    english: str
    units: str
    bodies: str
    rise: str
    key: bool
    wordings: tuple[str, ...]
