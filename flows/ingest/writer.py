"""Whoever has something to write, writes here: one transaction after another.

    run(work) ── nobody else is writing ──────────────────> here and now, on the event loop
              ── another process is, or a server keeps it ─> in the writer's thread, which can wait

A transaction on a file takes a few milliseconds of this machine's work and waits for nothing. In a thread it would have
to take turns with the event loop over every statement, and both would take longer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from types import TracebackType
from typing import Self, TypeVar

from sqlmodel import Session

from storage.errors import Locked
from storage.store import Store

T = TypeVar("T")


class Writer:
    """The one writer of a run. Use it in `with`: the end waits for what is being written."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._thread = ThreadPoolExecutor(1, "writer")
        # Transactions that are in the thread or wait for it; none overtakes them.
        self._in_thread = 0

    async def run(self, work: Callable[[Session], T]) -> T:
        """The value of `work`, in one transaction. Raises storage's errors."""
        if self._store.dialect == "sqlite" and not self._in_thread:
            with ExitStack() as stack:
                try:
                    session = stack.enter_context(self._store.write_at_once())
                except Locked:
                    pass
                else:
                    return work(session)
        self._in_thread += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._waiting, work)
        finally:
            self._in_thread -= 1

    def _waiting(self, work: Callable[[Session], T]) -> T:
        with self._store.write() as session:
            return work(session)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._thread.shutdown()
