"""The catalogue, the regions and the cards into tables, where rules and queries find them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from flows.home import Home
from flows.ingest.cards import load
from scrapers.context.places import county_name, level_of
from scrapers.indicators import Catalogue, Indicator, Region, Rise, load_catalogue
from scrapers.sources.card import SourceCard
from storage import catalogue as tables
from storage.inputs import IndicatorInput, RegionInput, SourceInput
from storage.store import Store


def sync_record(store: Store, home: Home, cards: Iterable[SourceCard] | None = None) -> None:
    """Make the tables say what catalogue and cards say, in one transaction; `cards` where they were read already.

    Raises what the catalogue raises.
    """
    catalogue = load_catalogue(home.indicators)
    cards = tuple(load(home) if cards is None else cards)
    with store.write() as session:
        tables.sync_regions(session, (*map(_region, catalogue.regions), *_counties(catalogue, cards)))
        tables.sync_indicators(session, map(_indicator, catalogue.indicators))
        tables.sync_sources(session, map(_source, cards), now=datetime.now(UTC))


def _counties(catalogue: Catalogue, cards: Iterable[SourceCard]) -> Iterator[RegionInput]:
    """The counties that cards speak for: the catalogue ends with their cities.

    A municipality's districts, and what a province governs itself, have no city between (110105, 429004).
    """
    known = catalogue.regions.by_code
    for code in sorted({card.region for card in cards} - set(known)):
        name = county_name(code) or code
        parent = next((above for above in (code[:4], code[:2]) if above in known), None)
        yield RegionInput(code=code, name=name, short_name=name, level=level_of(code).value, parent=parent)


def _region(region: Region) -> RegionInput:
    return RegionInput(
        code=region.code,
        name=region.name,
        short_name=region.short or region.name,
        level=region.level.value,
        parent=region.parent,
    )


def _indicator(indicator: Indicator) -> IndicatorInput:
    return IndicatorInput(
        id=indicator.id,
        label=indicator.name,
        topic=indicator.topic,
        body=indicator.bodies[0].value if indicator.bodies else None,
        measure=indicator.measure.value,
        unit=indicator.unit,
        rise="good" if indicator.rise is Rise.GOOD else "bad" if indicator.rise is Rise.BAD else "",
        key=indicator.key,
        lower=indicator.lower,
        upper=indicator.upper,
        thresholds=dict(indicator.thresholds),
        part_of=indicator.part_of,
        rate_of=indicator.rate_of,
        rate_base=indicator.rate_base,
    )


def _source(card: SourceCard) -> SourceInput:
    return SourceInput(
        id=card.id,
        name=card.name,
        region=card.region,
        body=card.body.value,
        list_urls=card.list_urls,
        family=card.family or "",
        enabled=card.enabled,
        required=card.required,
        tolerate_days=card.tolerate_failures_for.days,
        months=tuple(str(month) for month in card.season.months) if card.season else (),
    )
