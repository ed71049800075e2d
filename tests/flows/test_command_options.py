"""Options are read strictly, and help costs nothing heavy."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.command import options
from flows.errors import OptionError
from scrapers.indicators import load_catalogue
from scrapers.period import Period

NOW = datetime(2025, 2, 1, 4, tzinfo=UTC)
# pydantic is not among them: typer itself imports it for the options of a command.
HEAVY = ("prefect", "sqlmodel", "sqlalchemy", "matplotlib", "pyarrow", "alembic", "httpx", "lxml")

_EVERY_HELP = """
import contextlib, io, json, sys
from flows.command.main import app
def helped(*words):
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.suppress(SystemExit):
        app([*words, "--help"], standalone_mode=False)
    return said.getvalue()
from typer.main import get_command
root = get_command(app)
names = [(name, *rest) for name, one in root.commands.items()
         for rest in [(), *((sub,) for sub in getattr(one, "commands", {}))]]
said = {" ".join(words): helped(*words) for words in [(), *names]}
print(json.dumps({"said": said, "modules": sorted(sys.modules)}))
"""


def test_every_command_explains_itself_without_anything_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", _EVERY_HELP], capture_output=True, text=True, check=True, timeout=100)
    answer = json.loads(done.stdout)
    assert not set(HEAVY) & set(answer["modules"])
    assert {name for name, text in answer["said"].items() if "用法" not in text} == set()
    for name in (
        "import",
        "article --jsonl",
        "sources probe",
        "alerts preview",
        "receivers test",
        "db copy",
        "show new",
    ):
        assert name.partition(" --")[0] in answer["said"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("812700", "812700"),
        ("81.27万", "812700"),
        ("1.5亿", "150000000"),
        ("1,234", "1234"),
        ("-3.50", "-3.5"),
        (" 7 ", "7"),
    ],
)
def test_numbers_are_exact(text: str, value: str) -> None:
    assert str(options.number("VALUE", text)) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4))
def test_any_plain_number_comes_back(value: Decimal) -> None:
    assert options.number("VALUE", f"{value:f}") == value


@pytest.mark.parametrize("reader", [options.number, options.span, options.period, options.day, options.body])
@given(text=st.text(min_size=1, max_size=12))
def test_any_text_is_read_or_told(reader: Callable[[str, str], object], text: str) -> None:
    told: list[OptionError] = []
    try:
        reader("--x", text)
    except OptionError as error:
        told.append(error)
    assert all("--x" in str(error) and error.hint for error in told)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("12h", NOW - timedelta(hours=12)),
        ("4w", NOW - timedelta(weeks=4)),
        ("2025-01-31", datetime(2025, 1, 30, 16, tzinfo=UTC)),
    ],
)
def test_a_moment_is_a_span_ago_or_a_day_in_china(text: str, moment: datetime) -> None:
    assert options.moment("--since", text, NOW) == moment


def test_days_come_in_order() -> None:
    options.in_order("--since", date(2025, 1, 1), "--until", date(2025, 1, 1))
    options.in_order("--since", date(2025, 1, 1), "--until", None)
    with pytest.raises(OptionError, match="--until 2024-01-01 早于 --since 2025-01-01"):
        options.in_order("--since", date(2025, 1, 1), "--until", date(2024, 1, 1))


def test_periods_regions_and_bodies_are_those_of_the_record() -> None:
    catalogue = load_catalogue()
    assert options.period("--period", "2020-2024") == Period.years(2020, 2024)
    assert options.region("--region", "甘肃", catalogue) == options.region("--region", "62", catalogue) == "62"
    assert options.body("--body", "法院") == options.body("--body", "court") == "court"
    assert options.region("--region", "", catalogue) is None


def test_an_indicator_is_found_by_id_name_and_wording() -> None:
    catalogue = load_catalogue()
    by_id = options.indicator("court_pretrial_mediation", catalogue)
    assert options.indicator(by_id.name, catalogue) is by_id
    assert options.indicator("诉前调解成功", catalogue) is by_id
    with pytest.raises(OptionError, match="个指标相符"):
        options.indicator("案件", catalogue)
