"""Which indicator a printed subject is: a table of subjects, and what the look-up promises."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.indicators import Catalogue, Rise, load_catalogue
from scrapers.vocabulary import BodyKind

TABLE = Path(__file__).parent / "subjects.txt"


class Row(NamedTuple):
    indicator: str | None
    unit: str
    body: BodyKind | None
    subject: str


def rows() -> list[Row]:
    found = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            indicator, unit, body, subjects = (part.strip() for part in line.split("|"))
            owner = None if body == "-" else BodyKind(body)
            known = None if indicator == "-" else indicator
            found += [Row(known, "" if unit == "0" else unit, owner, subject) for subject in subjects.split()]
    return found


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.subject}|{row.unit}|{row.body}")
def test_subject_is_that_indicator_and_no_other(catalogue: Catalogue, row: Row) -> None:
    assert catalogue.match(row.subject, row.unit, row.body) == row.indicator


def test_the_table_is_large() -> None:
    assert len(rows()) >= 400
    assert sum(row.indicator is None for row in rows()) >= 100


def test_every_wording_finds_its_own_indicator(catalogue: Catalogue) -> None:
    for indicator in catalogue.indicators:
        for form in catalogue.forms_of(indicator.id):
            found = catalogue.find(form, indicator.unit, indicator.bodies[0])
            assert found is indicator, (form, indicator.id, found)


def test_catalogue_is_large_and_sound(catalogue: Catalogue) -> None:
    catalogue.check()
    assert len(catalogue.indicators) >= 300
    assert {body for each in catalogue.indicators for body in each.bodies} >= {
        BodyKind.COURT,
        BodyKind.PROCURATORATE,
        BodyKind.POLICE,
        BodyKind.JUSTICE,
        BodyKind.COMMITTEE,
    }


@pytest.mark.parametrize(
    "indicator",
    ["disputes_resolved", "filing_supervision", "crime_registered", "public_order_cases", "court_cases_received"],
)
def test_what_the_desk_watches_is_key(catalogue: Catalogue, indicator: str) -> None:
    found = catalogue.get(indicator)
    assert found is not None
    assert found.key


def test_meaning_of_a_rise(catalogue: Catalogue) -> None:
    rises = {each: catalogue.get(each) for each in ("crime_registered", "crimes_solved", "court_cases_received")}
    assert [each.rise for each in rises.values() if each] == [Rise.BAD, Rise.GOOD, Rise.NEUTRAL]


def test_default_thresholds_by_form_and_basis(catalogue: Catalogue) -> None:
    assert catalogue.default_thresholds["percent"] == 20
    assert catalogue.default_thresholds["percent_previous_five_years"] > catalogue.default_thresholds["percent"]


def test_a_rise_of_crime_tells_at_less_than_a_fall(catalogue: Catalogue) -> None:
    for each in ("crime_registered", "homicides", "road_deaths"):
        found = catalogue.get(each)
        assert found is not None
        assert found.thresholds["percent_up"] < found.thresholds["percent_down"]


def test_a_body_named_before_the_subject_decides_where_the_speaker_reports_on_others(catalogue: Catalogue) -> None:
    assert catalogue.match("全省检察机关办结案件", "件", BodyKind.PRESS) == "procuratorate_cases_closed"
    assert catalogue.match("全省法院办结案件", "件", BodyKind.PRESS) == "court_cases_closed"
    assert catalogue.match("办结案件", "件", BodyKind.PRESS) is None


def test_rows_for_the_list_can_be_searched(catalogue: Catalogue) -> None:
    assert len(catalogue.rows()) == len(catalogue.indicators)
    (row,) = [row for row in catalogue.rows("命案破案率") if row.id == "homicide_clearance_rate"]
    assert (row.units, row.bodies, row.rise, row.key) == ("%", "公安", "good", True)
    assert catalogue.rows("没有这样的指标") == ()


def test_travels_to_another_process(catalogue: Catalogue) -> None:
    copy = pickle.loads(pickle.dumps(catalogue))  # noqa: S301  our own bytes
    assert copy.match("受理案件", "件", BodyKind.COURT) == "court_cases_received"


@given(
    st.text(alphabet="受理审执结案件全省法院各类共新收的、()（）率数12年 ", max_size=20),
    st.sampled_from(["", "件", "人", "%"]),
)
def test_never_fails_and_never_matches_across_owners(subject: str, unit: str) -> None:
    found = load_catalogue().find(subject, unit, BodyKind.POLICE)
    assert found is None or BodyKind.POLICE in found.bodies
