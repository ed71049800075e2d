"""A record of the revision before (0003) with messages and words of people in it, brought up to date."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text
from sqlmodel import select

from storage.migrate import bring_up_to_date
from storage.store import database_url, make_engine, open_store
from storage.tables import Acknowledgement, Delivery, Silence
from storage.vocabulary import DeliveryState

THEN = "2025-01-17 02:00:00.000000"
ROWS = (
    "INSERT INTO alert_group (id, key, reason, audience, created_at) VALUES (1, 'g', 'new', 'reader', :then)",
    (
        "INSERT INTO delivery (id, group_id, receiver, reason, idempotency_key, digest, state, attempts, next_try_at,"
        " possibly_repeated, parts_done, receipt, last_error, created_at)"
        " VALUES (1, 1, 'desk', 'new', 'k', '', 'pending', 0, :then, false, '[]', '', '', :then)"
    ),
    (
        "INSERT INTO alert (id, fingerprint, rule, revision, audience, severity, state, reason, subject, unit, quotation,"
        " url, facts, created_at, updated_at)"
        " VALUES (1, 'f', 'breakage', 1, 'operator', 'sharp', 'pending', 'new', '', '', '', '', '{}', :then, :then)"
    ),
    (
        "INSERT INTO silence (id, matchers, owner, note, starts_at, ends_at, created_at)"
        " VALUES (1, '{\"region\": \"62\"}', 'li', '', :then, :then, :then)"
    ),
    "INSERT INTO acknowledgement (id, alert_id, owner, note, created_at, until) VALUES (1, 1, 'li', '', :then, :then)",
)


def test_what_people_said_and_what_waits_survives(tmp_path: Path) -> None:
    file = tmp_path / "zhengfa.db"
    engine = make_engine(database_url(file))
    bring_up_to_date(engine, "0003")
    with engine.begin() as connection:
        for row in ROWS:
            connection.execute(text(row), {"then": THEN})
    engine.dispose()
    with open_store(file) as store, store.write() as session:
        message = session.exec(select(Delivery)).one()
        assert (message.receiver, message.route, message.state) == ("desk", "", DeliveryState.PENDING)
        message.state = DeliveryState.ORPHANED.value
        session.add(message)
        session.flush()
        silence, taken = session.exec(select(Silence)).one(), session.exec(select(Acknowledgement)).one()
        assert (silence.matchers, silence.link, silence.settled) == ({"region": "62"}, None, False)
        assert (taken.owner, taken.link, taken.settled) == ("li", None, False)
