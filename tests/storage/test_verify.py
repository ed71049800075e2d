from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import select

from storage.store import Store
from storage.tables import Point, Snapshot
from storage.verify import verify
from tests.storage.made import NOW, catalogue, edition, figure, record


@pytest.fixture
def filled(store: Store) -> Store:
    with store.write() as session:
        catalogue(session)
    record(store, edition(figure("受理案件", "62", 2024, "812700", change="+113%")))
    return store


def faults(store: Store, *, repair: bool = False) -> list[tuple[str, bool]]:
    return [(fault.kind, fault.repaired) for fault in verify(store, repair=repair, now=NOW)]


def change(store: Store, statement: str) -> None:
    with store.write() as session:
        session.connection().execute(text(statement))


def snapshot_file(store: Store) -> Path:
    return next(Path(store.archive.root).rglob("*.z"))


def test_a_sound_record_has_no_fault(filled: Store) -> None:
    assert faults(filled) == []


def test_a_missing_file(filled: Store) -> None:
    snapshot_file(filled).unlink()
    assert faults(filled, repair=True) == [("missing_snapshot", False)]


@pytest.mark.parametrize("data", [b"no zlib at all", b""])
def test_a_damaged_file(filled: Store, data: bytes) -> None:
    snapshot_file(filled).write_bytes(data)
    assert faults(filled) == [("damaged_snapshot", False)]


def test_an_orphan_and_a_leftover_are_repaired(filled: Store) -> None:
    filled.archive.keep(b"nobody wrote a row for this")
    (Path(filled.archive.root) / "half.part").write_bytes(b"half")
    assert faults(filled) == [("orphan_snapshot", False), ("leftover", False)]
    assert faults(filled, repair=True) == [("orphan_snapshot", True), ("leftover", True)]
    assert faults(filled) == []
    with filled.read() as session:
        assert len(session.exec(select(Snapshot)).all()) == 2


def test_a_damaged_text(filled: Store) -> None:
    with filled.write() as session:
        session.connection().execute(text("UPDATE canonical_text SET packed = :data"), {"data": b"x"})
    assert faults(filled) == [("damaged_text", False)]


def test_a_quotation_that_does_not_stand_there(filled: Store) -> None:
    change(filled, "UPDATE observation SET quotation = '改过的句子'")
    assert faults(filled) == [("quotation", False)]


def test_a_document_that_names_no_edition(filled: Store) -> None:
    change(filled, "UPDATE document SET edition_id = NULL")
    assert faults(filled, repair=True) == [("standing", True)]
    assert faults(filled) == []


@pytest.mark.parametrize("statement", ["UPDATE point SET value = '1'", "DELETE FROM point"])
def test_a_point_that_its_figures_do_not_give(filled: Store, statement: str) -> None:
    change(filled, statement.replace("'1'", "1") if filled.dialect == "postgresql" else statement)
    assert faults(filled, repair=True) == [("point", True)]
    assert faults(filled) == []
    with filled.read() as session:
        assert session.exec(select(Point)).one().value == 812700


def test_a_reference_to_nothing(filled: Store) -> None:
    if filled.dialect == "postgresql":
        with filled.write() as session:
            session.connection().execute(text("ALTER TABLE alert_stage DROP CONSTRAINT fk_alert_stage_alert_id_alert"))
    statement = "INSERT INTO alert_stage (alert_id, revision, stage, passed, reason, note, at) VALUES (99, 1, 'x', TRUE, 'x', '', '2025-01-01')"
    with filled.engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        if filled.dialect == "sqlite":
            driver.execute("PRAGMA foreign_keys = OFF")
        driver.execute(statement)
        driver.commit()
        connection.invalidate()
    assert faults(filled) == [("reference", False)]
