"""`zhengfa receivers check` and `test`: is a receiver usable, and does a labelled test get through the real path.

check   receivers and routes fit together; the host can be resolved; apprise knows the address
test    an alert of rule "test" for this receiver alone: stages, delivery row, channel, receipt
"""

from __future__ import annotations

import socket
from dataclasses import dataclass

from alerts.channels.contract import Clock
from alerts.dispatcher import Desk, deliver_once
from alerts.errors import ReceiverError
from alerts.receivers.settings import AppriseReceiver, EmailReceiver, Receiver
from alerts.routing import route_pending
from storage.alert_inputs import AlertInput
from storage.evaluation import raise_alert
from storage.handling import why
from storage.store import Store
from storage.vocabulary import Audience, DeliveryState, Severity

RULE = "test"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a test, in the receiver's own words."""

    receiver: str
    state: DeliveryState
    answer: str


def trouble(receiver: Receiver) -> str:
    """What is wrong with a receiver, as far as that shows without sending; empty where nothing is."""
    if isinstance(receiver, AppriseReceiver):
        return _apprise_trouble(receiver)
    address = receiver.smtp if isinstance(receiver, EmailReceiver) else receiver.url
    try:
        socket.getaddrinfo(address.host, address.port or None)
    except OSError as error:
        return f"{address.host} cannot be resolved: {error.strerror or error}"
    return ""


def _apprise_trouble(receiver: AppriseReceiver) -> str:
    import apprise

    target = apprise.Apprise.instantiate(receiver.url.reveal(), suppress_exceptions=True)
    return "" if target is not None else "apprise does not know such an address"


def send_test(store: Store, desk: Desk, name: str, *, clock: Clock) -> Verdict:
    """Send a labelled test to one receiver and tell what it answered. Raises ReceiverError for an unknown one."""
    if name not in desk.directory.receivers:
        known = ", ".join(desk.directory.receivers) or "none"
        raise ReceiverError(f"there is no receiver {name!r} (known: {known})")
    found = AlertInput(
        rule=RULE,
        key=f"{name}|{clock().isoformat()}",
        audience=Audience.OPERATOR,
        severity=Severity.INFO,
        subject=name,
        facts={"code": RULE, "name": name},
    )
    with store.write() as session:
        raised = raise_alert(session, found, now=clock())
    route_pending(store, desk.directory, clock=clock)
    deliver_once(store, desk)
    with store.read() as session:
        story = why(session, raised.alert_id)
    answer = story.attempts[-1].answer if story.attempts else "not tried: the receiver is paused, or has older messages"
    state = story.sent[-1].state if story.sent else DeliveryState.PENDING
    return Verdict(name, state, answer)
