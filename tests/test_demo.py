"""What `make demo` tells of the messages that arrived, and when it does not begin."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from alerts.channels.payload import encode, webhook_payload
from alerts.messages.render import Renderer
from alerts.model import Message, StatedChange
from alerts.vocabulary import Language, Reason
from flows.errors import BusyError
from flows.locks import held
from tests.alerts.samples import CRIME
from tests.conftest import ROOT
from tests.demo import change_of


@pytest.mark.parametrize("value", ["37.1", "28", "0", "9007199254740993", None])
def test_a_change_is_told_with_the_digits_that_were_sent(value: str | None) -> None:
    amount = None if value is None else Decimal(value)
    change = StatedChange(direction="up", value=amount, form="percent" if value else "flat", basis="yoy")
    notice = replace(CRIME, figure=replace(CRIME.figure, change=change))
    message = Message(
        id="1",
        reason=Reason.NEW,
        language=Language.ZH,
        composed_at=datetime(2025, 1, 17, tzinfo=UTC),
        notices=(notice,),
    )
    arrived = json.loads(encode(webhook_payload(message, Renderer())))
    assert change_of(arrived["alerts"][0]["change"]) == change


def demo(home: Path, language: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"ZHENGFA_DEMO_HOME": str(home), "ZHENGFA_LANGUAGE": language}
    return subprocess.run(
        [sys.executable, "-m", "tests.demo"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("language", "says", "way_out"),
    [("zh", "另一个 make demo 正在使用", "等它结束"), ("en", "another make demo is using", "wait until it has ended")],
)
def test_a_second_demo_says_that_the_first_one_is_running(
    tmp_path: Path, language: str, says: str, way_out: str
) -> None:
    home = tmp_path / "demo"
    home.mkdir()
    with held(tmp_path / "demo.lock", BusyError):
        second = demo(home, language)
    assert second.returncode == 2
    assert f"{says} {home}" in second.stdout
    assert str(os.getpid()) in second.stdout
    assert way_out in second.stdout
    assert not second.stderr
    assert home.exists()


def test_a_demo_throws_nothing_away_that_is_not_its_own(tmp_path: Path) -> None:
    ours = tmp_path / "thesis.txt"
    ours.write_text("ten years of work")
    refused = demo(tmp_path, "en")
    assert refused.returncode == 2
    assert "name a new folder with ZHENGFA_DEMO_HOME" in refused.stdout
    assert ours.exists()


def test_a_demo_speaks_one_language_in_its_own_sentences() -> None:
    """Headings and what is told around the messages are put into both; only quotations stay Chinese."""
    tree = ast.parse((ROOT / "tests" / "demo.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say"]
    put = {id(text) for call in calls for text in ast.walk(call.args[0])}
    told = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in put]
    assert calls
    assert not [text for text in told if isinstance(text, str) and re.search(r"[\u4e00-\u9fff]", text)]
