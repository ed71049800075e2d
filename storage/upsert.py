"""Insert-or-leave and insert-or-update, the same on SQLite and PostgreSQL (both know ON CONFLICT)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

# A row on its way into a table: column name to value. The types are those of the table's model.
Row = Mapping[str, Any]


def insert_missing(session: Session, table: type[SQLModel], rows: Sequence[Row], key: Sequence[str]) -> None:
    """Insert the rows whose `key` is not there yet; leave the others as they are."""
    if rows:
        session.connection().execute(_insert(session, table).on_conflict_do_nothing(index_elements=key), list(rows))


def insert_or_update(session: Session, table: type[SQLModel], rows: Sequence[Row], key: Sequence[str]) -> None:
    """Insert the rows; where `key` is there already, set every other given column anew."""
    if not rows:
        return
    insert = _insert(session, table)
    others = {name: insert.excluded[name] for name in rows[0] if name not in key}
    session.connection().execute(insert.on_conflict_do_update(index_elements=key, set_=others), list(rows))


def _insert(session: Session, table: type[SQLModel]) -> sqlite.Insert | postgresql.Insert:
    rows = table.__table__  # type: ignore[attr-defined]
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(rows)
    return sqlite.insert(rows)
