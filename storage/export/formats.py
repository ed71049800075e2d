"""One writer for each format; all stream.

csv        UTF-8 with a byte order mark, so that spreadsheets see Chinese; cells that a spreadsheet would run as a
formula begin with an apostrophe
jsonl      one object a line, numbers as text so that no digit is lost
parquet    decimals as decimal128(38, 12), dates as date32; a number with more digits than that is refused, not rounded
sdmx-csv   SDMX-CSV 2.0 of the dataflow ZHENGFA:SERIES(1.0), of series only
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import IO, Literal

from storage.errors import InvalidInput
from storage.export.columns import COLUMNS, Column, Kind
from storage.export.sdmx import sdmx_rows
from storage.export.selection import BATCH, Exported, Filter, Value, selected
from storage.store import Store
from storage.types import plain

Format = Literal["csv", "jsonl", "parquet", "sdmx-csv"]
FORMATS: tuple[Format, ...] = ("csv", "jsonl", "parquet", "sdmx-csv")
# What spreadsheets take for a formula at the beginning of a cell (OWASP, CSV injection); some read the full-width signs
# as the half-width ones.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
Rows = Iterator[Exported]


def export(
    store: Store, kind: Kind, to: Path | IO[bytes], *, form: Format = "csv", wanted: Filter | None = None
) -> int:
    """Write an export to a file or a binary stream; gives how many rows.

    A file appears only when it is whole. Raises InvalidInput for SDMX of anything but series, and for Parquet of a
    number that its decimals do not hold to the last digit.
    """
    if form == "sdmx-csv" and kind != "series":
        raise InvalidInput("SDMX-CSV is for series; export observations and changes as csv, jsonl or parquet")
    with store.read() as session:
        rows = selected(session, kind, wanted or Filter())
        if not isinstance(to, Path):
            return _WRITERS[form](rows, COLUMNS[kind], to)
        part = to.with_name(f"{to.name}.part")
        try:
            with part.open("wb") as stream:
                count = _WRITERS[form](rows, COLUMNS[kind], stream)
            part.replace(to)
        finally:
            part.unlink(missing_ok=True)
        return count


def defused(cell: str) -> str:
    """A cell that no spreadsheet runs."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _csv(rows: Rows, columns: Sequence[Column], stream: IO[bytes]) -> int:
    names = [column.name for column in columns]
    cells = ([_cell(row[name]) for name in names] for row in rows)
    return _write_csv(names, cells, stream)


def _sdmx(rows: Rows, _columns: Sequence[Column], stream: IO[bytes]) -> int:
    names, cells = sdmx_rows(rows)
    return _write_csv(names, cells, stream, mark=False)


def _write_csv(names: Sequence[str], rows: Iterator[list[str]], stream: IO[bytes], *, mark: bool = True) -> int:
    lines = _Lines(stream)
    if mark:
        stream.write(b"\xef\xbb\xbf")
    writer = csv.writer(lines)
    writer.writerow(names)
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    return count


def _jsonl(rows: Rows, columns: Sequence[Column], stream: IO[bytes]) -> int:
    count = 0
    for row in rows:
        line = {column.name: _plain(row[column.name]) for column in columns}
        stream.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        count += 1
    return count


def _parquet(rows: Rows, columns: Sequence[Column], stream: IO[bytes]) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {
        "text": pa.string(),
        "number": pa.decimal128(38, 12),
        "integer": pa.int64(),
        "date": pa.date32(),
        "flag": pa.bool_(),
    }
    fields = [pa.field(column.name, kinds[column.type], metadata={"meaning": column.meaning}) for column in columns]
    schema = pa.schema(fields)
    count = 0
    with pq.ParquetWriter(stream, schema, compression="zstd") as writer:
        while batch := list(islice(rows, BATCH * 10)):
            try:
                arrays = [pa.array([row[column.name] for row in batch], kinds[column.type]) for column in columns]
            except pa.ArrowInvalid as error:
                raise InvalidInput(f"{error}; Parquet holds no such number exactly, export csv or jsonl") from error
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            count += len(batch)
    return count


class _Lines:
    """What `csv` writes text to, over a binary stream: UTF-8, whatever the platform."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream

    def write(self, line: str) -> int:
        return self.stream.write(line.encode())


def _cell(value: Value) -> str:
    if isinstance(value, str):
        return defused(value)
    words = _plain(value)
    if words is None:
        return ""
    return str(words).lower() if isinstance(words, bool) else str(words)


def _plain(value: Value) -> str | int | bool | None:
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else value


_WRITERS: dict[Format, Callable[[Rows, Sequence[Column], IO[bytes]], int]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "parquet": _parquet,
    "sdmx-csv": _sdmx,
}
