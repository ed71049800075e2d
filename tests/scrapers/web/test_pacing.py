"""Turns: one at a time per host and per platform, pauses between, shared through the lease store by several pacers."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import Awaitable
from datetime import UTC, datetime, time, timedelta

import pytest

from scrapers.web.pacing import LEASE_LIFE, MemoryLeases, NotBeforeError, Pacer, next_opening
from scrapers.web.request import Hours, Pace
from tests.scrapers.web.conftest import StillClock

GAP = Pace(gap=3, jitter=0)


async def turns(
    pacer: Pacer, clock: StillClock, hosts: list[str], platform: str | None, pace: Pace = GAP
) -> list[datetime]:
    moments: list[datetime] = []

    async def take(host: str) -> None:
        async with pacer.turn(host, platform, pace, None, 60):
            moments.append(clock.now())

    await asyncio.gather(*map(take, hosts))
    return moments


def seconds(moments: list[datetime]) -> list[float]:
    return [(moment - moments[0]).total_seconds() for moment in moments]


def run(work: Awaitable[list[datetime]]) -> list[datetime]:
    async def main() -> list[datetime]:
        return await work

    return asyncio.run(main())


def test_one_host_is_asked_after_a_pause(clock: StillClock) -> None:
    assert seconds(run(turns(Pacer(clock), clock, ["a"] * 4, None))) == [0, 3, 6, 9]


def test_hosts_of_one_platform_share_its_pace(clock: StillClock) -> None:
    assert seconds(run(turns(Pacer(clock), clock, ["a", "b", "c"], "jcy.gov.cn"))) == [0, 3, 6]


def test_hosts_that_share_nothing_do_not_wait_for_each_other(clock: StillClock) -> None:
    assert seconds(run(turns(Pacer(clock), clock, ["a", "b", "c"], None))) == [0, 0, 0]


def test_jitter_only_makes_pauses_longer(clock: StillClock) -> None:
    pacer = Pacer(clock, chance=random.Random(7))  # noqa: S311
    moments = run(turns(pacer, clock, ["a"] * 20, None, Pace(gap=3, jitter=2)))
    gaps = [later - earlier for earlier, later in itertools.pairwise(seconds(moments))]
    assert all(3 <= gap <= 5.001 for gap in gaps)
    assert len(set(gaps)) > 10


def test_several_processes_share_the_store(clock: StillClock) -> None:
    store = MemoryLeases()
    pacers = [Pacer(clock, store, owner=name) for name in ("one", "two")]

    async def both() -> list[datetime]:
        found = await asyncio.gather(*(turns(pacer, clock, ["a"] * 3, None) for pacer in pacers))
        return sorted(found[0] + found[1])

    moments = seconds(run(both()))
    assert all(later - earlier >= 3 for earlier, later in itertools.pairwise(moments))


def test_the_lease_of_a_process_that_died_ends_by_itself(clock: StillClock) -> None:
    store = MemoryLeases()

    async def main() -> datetime:
        assert await store.take("host:a#0", "dead", clock.now(), clock.now() + LEASE_LIFE) is None
        assert await store.take("host:a#0", "other", clock.now(), clock.now() + LEASE_LIFE) is not None
        clock.moment += LEASE_LIFE
        async with Pacer(clock, store).turn("a", None, GAP, None, 1):
            return clock.now()

    asyncio.run(main())


def test_a_lease_that_was_lost_cannot_be_given_back(clock: StillClock) -> None:
    async def main() -> None:
        store = MemoryLeases()
        assert await store.take("k", "first", clock.now(), clock.now() + timedelta(seconds=1)) is None
        clock.moment += timedelta(seconds=2)
        assert await store.take("k", "second", clock.now(), clock.now() + timedelta(seconds=9)) is None
        await store.give_back("k", "first", clock.now())
        assert await store.take("k", "third", clock.now(), clock.now()) is not None

    asyncio.run(main())


def test_who_was_blocked_waits_longer_and_longer(clock: StillClock) -> None:
    pacer = Pacer(clock)

    async def main() -> list[datetime]:
        moments = []
        for _ in range(5):
            async with pacer.turn("a", None, GAP, None, 1000) as turn:
                moments.append(clock.now())
                turn.blocked()
        return moments

    assert seconds(asyncio.run(main())) == [0, 12, 60, 156, 252]


def test_a_pause_of_our_own_is_waited_for_however_long(clock: StillClock) -> None:
    """A crawl delay of a minute, or a site that refused three times: slow, and not "throttled"."""
    wide = Pace(gap=60, jitter=2)

    async def main() -> list[datetime]:
        pacer, moments = Pacer(clock), []
        for blocked in (True, True, True, False, False):
            async with pacer.turn("a", None, wide, None, 60) as turn:
                moments.append(clock.now())
                if blocked:
                    turn.blocked()
        return moments

    assert len(run(main())) == 5


def test_the_moment_a_site_names_holds_for_all_who_ask_it(clock: StillClock) -> None:
    pacer = Pacer(clock)

    async def main() -> None:
        until = clock.now() + timedelta(seconds=90)
        async with pacer.turn("a", None, GAP, None, 60) as turn:
            turn.throttled(until)
        with pytest.raises(NotBeforeError) as caught:
            async with pacer.turn("a", None, GAP, None, 60):
                raise AssertionError("asked too early")
        assert caught.value.until == until
        async with pacer.turn("a", None, GAP, None, 120):
            assert clock.now() >= until

    asyncio.run(main())


@pytest.mark.parametrize(
    ("opens", "closes", "now", "wait"),
    [
        ("22:00", "06:00", "2026-01-20 23:30", None),
        ("22:00", "06:00", "2026-01-20 05:59", None),
        ("22:00", "06:00", "2026-01-20 06:00", "2026-01-20 22:00"),
        ("01:00", "05:00", "2026-01-20 03:00", None),
        ("01:00", "05:00", "2026-01-20 00:30", "2026-01-20 01:00"),
        ("01:00", "05:00", "2026-12-31 23:59", "2027-01-01 01:00"),
    ],
)
def test_hours_are_read_in_china(opens: str, closes: str, now: str, wait: str | None) -> None:
    def utc(local: str) -> datetime:
        return datetime.fromisoformat(f"{local}+08:00").astimezone(UTC)

    hours = Hours(time.fromisoformat(opens), time.fromisoformat(closes))
    assert next_opening(hours, utc(now)) == (utc(wait) if wait else None)


def test_outside_its_hours_a_site_is_not_asked(clock: StillClock) -> None:
    async def main() -> None:
        with pytest.raises(NotBeforeError):
            async with Pacer(clock).turn("a", None, GAP, Hours(time(1), time(5)), 60):
                raise AssertionError("asked outside its hours")

    asyncio.run(main())
