"""From every form of every wording to the indicators that own it: one dictionary, built once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from scrapers.indicators.errors import CatalogueError
from scrapers.indicators.measures import measure_of, measure_of_subject
from scrapers.indicators.model import Indicator
from scrapers.indicators.patterns import PatternError, expand
from scrapers.indicators.subjects import forms, plain
from scrapers.vocabulary import BodyKind

# Parts forms: it stands in none, and `plain` leaves it where it is.
_BETWEEN = "\x00"
# These speak of others' figures, so they own no wording by being the speaker.
_REPORTERS = frozenset([BodyKind.COMMITTEE, BodyKind.CONGRESS, BodyKind.PRESS])


def wordings_of(indicator: Indicator, words: Mapping[str, str]) -> tuple[str, ...]:
    """Every plain form of an indicator's wordings. Raises CatalogueError for one that is not well written."""
    try:
        written = [form for wording in indicator.wordings for form in expand(wording, words)]
    except PatternError as problem:
        raise CatalogueError(indicator.file, indicator.id, f"wordings: {problem}") from problem
    # In one go: some forty forms an indicator.
    return tuple(dict.fromkeys(plain(_BETWEEN.join(written)).split(_BETWEEN)))


class Index:
    """Looks subjects up."""

    def __init__(self, indicators: Iterable[Indicator], words: Mapping[str, str], places: re.Pattern[str]) -> None:
        self._places = places
        self._owners: dict[str, list[Indicator]] = {}
        for indicator in indicators:
            for wording in wordings_of(indicator, words):
                self._owners.setdefault(wording, []).append(indicator)

    def find(self, subject: str, unit: str, body: BodyKind | None) -> Indicator | None:
        """The one indicator that subject, unit and body fit, or None."""
        for form, speaker in forms(subject, self._places):
            owners = self._owners.get(form)
            if owners is not None:
                return _only(owners, subject, unit, speaker if body is None or body in _REPORTERS else body)
        return None


def _only(owners: list[Indicator], subject: str, unit: str, body: BodyKind | None) -> Indicator | None:
    """The one of `owners` that measure and body leave; None where none or more than one is left."""
    measure = measure_of(unit) if unit else measure_of_subject(plain(subject))
    if unit and measure is None:
        return None
    fitting = [each for each in owners if measure is None or measure in each.measures]
    if body is not None and body not in _REPORTERS:
        fitting = [each for each in fitting if body in each.bodies]
    return fitting[0] if len(fitting) == 1 else None
