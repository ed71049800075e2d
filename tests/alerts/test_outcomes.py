"""One word for what became of an alert, as a table."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alerts.outcomes import outcome_of
from storage.facts import SentFacts, StageFacts
from storage.vocabulary import AlertState, DeliveryState
from tests.alerts.stages.test_stages import NOW, alert

S = DeliveryState
LATER = NOW + timedelta(hours=9)


@pytest.mark.parametrize(
    ("state", "reason", "rows", "word", "who"),
    [
        ("pending", "new", [], "waiting", ""),
        ("grouped", "new", [], "nobody", ""),
        ("grouped", "new", [("desk", S.DELIVERED)], "sent", ""),
        ("grouped", "new", [("desk", S.DELIVERED), ("mail", S.DELIVERED)], "sent", ""),
        ("grouped", "new", [("desk", S.DELIVERED), ("mail", S.PENDING)], "waiting", "mail"),
        ("grouped", "new", [("desk", S.LEASED)], "waiting", "desk"),
        ("grouped", "correction", [("desk", S.DELIVERED), ("desk", S.DELIVERED)], "corrected", ""),
        ("grouped", "correction", [("desk", S.DELIVERED), ("desk", S.PENDING)], "waiting", "desk"),
        ("pending", "correction", [("desk", S.DELIVERED)], "waiting", ""),
        ("grouped", "new", [("desk", S.REFUSED), ("mail", S.DELIVERED)], "failed", "desk"),
        ("grouped", "new", [("desk", S.REFUSED), ("desk", S.DELIVERED)], "sent", ""),
        ("grouped", "new", [("desk", S.DEAD)], "failed", "desk"),
        ("grouped", "new", [("old", S.ORPHANED)], "orphaned", "old"),
        ("grouped", "new", [("desk", S.DIGESTED)], "digest", ""),
        ("grouped", "new", [("desk", S.DIGESTED), ("desk", S.DELIVERED)], "sent", ""),
        ("silenced", "new", [], "silenced", "#3 by li until tomorrow"),
        ("acknowledged", "new", [], "acknowledged", "#3 by li until tomorrow"),
        ("inhibited", "new", [], "inhibited", "#3 by li until tomorrow"),
        ("held", "new", [], "held", ""),
        ("baseline", "baseline", [], "baseline", ""),
        ("withdrawn", "withdrawn", [], "withdrawn", ""),
    ],
)
def test_what_became_of_it(state: str, reason: str, rows: list[tuple[str, DeliveryState]], word: str, who: str) -> None:
    sent = [SentFacts(7, 1, name, reason, row, NOW, None, LATER) for name, row in rows]
    stages = (
        StageFacts(7, 1, "raised", True, "new", "", NOW),
        StageFacts(7, 1, "silences", False, "silenced", "#3 by li until tomorrow", NOW),
    )
    found = outcome_of(alert(state=AlertState(state), reason=reason), sent, stages)
    assert (found.word, found.who) == (word, who)
    assert (found.until == LATER) is (word == "waiting" and who != "")
