"""Words of people about alerts: acknowledge, silence, feedback; and the whole story of one alert."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from storage.bulk import insert_missing, insert_one
from storage.errors import InvalidInput, NotFound
from storage.facts import AlertFacts, SentFacts, StageFacts
from storage.prepared import Row
from storage.routing import sent_of, stages_of
from storage.rows import alerts_with_evidence
from storage.tables import Acknowledgement, Alert, AlertFeedback, Attempt, Delivery, GroupAlert, Point, Silence
from storage.vocabulary import Feedback


@dataclass(frozen=True, slots=True)
class AlertStory:
    """Why you got an alert, or not."""

    alert: AlertFacts
    stages: tuple[StageFacts, ...]
    sent: tuple[SentFacts, ...]
    attempts: tuple[Attempt, ...]
    acknowledgements: tuple[Acknowledgement, ...]
    feedback: tuple[AlertFeedback, ...]


def find_alert(session: Session, name: str) -> AlertFacts:
    """The alert by its id or the beginning of its fingerprint. Raises NotFound, also where several begin so."""
    if name.isdigit() and len(name) < 16 and (row := session.get(Alert, int(name))) is not None:
        return alerts_with_evidence(session, [row])[0]
    query = select(Alert).where(col(Alert.fingerprint).startswith(name, autoescape=True)).limit(2)
    rows = session.exec(query).all()
    if not name or len(rows) != 1:
        raise NotFound(f"{name!r} names {'several alerts' if rows else 'no alert'}; zhengfa alerts list shows them")
    return alerts_with_evidence(session, rows)[0]


def why(session: Session, alert_id: int) -> AlertStory:
    """Everything that happened to an alert. Raises NotFound."""
    row = session.get(Alert, alert_id)
    if row is None:
        raise NotFound(f"there is no alert {alert_id}")
    attempts = session.exec(
        select(Attempt)
        .join(Delivery, col(Delivery.id) == col(Attempt.delivery_id))
        .join(GroupAlert, col(GroupAlert.group_id) == col(Delivery.group_id))
        .where(GroupAlert.alert_id == alert_id)
        .order_by(col(Attempt.id))
    ).all()
    taken = select(Acknowledgement).where(Acknowledgement.alert_id == alert_id).order_by(col(Acknowledgement.id))
    said = select(AlertFeedback).where(AlertFeedback.alert_id == alert_id).order_by(col(AlertFeedback.id))
    return AlertStory(
        alert=alerts_with_evidence(session, [row])[0],
        stages=stages_of(session, alert_id),
        sent=sent_of(session, [alert_id]),
        attempts=tuple(attempts),
        acknowledgements=tuple(session.exec(taken)),
        feedback=tuple(session.exec(said)),
    )


def acknowledge(
    session: Session, alert_id: int, *, owner: str, note: str, until: datetime, now: datetime, link: str | None = None
) -> int:
    """Take an alert over until a moment; gives the acknowledgement's id. Raises NotFound and InvalidInput.

    A `link` acts once: used again, it gives what it made the first time.
    """
    if session.get(Alert, alert_id) is None:
        raise NotFound(f"there is no alert {alert_id}")
    if until <= now:
        raise InvalidInput("an acknowledgement must end in the future")
    row = {"alert_id": alert_id, "owner": owner, "note": note, "created_at": now, "until": until}
    return _added(session, Acknowledgement, row, link)


def made_by_link(session: Session, link: str) -> Acknowledgement | Silence | None:
    """What a signed link has done already; None where it was not used."""
    taken = session.exec(select(Acknowledgement).where(Acknowledgement.link == link)).one_or_none()
    return taken or session.exec(select(Silence).where(Silence.link == link)).one_or_none()


def active_acknowledgements(session: Session, *, now: datetime) -> dict[int, Acknowledgement]:
    """By alert, the acknowledgement that ends last."""
    query = select(Acknowledgement).where(col(Acknowledgement.until) > now).order_by(col(Acknowledgement.until))
    return {row.alert_id: row for row in session.exec(query)}


def silence(
    session: Session,
    *,
    matchers: dict[str, str],
    owner: str,
    note: str,
    starts: datetime,
    ends: datetime,
    now: datetime,
    link: str | None = None,
) -> int:
    """Mute what all `matchers` fit; gives the silence's id. Raises InvalidInput for none, or a wrong end.

    A `link` acts once, as in `acknowledge`.
    """
    if not matchers:
        raise InvalidInput("a silence needs at least one matcher, such as region=62")
    if ends <= max(starts, now):
        raise InvalidInput("a silence must end after it starts, in the future")
    row = {
        "matchers": matchers, "owner": owner, "note": note, "starts_at": starts, "ends_at": ends, "created_at": now,
    }  # fmt: skip
    return _added(session, Silence, row, link)


def end_silence(session: Session, silence_id: int, *, now: datetime) -> None:
    """End a silence now. Raises NotFound."""
    row = session.get(Silence, silence_id)
    if row is None:
        raise NotFound(f"there is no silence {silence_id}")
    row.ends_at = min(row.ends_at, now)
    session.add(row)
    session.flush()


def active_silences(session: Session, *, now: datetime) -> tuple[Silence, ...]:
    """The silences that hold now, oldest first."""
    query = select(Silence).where(col(Silence.starts_at) <= now, col(Silence.ends_at) > now).order_by(col(Silence.id))
    return tuple(session.exec(query))


def ended_silences(session: Session, *, now: datetime) -> tuple[Silence, ...]:
    """The silences that are over and whose held alerts nobody has looked at since, oldest first."""
    query = select(Silence).where(col(Silence.ends_at) <= now, col(Silence.settled).is_(False))
    return tuple(session.exec(query.order_by(col(Silence.id)).with_for_update(skip_locked=True)))


def ended_acknowledgements(session: Session, *, now: datetime) -> tuple[Acknowledgement, ...]:
    """The same for acknowledgements."""
    query = select(Acknowledgement).where(col(Acknowledgement.until) <= now, col(Acknowledgement.settled).is_(False))
    return tuple(session.exec(query.order_by(col(Acknowledgement.id)).with_for_update(skip_locked=True)))


def give_feedback(
    session: Session, alert_id: int, verdict: Feedback, *, author: str, note: str = "", now: datetime
) -> None:
    """Note what a person says of an alert; `false` and `incident` leave its point out of baselines. Raises NotFound."""
    alert = session.get(Alert, alert_id)
    if alert is None:
        raise NotFound(f"there is no alert {alert_id}")
    session.add(AlertFeedback(alert_id=alert_id, verdict=verdict.value, author=author, note=note, created_at=now))
    point = session.exec(
        select(Point).where(
            Point.series_id == alert.series_id,
            Point.period_first == alert.period_first,
            Point.period_last == alert.period_last,
        )
    ).one_or_none()
    if point is not None:
        point.excluded = verdict is not Feedback.USEFUL
        session.add(point)
    session.flush()


def _added(session: Session, model: type[Acknowledgement | Silence], row: Row, link: str | None) -> int:
    """A new row, or that which the same link has made before: by two at once as well, hence one statement."""
    values = {**row, "link": link, "settled": False}
    if link is None:
        return insert_one(session.connection(), model, **values)
    insert_missing(session, model, [values], ["link"])
    found = session.exec(select(model.id).where(model.link == link)).one()
    assert found is not None  # noqa: S101 - it comes from the table
    return found
