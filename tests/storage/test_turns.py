"""Turns at a host: one holder at a time, and nobody before the moment that the last one named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from storage.store import Store
from storage.turns import give_turn_back, take_turn

NOW = datetime(2026, 1, 15, 4, 0, tzinfo=UTC)
SOON = NOW + timedelta(seconds=3)
LATE = NOW + timedelta(minutes=5)
KEY = "host:www.example.gov.cn#0"


def test_a_turn_is_held_by_one_and_ends_by_itself(store: Store) -> None:
    with store.write() as session:
        assert take_turn(session, KEY, owner="a", now=NOW, expires=LATE) is None
    with store.write() as session:
        assert take_turn(session, KEY, owner="b", now=SOON, expires=LATE) == (LATE, True)
    with store.write() as session:
        assert take_turn(session, KEY, owner="b", now=LATE, expires=LATE + timedelta(minutes=5)) is None


def test_nobody_comes_before_the_pause_is_over(store: Store) -> None:
    with store.write() as session:
        take_turn(session, KEY, owner="a", now=NOW, expires=LATE)
        give_turn_back(session, KEY, owner="a", free_at=SOON)
    with store.write() as session:
        assert take_turn(session, KEY, owner="b", now=NOW, expires=LATE) == (SOON, False)
        assert take_turn(session, KEY, owner="b", now=SOON, expires=LATE) is None


def test_another_s_turn_cannot_be_given_back(store: Store) -> None:
    with store.write() as session:
        take_turn(session, KEY, owner="a", now=NOW, expires=LATE)
        give_turn_back(session, KEY, owner="b", free_at=NOW)
        assert take_turn(session, KEY, owner="b", now=NOW, expires=LATE) == (LATE, True)
