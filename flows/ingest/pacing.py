"""Manners shared by all processes on one record: the client's turns at a host, kept in the record's lease table.

A host on loopback belongs to nobody who minds, and is paced in memory only.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from flows.ingest.writer import Writer
from scrapers.web.pacing import MemoryLeases
from storage.turns import give_turn_back, slow_down, slow_until, take_turn

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
# How soon to ask again for a turn that another process holds; short against any polite gap.
_ASK_AGAIN = timedelta(milliseconds=200)


class RecordLeases:
    """`scrapers.web.pacing.LeaseStore` over the record; every call is one short transaction."""

    def __init__(self, writer: Writer) -> None:
        self._writer, self._memory = writer, MemoryLeases()

    async def take(self, key: str, owner: str, now: datetime, expires: datetime) -> datetime | None:
        """None if granted, else the moment when asking again makes sense."""
        if _local(key):
            return await self._memory.take(key, owner, now, expires)

        refused = await self._writer.run(partial(take_turn, key=key, owner=owner, now=now, expires=expires))
        if refused is None:
            return None
        until, held = refused
        return min(until, now + _ASK_AGAIN) if held else until

    async def give_back(self, key: str, owner: str, free_at: datetime) -> None:
        """End the lease; nobody gets `key` before `free_at`."""
        if _local(key):
            await self._memory.give_back(key, owner, free_at)
        else:
            await self._writer.run(partial(give_turn_back, key=key, owner=owner, free_at=free_at))

    async def slow_until(self, name: str) -> datetime | None:
        """Until when it is remembered that a site refused, by whichever process and run it was asked."""
        if _local(f"{name}#"):
            return await self._memory.slow_until(name)
        return await self._writer.run(partial(slow_until, name=name))

    async def slow_down(self, name: str, until: datetime) -> None:
        """Remember until then that a site refused."""
        if _local(f"{name}#"):
            await self._memory.slow_down(name, until)
        else:
            await self._writer.run(partial(slow_down, name=name, until=until))


def _local(key: str) -> bool:
    """Whether a key such as `host:127.0.0.1:8000#0` names a host on loopback."""
    return any(key.startswith((f"host:{name}:", f"host:{name}#", f"host:[{name}]")) for name in LOOPBACK)
