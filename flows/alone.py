"""Work over the whole record that one process at a time may do: a lease in the record, held while it goes on.

    with alone(store, "reread"): ...

The lease is prolonged from a thread, so that it outlasts slow steps and ends soon after a process that was killed. One
whose process is dead on this machine is taken over at once.
"""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from flows.errors import BusyError
from flows.language import say
from storage.errors import RecordError
from storage.runs import drop_lease, lease_holder, take_lease
from storage.store import Store

LASTS = timedelta(minutes=3)
_PROLONG_SECONDS = 40.0


@contextlib.contextmanager
def alone(store: Store, name: str) -> Iterator[None]:
    """Hold the lease `name` within. Raises BusyError where another process does."""
    owner = f"{socket.gethostname()} {os.getpid()} {uuid.uuid4().hex[:8]}"
    _take(store, name, owner)
    done = threading.Event()
    thread = threading.Thread(target=_prolong, args=(store, name, owner, done), name=f"lease {name}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        with store.write() as session:
            drop_lease(session, name, owner=owner)


def _take(store: Store, name: str, owner: str) -> None:
    with store.write() as session:
        held = lease_holder(session, name)
        if held is not None and _is_dead(held[0]):
            drop_lease(session, name, owner=held[0])
        taken = take_lease(session, name, owner=owner, now=datetime.now(UTC), lasts=LASTS)
    if not taken and held is not None:
        host, process = _process(held[0])
        raise BusyError(
            say(
                f"另有一个 {name} 在运行({host} 上的进程 {process})",
                f"another {name} is running (process {process} on {host})",
            ),
            say(
                "等它结束;若已被强行终止,三分钟内让出",
                "wait until it has ended; if it was killed there, its right ends within three minutes",
            ),
        )


def _process(owner: str) -> tuple[str, str]:
    """The machine and the number of the process that took a lease."""
    host, process, *_ = (*owner.split(" "), "?")
    return host, process


def _is_dead(owner: str) -> bool:
    """Whether the process was one of this machine and is no more."""
    host, process = _process(owner)
    if host != socket.gethostname() or not process.isdecimal():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except OSError:
        # Somebody else's process is alive.
        return False
    return False


def _prolong(store: Store, name: str, owner: str, done: threading.Event) -> None:
    while not done.wait(_PROLONG_SECONDS):
        # A busy database does not end the work; the next turn comes before the lease runs out.
        with contextlib.suppress(RecordError), store.write() as session:
            take_lease(session, name, owner=owner, now=datetime.now(UTC), lasts=LASTS)
