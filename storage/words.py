"""Cutting Chinese into words that two search engines can index alike: overlapping pairs of characters.

    电信诈骗案件81.27万件  ->  电信 信诈 诈骗 骗案 案件 件 / 81 27 / 万件 件

The last character of a run stands alone too, so that every character begins a word. A query is cut the same way and
must match as a phrase, which makes it exactly "contains"; a single character matches as the beginning of a word.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_RUNS = re.compile(r"[㐀-䶿一-鿿豈-﫿]+|[^\W_㐀-䶿一-鿿豈-﫿]+")
_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿]")


def cut(text: str) -> list[str]:
    """The words of a text, in order."""
    words: list[str] = []
    for run in _runs(text):
        if _HAN.match(run):
            words.extend(run[place : place + 2] for place in range(len(run)))
        else:
            words.append(run)
    return words


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other; with `open_end` the last is only the beginning of one."""

    words: tuple[str, ...]
    open_end: bool


def phrases(query: str) -> list[Phrase]:
    """What must all match: a phrase for each part between spaces, in the words that an index holds of it."""
    found = []
    for part in query.split():
        runs = _runs(part)
        words = [word for run in runs for word in cut(run)]
        if not words:
            continue
        open_end = _HAN.match(runs[-1]) is not None and len(runs[-1]) == 1
        if _HAN.match(runs[-1]) and not open_end:
            # The text may go on after the query's last character, which then does not stand alone.
            words.pop()
        found.append(Phrase(tuple(words), open_end))
    return found


def _runs(text: str) -> list[str]:
    return _RUNS.findall(unicodedata.normalize("NFKC", text).lower())
