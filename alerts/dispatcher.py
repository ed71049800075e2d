"""The sending loop: rows of the outbox go out, and every attempt ends in a stored word.

    lease --> compose --> channel.send --> delivered | refused | unknown | retry --> record, back-off of the receiver
      ^                                                                                 |
      +------------------------ the next row of that receiver --------------------------+

One row per receiver at a time, in order; receivers do not wait for each other: one that hangs runs into its own time
limit. The record is written in a thread of its own, so that a database that is held locked costs no channel its time.
Whoever is killed leaves a lease that runs out, and a row that is sent again under the same idempotency key.

    deliver_once      one round, until nothing is due                 (`ingest`, `deliver --once`, `receivers test`)
    deliver_on        round after round, none waiting for a send      (`deliver`, `serve`)
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
import uuid
from collections.abc import Callable, Collection
from datetime import timedelta

import httpx

from alerts.channels.http import open_client
from alerts.channels.threads import in_daemon_thread, look_names_up_beside
from alerts.desk import Desk
from alerts.digests import make_digests
from alerts.orphans import settle_orphans
from alerts.receivers.secret import WebAddress
from alerts.routing import route_pending
from alerts.sending import Dispatched, Sending
from alerts.watching import watch_deliveries
from storage.errors import RecordError
from storage.runs import take_lease
from storage.store import Store

__all__ = ["Desk", "Dispatched", "deliver_on", "deliver_once", "deliver_round"]

_LOG = logging.getLogger(__name__)
_WATCH_EVERY = timedelta(minutes=10)
# Seconds for the dead-man call, which nothing waits for.
_CALL = 5
# Seconds after which the loop looks whether it is to stop.
_GLANCE = 0.5


def deliver_once(store: Store, desk: Desk, *, only: Collection[int] | None = None) -> Dispatched:
    """Send everything that is due now, and come back. Not for use inside a running event loop (see `deliver_round`)."""

    async def run() -> Dispatched:
        look_names_up_beside(asyncio.get_running_loop())
        return await deliver_round(store, desk, only=only)

    return asyncio.run(run())


async def deliver_round(store: Store, desk: Desk, *, only: Collection[int] | None = None) -> Dispatched:
    """One round: until nothing is due that is not paused. Raises storage's errors; what receivers do is recorded.

    With `only` these rows are sent now, whatever the hour, and nothing else is done: no digests, no watch.
    """
    async with open_client() as client, Sending(store, desk, client, only) as sending:
        if only is None:
            await in_daemon_thread(lambda: prepare(store, desk))
        done = await sending.until_nothing_is_due()
        if desk.dead_man is not None and only is None:
            await _sign_of_life(client, desk.dead_man)
        return done


def deliver_on(
    store: Store, desk: Desk, *, every: timedelta, stop: threading.Event, before: Callable[[], None] = lambda: None
) -> None:
    """Rounds every `every` until `stop` is set: `before`, digests and watch, then what is due.

    No round waits for a send of the one before: what comes due goes out while another receiver hangs. A record that
    cannot be used now is told in the log and asked again; `before` answers for its own errors.
    """

    async def run() -> None:
        look_names_up_beside(asyncio.get_running_loop())
        async with open_client() as client, Sending(store, desk, client, None) as sending:
            await _rounds(sending, every=every, stop=stop, before=before)

    asyncio.run(run())


async def _rounds(sending: Sending, *, every: timedelta, stop: threading.Event, before: Callable[[], None]) -> None:
    preparing: asyncio.Task[None] | None = None
    next_round, look = time.monotonic(), False
    while not stop.is_set():
        if preparing is None and time.monotonic() >= next_round:
            preparing = asyncio.create_task(_one_round(sending, before))
        if look:
            await sending.start_due_if_the_record_allows()
        waiting = {*sending.running, *([preparing] if preparing else [])}
        if not waiting:
            await asyncio.sleep(min(_GLANCE, max(0.0, next_round - time.monotonic())))
            look = False
            continue
        done, _ = await asyncio.wait(waiting, timeout=_GLANCE, return_when=asyncio.FIRST_COMPLETED)
        look = bool(done)
        if preparing in done and preparing is not None:
            preparing.result()
            preparing, next_round = None, time.monotonic() + every.total_seconds()
        sending.look_at_if_the_record_allows(done)
    if preparing is not None:
        await asyncio.wait({preparing})
        preparing.result()


async def _one_round(sending: Sending, before: Callable[[], None]) -> None:
    """What a round begins with; its sends go on beside."""
    store, desk = sending.store, sending.desk

    def work() -> None:
        before()
        prepare(store, desk)

    try:
        await in_daemon_thread(work)
        await sending.learn_names()
    except RecordError as error:
        _LOG.warning("this round could not be prepared: %s", error)
        return
    if desk.dead_man is not None:
        await _sign_of_life(sending.client, desk.dead_man)


def prepare(store: Store, desk: Desk) -> None:
    """What falls due beside the sending itself: rows of receivers that are gone, digests, the watch over it all."""
    settle_orphans(store, desk.directory, clock=desk.clock)
    make_digests(store, desk.directory, clock=desk.clock)
    owner, now = f"watch-{uuid.uuid4().hex}", desk.clock()
    with store.write() as session:
        # Every ten minutes, whoever runs the round.
        mine = take_lease(session, "watch deliveries", owner=owner, now=now, lasts=_WATCH_EVERY)
    if mine:
        watch_deliveries(store, clock=desk.clock)
    # What the watch and the settling found goes out in this very round.
    route_pending(store, desk.directory, clock=desk.clock)


async def _sign_of_life(client: httpx.AsyncClient, address: WebAddress) -> None:
    """Call the outside watcher; that it is down is its own alarm, and none of ours."""
    try:
        await client.get(address.reveal(), timeout=_CALL)
    except httpx.HTTPError as error:
        _LOG.warning("the dead-man address %s did not answer: %s", address, type(error).__name__)
