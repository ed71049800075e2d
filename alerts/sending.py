"""Sends under way: what is due is leased and started, and what each attempt came to is recorded.

The record is read and written by one thread of its own, in the order asked for; the event loop never waits for the
database. Rows whose outcome could not be recorded, though it was tried again and again, stay leased until that runs
out: they are sent again under the same key.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Self, TypeVar

import httpx
from sqlmodel import Session

from alerts.attempts import Judge, free_at, longest_span
from alerts.channels import Outcome, Refused, Retry, channel_for
from alerts.desk import Desk
from alerts.errors import TemplateError
from alerts.messages.compose import Composer, still_told
from alerts.receivers.routing import Routed
from alerts.receivers.settings import EmailReceiver, Receiver
from alerts.stages.receiving import ask_when
from storage.dispatch import (
    close_into_digest,
    lease_deliveries,
    note_delivered,
    pause_receiver,
    put_off,
    receiver_states,
    record_attempt,
    release_delivery,
)
from storage.errors import Locked, NotFound, RecordError, Unavailable
from storage.facts import DeliveryFacts
from storage.store import Store
from storage.telling import Names, attempts_since, lines, names
from storage.vocabulary import Verdict

_LOG = logging.getLogger(__name__)
# Each waits as long as the store waits for another writer (30 s): five minutes, which outlast any lease of ours.
_TRIES = 10
# A server that is away says so at once: so long until it is asked again.
_AWAY = timedelta(seconds=30)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Dispatched:
    """What a round came to, by verdict: delivered, retry, unknown, refused, dead."""

    counts: Mapping[str, int] = field(default_factory=dict)

    def __getitem__(self, verdict: str) -> int:
        return self.counts.get(verdict, 0)


@dataclass(frozen=True, slots=True)
class _Ready:
    """A leased row, its receiver, and what its message is composed with."""

    delivery: DeliveryFacts
    receiver: Receiver
    composer: Composer
    started: datetime


@dataclass(slots=True)
class Sending:
    """The sends of one process. Use it in `async with`: leaving it cancels what is under way, whose leases run out."""

    store: Store
    desk: Desk
    client: httpx.AsyncClient
    only: Collection[int] | None
    composer: Composer | None = None
    tally: Counter[str] = field(default_factory=Counter)
    running: dict[asyncio.Task[None], str] = field(default_factory=dict)
    strangers: set[str] = field(default_factory=set)
    tried: set[int] = field(default_factory=set)
    _clerk: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="zhengfa-record")
    )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self.running:
            task.cancel()
        await asyncio.gather(*self.running, return_exceptions=True)
        # What the thread was given it ends: a receipt that is to be written is written.
        await asyncio.to_thread(self._clerk.shutdown)

    async def until_nothing_is_due(self) -> Dispatched:
        """Send until nothing is due that is not paused."""
        while True:
            await self.start_due()
            if not self.running:
                return Dispatched(dict(self.tally))
            done, _ = await asyncio.wait(self.running, return_when=asyncio.FIRST_COMPLETED)
            self.look_at(done)

    def look_at(self, done: Collection[asyncio.Future[Any]]) -> None:
        """Take note of sends that are over. Raises what kept one of them from being recorded."""
        over = [task for task in done if isinstance(task, asyncio.Task) and self.running.pop(task, None) is not None]
        for task in over:
            task.result()

    def look_at_if_the_record_allows(self, done: Collection[asyncio.Future[Any]]) -> None:
        """The same as `look_at`; what could not be recorded is sent again, under its key, when its lease is over."""
        try:
            self.look_at(done)
        except RecordError as error:
            _LOG.error("the outcome of a send was not recorded, it is sent again: %s", error)

    async def start_due_if_the_record_allows(self) -> None:
        """The same as `start_due`; where the database is held, the next round asks again."""
        try:
            await self.start_due()
        except RecordError as error:
            _LOG.warning("nothing could be leased: %s", error)

    async def start_due(self) -> None:
        """Lease what is due for receivers that have nothing under way, and start it, until nothing more can start."""
        if self.composer is None:
            await self.learn_names()
        while True:
            leased, ready = await self._in_record(self._lease)
            for one in ready:
                self.running[asyncio.create_task(self._attend(one))] = one.receiver.name
            if not leased:
                return

    async def learn_names(self) -> None:
        """Read anew how regions, indicators and sources are called."""
        self.composer = Composer(await self._in_record(self._names), links=self.desk.links)

    def _names(self) -> Names:
        with self.store.read() as session:
            return names(session)

    async def _in_record(self, work: Callable[[], T]) -> T:
        # Shielded: what is asked of the thread is done, also where whoever asked is cancelled: a receipt is not lost.
        return await asyncio.shield(asyncio.get_running_loop().run_in_executor(self._clerk, work))

    def _lease(self) -> tuple[int, list[_Ready]]:
        """In one transaction: how many rows were leased, and those of them that are to be sent."""
        longest = max((r.timeout for r in self.desk.directory.receivers.values()), default=timedelta(0))
        now, busy = self.desk.clock(), {*self.running.values(), *self.strangers}
        with self.store.write() as session:
            due = lease_deliveries(
                session,
                owner=self.desk.owner,
                now=now,
                lease_for=longest + self.desk.lease_margin,
                leave_out=busy,
                # Once each: no back-off stands between the tries of what a person asked for.
                only=None if self.only is None else set(self.only) - self.tried,
            )
            self.tried.update(delivery.id for delivery in due if self.only is not None)
            ready = [self._ready(session, delivery, now) for delivery in due]
        return len(due), [one for one in ready if one is not None]

    def _ready(self, session: Session, delivery: DeliveryFacts, now: datetime) -> _Ready | None:
        """None where there is no attempt to make: no receiver or the platform's rate used up (the row is given back),
        nothing left to tell (it is closed), or not at this hour (it is put off).
        """  # noqa: D205
        receiver = self.desk.directory.receivers.get(delivery.receiver)
        if receiver is None or not receiver.enabled:
            # Routed by another process, with other settings, since the orphans were settled.
            self.strangers.add(delivery.receiver)
            release_delivery(session, delivery.id, owner=self.desk.owner)
            return None
        if not still_told(delivery):
            close_into_digest(session, [delivery.id], digest_key="none: taken back before it was sent", now=now)
            return None
        if self.only is None and (when := ask_when(self._routed(delivery, receiver), now)).why:
            # It was due before the window closed or quiet hours began, and something kept it.
            put_off(session, delivery.id, owner=self.desk.owner, until=when.not_before)
            return None
        limits = channel_for(receiver, self.client, self.desk.renderer, self.desk.clock).limits
        free = free_at(limits, attempts_since(session, receiver.name, now - longest_span(limits)), now)
        if free > now:
            pause_receiver(session, receiver.name, until=free, failures=_failures(session, receiver.name))
            release_delivery(session, delivery.id, owner=self.desk.owner)
            return None
        assert self.composer is not None  # noqa: S101  start_due has learnt the names
        composer = self.composer
        if isinstance(receiver, EmailReceiver) and receiver.chart:
            series = [alert.series_id for alert in delivery.alerts if alert.series_id is not None]
            composer = replace(composer, lines=lines(session, series))
        return _Ready(delivery, receiver, composer, now)

    def _routed(self, delivery: DeliveryFacts, receiver: Receiver) -> Routed:
        return Routed(receiver, window=self.desk.directory.window_of(delivery.route))

    async def _attend(self, one: _Ready) -> None:
        """One row from lease to verdict."""
        outcome = await self._send(one)
        for left in reversed(range(_TRIES)):
            try:
                word = await self._in_record(partial(self._record, one, outcome))
            except (Locked, Unavailable) as error:
                if not left:
                    raise
                _LOG.warning("the outcome of delivery %s cannot be recorded yet: %s", one.delivery.id, error)
                if isinstance(error, Unavailable):
                    await asyncio.sleep(_AWAY.total_seconds())
            else:
                self.tally[word] += 1
                return

    async def _send(self, one: _Ready) -> Outcome:
        """One attempt within the receiver's time limit. The one place where anything a channel raises ends."""
        receiver, done = one.receiver, frozenset(int(part) for part in one.delivery.parts_done)
        channel = channel_for(receiver, self.client, self.desk.renderer, self.desk.clock)
        try:
            language = receiver.language or self.desk.language
            message = one.composer.message(one.delivery, language, self.desk.clock())
            async with asyncio.timeout(receiver.timeout.total_seconds()):
                return await channel.send(message, done)
        except TimeoutError:
            return Retry(f"no answer within {receiver.timeout.total_seconds():g} s", unknown=True, done=done)
        except TemplateError as error:
            return Refused(str(error))
        except Exception as error:  # noqa: BLE001  the boundary: a channel that breaks must not take the others along
            _LOG.exception("channel %s of receiver %s broke", receiver.kind, receiver.name)
            return Retry(f"{type(error).__name__}: {error}", unknown=True, done=done)

    def _record(self, one: _Ready, outcome: Outcome) -> str:
        """Write what the attempt came to, and what that means for the receiver, in one transaction; gives its word."""
        now, receiver, desk = self.desk.clock(), one.receiver, self.desk
        with self.store.write() as session:
            failures = _failures(session, receiver.name)
            judged = Judge(
                delivery=one.delivery,
                routed=self._routed(one.delivery, receiver),
                idempotent=channel_for(receiver, self.client, desk.renderer, desk.clock).limits.idempotent,
                failures=failures,
                started=one.started,
                now=now,
                chance=desk.chance,
                clean=desk.redactor.clean,
            ).judge(outcome)
            attempt = judged.attempt
            try:
                state = record_attempt(session, one.delivery.id, owner=desk.owner, attempt=attempt, now=now)
            except NotFound:
                return "lost lease"
            if attempt.verdict is Verdict.DELIVERED:
                note_delivered(session, receiver.name, now=now)
            elif judged.pause_until is not None:
                # A row that is given up pauses nobody: the receiver's next message is the next try.
                until = judged.pause_until if attempt.retry_at is not None else None
                pause_receiver(session, receiver.name, until=until, failures=failures + 1)
        return (attempt.verdict if attempt.retry_at is not None else state).value


def _failures(session: Session, receiver: str) -> int:
    state = receiver_states(session).get(receiver)
    return state.failures if state else 0
