"""The cards that are shipped: every one loads, says nothing that is not known, and can be mended by its comments."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from scrapers.pages.families import named
from scrapers.sources import SourceCard, load_cards
from scrapers.vocabulary import BodyKind

SHARED = Path(__file__).resolve().parents[4] / "shared" / "sources" / "sources.toml"
CARDS = load_cards()


def file_of(card: SourceCard) -> Path:
    found = list(Path(str(files("scrapers.sources"))).glob(f"*/{card.id}.toml"))
    assert len(found) == 1
    return found[0]


def test_none_is_broken() -> None:
    assert CARDS.broken == ()
    assert len(CARDS) >= 200


def test_all_provinces_and_all_kinds_of_bodies_are_there() -> None:
    assert {card.body for card in CARDS} == set(BodyKind)
    assert len({card.region for card in CARDS}) == 32
    by_province = {(card.region, card.body) for card in CARDS}
    kinds = set(BodyKind) - {BodyKind.PRESS}
    missing = [
        (region, kind)
        for region in {card.region for card in CARDS} - {"00"}
        for kind in kinds
        if (region, kind) not in by_province
    ]
    assert not missing


@pytest.mark.parametrize("card", CARDS.cards, ids=lambda card: card.id)
def test_a_card(card: SourceCard) -> None:
    path = file_of(card)
    text = path.read_text("utf-8")
    assert path.parent.name.startswith(f"{card.region[:2]}_")
    assert not card.enabled
    assert card.probed is None
    assert card.family is None or named(card.family) is not None
    assert "# When it breaks" in text
    assert len([line for line in text.splitlines() if line.startswith("#   - ")]) >= 2
    assert "minimum_links" not in text or card.list_urls
    keys = tomllib.loads(text)
    assert "" not in keys.values()
    assert all(value not in ("unknown", "custom") for value in keys.values())


@pytest.mark.parametrize("card", [card for card in CARDS if card.article_pattern], ids=lambda card: card.id)
def test_an_article_pattern_can_be_used(card: SourceCard) -> None:
    assert re.compile(card.article_pattern or "").groups >= 0


@pytest.mark.skipif(not SHARED.exists(), reason="the catalogue is not there")
def test_every_source_of_the_catalogue_has_its_card() -> None:
    catalogue = tomllib.loads(SHARED.read_text("utf-8"))["source"]
    known = {card.id for card in CARDS}
    assert {row["id"] for row in catalogue} <= known
    for row in catalogue:
        card = CARDS.get(row["id"])
        assert card is not None
        assert card.region == row["gb2260"]
        assert card.body is BodyKind.from_label({"司法": "司法行政"}.get(row["body"], row["body"]))
