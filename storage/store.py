"""Opening the record: an SQLite file (WAL, BEGIN IMMEDIATE, foreign keys) or a PostgreSQL address, one behaviour.

where                                database                             snapshots, unless named
var/zhengfa.db                       SQLite in that file                  var/snapshots
sqlite:///var/zhengfa.db             the same                             the same
postgresql://user@host/zhengfa       PostgreSQL through psycopg 3         must be named
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session

from storage.errors import Locked, NotOurs, RecordError, Unavailable
from storage.facts import RecordFacts
from storage.migrate import HEAD, READ_ONLY, bring_up_to_date, check_revision, current_revision
from storage.snapshots import Archive

# How long a writer waits for another one; longer than any transaction of ours, shorter than a person's patience.
BUSY_SECONDS = 30
# The log grows to 32 MB before it is worked into the file: an article touches sixty pages, most of them those that the
# article before touched, and SQLite's own 1,000 would have all of them written, and synced, every fifteen articles.
_LOG_PAGES = 8000
# Execution option of a transaction that does not wait for another one.
AT_ONCE = "zhengfa_at_once"


class Store:
    """An open record: its database and its archive of snapshots. Close it, or use it in `with`."""

    def __init__(self, engine: Engine, archive: Archive) -> None:
        self.engine = engine
        self.archive = archive
        self._reading = engine.execution_options(**{READ_ONLY: True})
        self._at_once = engine.execution_options(**{AT_ONCE: True})

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.engine.dialect.name

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction that commits at the end and rolls back on any error.

        Raises Locked where another process holds the database for longer than BUSY_SECONDS.
        """
        with told_apart(), Session(self.engine, expire_on_commit=False, autoflush=False) as session, session.begin():
            yield session

    @contextmanager
    def write_at_once(self) -> Iterator[Session]:
        """The same for those who cannot wait. Raises Locked, with nothing begun, where another writes (SQLite)."""
        with told_apart(), Session(self._at_once, expire_on_commit=False, autoflush=False) as session, session.begin():
            session.connection()
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that only reads; it sees one state of the record throughout and blocks no writer."""
        with told_apart(), Session(self._reading, expire_on_commit=False, autoflush=False) as session:
            yield session

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(where: str | Path, *, snapshots: str | None = None, upgrade: bool = True) -> Store:
    """Open the record at `where`, made or brought up to date first; with `upgrade=False` it must be up to date.

    `snapshots` is a folder or any fsspec address. Raises NotOurs, TooNew, Locked or Unavailable.
    """
    url = database_url(where)
    engine = make_engine(url)
    try:
        with told_apart(place=url.render_as_string(hide_password=True)):
            if upgrade:
                bring_up_to_date(engine)
            else:
                check_revision(engine)
        return Store(engine, Archive(snapshots or _beside(url)))
    except BaseException:
        engine.dispose()
        raise


def describe(where: str | Path) -> RecordFacts:
    """What lies at `where`, without making or changing anything."""
    url = database_url(where)
    place = url.render_as_string(hide_password=True)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return RecordFacts(place, HEAD)
    engine = make_engine(url)
    try:
        with told_apart(place), engine.execution_options(**{READ_ONLY: True}).connect() as connection:
            revision = current_revision(connection)
            if revision != HEAD:
                return RecordFacts(place, HEAD, revision)
            documents, editions, observations = (
                int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())  # noqa: S608
                for table in ("document", "edition", "observation")
            )
        return RecordFacts(place, HEAD, revision, documents, editions, observations)
    except RecordError as error:
        return RecordFacts(place, HEAD, fault=str(error))
    finally:
        engine.dispose()


def database_url(where: str | Path) -> URL:
    """A path or an address as SQLAlchemy understands it. Raises NotOurs for any other kind of database."""
    text = str(where)
    if "://" not in text:
        return URL.create("sqlite", database=text)
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        # Not the text itself: a password may stand in it.
        kind = text.partition("://")[0]
        raise NotOurs(f"{kind}://… is no database address; give a path or postgresql://user@host/name") from error
    kind = url.get_backend_name()
    if kind == "sqlite":
        return url
    if kind in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    raise NotOurs(f"{kind} is not supported; give a path for SQLite or postgresql://user@host/name")


def make_engine(url: URL) -> Engine:
    """An engine whose transactions begin as they should; no table is looked at yet."""
    if url.get_backend_name() == "postgresql":
        return create_engine(url, pool_pre_ping=True)
    file = Path(url.database or "")
    if not file.parent.exists():
        file.parent.mkdir(parents=True, mode=0o700)
    # Never open the file beside SQLite: closing it would drop this process's locks on it (POSIX), another process would
    # take itself for the last one and remove the log that this one goes on writing. SQLite says itself if it is none.
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver's own BEGIN is deferred: a transaction that reads first cannot be upgraded while another writes.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    # A power cut may take the last transactions with it, never the middle ones: what is left is an earlier state of
    # the whole, from which everything runs again, and messages carry the same idempotency keys.
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute(_waits(BUSY_SECONDS))
    cursor.close()


def _waits(seconds: int) -> str:
    return f"PRAGMA busy_timeout = {seconds * 1000}"


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    # By the driver itself: there is nothing here to be compiled, and this stands before every transaction. Closed, also
    # where it fails: left to the collector it would wait for whoever uses the connection next.
    with closing(connection.connection.cursor()) as cursor:
        if options.get(READ_ONLY, False):
            cursor.execute("BEGIN")
        elif options.get(AT_ONCE, False):
            cursor.execute(_waits(0))
            try:
                cursor.execute("BEGIN IMMEDIATE")
            finally:
                cursor.execute(_waits(BUSY_SECONDS))
        else:
            cursor.execute("BEGIN IMMEDIATE")


@contextmanager
def told_apart(place: str = "the database") -> Iterator[None]:
    """Turn the driver's errors into those of `storage.errors`; what is no fault of the place goes through."""
    try:
        yield
    except DBAPIError as error:
        if error.orig is None or (known := _known(error.orig, place)) is None:
            raise
        raise known from error
    except Exception as error:
        # Prepared statements run on the driver itself, whose errors come as they are.
        if (known := _known(error, place)) is None:
            raise
        raise known from error


def _known(error: BaseException, place: str) -> RecordError | None:
    text = str(error).strip()
    if isinstance(error, sqlite3.DatabaseError):
        return _known_sqlite(text, place)
    # PostgreSQL's driver is imported only where it is used.
    postgres = sys.modules.get("psycopg")
    if postgres is not None and isinstance(error, postgres.OperationalError):
        return Unavailable(f"{place} cannot be reached ({text}); is the server running?")
    return None


def _known_sqlite(text: str, place: str) -> RecordError | None:
    words = text.lower()
    if "locked" in words or "busy" in words:
        return Locked(f"{place} is held by another process; wait until it is done and try again")
    if "not a database" in words or "malformed" in words:
        return NotOurs(f"{place} is no sound database; restore a backup, or name another file")
    if any(word in words for word in ("unable to open", "readonly", "read-only", "disk", "full")):
        return Unavailable(f"{place} cannot be written ({text}); look at the folder, its rights and the disk")
    return None


def _beside(url: URL) -> str:
    if url.get_backend_name() == "postgresql":
        raise Unavailable("with PostgreSQL say where snapshots are kept: a folder or s3://bucket/prefix")
    return str(Path(url.database or "").parent / "snapshots")
