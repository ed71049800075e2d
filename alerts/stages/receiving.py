"""The stages of one alert for one receiver: was it told there, may it be told again, and when.

told         a correction or withdrawal goes to those who got, or may have got, what it corrects; nobody gets one
             revision twice
repeat       a state that lasts (silence, breakage) is told again when the receiver's repeat interval is over
quiet hours  and the route's window: put off to the moment that they allow it
ceiling      over the receiver's messages an hour: into the digest
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.receivers.routing import Routed
from alerts.receivers.settings import Window
from alerts.vocabulary import BEIJING, Reason
from storage.alert_inputs import StageInput
from storage.facts import AlertFacts, SentFacts
from storage.vocabulary import DeliveryState

_CORRECTIONS = (Reason.CORRECTION, Reason.WITHDRAWN)
# What a receiver in these states has, or may have, or is about to get as it stood.
_REACHED = (DeliveryState.DELIVERED, DeliveryState.LEASED, DeliveryState.DIGESTED, DeliveryState.DEAD)


def ask_told(alert: AlertFacts, receiver: str, sent: Sequence[SentFacts]) -> StageInput:
    """Whether this revision of the alert is for this receiver."""
    mine = [item for item in sent if item.receiver == receiver]
    if any(item.revision == alert.revision for item in mine):
        return _told("already_told", receiver, passed=False)
    if alert.reason not in _CORRECTIONS:
        return _told("first_time", receiver, passed=True)
    if any(item.state in _REACHED for item in mine):
        return _told("got_the_old_figure", receiver, passed=True)
    if any(item.state is DeliveryState.PENDING for item in mine):
        # A message is written when it is sent: the one that waits will say the new figure.
        return _told("message_still_waits", receiver, passed=False)
    return _told("never_got_the_old_figure", receiver, passed=False)


def _told(reason: str, receiver: str, *, passed: bool) -> StageInput:
    return StageInput(stage="told", passed=passed, reason=reason, note=receiver)


@dataclass(frozen=True, slots=True)
class When:
    """When a message may go out, and why not at once (empty: at once)."""

    not_before: datetime
    why: str = ""


def ask_when(routed: Routed, now: datetime) -> When:
    """The first moment that neither quiet hours nor the route's window forbid."""
    moment, why = now, []
    # Twice: the end of the quiet hours may lie outside the window, whose opening may lie in quiet hours.
    for _ in range(2):
        if routed.receiver.quiet_hours and routed.receiver.quiet_hours.holds(moment.astimezone(BEIJING).time()):
            moment = _next(routed.receiver.quiet_hours.end.hour, routed.receiver.quiet_hours.end.minute, moment)
            why.append(f"quiet hours {routed.receiver.quiet_hours}")
        if routed.window and not routed.window.holds(moment.astimezone(BEIJING).time()):
            moment = _opening(routed.window, moment)
            why.append(f"window {routed.window}")
    return When(moment, ", ".join(dict.fromkeys(why)))


def _opening(window: Window, moment: datetime) -> datetime:
    return _next(window.start.hour, window.start.minute, moment)


def _next(hour: int, minute: int, moment: datetime) -> datetime:
    """The next time that clocks in Beijing show this; never `moment` itself."""
    local = moment.astimezone(BEIJING)
    today = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return (today if today > local else today + timedelta(days=1)).astimezone(moment.tzinfo)
