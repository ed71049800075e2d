"""Our own annotated texts and our texts without metrics: whether they are what they claim to be.

corpus/       fictional texts in the genre's wording, annotated; may be looked at with the scorer's --errors
held_out/     more of the same; only total scores are ever looked at
difficult/    more, each in the most difficult phrasing of its genre; may be looked at
sealed/       more of those; only total scores are ever looked at
adverse/      more, written against the reader without a look at its patterns: targets beside results, other bodies' and
              other places' figures, per-head rates, laws, addresses and hotlines between; may be looked at
adverse_sealed/  more of those; only total scores are ever looked at
distractors/  fictional speeches, notices, laws, resolutions, plans and single-case news: no metrics, many digits
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scrapers.period import Period
from scrapers.reading import Context, read
from scrapers.reading.model import Status
from scrapers.vocabulary import BodyKind

HERE = Path(__file__).parent
ANNOTATED = sorted(
    path
    for name in ("corpus", "held_out", "difficult", "sealed", "adverse", "adverse_sealed")
    for path in (HERE / name).glob("*.json")
)
SEALED = ("held_out", "sealed", "adverse_sealed")  # of these no error is ever looked at
FORMS = {"percent", "percentage_points", "absolute", "times_increase", "ratio_to_base", "flat"}
BASES = {"yoy", "chain", "named_period", "previous_five_years"}


def load(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def statements(document: dict[str, Any]) -> int:
    return sum((each["value"] is not None) + len(each["changes"]) for each in document["observations"])


@pytest.mark.parametrize("path", ANNOTATED, ids=lambda path: path.stem)
def test_offsets_and_fields_hold(path: Path) -> None:
    document = load(path)
    assert document["id"] == path.stem
    assert document["note"] == "虚构"
    assert BodyKind.from_label(document["body"])
    text = document["text"]
    for each in document["observations"]:
        assert text[each["start"] : each["end"]] == each["raw"]
        assert each["subject"]
        assert each["scope"]
        assert Period.parse(each["period"])
        assert each["value"] is not None or each["changes"]
        for change in each["changes"]:
            assert text[change["start"] : change["end"]] == change["raw"]
            assert change["form"] in FORMS
            assert change["basis"] in BASES
            assert (change["basis"] == "named_period") == ("base_period" in change)
            assert (change["value"] is None) == (change["form"] == "flat")


def test_no_figure_is_annotated_twice() -> None:
    for path in ANNOTATED:
        spans = [(each["start"], each["end"]) for each in load(path)["observations"] if each["value"] is not None]
        assert len(spans) == len(set(spans)), path.stem
        assert spans == sorted(spans), path.stem


def test_it_is_large_and_varied() -> None:
    documents = [load(path) for path in ANNOTATED]
    held_out = [load(path) for name in SEALED for path in (HERE / name).glob("*.json")]
    assert len(documents) >= 45
    assert sum(map(statements, documents)) >= 900
    assert len(documents) / 4 <= len(held_out) <= len(documents) / 2
    assert len({document["region"] for document in documents}) == 32  # 31 provinces and the nation
    assert {document["body"] for document in documents} >= {
        "法院",
        "检察院",
        "公安",
        "司法行政",
        "政法委",
        "人大",
        "媒体",
    }
    years = {Period.parse(document["period"]).last_year for document in documents}
    assert min(years) <= 1998
    assert max(years) >= 2026


def test_texts_without_metrics_are_long_and_full_of_digits() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (HERE / "distractors").glob("*.txt")]
    whole = "".join(texts)
    assert len(whole) >= 40_000
    assert sum(sign.isdigit() for sign in whole) >= 3_000
    assert all(text.startswith("(虚构文本") for text in texts)


def test_prose_without_metrics_yields_nearly_nothing() -> None:
    """At most one false observation in 10,000 characters (issue 4, point 9)."""
    length, false = 0, []
    for path in sorted((HERE / "distractors").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        found = read(text, Context(region="62", body=BodyKind.COMMITTEE, published_year=2024)).observations
        false += [text[each.quote_start : each.quote_end] for each in found if each.status is not Status.DOUBTFUL]
        length += len(text)
    assert len(false) * 10_000 <= length, "\n".join(false)
