"""How the command line looks: one console for results, one for everything said beside them."""

from __future__ import annotations

import json
from dataclasses import asdict, is_dataclass
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from flows.language import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from _typeshed import DataclassInstance

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
    made = Table(title=title or None, title_justify="left", header_style="bold", expand=False)
    for column in columns:
        made.add_column(
            column.removeprefix(">"), justify="right" if column.startswith(">") else "left", overflow="fold"
        )
    return made


def print_rows(rows: Table, none: str) -> None:
    """Print a table, or one sentence where it has no rows."""
    out.print(rows if rows.row_count else none)


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


# China has one time zone; people read its clock whatever this machine's is.
_BEIJING = timezone(timedelta(hours=8))


def when(moment: datetime | None) -> str:
    """A moment by the clock of China, to the minute."""
    return f"{moment.astimezone(_BEIJING):%Y-%m-%d %H:%M}" if moment else ""


_SPANS = (("天", "day", 86_400), ("小时", "hour", 3600), ("分钟", "minute", 60), ("秒", "second", 1))


def lasting(span: timedelta) -> str:
    """A stretch of time in the largest unit of which it is a whole number: 400 天, 90 分钟."""
    seconds = int(span.total_seconds())
    chinese, english, size = next((unit for unit in _SPANS if seconds and seconds % unit[2] == 0), _SPANS[-1])
    count = seconds // size
    return say(f"{count} {chinese}", f"{count} {english}{'' if count == 1 else 's'}")


def plain(text: str) -> str:
    """A text of a page as one line that is no markup to rich."""
    from rich.markup import escape

    return escape(" ".join(text.split()))


def print_json(value: DataclassInstance | Sequence[DataclassInstance]) -> None:
    """Records as JSON: numbers as exact text, times in ISO 8601."""
    found = asdict(value) if is_dataclass(value) else [asdict(each) for each in value]
    print(json.dumps(found, ensure_ascii=False, indent=1, default=_word))


def _word(value: object) -> str:
    return (
        value.isoformat()
        if isinstance(value, datetime)
        else _plain(value)
        if isinstance(value, Decimal)
        else str(value)
    )
