"""Help, and what is wrong with a command line, in the user's language."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from functools import cache
from typing import Any

import pytest

from flows.home import Home
from tests.flows.conftest import Zhengfa

CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Names and numbers as the reports write them: examples in either language.
NAMES = re.compile(r"甘肃|81\.27万|政法委|法院|检察院|公安|司法行政|人大|媒体")
TYPERS_OWN = re.compile(r"Usage|OPTIONS|COMMAND|ARGS|Arguments|Options|Commands|Show this|default|required|TEXT|CODE")

_WALK = """
import contextlib, io, json
from flows.command.main import app
from typer.core import TyperArgument
from typer.main import get_command

def shown(words):
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        app([*words, "--help"], prog_name="zhengfa", standalone_mode=False)
    return said.getvalue()

def walk(command, words):
    panel = getattr(command, "rich_help_panel", None)
    texts = [command.help, panel if isinstance(panel, str) else None]
    texts += [one.help for one in command.params]
    names = [one.display_name_raw for one in command.params if isinstance(one, TyperArgument)]
    found = {" ".join(words) or "zhengfa": {"texts": texts, "shown": shown(words), "names": names}}
    for name, below in getattr(command, "commands", {}).items():
        found |= walk(below, (*words, name))
    return found

print(json.dumps(walk(get_command(app), ())))
"""


@cache
def walked(language: str) -> dict[str, dict[str, Any]]:
    """What there is of every command in a language."""
    done = subprocess.run(
        [sys.executable, "-c", _WALK], capture_output=True, text=True, check=True, timeout=100,
        env=os.environ | {"ZHENGFA_LANGUAGE": language, "COLUMNS": "80"},
    )  # fmt: skip
    found: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return found


def helped(language: str) -> dict[str, tuple[list[str | None], str]]:
    """By command: the texts it has, and its help as shown."""
    return {name: (one["texts"], one["shown"]) for name, one in walked(language).items()}


def texts(language: str) -> dict[str, list[str]]:
    return {name: [one for one in several if one is not None] for name, (several, _) in helped(language).items()}


def test_every_command_option_and_panel_is_explained() -> None:
    assert len(helped("zh")) > 40
    for language in ("zh", "en"):
        # A command inside a group is in no panel: of its texts the second alone may be missing.
        assert [name for name, (several, _) in helped(language).items() if None in (several[0], *several[2:])] == []


def test_every_text_is_chinese_by_default() -> None:
    assert [(name, one) for name, several in texts("zh").items() for one in several if not CHINESE.search(one)] == []


def test_no_text_is_chinese_in_english_but_names() -> None:
    plain = [(name, NAMES.sub("", one)) for name, several in texts("en").items() for one in several]
    assert [(name, one) for name, one in plain if CHINESE.search(one)] == []


def test_what_typer_says_of_itself_is_in_the_language() -> None:
    assert [name for name, (_, shown) in helped("zh").items() if TYPERS_OWN.search(shown)] == []
    assert [
        name
        for name, (_, shown) in helped("zh").items()
        if not re.search("用法: zhengfa.*显示这段说明", shown, re.DOTALL)
    ] == []
    assert [name for name, (_, shown) in helped("en").items() if CHINESE.search(NAMES.sub("", shown))] == []
    assert [
        name for name, (_, shown) in helped("en").items() if not re.search("Usage: zhengfa.*Options", shown, re.DOTALL)
    ] == []


def test_every_argument_has_a_name_in_the_language() -> None:
    for language, foreign in (("zh", re.compile(r"[A-Za-z]")), ("en", CHINESE)):
        names = {(command, name) for command, one in walked(language).items() for name in one["names"]}
        assert len(names) > 15
        assert [one for one in names if foreign.search(one[1])] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_help_shows_what_only_a_programmer_reads(language: str) -> None:
    odd = re.compile(r"--no-|True|False|None|\d{8}|……?\}\.\.\.")
    assert [name for name, (_, shown) in helped(language).items() if odd.search(shown)] == []


MISTAKES = [
    ("export", "缺少参数 '类别';可用: observations, changes, series, dictionary", "Missing argument 'KIND'. Choose from"),
    ("import x.html", "缺少选项 '--source'", "Missing option '--source'."),
    ("export foo", "'类别' 的值不能用: 'foo' 不是其中之一: 'observations', 'changes'", "'foo' is not one of"),
    ("alerts list --limit x", "'--limit' 的值不能用: 应为整数", "valid integer"),
    ("alerts list --limit 0", "'--limit' 的值不能用: 不能小于 1", "greater than or equal to 1"),
    ("alerts list --limit 10001", "'--limit' 的值不能用: 不能大于 10000", "less than or equal to 10000"),
    ("alrts", "没有命令 'alrts';是不是 'alerts'?", "No such command 'alrts'. Did you mean 'alerts'?"),
    ("xyz", "没有命令 'xyz'", "No such command 'xyz'."),
    ("read a.html --jsn", "没有选项 --jsn;是不是 --json?", "No such option: --jsn"),
    ("read a.html --frob", "没有选项 --frob", "No such option: --frob"),
    ("read --region", "选项 '--region' 后面要写值", "Option '--region' requires an argument."),
    ("read a.html --json=2", "选项 '--json' 后面不写值", "Option '--json' does not take a value."),
    ("read a.html b.html", "多出的参数: b.html", "Got unexpected extra argument(s) (b.html)"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "chinese", "english"), MISTAKES, ids=[one[0] for one in MISTAKES])
def test_a_wrong_command_line_is_told_in_the_language(
    home: Home, zhengfa: Zhengfa, monkeypatch: pytest.MonkeyPatch, line: str, chinese: str, english: str
) -> None:
    in_chinese = zhengfa(*line.split())
    in_chinese.is_a_mistake(chinese, "--help` 列出怎么用")
    assert not re.search(r"Missing|Invalid|No such|Option|Input", in_chinese.err)
    monkeypatch.setenv("ZHENGFA_LANGUAGE", "en")
    in_english = zhengfa(*line.split())
    in_english.is_a_mistake(english, "--help` shows how")
    assert not CHINESE.search(in_english.err)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_of_a_text_is_lost_in_a_narrow_terminal(language: str) -> None:
    def letters(text: str) -> str:
        return re.sub(r"[\s│╭╮╰╯─]", "", text)

    lost = [
        (name, one)
        for name, (several, shown) in helped(language).items()
        for one in (several[0], *several[2:])
        if letters(one or "") not in letters(shown)
    ]
    assert lost == []


@pytest.mark.parametrize("words", [(), ("alerts",)], ids=["zhengfa", "alerts"])
def test_a_group_alone_shows_its_help_and_says_no_more(home: Home, zhengfa: Zhengfa, words: tuple[str, ...]) -> None:
    ran = zhengfa(*words)
    assert (ran.code, ran.err) == (2, "")
    assert "用法: " in ran.out


def test_ctrl_c_is_told(home: Home, zhengfa: Zhengfa, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("flows.inspection.examine", interrupted)
    # This process goes on.
    monkeypatch.setattr("flows.command.main.signal.signal", lambda *_: None)
    monkeypatch.setattr("sys.unraisablehook", sys.unraisablehook)
    ran = zhengfa("read", "a.html")
    assert (ran.code, ran.err.strip()) == (130, "已中断")
