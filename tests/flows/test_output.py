"""Figures as the commands print them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.messages.words import Words
from alerts.vocabulary import Language
from flows.command.output import number


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30, places=6))
def test_no_digit_is_lost(value: Decimal) -> None:
    assert Decimal(Words(Language.EN).number(value).replace(",", "")) == value


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("812700", "81.27万"),
        ("15874", "15874"),
        ("18650000", "1865万"),
        ("39730", "39730"),
        ("3540000000", "35.4亿"),
        ("128734563", "128734563"),
        ("-812700", "-81.27万"),
        ("94.49", "94.49"),
        ("0", "0"),
    ],
)
def test_a_number_is_shown_as_reports_print_it(value: str, shown: str) -> None:
    assert number(Decimal(value)) == shown
    assert Words(Language.ZH).number(Decimal(value)) == shown
