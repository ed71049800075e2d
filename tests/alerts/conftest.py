"""A real record on disk, a clock that the test sets, and alerts in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from alerts.dispatcher import Desk
from alerts.receivers import Directory
from storage import Store, open_store
from tests.alerts.catalogue import sync
from tests.alerts.clock import HandClock
from tests.alerts.newsroom import Newsroom
from tests.alerts.servers import HttpReceiver, http_receiver


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "zhengfa.db") as opened:
        yield opened


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    clock = HandClock(datetime(2025, 1, 17, 2, 0, tzinfo=UTC))
    with open_store(tmp_path / "zhengfa.db") as store:
        sync(store, clock())
        yield Newsroom(store, clock, Desk(directory=Directory.of([]), clock=clock))


@pytest.fixture
def hook() -> Iterator[HttpReceiver]:
    with http_receiver() as server:
        yield server
