"""Many rows at once, without the cost of mapped objects: what writing an edition lives on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Table
from sqlalchemy.engine import Connection
from sqlmodel import Session, SQLModel

from storage.prepared import Insert, Query, Row


def table_of(model: type[SQLModel]) -> Table:
    """The table behind a model."""
    found: Table = model.__table__  # type: ignore[attr-defined]
    return found


def insert_rows(connection: Connection, model: type[SQLModel], rows: Sequence[Row]) -> None:
    """Insert rows that all have the same columns."""
    _plain(model).run(connection, rows)


def insert_missing_rows(connection: Connection, model: type[SQLModel], rows: Sequence[Row], key: Sequence[str]) -> None:
    """Insert the rows whose `key` is not there yet; leave the others as they are."""
    _leaving(model, tuple(key)).run(connection, rows)


def insert_missing(session: Session, model: type[SQLModel], rows: Sequence[Row], key: Sequence[str]) -> None:
    """The same in a session's transaction."""
    insert_missing_rows(session.connection(), model, rows, key)


def insert_or_update_rows(
    connection: Connection, model: type[SQLModel], rows: Sequence[Row], key: Sequence[str]
) -> None:
    """Insert the rows; where `key` is there already, set every other given column anew."""
    _setting(model, tuple(key)).run(connection, rows)


def insert_one(connection: Connection, model: type[SQLModel], **values: Any) -> int:  # noqa: ANN401 - a row's columns
    """Insert one row; gives its id."""
    return _plain(model).one(connection, values)


def take_ids(connection: Connection, model: type[SQLModel], count: int) -> Sequence[int]:
    """Ids for `count` new rows, known before they are written.

    On SQLite the writer is alone (BEGIN IMMEDIATE), so the next ones are free; PostgreSQL hands them out.
    """
    if not count:
        return range(0)
    name = str(model.__tablename__)
    if connection.dialect.name == "postgresql":
        return [row[0] for row in _handed_out(name).rows(connection, count=count)]
    [(last,)] = _last(name).rows(connection)
    return range(last + 1, last + 1 + count)


@cache
def _plain(model: type[SQLModel]) -> Insert:
    return Insert(model)


@cache
def _leaving(model: type[SQLModel], key: tuple[str, ...]) -> Insert:
    return Insert(model, key=key)


@cache
def _setting(model: type[SQLModel], key: tuple[str, ...]) -> Insert:
    return Insert(model, key=key, update=True)


@cache
def _handed_out(name: str) -> Query:
    return Query(f"SELECT nextval(pg_get_serial_sequence('{name}', 'id')) FROM generate_series(1, :count)")  # noqa: S608


@cache
def _last(name: str) -> Query:
    return Query(f"SELECT coalesce(max(id), 0) FROM {name}")  # noqa: S608 - the name of a table of ours
