"""Many rows at once, without the cost of mapped objects: what writing an edition lives on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, text
from sqlalchemy.engine import Connection
from sqlmodel import SQLModel

from storage.upsert import Row


def table_of(model: type[SQLModel]) -> Table:
    """The table behind a model."""
    found: Table = model.__table__  # type: ignore[attr-defined]
    return found


def insert_rows(connection: Connection, model: type[SQLModel], rows: Sequence[Row]) -> None:
    """Insert rows that all have the same columns."""
    if rows:
        connection.execute(table_of(model).insert(), list(rows))


def insert_one(connection: Connection, model: type[SQLModel], **values: Any) -> int:  # noqa: ANN401 - a row's columns
    """Insert one row; gives its id."""
    [row_id] = take_ids(connection, model, 1)
    connection.execute(table_of(model).insert(), {"id": row_id, **values})
    return row_id


def take_ids(connection: Connection, model: type[SQLModel], count: int) -> range | Sequence[int]:
    """Ids for `count` new rows, known before they are written.

    On SQLite the writer is alone (BEGIN IMMEDIATE), so the next ones are free; PostgreSQL hands them out.
    """
    if not count:
        return range(0)
    name = model.__tablename__
    if connection.dialect.name == "postgresql":
        query = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)")
        return list(connection.execute(query, {"name": name, "count": count}).scalars())
    last = connection.exec_driver_sql(f"SELECT coalesce(max(id), 0) FROM {name}").scalar_one()  # noqa: S608 - a model's
    return range(last + 1, last + 1 + count)
