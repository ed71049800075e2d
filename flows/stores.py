"""Opening the record as the settings say."""

from __future__ import annotations

from flows.errors import NoRecordError
from flows.home import Home
from flows.language import say
from flows.settings import Settings
from storage.store import Store, open_store


def open_record(home: Home, settings: Settings) -> Store:
    """The record in ZHENGFA_HOME or at `database_url`, brought up to date. Raises storage's errors."""
    return open_store(settings.database_url or home.database, snapshots=snapshots_of(home, settings))


def snapshots_of(home: Home, settings: Settings) -> str:
    """Where snapshots lie: a folder, or an address that fsspec knows."""
    return settings.snapshots_url or str(home.snapshots)


def existing_record(home: Home, settings: Settings) -> Store:
    """The record, where there is one already. Raises NoRecordError, and storage's errors."""
    if not settings.database_url and not home.database.exists():
        raise NoRecordError(
            say(f"{home.root} 中还没有数据库", f"there is no record in {home.root} yet"),
            say(
                "`zhengfa ingest` 或 `zhengfa import` 会建立一个;ZHENGFA_HOME 指明在哪里找",
                "`zhengfa ingest` or `zhengfa import` makes one; ZHENGFA_HOME says where to look",
            ),
        )
    return open_record(home, settings)
