"""How the command line looks: one console for results, one for everything said beside them."""

from __future__ import annotations

from decimal import Decimal

from rich.console import Console
from rich.table import Table

# What is not a terminal (a file, a pipe) gets lines wide enough for a table with quotations.
PIPE_WIDTH = 160


def _console(*, stderr: bool = False) -> Console:
    console = Console(stderr=stderr)
    return console if console.is_terminal else Console(stderr=stderr, width=PIPE_WIDTH)


out = _console()
err = _console(stderr=True)

_TEN_THOUSAND = Decimal(10_000)
_HUNDRED_MILLION = Decimal(100_000_000)


def table(title: str, *columns: str) -> Table:
    """A table in the house's look; columns that hold numbers are right-aligned by a leading `>`."""
    made = Table(title=title, title_justify="left", header_style="bold", expand=False)
    for column in columns:
        made.add_column(
            column.removeprefix(">"), justify="right" if column.startswith(">") else "left", overflow="fold"
        )
    return made


def number(value: Decimal | None) -> str:
    """A value as a person reads it in Chinese: 812700 is 81.27万, exact to the last digit."""
    if value is None:
        return ""
    for scale, word in ((_HUNDRED_MILLION, "亿"), (_TEN_THOUSAND, "万")):
        if abs(value) >= scale:
            return f"{_plain(value / scale)}{word}"
    return _plain(value)


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
