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
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from scrapers.sources.card import SourceCard
from scrapers.sources.errors import CardError

_TOML_PLACE = re.compile(r"\(at line (\d+), column \d+\)")
_FIXES = {
    "missing": "add it; a card needs id, name, region, body and list_urls",
    "extra_forbidden": "no card has this field; see docs on cards for the names there are",
    "string_pattern_mismatch": 'write the GB/T 2260 code in quotes, two, four or six digits, such as "62"',
    "string_type": "write it in double quotes",
    "bool_type": "write true or false without quotes",
    "bool_parsing": "write true or false without quotes",
    "tuple_type": 'write a list, such as ["…"]',
    "time_delta_parsing": 'write a number with s, m, h, d or w, such as "36h"',
}


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


@dataclass(frozen=True, slots=True)
class _Raw:
    """One card file as read: its keys, its text and where it lies."""

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
        card, errors = _laid_over(layers)
        broken.extend(errors)
        if card is not None:
            cards.append(card)
    return Cards(tuple(sorted(cards, key=lambda card: card.id)), tuple(broken))


def read_card(text: str, path: Path | str) -> SourceCard:
    """One card from its text alone. Raises CardError naming file, line, field and fix (the first of several)."""
    raw = _parsed(str(path), text)
    card, errors = _laid_over([raw])
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


def _laid_over(layers: list[_Raw]) -> tuple[SourceCard | None, list[CardError]]:
    """The card of all layers; where the upper ones spoil it, that of the layers below, with the errors of the upper."""
    merged: dict[str, Any] = {}
    for layer in layers:
        merged = {**merged, **layer.keys}
    try:
        return SourceCard.model_validate(merged), []
    except ValidationError as invalid:
        errors = [_explained(detail, layers) for detail in invalid.errors()]
    below = _laid_over(layers[:-1])[0] if len(layers) > 1 else None
    return below, errors


def _explained(detail: Any, layers: list[_Raw]) -> CardError:  # noqa: ANN401 - pydantic's ErrorDetails is a loose dict
    path = [str(part) for part in detail["loc"] if not str(part).startswith("function-")]
    field = path[0] if path else "list_urls"
    # The uppermost file that has the key is to blame; a missing key is the uppermost file's.
    layer = next((layer for layer in reversed(layers) if field in layer.keys), layers[-1])
    message = str(detail["msg"]).removeprefix("Value error, ")
    fix = _FIXES.get(str(detail["type"]), "")
    shown = ".".join(path) if path else field
    # What is wrong with the card as a whole is that it is enabled without a list.
    line = _line_of(layer.text, field) or (None if path else _line_of(layer.text, "enabled"))
    return CardError(layer.path, line, shown, message, fix or message)


def _line_of(text: str, field: str) -> int | None:
    pattern = re.compile(rf"""\s*(?:\[+\s*)?["']?{re.escape(field)}["']?\s*(?:=|\.|\])""")
    for number, line in enumerate(text.splitlines(), start=1):
        if pattern.match(line):
            return number
    return None
