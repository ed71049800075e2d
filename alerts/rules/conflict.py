"""Rule 7: two sources state different values for the same thing, beyond what their printed precision leaves open.

storage finds it when it reconciles; both figures are quoted, and the reader decides. Nobody's figure is called wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from alerts.rules.model import Given, candidate, number_text, rejected, series_key
from storage.alert_inputs import AlertInput, EvidenceInput
from storage.vocabulary import Check

NAME = "conflict"


def find(given: Given) -> Iterator[AlertInput]:
    """One candidate for every key figure that another source contradicts, whichever of the two is taken."""
    for figure in given.edition.figures:
        if figure.indicator is None or not figure.indicator.key or rejected(figure):
            continue
        doubt = next((f for f in figure.findings if f.check is Check.CONFLICT and f.other_id is not None), None)
        if doubt is not None and doubt.other_id is not None:
            other = EvidenceInput(observation_id=doubt.other_id, role="other")
            key = series_key(figure)
            # Whichever of the two is looked at, both values are said: seen from the other side it is no other alert.
            values = sorted(value for value in (figure.value, doubt.expected, doubt.actual) if value is not None)
            said = {"said": " ".join(number_text(value) for value in dict.fromkeys(values))}
            yield candidate(
                given, figure, rule=NAME, key=key, code=NAME, sharpness=Decimal(1), facts=said, others=(other,)
            )
