"""What would the rules have told? They run over the stored past, and nothing is stored or sent.

    zhengfa alerts preview --since 2024-01-01 --rule stated_change --set percent=30

Every edition that stands is judged as it was news: with the points and changes of earlier periods only, and as if its
publication were of today. What a person has said of an alert (false, incident) is shown beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from alerts.errors import RuleError
from alerts.evaluation import gather
from alerts.receivers.routing import Addressed, Directory
from alerts.rules import breakage, silence
from alerts.rules.model import Given
from alerts.rules.registry import RULES, find_all
from alerts.rules.thresholds import Thresholds
from storage.alert_inputs import AlertInput
from storage.facts import FigureFacts
from storage.store import Store
from storage.telling import standing_editions, verdicts


@dataclass(frozen=True, slots=True)
class Previewed:
    """One alert that there would have been."""

    alert: AlertInput
    published: date | None
    title: str
    receivers: tuple[str, ...]
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """All of them, in the order of publication, over so many editions."""

    alerts: tuple[Previewed, ...]
    editions: int

    @property
    def by_rule(self) -> Mapping[str, int]:
        """How many of each rule."""
        return dict(Counter(one.alert.rule for one in self.alerts).most_common())

    @property
    def by_receiver(self) -> Mapping[str, int]:
        """How many each receiver would have got; what waits for review goes to nobody."""
        sent = (one for one in self.alerts if not one.alert.held)
        return dict(Counter(name for one in sent for name in one.receivers).most_common())

    @property
    def by_region(self) -> Mapping[str, int]:
        """How many of each region."""
        return dict(Counter(one.alert.region or "" for one in self.alerts).most_common())

    @property
    def by_verdict(self) -> Mapping[str, int]:
        """How many a person has called useful, false or an incident."""
        return dict(Counter(one.verdict for one in self.alerts if one.verdict).most_common())

    @property
    def by_indicator(self) -> Mapping[str, int]:
        """How many of each indicator."""
        return dict(Counter(one.alert.indicator_id or "" for one in self.alerts).most_common())


def preview(
    store: Store,
    directory: Directory,
    *,
    since: date | None = None,
    rules: Collection[str] | None = None,
    thresholds: Thresholds | None = None,
) -> Preview:
    """Run the rules over what stands. Raises RuleError for a rule that there is not."""
    names = {rule.name for rule in RULES}
    if unknown := set(rules or ()) - names:
        known = ", ".join(sorted(names))
        if unknown & {silence.NAME, breakage.NAME}:
            raise RuleError(f"{min(unknown)!r} goes by the clock, and has no past to run over; the rules are {known}")
        raise RuleError(f"there is no rule {min(unknown)!r}; the rules are {known}")
    told: dict[str, Previewed] = {}
    with store.read() as session:
        editions = standing_editions(session, since)
        said = verdicts(session)
        for edition_id in editions:
            given = as_news(gather(session, edition_id, thresholds or Thresholds(), rules))
            for found in find_all(given, rules):
                if "past" not in found.facts and found.fingerprint not in told:
                    told[found.fingerprint] = Previewed(
                        found,
                        given.edition.document.published,
                        given.edition.document.title,
                        tuple(routed.receiver.name for routed in directory.receivers_for(addressed(found))),
                        said.get(found.fingerprint, ""),
                    )
    return Preview(tuple(told.values()), len(editions))


def as_news(given: Given) -> Given:
    """The same edition on the day it came out: nothing later, no alerts of its own, no history of edits."""
    edition = replace(
        given.edition,
        figures=tuple(_without_later(figure) for figure in given.edition.figures),
        baseline=False,
        differences=(),
        alerts=(),
    )
    return replace(given, edition=edition)


def addressed(found: AlertInput) -> Addressed:
    """A candidate as routes look at it."""
    return Addressed(
        audience=found.audience,
        severity=found.severity,
        rule=found.rule,
        region=found.region or "",
        body=found.body or "",
        indicator=found.indicator_id or "",
    )


def _without_later(figure: FigureFacts) -> FigureFacts:
    if figure.period_first is None:
        return figure
    return replace(
        figure,
        history=tuple(point for point in figure.history if point.period_first < figure.period_first),
        change_history=tuple(point for point in figure.change_history if point.period_first < figure.period_first),
    )
