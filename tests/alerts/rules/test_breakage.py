"""Breakage, from how runs ended."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from alerts.rules.breakage import Watched, find, troubles
from storage.runs import SourceCounts, SourceRunFacts
from storage.vocabulary import Audience, RunResult

BEGAN = datetime(2025, 1, 1, tzinfo=UTC)


def run(
    number: int,
    result: str = "ok",
    links: int = 20,
    new: int = 2,
    figures: int = 80,
    unread: int = 4,
    note: str = "",
    **more: int,
) -> SourceRunFacts:
    """`more` are counts of flows: not_modified, no_landmarks, unfinished."""
    at = BEGAN + timedelta(days=number)
    named = {f"{'walk' if name == 'unfinished' else 'lists'}.{name}": count for name, count in more.items()}
    counts = SourceCounts(links=links, new=new, figures=figures, unread=unread, more=named)
    return SourceRunFacts(number, "62-zfw", RunResult(result), counts, note, at, at)


def quiet(number: int, **more: int) -> SourceRunFacts:
    """A run that found nothing new; where its list answered 304 it saw no link."""
    return run(number, "nothing_new", links=0 if more else 20, new=0, figures=0, unread=0, note="", **more)


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
        ([run(9, "blocked", note="拒绝访问: without 甘肃政法", no_landmarks=1)], ["landmarks_gone"]),
        ([run(9, links=9)], ["list_shrunk"]),
        ([run(9, links=11)], []),
        ([run(9, figures=30, unread=1)], ["fill_rate"]),
        ([run(9, figures=60, unread=30)], ["unread_up"]),
        ([run(9, figures=60, unread=8)], []),
        # A list that answered 304 shows no link, and a walk that was cut short only some.
        ([quiet(9, not_modified=1)], []),
        ([run(9, "partial", links=3, unfinished=1)], []),
        ([run(9, "ok", links=3, not_modified=1)], []),
        # What was wrong lasts until a run can tell.
        ([run(9, links=3), quiet(10, not_modified=1)], ["list_shrunk"]),
        ([run(9, links=3), quiet(10, not_modified=1), run(11)], []),
        ([run(9, figures=30, unread=1), quiet(10)], ["fill_rate"]),
        ([run(9, figures=30, unread=1), quiet(10), run(11)], []),
    ],
)
def test_what_is_wrong(latest: list[SourceRunFacts], expected: list[str]) -> None:
    assert kinds(*latest) == expected


def test_a_young_source_has_nothing_usual() -> None:
    assert list(troubles([run(4, links=1), run(3), run(2), run(1)])) == []


def test_304_is_no_measure_of_what_is_usual() -> None:
    """A site that answers 304 but once a week: its lists show 20 links whenever they show any."""
    weeks = [quiet(n, not_modified=1) if n % 7 else run(n) for n in range(1, 60)]
    assert [t.kind for t in troubles([run(60, links=3), *reversed(weeks)])] == ["list_shrunk"]
    assert list(troubles([run(60, links=12), *reversed(weeks)])) == []


def test_a_trouble_that_outlasts_the_runs_looked_at_is_still_the_same() -> None:
    def told(last: int) -> set[str]:
        runs = tuple(run(number, "unreachable") for number in range(last, last - 30, -1))
        watched = Watched(source_id="62-zfw", name="x", region="62", body="court", runs=runs, failing_from=5)
        return {found.fingerprint for found in find([watched])}

    assert told(40) == told(41)
    assert len(told(40)) == 1


def test_one_alert_for_as_long_as_a_trouble_lasts() -> None:
    def fingerprints(*runs: SourceRunFacts) -> set[str]:
        source = Watched(source_id="62-zfw", name="甘肃政法", region="62", body="committee", runs=tuple(reversed(runs)))
        return {found.fingerprint for found in find([source])}

    bad = [run(9, links=3), quiet(10, not_modified=1), run(11, links=3), run(12, links=4)]
    first, *later = (fingerprints(*GOOD, *bad[:n]) for n in (1, 2, 3, 4))
    assert all(told == first for told in later)
    assert len(first) == 1
    again = fingerprints(*GOOD, *bad, run(13), run(14), run(15, links=2))
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
