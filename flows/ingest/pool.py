"""The parsing processes: pure work with a limit; a process that dies or hangs costs its page, not the run.

    run(work, …) ──waits for a free process──> socket ──> process: reads a call, answers it, reads the next
                                                  <── ("value" | "error", …)

A page on which a parser dies (out of memory) or hangs ends in `ParsingError` for that page alone; the next one finds a
new process in its place. Each process has one socket on the event loop: no thread stands between, which costs a page
less than the executors of the standard library do.
"""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import pickle
import socket
import struct
import sys
import traceback
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar

from flows.ingest import parse

P = ParamSpec("P")
T = TypeVar("T")

# A document has 60 s of its own (scrapers.documents); a page takes milliseconds.
LIMIT = 120.0
# A killed process is gone in no time, unless a debugger or a dead disk holds it.
_TO_DIE = 5.0
_NICE = 5
_HEAD = struct.Struct("!Q")


class ParsingError(Exception):
    """A page whose parsing died or did not end."""


class ParsingPool:
    """Processes that hold the catalogue; each is made when it is first needed."""

    def __init__(self, processes: int, indicators: Path, *, limit: float = LIMIT) -> None:
        self._indicators, self._limit = indicators, limit
        self._all: set[_Process] = set()
        # The process that worked last is taken first: a run with little to parse starts only one. None is not made yet.
        self._free: asyncio.LifoQueue[_Process | None] = asyncio.LifoQueue()
        for _ in range(processes):
            self._free.put_nowait(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._all:
            process.end()
        self._all.clear()

    async def run(self, work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """`work(*args)` in a process. Raises ParsingError where the process died or took longer than the limit."""
        call = pickle.dumps((work, args, named), pickle.HIGHEST_PROTOCOL)
        process = await self._free.get()
        usable = None
        try:
            if process is None:
                process = _Process(self._indicators)
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


class _Process:
    """One process and our end of its socket."""

    def __init__(self, indicators: Path) -> None:
        self._socket, theirs = socket.socketpair()
        self._socket.settimeout(0)
        # Spawned, not forked: a fork would copy threads' locks (Prefect's, the writer's) in whatever state they are.
        context = multiprocessing.get_context("spawn")
        self._process: BaseProcess = context.Process(target=_serve, args=(theirs, indicators), daemon=True)
        self._process.start()
        theirs.close()

    async def ask(self, call: bytes) -> tuple[bool, Any]:
        """True and the value of the work, or False and its exception. Raises EOFError, ConnectionError."""
        loop = asyncio.get_running_loop()
        await loop.sock_sendall(self._socket, _HEAD.pack(len(call)) + call)
        (length,) = _HEAD.unpack(await self._received(_HEAD.size))
        answer: tuple[bool, Any] = pickle.loads(await self._received(length))  # noqa: S301  from a process of ours
        return answer

    async def _received(self, length: int) -> bytearray:
        loop = asyncio.get_running_loop()
        buffer = bytearray(length)
        room = memoryview(buffer)
        while room:
            if not (count := await loop.sock_recv_into(self._socket, room)):
                raise EOFError
            room = room[count:]
        return buffer

    def end(self) -> None:
        """At once: pure work leaves nothing half done."""
        self._socket.close()
        self._process.kill()
        self._process.join(_TO_DIE)


def _serve(asked: socket.socket, indicators: Path) -> None:
    """The life of a process: calls answered one after another, until nobody asks any more."""
    if sys.platform != "win32":
        # The one process that fetches and writes comes first where cores are few: all others wait for it.
        os.nice(_NICE)
    parse.prepare(indicators)
    # What was loaded until now stays for good; the collector need not look at it again.
    gc.collect()
    gc.freeze()
    with asked, asked.makefile("rb") as calls:
        while head := calls.read(_HEAD.size):
            work, args, named = pickle.loads(calls.read(_HEAD.unpack(head)[0]))  # noqa: S301  from the process that made us
            answer = _answer(work, args, named)
            asked.sendall(_HEAD.pack(len(answer)) + answer)


def _answer(work: Callable[..., object], args: tuple[object, ...], named: dict[str, object]) -> bytes:
    try:
        return pickle.dumps((True, work(*args, **named)), pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # noqa: BLE001  it is raised again where the work was asked for
        error.add_note(traceback.format_exc())
        return pickle.dumps((False, error), pickle.HIGHEST_PROTOCOL)
