from __future__ import annotations

from datetime import date

import pytest

from storage.inputs import EditionInput
from storage.store import Store
from tests.storage.made import catalogue, edition, figure, record


@pytest.fixture(autouse=True)
def _catalogue(store: Store) -> None:
    with store.write() as session:
        catalogue(session)


FIGURES = [figure(f"第{number}类案件", "62", 2024, str(1000 + number), indicator=None) for number in range(10)]
FIRST = edition(*FIGURES)


def changed(count: int) -> list[object]:
    return [
        figure(f"第{number}类案件", "62", 2024, str((9000 if number < count else 1000) + number), indicator=None)
        for number in range(10)
    ]


@pytest.mark.parametrize(
    ("second", "same"),
    [
        pytest.param(edition(*changed(10)), True, id="the same address, all figures edited"),  # type: ignore[arg-type]
        pytest.param(edition(*FIGURES, url="http://mirror.example/a", body="press", kind="press_article", published=date(2025, 3, 1)), True, id="a mirror with another date"),
        pytest.param(edition(*changed(1), url="http://mirror.example/a", body="press", kind="press_article"), True, id="a mirror of the edited page"),  # type: ignore[arg-type]
        pytest.param(edition(*changed(5), url="http://mirror.example/a", body="press", kind="press_article"), False, id="half of it is another text"),  # type: ignore[arg-type]
        pytest.param(edition(*changed(5), url="http://court.example/again"), True, id="the same work report, corrected elsewhere"),  # type: ignore[arg-type]
        pytest.param(edition(*changed(5), url="http://court.example/data", kind="periodic_data"), False, id="periodic data are of many topics"),  # type: ignore[arg-type]
        pytest.param(edition(*changed(10), url="http://court.example/other"), False, id="a work report that shares nothing"),  # type: ignore[arg-type]
        pytest.param(edition(*FIGURES, url="http://court.example/2023", year=2023), False, id="another covered period"),
        pytest.param(edition(*FIGURES, url="http://x.example/", urls=("http://court.example/1.html",)), True, id="one of its addresses is known"),
    ],
)  # fmt: skip
def test_what_is_the_same_document(store: Store, second: EditionInput, same: bool) -> None:
    first = record(store, FIRST).document_id
    assert (record(store, second).document_id == first) is same


def test_an_article_without_figures_or_sentences(store: Store) -> None:
    record(store, edition(preface="短。", url="http://a.example/1", year=None, kind="press_article"))
    second = record(store, edition(preface="短。", url="http://a.example/2", year=None, kind="press_article"))
    assert second.new_document


def test_a_copy_by_another_source_corrects_nothing(store: Store) -> None:
    first = record(store, FIRST)
    shortened = edition(
        *FIGURES[:9], url="http://press.example/9", source="62-press", body="press", kind="press_article"
    )
    copied = record(store, shortened)
    assert (copied.new, copied.note, copied.edition_id) == (False, "copy", first.edition_id)
    # What the publisher itself edits is an edition, also after others have copied it.
    assert record(store, edition(*changed(1))).new  # type: ignore[arg-type]
