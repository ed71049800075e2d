"""A replica server, a clock that only moves when told, and a client that has both."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from scrapers.web.client import Client
from scrapers.web.guard import Resolver
from scrapers.web.outcomes import Outcome
from scrapers.web.request import ClientSettings, Pace, Request
from tests.replicas.server import ReplicaServer


@dataclass
class StillClock:
    """Stands still; `sleep` moves it at once and remembers how long."""

    moment: datetime = datetime(2026, 1, 20, 2, 0, tzinfo=UTC)
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.moment

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.moment += timedelta(seconds=seconds)
        await asyncio.sleep(0)


SETTINGS = ClientSettings(
    contact="watch@example.org",
    second_agent="",
    allow_loopback=True,
    pace=Pace(gap=0, jitter=0),
    connect_timeout=2,
    read_timeout=2,
    tries=2,
)


@dataclass
class Asker:
    """Fetches with a new client each time, all on one clock."""

    server: ReplicaServer
    clock: StillClock
    settings: ClientSettings = SETTINGS
    resolver: Resolver | None = None

    def request(self, path: str, **more: object) -> Request:
        base = Request(url=self.server.url(path), hosts=frozenset({self.server.host}))
        return replace(base, **more)  # type: ignore[arg-type]

    def outcomes(self, *requests: Request, settings: ClientSettings | None = None) -> list[Outcome]:
        async def all_of_them() -> list[Outcome]:
            chosen = settings or self.settings
            async with Client(chosen, clock=self.clock, resolver=self.resolver) as client:
                return [await client.fetch(request) for request in requests]

        return asyncio.run(all_of_them())

    def outcome(self, path: str, settings: ClientSettings | None = None, **more: object) -> Outcome:
        return self.outcomes(self.request(path, **more), settings=settings)[0]


@pytest.fixture
def server() -> Iterator[ReplicaServer]:
    with ReplicaServer() as running:
        yield running


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def ask(server: ReplicaServer, clock: StillClock) -> Asker:
    return Asker(server, clock)


@pytest.fixture
def named(server: ReplicaServer, clock: StillClock) -> Callable[[dict[str, list[str]]], Asker]:
    """An asker whose resolver knows just these names; each look-up gives the next address of the list."""

    def make(names: dict[str, list[str]]) -> Asker:
        return Asker(server, clock, resolver=Names(names))

    return make


class Names:
    """A resolver of invented names; an address stays the last of its list."""

    def __init__(self, names: dict[str, list[str]]) -> None:
        self._names = {name: list(addresses) for name, addresses in names.items()}
        self.asked: list[str] = []

    async def resolve(self, host: str, port: int) -> list[str]:  # noqa: ARG002
        self.asked.append(host)
        if host not in self._names:
            raise OSError(f"no such name: {host}")
        addresses = self._names[host]
        return [addresses.pop(0) if len(addresses) > 1 else addresses[0]]
