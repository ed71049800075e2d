"""Turns at a host, kept where all processes see them: who asks now, and from when the next may ask.

A turn is a row of the lease table under a name of its own. While somebody holds it, `owner` is set and `until` is when
it ends by itself; given back, `owner` is "" and `until` is the moment from which the next may take it. That a site
refused is a row as well, under a name of its own: `until` is how long that is remembered.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, select

from storage.bulk import insert_missing, insert_or_update_rows
from storage.tables import Lease

PREFIX = "turn:"
SLOW = "slow:"


def take_turn(
    session: Session, key: str, *, owner: str, now: datetime, expires: datetime
) -> tuple[datetime, bool] | None:
    """Take the turn until `expires`. None if granted; else until when it is not to be had, and whether it is held."""
    row = session.exec(select(Lease).where(Lease.name == PREFIX + key).with_for_update()).one_or_none()
    if row is None:
        insert_missing(session, Lease, [{"name": PREFIX + key, "owner": "", "until": now}], ["name"])
        row = session.exec(select(Lease).where(Lease.name == PREFIX + key).with_for_update()).one()
    if row.until > now:
        return row.until, bool(row.owner)
    row.owner, row.until = owner, expires
    session.add(row)
    session.flush()
    return None


def give_turn_back(session: Session, key: str, *, owner: str, free_at: datetime) -> None:
    """End a turn; the next may begin at `free_at`. Another's turn stays as it is."""
    row = session.exec(select(Lease).where(Lease.name == PREFIX + key).with_for_update()).one_or_none()
    if row is not None and row.owner == owner:
        row.owner, row.until = "", free_at
        session.add(row)
        session.flush()


def slow_until(session: Session, name: str) -> datetime | None:
    """Until when it is remembered that a site refused; None where it never did."""
    return session.exec(select(Lease.until).where(Lease.name == SLOW + name)).one_or_none()


def slow_down(session: Session, name: str, until: datetime) -> None:
    """Remember until then that a site refused."""
    row = {"name": SLOW + name, "owner": "", "until": until}
    insert_or_update_rows(session.connection(), Lease, [row], ["name"])
