"""Who gets an alert: the receivers and routes of zhengfa.toml, checked against each other once, asked for every alert.

    no [[routes]]     every reader's alert to every reader receiver, at once
    with [[routes]]   to the receivers of every route that matches; of several for one receiver the promptest holds
    operators         what is for operators goes to operator receivers, by routes where one names them, else to all

A receiver never gets what is not for its audience, whatever a route says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alerts.errors import ReceiverError
from alerts.receivers.settings import Receiver, RouteSettings, Window
from alerts.vocabulary import BODY_LABELS, Audience, Pace, Severity, rank

_PROMPTNESS = (Pace.AT_ONCE, Pace.DAILY, Pace.WEEKLY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """What routes look at in an alert; `body` is a code."""

    audience: Audience
    severity: Severity
    rule: str
    region: str
    body: str
    indicator: str


@dataclass(frozen=True, slots=True)
class Routed:
    """One receiver of an alert: how fast, when in the day, and through which route (empty: there are none)."""

    receiver: Receiver
    pace: Pace = Pace.AT_ONCE
    window: Window | None = None
    route: str = ""


@dataclass(frozen=True, slots=True)
class Directory:
    """All receivers and routes, known to fit together."""

    receivers: Mapping[str, Receiver]
    routes: tuple[RouteSettings, ...] = ()

    @classmethod
    def of(cls, receivers: Sequence[Receiver], routes: Sequence[RouteSettings] = ()) -> Directory:
        """Raises ReceiverError: two receivers of one name, a route to nobody, a body that is none."""
        by_name: dict[str, Receiver] = {}
        for receiver in receivers:
            if receiver.name in by_name:
                raise ReceiverError(f"receiver {receiver.name!r}: name: two receivers have it; each needs its own")
            by_name[receiver.name] = receiver
        for number, route in enumerate(routes, start=1):
            _check(route, number, by_name)
        return cls(by_name, tuple(routes))

    def receivers_for(self, alert: Addressed) -> tuple[Routed, ...]:
        """Who gets `alert`, in the order of zhengfa.toml."""
        fitting = {n: r for n, r in self.receivers.items() if r.enabled and r.audience == alert.audience}
        routed: dict[str, Routed] = {}
        for number, route in enumerate(self.routes, start=1):
            for name in route.receivers if _matches(route, alert) else ():
                if name in fitting:
                    new = Routed(fitting[name], route.send, route.window, route.name or f"#{number}")
                    routed[name] = _prompter(routed.get(name), new)
        if not routed and (not self.routes or (alert.audience is Audience.OPERATOR and not self._routed(fitting))):
            return tuple(Routed(receiver) for receiver in fitting.values())
        return tuple(routed[name] for name in fitting if name in routed)

    def window_of(self, route: str) -> Window | None:
        """The window of a route by its name, as deliveries keep it; None where it has none, or is gone."""
        for number, known in enumerate(self.routes, start=1):
            if route and route in (known.name, f"#{number}"):
                return known.window
        return None

    def _routed(self, fitting: Mapping[str, Receiver]) -> bool:
        """Whether any route names one of these: without one, operators hear of everything."""
        return any(name in fitting for route in self.routes for name in route.receivers)


def _check(route: RouteSettings, number: int, receivers: Mapping[str, Receiver]) -> None:
    title = f"route {route.name or f'#{number}'!r}"
    for name in route.receivers:
        if name not in receivers:
            known = ", ".join(receivers) or "none"
            raise ReceiverError(f"{title}: receivers: there is no receiver {name!r} (known: {known})")
    for body in route.bodies:
        if body not in BODY_LABELS and body not in BODY_LABELS.values():
            raise ReceiverError(f"{title}: bodies: {body!r} is none of {' | '.join(BODY_LABELS.values())}")


def _matches(route: RouteSettings, alert: Addressed) -> bool:
    label = BODY_LABELS.get(alert.body, "")
    return (
        rank(alert.severity) >= rank(route.severity)
        and (not route.regions or any(alert.region.startswith(region) for region in route.regions))
        and (not route.bodies or alert.body in route.bodies or label in route.bodies)
        and (not route.indicators or alert.indicator in route.indicators)
        and (not route.rules or alert.rule in route.rules)
    )


def _prompter(one: Routed | None, other: Routed) -> Routed:
    if one is None or _PROMPTNESS.index(other.pace) < _PROMPTNESS.index(one.pace):
        return other
    return one
