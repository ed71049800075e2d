"""Where parsing processes come from. On Linux one is made with everything loaded, and the others are forked off it.

    Forked    main ──start──> template: imports and catalogue, once, while the record is being opened; then
                  number, socket ──fork──> a process that answers the calls on that socket
                  number         ──kill──> that one is no more
                  end of file: the run is over, or its process was killed; the template takes all of them with it
    Spawned   main ──spawn──> each by itself, where forking is not safe (macOS) or not known

Never a fork of the main process: it would copy threads' locks (Prefect's, the writer's) in whatever state they are. The
template has one thread and does nothing but wait. It is an interpreter of its own that imports what a page needs: what
multiprocessing starts would run the program's main module first, Prefect and the command line with it.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import pickle
import signal
import socket
import struct
import subprocess
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Protocol

from flows.ingest import parse, whole

# Before each message between the pool and a process: its length.
HEAD = struct.Struct("!Q")
# A killed process is gone in no time, unless a debugger or a dead disk holds it.
_TO_DIE = 5.0
_NICE = 5
# Of the youngest objects before the collector looks for cycles: a page makes thousands, and no cycle.
YOUNG = 20_000
_ORDER = struct.Struct("!Q")
# The template's program. Nothing it loads is garbage, and Ctrl-C, which reaches every process of a terminal, is for the
# one that gave the work. Its functions come by name, from wherever the main process has them.
_TEMPLATE = """
import gc, signal, sys
gc.disable()
signal.signal(signal.SIGINT, signal.SIG_IGN)
sys.path[:] = {path!r}
from flows.ingest.processes import template
template({orders}, {indicators!r})
"""
# What a call may ask for is there before the first comes; in a template, once for all.
_LOADED = (parse, whole)
# Of prctl(2): the signal that a process gets when the one that made it is gone.
_PARENT_DEATH_SIGNAL = 1


class Maker(Protocol):
    """What makes parsing processes."""

    def open(self) -> None:
        """Do ahead what can be done before the first is wanted."""

    def make(self, asked: socket.socket) -> Callable[[], None]:
        """A process that answers calls on `asked` until that is closed; gives what ends it at once."""

    def close(self) -> None:
        """End what is left."""


class Spawned:
    """Each process by itself."""

    def __init__(self, indicators: Path) -> None:
        self._indicators = indicators
        self._all: set[BaseProcess] = set()

    def open(self) -> None:
        """Nothing: a process that is never wanted costs nothing."""

    def make(self, asked: socket.socket) -> Callable[[], None]:
        """See `Maker.make`."""
        process = multiprocessing.get_context("spawn").Process(
            target=_alone, args=(asked, self._indicators), daemon=True
        )
        process.start()
        self._all.add(process)

        def end() -> None:
            self._all.discard(process)
            _killed(process)

        return end

    def close(self) -> None:
        """See `Maker.close`."""
        while self._all:
            _killed(self._all.pop())


class Forked:
    """A template, off which the others are forked."""

    def __init__(self, indicators: Path) -> None:
        self._indicators = indicators
        self._template: subprocess.Popen[bytes] | None = None
        self._orders: socket.socket | None = None
        self._made = 0

    def open(self) -> None:
        """Start the template."""
        self._orders, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            orders = theirs.fileno()
            program = _TEMPLATE.format(path=sys.path, orders=orders, indicators=str(self._indicators))
            # No plugin of pydantic has a part in reading; looking for one takes the metadata of every package.
            environment = {**os.environ, "PYDANTIC_DISABLE_PLUGINS": "__all__"}
            self._template = subprocess.Popen(  # noqa: S603 - ours
                [sys.executable, "-c", program], stdin=subprocess.DEVNULL, pass_fds=[orders], env=environment
            )

    def make(self, asked: socket.socket) -> Callable[[], None]:
        """See `Maker.make`; a template that died is made anew."""
        self._made += 1
        order = _ORDER.pack(self._made)
        try:
            self._order(order, asked)
        except OSError:
            self.close()
            self.open()
            self._order(order, asked)

        def end() -> None:
            # Where the template is gone, all are.
            with suppress(OSError):
                self._order(order)

        return end

    def close(self) -> None:
        """See `Maker.close`."""
        if self._template is None or self._orders is None:
            return
        self._orders.close()
        if self._made:
            with suppress(subprocess.TimeoutExpired):
                self._template.wait(_TO_DIE)
        self._template.kill()
        self._template.wait()
        self._template = self._orders = None

    def _order(self, order: bytes, *sockets: socket.socket) -> None:
        if self._orders is None:
            raise BrokenPipeError
        socket.send_fds(self._orders, [order], [each.fileno() for each in sockets])


def maker(indicators: Path) -> Maker:
    """The way that suits this system."""
    return Forked(indicators) if sys.platform == "linux" else Spawned(indicators)


def _killed(process: BaseProcess) -> None:
    """At once: pure work leaves nothing half done."""
    process.kill()
    process.join(_TO_DIE)


def _alone(asked: socket.socket, indicators: Path) -> None:
    """The life of a spawned process."""
    _load(indicators)
    _serve(asked)


def template(descriptor: int, indicators: str) -> None:
    """The life of the template; how each order on that socket looks stands above."""
    orders = socket.socket(fileno=descriptor)
    _load(Path(indicators))
    living: dict[int, int] = {}
    while True:
        order, sockets, _flags, _address = socket.recv_fds(orders, _ORDER.size, 1)
        if not order:
            break
        (number,) = _ORDER.unpack(order)
        if sockets:
            living[number] = _forked(orders, socket.socket(fileno=sockets[0]))
        elif number in living:
            _gone(living.pop(number))
    for pid in living.values():
        _gone(pid)
    # At once: taking down all that was loaded would only be waited for.
    os._exit(0)


def _forked(orders: socket.socket, asked: socket.socket) -> int:
    template = os.getpid()
    if pid := os.fork():
        asked.close()
        return pid
    try:
        orders.close()
        # Whatever becomes of the template: a page that hangs must not outlive the run.
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() == template:
            _serve(asked)
    except BaseException:  # noqa: BLE001  the end of this process: nobody is above it to be told
        traceback.print_exc()
    finally:
        # Nothing of what the template would still do at its own end.
        os._exit(0)


def _gone(pid: int) -> None:
    """Killed, and off the system's list: until then nobody else can have its number."""
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def _load(indicators: Path) -> None:
    if sys.platform != "win32":
        # The one process that fetches and writes comes first where cores are few: all others wait for it.
        os.nice(_NICE)
    parse.prepare(indicators)
    # What was loaded until now stays for good; the collector need never look at it.
    gc.freeze()
    gc.enable()
    gc.set_threshold(YOUNG)


def _serve(asked: socket.socket) -> None:
    """Calls answered one after another, until nobody asks any more."""
    with asked, asked.makefile("rb") as calls, suppress(ConnectionError):
        while head := calls.read(HEAD.size):
            work, args, named = pickle.loads(calls.read(HEAD.unpack(head)[0]))  # noqa: S301  from the process that made us
            answer = _answer(work, args, named)
            asked.sendall(HEAD.pack(len(answer)) + answer)


def _answer(work: Callable[..., object], args: tuple[object, ...], named: dict[str, object]) -> bytes:
    try:
        return pickle.dumps((True, work(*args, **named)), pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # noqa: BLE001  it is raised again where the work was asked for
        error.add_note(traceback.format_exc())
        return pickle.dumps((False, error), pickle.HIGHEST_PROTOCOL)
