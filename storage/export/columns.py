"""What is exported: each column with its meaning, and where it applies its unit or its codes.

The data dictionary is generated: exported columns from here, tables from the models and their docstrings.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from sqlmodel import SQLModel

from storage import tables, vocabulary
from storage.tables.base import Record

Kind = Literal["observations", "changes", "series"]


@dataclass(frozen=True, slots=True)
class Column:
    """One exported column. `codes` names a closed set of `storage.vocabulary`."""

    name: str
    type: Literal["text", "number", "integer", "date", "flag"]
    meaning: str
    codes: str = ""


_KEY = (
    Column("indicator", "text", "id of the indicator in the catalogue, empty where the figure has none"),
    Column("indicator_label", "text", "its Chinese name"),
    Column("region", "text", "GB/T 2260 code of the region that the figure speaks of"),
    Column("region_name", "text", "its short Chinese name"),
    Column("body", "text", "kind of body: committee, court, procuratorate, police, justice, congress, press"),
    Column("own", "flag", "true: the body itself; false: the whole system under it"),
    Column("level", "text", "nation, province, city, county"),
    Column("period", "text", "2024, 2018-2022, or months 2024-01/2024-06; both ends included"),
    Column("period_kind", "text", "year, years5, quarter, month, to_date6 (January to June) …"),
)
_SOURCE = (
    Column("quotation", "text", "the sentence of the publication, unchanged"),
    Column("title", "text", "title of the publication"),
    Column("published", "date", "day of publication, ISO 8601"),
    Column("url", "text", "address of the publication"),
    Column("snapshot", "text", "SHA-256 of the bytes it was read from (first page)"),
)
_VALUE = (
    Column("value", "number", "in base units (81.27万件 is 812700), exact"),
    Column("precision", "number", "half the step of the last printed digit, in the value's unit; empty: exact"),
    Column("unit", "text", "counting word or %, as printed, without 万 and 亿"),
    Column("qualifier", "text", "exact, about, over, under, at_least"),
)
_CHANGE = (
    Column("direction", "text", "up, down, flat"),
    Column("change", "number", "positive; per cent, points, times or base units, as `form` says; empty where flat"),
    Column("change_precision", "number", "half the step of the last printed digit"),
    Column("form", "text", "percent, percentage_points, absolute, times_increase, ratio_to_base, flat"),
    Column("basis", "text", "yoy, chain, named_period, previous_five_years"),
    Column("base_period", "text", "the named period, empty otherwise"),
    Column("change_unit", "text", "unit of an absolute change"),
)

COLUMNS: dict[Kind, tuple[Column, ...]] = {
    "observations": (
        *_KEY,
        Column("subject", "text", "the text's own words for what is counted"),
        Column("scope", "text", "the text's own words for whose figure it is"),
        *_VALUE,
        Column("status", "text", "how sure the reader is", "Status"),
        Column("standing", "text", "whether it is the value of its series, or why not", "Standing"),
        Column("held", "text", "why it waits for a person, empty where it does not", "Held"),
        Column("remarks", "text", "ranks and records said of it, separated by ；"),
        *_SOURCE,
        Column("reader_version", "text", "version of the reader that understood it so"),
    ),
    "changes": (
        *_KEY,
        Column("subject", "text", "the text's own words for what is counted"),
        Column("scope", "text", "the text's own words for whose figure it is"),
        *_CHANGE,
        *_VALUE,
        Column("standing", "text", "whether it is the change of its series, or why not", "Standing"),
        *_SOURCE,
    ),
    "series": (
        *_KEY,
        Column("measure", "text", "what is counted: cases, persons, yuan, rate …"),
        *_VALUE,
        Column("segment", "integer", "counts up at definition breaks; values of different segments do not compare"),
        Column("break_before", "flag", "the definition changed before this period"),
        Column("witnesses", "integer", "publications that state a value which agrees within printed precision"),
        Column("excluded", "flag", "marked as an incident or a false reading by a person"),
        *_SOURCE,
    ),
}
KINDS: tuple[Kind, ...] = tuple(COLUMNS)


def data_dictionary() -> str:
    """Exported columns and tables with their columns, as Markdown; generated, so that it cannot be out of date."""
    parts = ["# Data dictionary", "", "Generated from `storage`; do not edit.", "", "## Exports"]
    for kind, columns in COLUMNS.items():
        parts += ["", f"### {kind}", "", "| column | type | meaning |", "|---|---|---|"]
        parts += [f"| {item.name} | {item.type} | {item.meaning}{_codes(item)} |" for item in columns]
    parts += ["", "## Tables"]
    for name in tables.__all__:
        model = getattr(tables, name)
        if inspect.isclass(model) and issubclass(model, SQLModel) and model is not Record:
            parts += ["", *_table(model)]
    return "\n".join(parts) + "\n"


def _codes(column: Column) -> str:
    if not column.codes:
        return ""
    words: type[StrEnum] = getattr(vocabulary, column.codes)
    return f": {', '.join(word.value for word in words)}"


def _table(model: type[SQLModel]) -> list[str]:
    table = model.__table__  # type: ignore[attr-defined]
    doc = " ".join((inspect.getdoc(model) or "").split())
    lines = [f"### {table.name}", "", doc, "", "| column | type | may be empty | refers to |", "|---|---|---|---|"]
    for column in table.columns:
        target = ", ".join(sorted(key.target_fullname for key in column.foreign_keys))
        kind = type(column.type).__name__.removesuffix("Type")
        lines.append(f"| {column.name} | {kind} | {'yes' if column.nullable else 'no'} | {target} |")
    return lines
