"""One source's visit in one run: what all its steps share."""

from __future__ import annotations

from dataclasses import dataclass

from flows.ingest.job import Job
from flows.ingest.report import SourceTally
from scrapers.discovery.titles import TitleRules
from scrapers.sources.card import SourceCard
from scrapers.web.outcomes import Blocked, BlockSign, Outcome
from storage.vocabulary import Origin

# A count of a source run: articles that came without a landmark of their card.
NO_LANDMARKS = "articles.no_landmarks"


@dataclass(frozen=True, slots=True)
class Visit:
    """The run's tools, the card, whether what comes in is news (`origin`), and the counts as they grow."""

    job: Job
    card: SourceCard
    origin: Origin
    tally: SourceTally

    def refuse(self, kind: str, reason: str) -> None:
        """Count one page that did not come home, by kind, with the reason that the summary shows."""
        self.tally.refused += 1
        self.tally.outcomes[kind] += 1
        self.tally.notes.append(reason)

    def refuse_article(self, outcome: Outcome) -> None:
        """Count an article that did not come home by what came instead."""
        self.refuse(outcome.kind, outcome.reason)
        if without_landmarks(outcome):
            self.tally.more[NO_LANDMARKS] = self.tally.more.get(NO_LANDMARKS, 0) + 1

    @property
    def no_article_has_its_landmarks(self) -> bool:
        """Whether every article that was asked for in this run came without a landmark."""
        came = self.tally.came or self.tally.unchanged
        return not came and 0 < self.tally.refused == self.tally.more.get(NO_LANDMARKS, 0)


def without_landmarks(outcome: Outcome) -> bool:
    """Whether a page came that lacks what every page of its sort holds."""
    return isinstance(outcome, Blocked) and outcome.sign is BlockSign.NO_LANDMARKS


def title_rules(card: SourceCard) -> TitleRules:
    """Which titles may head a report, as the card says; the defaults where it says nothing."""
    return TitleRules(wanted=card.title_patterns, strict=bool(card.title_patterns))
