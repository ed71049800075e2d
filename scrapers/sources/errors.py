"""What can be wrong with source cards.

SourcesError           base; `hint` says what to do
└── CardError          one card that cannot be used: file, line, field and the fix
"""

from __future__ import annotations

from pathlib import Path


class SourcesError(Exception):
    """Something about source cards; `hint` is the way out."""

    hint: str = ""


class CardError(SourcesError):
    """A card that cannot be used. `line` is None where the file does not tell (a field that is missing)."""

    def __init__(self, path: Path | str, line: int | None, field: str, problem: str, fix: str = "") -> None:
        self.path, self.line, self.field, self.problem, self.hint = path, line, field, problem, fix
        place = f"{path}:{line}" if line else f"{path}"
        super().__init__(f"{place}: {field}: {problem}" if field else f"{place}: {problem}")
