from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from storage.evaluation import clear_due, due_editions
from storage.gathering import facts_of
from storage.inputs import EditionInput
from storage.reread import Archived, reread, to_reread
from storage.store import Store
from storage.tables import Document, Edition, Point
from storage.verify import verify
from storage.vocabulary import Cause, Difference, Origin
from tests.storage.made import NOW, catalogue, edition, figure, record

LATER = NOW + timedelta(days=30)
FIGURES = [figure("受理案件", "62", 2024, "812700"), figure("审结案件", "62", 2024, "700000", indicator="closed")]


def better(archived: Archived) -> EditionInput | str:
    """Reads what the first reader left out; a page that says 坏 cannot be read, one that says 怒 breaks the reader."""
    text = archived.pages[0].decode().split("<article>")[1].removesuffix("</article>")
    if "怒" in text:
        raise KeyError("怒")
    if "坏" in text:
        return "the article is gone"
    whole = edition(*FIGURES, url=archived.document.url)
    figures = whole.observations if text == whole.text else ()
    return EditionInput(
        document=archived.document, capture=archived.capture, extractor_version="extractor-1", reader_version="reader-2",
        text=text, observations=figures,
    )  # fmt: skip


@pytest.fixture
def filled(store: Store) -> Store:
    with store.write() as session:
        catalogue(session)
    whole = edition(*FIGURES)
    record(store, replace(whole, observations=whole.observations[:1]))
    record(store, edition(preface="坏了的文章。", url="http://court.example/bad", year=None, kind="press_article"))
    record(
        store, edition(preface="令人发怒的文章。", url="http://court.example/angry", year=None, kind="press_article")
    )
    with store.write() as session:
        for number in due_editions(session):
            clear_due(session, facts_of(session, number).due_ids)
    return store


def waiting(store: Store, **wanted: str) -> list[str]:
    with store.read() as session:
        found = to_reread(session, extractor_version="extractor-1", reader_version="reader-2", **wanted)  # type: ignore[arg-type]
    return [item.document.url for item in found]


def run(store: Store, processes: int = 1, *, dry_run: bool = False) -> tuple[object, ...]:
    with store.read() as session:
        found = to_reread(session, extractor_version="extractor-1", reader_version="reader-2")
    result = reread(store, found, better, now=LATER, processes=processes, dry_run=dry_run)
    return result.documents, result.changed, result.by_indicator, result.unreadable


def test_a_dry_run_shows_by_indicator_what_would_change_and_keeps_nothing(filled: Store) -> None:
    documents, changed, by_indicator, unreadable = run(filled, dry_run=True)
    assert (documents, changed) == (3, 1)
    assert by_indicator == {("closed", Difference.ADDED): 1}
    assert unreadable == {
        "http://court.example/bad": "the article is gone",
        "http://court.example/angry": "KeyError: '怒'",
    }
    with filled.read() as session:
        assert len(session.exec(select(Edition)).all()) == 3


@pytest.mark.parametrize("processes", [1, 2])
def test_accepted_it_writes_new_editions_as_history(filled: Store, processes: int) -> None:
    run(filled, processes)
    with filled.read() as session:
        newest = session.exec(select(Edition).where(Edition.reader_version == "reader-2")).one()
        assert (newest.origin, newest.cause, newest.baseline) == (Origin.REREAD, Cause.READER, True)
        assert sorted(point.value for point in session.exec(select(Point))) == [Decimal(700000), Decimal(812700)]


def test_what_is_done_is_not_asked_for_again(filled: Store) -> None:
    assert waiting(filled) == ["http://court.example/1.html", "http://court.example/bad", "http://court.example/angry"]
    run(filled)
    assert waiting(filled) == ["http://court.example/bad", "http://court.example/angry"]


def test_what_to_reread_can_be_narrowed(filled: Store) -> None:
    assert len(waiting(filled, source_id="62-court")) == 3
    assert waiting(filled, source_id="nobody") == []


def test_the_latest_capture_is_read_even_where_only_its_template_differed(filled: Store) -> None:
    whole = edition(*FIGURES, template="<nav>新版</nav>")
    assert record(filled, replace(whole, observations=whole.observations[:1])).note == "same_text"
    with filled.read() as session:
        first = to_reread(session, extractor_version="extractor-1", reader_version="reader-2")[0]
    assert first.capture.parts == whole.capture.parts
    run(filled)
    with filled.read() as session:
        assert session.exec(select(Edition).where(Edition.reader_version == "reader-2")).one().cause == Cause.READER


@pytest.mark.parametrize("dry_run", [False, True])
def test_what_the_publisher_changed_meanwhile_stays(filled: Store, dry_run: bool) -> None:
    """Between the list of what to read and its writing, a run brought a newer edition: old bytes do not come back."""
    with filled.read() as session:
        listed = to_reread(session, extractor_version="extractor-1", reader_version="reader-2")
    newer = record(filled, edition(figure("受理案件", "62", 2024, "812800"), reader="reader-2"), now=LATER)
    result = reread(filled, listed, better, now=LATER, dry_run=dry_run)
    assert (result.documents, result.changed, result.overtaken) == (3, 0, 1)
    with filled.read() as session:
        assert session.get_one(Document, newer.document_id).edition_id == newer.edition_id
        assert session.exec(select(Point)).one().value == Decimal(812800)
        assert len(session.exec(select(Edition).where(Edition.document_id == newer.document_id)).all()) == 2


def test_superseded_editions_stay_as_they_were_read(filled: Store) -> None:
    record(filled, edition(figure("受理案件", "62", 2024, "812800")))
    run(filled)
    with filled.read() as session:
        editions = session.exec(select(Edition).where(Edition.document_id == 1).order_by(col(Edition.id))).all()
        assert [one.reader_version for one in editions] == ["reader-1", "reader-1", "reader-2"]


def damage(store: Store, url: str) -> None:
    with store.write() as session:
        session.connection().execute(
            text(
                "UPDATE canonical_text SET packed = :packed WHERE sha256 = (SELECT e.text_sha256 FROM edition e"
                " JOIN document d ON d.edition_id = e.id WHERE d.url = :url)"
            ),
            {"packed": b"damaged", "url": url},
        )


def test_a_damaged_text_is_whole_again_once_its_page_is_read_again(filled: Store) -> None:
    damage(filled, "http://court.example/1.html")
    assert [fault.kind for fault in verify(filled, repair=True, now=LATER)] == ["damaged_text"]
    run(filled)
    assert verify(filled, repair=False, now=LATER) == ()


def test_what_cannot_be_recorded_does_not_stop_the_others(filled: Store) -> None:
    """The latest bytes hold another text than the edition was read from, and that one is damaged: nobody can compare."""
    other = edition(*FIGURES, preface="前言。", url="http://court.example/0.html", title="另一份")
    record(filled, replace(other, document=replace(other.document, kind="press_article")))
    damage(filled, "http://court.example/1.html")

    def shorter(archived: Archived) -> EditionInput | str:
        read = better(archived)
        return replace(read, text=read.text + "补。") if isinstance(read, EditionInput) else read

    with filled.read() as session:
        listed = to_reread(session, extractor_version="extractor-1", reader_version="reader-2")
    result = reread(filled, listed, shorter, now=LATER)
    assert "run zhengfa verify" in result.unreadable["http://court.example/1.html"]
    assert result.documents == len(listed)
