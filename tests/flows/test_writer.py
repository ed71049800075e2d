"""Transactions run where they are asked for while nobody else writes, and wait in the thread while somebody does."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from functools import partial

import pytest
from sqlmodel import Session, select

from flows.home import Home
from flows.ingest.writer import Writer
from storage.errors import InvalidInput
from storage.store import open_store
from storage.tables import Run
from tests.storage.made import NOW


def noted(kind: str, session: Session) -> str:
    """Write one row; the answer is the thread that did."""
    session.add(Run(kind=kind, started_at=NOW))
    session.flush()
    return threading.current_thread().name


def kinds(session: Session) -> list[str]:
    return [run.kind for run in session.exec(select(Run).order_by(Run.id))]  # type: ignore[arg-type]  # a column


def test_nobody_else_writes(home: Home) -> None:
    async def story() -> None:
        assert await writer.run(partial(noted, "ingest")) == threading.main_thread().name
        assert await writer.run(kinds) == ["ingest"]

    with open_store(home.database) as store, Writer(store) as writer:
        asyncio.run(story())


def test_while_another_process_writes_the_loop_goes_on_and_none_overtakes(home: Home) -> None:
    async def story() -> None:
        other.execute("BEGIN IMMEDIATE")
        waiting = [asyncio.ensure_future(writer.run(partial(noted, kind))) for kind in "12"]
        for _ in range(20):
            await asyncio.sleep(0.001)
        assert not any(one.done() for one in waiting)
        other.execute("COMMIT")
        last = asyncio.ensure_future(writer.run(partial(noted, "3")))
        assert all("writer" in one for one in await asyncio.gather(*waiting, last))
        assert await writer.run(kinds) == ["1", "2", "3"]

    with open_store(home.database) as store, Writer(store) as writer:
        other = sqlite3.connect(home.database, isolation_level=None)
        asyncio.run(story())
        other.close()


def test_what_fails_leaves_nothing(home: Home) -> None:
    def fails(session: Session) -> None:
        noted("ingest", session)
        raise InvalidInput("a fault of ours")

    async def story() -> None:
        with pytest.raises(InvalidInput):
            await writer.run(fails)
        assert await writer.run(kinds) == []

    with open_store(home.database) as store, Writer(store) as writer:
        asyncio.run(story())
