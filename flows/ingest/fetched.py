"""From the client's words to the record's: what one request came to.

Outcome    -> FetchInput
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from scrapers.web.outcomes import NotModified, Outcome, Page
from storage.inputs import FetchInput
from storage.vocabulary import Outcome as OutcomeCode


def fetch_input(
    outcome: Outcome,
    kind: Literal["list", "article"],
    source_id: str,
    *,
    url: str | None = None,
    snapshot: str | None = None,
    text_sha256: str | None = None,
    due_at: datetime | None = None,
    note: str = "",
) -> FetchInput:
    """What one request came to, with the validators that the next one asks with.

    `url` is the address that was asked for, where another may have answered; without a `note` the outcome tells why.
    """
    validated = outcome if isinstance(outcome, Page | NotModified) else None
    page = outcome if isinstance(outcome, Page) else None
    return FetchInput(
        url=url or outcome.url,
        kind=kind,
        source_id=source_id,
        outcome=OutcomeCode(outcome.kind),
        status=page.status if page else None,
        etag=validated.etag if validated else None,
        last_modified=validated.last_modified if validated else None,
        snapshot_sha256=snapshot,
        text_sha256=text_sha256,
        due_at=due_at,
        size=len(page.content) if page else None,
        note=note or ("" if validated else outcome.reason),
    )
