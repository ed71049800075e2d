"""Five addresses become one document; look-alikes stay apart. Measured on made-up sets (虚构), printed with `pytest -s`."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.discovery.mirrors import Match, Publication, best_match, matches
from scrapers.discovery.sketches import Sketch, sketch
from scrapers.period import Period
from scrapers.vocabulary import BodyKind, PublicationKind
from tests.scrapers.discovery.made_up import edited, filled, mirror, pattern, summary

PUBLICATIONS = 60
PLACES = ("海东", "河西", "江南", "岭北")
# From a bulletin of some 400 characters to a full report of some 12,000.
SENTENCES = (12, 30, 120, 300)


@dataclass(frozen=True)
class Case:
    """A publication and the number of the document that it truly is."""

    publication: Publication
    truth: int
    how: str


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    """Per publication: itself, three mirrors, an edit; last year's, the neighbour's, another of its year, its summary."""
    chance = random.Random(20260120)  # noqa: S311
    found: list[Case] = []
    documents = itertools.count()

    def add(text: str, truth: int, how: str) -> None:
        keys = frozenset({f"site{len(found)}.example/{how}"})
        found.append(Case(Publication(keys=keys, sketch=sketch(text)), truth, how))

    for number in range(PUBLICATIONS):
        sentences = pattern(chance, SENTENCES[number % len(SENTENCES)])
        place, neighbour = PLACES[number % 4], PLACES[(number + 1) % 4]
        text, truth = filled(sentences, chance, place, 2025), next(documents)
        add(text, truth, "itself")
        for _ in range(3):
            add(*_ordered(mirror(text, chance), truth))
        add(edited(text, chance), truth, "edited")
        add(filled(sentences, chance, place, 2024), next(documents), "last year's")
        add(filled(sentences, chance, neighbour, 2025), next(documents), "neighbour's")
        add(filled(pattern(chance, len(sentences)), chance, place, 2025), next(documents), "another")
    return found


def _ordered(made: tuple[str, str], truth: int) -> tuple[str, int, str]:
    return made[0], truth, made[1]


def test_mirrors_are_found_and_nothing_is_merged_falsely(cases: Sequence[Case]) -> None:
    false, missed, pairs = [], [], 0
    for one, other in itertools.combinations(cases, 2):
        match = matches(one.publication, other.publication)
        if one.truth == other.truth and one.how == "itself":
            pairs += 1
            if match is None:
                missed.append(other.how)
        elif one.truth != other.truth and match is not None:
            false.append((one.how, other.how, match))
    share = 1 - len(missed) / pairs
    print(f"\nmirrors and edits found {share:.1%} of {pairs}, missed {Counter(missed)}, merged falsely {len(false)}")  # noqa: T201
    assert not false
    assert share >= 0.95


def test_documents_grow_by_their_mirrors(cases: Sequence[Case]) -> None:
    """As they arrive, one by one, each finds its own document among all that are known, and no other."""
    known: list[tuple[int, Publication]] = []
    truths: dict[int, int] = {}
    wrong = 0
    for case in cases:
        found = best_match(case.publication, known)
        document = found[0] if found else len(truths)
        wrong += truths.setdefault(document, case.truth) != case.truth
        known.append((document, case.publication))
    assert wrong == 0
    # Every missed mirror is one document too many; nothing is one too few.
    documents = len({case.truth for case in cases})
    assert documents <= len(truths) <= documents * 1.05


def test_a_summary_is_not_its_report() -> None:
    chance = random.Random(3)  # noqa: S311
    for size in (120, 300):
        text = filled(pattern(chance, size), chance, "海东", 2025)
        one, other = (
            Publication(keys=frozenset({key}), sketch=sketch(body)) for key, body in (("a", text), ("b", summary(text)))
        )
        assert matches(one, other) is None


def report(key: str, text: str, **known: object) -> Publication:
    base = Publication(
        keys=frozenset({key}),
        sketch=sketch(text),
        region="62",
        body=BodyKind.COURT,
        kind=PublicationKind.WORK_REPORT,
        period=Period.year(2025),
    )
    return replace(base, **known)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def versions() -> tuple[str, str, str]:
    """A report, the version read aloud (half of it, other words around), and last year's."""
    chance = random.Random(5)  # noqa: S311
    sentences = pattern(chance, 200)
    full = filled(sentences, chance, "海东", 2025)
    aloud = "\n".join(full.split("\n")[::2])
    return full, aloud, filled(sentences, chance, "海东", 2024)


def test_one_body_kind_and_period_is_one_report(versions: tuple[str, str, str]) -> None:
    full, aloud, _ = versions
    assert matches(report("a", full), report("b", aloud)) is Match.PUBLICATION
    assert matches(report("a", full), report("a", aloud)) is Match.ADDRESS
    assert matches(report("a", full), report("b", full)) is Match.TEXT


@pytest.mark.parametrize(
    "other",
    [
        {"period": Period.year(2024)},
        {"period": None},
        {"region": "61"},
        {"region": None},
        {"body": BodyKind.PROCURATORATE},
        {"kind": PublicationKind.SUMMARY},
        {"issuer": "海东省某中级人民法院"},
    ],
    ids=str,
)
def test_what_differs_or_is_not_known_keeps_two_apart(versions: tuple[str, str, str], other: dict[str, object]) -> None:
    full, aloud, _ = versions
    one = report("a", full, issuer="海东省高级人民法院")
    assert matches(one, report("b", aloud, **other)) is None


def test_two_press_conferences_of_one_body_and_year_are_two(versions: tuple[str, str, str]) -> None:
    full, aloud, _ = versions
    press = {"kind": PublicationKind.PRESS_CONFERENCE}
    assert matches(report("a", full, **press), report("b", aloud, **press)) is None


def test_a_wrongly_read_period_does_not_merge_two_years(versions: tuple[str, str, str]) -> None:
    full, _, last = versions
    assert matches(report("a", full), report("b", last)) is None


def test_an_address_goes_before_a_text(versions: tuple[str, str, str]) -> None:
    full, aloud, last = versions
    known = [(1, report("x", full)), (2, report("a", last))]
    assert best_match(report("a", full), known) == (2, Match.ADDRESS)
    assert best_match(report("b", full), known) == (1, Match.TEXT)
    assert best_match(report("b", aloud), known) == (1, Match.PUBLICATION)
    assert best_match(report("b", "别的内容"), known) is None


@given(st.text(max_size=400), st.text(max_size=400))
def test_matching_is_symmetric_and_a_sketch_survives_storage(one: str, other: str) -> None:
    first, second = sketch(one), sketch(other)
    assert Sketch.parse(str(first)) == first
    a, b = (Publication(keys=frozenset({key}), sketch=value) for key, value in (("a", first), ("b", second)))
    assert matches(a, b) == matches(b, a)
    assert first.words.resemblance(first.words) == 1.0


def test_old_and_foreign_sketches() -> None:
    assert Sketch.parse("") is None
    assert Sketch.parse("0:old") is None
    with pytest.raises(ValueError):
        Sketch.parse("1:abc:def")
