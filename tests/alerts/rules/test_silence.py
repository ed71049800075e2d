"""Silence: a season learned from the past and the card, its own grace, and the Lunar New Year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest

from alerts.rules.silence import LUNAR_NEW_YEAR, Publisher, find, overdue, season_of

# Published a week before the Lunar New Year in every year (they follow the provincial congress).
BY_THE_MOON = (date(2020, 1, 17), date(2021, 2, 4), date(2022, 1, 24), date(2023, 1, 14), date(2024, 2, 2))
MOON = 29.530588  # mean length of a synodic month in days
BY_THE_CALENDAR = tuple(date(year, 1, 20) for year in range(2020, 2025))


def publisher(
    *published: date, source: str = "62-zfw", months: tuple[int, ...] = (), body: str = "committee", grace: int = 14
) -> Publisher:
    return Publisher(
        source_id=source,
        name=f"{source}",
        region=source[:2],
        body=body,
        months=months,
        published=published,
        grace=timedelta(days=grace),
    )


def silent(publishers: Sequence[Publisher], today: date) -> list[str]:
    return [one.publisher.source_id for one in overdue(publishers, today)]


@pytest.mark.parametrize(
    ("days", "today", "missed"),
    [
        (BY_THE_CALENDAR, date(2025, 1, 20), False),
        (
            BY_THE_CALENDAR,
            date(2025, 2, 10),
            False,
        ),  # two days before New Year, as in 2023, is 27 January; and its grace
        (BY_THE_CALENDAR, date(2025, 2, 11), True),
        (BY_THE_CALENDAR, date(2025, 3, 20), True),
        (BY_THE_CALENDAR[:1], date(2025, 3, 20), False),
        ((), date(2025, 3, 20), False),
        (BY_THE_MOON, date(2026, 2, 15), False),  # New Year is late (17 February): nothing is missing yet
        (BY_THE_MOON, date(2026, 3, 10), True),
    ],
)
def test_when_a_source_is_missed(days: tuple[date, ...], today: date, missed: bool) -> None:
    assert silent([publisher(*days)], today) == (["62-zfw"] if missed else [])


def test_the_card_says_when_to_expect_it() -> None:
    new = publisher(months=(1, 2))
    assert silent([new], date(2025, 3, 14)) == []
    assert silent([new], date(2025, 3, 15)) == ["62-zfw"]
    assert silent([publisher(months=(1, 2), grace=30)], date(2025, 3, 15)) == []


def test_what_came_is_not_missed_and_last_years_does_not_count() -> None:
    assert silent([publisher(*BY_THE_CALENDAR, date(2025, 1, 25))], date(2025, 3, 20)) == []
    assert silent([publisher(*BY_THE_CALENDAR, date(2024, 8, 1))], date(2025, 3, 20)) == ["62-zfw"]


def test_a_silence_never_resolves_by_itself() -> None:
    for today in (date(2025, 3, 20), date(2025, 8, 1), date(2025, 12, 31)):
        assert silent([publisher(*BY_THE_CALENDAR)], today) == ["62-zfw"]


def test_peers_that_have_published_are_named() -> None:
    there = publisher(*BY_THE_CALENDAR, date(2025, 1, 22), source="61-zfw")
    court = publisher(*BY_THE_CALENDAR, date(2025, 1, 22), source="61-court", body="court")
    (found,) = find([publisher(*BY_THE_CALENDAR), there, court], date(2025, 3, 20), {"62": "甘肃"})
    assert found.facts["names"] == "61-zfw"
    assert found.facts["peers"] == "@why.silence_peers"
    (alone,) = find([publisher(*BY_THE_CALENDAR)], date(2025, 3, 20), {})
    assert alone.facts["peers"] == "@why.silence_alone"


def test_one_alert_a_season() -> None:
    keys = {
        found.fingerprint
        for day in (20, 25, 30)
        for found in find([publisher(*BY_THE_CALENDAR)], date(2025, 3, day), {})
    }
    assert len(keys) == 1


LATE_DECEMBER = (date(2021, 12, 28), date(2022, 12, 30), date(2023, 12, 29))
# Once before New Year's day, once after it: one season, not two days eleven months apart.
AROUND_NEW_YEAR = (date(2021, 12, 28), date(2023, 1, 6), date(2024, 1, 4), date(2024, 12, 30))


@pytest.mark.parametrize(
    ("days", "today", "missed"),
    [
        (LATE_DECEMBER, date(2024, 12, 31), False),  # its own grace reaches into January
        (LATE_DECEMBER, date(2025, 1, 30), False),  # by the moon it may come until 16 January, and its grace
        (LATE_DECEMBER, date(2025, 1, 31), True),
        (LATE_DECEMBER, date(2025, 11, 30), True),
        ((*LATE_DECEMBER, date(2025, 1, 3)), date(2025, 1, 31), False),
        (AROUND_NEW_YEAR[:3], date(2025, 1, 15), False),
        (AROUND_NEW_YEAR[:3], date(2025, 3, 20), True),
        (AROUND_NEW_YEAR, date(2025, 3, 20), False),
        (AROUND_NEW_YEAR, date(2026, 3, 20), True),
    ],
)
def test_a_season_at_the_turn_of_the_year(days: tuple[date, ...], today: date, missed: bool) -> None:
    assert silent([publisher(*days)], today) == (["62-zfw"] if missed else [])


def test_a_season_around_new_year_is_told_as_one() -> None:
    season = season_of(publisher(*AROUND_NEW_YEAR[:3]), 2025)
    assert season is not None
    assert season.usual == "12-28–01-06"


def test_a_winter_on_the_card_ends_in_february() -> None:
    winter = publisher(months=(12, 1, 2))
    season = season_of(winter, 2025)
    assert season is not None
    assert (season.usual, season.due) == ("12-01–02-28", date(2025, 3, 14))
    assert silent([winter], date(2025, 3, 15)) == ["62-zfw"]
    assert silent([publisher(date(2024, 12, 20), months=(12, 1, 2))], date(2025, 3, 15)) == []


def test_card_and_past_together_are_the_more_patient() -> None:
    late = publisher(*(date(year, 3, 20) for year in (2023, 2024)), months=(1, 2))
    assert silent([late], date(2025, 3, 20)) == [], "the card says February, the past March"
    assert silent([late], date(2025, 5, 1)) == ["62-zfw"]
    early = publisher(*BY_THE_CALENDAR, months=(3,))
    assert silent([early], date(2025, 3, 20)) == [], "the past says January, the card March"


@pytest.mark.parametrize(
    "day",
    [
        # As everybody who was there knows, and as ephemerides say of years to come.
        *(date(2000, 2, 5), date(2004, 1, 22), date(2007, 2, 18), date(2008, 2, 7), date(2012, 1, 23)),
        *(date(2015, 2, 19), date(2020, 1, 25), date(2021, 2, 12), date(2023, 1, 22), date(2024, 2, 10)),
        *(date(2025, 1, 29), date(2026, 2, 17), date(2033, 1, 31), date(2034, 2, 19), date(2050, 1, 23)),
    ],
)
def test_known_new_years_days(day: date) -> None:
    assert LUNAR_NEW_YEAR[day.year] == day


def test_new_years_days_are_whole_moons_apart() -> None:
    """Twelve or thirteen months of 29.53 days, within the season that the calendar allows."""
    days = list(LUNAR_NEW_YEAR.values())
    assert [day.year for day in days] == list(range(2000, 2051))
    assert all((1, 21) <= (day.month, day.day) <= (2, 20) for day in days)
    assert {(later - earlier).days for earlier, later in pairwise(days)} <= {353, 354, 355, 383, 384, 385}
    first = days[0]
    assert all(abs((day - first).days - round((day - first).days / MOON) * MOON) < 1 for day in days)


def test_the_29th_of_february() -> None:
    assert season_of(publisher(date(2020, 2, 29), date(2024, 2, 29)), 2025) is not None
