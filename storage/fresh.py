"""A new SQLite record in one step: the statements that all revisions together come to, kept as data.

Running every revision takes a quarter of a second, most of it for tables that a later one makes anew. A test holds the
statements to the revisions; after a new revision write them again:

    python -m storage.fresh
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.engine import Connection

from storage.prepared import driver

STATEMENTS = Path(__file__).parent / "migrations" / "fresh.sql"
_BETWEEN = ";\n\n"
# What SQLite makes by itself is left out: indexes of constraints, and the tables in which a virtual table lives.
_MADE = """
    SELECT m.sql FROM sqlite_master m WHERE m.sql IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM sqlite_master v
        WHERE v.sql LIKE 'CREATE VIRTUAL TABLE%' AND substr(m.name, 1, length(v.name) + 1) = v.name || '_'
    ) ORDER BY m.rowid
"""


def make(connection: Connection) -> None:
    """Make every table of the newest revision in an empty database, within the transaction that is open."""
    cursor = driver(connection).cursor()
    for statement in STATEMENTS.read_text(encoding="utf-8").split(_BETWEEN):
        cursor.execute(statement)
    cursor.close()


def statements_of(record: sqlite3.Connection) -> Iterator[str]:
    """What makes an empty record like this one: its tables and indexes in their order, and its revision."""
    yield from (sql for (sql,) in record.execute(_MADE))
    [(revision,)] = record.execute("SELECT version_num FROM alembic_version")
    yield f"INSERT INTO alembic_version (version_num) VALUES ('{revision}')"  # noqa: S608 - ours


def main() -> None:
    """Write the statements of a record that went through every revision."""
    from storage.migrate import REVISIONS, bring_up_to_date
    from storage.store import database_url, make_engine

    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(database_url(Path(folder) / "record.db"))
        for revision in REVISIONS:
            bring_up_to_date(engine, revision)
        engine.dispose()
        record = sqlite3.connect(Path(folder) / "record.db")
        STATEMENTS.write_text(_BETWEEN.join(statements_of(record)) + "\n", encoding="utf-8")
        record.close()


if __name__ == "__main__":
    main()
