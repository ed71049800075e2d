"""The parsing processes: pure work with a limit; a process that dies or hangs costs its page, not the run.

A page on which a parser dies (out of memory) breaks the whole executor, and one that hangs would hold the run for ever.
Both end in `ParsingError` for that page, and the next one finds new processes.
"""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

from flows.ingest import parse

P = ParamSpec("P")
T = TypeVar("T")

# A document has 60 s of its own (scrapers.documents); a page takes milliseconds.
LIMIT = 120.0


class ParsingError(Exception):
    """A page whose parsing died or did not end."""


class ParsingPool:
    """Processes that hold the catalogue; made when first needed."""

    def __init__(self, processes: int, indicators: Path, *, limit: float = LIMIT) -> None:
        self._processes, self._indicators, self._limit = processes, indicators, limit
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._executor:
            self._executor.shutdown(cancel_futures=True)

    async def run(self, work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """`work(*args)` in a process. Raises ParsingError where the process died or took longer than the limit."""
        executor = self._executor = self._executor or self._new()
        try:
            async with asyncio.timeout(self._limit):
                return await asyncio.get_running_loop().run_in_executor(executor, partial(work, *args, **named))
        except BrokenProcessPool:
            self._replace(executor)
            raise ParsingError("the parsing process died; see whether memory was short") from None
        except TimeoutError:
            self._replace(executor)
            raise ParsingError(f"parsing took longer than {self._limit:g} s") from None

    def _new(self) -> ProcessPoolExecutor:
        # Spawned, not forked: a fork would copy threads' locks (Prefect's, the writer's) in whatever state they are.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._processes, context, parse.prepare, (self._indicators,))

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        """Let the next page have new processes; several pages may find the same ones broken."""
        if self._executor is not broken:
            return
        self._executor = None
        for process in list((broken._processes or {}).values()):  # noqa: SLF001  the only way to end one that hangs
            process.kill()
        broken.shutdown(wait=False, cancel_futures=True)
