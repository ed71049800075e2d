"""A record with its receivers, run as `ingest` and `deliver` run it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from alerts.dispatcher import Desk, Dispatched, deliver_once
from alerts.evaluation import evaluate_due
from alerts.receivers import Directory, Receiver, RouteSettings
from alerts.routing import route_pending
from storage import Store
from tests.alerts.clock import HandClock
from tests.alerts.reports import Report, record


@dataclass
class Newsroom:
    """A record with its receivers, run as `ingest` and `deliver` run it."""

    store: Store
    clock: HandClock
    desk: Desk

    def publish(self, report: Report) -> None:
        self.clock.now = max(self.clock.now, report.now)
        record(self.store, report)
        evaluate_due(self.store, clock=self.clock)

    def send(self) -> Dispatched:
        route_pending(self.store, self.desk.directory, clock=self.clock)
        return deliver_once(self.store, self.desk)

    def with_receivers(self, *receivers: Receiver, routes: tuple[RouteSettings, ...] = ()) -> Newsroom:
        return replace(self, desk=replace(self.desk, directory=Directory.of(receivers, routes)))
