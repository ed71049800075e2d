from __future__ import annotations

import io
import json
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from storage.errors import NotOurs, TooNew
from storage.export import export
from storage.fresh import STATEMENTS, statements_of
from storage.migrate import HEAD, REVISIONS, SCRIPTS, bring_up_to_date, configuration, current_revision, differences
from storage.reading import text_by_hash
from storage.search import search
from storage.store import Store, database_url, describe, make_engine, open_store
from storage.tables import Alert, ChangePoint, Document, Edition, metadata
from storage.verify import verify
from tests.conftest import ROOT
from tests.storage.made import NOW, edition, record
from tests.storage.older import ROWS, make_older
from tests.storage.postgres import Postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield str(tmp_path / "record.db")
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = server.create()
    yield server.url(name)
    server.drop(name)


def engine_of(where: str) -> Engine:
    return make_engine(database_url(where))


def test_the_pinned_revisions_are_those_of_the_scripts() -> None:
    scripts = ScriptDirectory(str(SCRIPTS))
    assert tuple(script.revision for script in reversed(list(scripts.walk_revisions()))) == REVISIONS
    assert scripts.get_current_head() == HEAD


def test_alembic_check_is_clean(empty: str) -> None:
    engine = engine_of(empty)
    bring_up_to_date(engine)
    with engine.connect() as connection:
        assert differences(connection) == []
    engine.dispose()


def test_the_check_sees_a_difference(empty: str) -> None:
    engine = engine_of(empty)
    bring_up_to_date(engine)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE run ADD COLUMN surprise INTEGER"))
    with engine.connect() as connection:
        assert differences(connection) != []
    engine.dispose()


def test_every_check_constraint_of_the_models_is_in_the_database(empty: str) -> None:
    """`alembic check` does not see a changed CHECK (LIBRARIES.md): the words are held here."""
    engine = engine_of(empty)
    bring_up_to_date(engine)
    found = inspect(engine)
    for name, table in metadata.tables.items():
        there = {item["name"]: "".join(str(item["sqltext"]).split()) for item in found.get_check_constraints(name)}
        for constraint in table.constraints:
            if hasattr(constraint, "sqltext"):
                words = str(constraint.sqltext)
                stored = there[str(constraint.name)]
                assert all(word in stored for word in words.replace("(", " ").replace(")", " ").split("'")[1::2])
    engine.dispose()


def counted(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one() for name in ROWS}  # noqa: S608


def test_the_older_record_has_rows_in_every_table() -> None:
    assert all(given["rows"] for given in ROWS.values())
    assert len(ROWS) == 38


@pytest.mark.parametrize("revision", REVISIONS[:-1])
def test_upgrading_with_data_from_every_earlier_revision(empty: str, revision: str, tmp_path: Path) -> None:
    engine = engine_of(empty)
    make_older(engine, revision)
    before = counted(engine)
    engine.dispose()
    with open_store(empty, snapshots=str(tmp_path / "snapshots")) as store:
        with store.engine.connect() as connection:
            assert current_revision(connection) == HEAD
            assert differences(connection) == []
        after = counted(store.engine)
        # The keys of texts are of another kind since 0005.
        assert {name: count for name, count in after.items() if name != "document_sketch"} == {
            name: count for name, count in before.items() if name != "document_sketch"
        }
        assert {match.document_id for match in search(store, "受理")} == {1, 2}
        # Only the pages themselves are not here.
        assert {fault.kind for fault in verify(store, repair=False, now=NOW)} == {"missing_snapshot"}
        assert exported(store) == OLDER


def exported(store: Store) -> list[tuple[str, str, str]]:
    stream = io.BytesIO()
    export(store, "series", stream, form="jsonl")
    rows = [json.loads(line) for line in stream.getvalue().splitlines()]
    return [(row["indicator"], row["period"], row["value"]) for row in rows]


OLDER = [
    ("accepted", "2023", "400000.50"),
    ("accepted", "2024", "812800"),
    ("closed", "2023", "380000"),
]


def test_older_documents_are_matched_after_upgrading(empty: str, tmp_path: Path) -> None:
    """Revision 0005 sketches the texts that stand; a damaged text leaves its document to be found by its addresses."""
    engine = engine_of(empty)
    make_older(engine, "0004")
    with engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE canonical_text SET packed = :packed WHERE sha256 ="
                " (SELECT text_sha256 FROM edition WHERE document_id = 1)"
            ),
            {"packed": b"damaged"},
        )
    engine.dispose()
    with open_store(empty, snapshots=str(tmp_path / "snapshots")) as store:
        with store.read() as session:
            sketched = [
                row[0] for row in session.connection().execute(text("SELECT id FROM document WHERE sketch IS NOT NULL"))
            ]
            standing = text_by_hash(
                session, session.get_one(Edition, session.get_one(Document, 2).edition_id).text_sha256
            )
        assert sketched == [2]
        mirror = edition(
            preface=f"虚构日报讯\n{standing}",
            url="http://mirror.example/7",
            kind="press_article",
            body="press",
            year=None,
        )
        assert record(store, mirror).document_id == 2


def test_older_changes_and_alerts_take_their_words_of_exactness(empty: str, tmp_path: Path) -> None:
    """Revision 0008: from the change and the figure that they were made of."""
    engine = engine_of(empty)
    make_older(engine, "0007")
    with engine.begin() as connection:
        connection.execute(text("UPDATE change SET qualifier = 'over' WHERE id = 3"))
        connection.execute(text("UPDATE observation SET qualifier = 'about' WHERE id = 16"))
        connection.execute(text("UPDATE alert SET change_id = 3"))
    engine.dispose()
    with open_store(empty, snapshots=str(tmp_path / "snapshots")) as store, store.read() as session:
        points = session.exec(select(ChangePoint.change_id, ChangePoint.qualifier)).all()
        alert = session.exec(select(Alert)).one()
    assert sorted(points) == [(1, "exact"), (3, "over")]
    assert (alert.qualifier, alert.change_qualifier) == ("about", "over")


def refuse_other_words(engine: Engine) -> None:
    for table, column in (("observation", "standing"), ("finding", "severity"), ("seen_link", "state")):
        with pytest.raises(IntegrityError, match=f"ck_{table}_{column}"), engine.begin() as connection:
            connection.execute(text(f"UPDATE {table} SET {column} = 'surprise'"))  # noqa: S608


def checks_by_membership(file: Path) -> int:
    database = sqlite3.connect(file)
    [(count,)] = database.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND sql LIKE '% IN (%'")
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    database.close()
    return int(count)


def test_closed_words_stay_closed_where_their_checks_are_rewritten(empty: str) -> None:
    """Revision 0006 sets the text of SQLite's tables anew; connections that were open see it too."""
    engine = engine_of(empty)
    make_older(engine, "0005")
    refuse_other_words(engine)
    bring_up_to_date(engine)
    refuse_other_words(engine)
    engine.dispose()
    if not empty.startswith("postgresql"):
        assert checks_by_membership(Path(empty)) == 0


def test_an_sqlite_that_lets_nobody_rewrite_its_tables_keeps_the_older_checks(tmp_path: Path) -> None:
    engine = engine_of(str(tmp_path / "record.db"))
    make_older(engine, "0005")
    engine.dispose()

    def defend(connection: sqlite3.Connection, _entry: object) -> None:
        def allowed(action: int, table: str | None, column: str | None, *_others: str | None) -> int:
            # Not what DROP INDEX itself does there.
            forbidden = (action, table, column) == (sqlite3.SQLITE_UPDATE, "sqlite_master", "sql")
            return sqlite3.SQLITE_DENY if forbidden else sqlite3.SQLITE_OK

        connection.set_authorizer(allowed)

    event.listen(engine, "connect", defend)
    bring_up_to_date(engine, "0006")
    with engine.connect() as connection:
        assert current_revision(connection) == "0006"
    refuse_other_words(engine)
    engine.dispose()
    assert checks_by_membership(tmp_path / "record.db") > 0


def through_every_revision(where: str) -> None:
    engine = engine_of(where)
    for revision in REVISIONS:
        bring_up_to_date(engine, revision)
    engine.dispose()


def test_a_new_record_is_what_all_revisions_come_to(tmp_path: Path) -> None:
    """Tables, columns, constraints, indexes, the search index, settings of the file; and no row but the revision's."""
    through_every_revision(str(tmp_path / "step by step.db"))
    engine = engine_of(str(tmp_path / "at once.db"))
    bring_up_to_date(engine)
    engine.dispose()
    slow, fast = (everything_in(tmp_path / name) for name in ("step by step.db", "at once.db"))
    assert slow == fast, "the revisions have changed: python -m storage.fresh"


def everything_in(file: Path) -> dict[str, object]:
    """What an SQLite file holds; the constraints of a table that Alembic copied come in any order."""
    database = sqlite3.connect(file)
    found: dict[str, object] = {
        name: database.execute(f"PRAGMA {name}").fetchall() for name in ("user_version", "encoding", "page_size")
    }
    for kind, name, table, sql in database.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall():
        lines = [line.strip().rstrip(", ") for line in (sql or "").splitlines()]
        ordered = [line for line in lines if not line.startswith("CONSTRAINT")]
        found[f"{kind} {name}"] = table, ordered, sorted(line for line in lines if line.startswith("CONSTRAINT"))
        # The rows of the search index are those of its own tables.
        if kind == "table" and name != "figure_words":
            found[f"rows of {name}"] = database.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608
    database.close()
    return found


def test_a_new_record_says_what_it_was_made_by(tmp_path: Path) -> None:
    open_store(tmp_path / "record.db").close()
    database = sqlite3.connect(tmp_path / "record.db")
    assert ";\n\n".join(statements_of(database)) + "\n" == STATEMENTS.read_text(encoding="utf-8")
    database.close()


def test_a_new_record_needs_no_alembic(tmp_path: Path) -> None:
    words = f"import sys; from storage.store import open_store; open_store({str(tmp_path / 'a.db')!r}).close()"
    done = subprocess.run(
        [sys.executable, "-c", f"{words}; print('alembic' in sys.modules)"],
        capture_output=True, text=True, check=True, timeout=60, cwd=ROOT,
    )  # fmt: skip
    assert done.stdout.strip() == "False"


def test_upgrading_twice_does_nothing(empty: str) -> None:
    engine = engine_of(empty)
    for _ in range(2):
        bring_up_to_date(engine)
    engine.dispose()


def test_all_the_way_down_and_up(empty: str) -> None:
    from alembic import command

    engine = engine_of(empty)
    bring_up_to_date(engine)
    with engine.begin() as connection:
        command.downgrade(configuration(connection), "base")
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
        assert inspect(connection).get_table_names() == []
    bring_up_to_date(engine)
    engine.dispose()


def test_a_newer_database_is_refused(empty: str, tmp_path: Path) -> None:
    open_store(empty, snapshots=str(tmp_path)).close()
    engine = engine_of(empty)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(TooNew, match="update this program"):
        open_store(empty, snapshots=str(tmp_path))
    assert "newer program" in describe(empty).fault


def test_somebody_elses_database_is_refused(empty: str, tmp_path: Path) -> None:
    engine = engine_of(empty)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE bookmarks (id INTEGER)"))
    engine.dispose()
    with pytest.raises(NotOurs, match="bookmarks"):
        open_store(empty, snapshots=str(tmp_path))


@pytest.mark.parametrize("data", [b"<html>no database</html>" * 100, b"SQLite format 3\x00" + b"\xff" * 2000])
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(data)
    with pytest.raises(NotOurs, match=r"name another file"):
        open_store(file)
    assert file.read_bytes() == data


def test_an_upgrade_that_fails_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "record.db"
    engine = engine_of(str(file))
    bring_up_to_date(engine, "0001")
    engine.dispose()
    other = sqlite3.connect(file, isolation_level=None)
    other.execute(
        "INSERT INTO attempt (delivery_id, number, at, verdict, answer) VALUES (9, 1, '2025-01-01', 'retry', '')"
    )
    with pytest.raises(NotOurs, match="broken reference in table attempt"):
        open_store(file)
    assert other.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
    assert other.execute("SELECT count(*) FROM sqlite_master WHERE name = 'figure_words'").fetchone() == (0,)
    other.close()


def test_many_who_open_a_new_record_at_once_make_it_once(empty: str, tmp_path: Path) -> None:
    failures: list[BaseException] = []

    def work() -> None:
        try:
            open_store(empty, snapshots=str(tmp_path)).close()
        except BaseException as error:  # noqa: BLE001 - told by the assertion
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert describe(empty).revision == HEAD


def test_describe(empty: str, tmp_path: Path) -> None:
    if not empty.startswith("postgresql"):
        assert (describe(empty).revision, describe(empty).fault) == (None, "")
        assert not Path(empty).exists()
    open_store(empty, snapshots=str(tmp_path)).close()
    found = describe(empty)
    assert (found.revision, found.documents, found.editions, found.observations) == (HEAD, 0, 0, 0)
