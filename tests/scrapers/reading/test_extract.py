from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import pytest

from scrapers.indicators import load_catalogue
from scrapers.period import Period
from scrapers.reading import Context, read
from scrapers.reading.extract import extract_record, number, to_context
from scrapers.vocabulary import BodyKind


def test_a_record_gives_its_context() -> None:
    record = {"region": "甘肃", "body": "政法委", "period": "2024", "published": "2025-01-17"}
    context = to_context(record)
    assert (context.region, context.body, context.period) == ("62", BodyKind.COMMITTEE, Period.year(2024))
    assert (context.published, context.published_year) == (date(2025, 1, 17), 2025)


@pytest.mark.parametrize(
    ("record", "region", "year"),
    [
        ({"region": "62", "published": "2025"}, "62", 2025),
        ({"region": "内蒙古自治区", "published": "2023-01"}, "15", 2023),
        ({"region": "全国", "published": None}, "00", None),
        ({}, None, None),
    ],
)
def test_what_a_record_leaves_open_stays_open(record: dict[str, object], region: str | None, year: int | None) -> None:
    context = to_context(record)
    assert (context.region, context.published_year, context.published) == (region, year, None)


@pytest.mark.parametrize("record", [{"body": "教育局"}, {"period": "去年"}])
def test_what_cannot_be_read_is_refused(record: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"教育局|去年"):
        to_context(record)


def _observations(answer: dict[str, object]) -> list[dict[str, Any]]:
    found = answer["observations"]
    assert isinstance(found, list)
    return found


def test_an_answer_is_plain_json() -> None:
    text = "8月刑事警情1.5万起,环比下降2.8%。治安案件起。"
    answer = extract_record({"id": "a", "text": text, "region": "福建", "body": "公安", "period": "2025-08"})
    assert json.loads(json.dumps(answer, ensure_ascii=False)) == answer
    (only,) = _observations(answer)
    assert (only["period"], only["value"], only["unit"], only["scope"]) == ("2025-08", 15000, "起", "全省公安机关")
    assert only["changes"][0]["basis"] == "chain"
    assert answer["unread"] == [{"start": len(text) - 2, "end": len(text) - 1, "reason": "digits_lost"}]


def test_a_derived_figure_is_no_statement() -> None:
    answer = extract_record({"id": "a", "text": "受理案件78万件,比去年减少12万件。", "period": "2024", "body": "法院"})
    assert len(_observations(answer)) == 1


class _Place(NamedTuple):
    code: str


class _Catalogue:
    def region(self, name_or_code: str) -> _Place | None:
        return {"武汉": _Place("4201"), "武汉市": _Place("4201"), "湖北": _Place("42")}.get(name_or_code)

    def begins_region(self, two_signs: str) -> bool:
        return two_signs in {"武汉", "湖北"}

    def match(self, subject: str, unit: str, body: BodyKind | None) -> str | None:
        return "closed" if (subject, unit, body) == ("审结案件", "件", BodyKind.COURT) else None

    def bare_unit(self, indicator_id: str) -> str:
        return {"closed": "件"}[indicator_id]


def test_the_catalogue_names_the_indicator() -> None:
    answer = extract_record({"id": "a", "text": "审结案件3件,结案率96%。", "body": "法院"}, _Catalogue())
    assert [each["indicator"] for each in _observations(answer)] == ["closed", None]


def test_the_catalogue_locates_context_and_scopes() -> None:
    context = Context(region="42", body=BodyKind.COURT)
    text = "全省法院受理案件40万件。武汉法院受理案件3万件。武汉市公安局破获案件5起。"
    assert [each.scope.region for each in read(text, context, _Catalogue()).observations] == ["42", "4201", "4201"]
    assert [each.scope.region for each in read(text, context).observations] == ["42", "42", "42"]


@pytest.mark.parametrize(
    ("value", "expected"), [(Decimal("812700.00"), 812700), (Decimal("94.49"), 94.49), (Decimal(0), 0), (None, None)]
)
def test_numbers_are_written_whole_where_they_are(value: Decimal | None, expected: float | None) -> None:
    assert number(value) == expected


def test_the_unit_of_the_contract_is_the_printed_one() -> None:
    text = "万车死亡率1.05,同比下降0.05。"
    (found,) = _observations(extract_record({"id": "a", "text": text, "body": "公安"}, load_catalogue()))
    (change,) = found["changes"]
    assert (found["indicator"], found["value"], found["unit"]) == ("road_death_rate", 1.05, "")
    assert (change["form"], change["unit"]) == ("absolute", "")
