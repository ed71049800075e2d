"""Rates and scores that are printed without a unit: figures, in their indicator's own unit where it has only one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scrapers.indicators import load_catalogue
from scrapers.period import Period
from scrapers.reading import Context, read
from scrapers.reading.model import Reading
from scrapers.vocabulary import BodyKind

from .telling import of, plain

G, C, J, Z = BodyKind.POLICE, BodyKind.COURT, BodyKind.JUSTICE, BodyKind.COMMITTEE


def _read(text: str, body: BodyKind) -> Reading:
    context = Context(region="62", body=body, period=Period.year(2024), published_year=2025)
    return read(text, context, load_catalogue())


@pytest.mark.parametrize(
    ("text", "body", "expected"),
    [
        ("万车死亡率1.05。", G, [("road_death_rate", "1.05", "人")]),
        ("道路交通万车死亡率为1.05,同比下降8.7%。", G, [("road_death_rate", "1.05", "人")]),
        ("万车死亡率降至1.05。", G, [("road_death_rate", "1.05", "人")]),
        ("万车死亡率从1.28下降到1.05。", G, [("road_death_rate", "1.28", "人"), ("road_death_rate", "1.05", "人")]),
        (
            "万车死亡率由2019年的1.28降至1.05。",
            G,
            [("road_death_rate", "1.28", "人"), ("road_death_rate", "1.05", "人")],
        ),
        (
            "发生道路交通事故300起,万车死亡率1.05人/万车。",
            G,
            [("road_accidents", "300", "起"), ("road_death_rate", "1.05", "人/万车")],
        ),
        ("交通事故10万人口死亡率3.2。", G, [("road_deaths_per_100k", "3.2", "人")]),
        ("每十万人口交通事故死亡率为3.2。", G, [("road_deaths_per_100k", "3.2", "人")]),
        ("火灾十万人口死亡率0.12。", G, [(None, "0.12", "")]),
        ("每十万人命案发案数0.45。", G, [("homicide_rate", "0.45", "起")]),
        ("10万人口命案发案率0.39。", G, [("homicide_rate", "0.39", "起")]),
        ("万人起诉率87.5。", C, [("court_suits_per_10k", "87.5", "件/万人")]),
        ("法官人均结案数312.5。", C, [("court_cases_per_judge", "312.5", "件")]),
        ("全省每万人律师数3.2人。", J, [("lawyers_per_10k", "3.2", "人")]),
        # 满意度 is told in per cent and in points: left open.
        ("群众安全感98.42。", Z, [("public_safety_score", "98.42", "")]),
    ],
)
def test_a_rate_without_a_unit_is_in_its_indicators_own(
    text: str, body: BodyKind, expected: list[tuple[str | None, str, str]]
) -> None:
    reading = _read(text, body)
    assert [(each.indicator, plain(each.value or Decimal(0)), each.unit) for each in reading.observations] == expected
    assert not reading.unread


def test_an_amount_without_a_unit_is_in_its_figures() -> None:
    (found, base) = _read("万车死亡率1.05,同比下降0.05。", G).observations
    assert [(str(change.form), str(change.value), change.unit) for change in found.changes] == [
        ("absolute", "0.05", "人")
    ]
    assert (plain(base.value or Decimal(0)), base.unit, str(base.period), str(base.status)) == (
        "1.1",
        "人",
        "2023",
        "derived",
    )


@pytest.mark.parametrize(
    "text",
    ["民事、刑事案件占比为81.2:18.8。", "“案-件比”为1:1.05。", "律师1.2版软件"],
)
def test_a_number_alone_is_no_figure(text: str) -> None:
    assert not of(text, G).observations


@pytest.mark.parametrize(
    ("indicator", "unit"), [("road_death_rate", "人"), ("court_suits_per_10k", "件/万人"), ("public_safety_score", "")]
)
def test_the_unit_of_a_figure_without_one(indicator: str, unit: str) -> None:
    assert load_catalogue().bare_unit(indicator) == unit


def test_both_ends_with_their_years_are_read_or_none() -> None:
    found = _read("万人成讼率由2022年的65.3降至2024年的52.1。", C).observations
    assert [(str(each.value), str(each.period)) for each in found] == [("65.3", "2022"), ("52.1", "2024")]
    # No rate that is printed without a unit: of the second alone nobody could say what it is.
    assert not _read("刑事案件立案由2022年的65300降至2024年的52100。", C).observations
