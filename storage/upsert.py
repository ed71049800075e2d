"""Insert-or-leave and insert-or-update, the same on SQLite and PostgreSQL (both know ON CONFLICT)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlmodel import Session, SQLModel

# A row on its way into a table: column name to value. The types are those of the table's model.
Row = Mapping[str, Any]
Insert = sqlite.Insert | postgresql.Insert


def insert_missing(session: Session, table: type[SQLModel], rows: Sequence[Row], key: Sequence[str]) -> None:
    """Insert the rows whose `key` is not there yet; leave the others as they are."""
    insert_missing_rows(session.connection(), table, rows, key)


def insert_missing_rows(connection: Connection, table: type[SQLModel], rows: Sequence[Row], key: Sequence[str]) -> None:
    """The same on a connection."""
    if rows:
        connection.execute(_or_leave(connection.dialect.name, table, tuple(key)), list(rows))


def insert_or_update_rows(
    connection: Connection, table: type[SQLModel], rows: Sequence[Row], key: Sequence[str]
) -> None:
    """Insert the rows; where `key` is there already, set every other given column anew."""
    if rows:
        connection.execute(_or_update(connection.dialect.name, table, tuple(key), tuple(rows[0])), list(rows))


# Building a statement costs more than running it; each is built once.
@cache
def _or_leave(dialect: str, table: type[SQLModel], key: tuple[str, ...]) -> Insert:
    return _insert(dialect, table).on_conflict_do_nothing(index_elements=key)


@cache
def _or_update(dialect: str, table: type[SQLModel], key: tuple[str, ...], columns: tuple[str, ...]) -> Insert:
    insert = _insert(dialect, table)
    others = {name: insert.excluded[name] for name in columns if name not in key}
    return insert.on_conflict_do_update(index_elements=key, set_=others)


def _insert(dialect: str, table: type[SQLModel]) -> Insert:
    rows = table.__table__  # type: ignore[attr-defined]
    return postgresql.insert(rows) if dialect == "postgresql" else sqlite.insert(rows)
