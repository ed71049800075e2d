"""What every family reads on its replica site, fixed in golden.json beside the site.

A missing golden is written and fails; a written one fails until somebody has read it against the pages and set
`"read"` to true. A change of what is read shows as a difference to be explained in the commit.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scrapers.pages import Article, ListPage, NotArticle, parse_article, parse_list
from scrapers.pages.families import families
from scrapers.pages.model import GENERIC
from tests.replicas.sites import HERE
from tests.scrapers.pages.test_replicas import Site, site

ALL = (*(family.name for family in families()), GENERIC)


def read_site(here: Site) -> dict[str, Any]:
    lists = {here.place.list_path, here.place.second_path} - {""}
    found: dict[str, Any] = {}
    for path, text in here.pages.items():
        url = here.url(path)
        found[path] = plain(parse_list(text, url) if path in lists else parse_article(text, url))
    return found


def plain(result: ListPage | Article | NotArticle) -> dict[str, Any]:
    """The fields that say something, as JSON."""
    values: dict[str, Any] = json.loads(json.dumps(asdict(result), default=text_of, ensure_ascii=False))
    return {key: value for key, value in values.items() if value not in (None, [], "", {}) and key != "url"}


def text_of(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


@pytest.mark.parametrize("family", ALL)
def test_golden(family: str) -> None:
    path = HERE / family / "golden.json"
    found = read_site(site(family))
    if not path.exists():
        path.write_text(json.dumps({"read": False, "pages": found}, ensure_ascii=False, indent=1) + "\n", "utf-8")
        pytest.fail(f"{path.name} of {family} was missing and has been written: read it against the pages")
    golden = json.loads(path.read_text("utf-8"))
    assert golden["read"] is True, f"golden.json of {family} has not been read against its pages"
    assert found == golden["pages"]


def test_a_missing_golden_fails_and_a_fresh_one_fails_until_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.scrapers.pages.test_goldens.HERE", tmp_path)
    (tmp_path / GENERIC).mkdir()
    with pytest.raises(pytest.fail.Exception, match="was missing"):
        test_golden(GENERIC)
    with pytest.raises(AssertionError, match="has not been read"):
        test_golden(GENERIC)
    path = tmp_path / GENERIC / "golden.json"
    path.write_text(path.read_text("utf-8").replace('"read": false', '"read": true'), "utf-8")
    test_golden(GENERIC)
    path.write_text(path.read_text("utf-8").replace("86.31", "86.32"), "utf-8")
    with pytest.raises(AssertionError):
        test_golden(GENERIC)
