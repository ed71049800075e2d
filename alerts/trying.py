"""`zhengfa receivers check` and `test`: is a receiver usable, and does a labelled test get through the real path.

check   receivers and routes fit together; the host can be resolved; apprise knows the address
test    an alert of rule "test" for this receiver alone: stages, delivery row, channel, receipt; sent now, past older
        messages and back-off, and once: what does not arrive is given up
"""

from __future__ import annotations

import socket
from dataclasses import dataclass

from alerts.channels.contract import Clock
from alerts.channels.failures import told
from alerts.dispatcher import Desk, deliver_once
from alerts.errors import ReceiverError
from alerts.receivers.settings import AppriseReceiver, EmailReceiver, Receiver
from alerts.routing import route_pending
from storage.alert_inputs import AlertInput
from storage.dispatch import abandon, deliveries_of
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
        return f"{address.host}: {told(error)}"
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
    with store.read() as session:
        rows = deliveries_of(session, raised.alert_id)
    if not rows:
        return Verdict(name, DeliveryState.DEAD, "not sent: a silence fits tests, see `zhengfa alerts silences`")
    deliver_once(store, desk, only=rows)
    with store.write() as session:
        # One that did not arrive is over: it must not come hours later, when nobody remembers having asked.
        for row in rows:
            abandon(session, row, why="a test is sent once", now=clock())
        story = why(session, raised.alert_id)
    answer = story.attempts[-1].answer if story.attempts else "not tried: the platform's rate is used up for now"
    return Verdict(name, story.sent[-1].state, answer)
