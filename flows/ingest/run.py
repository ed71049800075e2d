"""Running the flow once, in this process, against the server that the environment names."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable
from datetime import date
from typing import TypeVar

from prefect.exceptions import TerminationSignal

from flows import endings
from flows.ingest.flow import RequiredSourceError, ingest
from flows.ingest.report import RunReport

T = TypeVar("T")


def run_once(sources: list[str] | None, *, since: date | None = None, until: date | None = None) -> RunReport:
    """One run; a required source that failed is in the report. Raises what the record or the settings raise, and Ended.

    Told to end, it cancels what it is at, so that Prefect and the record hear of it.
    """
    told: list[int] = []
    try:
        return asyncio.run(_cancelled_where_told(ingest(sources, since=since, until=until), told))
    except RequiredSourceError as failed:
        return failed.report
    except (asyncio.CancelledError, TerminationSignal) as ended:
        # Prefect raises its own where it hears SIGTERM first.
        told.extend([ended.signal] if isinstance(ended, TerminationSignal) else [])
        if told:
            raise endings.Ended(told[0]) from None
        raise


async def _cancelled_where_told(work: Awaitable[T], told: list[int]) -> T:
    loop, task = asyncio.get_running_loop(), asyncio.current_task()

    def cancel(number: int) -> None:
        told.append(number)
        if task:
            task.cancel()

    for sign in endings.signals():
        with contextlib.suppress(NotImplementedError):  # Windows
            loop.add_signal_handler(sign, cancel, sign)
    return await work
