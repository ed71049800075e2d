"""Running the flow once, in this process, against the server that the environment names."""

from __future__ import annotations

import asyncio
from datetime import date

from flows.ingest.flow import RequiredSourceError, ingest
from flows.ingest.report import RunReport


def run_once(sources: list[str] | None, *, since: date | None = None, until: date | None = None) -> RunReport:
    """One run; a required source that failed is in the report. Raises what the record or the settings raise."""
    try:
        return asyncio.run(ingest(sources, since=since, until=until))
    except RequiredSourceError as failed:
        return failed.report
