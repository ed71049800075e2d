from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.exactness import Interval, base_of, printed_precision, slack_of


@pytest.mark.parametrize(
    ("value", "form", "direction", "change", "low", "high"),
    [
        ("150", "percent", "up", "50", "100", "100"),
        ("72", "percent", "down", "28", "100", "100"),
        ("300", "times_increase", "up", "2", "100", "100"),
        ("300", "ratio_to_base", "up", "3", "100", "100"),
        ("94", "percentage_points", "up", "1.5", "92.5", "92.5"),
        ("94", "percentage_points", "down", "1.5", "95.5", "95.5"),
        ("94", "absolute", "down", "6", "100", "100"),
        ("94", "flat", "flat", None, "94", "94"),
    ],
)
def test_the_base_that_a_change_leads_back_to(
    value: str, form: str, direction: str, change: str | None, low: str, high: str
) -> None:
    number = None if change is None else Decimal(change)
    base = base_of(Interval.of(Decimal(value), None), form=form, direction=direction, change=number, precision=None)
    assert base == Interval(Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("qualifier", "direction", "change", "low", "high"),
    [
        ("exact", "up", "25", "80", "80"),
        ("about", "up", "25", "79.2079207920792", "80.8080808080808"),
        ("over", "up", "25", "66.6666666666667", "80.8080808080808"),
        ("at_least", "up", "25", "66.6666666666667", "80.8080808080808"),
        ("under", "up", "25", "79.2079207920792", "88.8888888888889"),
        ("over", "down", "80", "416.666666666667", "1000"),
        ("under", "down", "80", "166.666666666667", "625"),
    ],
)
def test_a_hedged_change_leaves_more_open(qualifier: str, direction: str, change: str, low: str, high: str) -> None:
    value = Interval.of(Decimal(100), None)
    base = base_of(
        value, form="percent", direction=direction, change=Decimal(change), precision=None, qualifier=qualifier
    )
    assert base is not None
    assert [round(base.low, 6), round(base.high, 6)] == [round(Decimal(low), 6), round(Decimal(high), 6)]


def test_a_fall_to_nothing_says_nothing_of_the_base() -> None:
    value = Interval.of(Decimal(0), None)
    assert base_of(value, form="percent", direction="down", change=Decimal(100), precision=None) is None


def test_printed_precision_makes_no_contradiction() -> None:
    # 2.5万 -> 2.9万, stated as +12.1 %: READING.md's own example of what is no contradiction.
    now, before = Interval.of(Decimal(29000), Decimal(500)), Interval.of(Decimal(25000), Decimal(500))
    base = base_of(now, form="percent", direction="up", change=Decimal("12.1"), precision=Decimal("0.05"))
    assert base is not None
    assert base.meets(before)
    assert not base.meets(Interval.of(Decimal(21000), Decimal(500)))


@pytest.mark.parametrize(
    ("printed", "precision"), [("12.1", "0.05"), ("113", "0.5"), ("0.25", "0.005"), ("1E+2", "0.5")]
)
def test_half_the_last_printed_step(printed: str, precision: str) -> None:
    assert printed_precision(Decimal(printed)) == Decimal(precision)


def test_about_leaves_more_open_than_its_digits() -> None:
    assert slack_of(Decimal(1000), None) == 0
    assert slack_of(Decimal(1000), None, "about") == 50
    assert slack_of(Decimal(1000), Decimal(500), "about") == 500


numbers = st.decimals(1, 10**9, places=2)


@given(numbers, st.decimals(0, 500, places=1), st.sampled_from(["up", "down"]))
def test_the_true_base_is_always_within(base: Decimal, percent: Decimal, direction: str) -> None:
    if direction == "down" and percent >= 100:
        return
    factor = 1 + percent / 100 if direction == "up" else 1 - percent / 100
    value = base * factor
    implied = base_of(
        Interval.of(value, None), form="percent", direction=direction, change=percent, precision=Decimal("0.05")
    )
    if implied is not None:
        assert implied.low <= base <= implied.high
