"""A subject's course told in words is no part of its name: the figure's subject and indicator are what they are without."""

from __future__ import annotations

import pytest

from scrapers.indicators import load_catalogue
from scrapers.period import Period
from scrapers.reading import Context, read
from scrapers.reading.trends import without_trend
from scrapers.vocabulary import BodyKind

from .telling import of, told

G = BodyKind.POLICE
COURSES = [
    "首次下降", "首度下降", "首降", "再次下降", "下降", "持续下降", "继续下降", "有所下降", "明显下降", "双双下降", "首次双下降",
    "首次上升", "首次出现负增长", "首次实现下降", "由升转降", "止升回落", "不升反降", "稳中有降", "呈下降趋势", "保持下降态势",
    "出现拐点", "实现历史性下降", "近十年来首次下降", "三年来首次下降", "2020年以来首次出现下降", "自2020年以来首次下降",
    "连续第三年下降", "连续三年下降", "连续6个月下降", "在连续三年上升后首次下降", "连续五年上升后首次回落",
    "结束连续五年上升势头", "扭转了多年上升的势头", "创近十年来新低", "实现“三连降”", "首次降至两位数", "首次低于全国平均水平",
    "为2016年以来首次下降", "逐年下降的趋势", "首次实现“双下降”",
]  # fmt: skip


@pytest.mark.parametrize("course", COURSES)
def test_a_course_in_words_is_no_part_of_the_subject(course: str) -> None:
    found = of(f"全省刑事案件立案数{course},同比下降12.3%。", G).observations
    assert [(each.subject, str(each.period)) for each in found] == [("刑事案件立案数", "2024")]
    assert [str(change.basis) for each in found for change in each.changes] == ["yoy"]


@pytest.mark.parametrize("course", COURSES)
def test_a_course_in_words_after_a_level_leaves_the_change_to_the_level(course: str) -> None:
    assert told(f"全省刑事案件立案3.2万起,{course},同比下降12.3%。", G) == ["刑事案件立案 32000起 [-12.3%]"]


@pytest.mark.parametrize("course", ["首次", "连续第三年", "再次", "数十年来首次", "自2016年以来首次", "由升转降,"])
def test_a_course_before_the_verb_of_the_change(course: str) -> None:
    assert told(f"全省刑事案件立案数{course}下降12.3%。", G) == ["刑事案件立案数 [-12.3%]"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("诉前羁押率持续下降至19.8%,同比下降3.1个百分点。", ["诉前羁押率 19.8% [-3.1pp]"]),
        ("收案数首次下降的同时,结案数保持增长,同比上升5%。", ["结案数 [+5%]"]),
        ("信访总量、进京访人次首次实现“双下降”,同比分别下降15%、22%。", ["信访总量 [-15%]", "进京访人次 [-22%]"]),
        ("新收案件在连续四年增长后首次回落,为82万件,同比下降3.2%。", ["新收案件 820000件 [-3.2%]"]),
        ("审判质效明显提升。一审服判息诉率90.3%。", ["一审服判息诉率 90.3%"]),
    ],
)
def test_what_follows_a_course_in_words(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_every_key_indicator_is_known_whatever_is_said_of_its_course() -> None:
    catalogue = load_catalogue()
    period = Period.year(2024)
    missed = []
    for indicator in catalogue.indicators:
        if not indicator.key:
            continue
        context = Context(region="62", body=indicator.bodies[0], period=period, published_year=2025)
        for wording in catalogue.forms_of(indicator.id)[:2]:
            texts = {course: f"{wording}{course},同比下降12.3%。" for course in ["", *COURSES]}
            found = {
                course: [each.indicator for each in read(text, context, catalogue).observations]
                for course, text in texts.items()
            }
            missed += [texts[course] for course in COURSES if found[course] != found[""]]
    assert not missed


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("信访总量首次双下降", "信访总量"),
        ("持续下降", ""),
        ("新增", "新增"),
        ("新增加", "新增加"),
        ("减刑、假释案件", "减刑、假释案件"),
        ("案件增长率", "案件增长率"),
        ("榜首", "榜首"),
    ],
)
def test_what_is_a_course_and_what_is_a_name(words: str, expected: str) -> None:
    assert without_trend(words) == expected


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2020年以来,全省刑事案件立案20万起。", "2020-2024"),
        ("2020年以来刑事案件首次下降8%。", "2024"),
        ("刑事案件自2020年以来首次下降8%。", "2024"),
    ],
)
def test_a_since_of_a_record_is_no_period(text: str, period: str) -> None:
    assert [str(each.period) for each in of(text, G).observations] == [period]
