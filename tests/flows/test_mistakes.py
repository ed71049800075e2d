"""Mistakes that the record and the alerting tell are told in the user's language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import alerts.errors
import storage.errors
from flows.home import Home
from flows.mistakes import in_chinese
from tests.flows.conftest import Zhengfa

ROOT = Path(__file__).parents[2]
OURS = {*vars(storage.errors), *vars(alerts.errors)}


def sentences(node: ast.expr) -> list[str]:
    """What a message may read as: each placeholder as X, each choice between two words as either."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.IfExp):
        return [*sentences(node.body), *sentences(node.orelse)]
    if isinstance(node, ast.FormattedValue):
        return sentences(node.value) if isinstance(node.value, ast.IfExp) else ["X"]
    if isinstance(node, ast.JoinedStr):
        made = [""]
        for part in node.values:
            made = [f"{before}{after}" for before in made for after in sentences(part)]
        return made
    return []


def raised() -> Iterator[str]:
    """Every sentence with which storage and alerts make an error of their own trees."""
    for file in sorted((*(ROOT / "storage").rglob("*.py"), *(ROOT / "alerts").rglob("*.py"))):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in OURS and node.args:
                yield from sentences(node.args[0])


def test_there_is_chinese_for_every_mistake() -> None:
    said = list(raised())
    assert len(said) > 40
    assert [one for one in said if in_chinese(one) is None] == []


def test_every_chinese_sentence_is_said_of_something() -> None:
    from flows import mistakes

    said = list(raised())
    assert [pattern for pattern, _ in mistakes._WORDS if not any(re.fullmatch(pattern, one) for one in said)] == []


@pytest.mark.parametrize(
    ("words", "chinese", "english"),
    [
        (("show", "document", "999"), "文档 999 不存在", "there is no document 999"),
        (("alerts", "show", "ffff"), "没有警报 'ffff';zhengfa alerts list 可查", "'ffff' names no alert"),
        (("alerts", "unsilence", "7"), "静音 7 不存在", "there is no silence 7"),
        (("receivers", "test", "nobody"), "没有接收方 'nobody'", "there is no receiver 'nobody'"),
    ],
)
def test_the_command_tells_them_in_the_users_language(
    record: Home, zhengfa: Zhengfa, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], chinese: str, english: str
) -> None:
    ran = zhengfa(*words)
    assert (ran.code, chinese in ran.err) == (2, True), ran.err
    monkeypatch.setenv("ZHENGFA_LANGUAGE", "en")
    assert english in zhengfa(*words).err
