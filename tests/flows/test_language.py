"""What commands print is in one language: the one that `language` or ZHENGFA_LANGUAGE names."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest

from flows.command.output import lasting, number
from flows.home import Home
from flows.language import say
from tests.flows.conftest import Zhengfa

CHINESE = re.compile(r"[\u4e00-\u9fff]")
LOOKING = [
    ("doctor",),
    ("show", "new"),
    ("show", "search", "受理"),
    ("show", "series", "court_cases_received", "浙江"),
    ("show", "indicator", "court_cases_received"),
    ("show", "document", "1"),
    ("alerts", "list"),
    ("alerts", "silences"),
    ("alerts", "preview"),
    ("receivers", "check"),
    ("review", "list"),
    ("review", "corrections"),
    ("sources", "list", "--region", "62"),
    ("sources", "show", "62-zfw"),
    ("sources", "check"),
    ("indicators", "命案"),
]


def small_print(out: str) -> list[str]:
    """What the program says of itself: heads of columns, and lines outside of tables that quote nothing."""
    return [line for line in out.splitlines() if line.startswith("┃") or not line.startswith(("│", "┏", "┡", "└", "┌"))]


@pytest.mark.parametrize("words", LOOKING, ids=" ".join)
def test_english_has_no_chinese_small_print(
    record: Home, zhengfa: Zhengfa, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("ZHENGFA_LANGUAGE", "en")
    ran = zhengfa(*words)
    assert ran.code in (0, 1), ran.err
    # Names of indicators, regions and publications stay as they are, and units.
    named = ("受理案件数", "虚构", "年全省", "甘肃", "浙江", " 件")
    odd = [line for line in small_print(ran.out) if CHINESE.search(line) and not any(name in line for name in named)]
    assert odd == []


@pytest.mark.parametrize("words", LOOKING, ids=" ".join)
def test_chinese_has_no_english_heads(record: Home, zhengfa: Zhengfa, words: tuple[str, ...]) -> None:
    heads = [line for line in zhengfa(*words).out.splitlines() if line.startswith("┃")]
    cells = {cell.strip() for line in heads for cell in line.strip("┃").split("┃")} - {"", "#", "id", "English"}
    assert [cell for cell in cells if not CHINESE.search(cell)] == []


def test_the_file_says_the_language_and_the_environment_wins(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    assert say("中", "en") == "中"
    home.make()
    other = Home(home.root / "other")
    monkeypatch.setenv("ZHENGFA_HOME", str(other.root))
    other.make()
    other.settings_file.write_text('language = "en"\n')
    assert say("中", "en") == "en"
    monkeypatch.setenv("ZHENGFA_LANGUAGE", "zh")
    assert say("中", "en") == "中"


def test_a_broken_file_is_no_obstacle_to_saying_so(home: Home) -> None:
    home.make()
    home.settings_file.write_text("language = ")
    assert say("中", "en") == "中"


@pytest.mark.parametrize(
    ("span", "chinese", "english"),
    [
        (timedelta(days=400), "400 天", "400 days"),
        (timedelta(days=1), "1 天", "1 day"),
        (timedelta(minutes=90), "90 分钟", "90 minutes"),
        (timedelta(seconds=3), "3 秒", "3 seconds"),
        (timedelta(0), "0 秒", "0 seconds"),
    ],
)
def test_spans_have_units(monkeypatch: pytest.MonkeyPatch, span: timedelta, chinese: str, english: str) -> None:
    monkeypatch.setenv("ZHENGFA_LANGUAGE", "zh")
    assert lasting(span) == chinese
    monkeypatch.setenv("ZHENGFA_LANGUAGE", "en")
    assert lasting(span) == english


def test_numbers_are_written_as_in_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGFA_LANGUAGE", "en")
    assert number(Decimal("812700.50")) == "812,700.5"
    monkeypatch.setenv("ZHENGFA_LANGUAGE", "zh")
    assert number(Decimal(812700)) == "81.27万"
