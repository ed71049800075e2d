"""A frozen record that is quickly made, and travels between processes as its fields alone.

A frozen dataclass with slots sets its fields one by one through `object.__setattr__`, and pickles by Python code at
both ends; a reading is some fifty records, and the process that keeps them has one interpreter for everything. `Record`
fills an unfrozen twin of the same layout, which then becomes the record: a quarter of the time. And it gives pickle
what the constructor takes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, fields, make_dataclass
from functools import wraps
from operator import attrgetter
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_FIELDS: dict[type, Callable[[object], tuple[Any, ...]]] = {}
# Of a class without one, a dataclass writes a docstring: its signature, which takes longer than all else.
_SAID = {"__doc__": "What a record is filled in."}


class Record:
    """The base of a frozen dataclass with slots, of two fields or more, none of them kept out of its constructor.

    No record is the base of another. One with a `__post_init__` is made as any dataclass is.
    """

    __slots__ = ()
    __match_args__: tuple[str, ...]

    def __init_subclass__(cls, *, twin: bool = False) -> None:
        """Called for the finished class too: the one that `dataclass` has given its slots."""
        if "__slots__" in cls.__dict__ and not twin and not hasattr(cls, "__post_init__"):
            _make_by_twin(cls)

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        """What another process builds it from: its class and its fields in order."""
        kind = type(self)
        values = _FIELDS.get(kind)
        if values is None:
            values = _FIELDS[kind] = attrgetter(*kind.__match_args__)
        return kind, values(self)


def _make_by_twin(kind: type[Record]) -> None:
    """Gives a frozen class a constructor that fills a twin and turns it into the record."""
    told = [
        (each.name, object, field(default=each.default, default_factory=each.default_factory))
        for each in fields(cast("type[DataclassInstance]", kind))
    ]
    filled = make_dataclass(kind.__name__, told, repr=False, eq=False, match_args=False, namespace=_SAID)
    slots = {"__slots__": kind.__match_args__, "__init__": vars(filled)["__init__"]}
    twin: type[Record] = type.__new__(type, kind.__name__, (Record,), slots, twin=True)

    @wraps(vars(kind)["__init__"])
    def made(cls: type[Record], *values: object, **named: object) -> Record:
        record = twin(*values, **named)
        record.__class__ = cls
        return record

    for name, way in (("__new__", made), ("__init__", object.__init__)):
        setattr(kind, name, way)
