"""Rule 1 over the annotated corpus: floors, where the corpus is there; and what docs/thresholds.md says of it."""

from __future__ import annotations

import pytest

from bench.alert_corpus import CORPUS, figures_of, score
from bench.thresholds import PAGE, corpus_tables, laid_into
from scrapers.indicators import load_catalogue

needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the annotated corpus is not here")


@needs_corpus
def test_what_the_reader_raises_is_what_the_annotation_raises() -> None:
    result = score()
    assert result.precision >= 0.97, result.false
    assert result.recall >= 0.85, result.missed
    assert result.right >= 40


@pytest.mark.parametrize(
    ("period", "base", "expected"),
    [
        ("2022", "2021", ("yoy", None)),
        ("2022", "2019", ("named_period", "2019")),
        ("2022-01/2022-06", "2021", ("named_period", "2021")),
        ("2022", "改革前", ("named_period", "改革前")),
        (None, "2021", ("named_period", "2021")),
    ],
)
def test_an_annotation_that_names_the_year_before_is_asked_as_year_on_year(
    period: str | None, base: str, expected: tuple[str, str | None]
) -> None:
    change: dict[str, object] = {"start": 8, "end": 13, "direction": "down", "value": 32.8, "form": "percent"}
    change |= {"basis": "named_period", "base_period": base}
    statement: dict[str, object] = {"subject": "破案数", "unit": "", "value": None, "qualifier": "exact"}
    statement |= {"start": 8, "end": 13, "period": period, "changes": [change]}
    (figure,) = figures_of({"id": "made"}, [statement], load_catalogue())
    assert [(each.basis, each.base_period) for each in figure.changes] == [expected]


@needs_corpus
def test_the_page_shows_what_thresholds_come_to_over_the_corpus() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == laid_into(page, "corpus", corpus_tables()), "run python -m bench.thresholds --write"


def test_every_threshold_of_an_indicators_own_has_its_reason() -> None:
    reasons = PAGE.read_text(encoding="utf-8").partition("## Thresholds of their own")[2]
    rows = [line.split("|")[1:4] for line in reasons.splitlines() if line.startswith("| `p")]
    said: dict[str, dict[str, str]] = {}
    for thresholds, whose, _ in rows:
        values = dict(zip(*[iter(thresholds.replace("`", "").replace(",", "").split())] * 2, strict=True))
        said |= {name.strip(" `"): values for name in whose.split(",")}
    own = {one.id: one.thresholds for one in load_catalogue().indicators if one.thresholds}
    assert said == {name: {key: str(value) for key, value in limits.items()} for name, limits in own.items()}
