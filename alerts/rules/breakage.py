"""Rule 9, for operators only: a source that no longer works, told from how its runs used to end.

    run_failed        broken, blocked or unreachable, in two runs one after the other (blocked: at once)
    list_shrunk       fewer than half of the links that its list pages usually show
    landmarks_gone    the run says that a landmark was not found
    fill_rate         fewer than half of the figures per new page that are usual
    unread_up         more than twice the usual share of figures unread

The latest run is never part of what is usual. One alert per source and kind of trouble, named after the run in which it
began; it is over when a run ends without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from storage.alert_inputs import AlertInput
from storage.runs import SourceRunFacts
from storage.vocabulary import Audience, RunResult, Severity

NAME = "breakage"
_LEAST_RUNS = 4
_HALF = Decimal("0.5")
_TWICE = 2
_LEAST_LINKS = 4
_LEAST_FIGURES = 10
_FAILED = (RunResult.BROKEN, RunResult.BLOCKED, RunResult.UNREACHABLE)
_WORKED = (RunResult.OK, RunResult.NOTHING_NEW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A source and its past runs, newest first."""

    source_id: str
    name: str
    region: str
    body: str
    runs: tuple[SourceRunFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class Trouble:
    """One kind of trouble, with its particulars for the message."""

    kind: str
    particulars: Mapping[str, str]


def find(watched: Sequence[Watched]) -> Iterator[AlertInput]:
    """Candidates for all sources that are in trouble now."""
    for source in watched:
        ended = [run for run in source.runs if run.result is not None]
        for trouble in troubles(ended):
            yield _tell(source, trouble, _began(ended, trouble.kind))


def troubles(runs: Sequence[SourceRunFacts]) -> Iterator[Trouble]:
    """What is wrong in the latest of `runs` (newest first, each with a result)."""
    if not runs:
        return
    latest, past = runs[0], [run for run in runs[1:] if run.result in (*_WORKED, RunResult.PARTIAL)]
    if latest.result in _FAILED:
        again = len(runs) > 1 and runs[1].result in _FAILED
        if latest.result is RunResult.BLOCKED:
            yield Trouble("blocked", {"detail": latest.note or "—"})
        elif "landmark" in latest.note:
            yield Trouble("landmarks_gone", {"detail": latest.note})
        elif again:
            yield Trouble("run_failed", {"detail": f"{latest.result}: {latest.note}".removesuffix(": ")})
        return
    if len(past) >= _LEAST_RUNS:
        yield from _less_than_usual(latest, past)


def _less_than_usual(latest: SourceRunFacts, past: Sequence[SourceRunFacts]) -> Iterator[Trouble]:
    links = Decimal(median(run.counts.links for run in past))
    if links >= _LEAST_LINKS and latest.counts.links < links * _HALF:
        yield Trouble("list_shrunk", {"usual": f"{links:.0f}", "now": str(latest.counts.links)})
    with_pages = [run for run in past if run.counts.new]
    if not latest.counts.new or len(with_pages) < _LEAST_RUNS:
        return
    usual = Decimal(median(Decimal(run.counts.figures) / run.counts.new for run in with_pages))
    now = Decimal(latest.counts.figures) / latest.counts.new
    if usual >= _LEAST_FIGURES and now < usual * _HALF:
        yield Trouble("fill_rate", {"usual": f"{usual:.0f}", "now": f"{now:.0f}"})
    was = Decimal(median(_unread_share(run) for run in with_pages))
    share = _unread_share(latest)
    if latest.counts.unread >= _LEAST_FIGURES and share > max(was * _TWICE, Decimal("0.1")):
        yield Trouble("unread_up", {"usual": f"{was:.0%}", "now": f"{share:.0%}"})


def _unread_share(run: SourceRunFacts) -> Decimal:
    seen = run.counts.figures + run.counts.unread
    return Decimal(run.counts.unread) / seen if seen else Decimal(0)


def _began(runs: Sequence[SourceRunFacts], kind: str) -> int:
    """The run in which the present trouble began: as far back as every run shows it."""
    began = runs[0].run_id
    for position in range(1, len(runs)):
        if all(trouble.kind != kind for trouble in troubles(runs[position:])):
            break
        began = runs[position].run_id
    return began


def _tell(source: Watched, trouble: Trouble, began: int) -> AlertInput:
    return AlertInput(
        rule=NAME,
        key=f"{source.source_id}|{trouble.kind}|{began}",
        audience=Audience.OPERATOR,
        severity=Severity.SHARP if trouble.kind in ("blocked", "run_failed", "landmarks_gone") else Severity.NOTABLE,
        source_id=source.source_id,
        region=source.region,
        body=source.body,
        subject=source.name,
        sharpness=Decimal(1),
        facts={"code": NAME, "what": f"@breakage.{trouble.kind}", "kind": trouble.kind} | dict(trouble.particulars),
    )
