"""One kind of work in several processes: this one does the rest beside it, and what the others have no time for.

    worked(work, items) ──the next──> worker: reads an item, answers it, reads the next ──> (item, value), in order
                        ──the last, while the first is not ready──> this process

A worker that dies costs the item that it was at; another comes in its place, unless it never came to answer one. Each
has a pipe of its own, and no thread stands between: one that hands things on would take its turns from the work here.
"""

from __future__ import annotations

import gc
import multiprocessing
import pickle
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection, wait
from typing import Generic, TypeVar

Item = TypeVar("Item")
Value = TypeVar("Value")

# Items that are being worked at, wait for it or were done out of turn, for each process: enough never to idle.
AHEAD = 4
# Of the youngest objects before a worker's collector looks for cycles: most of what a publication makes has none.
_YOUNG = 20_000


def worked(
    work: Callable[[Item], Value], items: Iterable[Item], processes: int, *, lost: Value
) -> Generator[tuple[Item, Value], None, None]:
    """Every item with what `work` made of it, in their order; this process is one of the `processes`.

    `work` must be importable by name, and items and values picklable; it raises nothing, since that would pass for
    its worker's death. `lost` stands for the value of an item whose process died.
    """
    source = iter(items)
    tasks: deque[_Task[Item, Value]] = deque()
    workers = [_Worker(work, lost) for _ in range(processes - 1)]
    try:
        while True:
            tasks.extend(_Task(item) for item in islice(source, processes * AHEAD - len(tasks)))
            if not tasks:
                return
            for worker in workers:
                worker.collect()
            workers = [worker for worker in workers if worker.is_alive]
            free = [task for task in tasks if task.is_free]
            _give(free, workers)
            if (done := tasks[0].done) is not None:
                yield tasks.popleft().item, done[0]
            elif free:
                free[-1].done = (work(free[-1].item),)
            else:
                wait([worker.connection for worker in workers])
    finally:
        for worker in workers:
            worker.end()


@dataclass(slots=True, eq=False)
class _Task(Generic[Item, Value]):
    """An item, and its value once there is one."""

    item: Item
    is_given: bool = False
    done: tuple[Value] | None = None

    @property
    def is_free(self) -> bool:
        """Whether nobody has begun it, nor will."""
        return not self.is_given and self.done is None


class _Worker(Generic[Item, Value]):
    """Another process, our end of its pipe, and the tasks that it has, in order."""

    def __init__(self, work: Callable[[Item], Value], lost: Value) -> None:
        self._work = work
        self._lost = lost
        self.tasks: deque[_Task[Item, Value]] = deque()
        self._start()

    def _start(self) -> None:
        self.is_alive, self._has_answered = True, False
        # A forked copy of a process with threads may hang: it starts clean.
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._work), daemon=True)
        self._process.start()
        theirs.close()

    def give(self, task: _Task[Item, Value]) -> None:
        """Have it done."""
        task.is_given = True
        self.tasks.append(task)
        # One that died is noticed when its answers are collected.
        with suppress(ConnectionError):
            self.connection.send_bytes(pickle.dumps(task.item, pickle.HIGHEST_PROTOCOL))

    def collect(self) -> None:
        """Take in what is done."""
        try:
            while self.tasks and self.connection.poll():
                value: Value = pickle.loads(self.connection.recv_bytes())  # noqa: S301  from a process of ours
                self.tasks.popleft().done = (value,)
                self._has_answered = True
        except (EOFError, ConnectionError):
            self.tasks.popleft().done = (self._lost,)
            for task in self.tasks:
                task.is_given = False
            self.tasks.clear()
            self.end()
            # One that cannot even begin would cost item after item.
            if self._has_answered:
                self._start()

    def end(self) -> None:
        """At once: what is half done leaves nothing behind."""
        self.is_alive = False
        self.connection.close()
        self._process.kill()
        self._process.join()


def _give(free: list[_Task[Item, Value]], workers: list[_Worker[Item, Value]]) -> None:
    """Gives every worker a task from the head of `free`, then a second, so that it need not wait for us.

    Towards the end nobody holds a second one that another could begin.
    """
    for held in (0, 1):
        for worker in workers:
            if len(worker.tasks) == held and len(free) > held * (len(workers) + 1):
                worker.give(free.pop(0))


def _serve(connection: Connection, work: Callable[[Item], Value]) -> None:
    """The life of a worker, until nobody asks any more."""
    # Ctrl-C reaches every process of a terminal; the one that gave the work ends it, without our traceback.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    is_settled = False
    with suppress(EOFError, ConnectionError):
        while True:
            value = work(pickle.loads(connection.recv_bytes()))  # noqa: S301  from the process that made us
            connection.send_bytes(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
            if not is_settled:
                # What the first one loaded stays for good; the collector need not look at it again.
                gc.collect()
                gc.freeze()
                gc.set_threshold(_YOUNG)
                is_settled = True
