"""Sections of aims hold no results, whatever their sentences say; what is told before and after them does."""

from __future__ import annotations

from datetime import date

import pytest

from scrapers.period import Period
from scrapers.reading import Context, read
from scrapers.vocabulary import BodyKind

CONTEXT = Context(region="42", body=BodyKind.COURT, period=Period.year(2024), published=date(2025, 1, 20))
TOLD = "2024年,全省法院受理案件5万件。\n"


def figures(text: str) -> list[str]:
    whole = TOLD + text
    return [whole[each.start : each.end] for each in read(whole, CONTEXT).observations][1:]


@pytest.mark.parametrize(
    "opening",
    [
        "二、2025年工作安排",
        "二、下一步工作打算",
        "二、2025年重点工作",
        "(三)下一阶段工作重点",
        "2025年主要目标:",
        "各位代表,新的一年,全省法院将重点做好以下工作:",
        "2025年,要抓好五项工作:",
        "现将2025年工作要点通知如下:",
        "现将工作计划印发如下:",
        "今后五年奋斗目标",
        "今年,要办好10件民生实事:",
    ],
)
def test_what_a_plan_opens_is_no_result(opening: str) -> None:
    text = f"{TOLD}{opening}\n办结案件6万件,执行到位金额300亿元。\n1.新建法庭20个。"
    reading = read(text, CONTEXT)
    assert [text[each.start : each.end] for each in reading.observations] == ["5万件"]
    assert [text[each.start : each.end] for each in reading.ignored if each.kind == "plan"][-3:] == [
        "6万件",
        "300亿元",
        "20个",
    ]


@pytest.mark.parametrize(
    "opening",
    [
        "二、2024年重点工作",
        "二、2024年工作要点完成情况",
        "二、下一步打算落实情况",
        "二、目标任务完成情况",
        "2024年,主要做了以下四项工作:",
        "这里需要说明以下几点:",
        "二、主要工作",
        "现将全省法院工作要点落实情况通报如下:",
        "今年以来,全省法院将推进以下改革,成效明显。",
    ],
)
def test_what_looks_back_is_told(opening: str) -> None:
    assert figures(f"{opening}\n办结案件6万件,执行到位金额300亿元。") == ["6万件", "300亿元"]


@pytest.mark.parametrize(
    "told",
    [
        "今年以来,全省法院将化解贯穿始终,办结信访案件120件。",
        "今年上半年,全省法院将窗口前移,办理服务事项308项。",
        "今年,全省法院将调解前移,新建法庭20个。",
    ],
)
def test_a_result_opens_no_plan(told: str) -> None:
    assert figures(f"{told}\n办结案件7万件。")[-1:] == ["7万件"]


def test_what_was_over_when_the_text_came_out_is_told() -> None:
    context = Context(region="42", body=BodyKind.COURT, period=Period.year(2023), published=date(2025, 3, 1))
    text = "二、2024年主要工作\n办结案件6万件。\n三、2025年主要工作\n办结案件9万件。"
    assert [text[each.start : each.end] for each in read(text, context).observations] == ["6万件"]


def test_a_plan_goes_on_through_what_it_counts() -> None:
    assert figures("二、2025年工作安排\n一是办结案件6万件。\n二是办结案件8万件。\n三、案件情况\n办结案件7万件。") == [
        "7万件"
    ]


def test_a_plan_ends_with_the_next_heading_of_its_rank() -> None:
    text = "二、2025年工作安排\n(一)改革\n办结案件6万件。\n三、案件情况\n办结案件7万件。"
    assert figures(text) == ["7万件"]


def test_an_announced_plan_ends_where_the_text_looks_back() -> None:
    assert figures("现将2025年工作要点通知如下:\n一、办结案件6万件。\n2024年工作回顾\n办结案件7万件。") == ["7万件"]


def test_a_plan_inside_a_paragraph_begins_with_its_sentence() -> None:
    assert figures("审结案件4万件。2025年要抓好四项工作。第一,办结案件6万件。第二,新建法庭20个。") == ["4万件"]


@pytest.mark.parametrize(
    "aim",
    [
        "2025年,我们将确保命案全破,结案率提升2个百分点。",
        "2025年,全省法院办结案件6万件。审结一审案件3万件。",
    ],
)
def test_a_year_that_has_just_begun_has_no_results(aim: str) -> None:
    assert figures(aim) == []


def test_its_first_months_have() -> None:
    assert figures("2025年,办结案件6万件。2025年1月,办结案件5000件。") == ["5000件"]
