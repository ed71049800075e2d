"""Windows and revisits count days in China."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from scrapers.discovery.revisits import RevisitPolicy
from scrapers.discovery.windows import Window, today, window

NOW = datetime(2026, 1, 20, 16, 30, tzinfo=UTC)


def test_it_is_already_tomorrow_in_china() -> None:
    assert today(NOW) == date(2026, 1, 21)
    assert today(datetime(2025, 12, 31, 15, 59, tzinfo=UTC)) == date(2025, 12, 31)
    assert today(datetime(2025, 12, 31, 16, 0, tzinfo=UTC)) == date(2026, 1, 1)


def test_a_first_run_looks_back_400_days() -> None:
    first = window(NOW)
    assert first == Window(date(2024, 12, 17), None, asked=False)
    assert first.holds(date(2024, 12, 17))
    assert not first.holds(date(2024, 12, 16))
    assert first.holds(date(2026, 2, 1))
    assert first.holds(None)


def test_what_the_user_names_is_taken() -> None:
    asked = window(NOW, since=date(2019, 1, 1), until=date(2019, 12, 31))
    assert asked.asked
    assert asked.holds(date(2019, 12, 31))
    assert not asked.holds(date(2020, 1, 1))
    assert window(NOW, until=date(2019, 1, 1)).since is None
    with pytest.raises(ValueError, match="before it begins"):
        window(NOW, since=date(2020, 1, 2), until=date(2020, 1, 1))


@pytest.mark.parametrize(
    ("published", "first_seen", "checked", "due"),
    [
        (date(2026, 1, 20), NOW, NOW, NOW + timedelta(days=1)),
        (date(2025, 12, 25), NOW - timedelta(days=26), NOW, NOW + timedelta(days=1)),
        (date(2025, 12, 22), NOW - timedelta(days=29), NOW, None),
        (date(2019, 1, 1), NOW, NOW, None),
        (date(2028, 1, 1), NOW, NOW, NOW + timedelta(days=1)),
        (date(2028, 1, 1), NOW - timedelta(days=30), NOW, None),
        (None, NOW - timedelta(days=28), NOW, NOW + timedelta(days=1)),
        (None, NOW - timedelta(days=30), NOW, None),
    ],
    ids=[
        "fresh",
        "26 days",
        "30 days at the next time",
        "archive",
        "to come",
        "to come, old",
        "undated, young",
        "undated, old",
    ],
)
def test_an_article_is_due_daily_until_it_is_thirty_days_old(
    published: date | None, first_seen: datetime, checked: datetime, due: datetime | None
) -> None:
    assert RevisitPolicy().due_at(checked, first_seen, published) == due


def test_zero_makes_every_known_article_due() -> None:
    policy = RevisitPolicy(every=timedelta(0))
    assert policy.due_at(NOW, NOW - timedelta(days=900), date(2019, 1, 1)) == NOW
