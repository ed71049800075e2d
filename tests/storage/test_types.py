from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import select

from storage.store import Store
from storage.tables import Correction, Indicator, Lease, Run
from storage.types import exact, plain
from tests.storage.made import NOW, catalogue


def _decimal(digits: int, places: int) -> Decimal:
    return Decimal((int(digits < 0), tuple(int(digit) for digit in str(abs(digits))), -places))


decimals = st.builds(_decimal, st.integers(-(10**30), 10**30), st.integers(0, 18))


def kept(store: Store, value: Decimal) -> Decimal | None:
    with store.write() as session:
        row = Indicator(id="x", label="x", measure="x", unit="x", lower=value)
        session.merge(row)
    with store.read() as session:
        return session.get_one(Indicator, "x").lower


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(decimals)
def test_a_decimal_survives_to_the_last_digit(store: Store, value: Decimal) -> None:
    found = kept(store, value)
    assert found == value
    assert found is not None
    # Trailing zeros are printed precision; a negative zero is zero.
    assert plain(abs(found)) == plain(abs(value))


@pytest.mark.parametrize("value", ["123456789012345678.123456", "812700", "0.10", "-0.000000000000001", "1E+5"])
def test_numbers_of_the_genre(store: Store, value: str) -> None:
    found = kept(store, Decimal(value))
    assert found is not None
    assert plain(found) == plain(Decimal(value))


@pytest.mark.parametrize("value", [1.5, Decimal("NaN"), Decimal("Infinity"), True, "12"])
def test_what_is_no_exact_number_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="number"):
        exact(value)  # type: ignore[arg-type]


def test_a_float_cannot_reach_the_table(store: Store) -> None:
    with pytest.raises(StatementError), store.write() as session:
        session.add(Indicator(id="x", label="x", measure="x", unit="x", lower=1.5))  # type: ignore[arg-type]


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=8)), timezone(timedelta(hours=-3, minutes=-30))])
def test_times_come_back_aware_and_the_same(store: Store, zone: timezone) -> None:
    moment = datetime(2025, 1, 1, 0, 30, 15, 123456, tzinfo=zone)
    with store.write() as session:
        session.add(Run(kind="x", started_at=moment))
    with store.read() as session:
        found = session.exec(select(Run)).one().started_at
        assert found == moment
        assert found.utcoffset() == timedelta(0)


def test_times_order_whatever_their_zone(store: Store) -> None:
    early, late = datetime(2025, 1, 1, 7, tzinfo=timezone(timedelta(hours=8))), datetime(2025, 1, 1, 0, tzinfo=UTC)
    with store.write() as session:
        session.add(Run(kind="late", started_at=late))
        session.add(Run(kind="early", started_at=early))
    with store.read() as session:
        assert session.exec(select(Run.kind).order_by(Run.started_at)).all() == ["early", "late"]  # type: ignore[arg-type]


def test_a_naive_time_is_refused(store: Store) -> None:
    with pytest.raises(StatementError, match="time zone"), store.write() as session:
        session.add(Run(kind="x", started_at=datetime(2025, 1, 1)))  # noqa: DTZ001 - what is refused


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO seen_link (source_id, url, title, state, note, first_seen_at) VALUES ('62-court', 'u', '', 'nonsense', '', '2025-01-01')",
        "INSERT INTO seen_link (source_id, url, title, state, note, first_seen_at) VALUES ('nobody', 'u', '', 'new', '', '2025-01-01')",
        "INSERT INTO snapshot (sha256, size, stored_size, media_type, kept_at) VALUES ('short', 1, 1, '', '2025-01-01')",
        "INSERT INTO document (title, issuer, url, period_first, period_last, first_seen_at) VALUES ('', '', '', 2, 1, '2025-01-01')",
    ],
)
def test_what_no_door_would_let_in_the_database_refuses(store: Store, statement: str) -> None:
    with store.write() as session:
        catalogue(session)
    with pytest.raises(IntegrityError), store.write() as session:
        session.connection().execute(text(statement))


def test_words_counts_and_pairs_come_back_in_order(store: Store) -> None:
    with store.write() as session:
        session.add(Run(kind="x", started_at=NOW, counts={"b": 1, "a": 2}))
        session.add(Lease(name="x", owner="y", until=NOW))
    with store.read() as session:
        assert list(session.exec(select(Run)).one().counts.items()) == [("a", 2), ("b", 1)]
        assert session.exec(select(Correction)).all() == []
