"""Blocking work beside the event loop that can neither hold the process nor fill up a pool: one daemon thread each.

The loop's own pool is small, and joined when the loop ends: six names that do not resolve would keep every other
channel from looking one up, and a send that hangs would be waited for.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class DaemonThreads(ThreadPoolExecutor):
    """An executor (asyncio takes no other kind for its own) that starts a daemon thread a call and waits for none."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run `fn` at once."""
        future: Future[T] = Future()

        def run() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = fn(*args, **kwargs)
            except Exception as error:  # noqa: BLE001  handed to the awaiting side, which knows what to make of it
                future.set_exception(error)
            else:
                future.set_result(result)

        threading.Thread(target=run, name="zhengfa-send", daemon=True).start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002  its base's
        """Waits for nothing."""


_THREADS = DaemonThreads()


async def in_daemon_thread(work: Callable[[], T]) -> T:
    """The result of `work`, or its exception. Cancelling leaves the thread to its own timeouts."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, work)


def look_names_up_beside(loop: asyncio.AbstractEventLoop) -> None:
    """Let `loop` resolve host names (and whatever else it hands to its own pool) in daemon threads."""
    pool: Any = _THREADS
    loop.set_default_executor(pool)
