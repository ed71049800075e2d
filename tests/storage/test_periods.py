from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.period import Period
from storage.periods import ReferencePeriod, period_kind, period_text, year_before


@pytest.mark.parametrize(
    ("first", "last", "kind", "text", "before"),
    [
        ((2024, 1), (2024, 12), "year", "2024", "2023"),
        ((2018, 1), (2022, 12), "years5", "2018-2022", "2013-2017"),
        ((2024, 1), (2024, 3), "quarter", "2024-01/2024-03", "2023-01/2023-03"),
        ((2024, 10), (2024, 12), "quarter", "2024-10/2024-12", "2023-10/2023-12"),
        ((2024, 1), (2024, 6), "to_date6", "2024-01/2024-06", "2023-01/2023-06"),
        ((2024, 1), (2024, 11), "to_date11", "2024-01/2024-11", "2023-01/2023-11"),
        ((2024, 6), (2024, 6), "month", "2024-06/2024-06", "2023-06/2023-06"),
        ((2024, 2), (2024, 4), "months3", "2024-02/2024-04", "2023-02/2023-04"),
        ((2023, 12), (2024, 11), "months12", "2023-12/2024-11", "2022-12/2023-11"),
    ],
)
def test_kinds(first: tuple[int, int], last: tuple[int, int], kind: str, text: str, before: str) -> None:
    months = (first[0] * 12 + first[1] - 1, last[0] * 12 + last[1] - 1)
    assert period_kind(*months) == ReferencePeriod(*months).kind == kind
    assert period_text(*months) == text
    assert str(year_before(*months)) == before


@given(st.integers(2000 * 12, 2030 * 12), st.integers(0, 70))
def test_periods_read_as_the_readers_do(first: int, more: int) -> None:
    assert period_text(first, first + more) == str(Period(first, first + more))


@given(st.integers(2000 * 12, 2030 * 12), st.integers(0, 70))
def test_the_period_before_is_of_the_same_kind(first: int, more: int) -> None:
    before = year_before(first, first + more)
    assert before.kind == period_kind(first, first + more)
    assert before.last - before.first == more
