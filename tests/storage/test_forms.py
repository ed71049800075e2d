"""A page and its PDF are two forms of one document: the second is another witness, and nobody has edited anything."""

from __future__ import annotations

import pytest
from sqlmodel import select

from storage.inputs import EditionInput
from storage.queries import document_story
from storage.store import Store
from storage.tables import Capture, Edition
from storage.vocabulary import Cause, Difference
from tests.storage.made import Figure, catalogue, edition, figure, record

PDF = "application/pdf"
ACCEPTED = figure("受理案件", "62", 2024, "812700", change="+113%", precision="50")
CLOSED = figure("审结案件", "62", 2024, "780000", indicator="closed")
PAGE = edition(ACCEPTED, CLOSED)


@pytest.fixture(autouse=True)
def _catalogue(store: Store) -> None:
    with store.write() as session:
        catalogue(session)


def as_pdf(*figures: Figure) -> EditionInput:
    return edition(*figures, preface="（虚构）\n")


@pytest.mark.parametrize("figures", [(ACCEPTED, CLOSED), (CLOSED, ACCEPTED), (ACCEPTED,)])
def test_one_that_says_nothing_else_is_kept_and_changes_nothing(store: Store, figures: tuple[Figure, ...]) -> None:
    first = record(store, PAGE)
    second = record(store, as_pdf(*figures), media_type=PDF)
    assert (second.edition_id, second.new, second.note) == (first.edition_id, False, "form")
    with store.read() as session:
        assert len(session.exec(select(Edition)).all()) == 1
        assert len(session.exec(select(Capture)).all()) == 2
    # The page as it was, asked for again, and the PDF brought again.
    assert not record(store, PAGE).new
    assert record(store, as_pdf(*figures), media_type=PDF).note == "form"


def test_what_it_says_otherwise_is_the_forms(store: Store) -> None:
    first = record(store, PAGE)
    said = as_pdf(figure("受理案件", "62", 2024, "812800", change="+113%"), CLOSED)
    second = record(store, said, media_type=PDF)
    assert (second.document_id, second.new, second.cause) == (first.document_id, True, Cause.FORM)
    assert [(item.kind, item.cause) for item in second.differences] == [(Difference.CHANGED, Cause.FORM)]
    with store.read() as session:
        story = document_story(session, first.document_id)
    assert [one.edition.cause for one in story.editions] == [Cause.FIRST, Cause.FORM]
    assert [item.cause for item in story.editions[1].differences] == [Cause.FORM]


def test_an_edited_page_is_the_publishers_doing_as_before(store: Store) -> None:
    record(store, PAGE)
    record(store, as_pdf(ACCEPTED, CLOSED), media_type=PDF)
    edited = record(store, edition(figure("受理案件", "62", 2024, "812800", change="+113%"), CLOSED))
    assert (edited.cause, [item.cause for item in edited.differences]) == (Cause.PUBLISHER, [Cause.PUBLISHER])


@pytest.mark.parametrize("media_type", ["", "text/html; charset=gb2312", "application/xhtml+xml", "message/rfc822"])
def test_a_page_is_a_page_however_it_was_saved(store: Store, media_type: str) -> None:
    record(store, PAGE)
    edited = edition(figure("受理案件", "62", 2024, "812800", change="+113%"), CLOSED)
    assert record(store, edited, media_type=media_type).cause is Cause.PUBLISHER
