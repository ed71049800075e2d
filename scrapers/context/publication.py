"""Putting the witnesses of a publication together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from scrapers.context.bodies import body_of, issuer_of
from scrapers.context.kinds import kind_of
from scrapers.context.model import DateWitness, Publication
from scrapers.context.periods import meeting_of, period_of
from scrapers.context.places import Place, level_of, place_in
from scrapers.pages.dates import day_of
from scrapers.pages.model import Article
from scrapers.reading.model import Context
from scrapers.sources.card import SourceCard
from scrapers.vocabulary import Level

_LATE_DAYS = 120
_APART_DAYS = 31
_OPENING = 6


def publication(article: Article, card: SourceCard | None, listed: date | None = None) -> Publication:
    """Everything that `article` and `card` tell; without a card (a file of the user's) only what the page tells.

    `listed` is the date that the list showed beside the link, a witness where the page itself has none.
    """
    kind = kind_of(article)
    meeting = meeting_of(article)
    published, trusted = _trusted(article, meeting, listed)
    place = _place(article, card)
    region = place.code if place else (card.region if card else None)
    return Publication(
        region=region,
        body=body_of(article, card.body if card else None),
        level=place.level if place else (level_of(card.region) if card else None),
        kind=kind,
        period=period_of(article, kind, meeting, day_of(published)),
        issuer=issuer_of(article) or (card.name if card else None),
        publisher=card.name if card else article.source,
        meeting=meeting,
        page=article.dates.printed or article.dates.meta,
        address=article.dates.address,
        published=published,
        trusted=trusted,
        remarks=frozenset(_remarks(article, card, meeting, published, place)),
    )


def context(article: Article, card: SourceCard | None, listed: date | None = None) -> Context:
    """What the reader wants to know of `article`."""
    return publication(article, card, listed).for_reader


def _place(article: Article, card: SourceCard | None) -> Place | None:
    """Whose report: the title, then the session's line and the speaker, each before the card."""
    home = card.region if card else None
    opening = [text for text in article.paragraphs[:_OPENING] if "会议" in text or "我代表" in text or "我受" in text]
    for text in (article.title, *article.heading, *opening):
        if (place := place_in(text, home)) is not None:
            return place
    if home is None:
        return place_in(f"{article.source or ''}{''.join(article.paragraphs[:2])}", None)
    return None


def _trusted(
    article: Article, meeting: date | None, listed: date | None
) -> tuple[datetime | date | None, DateWitness | None]:
    """The page before the list before the address; an address older than the session dates something else."""
    dates = article.dates
    if article.published is not None and (dates.printed is not None or dates.meta is not None):
        same = dates.printed is not None and day_of(dates.printed) == day_of(article.published)
        return article.published, DateWitness.PRINTED if same else DateWitness.META
    if listed is not None:
        return listed, DateWitness.LIST
    if dates.address is not None and (meeting is None or dates.address >= meeting):
        return dates.address, DateWitness.ADDRESS
    return (meeting, DateWitness.MEETING) if meeting is not None else (article.published, None)


def _remarks(
    article: Article,
    card: SourceCard | None,
    meeting: date | None,
    published: datetime | date | None,
    place: Place | None,
) -> Iterator[str]:
    day, address = day_of(published), article.dates.address
    if "摘要" in article.title:
        yield "abridged"
    if any("（下转" in text or "（上接" in text for text in article.paragraphs):
        yield "continued"
    if meeting and day and (day - meeting).days > _LATE_DAYS:
        yield "late"
    if day and address and abs((day - address).days) > _APART_DAYS:
        yield "address_date_differs"
    if card and place and place.code and card.region != "00" and place.code[:2] not in {card.region[:2], "00"}:
        yield "foreign_region"
    if place and place.level in {Level.CITY, Level.COUNTY} and card and len(card.region) == 2:
        yield "lower_level"
    if card and article.site_code and card.site_code and article.site_code != card.site_code:
        yield "site_code_differs"
