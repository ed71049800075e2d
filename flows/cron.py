"""Whether a text is a cron line, told before Prefect is asked: importing that takes seconds and a home set up for it.

    minute hour day-of-month month day-of-week      15 7,12,18 * * *      @daily

Of what Prefect takes, the parts of crontab(5); seconds, years and its own letters are refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_ALIASES = {"@hourly", "@midnight", "@daily", "@weekly", "@monthly", "@yearly", "@annually"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
# Lowest and highest number of each field, and the names that may stand for numbers from the lowest on.
_FIELDS: Sequence[tuple[int, int, Sequence[str]]] = (
    (0, 59, ()),
    (0, 23, ()),
    (1, 31, ()),
    (1, 12, _MONTHS),
    (0, 7, _DAYS),
)
_PART = re.compile(r"(?:\*|(?P<first>\w+)(?:-(?P<last>\w+))?)(?:/(?P<step>[0-9]+))?")


def cron_line(text: str) -> str:
    """The text as it is. Raises ValueError where it is no cron line."""
    fields = text.split()
    if text in _ALIASES or (len(fields) == len(_FIELDS) and all(map(_is_field, fields, _FIELDS))):
        return text
    raise ValueError("no cron line: write five fields, such as 15 7,12,18 * * *")


def _is_field(text: str, limits: tuple[int, int, Sequence[str]]) -> bool:
    return all(_is_part(part, *limits) for part in text.lower().split(","))


def _is_part(text: str, lowest: int, highest: int, names: Sequence[str]) -> bool:
    """`*`, a number or name, or a range (one may run over the end: 22-6); each with a step or without."""
    found = _PART.fullmatch(text)
    if not found:
        return False
    numbers = [_number(word, lowest, names) for word in (found["first"], found["last"]) if word]
    within = all(number is not None and lowest <= number <= highest for number in numbers)
    return within and found["step"] not in ("0", "00")


def _number(word: str, lowest: int, names: Sequence[str]) -> int | None:
    if word in names:
        return lowest + names.index(word)
    return int(word) if re.fullmatch(r"[0-9]{1,2}", word) else None
