"""The small syntax in which wordings are written, and its expansion to plain strings.

    受理[各类]案件            an optional part
    (批准|决定)逮捕            alternatives
    <closed>案件             a word of words.toml, itself in this syntax
    审(执)结, 审、执结         need no writing out: brackets and 、 of printed subjects fall away first

Parts nest. Every wording comes to a finite, small set of strings, so that a match is a look-up and never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import product

# A wording that comes to more than this is better split in two: its author cannot see what it takes in.
MOST_FORMS = 600
_NO_MARK = re.compile(r"[^\[\]()|<>]+")


class PatternError(ValueError):
    """A wording that is not well written; the message says where."""


def expand(pattern: str, words: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Every plain string that `pattern` stands for. Raises PatternError."""
    parser = _Parser(pattern, words or {})
    forms = parser.alternatives(closing="")
    if len(forms) > MOST_FORMS:
        raise PatternError(f"{pattern!r} comes to {len(forms)} wordings; split it ({MOST_FORMS} at most)")
    return tuple(dict.fromkeys(forms))


class _Parser:
    """Reads one pattern from left to right; `at` is the next character."""

    def __init__(self, pattern: str, words: Mapping[str, str], within: tuple[str, ...] = ()) -> None:
        self.pattern, self.words, self.within, self.at = pattern, words, within, 0

    def alternatives(self, closing: str) -> list[str]:
        """Sequences parted by | up to `closing` ("" is the end of the pattern)."""
        found = self._sequence()
        while self._next() == "|":
            self.at += 1
            found += self._sequence()
        if self._next() != closing:
            raise PatternError(f"{self.pattern!r}: expected {closing or 'the end'!r} at character {self.at + 1}")
        return found

    def _next(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def _sequence(self) -> list[str]:
        parts: list[list[str]] = []
        while (sign := self._next()) and sign not in "|)]>":
            parts.append(self._part(sign))
        return parts[0] if len(parts) == 1 else ["".join(choice) for choice in product(*parts)]

    def _part(self, sign: str) -> list[str]:
        if sign == "(":
            return self._group(")")
        if sign == "[":
            return [*self._group("]"), ""]
        if sign == "<":
            return self._word()
        found = _NO_MARK.match(self.pattern, self.at)
        if found is None:
            return [""]
        self.at = found.end()
        return [found[0]]

    def _group(self, closing: str) -> list[str]:
        self.at += 1
        found = self.alternatives(closing)
        self.at += 1
        return found

    def _word(self) -> list[str]:
        end = self.pattern.find(">", self.at)
        name = self.pattern[self.at + 1 : end]
        if end < 0 or name not in self.words:
            raise PatternError(f"{self.pattern!r}: no word <{name}> in words.toml")
        if name in self.within:
            raise PatternError(f"{self.pattern!r}: <{name}> stands within itself")
        self.at = end + 1
        return _Parser(self.words[name], self.words, (*self.within, name)).alternatives("")
