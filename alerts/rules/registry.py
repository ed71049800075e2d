"""All rules by name, in the order in which they are asked: a new rule is a module and a line here.

`revision` comes last: it speaks for alerts that no other rule raises again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from alerts.rules import revision, stated_change
from alerts.rules.model import Given, Named
from storage.alert_inputs import AlertInput

RULES: tuple[Named, ...] = (
    Named(stated_change.NAME, stated_change.find),
    Named(revision.NAME, revision.find),
)


def find_all(given: Given, names: Collection[str] | None = None) -> Iterator[AlertInput]:
    """Candidates of all rules (or those named), each fingerprint once: the first rule that finds it speaks for it."""
    seen: set[str] = set()
    for rule in RULES:
        if names is not None and rule.name not in names:
            continue
        for found in rule.find(given):
            if found.fingerprint not in seen:
                seen.add(found.fingerprint)
                yield found
