"""Ranges that run over their end are cron lines, as Prefect takes them."""

from __future__ import annotations

import importlib
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import pytest
from cronsim import CronSimError

from flows.cron import cron_line, moments

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)

WRAPPED = [
    ("0 22-6 * * *", "0 22,23,0-6 * * *"),
    ("0 22-6/2 * * *", "0 22,0,2,4,6 * * *"),
    ("0 22-6/3 * * *", "0 22,2,5 * * *"),
    ("50-10/7 3 * * *", "50,57,5 3 * * *"),
    ("50-10/10 3 * * *", "50,0,10 3 * * *"),
    ("0 0 * nov-feb *", "0 0 * 11,12,1,2 *"),
    ("0 0 * * fri-MON", "0 0 * * 5,6,0,1"),
    ("0 0 * * 7-2", "0 0 * * 0-2"),
    ("0 0 28-3 * *", "0 0 28-31,1-3 * *"),
    ("0 12,22-1 * * *", "0 12,22,23,0,1 * * *"),
]


@pytest.mark.parametrize(("line", "same"), WRAPPED)
def test_a_range_over_the_end_is_read(line: str, same: str) -> None:
    assert cron_line(line) == line, "Prefect gets it as it is written"
    assert list(islice(moments(line, BEGIN), 60)) == list(islice(moments(same, BEGIN), 60))


@pytest.mark.parametrize("line", [line for line, _ in WRAPPED])
def test_prefect_comes_round_at_the_same_moments(line: str) -> None:
    """Its own reading of a line, which no public function of it shows without a server."""
    vendored: Any = importlib.import_module("prefect._vendor.croniter")
    theirs = vendored.croniter(line, BEGIN)
    assert list(islice(moments(line, BEGIN), 60)) == [theirs.get_next(datetime) for _ in range(60)]


@pytest.mark.parametrize("line", ["0 25-6 * * *", "0 22-x * * *", "0 22-6/0 * * *", "60-5 * * * *", "0 0 * dec-xxx *"])
def test_what_lies_outside_its_field_is_no_cron_line(line: str) -> None:
    with pytest.raises(ValueError, match="no cron line"):
        cron_line(line)
    with pytest.raises(CronSimError):
        next(moments(line, BEGIN))
