"""Which cards a run works on: those enabled, or those named; a named one that is unknown or broken is an error."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from flows.errors import BrokenCardError, UnknownSourceError
from flows.home import Home
from scrapers.discovery.windows import SHANGHAI
from scrapers.sources.card import SourceCard
from scrapers.sources.errors import CardError
from scrapers.sources.loading import Cards, load_cards
from storage import runs

if TYPE_CHECKING:
    from flows.ingest.job import Job

# A daily source is due at the same hour every day although yesterday's run began a few minutes later.
_SLACK = timedelta(hours=1)
_AFTER_FAILURE = timedelta(hours=1)


def load(home: Home) -> tuple[tuple[SourceCard, ...], tuple[CardError, ...]]:
    """Every card that can be used, and what is wrong with the others."""
    cards = load_cards(home.sources)
    return cards.cards, cards.broken


def chosen(home: Home, ids: Sequence[str] | None) -> tuple[SourceCard, ...]:
    """The cards to work on. Raises UnknownSourceError or BrokenCardError for a named id that cannot be used."""
    cards = load_cards(home.sources)
    if not ids:
        return tuple(card for card in cards if card.enabled)
    return tuple(_named(home, cards, wanted) for wanted in dict.fromkeys(ids))


async def due(job: Job, cards: Sequence[SourceCard]) -> tuple[SourceCard, ...]:
    """Those whose last visit is as long ago as their cadence (in season, their season's) says."""
    return tuple([card for card in cards if await _is_due(job, card)])


async def _is_due(job: Job, card: SourceCard) -> bool:
    past = await job.write(runs.source_history, card.id, limit=1)
    if not past:
        return True
    # A visit that was broken off or ended badly is made up for with the next run, not after a whole cadence.
    wait = _cadence(card, job.now) - _SLACK if past[0].result in runs.WELL else _AFTER_FAILURE
    return job.now - past[0].started_at >= wait


def _cadence(card: SourceCard, now: datetime) -> timedelta:
    in_season = card.season is not None and now.astimezone(SHANGHAI).month in card.season.months
    return card.season.cadence if card.season is not None and in_season else card.cadence


def _named(home: Home, cards: Cards, wanted: str) -> SourceCard:
    if card := cards.get(wanted):
        return card
    for problem in cards.broken:
        if Path(problem.path).stem == wanted:
            raise BrokenCardError(str(problem), "mend that line, then `zhengfa sources check`")
    near = [card.id for card in cards if wanted in card.id or card.id in wanted]
    raise UnknownSourceError(
        f"no source is called {wanted!r}",
        f"did you mean {', '.join(near[:3])}?"
        if near
        else f"`zhengfa sources list` shows all; yours lie in {home.sources}",
    )
