"""Backup, restore and copying of a whole record from one database to another, whichever kinds they are.

    backup    a consistent SQLite file of an open record, while others go on writing
    restore   that file becomes the record, in an empty place
    copy      every row of one record into an empty other one, in batches, counted

Snapshots are not in the database: copy their folder, or let both records use the same archive.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Table, func, insert, select, text
from sqlalchemy.engine import Connection

from storage.errors import InvalidInput, NotFound, RecordError
from storage.store import Store, open_store, told_apart
from storage.tables import metadata

BATCH = 1000
# References between rows of one table that may go either way: written after all rows are there.
LATER = {"indicator": ("part_of", "rate_of", "rate_base"), "region": ("parent",)}
Progress = Callable[[str, int], None]


def backup(store: Store, file: Path) -> Path:
    """Write the record to an SQLite file that did not exist; a half-written one is never left under that name.

    Raises InvalidInput where the file exists, Unavailable where it cannot be written.
    """
    if file.exists():
        raise InvalidInput(f"{file} exists; name a file that does not")
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.part")
    part.unlink(missing_ok=True)
    try:
        if store.dialect == "sqlite":
            with store.engine.connect() as connection, told_apart(str(file)):
                # VACUUM works outside a transaction only: on the driver's connection, which has none open yet.
                connection.connection.cursor().execute("VACUUM INTO ?", (str(part),))
        else:
            with open_store(part, snapshots=store.archive.root) as target:
                copy(store, target)
            _into_one_file(part)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return file


def restore(file: Path, where: str | Path, *, snapshots: str | None = None) -> Mapping[str, int]:
    """Make the record at `where`, which must be empty or not be there, what a backup holds; gives rows by table.

    An older backup is upgraded on the way. Raises NotFound, InvalidInput, NotOurs and TooNew.
    """
    if not file.is_file():
        raise NotFound(f"there is no backup {file}")
    # A copy is opened, so that the backup itself stays what it is.
    with tempfile.TemporaryDirectory() as folder:
        spare = Path(folder) / "backup.db"
        shutil.copyfile(file, spare)
        with (
            _named(file, spare),
            open_store(spare, snapshots=snapshots or folder) as source,
            open_store(where, snapshots=snapshots) as target,
        ):
            return copy(source, target)


@contextmanager
def _named(file: Path, spare: Path) -> Iterator[None]:
    """What is wrong with the copy is said of the file."""
    try:
        yield
    except RecordError as error:
        raise type(error)(str(error).replace(f"sqlite:///{spare}", str(file))) from error


def copy(source: Store, target: Store, *, progress: Progress | None = None) -> Mapping[str, int]:
    """Copy every row into an empty record, all or nothing; gives rows by table.

    Raises InvalidInput where the target holds anything, RecordError where the counts differ afterwards.
    """
    tell: Progress = progress or (lambda _table, _count: None)
    copied: dict[str, int] = {}
    with source.read() as reading, target.write() as writing:
        here, there = reading.connection(), writing.connection()
        for table in metadata.sorted_tables:
            if _count(there, table):
                raise InvalidInput(f"the record to copy into is not empty (table {table.name}); name an empty one")
        for table in metadata.sorted_tables:
            copied[table.name] = _copy_table(here, there, table)
            tell(table.name, copied[table.name])
        for table in metadata.sorted_tables:
            if _count(there, table) != copied[table.name]:
                raise RecordError(f"table {table.name} did not arrive whole; nothing was copied")
        if there.dialect.name == "postgresql":
            _go_on_counting(there)
    return copied


def _copy_table(here: Connection, there: Connection, table: Table) -> int:
    later = LATER.get(table.name, ())
    key = list(table.primary_key.columns)
    count = 0
    linked: list[dict[str, Any]] = []
    rows = here.execution_options(yield_per=BATCH).execute(select(table).order_by(*key)).mappings()
    for part in rows.partitions(BATCH):
        batch = [dict(row) for row in part]
        linked.extend(row for row in batch if any(row[name] is not None for name in later))
        there.execute(insert(table), [_prepared(table, row, later) for row in batch])
        count += len(batch)
    for row in linked:
        where = [column == row[column.name] for column in key]
        there.execute(table.update().where(*where).values({name: row[name] for name in later}))
    return count


def _prepared(table: Table, row: Mapping[str, Any], later: tuple[str, ...]) -> dict[str, Any]:
    values = {name: None if name in later else value for name, value in row.items()}
    if table.name == "edition":
        # The search index is of another kind in every database: it is made anew.
        values["searchable"] = False
    return values


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _go_on_counting(connection: Connection) -> None:
    """New rows get ids after those that were copied."""
    for table in metadata.sorted_tables:
        if table.autoincrement_column is not None and table.autoincrement_column.name == "id":
            connection.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "  # noqa: S608 - tables of ours
                    f'coalesce(max(id), 0) + 1, false) FROM "{table.name}"'
                )
            )


def _into_one_file(file: Path) -> None:
    """What is still in the write-ahead log goes into the file."""
    import sqlite3

    connection = sqlite3.connect(file)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        connection.close()
