"""What can be wrong with the catalogue.

IndicatorsError          base; `hint` says what to do
└── CatalogueError       a table that cannot be used: file, table, problem and the fix
"""

from __future__ import annotations


class IndicatorsError(Exception):
    """Something about the catalogue; `hint` is the way out."""

    hint: str = ""


class CatalogueError(IndicatorsError):
    """A table of the catalogue that cannot be used. `table` is "" where the whole file is meant."""

    def __init__(self, file: str, table: str, problem: str, fix: str = "") -> None:
        self.file, self.table, self.problem, self.hint = file, table, problem, fix
        super().__init__(f"{file}: [{table}]: {problem}" if table else f"{file}: {problem}")
