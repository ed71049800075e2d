"""The data dictionary: exported columns with their units and codes, and the tables, generated from what is in force.

exports    columns.py, each with its meaning, type, unit and codes
codes      codes.py, each code with its meaning
tables     the models: docstring, columns with type, emptiness, reference and allowed words
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from sqlalchemy import CheckConstraint, Table
from sqlalchemy.types import TypeEngine
from sqlmodel import AutoString, SQLModel

from storage import tables
from storage.export.codes import CODES
from storage.export.columns import COLUMNS, Column
from storage.export.sdmx import COLUMNS as SDMX
from storage.tables.base import Record

Language = Literal["zh", "en"]


class _Words(NamedTuple):
    title: str
    generated: str
    exports: str
    numbers: str
    codes: str
    tables: str
    column: str
    type: str
    meaning: str
    unit: str
    code: str
    may_be_empty: str
    refers_to: str
    allowed: str
    yes: str
    no: str


_WORDS: dict[Language, _Words] = {
    "zh": _Words(
        "数据字典", "由程序自 `storage` 生成,请勿手改:`zhengfa export dictionary`。", "导出",
        "数字逐位准确,以基本单位计。CSV 为带标记的 UTF-8;以 = + - @ 等开头的文字单元格前加撇号,以防电子表格当作公式。",
        "代码", "数据表", "列", "类型", "含义", "单位", "代码", "可空", "引用", "允许的词", "是", "否",
    ),
    "en": _Words(
        "Data dictionary", "Generated from `storage`; do not edit: `zhengfa export dictionary` writes it.", "Exports",
        "Numbers are exact to the last digit, in base units. CSV is UTF-8 with a byte order mark; a text cell that a "
        "spreadsheet would run as a formula (it begins with = + - @ …) has an apostrophe before it.",
        "Codes", "Tables", "column", "type", "meaning", "unit", "codes", "may be empty", "refers to", "allowed words",
        "yes", "no",
    ),
}  # fmt: skip
_TYPES: dict[Language, dict[str, str]] = {
    "zh": {"text": "文本", "number": "数值", "integer": "整数", "date": "日期", "flag": "真假"},
    "en": {"text": "text", "number": "number", "integer": "integer", "date": "date", "flag": "flag"},
}
# What each export holds, and what it leaves out.
ABOUT: dict[Language, dict[str, str]] = {
    "zh": {
        "observations": (
            "每行一个原文所载的数值,含未被采用者及其缘由。只载变动、未载数值的数字(“同比下降28%”而无件数)不在此,"
            "在 `changes`;已被新版取代的版本不导出。"
        ),
        "changes": "每行一个原文所称的变动,不论是否载有数值;未载数值者 `value` 为空。",
        "series": (
            "每行一个序列在一个时期的值:由各处陈述按成文规则取定,附其出处。"
            "只载变动者不在此,在 `changes`(`standing` 为 taken)。"
        ),
        "sdmx-csv": "`series` 的 SDMX-CSV 2.0 形式(`--format sdmx-csv`),无字节顺序标记。",
    },
    "en": {
        "observations": (
            "One row for each stated value, also those that another was preferred to, with the reason. Figures that "
            "state only a change (“down 28 %” without a count) are not here but in `changes`; superseded editions are "
            "not exported."
        ),
        "changes": "One row for each stated change, with or without a value; `value` is empty where the text has none.",
        "series": (
            "One row for each series and period: the value taken from all that was stated, by written rules, with its "
            "source. Changes without values are not here but in `changes` (`standing` is taken)."
        ),
        "sdmx-csv": "`series` as SDMX-CSV 2.0 (`--format sdmx-csv`), without a byte order mark.",
    },
}
# How a CHECK that holds a closed set reads (storage.tables.base.one_of).
_ALLOWED = re.compile(r"(\w+) = '(\w+)'")


def data_dictionary(language: Language = "en") -> str:
    """Exports, codes and tables as Markdown, in Chinese or English (what the models say of themselves is English)."""
    words = _WORDS[language]
    lines = [f"# {words.title}", "", words.generated, "", f"## {words.exports}", "", words.numbers]
    for kind, columns in (*COLUMNS.items(), ("sdmx-csv", SDMX)):
        lines += ["", f"### {kind}", "", ABOUT[language][kind], ""]
        lines += _table(words.column, words.type, words.meaning, words.unit, words.code)
        lines += (_row(*_exported(column, language)) for column in columns)
    lines += ["", f"## {words.codes}"]
    for name, codes in CODES.items():
        lines += ["", f"### {words.code}: {name.lower()}", "", *_table(words.code, words.meaning)]
        lines += (_row(f"`{code.value}`", code.chinese if language == "zh" else code.english) for code in codes)
    lines += ["", f"## {words.tables}"]
    for model in _models():
        lines += ["", *_of_model(model, words)]
    return "\n".join(lines) + "\n"


def _exported(column: Column, language: Language) -> tuple[str, ...]:
    meaning = column.chinese if language == "zh" else column.meaning
    unit = f"`{column.unit}`" if column.unit else ""
    codes = f"[{column.codes.lower()}](#{_WORDS[language].code}-{column.codes.lower()})" if column.codes else ""
    return column.name, _TYPES[language][column.type], meaning, unit, codes


def _models() -> Iterator[type[SQLModel]]:
    for name in tables.__all__:
        model = getattr(tables, name)
        if inspect.isclass(model) and issubclass(model, SQLModel) and model is not Record:
            yield model


def _of_model(model: type[SQLModel], words: _Words) -> list[str]:
    table: Table = model.__table__  # type: ignore[attr-defined]
    doc = " ".join((inspect.getdoc(model) or "").split())
    allowed = _allowed(table)
    lines = [f"### {table.name}", "", doc, ""]
    lines += _table(words.column, words.type, words.may_be_empty, words.refers_to, words.allowed)
    for column in table.columns:
        target = ", ".join(sorted(key.target_fullname for key in column.foreign_keys))
        kind = _kind(column.type)
        empty = words.yes if column.nullable else words.no
        lines.append(_row(column.name, kind, empty, target, allowed.get(column.name, "")))
    return lines


def _kind(found: TypeEngine[object]) -> str:
    """The type as storage.types or SQL calls it; SQLModel's texts are texts."""
    return "Text" if isinstance(found, AutoString) else type(found).__name__


def _allowed(table: Table) -> dict[str, str]:
    """The words that a CHECK allows, by column."""
    checks = (str(item.sqltext) for item in table.constraints if isinstance(item, CheckConstraint))
    found = (_ALLOWED.findall(text) for text in checks)
    return {pairs[0][0]: ", ".join(word for _, word in pairs) for pairs in found if pairs}


def _table(*heads: str) -> list[str]:
    return [_row(*heads), "|" + "---|" * len(heads)]


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', '¦') for cell in cells)} |"
