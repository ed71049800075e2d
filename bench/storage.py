"""The record's speed, beside sqlite3 itself and SQLModel's add_all, on the same rows in the same run.

    python -m bench.storage            a table
    python -m bench.storage --json     one JSON object; `ratios` holds

    write_vs_executemany     observations per second through record_edition (validation, matching, checks, series; one
                             commit a publication of 30 figures), against sqlite3's executemany of every row that this
                             wrote, into the same tables with the same pragmas and commits            bar >= 0.05
    write_vs_add_all         the same against SQLModel's add_all of the same rows                     bar >= 2
    idle_growth_100x         a run with nothing new: 100,000 documents against 1,000                  bar <= 1.2
    series_vs_sql            across_regions at 3 million observations against the bare SQL            bar <= 3
    reread_two_processes     documents per second, two processes against one, the real reader         bar >= 1.6

Start-up is excluded; programs take turns; medians of five. The size of a document in the database is told beside.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlmodel import Session, SQLModel, select

from bench import storage_made as made
from storage import catalogue, dispatch, evaluation, fetching, queries, routing, runs
from storage.bulk import table_of
from storage.editions import record_edition
from storage.inputs import FetchInput
from storage.prepared import Query
from storage.reread import reread, to_reread
from storage.store import Store, open_store
from storage.tables import (
    Address,
    CanonicalText,
    Capture,
    CapturePart,
    Change,
    ChangePoint,
    Document,
    DocumentSketch,
    Edition,
    EvaluationDue,
    Finding,
    Observation,
    Point,
    Series,
)
from storage.vocabulary import Outcome, RunResult

ROUNDS = 5
DOCUMENTS = 120
WARM_UP = 31
# Everything that recording writes, in an order that no reference contradicts.
WRITTEN: tuple[type[SQLModel], ...] = (
    Document, DocumentSketch, Address, Capture, CapturePart, CanonicalText, Edition, Series, Observation, Change, Point,
    ChangePoint, Finding, EvaluationDue,
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of the table")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--documents", type=int, default=100_000, help="documents of the large record")
    parser.add_argument("--only", choices=("write", "large", "reread"), help="one part of the measurements")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = measure(Path(folder), given.rounds, given.documents, given.only)
    if given.json:
        print(json.dumps(result))
        return
    for name, value in {**result["ratios"], **result["figures"]}.items():
        print(f"{name:28} {value:12.3f}")


def measure(folder: Path, rounds: int, documents: int, only: str | None) -> dict[str, dict[str, float]]:
    """Everything that was asked for: ratios, and the figures behind them."""
    ratios: dict[str, float] = {}
    figures: dict[str, float] = {}
    parts: dict[str, Callable[[Path, int, int], tuple[Mapping[str, float], Mapping[str, float]]]] = {
        "write": write,
        "large": large,
        "reread": read_twice,
    }
    for name, part in parts.items():
        if only in (None, name):
            place = folder / name
            place.mkdir()
            got, behind = part(place, rounds, documents)
            ratios.update(got)
            figures.update(behind)
            shutil.rmtree(place)
    return {"ratios": ratios, "figures": figures}


def write(folder: Path, rounds: int, _documents: int) -> tuple[Mapping[str, float], Mapping[str, float]]:
    raws = [made.raw_edition(number) for number in range(WARM_UP + DOCUMENTS)]
    rows, size = _rows_written(folder / "rows", raws)
    times: dict[str, list[float]] = {"ours": [], "executemany": [], "add_all": []}
    for number in range(rounds):
        for name, program in (("ours", _ours), ("executemany", _executemany), ("add_all", _add_all)):
            place = folder / f"{name}{number}"
            times[name].append(program(place, raws, rows))
            shutil.rmtree(place)
    count = DOCUMENTS * made.FIGURES
    per_second = {name: count / statistics.median(values) for name, values in times.items()}
    ratios = {
        "write_vs_executemany": per_second["ours"] / per_second["executemany"],
        "write_vs_add_all": per_second["ours"] / per_second["add_all"],
    }
    return ratios, {f"{name}_per_second": value for name, value in per_second.items()} | {"bytes_per_document": size}


def _rows_written(folder: Path, raws: Sequence[Mapping[str, Any]]) -> tuple[list[list[list[Any]]], float]:
    """What recording each publication added to each table, as mapped objects; and the file's bytes for each."""
    with open_store(folder / "record.db") as store:
        page = made.catalogue(store)
        for raw in raws:
            with store.write() as session:
                record_edition(session, made.edition(raw, page), now=made.NOW)
        with store.read() as session:
            everything: dict[type, Sequence[Any]] = {table: session.exec(select(table)).all() for table in WRITTEN}
    size = (folder / "record.db").stat().st_size / len(raws)
    owner = _owners(everything)
    by_document: list[list[list[Any]]] = [[[] for _ in WRITTEN] for _ in raws]
    for place, table in enumerate(WRITTEN):
        for row in everything[table]:
            by_document[owner(table, row) - 1][place].append(row)
    return by_document, size


def _owners(everything: Mapping[type, Sequence[Any]]) -> Callable[[type, Any], int]:
    """Which publication a row came with; ids are given in the order of writing, one edition a document."""
    figures = {row.id: row.edition_id for row in everything[Observation]}
    changes = {row.id: row.edition_id for row in everything[Change]}
    first: dict[int, int] = {}
    for row in everything[Observation]:
        first.setdefault(row.series_id, row.edition_id)
    texts = {row.text_sha256: row.id for row in everything[Edition]}

    def owner(table: type, row: Any) -> int:  # noqa: ANN401 - a row of any table
        if table in (Document, Capture, Edition):
            return int(row.id)
        by_table: dict[type, Callable[[], int]] = {
            Series: lambda: first[row.id],
            Point: lambda: figures[row.observation_id],
            ChangePoint: lambda: changes[row.change_id],
            CanonicalText: lambda: texts[row.sha256],
            CapturePart: lambda: row.capture_id,
            Observation: lambda: row.edition_id,
            Change: lambda: row.edition_id,
            Finding: lambda: row.edition_id,
            EvaluationDue: lambda: row.edition_id,
        }
        return by_table.get(table, lambda: int(row.document_id))()

    return owner


def _ours(folder: Path, raws: Sequence[Mapping[str, Any]], _rows: object) -> float:
    with open_store(folder / "record.db") as store:
        page = made.catalogue(store)

        def run(some: Sequence[Mapping[str, Any]]) -> None:
            for raw in some:
                given = made.edition(raw, page)
                with store.write() as session:
                    record_edition(session, given, now=made.NOW)

        run(raws[:WARM_UP])
        return _timed(lambda: run(raws[WARM_UP:]))


def _executemany(folder: Path, _raws: object, rows: Sequence[Sequence[Sequence[Any]]]) -> float:
    """sqlite3 alone: the values as the driver takes them, made beforehand."""
    with open_store(folder / "record.db") as store:
        made.catalogue(store)
        dialect = store.engine.dialect
    plans = []
    for table in WRITTEN:
        columns = table_of(table).columns
        binders = [column.type.dialect_impl(dialect).bind_processor(dialect) for column in columns]
        names = ", ".join(f'"{column.name}"' for column in columns)
        places = ", ".join("?" * len(columns))
        statement = f'INSERT INTO "{table.__tablename__}" ({names}) VALUES ({places})'  # noqa: S608
        plans.append((statement, [column.name for column in columns], binders))
    prepared = [
        [(plan[0], _values(some, *plan[1:])) for plan, some in zip(plans, document, strict=True) if some]
        for document in rows
    ]
    connection = sqlite3.connect(folder / "record.db", isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")

    def run(some: Sequence[Any]) -> None:
        for document in some:
            connection.execute("BEGIN IMMEDIATE")
            for statement, values in document:
                connection.executemany(statement, values)
            connection.execute("COMMIT")

    run(prepared[:WARM_UP])
    seconds = _timed(lambda: run(prepared[WARM_UP:]))
    connection.close()
    return seconds


def _values(
    rows: Sequence[Any], names: Sequence[str], binders: Sequence[Callable[[Any], Any] | None]
) -> list[list[Any]]:
    """The rows as the driver takes them."""
    pairs = list(zip(names, binders, strict=True))
    return [[bind(getattr(row, name)) if bind else getattr(row, name) for name, bind in pairs] for row in rows]


def _add_all(folder: Path, _raws: object, rows: Sequence[Sequence[Sequence[Any]]]) -> float:
    """SQLModel alone: an object for each row, added table by table so that no reference fails."""
    given = [[[(type(row), row.model_dump()) for row in some] for some in document] for document in rows]
    with open_store(folder / "record.db") as store:
        made.catalogue(store)

        def run(some: Sequence[Sequence[Sequence[tuple[type[SQLModel], dict[str, Any]]]]]) -> None:
            for document in some:
                with Session(store.engine) as session, session.begin():
                    for fields in document:
                        session.add_all([table(**values) for table, values in fields])
                        session.flush()

        run(given[:WARM_UP])
        return _timed(lambda: run(given[WARM_UP:]))


def large(folder: Path, rounds: int, documents: int) -> tuple[Mapping[str, float], Mapping[str, float]]:
    few, many = folder / "few", folder / "many"
    with (
        made.large(few, max(documents // 100, 100), figures=True) as small,
        made.large(many, documents, figures=True) as big,
    ):
        idle: dict[str, list[float]] = {"small": [], "big": []}
        for _ in range(rounds + 1):
            idle["small"].append(_timed(lambda: _idle_run(small)))
            idle["big"].append(_timed(lambda: _idle_run(big)))
        ours, bare = _across(big, rounds)
        bytes_each = (many / "large.db").stat().st_size / documents
    # The first of each warms caches of the process and of the file.
    slow, fast = (statistics.median(idle[name][1:]) for name in ("big", "small"))
    ratios = {"idle_growth_100x": slow / fast, "series_vs_sql": ours / bare}
    figures = {"idle_run_ms": slow * 1000, "across_us": ours * 1e6, "bare_sql_us": bare * 1e6}
    return ratios, figures | {"bytes_per_document_of_thirty": bytes_each}


def _idle_run(store: Store) -> None:
    """What the record is asked in a run that finds nothing new: thirty list pages, two revisited articles each.

    In the order and the transactions of flows.ingest.source, for lists that came again as pages.
    """
    now = made.NOW
    with store.write() as session:
        run = runs.start_run(session, kind="ingest", now=now)
    for number in range(made.SOURCES):
        _idle_source(store, run, number)
    with store.write() as session:
        assert evaluation.due_editions(session) == ()
        assert routing.pending_alerts(session) == ()
        assert dispatch.lease_deliveries(session, owner="x", now=now, lease_for=timedelta(minutes=1)) == ()
        runs.end_run(session, run, now=now)


def _idle_source(store: Store, run: int, number: int) -> None:
    now, source, list_url = made.NOW, f"s{number}", f"http://site{number}.example/"
    links = [f"http://site{number}.example/{number + 30 * place}.html" for place in range(3)]
    with store.write() as session:
        runs.source_history(session, source, limit=1)
    with store.write() as session:
        started = runs.start_source_run(session, run, source, now=now)
    with store.write() as session:
        catalogue.first_run_done(session, source)
    with store.write() as session:
        fetching.recall_fetch(session, list_url)
    with store.write() as session:
        assert fetching.seen_among(session, source, links) == set(links)
        assert fetching.passed_among(session, source, links) == set()
    with store.write() as session:
        fetching.pass_links(session, source, (), now=now)
        listed = FetchInput(url=list_url, kind="list", source_id=source, outcome=Outcome.PAGE)
        fetching.remember_fetch(session, listed, now=now)
    with store.write() as session:
        assert fetching.waiting_links(session, source) == ()
        assert fetching.recall_fetches(session, ()) == {}
        due = fetching.due_addresses(session, source, now=now)
        assert len(due) == 2
    for address in due:
        with store.write() as session:
            fetch = FetchInput(url=address.url, source_id=source, outcome=Outcome.NOT_MODIFIED, due_at=now)
            fetching.remember_fetch(session, fetch, now=now)
    with store.write() as session:
        counts = runs.SourceCounts(links=3, unchanged=2)
        runs.end_source_run(session, started, result=RunResult.NOTHING_NEW, counts=counts, now=now)
        catalogue.finish_first_run(session, source)


_BARE = Query("""
    SELECT s.region, p.value, p.precision, p.unit, p.observation_id, s.id
    FROM series s JOIN point p ON p.series_id = s.id AND p.period_first = :first AND p.period_last = :last
    WHERE s.indicator_id = 'i7' AND s.period_kind = 'year' AND s.level = 'province' AND s.own = 0
        AND s.measure = 'cases' AND s.body = 'court' ORDER BY 2 DESC
""")
REPEATS = 200


def _across(store: Store, rounds: int) -> tuple[float, float]:
    """Seconds of one comparison of thirty-one provinces: ours with rank, median and spread, and the bare rows."""
    first, last = 2001 * 12, 2001 * 12 + 11
    with store.read() as session:
        like = queries.find_series(session, indicator="i7", region="11")[0]
        connection = session.connection()
        assert (
            len(queries.across_regions(session, like, first, last).values)
            == len(_BARE.rows(connection, first=first, last=last))
            == 31
        )

        def ours() -> None:
            for _ in range(REPEATS):
                queries.across_regions(session, like, first, last)

        def bare() -> None:
            for _ in range(REPEATS):
                _BARE.rows(connection, first=first, last=last)

        pairs = [(_timed(ours), _timed(bare)) for _ in range(rounds)]
    mine, theirs = zip(*pairs, strict=True)
    return statistics.median(mine) / REPEATS, statistics.median(theirs) / REPEATS


def read_twice(folder: Path, rounds: int, _documents: int) -> tuple[Mapping[str, float], Mapping[str, float]]:
    rates: dict[int, list[float]] = {1: [], 2: []}
    with open_store(folder / "record.db") as store:
        made.catalogue(store)
        made.archive_pages(store, pages=64, length=12_000)
        for _ in range(rounds):
            for processes, found in rates.items():
                found.append(_rate(store, processes))
    one, two = (statistics.median(rates[processes]) for processes in (1, 2))
    # Of each pair, run one after the other: a machine that grows slower or faster meanwhile does so to both.
    ratio = statistics.median(b / a for a, b in zip(rates[1], rates[2], strict=True))
    return {"reread_two_processes": ratio}, {"reread_per_second_1": one, "reread_per_second_2": two}


def _rate(store: Store, processes: int) -> float:
    """Documents per second of a dry rereading, from when every process is warm to the end."""
    moments: list[float] = []
    with store.read() as session:
        waiting = to_reread(session, extractor_version="extractor-1", reader_version="reader-2")
    result = reread(
        store,
        waiting,
        made.read_again,
        now=made.NOW,
        processes=processes,
        dry_run=True,
        progress=lambda _count: moments.append(time.perf_counter()),
    )
    assert not result.unreadable, result.unreadable
    warm = len(moments) // 4
    return (len(moments) - warm) / (moments[-1] - moments[warm - 1])


def _timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
