"""Rule 8: a source that usually has published its yearly report by now has not. Peers that have are named.

    season    from the card's months, and from the days of the year on which it published before (two years at least);
              where both are known, it opens with the earlier and ends with the later of the two
    due       the latest of those days, or the end of the card's last month, and its own grace
    missing   no publication of the kind since the season opened (60 days before its earliest day)

Days are counted from 1 January and from the Lunar New Year: reports follow the people's congresses, which follow the
holidays; of the two, the later due day holds, so that an early or late New Year raises nothing. A season may lie over
the turn of the year (28 December once, 5 January the next time): it is named after the year in which it ends. A silence
never resolves by itself: it ends when the publication is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from storage.alert_inputs import AlertInput
from storage.vocabulary import Severity

NAME = "silence"
GRACE = timedelta(days=14)
_OPENS_BEFORE = timedelta(days=60)
_LEAST_YEARS = 2
_LOOK_BACK = 5
_YEAR = 12
_HALF_A_YEAR = 183
_NAMED = 5

# Lunar New Year's day; beyond these years only days of the year count. Verified on 2026-11-25: lunardate 0.3.0,
# LunarCalendar 0.0.9, zhdate 0.1 and lunar_python 1.4.8 agree on every one, and so does astronomy (ephem 4.2.1: the new
# moon by Beijing time that begins the second month after the one with the winter solstice, a leap month apart);
# chinesecalendar 1.11.0 has those of 2004-2026 as public holidays.
LUNAR_NEW_YEAR: Mapping[int, date] = {
    day.year: day
    for day in map(
        date.fromisoformat,
        (
            *("2000-02-05", "2001-01-24", "2002-02-12", "2003-02-01", "2004-01-22", "2005-02-09"),
            *("2006-01-29", "2007-02-18", "2008-02-07", "2009-01-26", "2010-02-14", "2011-02-03"),
            *("2012-01-23", "2013-02-10", "2014-01-31", "2015-02-19", "2016-02-08", "2017-01-28"),
            *("2018-02-16", "2019-02-05", "2020-01-25", "2021-02-12", "2022-02-01", "2023-01-22"),
            *("2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06", "2028-01-26", "2029-02-13"),
            *("2030-02-03", "2031-01-23", "2032-02-11", "2033-01-31", "2034-02-19", "2035-02-08"),
            *("2036-01-28", "2037-02-15", "2038-02-04", "2039-01-24", "2040-02-12", "2041-02-01"),
            *("2042-01-22", "2043-02-10", "2044-01-30", "2045-02-17", "2046-02-06", "2047-01-26"),
            *("2048-02-14", "2049-02-02", "2050-01-23"),
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
        season = _over(publisher, today)
        if season is None or _has(publisher, season, today):
            continue
        peers = [other for other in publishers if other.body == publisher.body and other is not publisher]
        there = tuple(other.name for other in peers if _has(other, season, today))
        yield Silent(publisher, season, there)


def _over(publisher: Publisher, today: date) -> Season | None:
    """The season that ended this year, once its grace is over; that of late December ends in the next one."""
    for year in (today.year, today.year - 1):
        season = season_of(publisher, year)
        if season is not None and season.due < today and season.due.year == today.year:
            return season
    return None


def season_of(publisher: Publisher, year: int) -> Season | None:
    """The season of `year`; None where neither card nor past tell one."""
    told, learned = _told(publisher, year), _learned(publisher, year)
    if told is None or learned is None:
        return told or learned
    return Season(min(told.opens, learned.opens), max(told.due, learned.due), learned.usual)


def _told(publisher: Publisher, year: int) -> Season | None:
    """As the card says; 12, 1, 2 is one winter, which ends in `year`."""
    if not publisher.months:
        return None
    months = sorted(publisher.months)
    gaps = [(later - earlier, place) for place, (earlier, later) in enumerate(pairwise([*months, months[0] + _YEAR]))]
    # The season is what lies between two of the card's widest gap; the last one, where several are as wide.
    place = max(gaps)[1]
    first, last = months[(place + 1) % len(months)], months[place]
    begins = date(year - (first > last), first, 1)
    end = (date(year, last, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return Season(begins - _OPENS_BEFORE, end + publisher.grace, f"{begins:%m-%d}–{end:%m-%d}")


def _learned(publisher: Publisher, year: int) -> Season | None:
    """As the first publications of the years before say."""
    firsts = _firsts(publisher.published, year)
    if len(firsts) < _LEAST_YEARS:
        return None
    days = sorted(_this_year(day, of, year) for of, day in firsts.items())
    lunar = sorted(_this_year_by_moon(day, of, year) for of, day in firsts.items())
    usual = f"{days[0]:%m-%d}–{days[-1]:%m-%d}"
    return Season(min(days[0], lunar[0]) - _OPENS_BEFORE, max(days[-1], lunar[-1]) + publisher.grace, usual)


def _firsts(published: Sequence[date], year: int) -> Mapping[int, date]:
    """By season, the first publication of each of those before; on both sides of New Year they are of one season."""
    by_year, by_winter = (_first_of_each(published, year, turn=turn) for turn in (13, 7))
    offsets = [[(day - date(of, 1, 1)).days for of, day in firsts.items()] for firsts in (by_year, by_winter)]
    spreads = [max(days) - min(days) if days else 0 for days in offsets]
    return by_winter if spreads[0] > _HALF_A_YEAR and spreads[1] < _HALF_A_YEAR else by_year


def _first_of_each(published: Sequence[date], year: int, *, turn: int) -> dict[int, date]:
    """From the month `turn` on a day belongs to the season of the next year."""
    seasons = [(day.year + (day.month >= turn), day) for day in sorted(published, reverse=True)]
    return {of: day for of, day in seasons if year - _LOOK_BACK <= of < year}


def _this_year(day: date, of: int, year: int) -> date:
    return date(year, 1, 1) + timedelta(days=min((day - date(of, 1, 1)).days, 364))


def _this_year_by_moon(day: date, of: int, year: int) -> date:
    """The same distance from the Lunar New Year; the day itself where the table does not reach."""
    then, now = LUNAR_NEW_YEAR.get(of), LUNAR_NEW_YEAR.get(year)
    return now + (day - then) if then and now else _this_year(day, of, year)


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
