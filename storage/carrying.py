"""Frozen records that travel between processes by the thousand: as a call with their values.

A dataclass with slots asks for the list of its fields once a record on either side, which costs more than the values
do, and a frozen one sets each field through `object.__setattr__`. Here an unfrozen twin of the same layout is filled,
which then becomes the record; `scrapers.record` does so in its constructor too, where these validate (and neither
package imports the other). What was validated when it was built is not validated again: it comes from a process of
ours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, make_dataclass
from operator import attrgetter
from typing import Any, TypeVar

T = TypeVar("T")
_TWINS: dict[type[Any], type[Any]] = {}
# Of a class without one, a dataclass writes a docstring: its signature, which takes longer than all else.
_SAID = {"__doc__": "The unfrozen twin of a record."}


def carried(record: type[T]) -> type[T]:
    """Class decorator, above a dataclass with slots; the class has two fields or more."""
    values = attrgetter(*(field.name for field in fields(record)))  # type: ignore[arg-type]

    def reduced(self: T) -> tuple[Callable[..., T], tuple[Any, ...]]:
        return _rebuilt, (record, *values(self))

    record.__reduce__ = reduced  # type: ignore[method-assign,assignment]
    return record


def _rebuilt(record: type[T], *values: object) -> T:
    # Made when the first one comes: a process that only sends needs none.
    twin = _TWINS.get(record) or _twin(record)
    made = twin(*values)
    made.__class__ = record
    return made  # type: ignore[no-any-return]


def _twin(record: type[Any]) -> type[Any]:
    names = [field.name for field in fields(record)]
    twin = make_dataclass(record.__name__, names, slots=True, repr=False, eq=False, match_args=False, namespace=_SAID)
    return _TWINS.setdefault(record, twin)
