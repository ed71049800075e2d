"""The Prefect flow: it reads as the plan.

    sync catalogue and cards
    one task per source, awaited together under a semaphore
    rules over what is due          (second transaction)
    groups, routes, deliveries      (third transaction)
    one round of sending
    the log of requests thinned
    a table of it all as an artifact

A source whose result is bad fails its task, so that the UI shows it red; the flow fails only for a source that its card
calls required and that has not ended well for longer than it tolerates.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, date, datetime

from prefect import flow, runtime, task
from prefect.artifacts import acreate_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Failed

from flows.delivery import evaluate_and_route, send_round, watch_and_route
from flows.home import Home
from flows.ingest import cards
from flows.ingest.job import Job, opened
from flows.ingest.report import OUTSIDE_HOURS, RunReport, SourceTally, result_label
from flows.ingest.source import ingest_source
from flows.ingest.sync import sync_record
from flows.language import say
from flows.settings import load_settings
from scrapers.discovery.windows import SHANGHAI
from scrapers.sources.card import SourceCard
from storage import runs
from storage.fetching import thin_fetches
from storage.tallies import alert_tallies
from storage.vocabulary import RunResult

log = logging.getLogger(__name__)

BAD = (RunResult.BROKEN, RunResult.BLOCKED, RunResult.UNREACHABLE)
ARTIFACT = "ingest-summary"
OURS = ("flows", "scrapers", "storage", "alerts")


class RequiredSourceError(Exception):
    """A required source has not ended well for too long. `report` is what the run came to."""

    def __init__(self, report: RunReport) -> None:
        super().__init__(f"required sources failed: {', '.join(report.failed_required)}")
        self.report = report


def _run_name() -> str:
    given = runtime.flow_run.parameters
    what = ", ".join(given.get("sources") or ()) or say("全部来源", "all sources")
    backfill = given.get("since") or given.get("until")
    kind = say("补采", "backfill") if backfill else say("采集", "ingest")
    return f"{kind} {what} {datetime.now(SHANGHAI).strftime('%m-%d %H:%M')}"


@task(task_run_name="{card.name} {card.id}", cache_policy=NO_CACHE, persist_result=False)
async def collect_source(
    card: SourceCard, job: Job, run_id: int, tallies: dict[str, SourceTally]
) -> State[None] | None:
    """One source; its tally is left in `tallies` also where the task fails.

    A bad result is a failed state, not an exception: it is the site's doing, and its reason says more than a traceback.
    """
    tally = tallies[card.id] = await ingest_source(job, card, run_id)
    if RunResult(tally.result) in BAD:
        return Failed(message=f"{result_label(tally.result)}: {'; '.join(tally.told[:3])}")
    return None


@flow(name="ingest", flow_run_name=_run_name, persist_result=False, validate_parameters=True)
async def ingest(
    sources: list[str] | None = None,
    since: date | None = None,
    until: date | None = None,
    due_only: bool = False,  # noqa: FBT001, FBT002  Prefect's parameters are shown and given by name
) -> RunReport:
    """Fetch what was newly published, read it, keep it, tell what changed sharply. Raises RequiredSourceError."""
    for name in OURS:
        # Prefect hands on what these loggers let through; by default that begins at WARNING.
        logging.getLogger(name).setLevel(logging.INFO)
    logging.getLogger("prefect.task_runs").addFilter(_without_empty_traceback)
    home = Home.from_environment()
    settings = load_settings(home)
    loaded = cards.load(home)
    wanted = cards.chosen(home, sources, loaded)
    async with opened(home, settings, since=since, until=until) as job:
        await asyncio.to_thread(sync_record, job.store, home, loaded)
        if due_only:
            wanted = await cards.due(job, wanted)
        resting = {card.id: _resting(card, opens) for card in wanted if (opens := cards.opens_at(card, job.now))}
        wanted = tuple(card for card in wanted if card.id not in resting)
        name = runtime.flow_run.name or "ingest"
        run_id = await job.write(
            runs.start_run,
            kind="backfill" if job.window.asked else "ingest",
            now=job.now,
            name=name,
            flow_run_id=str(runtime.flow_run.id or ""),
        )
        tallies = await _collect_all(job, wanted, run_id)
        raised = await asyncio.to_thread(evaluate_and_route, job.store, settings)
        await asyncio.to_thread(watch_and_route, job.store, settings)
        sent = await asyncio.to_thread(send_round, job.store, home, settings)
        await _tally_alerts(job, tallies)
        report = RunReport(
            name=name,
            sources=(*tallies.values(), *resting.values()),
            raised=raised,
            sent=sent.delivered,
            pending=sent.pending,
            failed_required=await _failed_required(job, wanted, tallies),
            unusable=() if sources else cards.unusable(loaded.broken),
        )
        await job.write(runs.end_run, run_id, now=datetime.now(UTC), counts=report.counts)
        await job.write(thin_fetches, before=job.now - settings.fetch_log_for)
    await acreate_table_artifact(report.rows(), key=ARTIFACT, description=f"{report.name}\n\n{report.alerts_line()}")
    if report.failed_required:
        raise RequiredSourceError(report)
    return report


def _without_empty_traceback(record: logging.LogRecord) -> bool:
    """Prefect asks for a traceback of a failed state too, of which there is none: it would print "NoneType: None"."""
    if record.exc_info and record.exc_info[0] is None:
        record.exc_info = None
    return True


def _resting(card: SourceCard, opens: datetime) -> SourceTally:
    """The line of a source that its card does not let be asked at this hour; it has no run, and no result."""
    moment = f"{opens:%Y-%m-%d %H:%M} (+08:00)"
    note = say(f"{moment} 之前不采集", f"not before {moment}")
    return SourceTally(card.id, card.name, result=OUTSIDE_HOURS, notes=[note])


async def _collect_all(job: Job, wanted: tuple[SourceCard, ...], run_id: int) -> dict[str, SourceTally]:
    """All sources at once, so many at a time; a fault of ours in one does not stop the others."""
    gate = asyncio.Semaphore(job.settings.sources_at_once)
    tallies: dict[str, SourceTally] = {}

    async def one(card: SourceCard) -> None:
        async with gate:
            try:
                await collect_source(card, job, run_id, tallies)
            except Exception as fault:
                # The boundary of a source: a fault of ours in one must not cost the others their run. A failed state
                # comes back as an exception too; then the tally is there and says it all.
                if card.id in tallies:
                    return
                log.exception("%s", card.id)
                note = f"{type(fault).__name__}: {fault}"
                tallies[card.id] = SourceTally(card.id, card.name, result=RunResult.BROKEN.value, notes=[note])

    await asyncio.gather(*(one(card) for card in wanted))
    return {card.id: tallies[card.id] for card in wanted}


async def _tally_alerts(job: Job, tallies: dict[str, SourceTally]) -> None:
    """What became of the alerts of each source since the run began."""
    for source, alerts in (await job.write(alert_tallies, since=job.now)).items():
        if tally := tallies.get(source):
            tally.alerts, tally.alerts_sent, tally.alerts_unsent = alerts.raised, alerts.sent, alerts.others


async def _failed_required(
    job: Job, wanted: tuple[SourceCard, ...], tallies: dict[str, SourceTally]
) -> tuple[str, ...]:
    """The required sources that ended badly now and have not ended well for longer than their cards tolerate."""
    failed = []
    for card in wanted:
        if not card.required or RunResult(tallies[card.id].result) not in BAD:
            continue
        since = await job.write(runs.last_well, card.id)
        if since is None or job.now - since > card.tolerate_failures_for:
            failed.append(card.id)
    return tuple(failed)
