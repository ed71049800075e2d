"""Rule 4: a change or a rate far from the other provinces' for the same indicator and period.

    score = 0.6745 × |own − median of the others| / MAD of the others        told from 3.5 on, with at least 8 others
    (Iglewicz and Hoaglin's modified z-score)

The tested value is not among the others. Where all others are nearly equal their MAD says nothing: it counts as at
least one per cent (half a point for rates), and a difference that nobody would remark on is none. Told once per period:
the key has no value in it. As peers publish, those already stored are looked at again (`outlying_peers`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from alerts.rules.history import is_rate, own_base, own_yearly_change
from alerts.rules.model import Given, candidate, key_figures, number_text, series_key
from storage.alert_inputs import AlertInput, EvidenceInput
from storage.facts import FigureFacts, PeerFacts

NAME = "outlier"
LEAST_PEERS = 8
_TO_SIGMA = Decimal("0.6745")
_LEAST_MAD = {"percent": Decimal(1), "percentage_points": Decimal("0.5")}
_LEAST_DISTANCE = {"percent": Decimal(10), "percentage_points": Decimal("2.5")}


@dataclass(frozen=True, slots=True)
class Apart:
    """How far a value lies from the others."""

    own: Decimal
    middle: Decimal
    score: Decimal
    peers: int


def find(given: Given) -> Iterator[AlertInput]:
    """Candidates of one edition, in the order of its text."""
    for figure in key_figures(given):
        form, own = own_measure(figure)
        others = given.peers.get(figure.id, ())
        values = [value for peer in others if (value := peer_measure(peer, form)) is not None]
        apart = far_apart(own, values, form, given.thresholds.named(NAME, figure.indicator))
        if apart is not None and (form != "percent" or _more_than_chance(given, figure)):
            yield _tell(given, figure, apart, form, others)


def _more_than_chance(given: Given, figure: FigureFacts) -> bool:
    """Whether the change of a count is; small bases are damped like rule 1."""
    return given.thresholds.allows_base(figure, own_base(figure), figure.value)


def own_measure(figure: FigureFacts) -> tuple[str, Decimal | None]:
    """What of the figure is compared: a rate's value in points, else its yearly change in per cent."""
    if is_rate(figure.unit) and figure.value is not None:
        return "percentage_points", figure.value
    return "percent", own_yearly_change(figure)


def peer_measure(peer: PeerFacts, form: str) -> Decimal | None:
    """The same of a peer."""
    if form == "percentage_points":
        return peer.value
    if peer.change is None:
        return None
    size = peer.change.value or Decimal(0)
    return -size if peer.change.direction == "down" else size


def far_apart(own: Decimal | None, others: Sequence[Decimal], form: str, limit: Decimal) -> Apart | None:
    """Where `own` lies among `others`, None where that is nothing to tell. `others` does not hold `own`."""
    if own is None or len(others) < LEAST_PEERS:
        return None
    middle = median(others)
    spread = max(median([abs(value - middle) for value in others]), _LEAST_MAD[form])
    score = _TO_SIGMA * abs(own - middle) / spread
    if score < limit or abs(own - middle) < _LEAST_DISTANCE[form]:
        return None
    return Apart(own, middle, score, len(others))


def outlying_peers(given: Given, figure: FigureFacts) -> tuple[int, ...]:
    """The series of peers that lie apart now that this figure is there; their own editions are then looked at."""
    form, own = own_measure(figure)
    values = {p.series_id: v for p in given.peers.get(figure.id, ()) if (v := peer_measure(p, form)) is not None}
    if own is None or len(values) < LEAST_PEERS:
        return ()
    limit = given.thresholds.named(NAME, figure.indicator)
    apart = []
    for series_id, value in values.items():
        others = [other for key, other in values.items() if key != series_id] + [own]
        if far_apart(value, others, form, limit) is not None:
            apart.append(series_id)
    return tuple(apart)


def _tell(given: Given, figure: FigureFacts, apart: Apart, form: str, others: Sequence[PeerFacts]) -> AlertInput:
    change = next((item for item in figure.changes if item.basis == "yoy"), None) if form == "percent" else None
    nearest = sorted(others, key=lambda peer: abs((peer_measure(peer, form) or Decimal(0)) - apart.own))
    evidence = [
        EvidenceInput(observation_id=peer.observation_id, role="peer")
        for peer in nearest[:3]
        if peer.observation_id is not None and peer.observation_id != figure.id
    ]
    shown = "percent" if form == "percent" else "rate"
    return candidate(
        given,
        figure,
        rule=NAME,
        key=series_key(figure),
        code=NAME,
        sharpness=apart.score / given.thresholds.named(NAME, figure.indicator),
        change=change,
        facts={
            "n": str(apart.peers),
            "median": number_text(round(apart.middle, 1)),
            "median_form": shown,
            "own": number_text(round(apart.own, 1)),
            "own_form": shown,
        },
        others=evidence,
    )
