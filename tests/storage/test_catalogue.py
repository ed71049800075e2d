from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from storage.catalogue import (
    finish_first_run,
    indicators,
    regions,
    sources,
    sync_indicators,
    sync_regions,
    sync_sources,
)
from storage.inputs import IndicatorInput, RegionInput, SourceInput
from storage.store import Store
from tests.storage.made import NOW

GANSU = RegionInput(code="62", name="甘肃省", short_name="甘肃", level="province")
LANZHOU = RegionInput(code="6201", name="兰州市", short_name="兰州", level="city", parent="62")
PART = IndicatorInput(
    id="closed", label="审结", measure="cases", unit="件", part_of="accepted", thresholds={"percent": Decimal("20.0")}
)
WHOLE = IndicatorInput(id="accepted", label="受理", measure="cases", unit="件", key=True, upper=Decimal(10**7))
CARD = SourceInput(id="62-court", name="甘肃法院网", region="62", body="court", list_urls=("http://a.example/",))


def test_a_sync_says_what_it_did(store: Store) -> None:
    with store.write() as session:
        # A city before its province: parents are made first.
        assert sync_regions(session, [LANZHOU, GANSU]).added == ("62", "6201")
        assert sync_regions(session, [LANZHOU, GANSU]) == type(sync_regions(session, [LANZHOU, GANSU]))((), (), ())
        renamed = RegionInput(code="62", name="甘肃", short_name="甘肃", level="province")
        assert sync_regions(session, [renamed, LANZHOU]).changed == ("62",)
        assert regions(session)["6201"].parent == "62"


def test_a_new_region_may_be_the_parent_of_one_that_is_there(store: Store) -> None:
    with store.write() as session:
        sync_regions(session, [replace(LANZHOU, parent=None)])
        synced = sync_regions(session, [LANZHOU, GANSU])
        assert (synced.added, synced.changed) == (("62",), ("6201",))
        assert regions(session)["6201"].parent == "62"


def test_a_sync_is_seen_by_who_read_before(store: Store) -> None:
    with store.write() as session:
        sync_regions(session, [GANSU])
        sync_sources(session, [CARD], now=NOW)
        [source] = sources(session)
        assert source.name == "甘肃法院网"
        sync_sources(session, [replace(CARD, name="甘肃法院")], now=NOW)
        assert source.name == "甘肃法院"


def test_indicators_refer_to_each_other_in_any_order(store: Store) -> None:
    with store.write() as session:
        synced = sync_indicators(session, [PART, WHOLE])
        assert (synced.added, synced.changed) == (("closed", "accepted"), ())
        found = indicators(session)
        assert found["closed"].part_of == "accepted"
        assert found["closed"].thresholds == {"percent": Decimal("20.0")}
        assert sync_indicators(session, [PART, WHOLE]).changed == ()


def test_what_left_the_catalogue_is_retired_and_may_come_back(store: Store) -> None:
    with store.write() as session:
        sync_indicators(session, [PART, WHOLE])
        assert sync_indicators(session, [WHOLE]).retired == ("closed",)
        assert sync_indicators(session, [WHOLE]).retired == ()
        assert set(indicators(session)) == {"accepted"}
        assert sync_indicators(session, [PART, WHOLE]).changed == ("closed",)


def test_a_cards_first_run_is_remembered_over_syncs(store: Store) -> None:
    with store.write() as session:
        sync_regions(session, [GANSU])
        sync_sources(session, [CARD], now=NOW)
        finish_first_run(session, "62-court")
        changed = SourceInput(id="62-court", name="甘肃法院", region="62", body="court")
        assert sync_sources(session, [changed], now=NOW).changed == ("62-court",)
    with store.read() as session:
        [source] = sources(session)
        assert (source.name, source.first_run_done, source.list_urls) == ("甘肃法院", True, ())
