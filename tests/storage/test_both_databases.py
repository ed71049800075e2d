"""One behaviour: the same publications, in either database and in any order, come to the same record to the last byte."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from storage.copying import copy, restore
from storage.errors import InvalidInput, NotOurs, RecordError
from storage.export import FORMATS, KINDS, export
from storage.queries import across_regions, find_series
from storage.store import Store, database_url, make_engine, open_store
from storage.tables import metadata
from storage.verify import verify
from tests.storage.made import NOW, catalogue, edition, figure, record
from tests.storage.older import make_older
from tests.storage.postgres import Postgres

# What a statistician would try: the largest, the smallest, below nothing, four decimals of a per cent, zeros that are
# printed, zeros that are not, equal values with other digits.
VALUES = (
    "123456789012345678901234.123456789012", "0.000000000001", "-5", "-0.0001", "94.1234", "94.1200", "0", "0.00", "-0",
    "81.27", "100000000", "99999999999999999999999999",
)  # fmt: skip
PLACES = ("11", "32", "33", "42", "43", "44", "51", "61", "62", "63", "64", "00")
EDITIONS = [
    edition(
        figure("受理案件", place, 2024, value, change=("+113.0001%", "-28%", "0", "+3.25点")[number % 4], precision="0.0005"),
        figure(("=1+1", "＝甲", "@乙", '丙,"丁"\n戊')[number % 4], place, 2024, value, indicator=None, months=(1, 6)),
        figure("刑事案件", place, 2024, None, change="-28.10%", indicator="crime", body="police"),
        figure("结案率", place, 2024, "94.1200", unit="%", indicator="closing_rate", remarks=("全国第一", "近14年最低")),
        url=f"http://court.example/{number}.html",
        region=place,
        source=None,
    )
    for number, (value, place) in enumerate(zip(VALUES, PLACES, strict=True))
]  # fmt: skip


@pytest.fixture(scope="module")
def both(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    folder = tmp_path_factory.mktemp("both")
    name = postgres.create()
    with ExitStack() as stack:
        one = stack.enter_context(open_store(folder / "one.db"))
        other = stack.enter_context(open_store(postgres.url(name), snapshots=str(folder / "other")))
        for store, editions in ((one, EDITIONS), (other, EDITIONS[::-1])):
            with store.write() as session:
                catalogue(session)
            for given in editions:
                record(store, given)
        yield one, other
    postgres.drop(name)


def exported(store: Store, kind: Any, form: Any) -> bytes:  # noqa: ANN401 - of a parametrised test
    stream = io.BytesIO()
    export(store, kind, stream, form=form)
    return stream.getvalue()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", FORMATS)
def test_an_export_is_the_same_to_the_byte(both: tuple[Store, Store], kind: str, form: str) -> None:
    if form == "sdmx-csv" and kind != "series":
        pytest.skip("SDMX is for series")
    one, other = (exported(store, kind, form) for store in both)
    assert one == other
    assert one == exported(both[0], kind, form)
    assert len(one) > 1000


def test_every_digit_is_there(both: tuple[Store, Store]) -> None:
    for store in both:
        with store.read() as session:
            [like, *_] = find_series(session, indicator="accepted")
            found = across_regions(session, like, 2024 * 12, 2024 * 12 + 11)
        values = {value.region: value.value for value in found.values}
        wanted = {
            place: Decimal(value).copy_abs() if value == "-0" else Decimal(value)
            for value, place in zip(VALUES, PLACES, strict=True)
        }
        assert {place: str(value) for place, value in values.items()} == {
            place: str(value) for place, value in wanted.items()
        }
        assert [value.rank for value in found.values] == [1, 2, 3, 4, 5, 6, 7, 8, 8, 8, 11, 12]


def test_both_are_sound(both: tuple[Store, Store]) -> None:
    for store in both:
        assert verify(store, repair=False, now=NOW) == ()


def rows(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table as the program sees it; the search index is made anew everywhere."""
    with store.read() as session:
        return {
            table.name: [
                {name: value for name, value in row.items() if name != "searchable"}
                for row in session.connection().execute(select(table).order_by(*table.primary_key.columns)).mappings()
            ]
            for table in metadata.sorted_tables
        }


def test_every_row_of_every_table_is_copied_there_and_back(postgres: Postgres, tmp_path: Path) -> None:
    engine = make_engine(database_url(tmp_path / "older.db"))
    make_older(engine, "0001")
    engine.dispose()
    name = postgres.create()
    with (
        open_store(tmp_path / "older.db") as source,
        open_store(postgres.url(name), snapshots=source.archive.root) as there,
        open_store(tmp_path / "back.db") as back,
    ):
        given = rows(source)
        # Tables that came later are empty here.
        assert {table for table, found in given.items() if not found} <= {"passed_link"}
        copy(source, there)
        copy(there, back)
        assert rows(there) == given
        assert rows(back) == given
    postgres.drop(name)


@pytest.mark.parametrize("content", [b"not a backup", b"SQLite format 3\x00" + b"\xff" * 4000])
def test_what_is_no_backup_is_not_restored(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "backup.db").write_bytes(content)
    with pytest.raises(NotOurs):
        restore(tmp_path / "backup.db", tmp_path / "record.db", snapshots=str(tmp_path / "kept"))
    assert not (tmp_path / "record.db").exists()


def test_a_backup_is_not_restored_over_a_file(both: tuple[Store, Store], tmp_path: Path) -> None:
    from storage.copying import backup

    file = backup(both[0], tmp_path / "backup.db")
    for there, error in (("notes.txt", NotOurs), ("full.db", InvalidInput)):
        if there == "notes.txt":
            (tmp_path / there).write_text("precious" * 100)
        else:
            restore(file, tmp_path / there, snapshots=str(tmp_path / "kept"))
        before = (tmp_path / there).read_bytes()
        with pytest.raises(error):
            restore(file, tmp_path / there, snapshots=str(tmp_path / "kept"))
        assert (tmp_path / there).read_bytes() == before
    with pytest.raises(RecordError):
        restore(file, file)
