"""The catalogue of indicators: which series a printed subject belongs to, if any.

    Catalogue.match("全省法院共受理各类案件", "件", BodyKind.COURT)  -> "court_cases_received"

A match is a look-up of the whole subject, never of a part of it: a crime of one kind is not the total, a rate is not
its level, 新收 is not 受理. Owner and unit must fit as well. What is not found stays in the text's own words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path

from scrapers.indicators.checks import check_tables
from scrapers.indicators.index import Index, wordings_of
from scrapers.indicators.loading import Tables, load_tables
from scrapers.indicators.measures import measure_of
from scrapers.indicators.model import Indicator, Row
from scrapers.indicators.regions import Region, Regions, load_regions
from scrapers.vocabulary import BodyKind

# Subjects recur across the publications of one run; this many cover a year of one province.
_REMEMBERED = 16384


class Catalogue:
    """Indicators by id, and the look-ups of subjects and regions. Never changed.

    The look-up of subjects is built when it is first asked for, or made `ready`; who keeps tables needs none.
    """

    def __init__(self, tables: Tables, regions: Regions) -> None:
        self.regions = regions
        self._tables = tables

    @cached_property
    def _remember(self) -> Callable[[str, str, BodyKind | None], Indicator | None]:
        index = Index(self._tables.indicators.values(), self._tables.words, self.regions.head)
        return lru_cache(maxsize=_REMEMBERED)(index.find)

    def ready(self) -> Catalogue:
        """Itself, with the look-up of subjects built. Raises CatalogueError for a wording that is not well written."""
        _ = self._remember
        return self

    def __reduce__(self) -> tuple[type[Catalogue], tuple[Tables, Regions]]:
        """What another process needs to build it again: the look-ups themselves do not travel."""
        return Catalogue, (self._tables, self.regions)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Every indicator, in the order of the files."""
        return tuple(self._tables.indicators.values())

    @property
    def default_thresholds(self) -> Mapping[str, Decimal]:
        """Thresholds for alerts that hold where an indicator has none of its own."""
        return self._tables.thresholds

    def get(self, indicator_id: str) -> Indicator | None:
        """The indicator of that id, or None."""
        return self._tables.indicators.get(indicator_id)

    def find(self, subject: str, unit: str, body: BodyKind | None) -> Indicator | None:
        """The indicator that `subject`, told in `unit` by `body`, is; None where it is in no wording.

        `unit` is as printed without its scale, "" where only a change is stated. Committees, congresses and the press
        speak of others: with them, and without a body, a wording that two owners share is nobody's.
        """
        return self._remember(subject, unit, body)

    def match(self, subject: str, unit: str, body: BodyKind | None) -> str | None:
        """As `find`, the id alone: what the reader asks for."""
        found = self._remember(subject, unit, body)
        return found.id if found else None

    def bare_unit(self, indicator_id: str) -> str:
        """The unit of a figure that is printed without one: 人 for 万车死亡率1.05.

        "" where its units measure unlike things (满意度 is told in % and in 分). Raises KeyError for an unknown id.
        """
        units = self._tables.indicators[indicator_id].units
        return units[0] if len({measure_of(unit.partition("/")[0]) for unit in units}) == 1 else ""

    def forms_of(self, indicator_id: str) -> tuple[str, ...]:
        """Every plain form of an indicator's wordings. Raises KeyError for an id that is not there."""
        return wordings_of(self._tables.indicators[indicator_id], self._tables.words)

    def region(self, name_or_code: str) -> Region | None:
        """The region of a code or of any of its names, or None."""
        return self.regions.get(name_or_code)

    def begins_region(self, two_signs: str) -> bool:
        """Whether the name of any region begins with these two signs."""
        return two_signs in self.regions.beginnings

    def check(self) -> None:
        """Raises CatalogueError for two indicators with one wording, an unknown unit, a bad range or reference."""
        check_tables(self._tables)

    def rows(self, search: str = "") -> tuple[Row, ...]:
        """A line for each indicator whose id, names or wordings hold `search`."""
        return tuple(_row(each) for each in self.indicators if _holds(each, search.strip().lower()))


def _holds(indicator: Indicator, search: str) -> bool:
    texts: Iterable[str] = (indicator.id, indicator.name, indicator.english, indicator.topic, *indicator.wordings)
    return any(search in text.lower() for text in texts)


def _row(indicator: Indicator) -> Row:
    return Row(
        id=indicator.id,
        name=indicator.name,
        english=indicator.english,
        units=" ".join(indicator.units),
        bodies="、".join(body.label for body in indicator.bodies),
        rise=indicator.rise.value,
        key=indicator.key,
        wordings=indicator.wordings,
    )


@lru_cache(maxsize=8)
def load_catalogue(extra_dir: Path | None = None) -> Catalogue:
    """The shipped catalogue with the tables of `extra_dir` laid over it, built once for each folder.

    Raises CatalogueError for a file, table or wording that cannot be used; `Catalogue.check` looks further.
    """
    catalogue = Catalogue(load_tables(extra_dir), load_regions())
    # The wordings of the shipped tables are well written, which a test holds; those with the user's may not be.
    own = extra_dir is not None and any(extra_dir.glob("*.toml"))
    return catalogue.ready() if own else catalogue
