"""A user's own tables, and what is said of those that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from scrapers.indicators import CatalogueError, load_catalogue
from scrapers.vocabulary import BodyKind

GOOD = """
topic = "自定"
bodies = ["police"]
[lost_dogs]
name = "走失犬只数"
english = "Dogs lost"
wordings = ["走失(犬|犬只)"]
units = ["起"]
rise = "bad"
"""


def folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_own_tables_lie_over_the_shipped_ones(tmp_path: Path) -> None:
    text = GOOD + "[crime_registered]\nkey = false\nthresholds = { percent = 35, percent_down = 50 }\n"
    catalogue = load_catalogue(folder(tmp_path, text))
    catalogue.check()
    assert catalogue.match("走失犬只", "起", BodyKind.POLICE) == "lost_dogs"
    crime = catalogue.get("crime_registered")
    assert crime is not None
    assert (crime.key, str(crime.thresholds["percent"]), crime.name) == (False, "35", "刑事案件立案数")
    assert catalogue.match("刑事立案", "起", BodyKind.POLICE) == "crime_registered"


def test_own_default_thresholds_and_words(tmp_path: Path) -> None:
    (tmp_path / "thresholds.toml").write_text("percent = 12.5\n", encoding="utf-8")
    catalogue = load_catalogue(tmp_path)
    assert str(catalogue.default_thresholds["percent"]) == "12.5"
    assert catalogue.default_thresholds["percent_chain"] == 30


def test_a_folder_that_is_not_there_is_no_error(tmp_path: Path) -> None:
    assert load_catalogue(tmp_path / "none").get("lost_dogs") is None


def test_own_words_that_spoil_shipped_wordings_are_told_when_they_are_loaded(tmp_path: Path) -> None:
    (tmp_path / "words.toml").write_text('crime = "(犯罪|刑事"\n', encoding="utf-8")
    with pytest.raises(CatalogueError, match="expected"):
        load_catalogue(tmp_path)


def test_the_catalogue_is_built_once(tmp_path: Path) -> None:
    assert load_catalogue(tmp_path) is load_catalogue(tmp_path)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('bodies = ["police"]', ""), "has no owner"),
        (('bodies = ["police"]', 'bodies = ["城管"]'), "城管"),
        (("[lost_dogs]", "[Lost-Dogs]"), "is no id"),
        (('rise = "bad"', ""), "lacks 'rise'"),
        (('rise = "bad"', 'rise = "up"'), "good | bad | neutral | context"),
        (('rise = "bad"', 'rise = "bad"\ncolour = "red"'), "colour"),
        (('rise = "bad"', 'rise = "bad"\nkey = "yes"'), "neither true nor false"),
        (('rise = "bad"', 'rise = "bad"\nrange = [9, 1]'), "is no range"),
        (('rise = "bad"', 'rise = "bad"\nthresholds = { percent = "many" }'), "no number"),
        (('rise = "bad"', 'rise = "bad"\nthresholds = { percent = -3 }'), "below zero"),
        (('name = "走失犬只数"', "name = 3"), "name is no text"),
        (('units = ["起"]', 'units = "起"'), "units is no list of texts"),
        (('["走失(犬|犬只)"]', '["走失(犬|犬只"]'), "expected"),
        (('["走失(犬|犬只)"]', '["走失<dog>"]'), "no word <dog>"),
        (("[lost_dogs]", "[lost_dogs"), "is no TOML"),
    ],
)
def test_a_table_that_cannot_be_used_is_named(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    assert change[0] in GOOD
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder(tmp_path, GOOD.replace(*change)))
    assert says in str(caught.value)
    assert "own.toml" in str(caught.value)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('["走失(犬|犬只)"]', '["破获刑事案件"]'), "also belongs to"),
        (('units = ["起"]', 'units = ["头"]'), "'头' has no measure"),
        (('rise = "bad"', 'rise = "bad"\npart_of = "dogs"'), "part_of = 'dogs' is no other indicator"),
        (('rise = "bad"', 'rise = "bad"\nrate_of = "crimes_solved"'), "is a rate but is told in '起'"),
        (
            ('rise = "bad"', 'rise = "bad"\nthresholds = { percentage = 3 }'),
            "no rule looks up a threshold 'percentage'",
        ),
        (('units = ["起"]\nrise = "bad"', 'units = ["%"]\nrise = "bad"\nrange = [0, 900]'), "no share in per cent"),
    ],
)
def test_check_refuses(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    assert change[0] in GOOD
    catalogue = load_catalogue(folder(tmp_path, GOOD.replace(*change)))
    with pytest.raises(CatalogueError) as caught:
        catalogue.check()
    assert says in str(caught.value)
    assert "own.toml" in str(caught.value)
    assert "[lost_dogs]" in str(caught.value)


def test_one_wording_may_have_two_owners_of_different_bodies(tmp_path: Path) -> None:
    text = GOOD.replace('"police"', '"justice"').replace('["走失(犬|犬只)"]', '["破获刑事案件"]')
    catalogue = load_catalogue(folder(tmp_path, text))
    catalogue.check()
    assert catalogue.match("破获刑事案件", "起", BodyKind.JUSTICE) == "lost_dogs"
    assert catalogue.match("破获刑事案件", "起", BodyKind.POLICE) == "crimes_solved"
    assert catalogue.match("破获刑事案件", "起", None) is None
