"""A child that does the whole job and kills itself between two steps.

A step is a transaction (killed before it begins, before it commits, after it) or a POST (before it is sent, after it has
been answered). Children are forked from a server process that has everything imported and no threads.
"""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import httpx
from sqlmodel import Session

from alerts.channels import webhook
from alerts.channels.http import post
from alerts.dispatcher import Desk, deliver_once
from alerts.evaluation import evaluate_due
from alerts.receivers import Directory
from alerts.routing import route_pending
from storage import Store, open_store
from tests.alerts.catalogue import PROVINCES
from tests.alerts.channels.senders import receiver
from tests.alerts.reports import Report, Stated, record

BEGAN = datetime(2025, 1, 17, 2, 0, tzinfo=UTC)
_LEFT = [0]


def report(number: int) -> Report:
    """The number-th report: a sharp figure of another province and year."""
    code = list(PROVINCES)[number % len(PROVINCES)]
    year = 2024 - number // len(PROVINCES)
    return Report(
        date(2025, 1, 17),
        (Stated("crime", change=f"-{61 + number % 38}%"), Stated("received", "62万", "+1%")),
        region=code,
        source=f"{code}-zfw",
        period=str(year),
    )


def work(path: str, url: str, number: int, kill_at: int) -> None:
    """Publish one more report, then evaluate, route and send all there is; die at step `kill_at` (0: never)."""
    _LEFT[0] = kill_at
    now = BEGAN + timedelta(minutes=20 * number)
    with open_store(path, upgrade=False) as store:
        _watch_transactions(store)
        desk = Desk(
            directory=Directory.of(
                [
                    receiver(
                        name="desk", kind="webhook", url=url, hourly_ceiling=3600, give_up_after="30d", useful_for="30d"
                    )
                ]
            ),
            clock=lambda: now,
            chance=random.Random(number),  # noqa: S311
        )
        setattr(webhook, "post", _watched_post)  # noqa: B010  seen by the channel, unseen by mypy
        # A fetch is run again as well: what was killed before it was recorded is still on the page.
        for again in range(max(0, number - 8), number + 1):
            record(store, report(again))
        evaluate_due(store, clock=lambda: now)
        route_pending(store, desk.directory, clock=lambda: now)
        deliver_once(store, desk)


def step() -> None:
    """One step nearer to the end."""
    _LEFT[0] -= 1
    if _LEFT[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)


def _watch_transactions(store: Store) -> None:
    write = store.write

    @contextmanager
    def watched() -> Iterator[Session]:
        step()
        with write() as session:
            yield session
            step()
        step()

    store.write = watched  # type: ignore[method-assign]


async def _watched_post(client: httpx.AsyncClient, url: str, content: bytes, headers: dict[str, str]) -> object:
    step()
    answer = await post(client, url, content, headers)
    step()
    return answer
