"""Silence: a season learned from the past and the card, its own grace, and the Lunar New Year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from alerts.rules.silence import Publisher, find, overdue, season_of

# Published a week before the Lunar New Year in every year (they follow the provincial congress).
BY_THE_MOON = (date(2020, 1, 17), date(2021, 2, 4), date(2022, 1, 24), date(2023, 1, 14), date(2024, 2, 2))
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


def test_a_season_at_the_turn_of_the_year() -> None:
    days = (date(2021, 12, 28), date(2022, 12, 30), date(2023, 12, 29))
    season = season_of(publisher(*days), 2024)
    assert season is not None
    assert silent([publisher(*days)], date(2024, 12, 31)) == [], "its own grace reaches into January"


def test_the_29th_of_february() -> None:
    assert season_of(publisher(date(2020, 2, 29), date(2024, 2, 29)), 2025) is not None
