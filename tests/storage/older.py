"""A record as the first revision kept it (虚构), with rows in every table, for tests of upgrading.

`record_0001.json` was written by the program of that time: every table's rows as SQLite holds them, bytes as hex.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, MetaData, Table, text

from storage.migrate import bring_up_to_date

FIRST = "0001"
ROWS: Mapping[str, Any] = json.loads(Path(__file__).with_name("record_0001.json").read_text(encoding="utf-8"))

_FROM_SQLITE: dict[str, Callable[[Any], Any]] = {
    "TIMESTAMP": lambda value: datetime.fromisoformat(value).replace(tzinfo=UTC),
    "DATE": date.fromisoformat,
    "BOOLEAN": bool,
    "NUMERIC": Decimal,
    "JSON": json.loads,
}


def make_older(engine: Engine, revision: str) -> None:
    """A record of `revision` in an empty database: made by the first one, brought up from there."""
    bring_up_to_date(engine, FIRST)
    found = MetaData()
    found.reflect(engine)
    with engine.begin() as connection:
        for table in found.sorted_tables:
            if rows := _rows(table, postgres=engine.dialect.name == "postgresql"):
                names = ", ".join(f'"{name}"' for name in rows[0])
                values = ", ".join(f":{name}" for name in rows[0])
                if engine.dialect.name == "postgresql":
                    connection.execute(table.insert(), rows)
                    if "id" in table.c and table.c["id"].autoincrement is True:
                        _go_on_counting(connection, table.name)
                else:
                    # As the file holds them: no type of today stands between.
                    connection.execute(text(f'INSERT INTO "{table.name}" ({names}) VALUES ({values})'), rows)  # noqa: S608
    bring_up_to_date(engine, revision)


def _rows(table: Table, *, postgres: bool) -> list[dict[str, Any]]:
    given = ROWS.get(table.name)
    if given is None:
        return []
    return [
        {
            name: _value(value, str(table.c[name].type) if postgres else "")
            for name, value in zip(given["columns"], row, strict=True)
        }
        for row in given["rows"]
    ]


def _value(value: Any, kind: str) -> Any:  # noqa: ANN401 - a database's values
    if value is None:
        return None
    if isinstance(value, dict):
        return bytes.fromhex(value["hex"])
    return _FROM_SQLITE.get(kind.split("(", maxsplit=1)[0], lambda same: same)(value)


def _go_on_counting(connection: Any, table: str) -> None:  # noqa: ANN401 - SQLAlchemy's
    connection.execute(
        text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM \"{table}\"))")  # noqa: S608
    )
