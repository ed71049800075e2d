"""Whoever has something to write, writes here: one transaction after another.

    run(work)           ── nobody else is writing ──────────────────> here and now, on the event loop
                        ── another process is, or a server keeps it ─> in the writer's thread, which can wait
    run_together(work)  the same; on the event loop within a moment, in one transaction with what else comes within it

A transaction on a file takes a few milliseconds of this machine's work and waits for nothing. In a thread it would have
to take turns with the event loop over every statement, and both would take longer. A fifth of an article's goes into
beginning and ending it, so that several articles share one; where one of them fails, each has its own again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from types import TracebackType
from typing import Any, NamedTuple, Self, TypeVar

from sqlmodel import Session

from storage.errors import Locked
from storage.store import Store

T = TypeVar("T")
log = logging.getLogger(__name__)

# So many share a transaction, or what has come after this many seconds: beginning and ending cost as much as a fifth of
# an article's, and the pages of the database that all articles write to are written once. While they are written the
# event loop does nothing else, so that parsing processes need some pages ahead (`pool.AHEAD`).
TOGETHER = 6
MOMENT = 0.03


class _BusyError(Exception):
    """Somebody else is writing: nothing was begun."""


class _Asked(NamedTuple):
    """What is to be written with others, and who waits for its value."""

    work: Callable[[Session], Any]
    answer: asyncio.Future[Any]


class Writer:
    """The one writer of a run. Use it in `with`: the end waits for what is being written."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._thread = ThreadPoolExecutor(1, "writer")
        # Transactions that are in the thread or wait for it; none overtakes them.
        self._in_thread: list[Future[Any]] = []
        self._gathered: list[_Asked] = []
        self._moment: asyncio.TimerHandle | None = None

    async def run(self, work: Callable[[Session], T]) -> T:
        """The value of `work`, in a transaction of its own. Raises storage's errors."""
        self._write_gathered()
        if self._is_free():
            try:
                return self._here(work)
            except _BusyError:
                pass
        return await self._elsewhere(work)

    async def run_together(self, work: Callable[[Session], T]) -> T:
        """The same in a transaction with others'.

        `work` must bear to be run twice: where any of them fails, each is run again in a transaction of its own.
        """
        if not self._is_free():
            return await self._elsewhere(work)
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()
        self._gathered.append(_Asked(work, answer))
        if len(self._gathered) == TOGETHER:
            self._write_gathered()
        elif len(self._gathered) == 1:
            self._moment = loop.call_later(MOMENT, self._write_gathered)
        return await answer

    def _is_free(self) -> bool:
        # Asked of the work itself: whoever waited for it may have given up long before it is over.
        self._in_thread = [job for job in self._in_thread if not job.done()]
        return self._store.dialect == "sqlite" and not self._in_thread

    def _here(self, work: Callable[[Session], T]) -> T:
        with ExitStack() as stack:
            try:
                session = stack.enter_context(self._store.write_at_once())
            except Locked:
                raise _BusyError from None
            return work(session)

    def _elsewhere(self, work: Callable[[Session], T]) -> asyncio.Future[T]:
        job = self._thread.submit(self._waiting, work)
        self._in_thread.append(job)
        return asyncio.wrap_future(job)

    def _waiting(self, work: Callable[[Session], T]) -> T:
        with self._store.write() as session:
            return work(session)

    def _write_gathered(self) -> None:
        if self._moment is not None:
            self._moment.cancel()
            self._moment = None
        # Who was cancelled meanwhile waits for nothing.
        gathered, self._gathered = [asked for asked in self._gathered if not asked.answer.done()], []
        if gathered:
            self._write(gathered)

    def _write(self, gathered: Sequence[_Asked]) -> None:
        try:
            values = self._here(partial(_one_after_another, [asked.work for asked in gathered]))
        except _BusyError:
            self._hand_over(gathered)
        except Exception as error:  # noqa: BLE001 - it is raised where the work was asked for
            if len(gathered) == 1:
                gathered[0].answer.set_exception(error)
                return
            log.info("of %d that share a transaction one fails: each has its own (%r)", len(gathered), error)
            for asked in gathered:
                # Another process may have begun meanwhile: what comes after one that waits for it waits too.
                if self._is_free():
                    self._write([asked])
                else:
                    self._hand_over([asked])
        except BaseException:
            # The program is being stopped: nobody is left waiting.
            for asked in gathered:
                asked.answer.cancel()
            raise
        else:
            for asked, value in zip(gathered, values, strict=True):
                asked.answer.set_result(value)

    def _hand_over(self, gathered: Sequence[_Asked]) -> None:
        """To the thread; one that nobody waits for any more is not begun there."""
        for asked in gathered:
            done = self._elsewhere(asked.work)
            done.add_done_callback(partial(_pass_on, asked.answer))
            asked.answer.add_done_callback(partial(_give_up, done))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._write_gathered()
        self._thread.shutdown()


def _one_after_another(works: Sequence[Callable[[Session], Any]], session: Session) -> Sequence[Any]:
    """What each comes to; none finds objects of another's in the session, only their rows in the database."""
    values = []
    for work in works:
        values.append(work(session))
        session.flush()
        session.expunge_all()
    return values


def _pass_on(answer: asyncio.Future[Any], done: asyncio.Future[Any]) -> None:
    error = None if done.cancelled() else done.exception()
    if answer.done():
        return
    if error is not None:
        answer.set_exception(error)
    else:
        answer.set_result(done.result())


def _give_up(done: asyncio.Future[Any], answer: asyncio.Future[Any]) -> None:
    if answer.cancelled():
        done.cancel()
