"""docs/thresholds.md shows what thresholds come to over the demo's archive."""

from __future__ import annotations

from datetime import UTC, datetime

from bench.thresholds import PAGE, demo_table, laid_into
from flows.home import Home
from flows.importing import Importer
from flows.ingest.cards import load
from flows.settings import load_settings
from flows.stores import open_record
from tests.flows.conftest import page_of
from tests.replicas.demo import EDITED, LATER


def test_the_page_shows_what_thresholds_come_to_over_the_demos_archive(record: Home, year: int) -> None:
    now, card = datetime.now(UTC), next(card for card in load(record) if card.id == "62-zfw")
    file = record.root / "edited.html"
    # The demo ends with an edit of one figure.
    old, new = (text.encode() for text in EDITED)
    file.write_bytes(page_of(LATER[0].of_year(year), now).replace(old, new))
    with open_record(record, load_settings(record)) as store:
        Importer(store, card, now, load_settings(record).alert_max_age).bring(file)
        table = demo_table(store)
    page = PAGE.read_text(encoding="utf-8")
    assert page == laid_into(page, "demo", table), "run make demo, then python -m bench.thresholds --write"
