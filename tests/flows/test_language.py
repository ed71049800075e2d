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
    # Names of indicators and publications stay as they are, and units.
    named = ("受理案件数", "虚构", "年全省", " 件")
    odd = [line for line in small_print(ran.out) if CHINESE.search(line) and not any(name in line for name in named)]
    assert odd == []


@pytest.mark.parametrize(
    "words", [("show", "new"), ("sources", "list", "--region", "62"), ("alerts", "preview")], ids=" ".join
)
def test_english_names_provinces_in_english(
    record: Home, zhengfa: Zhengfa, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("ZHENGFA_LANGUAGE", "en")
    cells = {cell.strip() for line in zhengfa(*words).out.splitlines() for cell in line.strip("│").split("│")}
    assert cells & {"Gansu", "Zhejiang", "Hunan", "Shandong"}
    assert not cells & {"甘肃", "浙江", "湖南", "山东", "法院", "检察院"}


def test_labels_of_a_document_are_in_the_language(
    record: Home, zhengfa: Zhengfa, monkeypatch: pytest.MonkeyPatch
) -> None:
    def labels() -> list[str]:
        about = zhengfa("show", "document", "1").out.partition("┏")[0]
        return [cells[1].strip() for line in about.splitlines() if len(cells := line.split("│")) > 2]

    assert "发布机关" in labels()
    monkeypatch.setenv("ZHENGFA_LANGUAGE", "en")
    assert "issuer" in labels()
    assert [label for label in labels() if CHINESE.search(label)] == []


def test_what_is_wrong_with_rules_and_keys_is_told_in_chinese(record: Home, zhengfa: Zhengfa) -> None:
    zhengfa("alerts", "preview", "--rule", "magic").is_a_mistake("没有规则 'magic';可用的规则: ", "")
    zhengfa("alerts", "preview", "--rule", "silence").is_a_mistake("规则 'silence' 看的是时钟", "")
    record.link_key.write_text("short")
    record.link_key.chmod(0o600)
    record.settings_file.write_text('public_base_url = "https://zf.example.org"\n')
    zhengfa("deliver", "--once").is_a_mistake("签链接的密钥太短", "会另建一个")


def test_the_record_is_described_in_the_language(
    record: Home, zhengfa: Zhengfa, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert re.search(r"zhengfa\.db: 版本 \w+, 文档 \d+, 文档版本 \d+, 数字 \d+", zhengfa("db", "upgrade").out)
    monkeypatch.setenv("ZHENGFA_LANGUAGE", "en")
    assert re.search(r"revision \w+, \d+ documents", zhengfa("db", "upgrade").out)


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
