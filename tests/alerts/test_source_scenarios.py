"""What operators are told of sources, one readable file per case: `scenarios/sources/`.

runs = ["ok links:20 new:2 figures:80 unread:4 x8",      result, counts, how often; one a day, the last one today
        "nothing_new links:0 not_modified:1"]
tells = ["list_shrunk usual:20 now:3 began:9"]           kind, particulars, the run in which it began
note = "…"                                               what the last run noted

published = [2023-01-20, 2024-01-22]                     the days of a source's yearly reports
months = [1, 2]                                          as its card says
silent_from = 2025-02-12                                 the first day of the next year on which it is missed
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from alerts.rules.breakage import troubles
from alerts.rules.silence import Publisher, overdue
from storage.runs import SourceCounts, SourceRunFacts
from storage.vocabulary import RunResult

FILES = sorted((Path(__file__).parent / "scenarios" / "sources").glob("*.toml"))
CASES = [(file.stem, tomllib.loads(file.read_text(encoding="utf-8"))) for file in FILES]
BEGAN = datetime(2025, 1, 1, tzinfo=UTC)
# Counts that flows keep under a name of their own.
_MORE = {
    "not_modified": "lists.not_modified",
    "no_landmarks": "lists.no_landmarks",
    "unfinished": "walk.unfinished",
}


@pytest.mark.parametrize("case", [case for _, case in CASES if "runs" in case], ids=lambda case: case["title"])
def test_breakage(case: dict[str, Any]) -> None:
    assert set(case) <= {"title", "runs", "tells", "note"}
    words = [one.split() for line in case["runs"] for one in _repeated(line)]
    runs = [_run(number, one) for number, one in enumerate(words, start=1)]
    if "note" in case:
        runs[-1] = _run(len(runs), words[-1], case["note"])
    told = [
        " ".join((trouble.kind, *(f"{name}:{value}" for name, value in trouble.particulars.items())))
        + f" began:{trouble.began}"
        for trouble in troubles(runs[::-1])
    ]
    assert told == case["tells"]


@pytest.mark.parametrize("case", [case for _, case in CASES if "runs" not in case], ids=lambda case: case["title"])
def test_silence(case: dict[str, Any]) -> None:
    assert set(case) <= {"title", "published", "months", "year", "silent_from"}
    publisher = Publisher(
        source_id="62-zfw",
        name="甘肃政法",
        region="62",
        body="committee",
        months=tuple(case.get("months", ())),
        published=tuple(case.get("published", ())),
    )
    days = [date(case["year"], 1, 1) + timedelta(days=n) for n in range(365)]
    missed = [day for day in days if list(overdue([publisher], day))]
    assert (missed[0] if missed else None) == case.get("silent_from")
    assert not missed or missed == days[days.index(missed[0]) :], "a silence never resolves by itself"


def _repeated(line: str) -> Iterator[str]:
    head, _, times = line.rpartition(" x")
    yield from [head] * int(times) if times.isdigit() else [line]


def _run(number: int, words: list[str], note: str = "") -> SourceRunFacts:
    result, *pairs = words
    counts = {name: int(count) for name, _, count in (pair.partition(":") for pair in pairs)}
    more = {stored: counts.pop(name) for name, stored in _MORE.items() if name in counts}
    at = BEGAN + timedelta(days=number)
    return SourceRunFacts(number, "62-zfw", RunResult(result), SourceCounts(**counts, more=more), note, at, at)
