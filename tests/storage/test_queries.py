from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlmodel import col, select

from storage.errors import NotFound
from storage.queries import across_regions, document_story, find_series, new_since, series_with_sources
from storage.store import Store
from storage.tables import Observation
from storage.vocabulary import Cause, Standing
from tests.storage.made import NOW, catalogue, edition, figure, record

YEAR = (2024 * 12, 2024 * 12 + 11)


@pytest.fixture(autouse=True)
def _catalogue(store: Store) -> None:
    with store.write() as session:
        catalogue(session)


def test_a_series_with_its_sources(store: Store) -> None:
    record(store, edition(figure("受理案件", "62", 2024, "812735", change="+13%")))
    record(
        store,
        edition(
            figure("受理案件", "62", 2024, "812700", precision="50"),
            url="http://press.example/9",
            source="62-press",
            body="press",
            kind="press_article",
        ),
    )
    with store.read() as session:
        [series] = find_series(session, indicator="accepted", region="62")
        story = series_with_sources(session, series.id)
        [point] = story.points
        assert (point.point.value, point.point.witnesses, point.others) == (Decimal(812735), 2, 1)
        assert point.quotation == "甘肃2024年受理案件812735件,同比变化+13%。"
        assert point.url == "http://court.example/1.html"
        assert point.published == date(2025, 1, 17)
        assert [change.value for change in story.changes] == [Decimal(13)]
        standings = session.exec(select(Observation.standing).order_by(col(Observation.id))).all()
        assert standings == [Standing.TAKEN, Standing.NOT_ISSUER]
        with pytest.raises(NotFound):
            series_with_sources(session, 999)


def test_one_indicator_across_provinces(store: Store) -> None:
    values = {"62": "100", "33": "300", "44": "900", "51": "300", "11": "200"}
    for number, (region, value) in enumerate(values.items()):
        record(
            store,
            edition(
                figure("受理案件", region, 2024, value, change="+5%" if region == "44" else ""),
                url=f"http://x.example/{number}",
                region=region,
            ),
        )
    with store.read() as session:
        like = find_series(session, indicator="accepted", region="62")[0]
        compared = across_regions(session, like, *YEAR, with_changes=True)
        assert [(item.region, item.value, item.rank) for item in compared.values] == [
            ("44", Decimal(900), 1), ("33", Decimal(300), 2), ("51", Decimal(300), 2), ("11", Decimal(200), 4), ("62", Decimal(100), 5),
        ]  # fmt: skip
        assert (compared.median, compared.spread) == (Decimal(300), Decimal(100))
        assert [item.change for item in compared.values][:2] == [Decimal(5), None]
        assert across_regions(session, like, 0, 11).median is None


def test_what_is_new_and_everything_about_a_document(store: Store) -> None:
    first = record(store, edition(figure("受理案件", "62", 2024, "812700")))
    second = record(store, edition(figure("受理案件", "62", 2024, "912700")), now=NOW + timedelta(days=1))
    with store.read() as session:
        assert [item.edition_id for item in new_since(session, NOW)] == [second.edition_id, first.edition_id]
        assert [item.edition_id for item in new_since(session, NOW + timedelta(hours=1))] == [second.edition_id]
        story = document_story(session, first.document_id)
        assert [item.edition.cause for item in story.editions] == [Cause.FIRST, Cause.PUBLISHER]
        assert story.editions[1].differences[0].new_value == Decimal(912700)
        assert story.addresses == ("http://court.example/1.html",)
        assert [item.value for item in story.figures] == [Decimal(912700)]
        assert len(story.editions[0].snapshots[0]) == 64
        with pytest.raises(NotFound):
            document_story(session, 999)
