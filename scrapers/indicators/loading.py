"""Reading the catalogue's files and saying exactly what is wrong with one that cannot be used.

    shipped   scrapers/indicators/*.toml, inside the package
    user      <extra_dir>/*.toml, laid over: a table of the same id replaces the shipped one's keys, one by one

    topic = "法院"              of every table in the file
    bodies = ["court"]         owners of every table that names none
    [court_cases_received]     the id: what series, alerts and exports call it
    name, english, wordings, units, rise        needed
    bodies, key, range, thresholds, part_of, rate_of, rate_base

`words.toml` names parts of wordings, `thresholds.toml` the defaults for alerts, `regions.toml` is no indicator file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from scrapers.indicators.errors import CatalogueError
from scrapers.indicators.model import Indicator, Rise
from scrapers.vocabulary import BodyKind

_NEEDED = ("name", "english", "wordings", "units", "rise")
_LINKS = ("part_of", "rate_of", "rate_base")
_KNOWN = frozenset([*_NEEDED, "bodies", "key", "range", "thresholds", *_LINKS])
_ID = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_BODY_CODES = " | ".join(f'"{body.value}"' for body in BodyKind)


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything the files say: indicators by id in file order, parts of wordings, default thresholds."""

    indicators: dict[str, Indicator]
    words: dict[str, str]
    thresholds: dict[str, Decimal]


def load_tables(extra_dir: Path | None = None) -> Tables:
    """The shipped tables with the user's laid over. Raises CatalogueError for the first one that cannot be used."""
    raw: dict[str, tuple[str, dict[str, Any]]] = {}
    words: dict[str, str] = {}
    thresholds: dict[str, Decimal] = {}
    for label, path in _files(extra_dir):
        tables = _read(label, path)
        if path.name == "words.toml":
            words.update({name: str(pattern) for name, pattern in tables.items()})
        elif path.name == "thresholds.toml":
            thresholds.update(_decimals(label, "", tables))
        else:
            _lay_over(raw, label, tables)
    return Tables({name: _indicator(label, name, table) for name, (label, table) in raw.items()}, words, thresholds)


def _files(extra_dir: Path | None) -> Iterator[tuple[str, Traversable | Path]]:
    shipped = [each for each in files("scrapers.indicators").iterdir() if each.name.endswith(".toml")]
    for each in sorted(shipped, key=lambda file: file.name):
        if each.name != "regions.toml":
            yield each.name, each
    if extra_dir is not None and extra_dir.is_dir():
        for path in sorted(extra_dir.glob("*.toml")):
            yield str(path), path


def _read(label: str, path: Traversable | Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise CatalogueError(label, "", f"is no TOML: {problem}", "correct the line that it names") from problem
    except OSError as problem:
        raise CatalogueError(label, "", f"cannot be read: {problem.strerror}") from problem


def _lay_over(raw: dict[str, tuple[str, dict[str, Any]]], label: str, tables: Mapping[str, Any]) -> None:
    """Add a file's tables; a key of a table that is already there replaces its value."""
    shared = {key: tables[key] for key in ("topic", "bodies") if key in tables}
    for name, table in tables.items():
        if name in shared:
            continue
        if not isinstance(table, dict):
            raise CatalogueError(label, name, "stands outside every table", "only topic and bodies may stand there")
        before = raw[name][1] if name in raw else shared
        raw[name] = (label, {**before, **table})


def _indicator(label: str, name: str, table: Mapping[str, Any]) -> Indicator:
    if not _ID.fullmatch(name):
        raise CatalogueError(label, name, "is no id", "write small letters, digits and single underscores")
    for key in table:
        if key not in _KNOWN and key != "topic":
            raise CatalogueError(
                label, name, f"has a key {key!r} that is not known", f"known: {', '.join(sorted(_KNOWN))}"
            )
    for key in _NEEDED:
        if key not in table:
            raise CatalogueError(label, name, f"lacks {key!r}", f"an indicator needs {', '.join(_NEEDED)}")
    low, high = _range(label, name, table.get("range"))
    return Indicator(
        id=name,
        name=_text(label, name, table, "name"),
        english=_text(label, name, table, "english"),
        topic=str(table.get("topic", "")),
        wordings=_texts(label, name, table, "wordings"),
        units=_texts(label, name, table, "units"),
        bodies=_bodies(label, name, table),
        rise=_rise(label, name, table["rise"]),
        key=_flag(label, name, table.get("key", False)),
        lower=low,
        upper=high,
        thresholds=_decimals(label, name, table.get("thresholds", {})),
        file=label,
        **{key: _text(label, name, table, key) for key in _LINKS if key in table},
    )


def _text(label: str, name: str, table: Mapping[str, Any], key: str) -> str:
    value = table[key]
    if not isinstance(value, str) or not value.strip():
        raise CatalogueError(label, name, f"{key} is no text", "write it in double quotes")
    return value


def _texts(label: str, name: str, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = table[key]
    if not isinstance(value, list) or not value or not all(isinstance(each, str) and each for each in value):
        raise CatalogueError(label, name, f"{key} is no list of texts", 'write a list, such as ["…"]')
    return tuple(value)


def _bodies(label: str, name: str, table: Mapping[str, Any]) -> tuple[BodyKind, ...]:
    if "bodies" not in table:
        raise CatalogueError(label, name, "has no owner", f"write bodies, one or more of {_BODY_CODES}")
    try:
        return tuple(BodyKind.from_label(body) for body in _texts(label, name, table, "bodies"))
    except ValueError as problem:
        raise CatalogueError(label, name, f"bodies: {problem}", f"one or more of {_BODY_CODES}") from problem


def _rise(label: str, name: str, value: object) -> Rise:
    try:
        return Rise(str(value))
    except ValueError as problem:
        choices = " | ".join(rise.value for rise in Rise)
        raise CatalogueError(label, name, f"rise = {value!r} is none of {choices}") from problem


def _flag(label: str, name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise CatalogueError(label, name, f"key = {value!r} is neither true nor false")
    return value


def _range(label: str, name: str, value: object) -> tuple[Decimal | None, Decimal | None]:
    if value is None:
        return None, None
    bounds = list(_decimals(label, name, dict(enumerate(value))).values()) if isinstance(value, list) else []
    if len(bounds) != 2 or bounds[0] >= bounds[1]:
        raise CatalogueError(
            label, name, f"range = {value!r} is no range", "write [lowest, highest] of a province's year"
        )
    return bounds[0], bounds[1]


def _decimals(label: str, name: str, table: Mapping[Any, Any]) -> dict[str, Decimal]:
    try:
        numbers = {str(key): Decimal(str(value)) for key, value in table.items()}
    except InvalidOperation as problem:
        raise CatalogueError(label, name, f"holds what is no number: {dict(table)!r}") from problem
    if any(number < 0 for number in numbers.values()):
        raise CatalogueError(label, name, f"holds a number below zero: {dict(table)!r}")
    return numbers
