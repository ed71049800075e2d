from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from storage.copying import backup, copy, restore
from storage.errors import InvalidInput, NotFound
from storage.export import export
from storage.migrate import bring_up_to_date
from storage.search import search
from storage.store import Store, database_url, make_engine, open_store
from storage.tables import metadata
from storage.verify import verify
from tests.storage.made import NOW, catalogue, edition, figure, record
from tests.storage.postgres import Postgres

GIVEN = edition(
    figure("受理案件", "62", 2024, "123456789012345678.123456789000", change="+113%"),
    figure("审结案件", "62", 2024, "1", indicator="closed"),
)


@pytest.fixture
def filled(store: Store) -> Store:
    with store.write() as session:
        catalogue(session)
    record(store, GIVEN)
    search(store, "案件")
    return store


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where nothing is yet."""
    if request.param == "sqlite":
        yield str(tmp_path / "other" / "record.db")
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = server.create()
    yield server.url(name)
    server.drop(name)


def counts(store: Store) -> dict[str, int]:
    with store.read() as session:
        return {
            table.name: session.connection().execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }


def exported(store: Store, file: Path) -> bytes:
    export(store, "observations", file, form="jsonl")
    return file.read_bytes()


def whole(source: Store, target: Store, tmp_path: Path) -> None:
    """Both hold the same, and the target goes on working."""
    assert counts(source) == counts(target)
    assert exported(source, tmp_path / "a") == exported(target, tmp_path / "b")
    assert verify(target, repair=False, now=NOW) == ()
    assert len(search(target, "案件")) == 2
    more = edition(figure("受理案件", "33", 2024, "5"), url="http://new.example/1", region="33")
    assert record(target, more).new


def test_a_copy_is_complete_and_goes_on(filled: Store, empty: str, tmp_path: Path) -> None:
    with open_store(empty, snapshots=filled.archive.root) as target:
        told: list[str] = []
        copied = copy(filled, target, progress=lambda table, _count: told.append(table))
        assert copied["observation"] == 2
        assert set(told) == set(metadata.tables)
        whole(filled, target, tmp_path)


def test_a_copy_into_a_record_that_holds_something_is_refused(filled: Store, tmp_path: Path) -> None:
    with open_store(tmp_path / "full.db") as target:
        with target.write() as session:
            catalogue(session)
        with pytest.raises(InvalidInput, match="not empty"):
            copy(filled, target)
        assert counts(target)["document"] == 0


def test_backup_and_restore(filled: Store, empty: str, tmp_path: Path) -> None:
    file = backup(filled, tmp_path / "backups" / "monday.db")
    before = file.read_bytes()
    rows = restore(file, empty, snapshots=filled.archive.root)
    assert rows == counts(filled)
    # The backup is one file, and stays what it is.
    assert [path.name for path in file.parent.iterdir()] == ["monday.db"]
    assert file.read_bytes() == before
    with open_store(empty, snapshots=filled.archive.root) as target:
        whole(filled, target, tmp_path)


def test_a_backup_is_made_while_another_writes(filled: Store, tmp_path: Path) -> None:
    with filled.write() as session:
        catalogue(session)
        file = backup(filled, tmp_path / "now.db")
    assert sqlite3.connect(file).execute("SELECT count(*) FROM document").fetchone() == (1,)


def test_a_backup_overwrites_nothing(filled: Store, tmp_path: Path) -> None:
    (tmp_path / "there.db").write_text("precious")
    with pytest.raises(InvalidInput, match="exists"):
        backup(filled, tmp_path / "there.db")
    with pytest.raises(NotFound):
        restore(tmp_path / "nowhere.db", tmp_path / "x.db")


def test_an_older_backup_is_upgraded_on_the_way(tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    engine = make_engine(database_url(old))
    bring_up_to_date(engine, "0001")
    engine.dispose()
    assert restore(old, tmp_path / "new.db", snapshots=str(tmp_path / "snapshots"))["document"] == 0
