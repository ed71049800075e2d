"""Manners: how often a host, and a platform that many hosts share, may be asked, by all processes together.

    Pacer.turn(request) ── for each key: host, then platform ── LeaseStore.take(key#slot)
        granted      -> asks, then gives the lease back with the moment from which the next may ask
        not before T -> waits, or answers `NotBefore(T)` where T is further away than the caller will wait

A site that refused is asked more slowly, by every process and in later runs as well: the store keeps until when that is
remembered, a day for each refusal and three at most, and each day that is left makes the pause four times as long.

A lease store knows keys, owners and moments only, so that a table can be one: `take` must be atomic across processes.
A lease that its owner never gave back (killed process) ends by itself at `expires`. Tasks of one process queue in
memory before they ask the store, so that only processes poll each other.
"""

from __future__ import annotations

import asyncio
import math
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from scrapers.web.clock import Clock
from scrapers.web.request import Hours, Pace

SHANGHAI = ZoneInfo("Asia/Shanghai")

# A whole fetch is limited to 90 s by default; a lease older than this belongs to a process that died.
LEASE_LIFE = timedelta(minutes=5)

# How long to wait before asking again for a lease that somebody holds: short against any polite gap.
_POLL = timedelta(milliseconds=50)

# Each block makes the pause this much longer, up to the second factor (3 s become 96 s): slower next time. One step is
# forgiven each day.
_SLOWER = 4.0
_SLOWEST = 32.0
_STEP = timedelta(days=1)
_MOST_STEPS = 3


class LeaseStore(Protocol):
    """Who may ask now. Keys are opaque strings (`host:www.example.gov.cn#0`, `platform:jcy.gov.cn#0`)."""

    async def take(self, key: str, owner: str, now: datetime, expires: datetime) -> datetime | None:
        """Takes `key` for `owner` until `expires`; None if granted, else the moment when asking again makes sense."""

    async def give_back(self, key: str, owner: str, free_at: datetime) -> None:
        """Ends the lease of `owner` (nothing happens if it is another's by now); nobody gets `key` before `free_at`."""

    async def slow_until(self, name: str) -> datetime | None:
        """Until when it is remembered that `name` (`host:www.example.gov.cn`) refused; None where it never did."""

    async def slow_down(self, name: str, until: datetime) -> None:
        """Remembers it until then."""


@dataclass(slots=True)
class _Lease:
    owner: str | None
    until: datetime


@dataclass(slots=True)
class MemoryLeases:
    """The lease store of a single process."""

    _leases: dict[str, _Lease] = field(default_factory=dict)
    _slow: dict[str, datetime] = field(default_factory=dict)

    async def take(self, key: str, owner: str, now: datetime, expires: datetime) -> datetime | None:
        """See `LeaseStore.take`."""
        lease = self._leases.get(key)
        if lease is not None and lease.until > now:
            return min(lease.until, now + _POLL) if lease.owner else lease.until
        self._leases[key] = _Lease(owner, expires)
        return None

    async def give_back(self, key: str, owner: str, free_at: datetime) -> None:
        """See `LeaseStore.give_back`."""
        lease = self._leases.get(key)
        if lease is not None and lease.owner == owner:
            self._leases[key] = _Lease(None, free_at)

    async def slow_until(self, name: str) -> datetime | None:
        """See `LeaseStore.slow_until`."""
        return self._slow.get(name)

    async def slow_down(self, name: str, until: datetime) -> None:
        """See `LeaseStore.slow_down`."""
        self._slow[name] = until


class NotBeforeError(Exception):
    """The turn comes at `until`, later than the caller said it would wait. Stays inside `scrapers.web`."""

    def __init__(self, until: datetime, why: str) -> None:
        super().__init__(f"{why}: not before {until:%Y-%m-%d %H:%M:%S}")
        self.until = until
        self.why = why


@dataclass(slots=True)
class Turn:
    """The right to send one request; tell it how that ended, for the sake of the next."""

    _not_before: datetime | None = None
    _blocked: bool = False

    def throttled(self, until: datetime) -> None:
        """The site wants nothing from us before `until`."""
        self._not_before = until

    def blocked(self) -> None:
        """The site refused: the next pause is longer."""
        self._blocked = True

    @property
    def not_before(self) -> datetime | None:
        """The moment the site named, if it named one."""
        return self._not_before

    @property
    def was_blocked(self) -> bool:
        """Whether the site refused this time."""
        return self._blocked


class Pacer:
    """Hands out turns. One for all clients of a process; several processes share a `LeaseStore`."""

    def __init__(
        self, clock: Clock, leases: LeaseStore | None = None, *, owner: str = "", chance: random.Random | None = None
    ) -> None:
        self._clock = clock
        self._leases: LeaseStore = leases or MemoryLeases()
        self._chance = chance or random.Random()  # noqa: S311 - jitter, no secret
        self._owner = owner or f"{self._chance.getrandbits(64):016x}"
        self._count = 0
        self._queues: dict[str, asyncio.Semaphore] = {}

    @asynccontextmanager
    async def turn(
        self, host: str, platform: str | None, pace: Pace, hours: Hours | None, longest_wait: float
    ) -> AsyncIterator[Turn]:
        """Waits for this host's and platform's turn.

        Raises NotBeforeError where the site or its hours put that more than `longest_wait` seconds off; the queue of
        our own tasks and our own pause do not count.
        """
        self._count += 1
        owner = f"{self._owner}/{self._count}"
        turn = Turn()
        async with AsyncExitStack() as held:
            for name in _names(host, platform):
                await held.enter_async_context(self._queues.setdefault(name, asyncio.Semaphore(pace.parallel)))
                now, slow = self._clock.now(), await self._leases.slow_until(name)
                await self._within(hours, now + timedelta(seconds=longest_wait))
                pause = (pace.gap + pace.jitter) * slowness(slow, now)
                key = await self._take(name, owner, pace.parallel, now + timedelta(seconds=longest_wait + pause))
                held.push_async_callback(self._give_back, name, key, owner, pace, turn, slow)
            yield turn

    async def refused(self, host: str, platform: str | None) -> None:
        """Slower next time, told after the turn: it took more than one request to see that this was a refusal."""
        for name in _names(host, platform):
            await self._slower(name, await self._leases.slow_until(name))

    async def _slower(self, name: str, slow: datetime | None) -> datetime:
        now = self._clock.now()
        until = min(max(slow or now, now) + _STEP, now + _MOST_STEPS * _STEP)
        await self._leases.slow_down(name, until)
        return until

    async def _give_back(self, name: str, key: str, owner: str, pace: Pace, turn: Turn, slow: datetime | None) -> None:
        if turn.was_blocked:
            slow = await self._slower(name, slow)
        now = self._clock.now()
        pause = (pace.gap + self._chance.uniform(0, pace.jitter)) * slowness(slow, now)
        free_at = now + timedelta(seconds=pause)
        await self._leases.give_back(key, owner, max(free_at, turn.not_before or free_at))

    async def _take(self, name: str, owner: str, parallel: int, deadline: datetime) -> str:
        while True:
            now = self._clock.now()
            soonest: datetime | None = None
            for slot in range(parallel):
                key = f"{name}#{slot}"
                later = await self._leases.take(key, owner, now, now + LEASE_LIFE)
                if later is None:
                    return key
                soonest = later if soonest is None else min(soonest, later)
            await self._wait(soonest or now, deadline, name)

    async def _within(self, hours: Hours | None, deadline: datetime) -> None:
        if hours is not None and (opens := next_opening(hours, self._clock.now())) is not None:
            await self._wait(opens, deadline, "outside the hours allowed by the card")

    async def _wait(self, until: datetime, deadline: datetime, why: str) -> None:
        if until > deadline:
            raise NotBeforeError(until, why)
        await self._clock.sleep(max((until - self._clock.now()).total_seconds(), 0.001))


def _names(host: str, platform: str | None) -> tuple[str, ...]:
    return (f"host:{host}", f"platform:{platform}") if platform else (f"host:{host}",)


def slowness(until: datetime | None, now: datetime) -> float:
    """How many times longer than usual the pause is while a refusal is remembered `until` then; 1 where none is."""
    steps = 0 if until is None else math.ceil((until - now) / _STEP)
    return min(_SLOWER ** max(steps, 0), _SLOWEST)


def next_opening(hours: Hours, now: datetime) -> datetime | None:
    """When the window opens next, as an aware moment; None if it is open at `now`. Read in Asia/Shanghai."""
    local = now.astimezone(SHANGHAI)
    clock = local.time()
    if hours.opens <= hours.closes:
        is_open = hours.opens <= clock < hours.closes
    else:
        is_open = clock >= hours.opens or clock < hours.closes
    if is_open:
        return None
    opening = local.replace(hour=hours.opens.hour, minute=hours.opens.minute, second=hours.opens.second, microsecond=0)
    return opening if opening > local else opening + timedelta(days=1)
