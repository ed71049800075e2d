"""A frozen record that travels between processes as its fields alone.

A frozen dataclass with slots pickles by Python code at both ends, field by field; a reading is some fifty records, and
the process that keeps them has one interpreter for everything. `Record` gives pickle what the constructor takes.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any

_FIELDS: dict[type, Callable[[object], tuple[Any, ...]]] = {}


class Record:
    """The base of a frozen dataclass with slots, of two fields or more, none of them kept out of its constructor."""

    __slots__ = ()
    __match_args__: tuple[str, ...]

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        """What another process builds it from: its class and its fields in order."""
        kind = type(self)
        fields = _FIELDS.get(kind)
        if fields is None:
            fields = _FIELDS[kind] = attrgetter(*kind.__match_args__)
        return kind, fields(self)
