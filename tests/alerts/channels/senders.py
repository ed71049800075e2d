"""Sending one message through one channel, for tests."""

from __future__ import annotations

import asyncio

import httpx
from pydantic import ConfigDict, TypeAdapter

from alerts.channels import Outcome, Parts, channel_for
from alerts.messages.render import Renderer
from alerts.model import Message
from alerts.receivers import Receiver, ReceiverSettings
from tests.alerts.samples import NOW

_ADAPTER: TypeAdapter[Receiver] = TypeAdapter(ReceiverSettings, config=ConfigDict(hide_input_in_errors=True))


def receiver(**table: object) -> Receiver:
    """A receiver as zhengfa.toml would give it."""
    return _ADAPTER.validate_python({"name": "desk"} | table)


def send(to: Receiver, message: Message, done: Parts = frozenset(), seconds: float = 60) -> Outcome:
    """One attempt, with the whole of it bounded as the dispatcher bounds it."""

    async def once() -> Outcome:
        async with httpx.AsyncClient(timeout=httpx.Timeout(0.5, connect=0.5), trust_env=False) as client:
            channel = channel_for(to, client, Renderer(), lambda: NOW)
            return await asyncio.wait_for(channel.send(message, done), seconds)

    return asyncio.run(once())
