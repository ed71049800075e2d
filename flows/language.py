"""The language of what a command prints: `language` in zhengfa.toml, or ZHENGFA_LANGUAGE; Chinese unless it says en.

Help texts too. Names of options, of columns in exports and of keys in JSON are English in both.
"""

from __future__ import annotations

import os
import tomllib
from functools import cache

from flows.home import Home

_ENGLISH = "en"


def say(chinese: str, english: str) -> str:
    """The one of the two that this user reads."""
    return english if in_english() else chinese


def in_english() -> bool:
    """Whether this user reads English."""
    return _language(os.environ.get("ZHENGFA_LANGUAGE", ""), Home.from_environment()) == _ENGLISH


@cache
def _language(asked: str, home: Home) -> str:
    """As the settings say it, but read without them: `--help` and a broken file must not wait for, or fail at, them."""
    if asked:
        return asked
    try:
        return str(tomllib.loads(home.settings_file.read_text(encoding="utf-8")).get("language", ""))
    except (OSError, ValueError):
        return ""
