"""Opening the record as the settings say."""

from __future__ import annotations

from flows.errors import NoRecordError
from flows.home import Home
from flows.settings import Settings
from storage.store import Store, open_store


def open_record(home: Home, settings: Settings) -> Store:
    """The record in ZHENGFA_HOME or at `database_url`, brought up to date. Raises storage's errors."""
    return open_store(settings.database_url or home.database, snapshots=str(home.snapshots))


def existing_record(home: Home, settings: Settings) -> Store:
    """The record, where there is one already. Raises NoRecordError, and storage's errors."""
    if not settings.database_url and not home.database.exists():
        raise NoRecordError(
            f"there is no record in {home.root} yet",
            "`zhengfa ingest` or `zhengfa import` makes one; ZHENGFA_HOME says where to look",
        )
    return open_record(home, settings)
