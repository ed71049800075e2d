"""What the documentation says can be typed: its commands exist, its cards and settings load."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from flows.home import Home
from flows.settings import load_settings
from scrapers.sources.loading import read_card
from tests.conftest import ROOT

PAGES = sorted([ROOT / "README.md", ROOT / "README.zh-CN.md", *(ROOT / "docs").glob("*.md")])
_COMMAND = re.compile(r"(?:^|`|\s)(?:\.venv/bin/)?zhengfa ((?:[a-z]+)(?: [a-z]+)*)", re.MULTILINE)
_TOML = re.compile(r"^ *```toml\n(.*?)^ *```", re.MULTILINE | re.DOTALL)


def commands() -> list[str]:
    found = {match for page in PAGES for match in _COMMAND.findall(page.read_text(encoding="utf-8"))}
    return sorted(found)


def blocks(key: str) -> list[str]:
    return [
        block
        for page in PAGES
        for block in _TOML.findall(page.read_text(encoding="utf-8"))
        if key in tomllib.loads(block)
    ]


@pytest.mark.parametrize("command", commands())
def test_every_command_named_exists(command: str) -> None:
    code = "import sys; from flows.command.main import app; app(sys.argv[1:], standalone_mode=False)"
    words = command.split()
    # The sentence may go on after the command: the longest beginning that is a command counts, but the first must be one.
    known = [
        subprocess.run(
            [sys.executable, "-c", code, *words[:end], "--help"], capture_output=True, check=False, timeout=60
        ).returncode
        == 0
        for end in range(1, min(len(words), 2) + 1)
    ]
    assert known[0], f"zhengfa {command} is no command"


@pytest.mark.parametrize("block", blocks("list_urls"))
def test_every_card_shown_can_be_used(block: str) -> None:
    card = tomllib.loads(block)
    assert read_card(block, Path(f"{card['id']}.toml")).id == card["id"]


@pytest.mark.parametrize("block", blocks("receivers"))
def test_every_receiver_shown_can_be_used(block: str, home: Home) -> None:
    home.settings_file.write_text(block, encoding="utf-8")
    assert load_settings(home).receivers
