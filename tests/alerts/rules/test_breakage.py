"""Breakage, from how runs ended."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from alerts.rules.breakage import Watched, find, troubles
from storage.runs import SourceCounts, SourceRunFacts
from storage.vocabulary import Audience, RunResult

BEGAN = datetime(2025, 1, 1, tzinfo=UTC)


def run(
    number: int, result: str = "ok", links: int = 20, new: int = 2, figures: int = 80, unread: int = 4, note: str = ""
) -> SourceRunFacts:
    at = BEGAN + timedelta(days=number)
    counts = SourceCounts(links=links, new=new, figures=figures, unread=unread)
    return SourceRunFacts(number, "62-zfw", RunResult(result), counts, note, at, at)


GOOD = [run(number) for number in range(1, 9)]


def kinds(*latest: SourceRunFacts) -> list[str]:
    """`latest` oldest first, after eight good runs."""
    return [trouble.kind for trouble in troubles([*reversed(latest), *reversed(GOOD)])]


@pytest.mark.parametrize(
    ("latest", "expected"),
    [
        ([run(9)], []),
        ([run(9, "nothing_new", new=0, figures=0, unread=0)], []),
        ([run(9, "broken")], []),
        ([run(9, "broken"), run(10, "broken", note="no links")], ["run_failed"]),
        ([run(9, "unreachable"), run(10, "broken")], ["run_failed"]),
        ([run(9, "blocked", note="412")], ["blocked"]),
        ([run(9, "broken", note="landmark .article is gone")], ["landmarks_gone"]),
        ([run(9, links=9)], ["list_shrunk"]),
        ([run(9, links=11)], []),
        ([run(9, figures=30, unread=1)], ["fill_rate"]),
        ([run(9, figures=60, unread=30)], ["unread_up"]),
        ([run(9, figures=60, unread=8)], []),
    ],
)
def test_what_is_wrong(latest: list[SourceRunFacts], expected: list[str]) -> None:
    assert kinds(*latest) == expected


def test_a_young_source_has_nothing_usual() -> None:
    assert list(troubles([run(4, links=1), run(3), run(2), run(1)])) == []


def test_one_alert_for_as_long_as_a_trouble_lasts() -> None:
    def fingerprints(*runs: SourceRunFacts) -> set[str]:
        source = Watched(source_id="62-zfw", name="甘肃政法", region="62", body="committee", runs=tuple(reversed(runs)))
        return {found.fingerprint for found in find([source])}

    bad = [run(9, links=3), run(10, links=3), run(11, links=4)]
    first, second, third = (fingerprints(*GOOD, *bad[:n]) for n in (1, 2, 3))
    assert first == second == third
    assert len(first) == 1
    again = fingerprints(*GOOD, *bad, run(12), run(13), run(14, links=2))
    assert again.isdisjoint(first)


def test_operators_alone_hear_of_it() -> None:
    (found,) = find(
        [
            Watched(
                source_id="62-zfw",
                name="甘肃政法",
                region="62",
                body="committee",
                runs=(run(1, "blocked", note="412"),),
            )
        ]
    )
    assert found.audience is Audience.OPERATOR
    assert found.facts["what"] == "@breakage.blocked"
