"""The second and third transaction and the sending, with this home's receivers: no Prefect in here.

evaluate_and_route   rules over what is due -> alerts -> groups and deliveries
deliver_round        one round of sending
deliver_until        round after round until told to stop; what goes wrong in one is logged, and the next one comes
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from alerts.dispatcher import Desk, deliver_on, deliver_once
from alerts.evaluation import evaluate_due
from alerts.messages.render import Renderer
from alerts.receivers import Directory
from alerts.routing import route_pending
from alerts.rules.thresholds import Thresholds
from alerts.vocabulary import Language
from alerts.watching import watch_sources
from flows.home import Home
from flows.language import say
from flows.links import links_of
from flows.settings import Settings
from flows.stores import open_record
from scrapers.indicators import load_catalogue
from storage.dispatch import count_open
from storage.errors import RecordError
from storage.store import Store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """What one round of sending came to."""

    delivered: int = 0
    retried: int = 0
    refused: int = 0
    dead: int = 0
    pending: int = 0

    def line(self) -> str:
        """One line for people."""
        return say(
            f"已送达 {self.delivered}, 被拒 {self.refused}, 放弃 {self.dead}, "
            f"稍后再试 {self.retried}, 待送 {self.pending}",
            f"delivered {self.delivered}, refused {self.refused}, given up {self.dead}, "
            f"to be tried again {self.retried}, waiting {self.pending}",
        )


def now() -> datetime:
    """The clock of this process."""
    return datetime.now(UTC)


def desk(home: Home, settings: Settings) -> Desk:
    """What the sending loop works with. Raises ReceiverError where receivers and routes do not fit together."""
    directory = Directory.of(settings.receivers, settings.routes)
    renderer = Renderer(home.templates)
    made = Desk(
        directory=directory,
        renderer=renderer,
        language=Language(settings.language),
        clock=now,
        links=links_of(home, settings),
        dead_man=settings.dead_man_url,
    )
    made.redactor.install()
    return made


def thresholds(home: Home, trial: Mapping[str, Decimal] | None = None) -> Thresholds:
    """What counts as sharp: the catalogue's defaults with the user's over them; `trial` over everything."""
    return Thresholds(trial=trial or {}, defaults=load_catalogue(home.indicators).default_thresholds)


def evaluate_and_route(store: Store, settings: Settings) -> int:
    """Both transactions, each safe to run again; gives how many alerts were raised or changed."""
    evaluated = evaluate_due(store, clock=now, thresholds=thresholds(Home.from_environment()))
    route_pending(store, Directory.of(settings.receivers, settings.routes), clock=now)
    return sum(evaluated.alerts.values()) - evaluated.alerts.get("unchanged", 0)


def watch_and_route(store: Store, settings: Settings) -> None:
    """What falls due by the clock in the sources: silent or broken ones. Safe to run again.

    The sending watches over itself (alerts.dispatcher.prepare).
    """
    directory = Directory.of(settings.receivers, settings.routes)
    watch_sources(store, clock=now, directory=directory)
    route_pending(store, directory, clock=now)


def send_round(store: Store, home: Home, settings: Settings) -> Sent:
    """Send what is due now."""
    done = deliver_once(store, desk(home, settings))
    with store.read() as session:
        pending = count_open(session)
    return Sent(done["delivered"], done["retry"] + done["unknown"], done["refused"], done["dead"], pending)


def deliver_round(home: Home, settings: Settings) -> Sent:
    """One round of routing and sending on this home's record."""
    with open_record(home, settings) as store:
        return _one_round(store, home, settings)


def deliver_until(home: Home, settings: Settings, stop: threading.Event) -> None:
    """Rounds every `deliver_every` until `stop` is set; sends of one round do not hold up the next."""
    while not stop.is_set():
        try:
            with open_record(home, settings) as store:
                deliver_on(
                    store,
                    desk(home, settings),
                    every=settings.deliver_every,
                    stop=stop,
                    before=lambda: _evaluate(store, settings),
                )
        except Exception:
            # The boundary of the loop: a locked database or a fault of ours must not end the sending for good.
            log.exception("the sending failed; it goes on in %s", settings.deliver_every)
            stop.wait(settings.deliver_every.total_seconds())


def _evaluate(store: Store, settings: Settings) -> None:
    """The rules' turn. Whatever they do, what is waiting to be sent is sent."""
    try:
        evaluate_and_route(store, settings)
    except RecordError as error:
        log.warning("the rules will be asked again: %s", error)


def _one_round(store: Store, home: Home, settings: Settings) -> Sent:
    try:
        evaluate_and_route(store, settings)
    finally:
        # Whatever the rules did: what is waiting to be sent is sent.
        sent = send_round(store, home, settings)
    return sent
