"""The syntax of wordings, and what is taken from a printed subject before it is looked up."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.indicators.measures import Measure, measure_of, measure_of_subject, size_of
from scrapers.indicators.patterns import MOST_FORMS, PatternError, expand
from scrapers.indicators.subjects import forms, plain
from scrapers.vocabulary import BodyKind


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("受理案件", {"受理案件"}),
        ("受理[各类]案件", {"受理案件", "受理各类案件"}),
        ("(批准|决定)逮捕", {"批准逮捕", "决定逮捕"}),
        ("<closed>案件", {"审结案件", "执结案件"}),
        ("[<closed>|办结]案件", {"审结案件", "执结案件", "办结案件", "案件"}),
        ("甲[乙(丙|丁)]", {"甲", "甲乙丙", "甲乙丁"}),
        ("(甲|)乙", {"甲乙", "乙"}),
        ("甲|乙", {"甲", "乙"}),
    ],
)
def test_expands_to(pattern: str, expected: set[str]) -> None:
    assert set(expand(pattern, {"closed": "审结|执结"})) == expected


@pytest.mark.parametrize("pattern", ["甲(乙", "甲]乙", "甲[乙", "<无>案件", "<closed", "甲)"])
def test_refuses_what_is_not_well_written(pattern: str) -> None:
    with pytest.raises(PatternError):
        expand(pattern, {"closed": "审结"})


def test_refuses_a_word_within_itself_and_a_wording_too_wide() -> None:
    with pytest.raises(PatternError, match="within itself"):
        expand("<a>", {"a": "甲<b>", "b": "乙<a>"})
    with pytest.raises(PatternError, match=str(MOST_FORMS)):
        expand("[甲]" * 12)


@given(st.text(alphabet="甲乙()[]|<>", max_size=12))
def test_expands_or_refuses_and_never_hangs(pattern: str) -> None:
    with suppress(PatternError):
        assert len(expand(pattern)) <= MOST_FORMS


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("审（执）结各类案件", "审执结案件"),
        ("“两抢一盗”案件", "两抢一盗案件"),
        ("立案、撤案", "立案撤案"),
        ("１１０ 有效警情", "110有效警情"),
        ("适用惩罚性赔偿的案件", "适用惩罚性赔偿案件"),
    ],
)
def test_plain(subject: str, expected: str) -> None:
    assert plain(subject) == expected


@pytest.mark.parametrize(
    ("subject", "form", "body"),
    [
        ("全省法院共受理各类案件", "受理案件", BodyKind.COURT),
        ("全市检察机关起诉人数", "起诉", BodyKind.PROCURATORATE),
        ("我省公安机关破获刑事案件数", "破获刑事案件", BodyKind.POLICE),
        ("2021年全区公安厅立刑事案件", "立刑事案件", BodyKind.POLICE),
        ("省高院受理案件", "受理案件", BodyKind.COURT),
        ("依法不起诉", "不起诉", None),
    ],
)
def test_what_stands_before_the_indicator_falls_away(subject: str, form: str, body: BodyKind | None) -> None:
    assert (form, body) in list(forms(subject))


@pytest.mark.parametrize("subject", ["群众安全感指数", "公共安全隐患", "监督公安机关立案", "共同犯罪案件"])
def test_what_belongs_to_the_indicator_stays(subject: str) -> None:
    assert [form for form, _ in forms(subject)] == [plain(subject)]


@pytest.mark.parametrize(
    ("unit", "measure"),
    [
        ("件", Measure.CASES),
        ("起", Measure.CASES),
        ("名", Measure.PERSONS),
        ("人次", Measure.PERSON_TIMES),
        ("％", Measure.PERCENT),
        ("头", None),
    ],
)
def test_units(unit: str, measure: Measure | None) -> None:
    assert measure_of(unit) is measure


@pytest.mark.parametrize(
    ("subject", "measure"),
    [("起诉人数", Measure.PERSONS), ("发案起数", Measure.CASES), ("不捕率", None), ("批捕", None)],
)
def test_measure_told_by_the_subject(subject: str, measure: Measure | None) -> None:
    assert measure_of_subject(subject) is measure


def test_units_of_one_measure_that_differ_in_size() -> None:
    assert measure_of("吨") is measure_of("公斤") is measure_of("克") is Measure.KILOGRAMS
    assert [str(size_of(unit)) for unit in ("吨", "公斤", "克", "件")] == ["1000", "1", "0.001", "1"]
