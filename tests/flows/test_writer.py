"""Transactions run where they are asked for while nobody else writes, and wait in the thread while somebody does.

Those that may share one do, and none has to suffer for another's fault.
"""

from __future__ import annotations

import asyncio
import gc
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from functools import partial

import pytest
from sqlalchemy import event
from sqlmodel import Session, select

from flows.home import Home
from flows.ingest.writer import TOGETHER, Writer
from storage.errors import InvalidInput
from storage.store import Store, open_store
from storage.tables import Run
from tests.storage.made import NOW


@pytest.fixture
def store(home: Home) -> Iterator[Store]:
    with open_store(home.database) as opened:
        yield opened


@pytest.fixture
def writer(store: Store) -> Iterator[Writer]:
    with Writer(store) as opened:
        yield opened


@pytest.fixture
def other(home: Home, writer: Writer) -> Iterator[sqlite3.Connection]:
    """Another process's connection, as far as SQLite can tell; closed before the writer, which waits for it."""
    assert writer
    with closing(sqlite3.connect(home.database, isolation_level=None)) as opened:
        yield opened


def noted(kind: str, session: Session) -> str:
    """Write one row; the answer is the thread that did."""
    session.add(Run(kind=kind, started_at=NOW))
    session.flush()
    return threading.current_thread().name


def fails(session: Session) -> None:
    """Write one row, in vain."""
    noted("never", session)
    raise InvalidInput("a fault of ours")


def kinds(session: Session) -> list[str]:
    return [run.kind for run in session.exec(select(Run).order_by(Run.id))]  # type: ignore[arg-type]  # a column


def test_nobody_else_writes(writer: Writer) -> None:
    async def story() -> None:
        assert await writer.run(partial(noted, "ingest")) == threading.main_thread().name
        assert await writer.run(kinds) == ["ingest"]

    asyncio.run(story())


def test_while_another_process_writes_the_loop_goes_on_and_none_overtakes(
    writer: Writer, other: sqlite3.Connection
) -> None:
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

    asyncio.run(story())


def test_what_fails_leaves_nothing(writer: Writer) -> None:
    async def story() -> None:
        with pytest.raises(InvalidInput):
            await writer.run(fails)
        assert await writer.run(kinds) == []

    asyncio.run(story())


def commits(store: Store) -> list[str]:
    """Gets an entry for every transaction that is committed from now on."""
    seen: list[str] = []
    event.listen(store.engine, "commit", lambda _connection: seen.append("commit"))
    return seen


def test_several_share_a_transaction(store: Store, writer: Writer) -> None:
    async def story() -> None:
        asked = [asyncio.ensure_future(writer.run_together(partial(noted, str(number)))) for number in range(TOGETHER)]
        # The last one has them written, whatever time it is.
        for _ in range(3):
            await asyncio.sleep(0)
        assert all(one.done() for one in asked)
        assert seen == ["commit"]
        # Fewer wait for a moment only.
        await writer.run_together(partial(noted, "last"))
        assert await writer.run(kinds) == [*map(str, range(TOGETHER)), "last"]

    seen = commits(store)
    asyncio.run(story())


def test_none_finds_the_objects_of_another(writer: Writer) -> None:
    made = Run(kind="unflushed", started_at=NOW)
    seen: list[bool] = []

    def unflushed(session: Session) -> None:
        session.add(made)

    def found(session: Session) -> list[str]:
        seen.append(made in session)
        return kinds(session)

    async def story() -> None:
        one = asyncio.ensure_future(writer.run_together(unflushed))
        other = asyncio.ensure_future(writer.run_together(found))
        await one
        assert await other == ["unflushed"]
        assert seen == [False]

    asyncio.run(story())


def test_what_fails_among_others_fails_alone(writer: Writer) -> None:
    async def story() -> None:
        before = asyncio.ensure_future(writer.run_together(partial(noted, "before")))
        failing = asyncio.ensure_future(writer.run_together(fails))
        after = asyncio.ensure_future(writer.run_together(partial(noted, "after")))
        with pytest.raises(InvalidInput):
            await failing
        assert await before == await after == threading.main_thread().name
        assert await writer.run(kinds) == ["before", "after"]

    asyncio.run(story())


def test_what_was_gathered_waits_for_another_process_and_is_not_overtaken(
    writer: Writer, other: sqlite3.Connection
) -> None:
    async def story() -> None:
        other.execute("BEGIN IMMEDIATE")
        gathered = [asyncio.ensure_future(writer.run_together(partial(noted, kind))) for kind in "12"]
        await asyncio.sleep(0)
        alone = asyncio.ensure_future(writer.run(partial(noted, "3")))
        late = asyncio.ensure_future(writer.run_together(partial(noted, "4")))
        await asyncio.sleep(0.05)
        assert not any(one.done() for one in (*gathered, alone, late))
        other.execute("COMMIT")
        assert all("writer" in one for one in await asyncio.gather(*gathered, alone, late))
        assert await writer.run(kinds) == ["1", "2", "3", "4"]

    asyncio.run(story())


def test_what_could_not_begin_leaves_nothing_that_holds_up_the_loop(writer: Writer, other: sqlite3.Connection) -> None:
    async def story() -> None:
        other.execute("BEGIN IMMEDIATE")
        waiting = asyncio.ensure_future(writer.run(partial(noted, "1")))
        await asyncio.sleep(0.02)
        # A cursor of the connection on which the thread waits by now would be closed here, after that wait.
        gc.collect()
        assert not waiting.done()
        other.execute("COMMIT")
        assert "writer" in await waiting

    gc.disable()
    try:
        asyncio.run(story())
    finally:
        gc.enable()


def test_none_overtakes_where_another_process_begins_after_a_failure(
    writer: Writer, other: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    at_once = Store.write_at_once

    def interrupted(store: Store) -> AbstractContextManager[Session]:
        begun.append("transaction")
        if len(begun) == 2:
            # After the one that they shared.
            other.execute("BEGIN IMMEDIATE")
        elif other.in_transaction:
            # The thread is between two of its looks by now.
            time.sleep(0.05)
            other.execute("COMMIT")
        return at_once(store)

    async def story() -> None:
        works = [asyncio.ensure_future(writer.run_together(partial(noted, kind))) for kind in "12"]
        failing = asyncio.ensure_future(writer.run_together(fails))
        await asyncio.sleep(0.05)
        if other.in_transaction:
            other.execute("COMMIT")
        await asyncio.gather(*works)
        with pytest.raises(InvalidInput):
            await failing
        assert await writer.run(kinds) == ["1", "2"]

    monkeypatch.setattr(Store, "write_at_once", interrupted)
    asyncio.run(story())


def test_who_gives_up_while_the_thread_waits_is_not_begun_and_not_complained_of(
    writer: Writer, other: sqlite3.Connection
) -> None:
    complaints: list[str] = []

    async def story() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _loop, told: complaints.append(str(told)))
        other.execute("BEGIN IMMEDIATE")
        begun = asyncio.ensure_future(writer.run_together(fails))
        queued = asyncio.ensure_future(writer.run_together(partial(noted, "given up")))
        await asyncio.sleep(0.03)
        begun.cancel()
        queued.cancel()
        await asyncio.wait([begun, queued])
        other.execute("COMMIT")
        assert await writer.run(kinds) == []
        gc.collect()

    asyncio.run(story())
    assert complaints == []


def test_nobody_waits_for_ever_where_the_program_is_stopped(writer: Writer) -> None:
    def stopped(_session: Session) -> None:
        raise asyncio.CancelledError

    async def story() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _loop, _told: None)
        both = [asyncio.ensure_future(writer.run_together(work)) for work in (partial(noted, "1"), stopped)]
        _done, waiting = await asyncio.wait(both, timeout=5)
        assert not waiting

    asyncio.run(story())


def test_what_is_written_alone_comes_after_what_was_gathered(writer: Writer) -> None:
    async def story() -> None:
        gathered = asyncio.ensure_future(writer.run_together(partial(noted, "1")))
        await asyncio.sleep(0)
        assert await writer.run(kinds) == ["1"]
        await gathered

    asyncio.run(story())


def test_who_was_cancelled_has_nothing_written(writer: Writer) -> None:
    async def story() -> None:
        given_up = asyncio.ensure_future(writer.run_together(partial(noted, "given up")))
        kept = asyncio.ensure_future(writer.run_together(partial(noted, "kept")))
        await asyncio.sleep(0)
        given_up.cancel()
        await kept
        assert await writer.run(kinds) == ["kept"]

    asyncio.run(story())
