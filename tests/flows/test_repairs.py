"""What is wrong with a card or an indicator, and how it is mended, is told in the user's language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows import repairs
from flows.home import Home
from scrapers.sources import loading
from tests.flows.conftest import Zhengfa
from tests.flows.test_mistakes import sentences

ROOT = Path(__file__).parents[2] / "scrapers"
# Where the problem stands among the arguments; the fix comes next.
MAKERS = {"CardError": 3, "CatalogueError": 2, "_wrong": 0}
ENGLISH = re.compile(r"[a-z]{2,} [a-z]{2,}")


def said() -> tuple[set[str], set[str]]:
    """Every problem and every fix that is written down in the loading of cards and indicators."""
    problems = {problem for problem, _ in (*loading._WORDS.values(), loading._UNSAID)}
    fixes = {fix for _, fix in (*loading._WORDS.values(), loading._UNSAID)}
    for file in sorted((*(ROOT / "sources").glob("*.py"), *(ROOT / "indicators").glob("*.py"))):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        variables = {
            name: found
            for name in ("problem", "fix")
            for found in [[text for node in assigned(tree, name) for text in sentences(node)]]
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS:
                place = MAKERS[node.func.id]
                for argument, kept in zip(node.args[place : place + 2], (problems, fixes), strict=False):
                    kept.update(sentences(argument))
        problems.update(variables["problem"])
        fixes.update(variables["fix"])
    return filled(problems), filled(fixes)


def assigned(tree: ast.Module, name: str) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and [getattr(target, "id", "") for target in node.targets] == [name]:
            yield node.value


def filled(texts: set[str]) -> set[str]:
    """Pydantic's placeholders filled as well; what ends in nothing but a placeholder is another's sentence."""
    made = {re.sub(r"\{(?!yyyy|mm|dd)[^}]*\}", "X", text) for text in texts}
    return made - {"", "X", "bodies: X", "wordings: X"}


def test_every_problem_and_every_fix_has_its_chinese() -> None:
    problems, fixes = said()
    assert len(problems) > 40
    assert len(fixes) > 40
    assert sorted(text for text in problems if repairs.problem_in_chinese(text) is None) == []
    assert sorted(text for text in fixes if repairs.fix_in_chinese(text) is None) == []


def test_every_chinese_is_said_of_something() -> None:
    problems, fixes = said()
    # What `expand` says of a wording is put behind its name.
    problems |= {"wordings: X comes to 7 wordings; split it (7 at most)", "wordings: X: expected X at character 7",
                 "wordings: X: no word <X> in words.toml", "wordings: X: <X> stands within itself",
                 "bodies: X is none of X"}  # fmt: skip
    for words, texts in ((repairs._PROBLEMS, problems), (repairs._FIXES, fixes)):
        assert [pattern for pattern, _ in words if not any(re.fullmatch(pattern, text) for text in texts)] == []


CARD = """id = "62-x"
name = "x"
region = "62"
body = "法庭"
list_urls = ["example.org"]
cadense = "1d"
hours = "7"
timeout = 3
enabled = "yes"
"""


def test_sources_check_speaks_one_language(home: Home, zhengfa: Zhengfa, monkeypatch: pytest.MonkeyPatch) -> None:
    (home.sources / "62-x.toml").write_text(CARD, encoding="utf-8")
    chinese = zhengfa("sources", "check")
    assert chinese.code == 1
    assert "62-x.toml:5: list_urls: 'example.org' 不是网址\n  写完整,以 http:// 或 https:// 开头" in chinese.out
    assert not ENGLISH.search(chinese.out.replace(str(home.root), ""))
    named = zhengfa("sources", "probe", "62-x")
    named.is_a_mistake("不是机关类别", "改好后用 `zhengfa sources check` 再看")
    assert "能用的卡片: " in zhengfa("doctor").out
    monkeypatch.setenv("ZHENGFA_LANGUAGE", "en")
    assert "62-x.toml:5: list_urls: 'example.org' is no address\n  write it in full" in zhengfa("sources", "check").out


def test_an_indicator_of_the_users_own(home: Home, zhengfa: Zhengfa) -> None:
    (home.indicators / "own.toml").write_text('[my_cases]\nname = "x"\nunit = "件"\n', encoding="utf-8")
    ran = zhengfa("indicators")
    assert ran.code == 2
    assert not ENGLISH.search(ran.err.replace(str(home.root), "")), ran.err
