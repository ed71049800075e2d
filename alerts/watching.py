"""What falls due by the clock, not by an edition: silence and breakage of sources, and the sending loop's own health.

    watch_sources     rules 8 and 9 over all enabled sources                              (an ingest run ends with it)
    watch_deliveries  messages that wait too long, refused or dead ones, a weekly heartbeat, a daily
                      list of what is silenced and acknowledged                                 (the sending loop)

All raise alerts under fingerprints that name the season, the run or the day: watching again raises nothing new.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime, timedelta

from sqlmodel import Session

from alerts.channels.contract import Clock
from alerts.evaluation import Evaluated
from alerts.messages.compose import SHORT
from alerts.receivers.routing import Directory
from alerts.routing import release_and_repeat
from alerts.rules import breakage, silence
from alerts.vocabulary import BEIJING
from storage.alert_inputs import AlertInput
from storage.dispatch import oldest_pending
from storage.evaluation import raise_alert
from storage.handling import active_acknowledgements, active_silences, find_alert
from storage.runs import SourceRunFacts, failing_from, source_history
from storage.store import Store
from storage.telling import enabled_sources, names, publication_days, unsent
from storage.vocabulary import Audience, DeliveryState, Severity

TOO_OLD = timedelta(hours=1)
_YEARLY = ("work_report", "summary")
_LOOK_BACK = timedelta(days=6 * 366)
_FAILED = (DeliveryState.REFUSED, DeliveryState.DEAD)
_LATEST_RUNS = 30
_WEEK = timedelta(days=7)
# The hour in Beijing from which the day's list of what is muted is due: with the digests.
_LISTED_AT = 8


def watch_sources(store: Store, *, clock: Clock, directory: Directory | None = None) -> Evaluated:
    """Rules 8 and 9 over all enabled sources, in one transaction. Safe to run again.

    What was muted and still holds comes back once nothing mutes it. With a `directory`, what still holds is told again
    to receivers whose `repeat_interval` is over.
    """
    tally: Counter[str] = Counter()
    now = clock()
    today = now.astimezone(BEIJING).date()
    with store.write() as session:
        sources = enabled_sources(session)
        days = publication_days(session, _YEARLY, today - _LOOK_BACK)
        publishers = [
            silence.Publisher(
                source_id=source.id,
                name=source.name,
                region=source.region,
                body=source.body,
                months=tuple(sorted(int(month) for month in source.months if month.isdigit())),
                published=days.get(source.id, ()),
            )
            for source in sources
        ]
        watched = [
            breakage.Watched(
                source_id=source.id,
                name=source.name,
                region=source.region,
                body=source.body,
                runs=_runs(session, source.id),
                failing_from=failing_from(session, source.id),
            )
            for source in sources
        ]
        found = [*silence.find(publishers, today, names(session).regions), *breakage.find(watched)]
        lasting = _raise(session, found, now, tally)
        tally["repeated"] += release_and_repeat(session, directory, lasting, now)
    return Evaluated(0, dict(tally))


def watch_deliveries(store: Store, *, clock: Clock, too_old: timedelta = TOO_OLD) -> Evaluated:
    """Alerts for operators about the sending itself, in one transaction. Safe to run again."""
    tally: Counter[str] = Counter()
    now = clock()
    with store.write() as session:
        waiting = {r: since for r, since in oldest_pending(session, now=now).items() if now - since > too_old}
        day = now.astimezone(BEIJING).date()
        found = [_stuck(receiver, now - since, day.isoformat()) for receiver, since in sorted(waiting.items())]
        failed = unsent(session, _FAILED, now - timedelta(days=1))
        found += [_failed(receiver, number, day.isoformat()) for receiver, number in sorted(failed.items())]
        week = day.isocalendar()
        sent = sum(unsent(session, (DeliveryState.DELIVERED,), now - _WEEK).values())
        found.append(_heartbeat(f"{week.year}-W{week.week:02}", sent))
        found += _listing(session, now)
        _raise(session, found, now, tally)
    return Evaluated(0, dict(tally))


def _runs(session: Session, source_id: str) -> tuple[SourceRunFacts, ...]:
    """The latest runs, and before them those that brought something new: a source may publish once in a month."""
    latest = source_history(session, source_id, limit=_LATEST_RUNS)
    known = {run.run_id for run in latest}
    older = source_history(session, source_id, limit=_LATEST_RUNS, with_pages=True)
    return (*latest, *(run for run in older if run.run_id not in known))


def _raise(session: Session, found: list[AlertInput], now: datetime, tally: Counter[str]) -> set[int]:
    """Store what was found; gives the alerts that it belongs to."""
    raised = [raise_alert(session, item, now=now) for item in found]
    tally.update(item.what for item in raised)
    return {item.alert_id for item in raised}


def _stuck(receiver: str, age: timedelta, day: str) -> AlertInput:
    hours = f"{age.total_seconds() / 3600:.1f}"
    return _operators(
        "delivery", f"{receiver}|stuck|{day}", receiver, {"name": receiver, "age": hours, "kind": "stuck"}
    )


def _failed(receiver: str, number: int, day: str) -> AlertInput:
    facts = {"name": receiver, "n": str(number), "kind": "failed"}
    return _operators("delivery", f"{receiver}|failed|{day}", receiver, facts)


def _heartbeat(week: str, sent: int) -> AlertInput:
    return _operators("heartbeat", week, week, {"sent": str(sent), "kind": "heartbeat"})


def _listing(session: Session, now: datetime) -> list[AlertInput]:
    """Once a day, after eight in Beijing: every silence and acknowledgement in force, where there is any."""
    local = now.astimezone(BEIJING)
    muted = active_silences(session, now=now)
    taken = active_acknowledgements(session, now=now)
    if local.hour < _LISTED_AT or not (muted or taken):
        return []
    lines = [
        _line(one.owner, one.ends_at, one.note, kind="silence", id=str(one.id), what=one.matchers) for one in muted
    ]
    for one in taken.values():
        alert = find_alert(session, str(one.alert_id))
        what = {"region": alert.region or "", "subject": alert.subject}
        lines.append(_line(one.owner, one.until, one.note, kind="ack", id=alert.fingerprint[:SHORT], what=what))
    facts = {"kind": "listing", "silences": str(len(muted)), "acknowledgements": str(len(taken))}
    return [_operators("listing", local.date().isoformat(), "", facts | {"listed": "\n".join(lines)})]


def _line(owner: str, ends: datetime, note: str, **more: object) -> str:
    """One silence or acknowledgement, put into words when the message is written."""
    until = f"{ends.astimezone(BEIJING):%Y-%m-%d %H:%M}"
    return json.dumps({"owner": owner, "until": until, "note": note, **more}, ensure_ascii=False)


def _operators(rule: str, key: str, subject: str, facts: dict[str, str]) -> AlertInput:
    return AlertInput(
        rule=rule,
        key=key,
        audience=Audience.OPERATOR,
        severity=Severity.SHARP if rule == "delivery" else Severity.INFO,
        subject=subject,
        facts={"code": f"{rule}_{facts['kind']}" if rule == "delivery" else rule} | facts,
    )
