"""What the reader read, as the record keeps it: one unit for a measure (all fictional, 虚构)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from flows.ingest.mapping import _observation, figure_inputs
from scrapers.indicators import load_catalogue
from scrapers.period import Period
from scrapers.reading import Context, read
from scrapers.vocabulary import BodyKind


@pytest.mark.parametrize(
    ("words", "value", "precision", "unit", "change"),
    [
        ("1.2吨", "1200", "50", "公斤", None),
        ("980公斤", "980", "0.5", "公斤", None),
        ("980千克", "980", "0.5", "公斤", None),
        ("350克", "0.35", "0.0005", "公斤", None),
        ("1.2吨,同比增加0.3吨", "1200", "50", "公斤", "300 公斤"),
        ("1.2吨,同比上升35%", "1200", "50", "公斤", "35 "),
    ],
)
def test_weights_are_kept_in_kilograms(words: str, value: str, precision: str, unit: str, change: str | None) -> None:
    context = Context(region="62", body=BodyKind.POLICE, period=Period.parse("2024"), published_year=2025)
    figure = read(f"全省公安机关缴获毒品{words}。", context, load_catalogue()).observations[0]
    kept = _observation(figure, "province")
    assert kept.indicator == "drugs_seized"
    assert (kept.value, kept.unit) == (Decimal(value), unit)
    assert kept.precision == Decimal(precision)
    assert [f"{one.value.normalize():f} {one.unit}" for one in kept.changes if one.value is not None] == (
        [change] if change else []
    )


def test_a_figure_that_the_record_refuses_costs_no_other() -> None:
    text = "全省法院受理案件40万件,审结案件38万件,结案率95%。"
    reading = read(text, Context(region="62", body=BodyKind.COURT, period=Period.parse("2024")))
    broken = replace(reading.observations[1], quote_start=5, quote_end=5)
    kept, unread = figure_inputs(
        replace(reading, observations=(reading.observations[0], broken, reading.observations[2])), text, "province"
    )
    assert [one.subject for one in kept] == ["受理案件", "结案率"]
    assert [(text[one.start : one.end], one.reason, one.quotation) for one in unread] == [
        ("38万件", "not_recordable", text[:-1])
    ]
