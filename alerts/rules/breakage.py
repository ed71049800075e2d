"""Rule 9, for operators only: a source that no longer works, told from how its runs used to end.

    run_failed        broken, blocked or unreachable, in two runs one after the other (blocked: at once)
    list_shrunk       fewer than half of the links that its list pages usually show
    landmarks_gone    a list page came, but without any of the card's landmarks
    fill_rate         fewer than half of the figures per new page that are usual
    unread_up         more than twice the usual share of figures unread

The latest run is never part of what is usual. Links of a run count only where every list page was walked to its end
and sent whole: a list that answered 304 shows none, an unfinished walk some. One alert per source and kind of trouble,
named after the run in which it began; it is over when a run shows that it is. A run that cannot tell, since its lists
answered 304 or brought nothing new, neither begins nor ends one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile
from statistics import median
from typing import TypeAlias

from storage.alert_inputs import AlertInput
from storage.runs import SourceRunFacts
from storage.vocabulary import Audience, RunResult, Severity

NAME = "breakage"
_LEAST_RUNS = 4
_HALF = Decimal("0.5")
_TWICE = 2
_LEAST_LINKS = 4
_LEAST_FIGURES = 10
_LEAST_SHARE = Decimal("0.1")
_FAILED = (RunResult.BROKEN, RunResult.BLOCKED, RunResult.UNREACHABLE)
_WORKED = (RunResult.OK, RunResult.NOTHING_NEW, RunResult.PARTIAL)
# What flows count in a source run beside its own columns: list pages that did not change, that had lost their
# landmarks, and whether a walk ended before its time.
_NOT_MODIFIED = "lists.not_modified"
_NO_LANDMARKS = "lists.no_landmarks"
_UNFINISHED = "walk.unfinished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A source and its past runs, newest first, the older ones as far as they brought something new.

    `failing_from` is the first run of those that have failed since one last worked, where `runs` do not reach so far.
    """

    source_id: str
    name: str
    region: str
    body: str
    runs: tuple[SourceRunFacts, ...] = ()
    failing_from: int | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """One kind of trouble, with its particulars for the message, and the run in which it began."""

    kind: str
    particulars: Mapping[str, str]
    began: int


def find(watched: Sequence[Watched]) -> Iterator[AlertInput]:
    """Candidates for all sources that are in trouble now."""
    for source in watched:
        for trouble in troubles(source.runs, source.failing_from):
            yield _tell(source, trouble)


def troubles(runs: Sequence[SourceRunFacts], failing_from: int | None = None) -> Iterator[Trouble]:
    """What is wrong as the latest of `runs` (newest first) shows it."""
    ended = [run for run in runs if run.result is not None]
    if not ended:
        return
    if ended[0].result in _FAILED:
        yield from _failed(ended, failing_from)
        return
    worked = [run for run in ended if run.result in _WORKED]
    yield from _lasting(_shrunk, [run for run in worked if _whole(run)])
    with_pages = [run for run in worked if run.counts.new]
    yield from _lasting(_emptied, with_pages)
    yield from _lasting(_unread, with_pages)


def _failed(runs: Sequence[SourceRunFacts], failing_from: int | None) -> Iterator[Trouble]:
    latest, failed = runs[0], list(takewhile(lambda run: run.result in _FAILED, runs))
    began = failing_from if failing_from is not None else failed[-1].run_id
    detail = latest.note or "—"
    if latest.counts.more.get(_NO_LANDMARKS):
        yield Trouble("landmarks_gone", {"detail": detail}, began)
    elif latest.result is RunResult.BLOCKED:
        yield Trouble("blocked", {"detail": detail}, began)
    elif len(failed) > 1:
        yield Trouble("run_failed", {"detail": detail}, began)


_Judge: TypeAlias = Callable[[SourceRunFacts, Sequence[SourceRunFacts]], "tuple[str, str, str] | None"]


def _lasting(judge: _Judge, runs: Sequence[SourceRunFacts]) -> Iterator[Trouble]:
    """What the latest run that can tell says (kind, usual, now), named after the first of those that say so."""
    found, began = None, 0
    for position, run in enumerate(runs):
        past = runs[position + 1 :]
        said = judge(run, past) if len(past) >= _LEAST_RUNS else None
        if said is None:
            break
        found, began = found or said, run.run_id
    if found is not None:
        kind, usual, now = found
        yield Trouble(kind, {"usual": usual, "now": now}, began)


def _whole(run: SourceRunFacts) -> bool:
    """Whether the links of a run are all that its lists show."""
    more = run.counts.more
    return not more.get(_NOT_MODIFIED) and not more.get(_UNFINISHED)


def _shrunk(latest: SourceRunFacts, past: Sequence[SourceRunFacts]) -> tuple[str, str, str] | None:
    usual = Decimal(median(run.counts.links for run in past))
    if usual < _LEAST_LINKS or latest.counts.links >= usual * _HALF:
        return None
    return "list_shrunk", f"{usual:.0f}", str(latest.counts.links)


def _emptied(latest: SourceRunFacts, past: Sequence[SourceRunFacts]) -> tuple[str, str, str] | None:
    usual, now = Decimal(median(_per_page(run) for run in past)), _per_page(latest)
    if usual < _LEAST_FIGURES or now >= usual * _HALF:
        return None
    return "fill_rate", f"{usual:.0f}", f"{now:.0f}"


def _unread(latest: SourceRunFacts, past: Sequence[SourceRunFacts]) -> tuple[str, str, str] | None:
    usual, now = Decimal(median(_unread_share(run) for run in past)), _unread_share(latest)
    if latest.counts.unread < _LEAST_FIGURES or now <= max(usual * _TWICE, _LEAST_SHARE):
        return None
    return "unread_up", f"{usual:.0%}", f"{now:.0%}"


def _per_page(run: SourceRunFacts) -> Decimal:
    return Decimal(run.counts.figures) / run.counts.new


def _unread_share(run: SourceRunFacts) -> Decimal:
    seen = run.counts.figures + run.counts.unread
    return Decimal(run.counts.unread) / seen if seen else Decimal(0)


def _tell(source: Watched, trouble: Trouble) -> AlertInput:
    return AlertInput(
        rule=NAME,
        key=f"{source.source_id}|{trouble.kind}|{trouble.began}",
        audience=Audience.OPERATOR,
        severity=Severity.SHARP if trouble.kind in ("blocked", "run_failed", "landmarks_gone") else Severity.NOTABLE,
        source_id=source.source_id,
        region=source.region,
        body=source.body,
        subject=source.name,
        sharpness=Decimal(1),
        facts={"code": NAME, "what": f"@breakage.{trouble.kind}", "kind": trouble.kind} | dict(trouble.particulars),
    )
