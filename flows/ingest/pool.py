"""The parsing processes: pure work with a limit; a process that dies or hangs costs its page, not the run.

    run(work, …) ──waits for a free process──> socket ──> process: reads a call, answers it, reads the next
                                                  <── ("value" | "error", …)

A page on which a parser dies (out of memory) or hangs ends in `ParsingError` for that page alone; the next one finds a
new process in its place. Each process has one socket on the event loop: no thread stands between, which costs a page
less than the executors of the standard library do.
"""

from __future__ import annotations

import asyncio
import pickle
import socket
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar

from flows.ingest.processes import HEAD, Maker, maker

P = ParamSpec("P")
T = TypeVar("T")

# A document has 60 s of its own (scrapers.documents); a page takes milliseconds.
LIMIT = 120.0


class ParsingError(Exception):
    """A page whose parsing died or did not end."""


class ParsingPool:
    """Processes that hold the catalogue; each is made when it is first needed."""

    def __init__(self, processes: int, indicators: Path, *, limit: float = LIMIT, made_by: Maker | None = None) -> None:
        self._limit = limit
        self._maker = made_by or maker(indicators)
        self._all: set[_Process] = set()
        # The process that worked last is taken first: a run with little to parse makes only one. None is not made yet.
        self._free: asyncio.LifoQueue[_Process | None] = asyncio.LifoQueue()
        for _ in range(processes):
            self._free.put_nowait(None)

    async def __aenter__(self) -> Self:
        self._maker.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._all:
            process.end()
        self._all.clear()
        self._maker.close()

    async def run(self, work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """`work(*args)` in a process. Raises ParsingError where the process died or took longer than the limit."""
        call = pickle.dumps((work, args, named), pickle.HIGHEST_PROTOCOL)
        process = await self._free.get()
        usable = None
        try:
            if process is None:
                process = await _Process.made(self._maker)
                self._all.add(process)
            async with asyncio.timeout(self._limit):
                good, value = await process.ask(call)
            usable = process
        except (EOFError, ConnectionError):
            raise ParsingError("the parsing process died; see whether memory was short") from None
        except TimeoutError:
            raise ParsingError(f"parsing took longer than {self._limit:g} s") from None
        finally:
            # Also after a cancellation: what it would still answer belongs to nobody.
            if usable is None and process is not None:
                self._all.discard(process)
                process.end()
            self._free.put_nowait(usable)
        if not good:
            raise value
        answer: T = value
        return answer


class _Process(asyncio.Protocol):
    """One process and our end of its socket, which the event loop watches for as long as it lives."""

    def __init__(self, end: Callable[[], None]) -> None:
        self._end = end
        self._transport: asyncio.Transport | None = None
        self._came = bytearray()
        self._answer: asyncio.Future[bytearray] | None = None

    @classmethod
    async def made(cls, by: Maker) -> _Process:
        """A new one."""
        ours, theirs = socket.socketpair()
        with theirs:
            end = by.make(theirs)
        _transport, process = await asyncio.get_running_loop().create_connection(lambda: cls(end), sock=ours)
        return process

    async def ask(self, call: bytes) -> tuple[bool, Any]:
        """True and the value of the work, or False and its exception. Raises EOFError, ConnectionError."""
        if self._transport is None or self._transport.is_closing():
            raise EOFError
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.writelines((HEAD.pack(len(call)), call))
        came = await self._answer
        answer: tuple[bool, Any] = pickle.loads(memoryview(came)[HEAD.size :])  # noqa: S301  from a process of ours
        return answer

    def end(self) -> None:
        """At once, whatever it is at."""
        if self._transport is not None:
            self._transport.abort()
        self._end()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See asyncio."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - a socket's is one
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """See asyncio."""
        self._came += data
        if len(self._came) < HEAD.size or len(self._came) < HEAD.size + HEAD.unpack_from(self._came)[0]:
            return
        came, self._came = self._came, bytearray()
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(came)

    def connection_lost(self, error: Exception | None) -> None:
        """See asyncio."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error or EOFError())
