"""Bringing a database to the revision of this program, by Alembic, without a configuration file.

A database without our version table is ours only if it holds no tables at all. Alembic is imported only where there
is something to migrate: opening a record that is up to date costs one query, and a new SQLite record is made in one
step (storage.fresh).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, inspect, text
from sqlalchemy.engine import Connection

from storage import fresh
from storage.errors import NotOurs, TooNew
from storage.tables import metadata

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).parent / "migrations"
VERSION_TABLE = "alembic_version"
# Every revision has these; other programs that use Alembic have only the first.
OURS = frozenset({VERSION_TABLE, "observation", "source_run"})
# The newest revision in migrations/versions, and all before it; a test holds them together.
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009")
HEAD = REVISIONS[-1]
# Held while a PostgreSQL database is upgraded, so that two workers starting together do not both do it.
UPGRADE_LOCK = 0x7A66
# The option of a connection whose transactions only read (storage.store): looking needs no lock.
READ_ONLY = "zhengfa_read"


def bring_up_to_date(engine: Engine, revision: str = HEAD) -> None:
    """Make the tables, or upgrade them. Raises NotOurs and TooNew; on an error nothing has changed."""
    if _look(engine) == revision:
        return
    with engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            # Alembic alters an SQLite table by copying it, and dropping the old one must not touch what refers to it.
            # This only works outside a transaction; reaching for the driver's connection begins none.
            _pragma(connection, "foreign_keys = OFF")
        try:
            with connection.begin():
                _upgrade(connection, revision)
        finally:
            if sqlite:
                _pragma(connection, "foreign_keys = ON")


def check_revision(engine: Engine) -> None:
    """Raises NotOurs for a database without our tables or behind this program, TooNew for one ahead of it."""
    found = _look(engine)
    if found != HEAD:
        raise NotOurs(f"the database is at revision {found}, this program at {HEAD}; run zhengfa db upgrade")


def _look(engine: Engine) -> str | None:
    with engine.execution_options(**{READ_ONLY: True}).connect() as connection:
        return current_revision(connection)


def current_revision(connection: Connection) -> str | None:
    """The revision of the database, None for an empty one. Raises NotOurs and TooNew."""
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return None
    if not tables >= OURS:
        other = min(tables)
        raise NotOurs(f"{_shown(connection)} holds tables of something else ({other} …); name another database")
    found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar_one_or_none()  # noqa: S608
    if found is not None and found not in REVISIONS:
        raise TooNew(f"{_shown(connection)} has revision {found}, which a newer program wrote; update this program")
    return found


def _shown(connection: Connection) -> str:
    """Where the database is, for people: no password in it."""
    return connection.engine.url.render_as_string(hide_password=True)


def differences(connection: Connection) -> list[object]:
    """What Alembic would still change: empty where the tables are as the models say."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    context = MigrationContext.configure(
        connection, opts={"version_table": VERSION_TABLE, "compare_type": True, "include_name": ours}
    )
    return list(compare_metadata(context, metadata))


def ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether a table belongs to the models: the search index is made by a migration and has none."""
    return kind != "table" or name in metadata.tables


def configuration(connection: Connection) -> Config:
    """Alembic's configuration, working on an open connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection, revision: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": UPGRADE_LOCK})
    found = current_revision(connection)
    if found == revision:
        return
    if found is None and revision == HEAD and connection.dialect.name == "sqlite":
        fresh.make(connection)
        return
    from alembic import command

    command.upgrade(configuration(connection), revision)
    if connection.dialect.name == "sqlite" and (broken := connection.execute(text("PRAGMA foreign_key_check")).first()):
        raise NotOurs(
            f"upgrading would leave a broken reference in table {broken[0]}; restore a backup and report this"
        )


def _pragma(connection: Connection, words: str) -> None:
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA {words}")
    cursor.close()
