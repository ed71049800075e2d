"""Which cards a run works on: those enabled, or those named; a named one that is unknown or broken is an error."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from flows.cron import moments
from flows.errors import BrokenCardError, UnknownSourceError
from flows.home import Home
from flows.language import say
from flows.mistakes import told
from flows.repairs import way_out
from scrapers.discovery.windows import SHANGHAI
from scrapers.sources.card import SourceCard
from scrapers.sources.errors import CardError
from scrapers.sources.loading import Cards, load_cards
from scrapers.web.pacing import next_opening
from storage import runs

if TYPE_CHECKING:
    from flows.ingest.job import Job

# A daily source is due at the same hour every day although yesterday's run began a few minutes later.
_SLACK = timedelta(hours=1)
_AFTER_FAILURE = timedelta(hours=1)


def load(home: Home) -> Cards:
    """Every card that can be used, and what is wrong with the others."""
    return load_cards(home.sources)


def unusable(broken: Sequence[CardError]) -> tuple[str, ...]:
    """The ids of cards with faults, of which one card may have several."""
    return tuple(sorted(Path(file).stem for file in {str(each.path) for each in broken}))


def chosen(home: Home, ids: Sequence[str] | None, cards: Cards | None = None) -> tuple[SourceCard, ...]:
    """The cards to work on, of those that were read already.

    Raises UnknownSourceError or BrokenCardError for a named id that cannot be used.
    """
    cards = load(home) if cards is None else cards
    if not ids:
        return tuple(card for card in cards if card.enabled)
    return tuple(_named(home, cards, wanted) for wanted in dict.fromkeys(ids))


async def due(job: Job, cards: Sequence[SourceCard]) -> tuple[SourceCard, ...]:
    """Those whose last visit is as long ago as their cadence (in season, that of the season) says, in their hours."""
    return tuple([card for card in cards if await _is_due(job, card)])


def opens_at(card: SourceCard, now: datetime) -> datetime | None:
    """When the card lets its site be asked next, in China's time; None where it does at `now` (aware)."""
    return next_opening(card.hours, now) if card.hours else None


def never_open(card: SourceCard, schedule: str) -> bool:
    """Whether no run of `schedule` (cron, in China's time) falls into the hours of the card."""
    # As many as a day has minutes: no line comes round at more times of day.
    coming = islice(moments(schedule, datetime(2026, 1, 1, tzinfo=SHANGHAI)), 24 * 60)
    return all(opens_at(card, moment) is not None for moment in coming)


async def _is_due(job: Job, card: SourceCard) -> bool:
    if opens_at(card, job.now) is not None:
        return False
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
            again = say("改好后用 `zhengfa sources check` 再看", "mend it, then `zhengfa sources check`")
            raise BrokenCardError(told(problem), "; ".join(filter(None, (way_out(problem), again))))
    near = [card.id for card in cards if wanted in card.id or card.id in wanted]
    raise UnknownSourceError(
        say(f"没有来源 {wanted!r}", f"no source is called {wanted!r}"),
        say(f"是不是 {'、'.join(near[:3])}?", f"did you mean {', '.join(near[:3])}?")
        if near
        else say(
            f"`zhengfa sources list` 列出全部;你自己的在 {home.sources}",
            f"`zhengfa sources list` shows all; yours lie in {home.sources}",
        ),
    )
