"""The sending loop: rows of the outbox go out, and every attempt ends in a stored word.

    lease --> compose --> channel.send --> delivered | refused | unknown | retry --> record, back-off of the receiver
      ^                                                                                 |
      +------------------------ the next row of that receiver --------------------------+

One row per receiver at a time, in order; receivers do not wait for each other: one that hangs runs into its own time
limit. Whoever is killed leaves a lease that runs out, and a row that is sent again under the same idempotency key.
"""

from __future__ import annotations

import asyncio
import logging
import os
import random
import socket
import ssl
import uuid
from collections import Counter
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import httpx
from sqlmodel import Session

from alerts.channels import Delivered, Outcome, Parts, Refused, Retry, channel_for
from alerts.channels.contract import Clock, Limits
from alerts.digests import make_digests
from alerts.errors import TemplateError
from alerts.messages.compose import Composer, still_told
from alerts.messages.links import Links
from alerts.messages.render import Renderer
from alerts.receivers.redaction import Redactor
from alerts.receivers.routing import Directory
from alerts.receivers.secret import WebAddress
from alerts.receivers.settings import EmailReceiver, Receiver
from alerts.vocabulary import Language
from alerts.watching import watch_deliveries
from storage.alert_inputs import AttemptInput
from storage.dispatch import (
    close_into_digest,
    lease_deliveries,
    note_delivered,
    pause_receiver,
    receiver_states,
    record_attempt,
    release_delivery,
)
from storage.errors import NotFound
from storage.facts import DeliveryFacts
from storage.runs import take_lease
from storage.store import Store
from storage.telling import attempts_since, lines, names
from storage.vocabulary import Verdict

_LOG = logging.getLogger(__name__)
# Most failures are a restart or a reset: the first tries come soon, and an hour is reached after eleven.
_FIRST_WAIT = timedelta(seconds=2)
_LONGEST_WAIT = timedelta(hours=1)
# A lease outlives the longest send, so that a slow receiver is not sent the same row by two processes.
_LEASE_MARGIN = timedelta(seconds=40)
_WATCH_EVERY = timedelta(minutes=10)
# Seconds for the dead-man call, which nothing waits for.
_CALL = 5


@dataclass(frozen=True, slots=True)
class Dispatched:
    """What a round came to, by verdict: delivered, retry, unknown, refused, dead."""

    counts: Mapping[str, int] = field(default_factory=dict)

    def __getitem__(self, verdict: str) -> int:
        return self.counts.get(verdict, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What sending needs beside the record: receivers, templates, language, links, the clock and chance.

    `dead_man` is an outside address that is called after each good round: it raises the alarm when we cannot.
    """

    directory: Directory
    clock: Clock
    renderer: Renderer = field(default_factory=Renderer)
    language: Language = Language.ZH
    links: Links = field(default_factory=Links)
    dead_man: WebAddress | None = None
    chance: random.Random = field(default_factory=random.SystemRandom)
    owner: str = field(default_factory=lambda: f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:8]}")
    lease_margin: timedelta = _LEASE_MARGIN

    @property
    def redactor(self) -> Redactor:
        """Knows every secret of every receiver, the dead-man address and the key of the links."""
        ours = (secret for secret in (self.dead_man, self.links.key) if secret is not None)
        theirs = (secret for receiver in self.directory.receivers.values() for secret in receiver.secrets())
        return Redactor((*ours, *theirs))


def deliver_once(store: Store, desk: Desk) -> Dispatched:
    """Send everything that is due now, and come back. Not for use inside a running event loop (see `deliver_round`)."""
    return asyncio.run(deliver_round(store, desk))


async def deliver_round(store: Store, desk: Desk) -> Dispatched:
    """One round: until nothing is due that is not paused. Raises storage's errors; what receivers do is recorded."""
    make_digests(store, desk.directory, clock=desk.clock)
    _watch_now_and_then(store, desk)
    with store.read() as session:
        called = names(session)
    local = dict.fromkeys(("all://127.0.0.1", "all://localhost", "all://[::1]"), None)
    timeout = httpx.Timeout(20, connect=10)
    async with httpx.AsyncClient(timeout=timeout, mounts=local, verify=_trusted()) as client:
        done = await _Round(store, desk, client, Composer(called, links=desk.links)).run()
        if desk.dead_man is not None:
            await _sign_of_life(client, desk.dead_man)
        return done


@cache
def _trusted() -> ssl.SSLContext:
    """Certificates are read once a process: that is most of what a client costs."""
    return httpx.create_ssl_context()


def _watch_now_and_then(store: Store, desk: Desk) -> None:
    """Look at the loop's own health every ten minutes, whoever runs the round."""
    owner, now = f"watch-{uuid.uuid4().hex}", desk.clock()
    with store.write() as session:
        mine = take_lease(session, "watch deliveries", owner=owner, now=now, lasts=_WATCH_EVERY)
    if mine:
        watch_deliveries(store, clock=desk.clock)


async def _sign_of_life(client: httpx.AsyncClient, address: WebAddress) -> None:
    """Call the outside watcher; that it is down is its own alarm, and none of ours."""
    try:
        await client.get(address.reveal(), timeout=_CALL)
    except httpx.HTTPError as error:
        _LOG.warning("the dead-man address %s did not answer: %s", address, type(error).__name__)


@dataclass(slots=True)
class _Round:
    """The state of one round."""

    store: Store
    desk: Desk
    client: httpx.AsyncClient
    composer: Composer
    tally: Counter[str] = field(default_factory=Counter)
    running: dict[asyncio.Task[Outcome], tuple[DeliveryFacts, Receiver, datetime]] = field(default_factory=dict)
    strangers: set[str] = field(default_factory=set)

    async def run(self) -> Dispatched:
        try:
            while True:
                self._start_due()
                if not self.running:
                    return Dispatched(dict(self.tally))
                done, _ = await asyncio.wait(self.running, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    delivery, receiver, started = self.running.pop(task)
                    self._close(delivery, receiver, task.result(), started)
        finally:
            await self._give_back()

    def _start_due(self) -> None:
        """Lease what is due for receivers that have nothing under way, and start it, until nothing more can start."""
        longest = max((r.timeout for r in self.desk.directory.receivers.values()), default=timedelta(0))
        while True:
            now = self.desk.clock()
            busy = {delivery.receiver for delivery, _, _ in self.running.values()} | self.strangers
            with self.store.write() as session:
                lease_for = longest + self.desk.lease_margin
                due = lease_deliveries(session, owner=self.desk.owner, now=now, lease_for=lease_for, leave_out=busy)
                for delivery in due:
                    if (sending := self._ready(session, delivery, now)) is not None:
                        self.running[asyncio.create_task(sending)] = delivery, self._receiver(delivery), now
            if not due:
                return

    def _receiver(self, delivery: DeliveryFacts) -> Receiver:
        return self.desk.directory.receivers[delivery.receiver]

    def _ready(self, session: Session, delivery: DeliveryFacts, now: datetime) -> Coroutine[Any, Any, Outcome] | None:
        """The attempt, not yet begun. None where there is none to make: no receiver or the platform's rate used up (the
        row is given back), or nothing left to tell (it is closed).
        """  # noqa: D205
        receiver = self.desk.directory.receivers.get(delivery.receiver)
        if receiver is None or not receiver.enabled:
            self.strangers.add(delivery.receiver)
            release_delivery(session, delivery.id, owner=self.desk.owner)
            return None
        if not still_told(delivery):
            close_into_digest(session, [delivery.id], digest_key="none: taken back before it was sent", now=now)
            return None
        limits = channel_for(receiver, self.client, self.desk.renderer, self.desk.clock).limits
        free_at = _free_at(limits, attempts_since(session, receiver.name, now - _longest(limits)), now)
        if free_at > now:
            failures = _failures(session, receiver.name)
            pause_receiver(session, receiver.name, until=free_at, failures=failures)
            release_delivery(session, delivery.id, owner=self.desk.owner)
            return None
        composer = self.composer
        if isinstance(receiver, EmailReceiver) and receiver.chart:
            series = [alert.series_id for alert in delivery.alerts if alert.series_id is not None]
            composer = replace(composer, lines=lines(session, series))
        return self._send(composer, delivery, receiver, frozenset(int(part) for part in delivery.parts_done))

    async def _send(self, composer: Composer, delivery: DeliveryFacts, receiver: Receiver, done: Parts) -> Outcome:
        """One attempt within the receiver's time limit. The one place where anything a channel raises ends."""
        channel = channel_for(receiver, self.client, self.desk.renderer, self.desk.clock)
        try:
            message = composer.message(delivery, receiver.language or self.desk.language, self.desk.clock())
            async with asyncio.timeout(receiver.timeout.total_seconds()):
                return await channel.send(message, done)
        except TimeoutError:
            return Retry(f"no answer within {receiver.timeout.total_seconds():g} s", unknown=True, done=done)
        except TemplateError as error:
            return Refused(str(error))
        except Exception as error:  # noqa: BLE001  the boundary: a channel that breaks must not take the others along
            _LOG.exception("channel %s of receiver %s broke", receiver.kind, receiver.name)
            return Retry(f"{type(error).__name__}: {error}", unknown=True, done=done)

    def _close(self, delivery: DeliveryFacts, receiver: Receiver, outcome: Outcome, started: datetime) -> None:
        """Write what the attempt came to, and what that means for the receiver, in one transaction."""
        now = self.desk.clock()
        with self.store.write() as session:
            failures = _failures(session, receiver.name)
            attempt = self._attempt(delivery, receiver, outcome, failures, now, started)
            try:
                state = record_attempt(session, delivery.id, owner=self.desk.owner, attempt=attempt, now=now)
            except NotFound:
                self.tally["lost lease"] += 1
                return
            if attempt.verdict is Verdict.DELIVERED:
                note_delivered(session, receiver.name, now=now)
            elif attempt.verdict in (Verdict.RETRY, Verdict.UNKNOWN):
                pause_receiver(session, receiver.name, until=attempt.retry_at, failures=failures + 1)
        self.tally[state.value if attempt.retry_at is None else attempt.verdict.value] += 1

    def _attempt(
        self,
        delivery: DeliveryFacts,
        receiver: Receiver,
        outcome: Outcome,
        failures: int,
        now: datetime,
        started: datetime,
    ) -> AttemptInput:
        spent = max(0, round((now - started).total_seconds() * 1000))
        match outcome:
            case Delivered(receipt):
                return AttemptInput(verdict=Verdict.DELIVERED, answer=self._clean(receipt), milliseconds=spent)
            case Refused(why):
                return AttemptInput(verdict=Verdict.REFUSED, answer=self._clean(why), milliseconds=spent)
            case Retry():
                wait = max(outcome.after or timedelta(0), back_off(failures, self.desk.chance))
                later = now + wait
                give_up = later > delivery.created_at + receiver.give_up_after
                if outcome.unknown and delivery.possibly_repeated and not self._knows_repeats(receiver):
                    give_up = True  # it has been repeated once; a group chat cannot tell the third from the first
                return AttemptInput(
                    verdict=Verdict.UNKNOWN if outcome.unknown else Verdict.RETRY,
                    answer=self._clean(outcome.why),
                    milliseconds=spent,
                    parts_done=tuple(str(part) for part in sorted(outcome.done)),
                    retry_at=None if give_up else later,
                )

    def _knows_repeats(self, receiver: Receiver) -> bool:
        return channel_for(receiver, self.client, self.desk.renderer, self.desk.clock).limits.idempotent

    def _clean(self, text: str) -> str:
        return self.desk.redactor.clean(text)

    async def _give_back(self) -> None:
        """Stopped in the middle: what is under way has an open outcome; its lease runs out by itself."""
        for task in self.running:
            task.cancel()
        await asyncio.gather(*self.running, return_exceptions=True)


def back_off(failures: int, chance: random.Random) -> timedelta:
    """2, 4, 8 … seconds up to an hour, each between half and the whole of it by chance."""
    whole = min(_FIRST_WAIT * 2 ** min(failures, 11), _LONGEST_WAIT)
    return timedelta(seconds=whole.total_seconds() * (0.5 + chance.random() / 2))


def _longest(limits: Limits) -> timedelta:
    return max((span for _, span in limits.rates), default=timedelta(0))


def _free_at(limits: Limits, attempts: tuple[datetime, ...], now: datetime) -> datetime:
    """When the next message may go out: in every span no more than its number."""
    free = now
    for number, span in limits.rates:
        recent = [at for at in attempts if at > now - span]
        if len(recent) >= number:
            free = max(free, recent[-number] + span)
    return free


def _failures(session: Session, receiver: str) -> int:
    state = receiver_states(session).get(receiver)
    return state.failures if state else 0
