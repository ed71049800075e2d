"""How sure a figure is: what is derived, what is flagged, what is not told of a body's work (all fictional, 虚构)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from scrapers.reading import Context, read
from scrapers.reading.model import Direction, Form, Qualifier, Status
from scrapers.reading.suspects import suspicion
from scrapers.vocabulary import BodyKind, PublicationKind

from .telling import of, told

DISTRACTORS = sorted((Path(__file__).parent / "distractors").glob("*.txt"))


def test_an_absolute_change_gives_its_base() -> None:
    stated, base = of("受理案件78万件,比去年减少12万件。").observations
    assert (stated.status, base.status) == (Status.STATED, Status.DERIVED)
    assert (base.value, str(base.period), base.rules) == (Decimal(900000), "2023", ("derived.base",))
    # 78万 is known to ±5000, 12万 to ±5000.
    assert base.precision == Decimal(10000)


def test_a_base_that_is_printed_is_not_derived() -> None:
    reading = of("受理案件78万件,比去年90万件减少12万件。")
    assert {each.status for each in reading.observations} == {Status.STATED}


def test_an_approximate_level_gives_an_approximate_base() -> None:
    _, base = of("受理案件78万余件,比去年减少12万件。").observations
    assert base.qualifier is Qualifier.ABOUT


@pytest.mark.parametrize(
    "text", ["受理案件3件,比去年增加12件。", "受理案件78万件,同比减少12%。", "受理案件78件,比改革前减少12件。"]
)
def test_what_gives_no_base(text: str) -> None:
    assert Status.DERIVED not in {each.status for each in of(text).observations}


@pytest.mark.parametrize(
    ("unit", "level", "form", "direction", "value", "flag"),
    [
        ("%", "95", Form.PERCENT, Direction.UP, "8", "suspect.percent_of_rate"),
        ("件", "400", Form.PERCENTAGE_POINTS, Direction.UP, "5.2", "suspect.points_of_count"),
        ("%", "98", Form.PERCENTAGE_POINTS, Direction.DOWN, "3", "suspect.base_beyond"),
        ("%", "98", Form.PERCENTAGE_POINTS, Direction.UP, "3", None),
        ("%", "2", Form.PERCENTAGE_POINTS, Direction.UP, "3", "suspect.base_beyond"),
        ("件", "400", Form.PERCENT, Direction.UP, "5.2", None),
        ("分", "98.7", Form.PERCENTAGE_POINTS, Direction.UP, "1", None),
    ],
)
def test_what_cannot_be_is_flagged(
    unit: str, level: str, form: Form, direction: Direction, value: str, flag: str | None
) -> None:
    assert suspicion(unit, Decimal(level), form, direction, Decimal(value)) == flag


def test_a_flag_stands_in_the_rules_and_changes_nothing() -> None:
    (only,) = of("结案率95.1%,同比上升1.9%").observations
    assert only.changes[0].form is Form.PERCENT
    assert "suspect.percent_of_rate" in only.changes[0].rules


def test_every_rule_is_named() -> None:
    for each in of("全省法院受理案件40万件,审结38万件,同比分别上升5%和4%。").observations:
        assert all("." in rule or rule == "level" for rule in each.rules)
        assert all("." in rule for change in each.changes for rule in change.rules)


def test_a_change_whose_owner_cannot_be_told_is_unread() -> None:
    reading = of("受理案件40万件,同比分别上升5%、4%和3%。")
    assert {each.reason for each in reading.unread} == {"owner_unclear"}


def test_points_of_fewer_rates_than_points_are_nobody_s() -> None:
    text = "网上立案42.6万件,网上开庭6.2万场次,电子送达312万次,电子送达率86.4%,同比分别提升12.4、3.6、8.2个百分点。"
    reading = of(text)
    assert not any(each.changes for each in reading.observations)
    assert {each.reason for each in reading.unread} == {"owner_unclear"}
    assert all(not each.changes for each in reading.observations)


@pytest.mark.parametrize(
    "text",
    [
        "比赛设7个大项、25个小项,17支队伍同台竞技。",
        "新落成的公园建有641米长的廊道和21块展板。",
        "中心墙上写着3项承诺和5条纪律。",
    ],
)
def test_figures_of_no_bodys_work_are_unread(text: str) -> None:
    reading = of(text, BodyKind.COMMITTEE)
    assert reading.observations == ()


def test_what_is_weak_by_itself_stands_in_a_report() -> None:
    text = "2024年,全省法院受理案件40万件,结案率96%,举办讲座12场,签署框架协议89个。"
    assert len(told(text)) == 4


@pytest.mark.parametrize("kind", [PublicationKind.PLAN, PublicationKind.RESOLUTION])
def test_plans_and_resolutions_report_nothing(kind: PublicationKind) -> None:
    reading = read("审结案件3万件,同比上升5%。", Context(region="62", body=BodyKind.COURT, kind=kind))
    assert reading.observations == ()
    assert {each.kind for each in reading.ignored} == {kind.value}


@pytest.mark.skipif(not DISTRACTORS, reason="no texts without metrics")
def test_at_most_one_false_observation_in_ten_thousand_characters() -> None:
    characters = false = 0
    for path in DISTRACTORS:
        text = path.read_text(encoding="utf-8")
        characters += len(text)
        false += len(read(text, Context(region="62", body=BodyKind.COMMITTEE, published_year=2025)).observations)
    assert false / characters <= 1 / 10_000


@pytest.mark.parametrize("words", ["增长-28%", "增长-28个百分点", "下降28%"])
def test_a_printed_minus_is_a_fall(words: str) -> None:
    """The record knows no negative change: such a one would cost the whole edition."""
    assert [one.replace("pp", "%") for one in told(f"受理案件同比{words}。")] == ["受理案件 [-28%]"]


@pytest.mark.parametrize(
    ("text", "is_doubted"),
    [
        ("2022年、2023年、2024年分别受理案件27万件、28万件、30万件", False),
        ("2022年、2023年、2024年分别受理案件27万件、28万件", True),
        ("2022年、2023年、2024年分别受理案件27万件、28万件、29万件、30万件", True),
        ("2023年、2024年,起诉盗窃、诈骗犯罪分别为300件、200件", False),
        ("2024年,受理、审结案件分别为27万件、28万件", False),
    ],
)
def test_years_told_apart_that_do_not_count_out_are_doubted(text: str, is_doubted: bool) -> None:
    found = of(text).observations
    assert {each.status is Status.DOUBTFUL for each in found} == {is_doubted}
    # Nor is any year theirs: which one cannot be told.
    assert {each.period is None for each in found} == {is_doubted}


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2022年、2023年、2024年分别受理案件27万件、28万件、30万件", ["2022", "2023", "2024"]),
        ("2022年至2024年受理案件分别为27万件、28万件、30万件", ["2022", "2023", "2024"]),
        ("近三年分别受理案件27万件、28万件、30万件", ["2022", "2023", "2024"]),
        ("2022年、2023年受理案件27万件、28万件", ["2022", "2023"]),
        ("2022年受理案件20万件,2023年、2024年分别受理27万件、28万件", ["2022", "2023", "2024"]),
        ("2022年受理案件20万件,2024年受理刑事、民事案件2万件、8万件", ["2022", "2024", "2024"]),
        ("2023年,批准逮捕120件180人", ["2023", "2023"]),
    ],
)
def test_each_figure_of_a_list_is_of_its_own_year(text: str, years: list[str]) -> None:
    assert [str(each.period) for each in of(text).observations] == years
