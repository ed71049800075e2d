"""The parsing processes: pure work with a limit; a process that dies or hangs costs its page, not the run.

    run(work, …) ──the process with the fewest calls──> socket ──> process: reads a call, answers it, reads the next
                                                            <── ("value" | "error", …)

A page on which a parser dies (out of memory) or hangs ends in `ParsingError` for that page alone; the next one finds a
new process in its place, as does one that waited behind it. Each process has one socket on the event loop: no thread
stands between, which costs a page less than the executors of the standard library do.
"""

from __future__ import annotations

import asyncio
import pickle
import socket
from collections import deque
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

from flows.ingest.processes import HEAD, Maker, maker

P = ParamSpec("P")
T = TypeVar("T")

# A document has 60 s of its own (scrapers.documents); a page takes milliseconds.
LIMIT = 120.0
# Calls in one process: the one that it is at, and three more, so that it has not to wait for us between two, nor while
# a transaction is being written. They wait for a document before them, a minute at most, though another be idle.
AHEAD = 4


class ParsingError(Exception):
    """A page whose parsing died or did not end."""


class _NotBegunError(Exception):
    """A call that waited behind one which its process did not survive."""


class ParsingPool:
    """Processes that hold the catalogue; each is made when it is first needed."""

    def __init__(self, processes: int, indicators: Path, *, limit: float = LIMIT, made_by: Maker | None = None) -> None:
        self._processes = processes
        self._limit = limit
        self._maker = made_by or maker(indicators)
        self._all: list[_Process] = []
        self._room = asyncio.Semaphore(processes * AHEAD)

    async def __aenter__(self) -> Self:
        self._maker.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._all:
            process.end()
        # A socket that is not watched yet is closed as soon as it is.
        await asyncio.gather(*(process.connecting for process in self._all))
        self._all.clear()
        self._maker.close()

    async def run(self, work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """`work(*args)` in a process. Raises ParsingError where the process died or took longer than the limit."""
        call = pickle.dumps((work, args, named), pickle.HIGHEST_PROTOCOL)
        async with self._room:
            came = await self._answer(call)
        good, value = pickle.loads(memoryview(came)[HEAD.size :])  # noqa: S301  from a process of ours
        if not good:
            raise value
        answer: T = value
        return answer

    async def _answer(self, call: bytes) -> bytearray:
        while True:
            try:
                return await self._chosen().ask(call, self._limit)
            except _NotBegunError:
                continue
            except (EOFError, ConnectionError):
                raise ParsingError("the parsing process died; see whether memory was short") from None
            except TimeoutError:
                raise ParsingError(f"parsing took longer than {self._limit:g} s") from None

    def _chosen(self) -> _Process:
        """An idle process, else a new one, while there may be more: a run with little to parse makes only one."""
        self._all = [process for process in self._all if not process.is_over]
        least = min(self._all, key=_Process.waiting, default=None)
        if least is None or (least.waiting() and len(self._all) < self._processes):
            least = _Process(self._maker)
            self._all.append(least)
        return least


class _Process(asyncio.Protocol):
    """One process and our end of its socket, which the event loop watches for as long as it lives."""

    def __init__(self, by: Maker) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._end = by.make(theirs)
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self.connecting = asyncio.ensure_future(self._loop.create_connection(lambda: self, sock=ours))
        # The first is being worked at, within its limit; `_unsent` came before the socket was being watched.
        self._calls: deque[tuple[asyncio.Future[bytearray], float]] = deque()
        self._unsent: list[bytes] = []
        self._limit: asyncio.TimerHandle | None = None
        self._came = bytearray()
        self.is_over = False

    def waiting(self) -> int:
        """Calls without an answer."""
        return len(self._calls)

    def ask(self, call: bytes, limit: float) -> asyncio.Future[bytearray]:
        """The bytes of its answer, head included, within `limit` seconds from when it is begun.

        Fails with EOFError or TimeoutError, or with _NotBegunError where that befell the call before.
        """
        answer: asyncio.Future[bytearray] = self._loop.create_future()
        self._calls.append((answer, limit))
        if len(self._calls) == 1:
            self._begun()
        parts = (HEAD.pack(len(call)), call)
        if self._transport is None:
            self._unsent += parts
        else:
            self._transport.writelines(parts)
        return answer

    def end(self) -> None:
        """At once, whatever it is at; what it would still answer belongs to nobody."""
        if self.is_over:
            return
        self.is_over = True
        if self._limit is not None:
            self._limit.cancel()
        if self._transport is not None:
            self._transport.abort()
        self._end()
        error: Exception = EOFError()
        for answer, _limit in self._calls:
            if not answer.done():
                answer.set_exception(error)
            error = _NotBegunError()
        self._calls.clear()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See asyncio."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - a socket's is one
        self._transport = transport
        if self.is_over:
            transport.abort()
        else:
            transport.writelines(self._unsent)
        self._unsent.clear()

    def data_received(self, data: bytes) -> None:
        """See asyncio."""
        self._came += data
        while len(self._came) >= HEAD.size:
            length = HEAD.size + HEAD.unpack_from(self._came)[0]
            if len(self._came) < length:
                return
            came, self._came = self._came[:length], self._came[length:]
            answer, _limit = self._calls.popleft()
            self._begun()
            # One that was cancelled meanwhile is waited for by nobody.
            if not answer.done():
                answer.set_result(came)

    def connection_lost(self, _error: Exception | None) -> None:
        """See asyncio."""
        self.end()

    def _begun(self) -> None:
        """The process is at the first of its calls from now on, if there is one."""
        if self._limit is not None:
            self._limit.cancel()
        self._limit = self._loop.call_later(self._calls[0][1], self._overdue) if self._calls else None

    def _overdue(self) -> None:
        answer, _limit = self._calls[0]
        if not answer.done():
            answer.set_exception(TimeoutError())
        self.end()
