"""What a channel promises: a message goes in, one of three answers comes out, and it says what it can carry.

    Channel.send(message, done) -> Delivered(receipt)   the platform's own word that it has it
                                 | Retry(why, after)    later; `unknown`: it may have arrived all the same
                                 | Refused(why)         never as it stands: a person must look

The platform's business code in the body decides, not HTTP 200 (PAINS D: DingTalk errcode 310000). What is over the
platform's limit is split at figure borders, and a mail goes to each of its readers by itself: such parts are
numbered, and `done` tells which of them earlier attempts have brought home.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeAlias

from alerts.model import Message

Clock: TypeAlias = Callable[[], datetime]
Parts: TypeAlias = frozenset[int]


@dataclass(frozen=True, slots=True)
class Delivered:
    """The receiver has it. `receipt` is what it answered, short."""

    receipt: str


@dataclass(frozen=True, slots=True)
class Retry:
    """Not yet. `after` is what the receiver asked for; `unknown`: the message may have arrived all the same."""

    why: str
    after: timedelta | None = None
    unknown: bool = False
    done: Parts = frozenset()


@dataclass(frozen=True, slots=True)
class Refused:
    """The receiver will not take it, now or later."""

    why: str


Outcome: TypeAlias = Delivered | Retry | Refused


@dataclass(frozen=True, slots=True)
class Limits:
    """What a platform documents: encoded size of one message, and messages in a span of time per robot or address.

    `idempotent`: the receiver can tell a repeated message by its key, so that one with an open outcome may be repeated
    as often as need be; elsewhere it is repeated once.
    """

    size: int | None = None
    rates: tuple[tuple[int, timedelta], ...] = ()
    idempotent: bool = True


# A protocol without documented limits.
UNLIMITED = Limits()


class Channel(Protocol):
    """One way to one receiver."""

    @property
    def limits(self) -> Limits:
        """What the platform documents."""

    async def send(self, message: Message, done: Parts) -> Outcome:
        """Hand over what is not `done` yet. What the world does is an answer; the caller bounds the time."""
