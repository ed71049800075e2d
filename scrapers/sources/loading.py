"""Finding cards and saying exactly what is wrong with those that cannot be used.

    shipped   scrapers/sources/<province>/<id>.toml, inside the package
    user      <user_dir>/**/<id>.toml, laid over: same id, key by key

A broken card is reported and left out; it never hides the good ones. A user's card that only switches a shipped one on
needs no more than `id` and `enabled`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from scrapers.sources.card import SourceCard
from scrapers.sources.errors import CardError

_TOML_PLACE = re.compile(r"\(at line (\d+), column \d+\)")
_QUOTED = "write it in double quotes"
_SWITCH = "write true or false without quotes"
_TABLE = "write it as a table: its name in brackets on a line of its own, such as [season], its keys below"
_TIME = 'write a number with s, m, h, d or w, such as "36h"'
# What pydantic says by type of error, in words for who writes cards; ctx and the input fill them.
_WORDS = {
    "missing": ("is missing", "add it; a card needs id, name, region, body and list_urls"),
    "extra_forbidden": ("no card has this field", "take it out; docs/sources.md lists the names there are"),
    "string_type": ("is no text", _QUOTED),
    "string_too_short": ("is empty", "write something, or take the key out"),
    "bool_type": ("is neither true nor false", _SWITCH),
    "bool_parsing": ("is neither true nor false", _SWITCH),
    "tuple_type": ("is no list", 'write a list, such as ["…"]'),
    "int_type": ("is no whole number", "write digits without quotes"),
    "int_parsing": ("is no whole number", "write digits without quotes"),
    "int_from_float": ("is no whole number", "write digits without quotes"),
    "greater_than_equal": ("{input} is too small", "write {ge} or more"),
    "less_than_equal": ("{input} is too large", "write {le} or less"),
    "time_delta_parsing": ("{input!r} is no length of time", _TIME),
    "time_delta_type": ("{input!r} is no length of time", _TIME),
    "date_type": ("is no date", "write it without quotes, such as 2026-01-20"),
    "date_parsing": ("is no date", "write it without quotes, such as 2026-01-20"),
    "date_from_datetime_parsing": ("is no date", "write it without quotes, such as 2026-01-20"),
    "date_from_datetime_inexact": ("is no date but a moment", "write the day alone, such as 2026-01-20"),
    "dict_type": ("is no table", _TABLE),
    "model_type": ("is no table", _TABLE),
    "is_instance_of": ("is no text", _QUOTED),
    "enum": ("is no text", _QUOTED),
    "dataclass_type": ("is no text", _QUOTED),
}
_UNSAID = ("is not what belongs there", "see docs/sources.md")
# A run asks for its cards several times: what a text says is kept, by the text. So many are four times those shipped.
_KEPT = 1024


@dataclass(frozen=True, slots=True)
class Cards:
    """The cards that can be used, by id in order, and what is wrong with the others."""

    cards: tuple[SourceCard, ...]
    broken: tuple[CardError, ...] = ()

    def __iter__(self) -> Iterator[SourceCard]:
        return iter(self.cards)

    def __len__(self) -> int:
        return len(self.cards)

    def get(self, source_id: str) -> SourceCard | None:
        """The card of that id, or None."""
        return next((card for card in self.cards if card.id == source_id), None)


@dataclass(frozen=True, slots=True, eq=False)
class _Raw:
    """One card file as read: its keys, its text and where it lies. Nobody changes the keys."""

    path: str
    text: str
    keys: dict[str, Any]


def load_cards(user_dir: Path | None = None) -> Cards:
    """Every shipped card, with the cards of `user_dir` laid over them. Raises nothing for a broken card."""
    broken: list[CardError] = []
    raws: dict[str, list[_Raw]] = {}
    for path, text in (*_shipped(), *_of_user(user_dir, broken)):
        try:
            raw = _parsed(path, text)
        except CardError as error:
            broken.append(error)
            continue
        raws.setdefault(str(raw.keys["id"]), []).append(raw)
    cards: list[SourceCard] = []
    for layers in raws.values():
        card, errors = _laid_over(tuple(layers))
        broken.extend(errors)
        if card is not None:
            cards.append(card)
    return Cards(tuple(sorted(cards, key=lambda card: card.id)), tuple(broken))


def read_card(text: str, path: Path | str) -> SourceCard:
    """One card from its text alone. Raises CardError naming file, line, field and fix (the first of several)."""
    raw = _parsed(str(path), text)
    card, errors = _laid_over((raw,))
    if card is None:
        raise errors[0]
    return card


def _shipped() -> Iterator[tuple[str, str]]:
    for province in sorted(files("scrapers.sources").iterdir(), key=lambda entry: entry.name):
        if province.is_dir() and province.name[:2].isdigit():
            for entry in sorted(province.iterdir(), key=lambda entry: entry.name):
                if entry.name.endswith(".toml"):
                    yield _name(entry), entry.read_text(encoding="utf-8")


def _name(entry: Traversable) -> str:
    return str(entry)


def _of_user(folder: Path | None, broken: list[CardError]) -> Iterator[tuple[str, str]]:
    if folder is None or not folder.is_dir():
        return
    for path in sorted(folder.rglob("*.toml")):
        try:
            yield str(path), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            broken.append(CardError(path, None, "", "is not UTF-8", "save the file as UTF-8"))
        except OSError as error:
            broken.append(CardError(path, None, "", f"cannot be read: {error.strerror}", "check its permissions"))


@lru_cache(_KEPT)
def _parsed(path: str, text: str) -> _Raw:
    try:
        keys = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.search(str(error))
        line = int(place[1]) if place else len(text.splitlines())
        problem = _TOML_PLACE.sub("", str(error)).strip()
        raise CardError(path, line, "", f"is no TOML: {problem}", "check quotes and brackets on that line") from None
    if not isinstance(keys.get("id"), str):
        raise CardError(path, _line_of(text, "id"), "id", "is missing or no text", 'begin with id = "62-zfw"')
    if Path(path).stem != keys["id"]:
        raise CardError(
            path,
            _line_of(text, "id"),
            "id",
            f"is {keys['id']!r}, the file's name says {Path(path).stem!r}",
            "give both the same name",
        )
    return _Raw(path, text, keys)


def _laid_over(layers: tuple[_Raw, ...]) -> tuple[SourceCard | None, list[CardError]]:
    """The card of all layers; where the upper ones spoil it, that of the layers below, with the errors of the upper."""
    try:
        return _valid(layers), []
    except ValidationError as invalid:
        errors = [_explained(detail, layers) for detail in invalid.errors()]
    below = _laid_over(layers[:-1])[0] if len(layers) > 1 else None
    return below, errors


@lru_cache(_KEPT)
def _valid(layers: tuple[_Raw, ...]) -> SourceCard:
    merged: dict[str, Any] = {}
    for layer in layers:
        merged |= layer.keys
    return SourceCard.model_validate(merged)


def _explained(detail: Any, layers: tuple[_Raw, ...]) -> CardError:  # noqa: ANN401 - pydantic's ErrorDetails is a loose dict
    path = [str(part) for part in detail["loc"] if not str(part).startswith("function-")]
    field = path[0] if path else "list_urls"
    # The uppermost file that has the key is to blame; a missing key is the uppermost file's.
    layer = next((layer for layer in reversed(layers) if field in layer.keys), layers[-1])
    context = {**(detail.get("ctx") or {}), "input": detail.get("input")}
    if detail["type"] == "card":
        problem, fix = str(detail["msg"]), str(context["fix"])
    else:
        problem, fix = (words.format(**context) for words in _WORDS.get(str(detail["type"]), _UNSAID))
    if detail["type"] == "extra_forbidden" and (near := get_close_matches(path[-1], SourceCard.model_fields, n=1)):
        fix = f"did you mean {near[0]}? docs/sources.md lists the names there are"
    shown = ".".join(path) if path else field
    # What is wrong with the card as a whole is that it is enabled without a list.
    line = _line_of(layer.text, field) or (None if path else _line_of(layer.text, "enabled"))
    return CardError(layer.path, line, shown, problem, fix)


def _line_of(text: str, field: str) -> int | None:
    pattern = re.compile(rf"""\s*(?:\[+\s*)?["']?{re.escape(field)}["']?\s*(?:=|\.|\])""")
    for number, line in enumerate(text.splitlines(), start=1):
        if pattern.match(line):
            return number
    return None
