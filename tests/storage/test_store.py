from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlmodel import select

from storage import store as store_module
from storage.editions import record_edition
from storage.errors import Locked, NotOurs, Unavailable
from storage.facts import Recorded
from storage.inputs import EditionInput
from storage.snapshots import note_snapshot
from storage.store import Store, database_url, open_store
from storage.tables import Document, Observation, Point, Run, Series
from storage.verify import verify
from tests.storage.made import NOW, PAGES, catalogue, edition, figure


def test_a_write_is_whole_or_not_at_all(store: Store) -> None:
    def fail() -> None:
        with store.write() as session:
            session.add(Run(kind="ingest", started_at=NOW))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with store.read() as session:
        assert session.exec(select(Run)).all() == []


def test_a_reader_sees_one_state_and_blocks_no_writer(store: Store) -> None:
    with store.read() as reading:
        assert reading.exec(select(Run)).all() == []
        with store.write() as writing:
            writing.add(Run(kind="ingest", started_at=NOW))
        if store.dialect == "sqlite":
            assert reading.exec(select(Run)).all() == []
    with store.read() as reading:
        assert len(reading.exec(select(Run)).all()) == 1


def many(writer: int) -> list[EditionInput]:
    return [
        edition(
            figure("受理案件", "62", 2000 + number, str(1000 + number)),
            figure("受理案件", "33", 2000 + number, str(2000 + number), change="+5%"),
            url=f"http://w{writer}.example/{number}",
            year=2000 + number,
            body="press",
            kind="press_article",
            preface=f"{'甲乙丙丁戊己'[writer]}报记者另行采写的文字，第{number}篇。",
        )
        for number in range(6)
    ]


def test_six_writers_at_once_lose_nothing(store: Store) -> None:
    """WAL alone does not help: five of six fail where a transaction reads first and writes then (PAINS.md H)."""
    with store.write() as session:
        catalogue(session)
    failures: list[BaseException] = []
    done: list[Recorded] = []

    def work(writer: int) -> None:
        try:
            for given in many(writer):
                kept = store.archive.keep(PAGES[given.capture.parts[0].sha256])
                with store.write() as session:
                    note_snapshot(session, kept, media_type="text/html", now=NOW)
                    done.append(record_edition(session, given, now=NOW))
        except BaseException as error:  # noqa: BLE001 - told by the assertion
            failures.append(error)

    threads = [threading.Thread(target=work, args=(writer,)) for writer in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len({item.document_id for item in done}) == 36
    with store.read() as session:
        assert len(session.exec(select(Document)).all()) == 36
        assert len(session.exec(select(Observation)).all()) == 72
        assert len(session.exec(select(Series)).all()) == 2
        points = session.exec(select(Point)).all()
        assert len(points) == 12
        assert {point.witnesses for point in points} == {6}
    assert verify(store, repair=False, now=NOW) == ()


def test_a_database_that_another_process_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "BUSY_SECONDS", 0)
    file = tmp_path / "record.db"
    open_store(file).close()
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with open_store(file) as store, pytest.raises(Locked, match="another process"), store.write() as session:
        session.connection()
    other.close()


def test_one_who_cannot_wait_is_told_at_once_and_has_begun_nothing(tmp_path: Path) -> None:
    file = tmp_path / "record.db"
    with open_store(file) as store:
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Locked), store.write_at_once():
            raise AssertionError("begun")
        other.execute("COMMIT")
        with store.write_at_once() as session:
            session.add(Run(kind="ingest", started_at=NOW))
        assert other.execute("SELECT count(*) FROM run").fetchone() == (1,)
        other.close()
        # The next one waits again as long as any.
        with store.write() as session:
            waits = session.connection().exec_driver_sql("PRAGMA busy_timeout").scalar_one()
    assert waits == store_module.BUSY_SECONDS * 1000


_LOOK = "import sys; from storage.store import open_store; open_store(sys.argv[1]).close()"


def test_a_second_store_of_a_process_leaves_the_locks_of_the_first(tmp_path: Path) -> None:
    """Else the next process takes itself for the last, removes the log, and what the first writes is seen by nobody."""
    file = tmp_path / "record.db"
    with open_store(file) as first:
        with first.write() as session:
            session.add(Run(kind="ingest", started_at=NOW))
        open_store(file).close()
        log = file.with_name("record.db-wal")
        before = log.stat().st_ino
        subprocess.run([sys.executable, "-c", _LOOK, str(file)], check=True)
        assert log.stat().st_ino == before
        with first.write() as session:
            session.add(Run(kind="ingest", started_at=NOW))
        seen = sqlite3.connect(file)
        assert seen.execute("SELECT count(*) FROM run").fetchone() == (2,)
        seen.close()


def test_pragmas_that_matter(tmp_path: Path) -> None:
    with open_store(tmp_path / "record.db") as store, store.read() as session:
        ask = session.connection().exec_driver_sql
        assert ask("PRAGMA journal_mode").scalar() == "wal"
        assert ask("PRAGMA foreign_keys").scalar() == 1


@pytest.mark.parametrize("where", ["mysql://x/y", "nonsense://", "oracle://h/x"])
def test_other_databases_are_refused(where: str) -> None:
    with pytest.raises(NotOurs):
        database_url(where)


def test_passwords_are_not_told(tmp_path: Path) -> None:
    where = f"postgresql://me:secret-word@/none?host={tmp_path}"
    with pytest.raises(Unavailable) as caught:
        open_store(where, snapshots=str(tmp_path))
    assert "secret-word" not in str(caught.value)
    assert "cannot be reached" in str(caught.value)


def test_postgresql_must_be_told_where_snapshots_are(where: str) -> None:
    if where.startswith("postgresql"):
        with pytest.raises(Unavailable, match="snapshots"):
            open_store(where)


def test_the_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    open_store(tmp_path / "home" / "zhengfa.db").close()
    assert (tmp_path / "home").stat().st_mode & 0o777 == 0o700
