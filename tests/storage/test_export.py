from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import cast

import pyarrow.parquet as pq
import pytest

from scrapers.indicators import Measure
from scrapers.reading.model import Basis, Direction, Form, Qualifier
from scrapers.vocabulary import BodyKind, Level
from storage.errors import InvalidInput
from storage.export import FORMATS, KINDS, Filter, data_dictionary, export
from storage.export.codes import CODES
from storage.export.columns import COLUMNS, Kind
from storage.export.dictionary import Language
from storage.export.formats import Format, defused
from storage.export.sdmx import time_period
from storage.store import Store
from storage.tables import metadata
from storage.vocabulary import Held, Standing, Status
from tests.conftest import ROOT
from tests.storage.made import catalogue, edition, figure, record


@pytest.fixture
def filled(store: Store) -> Store:
    with store.write() as session:
        catalogue(session)
    record(store, edition(
        figure("受理案件", "62", 2024, "812700.50", change="+113%", precision="50", remarks=("为近14年最低", "全国第一")),
        figure("=cmd|'/c calc'!A1", "62", 2024, "-5", indicator=None),
        figure("刑事案件", "62", 2024, None, change="-28%", indicator="crime", body="police"),
        figure("受理案件", "62", 2024, "400000", months=(1, 6)),
        title="@工作报告（虚构）",
    ))  # fmt: skip
    record(store, edition(figure("受理案件", "33", 2024, "900000"), url="http://z.example/2", region="33"))
    return store


def written(store: Store, kind: Kind, form: Format, **wanted: object) -> bytes:
    stream = io.BytesIO()
    export(store, kind, stream, form=form, wanted=Filter(**wanted))  # type: ignore[arg-type]
    return stream.getvalue()


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_is_documented_and_there(filled: Store, kind: Kind) -> None:
    rows = table(written(filled, kind, "csv"))
    assert list(rows[0]) == [column.name for column in COLUMNS[kind]]
    assert all(column.meaning and column.chinese for column in COLUMNS[kind])
    assert {column.codes for column in COLUMNS[kind]} - {""} <= set(CODES)
    names = {column.name for column in COLUMNS[kind]}
    assert {column.unit for column in COLUMNS[kind]} - {""} <= names


def test_a_spreadsheet_opens_it_and_runs_nothing(filled: Store) -> None:
    data = written(filled, "observations", "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = table(data)
    [formula] = [row for row in rows if "cmd" in row["subject"]]
    assert formula["subject"].startswith("'=")
    assert formula["title"].startswith("'@")
    # A negative number is a number.
    assert formula["value"] == "-5"


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1", "'=1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("＝1", "'＝1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠x", "'＠x"),
        ("甘肃", "甘肃"),
        ("1-2", "1-2"),
        ("", ""),
    ],
)
def test_defusing(cell: str, shown: str) -> None:
    assert defused(cell) == shown


def test_observations_keep_every_digit_and_their_provenance(filled: Store) -> None:
    [row] = [row for row in table(written(filled, "observations", "csv")) if row["value"] == "812700.50"]
    assert (row["region_name"], row["period"], row["period_kind"], row["precision"], row["own"]) == (
        "甘肃",
        "2024",
        "year",
        "50",
        "false",
    )
    assert row["remarks"] == "为近14年最低；全国第一"
    assert row["standing"] == "taken"
    assert len(row["snapshot"]) == 64


def test_changes_with_and_without_a_level(filled: Store) -> None:
    rows = {row["subject"]: row for row in table(written(filled, "changes", "csv"))}
    assert (rows["受理案件"]["change"], rows["受理案件"]["value"]) == ("113", "812700.50")
    assert (rows["刑事案件"]["direction"], rows["刑事案件"]["change"], rows["刑事案件"]["value"]) == ("down", "28", "")


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({}, 3), ({"region": "33"}, 1), ({"indicator": "closed"}, 0), ({"body": "court"}, 3), ({"period_last": 2024 * 12 + 5}, 1),
        ({"since": date(2025, 1, 17)}, 3), ({"since": date(2025, 1, 18)}, 0), ({"source": "62-court"}, 3), ({"source": "nobody"}, 0),
    ],
)  # fmt: skip
def test_filters(filled: Store, wanted: dict[str, object], count: int) -> None:
    assert len(table(written(filled, "series", "csv", **wanted))) == count


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_series_always_exports_the_same_bytes(filled: Store, form: Format) -> None:
    assert written(filled, "series", form) == written(filled, "series", form)


def test_json_lines(filled: Store) -> None:
    rows = [json.loads(line) for line in written(filled, "series", "jsonl").splitlines()]
    assert [row["region"] for row in rows] == ["33", "62", "62"]
    assert rows[2]["value"] == "812700.50"
    assert rows[1]["break_before"] is False


def test_parquet(filled: Store, tmp_path: Path) -> None:
    file = tmp_path / "series.parquet"
    assert export(filled, "series", file, form="parquet") == 3
    read = pq.read_table(file)
    assert read.column("value").to_pylist()[2] == Decimal("812700.50")
    assert read.column("published").to_pylist()[0] == date(2025, 1, 17)
    assert list(tmp_path.glob("*.part")) == []


def test_parquet_refuses_a_number_that_it_would_round(filled: Store, tmp_path: Path) -> None:
    record(filled, edition(figure("受理案件", "11", 2024, "0.0000000000001"), url="http://z.example/3", region="11"))
    with pytest.raises(InvalidInput, match="csv or jsonl"):
        export(filled, "series", tmp_path / "series.parquet", form="parquet")
    assert list(tmp_path.iterdir()) == [tmp_path / "snapshots"] or not list(tmp_path.glob("series*"))
    assert "0.0000000000001" in {row["value"] for row in table(written(filled, "series", "csv"))}


def test_sdmx(filled: Store) -> None:
    rows = table(written(filled, "series", "sdmx-csv"))
    [half] = [row for row in rows if row["PERIOD_KIND"] == "to_date6"]
    assert (half["STRUCTURE_ID"], half["FREQ"], half["REF_AREA"], half["TIME_PERIOD"], half["OBS_VALUE"], half["OBS_STATUS"]) == (
        "ZHENGFA:SERIES(1.0)", "_O", "62", "2024-01-01/P6M", "400000", "A",
    )  # fmt: skip
    with pytest.raises(InvalidInput, match="series"):
        written(filled, "changes", "sdmx-csv")


@pytest.mark.parametrize(
    ("period", "kind", "shown"),
    [("2024", "year", "2024"), ("2020-2024", "years5", "2020-01-01/P5Y"), ("2024-04/2024-06", "quarter", "2024-Q2"), ("2024-06/2024-06", "month", "2024-06"), ("2023-11/2024-02", "months4", "2023-11-01/P4M")],
)  # fmt: skip
def test_sdmx_periods(period: str, kind: str, shown: str) -> None:
    assert time_period(period, kind) == shown


def test_a_failed_export_leaves_no_file(filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> int:
        raise OSError("disk full")

    monkeypatch.setitem(
        cast("dict[str, object]", __import__("storage.export.formats", fromlist=["_WRITERS"])._WRITERS), "csv", fail
    )
    with pytest.raises(OSError, match="disk full"):
        export(filled, "series", tmp_path / "series.csv")
    assert list(tmp_path.glob("series*")) == []


@pytest.mark.parametrize(("language", "head"), [("en", "## Tables"), ("zh", "## 数据表")])
def test_the_data_dictionary_knows_every_table_and_column(language: Language, head: str) -> None:
    text = data_dictionary(language).split(head)[1]
    for name, found in metadata.tables.items():
        section = text.split(f"### {name}\n", 1)[1].split("\n### ", 1)[0]
        assert all(f"| {column.name} |" in section for column in found.columns)


@pytest.mark.parametrize(("language", "name"), [("en", "data-dictionary.md"), ("zh", "data-dictionary.zh-CN.md")])
def test_the_committed_data_dictionary_is_current(language: Language, name: str) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == data_dictionary(language), (
        f"write it anew: ZHENGFA_LANGUAGE={language} zhengfa export dictionary -o docs/{name}"
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("body", BodyKind), ("level", Level), ("measure", Measure), ("qualifier", Qualifier), ("direction", Direction), ("form", Form),
        ("basis", Basis), ("Status", Status), ("Standing", Standing), ("Held", Held),
    ],
)  # fmt: skip
def test_every_code_is_explained_in_both_languages(name: str, words: type[StrEnum]) -> None:
    assert [code.value for code in CODES[name]] == [word.value for word in words]
    assert all(code.chinese and code.english for code in CODES[name])


def test_what_an_export_leaves_out_is_said_and_where_it_is() -> None:
    for language in ("en", "zh"):
        section = data_dictionary(language).split("### observations", 1)[1].split("###", 1)[0]
        assert "changes" in section
