"""Rule 8: a source that usually has published its yearly report by now has not. Peers that have are named.

    season    from the card's months, else from the days of the year on which it published before (two years at least)
    due       the latest of those days, or the end of the card's last month, and its own grace
    missing   no publication of the kind since the season opened (60 days before its earliest day)

Days are counted from 1 January and from the Lunar New Year: reports follow the people's congresses, which follow the
holidays; of the two, the later due day holds, so that an early or late New Year raises nothing. A silence never
resolves by itself: it ends when the publication is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from storage.alert_inputs import AlertInput
from storage.vocabulary import Severity

NAME = "silence"
GRACE = timedelta(days=14)
_OPENS_BEFORE = timedelta(days=60)
_LEAST_YEARS = 2
_LOOK_BACK = 5
_NAMED = 5

# Lunar New Year's day (Hong Kong Observatory's conversion tables); beyond them only days of the year count.
LUNAR_NEW_YEAR: Mapping[int, date] = {
    day.year: day
    for day in map(
        date.fromisoformat,
        (
            *("2015-02-19", "2016-02-08", "2017-01-28", "2018-02-16", "2019-02-05", "2020-01-25", "2021-02-12"),
            *("2022-02-01", "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06", "2028-01-26"),
            *("2029-02-13", "2030-02-03", "2031-01-23", "2032-02-11", "2033-01-31", "2034-02-19", "2035-02-08"),
        ),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """A source as this rule sees it. `months` are the card's (1–12); `published` the days of its yearly reports."""

    source_id: str
    name: str
    region: str
    body: str
    months: tuple[int, ...] = ()
    published: tuple[date, ...] = ()
    grace: timedelta = GRACE


@dataclass(frozen=True, slots=True)
class Season:
    """When a source's report of a year is expected, and how that is known."""

    opens: date
    due: date
    usual: str


@dataclass(frozen=True, slots=True)
class Silent:
    """A source that should have published, with the peers that have."""

    publisher: Publisher
    season: Season
    peers: tuple[str, ...] = field(default=())


def find(publishers: Sequence[Publisher], today: date, regions: Mapping[str, str]) -> Iterator[AlertInput]:
    """Candidates for all sources that are overdue today."""
    for silent in overdue(publishers, today):
        yield _tell(silent, regions)


def overdue(publishers: Sequence[Publisher], today: date) -> Iterator[Silent]:
    """Sources whose season is over without a publication."""
    for publisher in publishers:
        season = season_of(publisher, today.year)
        if season is None or today <= season.due or _has(publisher, season, today):
            continue
        peers = [other for other in publishers if other.body == publisher.body and other is not publisher]
        there = tuple(other.name for other in peers if _has(other, season, today))
        yield Silent(publisher, season, there)


def season_of(publisher: Publisher, year: int) -> Season | None:
    """The season of `year`; None where neither card nor past tell one."""
    past = [day for day in publisher.published if year - _LOOK_BACK <= day.year < year]
    first_of_year = {day.year: day for day in sorted(past, reverse=True)}
    if publisher.months:
        last = max(publisher.months)
        end = (date(year, last, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        return Season(date(year, min(publisher.months), 1) - _OPENS_BEFORE, end + publisher.grace, f"{last:02}")
    if len(first_of_year) < _LEAST_YEARS:
        return None
    days = sorted(_this_year(day, year) for day in first_of_year.values())
    lunar = sorted(_this_year_by_moon(day, year) for day in first_of_year.values())
    usual = f"{days[0]:%m-%d}–{days[-1]:%m-%d}"
    return Season(min(days[0], lunar[0]) - _OPENS_BEFORE, max(days[-1], lunar[-1]) + publisher.grace, usual)


def _this_year(day: date, year: int) -> date:
    return date(year, 1, 1) + timedelta(days=min((day - date(day.year, 1, 1)).days, 364))


def _this_year_by_moon(day: date, year: int) -> date:
    """The same distance from the Lunar New Year; the day itself where a table does not reach."""
    then, now = LUNAR_NEW_YEAR.get(day.year), LUNAR_NEW_YEAR.get(year)
    return now + (day - then) if then and now else _this_year(day, year)


def _has(publisher: Publisher, season: Season, today: date) -> bool:
    return any(season.opens <= day <= today for day in publisher.published)


def _tell(silent: Silent, regions: Mapping[str, str]) -> AlertInput:
    publisher, year = silent.publisher, silent.season.due.year
    named = "、".join(silent.peers[:_NAMED]) + ("…" if len(silent.peers) > _NAMED else "")
    return AlertInput(
        rule=NAME,
        key=f"{publisher.source_id}|{year}",
        severity=Severity.NOTABLE,
        source_id=publisher.source_id,
        region=publisher.region,
        body=publisher.body,
        subject=publisher.name,
        period_first=(year - 1) * 12,
        period_last=(year - 1) * 12 + 11,
        sharpness=Decimal(1),
        facts={
            "code": NAME,
            "usual": silent.season.usual,
            "due": silent.season.due.isoformat(),
            "peers": "@why.silence_peers" if silent.peers else "@why.silence_alone",
            "names": named,
            "region_name": regions.get(publisher.region, publisher.region),
        },
    )
