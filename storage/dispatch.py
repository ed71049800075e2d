"""The sending loop's door: rows are leased, tried, and closed by a receipt, a later try, a refusal or a dead letter.

    pending --lease--> leased --delivered--> delivered
       ^                  |  --refused-----> refused
       |                  |  --retry at t--> pending (or dead, where no later try is given)
       +--lease runs out--+
    pending --useful_until has passed--> digested
    pending --its receiver is gone--> orphaned --it is back--> pending

Order is kept per receiver: a row is leased only when no older one of that receiver is due or being tried. Two
dispatchers never hold the same row; whoever dies leaves a lease that runs out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, exists, func, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.alert_inputs import AttemptInput
from storage.errors import NotFound
from storage.facts import AlertFacts, DeliveryFacts
from storage.rows import alerts_with_evidence
from storage.tables import Alert, Attempt, Delivery, GroupAlert, ReceiverState
from storage.vocabulary import DeliveryState, Verdict

OPEN = (DeliveryState.PENDING.value, DeliveryState.LEASED.value)


def lease_deliveries(
    session: Session,
    *,
    owner: str,
    now: datetime,
    lease_for: timedelta,
    limit: int = 20,
    leave_out: Collection[str] = (),
    only: Collection[int] | None = None,
) -> tuple[DeliveryFacts, ...]:
    """Lease what is due now, at most one row per receiver, oldest first; `leave_out` are receivers busy or paused here.

    With `only`, these rows and no others, whatever waits before them, though the receiver is paused and at any hour: a
    person asks.

    Rows of a digest are not leased (see `digest_rows`), nor those of a receiver that is paused, nor what is past its
    `useful_until` (see `expire_deliveries`).
    """
    older = aliased(Delivery)
    first_in_line = ~exists().where(
        col(older.receiver) == col(Delivery.receiver),
        col(older.digest) == "",
        col(older.state).in_(OPEN),
        col(older.id) < col(Delivery.id),
        # One that waits for its window, or is past its use, holds nothing back; one that is due, being sent or waits
        # for its next try does.
        or_(col(older.useful_until).is_(None), col(older.useful_until) > now),
        or_(
            col(older.next_try_at) <= now,
            and_(col(older.attempts) > 0, col(older.put_off).is_(False)),
            col(older.state) == DeliveryState.LEASED,
        ),
    )
    free = or_(
        col(Delivery.state) == DeliveryState.PENDING,
        and_(col(Delivery.state) == DeliveryState.LEASED, col(Delivery.lease_until) <= now),
    )
    paused = exists().where(
        col(ReceiverState.receiver) == col(Delivery.receiver), col(ReceiverState.paused_until) > now
    )
    query = (
        select(Delivery)
        .where(free, col(Delivery.digest) == "")
        .where(
            and_(col(Delivery.next_try_at) <= now, first_in_line, ~paused)
            if only is None
            else col(Delivery.id).in_(list(only))
        )
        .where(or_(col(Delivery.useful_until).is_(None), col(Delivery.useful_until) > now))
        .where(col(Delivery.receiver).not_in(list(leave_out)))
        .order_by(col(Delivery.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = session.exec(query).all()
    for row in rows:
        # Whoever held it and died may have sent it.
        row.possibly_repeated = row.possibly_repeated or row.state == DeliveryState.LEASED
        row.state, row.lease_owner, row.lease_until = DeliveryState.LEASED.value, owner, now + lease_for
        session.add(row)
    session.flush()
    return tuple(_with_alerts(session, row) for row in rows)


def record_attempt(
    session: Session, delivery_id: int, *, owner: str, attempt: AttemptInput, now: datetime
) -> DeliveryState:
    """Write what an attempt came to and close the row, or set its next try. Raises NotFound where the lease is lost.

    A lost lease means that another process has taken the row over; what was sent is then possibly sent twice, which the
    idempotency key lets the receiver see.
    """
    row = session.exec(select(Delivery).where(Delivery.id == delivery_id).with_for_update()).one_or_none()
    if row is None or row.state != DeliveryState.LEASED or row.lease_owner != owner:
        raise NotFound(f"delivery {delivery_id} is no longer leased to {owner}")
    row.attempts += 1
    session.add(
        Attempt(
            delivery_id=delivery_id,
            number=row.attempts,
            at=now,
            verdict=attempt.verdict.value,
            answer=attempt.answer,
            milliseconds=attempt.milliseconds,
        )
    )
    row.parts_done = tuple(dict.fromkeys((*row.parts_done, *attempt.parts_done)))
    state = _after(attempt)
    row.state, row.lease_owner, row.lease_until = state.value, None, None
    if attempt.verdict is Verdict.UNKNOWN:
        row.possibly_repeated = True
    if state is DeliveryState.DELIVERED:
        row.receipt, row.last_error = attempt.answer, ""
    else:
        row.last_error = attempt.answer
    if attempt.retry_at is not None and state is DeliveryState.PENDING:
        row.next_try_at, row.put_off = attempt.retry_at, attempt.put_off
    if state is not DeliveryState.PENDING:
        row.closed_at = now
    session.add(row)
    session.flush()
    return state


def release_delivery(session: Session, delivery_id: int, *, owner: str) -> None:
    """Give a leased row back untried (the process stops); nothing is counted."""
    session.connection().execute(
        update(Delivery)
        .where(
            col(Delivery.id) == delivery_id,
            col(Delivery.lease_owner) == owner,
            col(Delivery.state) == DeliveryState.LEASED.value,
        )
        .values(state=DeliveryState.PENDING.value, lease_owner=None, lease_until=None)
    )


def put_off(session: Session, delivery_id: int, *, owner: str, until: datetime) -> None:
    """Give a leased row back untried until a window opens or quiet hours end; it holds nothing back meanwhile."""
    release_delivery(session, delivery_id, owner=owner)
    session.connection().execute(
        update(Delivery)
        .where(col(Delivery.id) == delivery_id, col(Delivery.state) == DeliveryState.PENDING.value)
        .values(next_try_at=until, put_off=True)
    )


def abandon(session: Session, delivery_id: int, *, why: str, now: datetime) -> None:
    """End an open row for good: nobody wants it any more."""
    session.connection().execute(
        update(Delivery)
        .where(col(Delivery.id) == delivery_id, col(Delivery.state) == DeliveryState.PENDING.value)
        .values(state=DeliveryState.DEAD.value, last_error=why, closed_at=now)
    )


def expire_deliveries(session: Session, *, now: datetime) -> int:
    """Put what is past its `useful_until` and not being sent into the digest; gives how many."""
    done = session.connection().execute(
        update(Delivery)
        .where(
            col(Delivery.state) == DeliveryState.PENDING.value,
            col(Delivery.digest) == "",
            col(Delivery.useful_until) <= now,
        )
        .values(state=DeliveryState.DIGESTED.value, closed_at=now)
    )
    return int(done.rowcount)


def open_receivers(session: Session) -> set[str]:
    """The receivers with rows that are not closed, those of digests included."""
    return set(session.exec(select(Delivery.receiver).where(col(Delivery.state).in_(OPEN)).distinct()))


def orphaned_receivers(session: Session) -> set[str]:
    """The receivers with orphaned rows."""
    query = select(Delivery.receiver).where(Delivery.state == DeliveryState.ORPHANED).distinct()
    return set(session.exec(query))


def orphan_deliveries(session: Session, receiver: str, *, now: datetime) -> int:
    """End the open rows of a receiver that is gone, but for one that is being sent; gives how many."""
    done = session.connection().execute(
        update(Delivery)
        .where(
            col(Delivery.receiver) == receiver,
            col(Delivery.state).in_(OPEN),
            or_(col(Delivery.lease_until).is_(None), col(Delivery.lease_until) <= now),
        )
        .values(state=DeliveryState.ORPHANED.value, closed_at=now, lease_owner=None, lease_until=None)
    )
    return int(done.rowcount)


def reinstate_orphans(session: Session, receiver: str, *, since: datetime, now: datetime) -> int:
    """Take up the orphaned rows of a receiver that is back, those made since a moment; gives how many."""
    done = session.connection().execute(
        update(Delivery)
        .where(
            col(Delivery.receiver) == receiver,
            col(Delivery.state) == DeliveryState.ORPHANED.value,
            col(Delivery.created_at) > since,
        )
        .values(state=DeliveryState.PENDING.value, closed_at=None, next_try_at=now)
    )
    return int(done.rowcount)


def pause_receiver(session: Session, receiver: str, *, until: datetime | None, failures: int) -> None:
    """Remember a receiver's back-off (None: none) and how often it failed in a row."""
    state = _receiver_row(session, receiver)
    state.paused_until, state.failures = until, failures
    session.add(state)
    session.flush()


def note_delivered(session: Session, receiver: str, *, now: datetime) -> None:
    """Remember that a receiver took something: its back-off is over."""
    state = _receiver_row(session, receiver)
    state.paused_until, state.failures, state.delivered_at = None, 0, now
    session.add(state)
    session.flush()


def receiver_states(session: Session) -> dict[str, ReceiverState]:
    """What is remembered of every receiver, by name."""
    return {row.receiver: row for row in session.exec(select(ReceiverState))}


def oldest_pending(session: Session, *, now: datetime) -> dict[str, datetime]:
    """By receiver, since when its oldest row that was due has been waiting: what is watched."""
    query = (
        select(Delivery.receiver, func.min(Delivery.created_at))
        .where(col(Delivery.state).in_(OPEN), col(Delivery.digest) == "", col(Delivery.next_try_at) <= now)
        .group_by(Delivery.receiver)
    )
    return dict(session.exec(query).all())


def digest_rows(session: Session, receiver: str, *, digest: str, until: datetime) -> tuple[DeliveryFacts, ...]:
    """What belongs into a receiver's digest: rows made for it, and (in its first digest after) rows that expired."""
    made_for_it = and_(col(Delivery.digest) == digest, col(Delivery.state) == DeliveryState.PENDING)
    expired = and_(
        col(Delivery.digest) == "", col(Delivery.state) == DeliveryState.DIGESTED, col(Delivery.receipt) == ""
    )
    query = (
        select(Delivery)
        .where(Delivery.receiver == receiver, or_(made_for_it, expired), col(Delivery.created_at) <= until)
        .order_by(col(Delivery.id))
        .with_for_update(skip_locked=True)
    )
    return tuple(_with_alerts(session, row) for row in session.exec(query).all())


def close_into_digest(session: Session, delivery_ids: Sequence[int], *, digest_key: str, now: datetime) -> None:
    """Mark rows as part of the digest whose group has `digest_key`; they are in no other digest then."""
    session.connection().execute(
        update(Delivery)
        .where(col(Delivery.id).in_(delivery_ids))
        .values(
            state=DeliveryState.DIGESTED.value,
            receipt=f"digest {digest_key}",
            closed_at=now,
            lease_owner=None,
            lease_until=None,
        )
    )


def delivery(session: Session, delivery_id: int) -> DeliveryFacts:
    """One row with its alerts. Raises NotFound."""
    row = session.get(Delivery, delivery_id)
    if row is None:
        raise NotFound(f"there is no delivery {delivery_id}")
    return _with_alerts(session, row)


def deliveries_of(session: Session, alert_id: int) -> tuple[int, ...]:
    """The deliveries that tell an alert, oldest first."""
    query = select(Delivery.id).join(GroupAlert, col(GroupAlert.group_id) == col(Delivery.group_id))
    found = session.exec(query.where(GroupAlert.alert_id == alert_id).order_by(col(Delivery.id)))
    return tuple(row for row in found if row is not None)


def readdress(session: Session, delivery_id: int, receiver: str) -> None:
    """Give a row of a receiver that is gone to another one, under the same idempotency key. Raises NotFound."""
    row = session.get(Delivery, delivery_id)
    if row is None:
        raise NotFound(f"there is no delivery {delivery_id}")
    row.receiver = receiver
    session.add(row)
    session.flush()


def requeue(session: Session, delivery_id: int, *, now: datetime) -> None:
    """Try a closed delivery once more, now, with the same idempotency key. Raises NotFound."""
    row = session.get(Delivery, delivery_id)
    if row is None:
        raise NotFound(f"there is no delivery {delivery_id}")
    row.state, row.next_try_at, row.put_off, row.useful_until = DeliveryState.PENDING.value, now, False, None
    row.closed_at, row.receipt, row.lease_owner = None, "", None
    session.add(row)
    session.flush()


def _after(attempt: AttemptInput) -> DeliveryState:
    if attempt.verdict is Verdict.DELIVERED:
        return DeliveryState.DELIVERED
    if attempt.verdict is Verdict.REFUSED:
        return DeliveryState.REFUSED
    return DeliveryState.DEAD if attempt.retry_at is None else DeliveryState.PENDING


def _receiver_row(session: Session, receiver: str) -> ReceiverState:
    return session.get(ReceiverState, receiver) or ReceiverState(receiver=receiver)


def _with_alerts(session: Session, row: Delivery) -> DeliveryFacts:
    assert row.id is not None  # noqa: S101 - it comes from the table
    alerts = _alerts_of(session, row.group_id)
    return DeliveryFacts(
        id=row.id,
        group_id=row.group_id,
        receiver=row.receiver,
        reason=row.reason,
        idempotency_key=row.idempotency_key,
        digest=row.digest,
        attempts=row.attempts,
        possibly_repeated=row.possibly_repeated,
        created_at=row.created_at,
        useful_until=row.useful_until,
        alerts=alerts,
        thread=_thread(session, row, [alert.id for alert in alerts]),
        parts_done=row.parts_done,
        route=row.route,
        state=DeliveryState(row.state),
        revisions=dict(
            session.exec(
                select(GroupAlert.alert_id, GroupAlert.revision).where(GroupAlert.group_id == row.group_id)
            ).all()
        ),
    )


def _alerts_of(session: Session, group_id: int) -> tuple[AlertFacts, ...]:
    query = (
        select(Alert)
        .join(GroupAlert, col(GroupAlert.alert_id) == col(Alert.id))
        .where(GroupAlert.group_id == group_id)
        .order_by(col(Alert.id))
    )
    return alerts_with_evidence(session, session.exec(query).all())


def _thread(session: Session, row: Delivery, alert_ids: Sequence[int]) -> str | None:
    query = (
        select(Delivery.idempotency_key)
        .join(GroupAlert, col(GroupAlert.group_id) == col(Delivery.group_id))
        .where(Delivery.receiver == row.receiver, col(GroupAlert.alert_id).in_(alert_ids), col(Delivery.id) < row.id)
        .order_by(col(Delivery.id))
        .limit(1)
    )
    return session.exec(query).first()


def count_open(session: Session) -> int:
    """How many deliveries are not closed yet."""
    open_states = (DeliveryState.PENDING.value, DeliveryState.LEASED.value)
    return int(
        session.exec(select(func.count()).select_from(Delivery).where(col(Delivery.state).in_(open_states))).one()
    )
