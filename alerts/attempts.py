"""What an attempt means for its row and its receiver: pure of store and network.

delivered                       closed
refused                         closed; a person must look
retry, unknown                  again after the longer of back-off and what the receiver asked for, and not within
                                quiet hours or outside the route's window; given up after `give_up_after`
unknown, a second time          given up where nobody can tell a repeated message from a new one
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.channels import Delivered, Outcome, Refused
from alerts.channels.contract import Limits
from alerts.receivers.routing import Routed
from alerts.stages.receiving import ask_when
from storage.alert_inputs import AttemptInput
from storage.facts import DeliveryFacts
from storage.vocabulary import Verdict

# Most failures are a restart or a reset: the first tries come soon, and an hour is reached after eleven.
_FIRST_WAIT = timedelta(seconds=2)
_LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Judged:
    """What is written of an attempt, and until when the receiver is left alone (None: not at all)."""

    attempt: AttemptInput
    pause_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """One attempt's circumstances. `failures`: how often the receiver failed in a row before; `clean` redacts."""

    delivery: DeliveryFacts
    routed: Routed
    idempotent: bool
    failures: int
    started: datetime
    now: datetime
    chance: random.Random
    clean: Callable[[str], str]

    def judge(self, outcome: Outcome) -> Judged:
        """The row's and the receiver's future."""
        spent = max(0, round((self.now - self.started).total_seconds() * 1000))
        if isinstance(outcome, Delivered):
            answer = self.clean(outcome.receipt)
            return Judged(AttemptInput(verdict=Verdict.DELIVERED, answer=answer, milliseconds=spent))
        if isinstance(outcome, Refused):
            answer = self.clean(outcome.why)
            return Judged(AttemptInput(verdict=Verdict.REFUSED, answer=answer, milliseconds=spent))
        pause = self.now + max(outcome.after or timedelta(0), back_off(self.failures, self.chance))
        give_up = pause > self.delivery.created_at + self.routed.receiver.give_up_after
        if outcome.unknown and self.delivery.possibly_repeated and not self.idempotent:
            give_up = True  # it has been repeated once; a group chat cannot tell the third from the first
        when = ask_when(self.routed, pause)
        attempt = AttemptInput(
            verdict=Verdict.UNKNOWN if outcome.unknown else Verdict.RETRY,
            answer=self.clean(outcome.why),
            milliseconds=spent,
            parts_done=tuple(str(part) for part in sorted(outcome.done)),
            retry_at=None if give_up else when.not_before,
            put_off=bool(when.why),
        )
        return Judged(attempt, pause)


def back_off(failures: int, chance: random.Random) -> timedelta:
    """2, 4, 8 … seconds up to an hour, each between half and the whole of it by chance."""
    whole = min(_FIRST_WAIT * 2 ** min(failures, 11), _LONGEST_WAIT)
    return timedelta(seconds=whole.total_seconds() * (0.5 + chance.random() / 2))


def longest_span(limits: Limits) -> timedelta:
    """How far back attempts count for a platform's rates."""
    return max((span for _, span in limits.rates), default=timedelta(0))


def free_at(limits: Limits, attempts: tuple[datetime, ...], now: datetime) -> datetime:
    """When the next message may go out: in every span no more than its number."""
    free = now
    for number, span in limits.rates:
        recent = [at for at in attempts if at > now - span]
        if len(recent) >= number:
            free = max(free, recent[-number] + span)
    return free
