"""Five addresses become one document; look-alikes stay apart. Measured on made-up sets (虚构), printed with `pytest -s`.

Everything that counts goes through the record: what is stored and looked up, on both databases.
"""

from __future__ import annotations

import itertools
import random
import sqlite3
import threading
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.editions import record_edition
from storage.facts import Recorded
from storage.inputs import DocumentInput, EditionInput
from storage.matching import Match, Publication, alike
from storage.prepared import driver
from storage.sketches import KEPT, KEYS, Sketch, sketch_of
from storage.snapshots import note_snapshot
from storage.store import Store
from storage.texts import prepare_text
from tests.storage.made import NOW, PAGES, catalogue, edition, record
from tests.storage.made_up import edited, filled, mirror, pattern, summary

PUBLICATIONS = 60
PLACES = ("海东", "河西", "江南", "岭北")
# From a bulletin of some 400 characters to a full report of some 12,000.
SENTENCES = (12, 30, 120, 300)


@dataclass(frozen=True)
class Case:
    """A text and the number of the document that it truly is."""

    text: str
    truth: int
    how: str


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    """Per publication: itself, three mirrors, an edit; last year's, the neighbour's, another of its year, its summary."""
    chance = random.Random(20260120)  # noqa: S311
    found: list[Case] = []
    documents = itertools.count()
    for number in range(PUBLICATIONS):
        sentences = pattern(chance, SENTENCES[number % len(SENTENCES)])
        place, neighbour = PLACES[number % 4], PLACES[(number + 1) % 4]
        text, truth = filled(sentences, chance, place, 2025), next(documents)
        found.append(Case(text, truth, "itself"))
        for _ in range(3):
            made, how = mirror(text, chance)
            found.append(Case(made, truth, how))
        found.append(Case(edited(text, chance), truth, "edited"))
        found.append(Case(filled(sentences, chance, place, 2024), next(documents), "last year's"))
        found.append(Case(filled(sentences, chance, neighbour, 2025), next(documents), "neighbour's"))
        found.append(Case(filled(pattern(chance, len(sentences)), chance, place, 2025), next(documents), "another"))
        found.append(Case(summary(text), next(documents), "summary"))
    return found


@pytest.fixture(autouse=True)
def _catalogue(request: pytest.FixtureRequest) -> None:
    if "store" in request.fixturenames:
        with request.getfixturevalue("store").write() as session:
            catalogue(session)


def arrived(text: str, number: int, **known: Any) -> EditionInput:  # noqa: ANN401 - of `edition`
    """A press page with that text, at an address of its own; nothing but the text says what it is."""
    given: dict[str, Any] = {"kind": "press_article", "body": "press", "year": None, "source": "62-press", **known}
    return edition(preface=text, url=f"http://site{number}.example/{number}.html", **given)


@pytest.mark.parametrize("order", ["as made", "shuffled"])
def test_mirrors_are_found_and_nothing_is_merged_falsely(store: Store, cases: Sequence[Case], order: str) -> None:
    """As they arrive, one by one, each finds its own document among all that are stored, and no other."""
    coming = list(cases)
    if order == "shuffled":
        random.Random(7).shuffle(coming)  # noqa: S311
    first: dict[int, int] = {}
    truth_of: dict[int, int] = {}
    missed, falsely, mirrors = Counter[str](), [], 0
    for number, case in enumerate(coming):
        document = record(store, arrived(case.text, number)).document_id
        if truth_of.setdefault(document, case.truth) != case.truth:
            falsely.append(case)
        if case.truth in first:
            mirrors += 1
            missed[case.how] += document != first[case.truth]
        first.setdefault(case.truth, document)
    share = 1 - missed.total() / mirrors
    print(f"\n{store.dialect}, {order}: {share:.1%} of {mirrors} mirrors found, missed {+missed}, false {len(falsely)}")  # noqa: T201
    assert falsely == []
    assert share >= 0.95


# A report, the version read aloud (half of it), and last year's.
_CHANCE = random.Random(5)  # noqa: S311
_SENTENCES = pattern(_CHANCE, 200)
FULL = filled(_SENTENCES, _CHANCE, "海东", 2025)
ALOUD = "\n".join(FULL.split("\n")[::2])
LAST = filled(_SENTENCES, _CHANCE, "海东", 2024)
REPORT: dict[str, Any] = {"kind": "work_report", "body": "court", "year": 2025, "source": None}


@pytest.mark.parametrize(
    ("text", "known", "same"),
    [
        pytest.param(FULL, {}, True, id="the full text again"),
        pytest.param(ALOUD, {}, True, id="the version read aloud: same body, kind and period"),
        pytest.param(ALOUD, {"year": 2024}, False, id="another period"),
        pytest.param(ALOUD, {"year": None}, False, id="no period known"),
        pytest.param(ALOUD, {"region": "61"}, False, id="another region"),
        pytest.param(ALOUD, {"body": "procuratorate"}, False, id="another body"),
        pytest.param(ALOUD, {"kind": "summary"}, False, id="another kind"),
        pytest.param(ALOUD, {"kind": "press_conference"}, False, id="press conferences are many"),
        pytest.param(LAST, {}, False, id="last year's text under a wrongly read period"),
        pytest.param(FULL, {"year": 2024}, False, id="the same text over another period"),
        pytest.param(FULL, {"kind": "press_article", "body": "press", "year": None}, True, id="printed by a paper"),
        pytest.param("各位代表：请予审议。", {}, False, id="hardly any text"),
    ],
)  # fmt: skip
def test_what_is_one_report(store: Store, text: str, known: dict[str, Any], same: bool) -> None:
    first = record(store, arrived(FULL, 1, **REPORT)).document_id
    assert (record(store, arrived(text, 2, **(REPORT | known))).document_id == first) is same


def test_a_text_goes_before_a_publication_and_an_address_before_both(store: Store) -> None:
    press = record(store, arrived(FULL, 1)).document_id
    report = record(store, arrived(ALOUD, 2, **REPORT)).document_id
    assert press != report
    assert record(store, arrived(FULL, 3, **REPORT)).document_id == press
    assert record(store, replace(arrived(LAST, 2, **REPORT))).document_id == report


def test_the_text_that_stands_is_what_others_are_compared_with(store: Store) -> None:
    """A page that came to say something else is found by what it says now, and no longer by what it said."""
    first = record(store, arrived(FULL, 1)).document_id
    assert record(store, arrived(LAST, 1)).document_id == first
    assert record(store, arrived(LAST, 2)).document_id == first
    assert record(store, arrived(FULL, 3)).new_document


def publication(text: str, **known: Any) -> Publication:  # noqa: ANN401 - its fields
    base = Publication(
        sketch=sketch_of(text)[0], kind="work_report", region="62", body="court", level="province", period=(0, 11)
    )
    return replace(base, **known)


def test_by_what_two_are_one() -> None:
    assert alike(publication(FULL), publication(FULL)) is Match.TEXT
    assert alike(publication(FULL), publication(ALOUD)) is Match.PUBLICATION
    assert alike(publication(FULL), publication(LAST)) is None
    assert alike(publication(FULL), publication(FULL, sketch=None)) is None


@given(st.text(max_size=400), st.text(max_size=400))
def test_matching_is_symmetric_and_a_sketch_survives_storage(one: str, other: str) -> None:
    (first, keys), (second, _) = sketch_of(one), sketch_of(other)
    assert Sketch.unpack(first.packed) == first
    assert len(keys) <= KEYS
    assert len(first.words.hashes) <= KEPT
    a, b = (Publication(sketch=sketch) for sketch in (first, second))
    assert alike(a, b) == alike(b, a)
    assert first.words.resemblance(first.words) == 1.0


def test_no_sketch_and_one_of_another_format() -> None:
    assert Sketch.unpack(None) is None
    assert Sketch.unpack(b"") is None
    assert Sketch.unpack(b"\x63newer") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("受理81.27万件，审结5000件", "受理 81.27 万件,审结5000件"),
        ("受理812,700件，审结５０００件", "受理812700件，审结5000件"),
        ("2026-02-05 08:15 受理81.27万件，审结5000件", "受理81.27万件，审结5000件"),
        ("一、第3项 受理81.27万件，审结5000件", "受理81.27万件，审结5000件"),
        ("2025年1月20日受理81.27万件，审结5000件", "2026年3月1日受理81.27万件，审结5000件"),
    ],
)
def test_the_frame_of_a_page_is_no_figure(one: str, other: str) -> None:
    (first, keys), (second, others) = sketch_of(one), sketch_of(other)
    assert first.figures == second.figures
    assert keys == others


def test_a_sketch_of_today_is_one_of_tomorrow() -> None:
    """Stored sketches are compared with new ones: another rule of sampling needs another format."""
    sketch, keys = sketch_of(
        "  1,234.5件 全省法院受理案件８１２万件，审结12,34件，第3项，2024年 上升5.5%、5.5%。\n全省 法院受理案件"
    )
    assert sketch.packed.hex() == "0102000000020400000004a3a2af0d8c2bddabc648d9220febcb3f5078de55aded7ba0"
    assert keys == [3439415023, 3820331631, 3967173489]


def steps(store: Store, given: EditionInput) -> int:
    """How many instructions SQLite takes to look a document up: the same on every machine."""
    from storage.matching import document_at, document_like

    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    ready = prepare_text(given.text)
    with store.read() as session:
        connection = session.connection()
        raw: sqlite3.Connection = driver(connection)
        raw.set_progress_handler(count, 1)
        assert document_at(connection, given.document) is None
        assert document_like(connection, given.document, ready) is None
        raw.set_progress_handler(None, 1)
    return counted


def test_looking_a_document_up_does_not_grow_with_the_record(store: Store) -> None:
    """Also where thousands of texts share the keys of a passage, or a region has thousands of documents."""
    if store.dialect != "sqlite":
        pytest.skip("counts SQLite's instructions")
    chance = random.Random(11)  # noqa: S311
    shared = "依法惩治犯罪，全国法院受理12345件、审结23456件、执结34567件、调解45678件。"
    wanted = arrived(shared + filled(pattern(chance, 30), chance, "海东", 2025), 0, **REPORT)
    first = record(
        store, arrived(shared + filled(pattern(chance, 30), chance, "海东", 2025), 1, **REPORT | {"year": 2024})
    )
    found = {}
    for size in (200, 20_000):
        copies(store, first.document_id, size)
        found[size] = steps(store, wanted)
    print(f"\nSQLite instructions by documents: {found}")  # noqa: T201
    assert found[20_000] <= 1.05 * found[200]


def copies(store: Store, document_id: int, size: int) -> None:
    """Fill up the record to so many documents of the same region, body and kind, each with the same keys."""
    with store.write() as session:
        raw: sqlite3.Connection = driver(session.connection())
        columns = [row[1] for row in raw.execute("PRAGMA table_info(document)") if row[1] != "id"]
        names = ", ".join(columns)
        year = ", ".join(f"{name} - 12 * (n % 40 + 1)" if name.startswith("period_") else name for name in columns)
        with closing(raw.execute("SELECT max(id) FROM document")) as cursor:
            last = cursor.fetchone()[0]
        raw.execute(
            "WITH RECURSIVE more(n) AS (SELECT ? UNION ALL SELECT n + 1 FROM more WHERE n < ?) "  # noqa: S608 - our columns
            f"INSERT INTO document (id, {names}) SELECT n, {year} FROM more, document d WHERE d.id = ?",
            (last + 1, size, document_id),
        )
        raw.execute(
            "INSERT INTO document_sketch (hash, document_id) SELECT s.hash, d.id FROM document_sketch s, document d"
            " WHERE s.document_id = ? AND d.id > ?",
            (document_id, last),
        )


def test_two_regions_bring_one_mirror_at_the_same_moment(store: Store) -> None:
    """The first has not committed when the second looks: it waits for the first, and finds its document."""
    if store.dialect != "postgresql":
        pytest.skip("SQLite has one writer")
    both = [arrived(FULL, 1), arrived(FULL, 2)]
    both[1] = replace(both[1], document=replace(both[1].document, region="33"), observations=())
    for one in both:
        for part in one.capture.parts:
            kept = store.archive.keep(PAGES[part.sha256])
            with store.write() as session:
                note_snapshot(session, kept, media_type="text/html", now=NOW)
    found: list[Recorded] = []

    def second() -> None:
        with store.write() as session:
            found.append(record_edition(session, both[1], now=NOW))

    waiting = threading.Thread(target=second)
    with store.write() as session:
        first = record_edition(session, both[0], now=NOW)
        waiting.start()
        waiting.join(1)
        assert waiting.is_alive()
    waiting.join(30)
    assert [one.document_id for one in found] == [first.document_id]


def test_a_document_without_a_sketch_is_found_by_its_address_alone(store: Store) -> None:
    first = record(store, arrived(FULL, 1)).document_id
    with store.write() as session:
        driver(session.connection()).execute("UPDATE document SET sketch = NULL")
    assert record(store, arrived(FULL, 2)).new_document
    assert record(store, arrived(FULL, 1)).document_id == first
    # Seen again, it is sketched: a third copy finds the first document.
    assert record(store, arrived(FULL, 3)).document_id == first


def test_nothing_is_known_of_an_address_that_was_given_twice(store: Store) -> None:
    given = DocumentInput(url="http://a.example/", urls=("http://a.example/", "http://b.example/"))
    first = record(store, replace(arrived(FULL, 1), document=given)).document_id
    assert (
        record(store, replace(arrived(LAST, 2), document=replace(given, url="http://b.example/", urls=()))).document_id
        == first
    )
