"""Frozen records that travel between processes by the thousand: as a tuple of their values.

A dataclass with slots asks for the list of its fields once a record on either side, which costs more than the values
do. What was validated when it was built is not validated again: it comes from a process of ours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

T = TypeVar("T")
_SETTERS: dict[type[Any], tuple[Callable[[Any, Any], None], ...]] = {}


def carried(record: type[T]) -> type[T]:
    """Class decorator, above `@dataclass(slots=True)`; the class has two fields or more."""
    names = [field.name for field in fields(record)]  # type: ignore[arg-type]
    values = attrgetter(*names)
    _SETTERS[record] = tuple(vars(record)[name].__set__ for name in names)

    def reduced(self: T) -> tuple[Callable[[type[T], tuple[Any, ...]], T], tuple[type[T], tuple[Any, ...]]]:
        return _rebuilt, (record, values(self))

    record.__reduce__ = reduced  # type: ignore[method-assign,assignment]
    return record


def _rebuilt(record: type[T], values: tuple[Any, ...]) -> T:
    made = object.__new__(record)
    for fill, value in zip(_SETTERS[record], values, strict=True):
        fill(made, value)
    return made
