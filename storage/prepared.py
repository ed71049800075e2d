"""Statements prepared once and run on the driver itself: what writing an edition lives on.

SQLAlchemy builds, hashes and compiles a statement each time it is run; with thirty statements a publication that costs
more than the database. Here the text is made once for each dialect, from the same tables and types, and run on the
driver's connection within SQLAlchemy's transaction.

    Insert(Point, key=..., update=True)      rows in, by column name
    Query("SELECT … WHERE id = ANY(:ids)")   tuples out, as the driver gives them; lists go in as JSON on SQLite

In a query write `= ANY(:name)` for a list; SQLite reads it as IN over json_each, of one element as `= :name`. Numbers
come out as the driver has them: `number`, `day` and `moment` make the two alike. A moment goes in through `at`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Date, Dialect, Table
from sqlalchemy.engine import Connection
from sqlmodel import SQLModel

from storage.types import ExactNumber, UtcTime, Words, exact, plain

# A row on its way into a table: column name to value. The types are those of the table's model.
Row = Mapping[str, Any]

_ANY = re.compile(r"= ANY\(:(\w+)\)")
_NAME = re.compile(r"(?<!:):(\w+)")
_Processor = Callable[[Any], Any]
_REMEMBERED: dict[tuple[type[Any], str], _Processor | None] = {}
# The statement, what takes a row's values in its order, and which of them go through what.
_Plan = tuple[str, Callable[[Row], Sequence[Any]], tuple[tuple[int, _Processor], ...]]


class Insert:
    """INSERT of given columns; with a `key`, rows that are there already are left (or, with `update`, set anew)."""

    def __init__(self, model: type[SQLModel], *, key: Sequence[str] = (), update: bool = False) -> None:
        self.model, self.key, self.update = model, tuple(key), update
        self._plans: dict[tuple[str, tuple[str, ...]], _Plan] = {}

    def run(self, connection: Connection, rows: Sequence[Row]) -> None:
        """Insert rows that all have the same columns."""
        if not rows:
            return
        statement, take, processors = self._planned(connection, rows[0])
        # By column, since most columns are bound as they are.
        columns = list(zip(*map(take, rows), strict=True))
        for place, process in processors:
            columns[place] = tuple(map(process, columns[place]))
        if len(rows) == 1:
            driver(connection).execute(statement, [value for (value,) in columns])
            return
        cursor = driver(connection).cursor()
        cursor.executemany(statement, list(zip(*columns, strict=True)))
        cursor.close()

    def one(self, connection: Connection, row: Row) -> int:
        """Insert one row into a table that numbers its rows; gives its id."""
        statement, take, processors = self._planned(connection, row)
        values = list(take(row))
        for place, process in processors:
            values[place] = process(values[place])
        if connection.dialect.name == "postgresql":
            [row_id] = driver(connection).execute(f"{statement} RETURNING id", values).fetchone()
        else:
            row_id = driver(connection).execute(statement, values).lastrowid
        return int(row_id)

    def _planned(self, connection: Connection, row: Row) -> _Plan:
        name, columns = connection.dialect.name, tuple(row)
        plan = self._plans.get((name, columns))
        if plan is None:
            plan = self._plans[name, columns] = self._plan(connection.dialect, columns)
        return plan

    def _plan(self, dialect: Dialect, columns: tuple[str, ...]) -> _Plan:
        table = self._table
        place = "%s" if dialect.name == "postgresql" else "?"
        quote = dialect.identifier_preparer.quote
        names = ", ".join(quote(name) for name in columns)
        statement = f"INSERT INTO {quote(table.name)} ({names}) VALUES ({', '.join([place] * len(columns))})"  # noqa: S608 - names of ours
        if self.key:
            others = [name for name in columns if name not in self.key]
            sets = ", ".join(f"{quote(name)} = excluded.{quote(name)}" for name in others)
            action = f"UPDATE SET {sets}" if self.update else "NOTHING"
            statement += f" ON CONFLICT ({', '.join(quote(name) for name in self.key)}) DO {action}"
        binders = [(place, _binder(table, name, dialect)) for place, name in enumerate(columns)]
        take = itemgetter(*columns) if len(columns) > 1 else lambda row: (row[columns[0]],)
        return statement, take, tuple((place, binder) for place, binder in binders if binder is not None)

    @cached_property
    def _table(self) -> Table:
        found: Table = self.model.__table__  # type: ignore[attr-defined]
        return found


class Query:
    """A SELECT (or an UPDATE or DELETE) written once for both dialects."""

    def __init__(self, text: str) -> None:
        self.text = " ".join(text.split())
        self.lists = tuple(dict.fromkeys(_ANY.findall(self.text)))
        self._postgres = _NAME.sub(r"%(\1)s", self.text)
        # By which of the lists have one element.
        self._sqlite: dict[tuple[str, ...], str] = {}

    def rows(self, connection: Connection, **values: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - a driver's values
        """All rows."""
        found: list[tuple[Any, ...]] = self._execute(connection, values).fetchall()
        return found

    def first(self, connection: Connection, **values: Any) -> tuple[Any, ...] | None:  # noqa: ANN401 - as above
        """The first row, None where there is none."""
        found = self.rows(connection, **values)
        return found[0] if found else None

    def run(self, connection: Connection, **values: Any) -> None:  # noqa: ANN401 - as above
        """For its effect."""
        self._execute(connection, values)

    def _execute(self, connection: Connection, values: dict[str, Any]) -> Any:  # noqa: ANN401 - the driver's cursor
        if connection.dialect.name == "postgresql":
            for name in self.lists:
                values[name] = list(values[name])
            return driver(connection).execute(self._postgres, values)
        alone = []
        for name in self.lists:
            given = list(values[name])
            if len(given) == 1:
                values[name] = given[0]
                alone.append(name)
            else:
                values[name] = json.dumps(given)
        return driver(connection).execute(self._for_sqlite(tuple(alone)), values)

    def _for_sqlite(self, alone: tuple[str, ...]) -> str:
        """The text where these lists have one element: no function to call, and a better plan for the database."""
        text = self._sqlite.get(alone)
        if text is None:
            text = _ANY.sub(lambda found: _equal(found[1]) if found[1] in alone else _within(found[1]), self.text)
            self._sqlite[alone] = text
        return text


def _equal(name: str) -> str:
    return f"= :{name}"


def _within(name: str) -> str:
    return f"IN (SELECT value FROM json_each(:{name}))"  # noqa: S608 - names of ours


def driver(connection: Connection) -> Any:  # noqa: ANN401 - sqlite3's or psycopg's
    """The driver's own connection, in whose transaction SQLAlchemy is."""
    return connection.connection.driver_connection


def number(value: Decimal | str | None) -> Decimal | None:
    """An exact number as either driver gives it."""
    return None if value is None else Decimal(value)


def day(value: date | str | None) -> date | None:
    """A date as either driver gives it."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def moment(value: datetime | str | None) -> datetime | None:
    """A moment as either driver gives it, aware and in UTC."""
    if value is None:
        return None
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return value.astimezone(UTC)


def at(connection: Connection, value: datetime) -> datetime | str:
    """A moment as the driver compares it with those that are stored."""
    kind = UtcTime().dialect_impl(connection.dialect)
    process = kind.bind_processor(connection.dialect)
    return process(value) if process else value


def _binder(table: Table, name: str, dialect: Dialect) -> _Processor | None:
    """How a column's values go to the driver, by the column's type."""
    kind = table.c[name].type
    if isinstance(kind, ExactNumber) and dialect.name == "sqlite":
        return _plain_text
    if isinstance(kind, Words | UtcTime | Date):
        return _remembering(type(kind), dialect)
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _remembering(kind: type[Words | UtcTime | Date], dialect: Dialect) -> _Processor | None:
    """Moments and lists of rules are the same in many rows and tables of an edition: what they become is kept.

    Their types take no arguments, so that one of a kind stands for all columns.
    """
    key = (kind, dialect.name)
    if key not in _REMEMBERED:
        process = kind().dialect_impl(dialect).bind_processor(dialect)
        _REMEMBERED[key] = process and lru_cache(maxsize=4096)(process)
    return _REMEMBERED[key]


def _plain_text(value: Decimal | None) -> str | None:
    if value is None:
        return None
    # Nearly all are digits and a point anyway, and that is the quicker way.
    text = str(value)
    return text if type(value) is Decimal and text.replace(".", "", 1).isdigit() else plain(exact(value))
