"""The scenario table: what a desk should and should not be told, one readable file per case.

A file of `scenarios/` gives reports in the order in which they come and, after each, exactly the alerts that it raises:

    title = "a sharp fall without a level is told"
    [[report]]
    published = 2025-01-17                     fetched that day unless `seen` says otherwise
    figures = ['crime -28% !为近14年最低']       indicator, value (81.27万), change, !remark, ~status, period:2023, of:61, hedge:under
    expect = ['crime stated_change new']       indicator, rule, state or what became of it, particulars (old:-18%)

    review = ['crime correct 9300']            a person's word on what was just stored: accept, reject, correct VALUE
    after = ['crime stated_change new']        what that raises
    feedback = ['crime incident']              a person's word on its alerts: useful, false, incident

`from`, `to` and `figures` in a [[years]] table stand for one report a year, stored as a backfill and expected to say nothing.
"""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func
from sqlmodel import select

from alerts.evaluation import evaluate_due
from alerts.messages.words import Words
from alerts.model import StatedChange
from alerts.vocabulary import Language
from storage import Store, open_store
from storage.alert_inputs import DeliveryInput
from storage.facts import AlertFacts
from storage.handling import give_feedback
from storage.review import decide
from storage.routing import add_delivery, alerts_in_state, open_group
from storage.tables import Observation
from storage.vocabulary import AlertState, Decision, Feedback
from tests.alerts.catalogue import sync
from tests.alerts.reports import Report, Stated, number, record

FOLDER = Path(__file__).parent / "scenarios"
FILES = sorted(FOLDER.glob("*.toml"))
ZH = Words(Language.ZH)


def test_there_are_enough() -> None:
    assert len(FILES) >= 80


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty record with its catalogue, made once and copied for each case."""
    path = tmp_path_factory.mktemp("template") / "zhengfa.db"
    with open_store(path) as store:
        sync(store, datetime(2010, 1, 1, tzinfo=UTC))
    return path


@pytest.fixture
def record_of(template: Path, tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "zhengfa.db"
    shutil.copy(template, path)
    with open_store(path, upgrade=False) as store:
        yield store


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_scenario(file: Path, record_of: Store) -> None:
    case = tomllib.loads(file.read_text(encoding="utf-8"))
    unknown = set(case) - {"title", "note", "years", "report"}
    assert not unknown, f"{file.name}: {unknown}"
    for years in case.get("years", []):
        for report in _yearly(years):
            assert _told(record_of, report) == [], f"{report.period} is history"
    for place, table in enumerate(case["report"], start=1):
        words = {name: table.pop(name, []) for name in ("expect", "review", "after", "feedback")}
        report = _report(table)
        _check(_told(record_of, report), words["expect"], f"{case['title']}, report {place}")
        if words["review"]:
            told = _told_of(record_of, report.now, partial(_review, record_of, words["review"], report.now))
            _check(told, words["after"], f"{case['title']}, review of {place}")
        _give_feedback(record_of, words["feedback"], report.now)


def _check(told: list[str], expected: list[str], where: str) -> None:
    told, wanted = sorted(told), sorted(" ".join(line.split()) for line in expected)
    assert _fits(told, wanted), f"{where}:\n  told   {told}\n  wanted {wanted}"


def _review(store: Store, lines: list[str], now: datetime) -> None:
    """Decide of the latest stored figure of each line's indicator."""
    with store.write() as session:
        for line in lines:
            indicator, decision, *value = line.split()
            newest = select(func.max(Observation.id)).where(Observation.indicator_id == indicator)
            figure = session.exec(newest).one()
            assert figure is not None, line
            accepted = number(value[0]) if value else None
            decide(session, figure, Decision(decision), reviewer="li", now=now, value=accepted)


def _give_feedback(store: Store, lines: list[str], now: datetime) -> None:
    with store.write() as session:
        for line in lines:
            indicator, verdict = line.split()
            alert = [one for one in alerts_in_state(session, tuple(AlertState)) if one.indicator_id == indicator][-1]
            give_feedback(session, alert.id, Feedback(verdict), author="li", now=now)


def _fits(told: list[str], wanted: list[str]) -> bool:
    """Each line is wanted, and says at least what is wanted of it."""
    left = list(told)
    for line in wanted:
        words = line.split()
        match = next((one for one in left if one.split()[:3] == words[:3] and set(words) <= set(one.split())), None)
        if match is None:
            return False
        left.remove(match)
    return not left


@dataclass(frozen=True)
class _Seen:
    """What an alert says, to see what a report changed."""

    revision: int
    state: str
    reason: str


def _told(store: Store, report: Report) -> list[str]:
    lines = _told_of(store, report.now, lambda: record(store, report))
    return [line for line in lines if not (report.origin != "ordinary" and " baseline" in line)]


def _told_of(store: Store, now: datetime, act: Callable[[], object]) -> list[str]:
    """Act, evaluate, and hand everything over: one line for every alert that is new or says something else."""
    before = {alert.id: _Seen(alert.revision, alert.state, alert.reason) for alert in _all(store)}
    act()
    evaluate_due(store, clock=lambda: now)
    lines = []
    for alert in _all(store):
        seen = before.get(alert.id)
        if seen == _Seen(alert.revision, alert.state, alert.reason):
            continue
        lines.append(_line(alert))
    _send(store, now)
    return lines


def _all(store: Store) -> tuple[AlertFacts, ...]:
    with store.read() as session:
        return alerts_in_state(session, tuple(AlertState))


def _send(store: Store, now: datetime) -> None:
    """As if every pending alert had gone to the desk."""
    with store.write() as session:
        for alert in alerts_in_state(session, (AlertState.PENDING,)):
            group = open_group(
                session,
                key=f"{alert.fingerprint}@{alert.revision}",
                reason=alert.reason,
                audience=alert.audience,
                alerts=[(alert.id, alert.revision)],
                now=now,
            )
            add_delivery(session, group, DeliveryInput(receiver="desk", reason=alert.reason, not_before=now), now=now)


def _line(alert: AlertFacts) -> str:
    """`crime stated_change new -28% …`: indicator, rule, what it is, and what may be asked of it."""
    what = alert.reason if alert.state is AlertState.PENDING else alert.state.value
    words = [alert.indicator_id or alert.subject, alert.rule, what, f"code:{alert.facts.get('code', '')}"]
    words += [f"also:{code}" for code in alert.facts.get("also", "").split()]
    words += [f"region:{alert.region}", f"severity:{alert.severity.value}", f"threshold:{alert.facts.get('threshold')}"]
    if alert.direction and alert.form:
        change = StatedChange(direction=alert.direction, value=alert.change_value, form=alert.form, basis="yoy")
        words.append(f"change:{ZH.change(change)}")
    if alert.old_change_value is not None:
        direction = alert.facts.get("old_direction", alert.direction or "up")
        old = StatedChange(direction=direction, value=alert.old_change_value, form=alert.form or "percent", basis="yoy")
        words.append(f"old:{ZH.change(old)}")
    if alert.old_value is not None:
        words.append(f"was:{ZH.number(alert.old_value)}")
    if alert.cause is not None:
        words.append(f"cause:{alert.cause.value}")
    words += [f"{name}:{alert.facts[name]}" for name in ("computed", "median", "n") if name in alert.facts]
    return " ".join(words)


def _report(table: dict[str, Any]) -> Report:
    figures = tuple(_stated(line) for line in table.pop("figures"))
    printed = tuple(_stated(line) for line in table.pop("printed", []))
    return Report(figures=figures, printed=printed, **table)


def _yearly(years: dict[str, Any]) -> Iterator[Report]:
    """`figures` hold lists of values or changes in braces: 'crime {100万 110万 121万}', one per year."""
    first, last = years.pop("from"), years.pop("to")
    lines: list[str] = years.pop("figures")
    for place, year in enumerate(range(first, last + 1)):
        figures = tuple(_stated(_nth(line, place)) for line in lines if _nth(line, place))
        base = Report(published=date(year + 1, 1, 20), figures=figures, period=str(year), origin="backfill")
        yield replace(base, url=f"http://127.0.0.1/{base.region}/{year}", **years)


def _nth(line: str, number: int) -> str:
    """The line of the n-th year; empty where a dash stands in its place."""
    head, _, rest = line.partition("{")
    if not rest:
        return line
    inside, _, tail = rest.partition("}")
    value = inside.split()[number]
    return "" if value == "-" else f"{head}{value}{tail}".replace("|", " ")


def _stated(line: str) -> Stated:
    indicator, *words = line.split()
    stated = Stated(indicator)
    for word in words:
        kind, _, rest = word.partition(":")
        if word[0] in "+-x=":
            stated = replace(stated, change=word)
        elif word[0] == "!":
            stated = replace(stated, remarks=(*stated.remarks, word[1:]))
        elif word[0] == "~":
            stated = replace(stated, status=word[1:])
        elif kind == "of":
            stated = replace(stated, region=rest)
        elif kind == "hedge":
            stated = replace(stated, change_qualifier=rest)
        elif rest and kind in ("period", "unit", "qualifier", "subject"):
            stated = replace(stated, **{kind: rest})  # type: ignore[arg-type]
        else:
            stated = replace(stated, value=word)
    return stated
