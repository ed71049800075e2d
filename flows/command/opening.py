"""What commands over the record begin with: the home, its settings, and the record that is there."""

from __future__ import annotations

import contextlib
import getpass
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows.language import say

if TYPE_CHECKING:
    from flows.home import Home
    from flows.settings import Settings
    from scrapers.indicators import Catalogue
    from storage.facts import RecordFacts
    from storage.store import Store


@dataclass(frozen=True, slots=True)
class Opened:
    """An open record with the home it lies in; `now` is one moment for the whole command."""

    home: Home
    settings: Settings
    store: Store
    now: datetime

    @property
    def catalogue(self) -> Catalogue:
        """The indicators and regions, with the user's own."""
        from scrapers.indicators import load_catalogue

        return load_catalogue(self.home.indicators)


@contextlib.contextmanager
def opened(*, make: bool = False) -> Iterator[Opened]:
    """The record of this home; `make` makes one where there is none. Raises NoRecordError and storage's errors."""
    from flows.home import Home
    from flows.settings import load_settings
    from flows.stores import existing_record, open_record

    home = Home.from_environment()
    settings = load_settings(home)
    if make:
        home.make()
    with (open_record if make else existing_record)(home, settings) as store:
        yield Opened(home, settings, store, datetime.now(UTC))


def described(where: str | Path) -> str:
    """One line on what lies there, in the user's language; nothing is made or changed."""
    from storage.store import describe

    return in_a_line(describe(where))


def in_a_line(found: RecordFacts) -> str:
    """What was found of a record, in the user's language."""
    from flows.mistakes import in_chinese

    if found.fault:
        told = say(in_chinese(found.fault) or found.fault, found.fault)
    elif found.revision is None:
        told = say("尚未建立", "not made yet")
    elif found.revision != found.newest:
        told = say(
            f"版本 {found.revision}, 下次打开时升级到 {found.newest}",
            f"revision {found.revision}, to be upgraded to {found.newest} when it is next opened",
        )
    else:
        told = say(
            f"版本 {found.revision}, 文档 {found.documents}, 文档版本 {found.editions}, 数字 {found.observations}",
            f"revision {found.revision}, {found.documents} documents, {found.editions} editions, "
            f"{found.observations} observations",
        )
    return told if found.place in told else f"{found.place}: {told}"


def whoami() -> str:
    """Who sits at the keyboard, for decisions that carry a name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"
