"""One source's visit in one run: what all its steps share."""

from __future__ import annotations

from dataclasses import dataclass

from flows.ingest.job import Job
from flows.ingest.report import SourceTally
from scrapers.sources.card import SourceCard
from storage.vocabulary import Origin


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
