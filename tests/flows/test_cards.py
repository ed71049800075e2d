"""Which cards a run works on, by the hour."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from flows.home import Home
from flows.ingest.cards import never_open, opens_at
from scrapers.sources.card import SourceCard
from tests.flows.conftest import Zhengfa


def card(hours: str | None) -> SourceCard:
    return SourceCard.model_validate({"id": "62-x", "name": "虚构", "region": "62", "body": "法院", "hours": hours})


@pytest.mark.parametrize(
    ("hours", "utc", "opens"),
    [
        (None, "2026-01-20 02:00", None),
        ("22:00-06:00", "2026-01-20 02:00", "2026-01-20T22:00:00+08:00"),
        ("22:00-06:00", "2026-01-20 14:00", None),
        ("22:00-06:00", "2026-01-20 21:59", None),
        ("22:00-06:00", "2026-01-20 22:00", "2026-01-21T22:00:00+08:00"),
    ],
)
def test_hours_of_a_card_are_china_s(hours: str | None, utc: str, opens: str | None) -> None:
    found = opens_at(card(hours), datetime.fromisoformat(utc).replace(tzinfo=UTC))
    assert (found.isoformat() if found else None) == opens


@pytest.mark.parametrize(
    ("schedule", "never"),
    [
        ("15 7,12,18 * * *", True),
        ("15 7,12,18,23 * * *", False),
        ("0 */6 * * *", False),
        ("*/20 8-20 * * *", True),
        ("30 20-23 * * 1-5", False),
        ("0 22/1 * * *", False),
        ("@hourly", False),
        ("0 12 L * *", True),
    ],
)
def test_a_schedule_that_never_meets_a_card_s_hours(schedule: str, never: bool) -> None:
    assert never_open(card("22:00-06:00"), schedule) is never
    assert not never_open(card(None), schedule)


def test_check_says_that_a_source_will_never_be_visited(home: Home, zhengfa: Zhengfa) -> None:
    (home.sources / "62-night.toml").write_text(
        'id = "62-night"\nname = "虚构"\nregion = "62"\nbody = "法院"\nlist_urls = ["http://www.example.org/"]\n'
        'enabled = true\nhours = "22:00-06:00"\n',
        encoding="utf-8",
    )
    ran = zhengfa("sources", "check")
    assert ran.code == 0
    assert "62-night" in ran.out
    assert "15 7,12,18 * * *" in ran.out
    assert "hours" in zhengfa("sources", "show", "62-night").out
    assert "22:00-06:00" in zhengfa("sources", "show", "62-night").out
