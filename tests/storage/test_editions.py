from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlmodel import col, select

from storage.catalogue import regions
from storage.editions import record_edition
from storage.errors import InvalidInput
from storage.inputs import EditionInput
from storage.store import Store
from storage.tables import Capture, Change, Document, Edition, EvaluationDue, Observation, Point, Unread
from storage.vocabulary import Cause, Difference, Origin, Standing
from tests.storage.made import NOW, PAGES, catalogue, edition, figure, record, reread


@pytest.fixture(autouse=True)
def _catalogue(store: Store) -> None:
    with store.write() as session:
        catalogue(session)


def count(store: Store, *tables: type) -> list[int]:
    with store.read() as session:
        return [len(session.exec(select(table)).all()) for table in tables]


FIRST = edition(
    figure("受理案件", "62", 2024, "812700", change="+113%", precision="50"),
    figure("刑事案件", "62", 2024, None, change="-28%", indicator="crime", body="police"),
    unread=1,
)


def test_an_edition_is_recorded_whole(store: Store) -> None:
    recorded = record(store, FIRST)
    assert recorded.new
    assert recorded.new_document
    assert (recorded.observations, recorded.unread, recorded.baseline) == (2, 1, False)
    with store.read() as session:
        level, only_change = session.exec(select(Observation).order_by(col(Observation.position))).all()
        assert (level.value, level.precision, level.standing) == (Decimal(812700), Decimal(50), Standing.TAKEN)
        assert level.quotation == "甘肃2024年受理案件812700件,同比变化+113%。"
        assert level.quotation[level.span_start - level.quote_start : level.span_end - level.quote_start] == "812700"
        assert (only_change.value, only_change.standing) == (None, Standing.NONE)
        point = session.exec(select(Point)).one()
        assert (point.value, point.observation_id) == (Decimal(812700), level.id)
        assert session.exec(select(col(Change.value)).order_by(col(Change.id))).all() == [
            Decimal(113),
            Decimal(28),
        ]
        assert session.exec(select(EvaluationDue)).one().edition_id == recorded.edition_id
    assert count(store, Unread) == [1]


def test_the_same_again_is_a_no_op(store: Store) -> None:
    first = record(store, FIRST)
    before = count(store, Document, Capture, Edition, Observation, Point, EvaluationDue)
    again = record(store, FIRST)
    assert (again.new, again.note, again.edition_id) == (False, "same_edition", first.edition_id)
    assert count(store, Document, Capture, Edition, Observation, Point, EvaluationDue) == before


def test_a_template_change_around_an_unchanged_article_makes_no_edition(store: Store) -> None:
    first = record(store, FIRST)
    again = record(
        store,
        edition(
            figure("受理案件", "62", 2024, "812700", change="+113%", precision="50"),
            figure("刑事案件", "62", 2024, None, change="-28%", indicator="crime", body="police"),
            template="<nav>新版</nav>",
        ),
    )
    assert (again.new, again.note, again.edition_id) == (False, "same_text", first.edition_id)
    assert count(store, Edition, Observation) == [1, 2]


def test_an_edited_figure_is_the_publishers_change(store: Store) -> None:
    first = record(store, edition(figure("受理案件", "62", 2024, "812700")))
    second = record(store, edition(figure("受理案件", "62", 2024, "912700")))
    assert second.document_id == first.document_id
    [difference] = second.differences
    assert (difference.kind, difference.cause) == (Difference.CHANGED, Cause.PUBLISHER)
    assert (difference.old_value, difference.new_value) == (Decimal(812700), Decimal(912700))
    with store.read() as session:
        old, new = session.exec(select(Observation).order_by(col(Observation.id))).all()
        assert (old.standing, new.standing) == (Standing.SUPERSEDED, Standing.TAKEN)
        assert old.value == Decimal(812700)
        assert session.exec(select(Point)).one().value == Decimal(912700)
        # The rules look at the edition that stands.
        assert session.exec(select(EvaluationDue.edition_id)).all() == [second.edition_id]


def test_a_better_reader_is_the_readers_change_and_history(store: Store) -> None:
    record(
        store,
        edition(figure("受理案件", "62", 2024, "812700"), figure("审结案件", "62", 2024, "700000", indicator="closed")),
    )
    with store.write() as session:
        session.delete(session.exec(select(EvaluationDue)).one())
    whole = edition(
        figure("受理案件", "62", 2024, "812700"), figure("审结案件", "62", 2024, "700000", indicator="closed")
    )
    fewer = EditionInput(
        document=whole.document, capture=whole.capture, extractor_version="extractor-1", reader_version="reader-2",
        text=whole.text, observations=whole.observations[:1],
    )  # fmt: skip
    recorded = record(store, fewer)
    [difference] = recorded.differences
    assert (difference.kind, difference.cause, difference.subject) == (Difference.DROPPED, Cause.READER, "审结案件")
    assert recorded.cause is Cause.READER
    assert recorded.baseline
    assert count(store, Point) == [1]


def test_news_that_no_rule_has_seen_stays_news_when_it_is_read_again(store: Store) -> None:
    record(store, FIRST)
    assert not record(store, reread(FIRST, "reader-2")).baseline


def test_where_bytes_and_reader_both_changed_each_figure_has_its_own_cause(store: Store) -> None:
    record(
        store,
        edition(figure("受理案件", "62", 2024, "812700"), figure("审结案件", "62", 2024, "700000", indicator="closed")),
    )
    both = edition(
        figure("受理案件", "62", 2024, "912700"),
        figure("审结案件", "62", 2024, "700000", indicator=None),
        reader="reader-2",
    )
    recorded = record(store, both)
    causes = {(item.kind, item.subject): item.cause for item in recorded.differences}
    assert causes[Difference.CHANGED, "受理案件"] is Cause.PUBLISHER
    assert causes[Difference.ADDED, "审结案件"] is Cause.READER


def test_a_page_that_returns_to_its_old_bytes_is_a_new_edition(store: Store) -> None:
    a, b = edition(figure("受理案件", "62", 2024, "812700")), edition(figure("受理案件", "62", 2024, "912700"))
    first, _, third = record(store, a), record(store, b), record(store, a)
    assert third.new
    assert third.edition_id != first.edition_id
    with store.read() as session:
        assert session.exec(select(Point)).one().value == Decimal(812700)
    assert not record(store, a).new


def test_every_address_has_its_own_captures(store: Store) -> None:
    mine, mirror = FIRST, replace(FIRST, document=replace(FIRST.document, url="http://mirror.example/1"))
    mirror = replace(
        mirror,
        capture=replace(mirror.capture, parts=(replace(mirror.capture.parts[0], url="http://mirror.example/1"),)),
    )
    for given in (mine, mirror, mine, mirror):
        record(store, given)
    assert count(store, Document, Capture, Edition) == [1, 2, 1]


@pytest.mark.parametrize(
    ("published", "origin", "baseline"),
    [
        (NOW.date(), Origin.ORDINARY, False),
        ((NOW - timedelta(days=45)).date(), Origin.ORDINARY, False),
        ((NOW - timedelta(days=46)).date(), Origin.ORDINARY, True),
        (None, Origin.ORDINARY, False),
        (NOW.date(), Origin.FIRST_RUN, True),
        (NOW.date(), Origin.BACKFILL, True),
        (NOW.date(), Origin.REREAD, True),
        (NOW.date(), Origin.IMPORT, True),
    ],
)
def test_history_is_marked(store: Store, published: date | None, origin: Origin, baseline: bool) -> None:
    given = edition(figure("受理案件", "62", 2024, "812700"), published=published, origin=origin)
    assert record(store, given).baseline is baseline


def test_an_unknown_indicator_is_refused_and_nothing_is_stored(store: Store) -> None:
    given = edition(figure("受理案件", "62", 2024, "812700", indicator="nowhere"))
    with pytest.raises(InvalidInput, match="nowhere"):
        record(store, given)
    assert count(store, Document, Edition, Observation) == [0, 0, 0]


def test_a_region_that_nobody_knows_does_not_lose_the_publication(store: Store) -> None:
    given = edition(figure("受理案件", "659001", 2024, "812700"), figure("审结案件", "620102", 2024, "712700"))
    assert record(store, replace(given, region_names={"620102": "城关区"})).observations == 2
    with store.read() as session:
        known = regions(session)
    assert (known["659001"].name, known["620102"].name, known["620102"].level) == ("659001", "城关区", "county")


def test_a_failure_in_the_middle_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("storage.editions.write_settled_changes", fail)
    for part in FIRST.capture.parts:
        store.archive.keep(PAGES[part.sha256])
    with pytest.raises(RuntimeError, match="power cut"):
        record(store, FIRST)
    assert count(store, Document, Edition, Observation, Point) == [0, 0, 0, 0]
    monkeypatch.undo()
    assert record(store, FIRST).new


def test_record_edition_takes_part_in_the_callers_transaction(store: Store) -> None:
    record(store, FIRST)

    def fail_afterwards() -> None:
        with store.write() as session:
            assert record_edition(session, reread(FIRST, "reader-9"), now=NOW).new
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_afterwards()
    assert count(store, Edition) == [1]


def test_a_snapshot_must_be_noted_first(store: Store) -> None:
    with pytest.raises(InvalidInput, match="snapshot"), store.write() as session:
        record_edition(session, FIRST, now=NOW)
    assert count(store, Document) == [0]


def test_numbers_survive_to_the_last_digit(store: Store) -> None:
    digits = "123456789012345678.123456789000"
    recorded = record(store, edition(figure("受理案件", "62", 2024, digits, precision="0.0000000000005")))
    with store.read() as session:
        [row] = session.exec(select(Observation).where(Observation.edition_id == recorded.edition_id))
        assert str(row.value) == digits
        assert row.precision == Decimal("0.0000000000005")


def test_times_come_back_aware(store: Store) -> None:
    recorded = record(store, FIRST)
    with store.read() as session:
        assert session.get_one(Edition, recorded.edition_id).created_at == NOW
        assert session.get_one(Edition, recorded.edition_id).created_at.utcoffset() == timedelta(0)


def test_another_source_s_copy_changes_no_figure(store: Store) -> None:
    said = [figure(f"案件{number}", "62", 2024, str(900 + number), indicator=None) for number in range(8)]
    original = edition(figure("受理案件", "62", 2024, "812700"), *said)
    first = record(store, original)
    mistyped = edition(
        figure("受理案件", "62", 2024, "812700"), *said[:7], figure("案件7", "62", 2024, "9", indicator=None),
        url="http://press.example/9.html", source="62-press",
    )  # fmt: skip
    copy = record(store, mistyped)
    assert (copy.document_id, copy.new, copy.note) == (first.document_id, False, "copy")
    again = record(store, original)
    assert (again.edition_id, again.new) == (first.edition_id, False)
