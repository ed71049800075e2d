"""A file that one process at a time holds: for what must not run twice in one place."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from flows.errors import BusyError


@contextlib.contextmanager
def held(lock: Path, busy: Callable[[str], BusyError]) -> Iterator[bool]:
    """Hold the file within; the number of our process stands in it. Gives whether this system has such locks.

    The system lets go of it when the process ends, however it ends. Raises `busy` of the process that holds it.
    """
    if sys.platform == "win32":
        yield False
        return
    import fcntl

    with lock.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise busy(file.read().strip() or "?") from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield True
