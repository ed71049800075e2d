"""What the catalogue must hold to before it is used; each refusal names the file and the table."""

from __future__ import annotations

import re
from collections.abc import Iterable

from scrapers.indicators.errors import CatalogueError
from scrapers.indicators.index import wordings_of
from scrapers.indicators.loading import Tables
from scrapers.indicators.measures import Measure, measure_of
from scrapers.indicators.model import Indicator

# What alerts look up: a form, a basis (none is year on year), a direction; or a rule's own limit.
_THRESHOLD = re.compile(
    r"(?:percent|percentage_points)(?:_(?:chain|named_period|previous_five_years))?(?:_(?:up|down))?"
    r"|small_base|outlier|turn|turn_percent|record|record_percent"
)
_RATES = frozenset([Measure.PERCENT, Measure.PER_MILLE])


def check_tables(tables: Tables) -> None:
    """Raises CatalogueError for the first table that does not hold."""
    owners: dict[str, list[Indicator]] = {}
    _check_thresholds("thresholds.toml", "", tables.thresholds)
    for indicator in tables.indicators.values():
        _check_units(indicator)
        _check_range(indicator)
        _check_links(indicator, tables)
        _check_thresholds(indicator.file, indicator.id, indicator.thresholds)
        for wording in wordings_of(indicator, tables.words):
            _check_wording(indicator, wording, owners.setdefault(wording, []))


def _check_units(indicator: Indicator) -> None:
    for unit in indicator.units:
        if measure_of(unit) is None:
            raise CatalogueError(indicator.file, indicator.id, f"unit {unit!r} has no measure", "see measures.py")


def _check_range(indicator: Indicator) -> None:
    """A rate lies between 0 and 100 (a completion or clearance rate may pass it a little)."""
    if indicator.upper is not None and indicator.measure is Measure.PERCENT and indicator.upper > 200:
        problem = f"range: {indicator.upper} is no share in per cent"
        raise CatalogueError(indicator.file, indicator.id, problem, "write the highest plausible percentage")


def _check_links(indicator: Indicator, tables: Tables) -> None:
    for key in ("part_of", "rate_of", "rate_base"):
        target = getattr(indicator, key)
        if target is not None and (target == indicator.id or target not in tables.indicators):
            raise CatalogueError(indicator.file, indicator.id, f"{key} = {target!r} is no other indicator")
    if indicator.rate_of and indicator.measure not in _RATES:
        raise CatalogueError(indicator.file, indicator.id, f"is a rate but is told in {indicator.unit!r}")


def _check_thresholds(file: str, table: str, names: Iterable[str]) -> None:
    for name in names:
        if not _THRESHOLD.fullmatch(name):
            fix = "write a form, a basis and a direction, such as percent_named_period_down"
            raise CatalogueError(file, table, f"no rule looks up a threshold {name!r}", fix)


def _check_wording(indicator: Indicator, wording: str, before: list[Indicator]) -> None:
    """One wording may belong to two indicators only where owner or measure tells them apart."""
    for other in before:
        same_owner = set(indicator.bodies) & set(other.bodies)
        if same_owner and indicator.measures & other.measures:
            problem = f"wording {wording!r} also belongs to [{other.id}] of {other.file}"
            raise CatalogueError(indicator.file, indicator.id, problem, "take it out of one of the two")
    before.append(indicator)
