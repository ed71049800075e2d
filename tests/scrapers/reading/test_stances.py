"""Sentences that report nothing (fictional, 虚构), and reports that sound alike."""

from __future__ import annotations

import pytest

from .telling import of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("第三条 盗窃公私财物价值1000元至3000元以上的,应当认定为数额较大。", "rule"),
        ("违反规定的,处五日以上十日以下拘留,并处500元罚款。", "rule"),
        ("共1200余人参会,会期1天。", "attendance"),
        ("出席代表764人,赞成591票。", "attendance"),
        ("被告人张某骗取李某等12人共计86.5万元。", "trial"),
        ("王某某非法获利52万元。", "single_case"),
        ("每单位限报2人,食宿费用每人300元。", "norm"),
        ("24岁的她背着被褥来到离县城62公里的法庭。", "narrative"),
        ("承办法官先后5次上门调解,耗时66分钟。", "narrative"),
    ],
)
def test_each_stance(text: str, kind: str) -> None:
    reading = of(text)
    assert reading.observations == ()
    assert kind in {each.kind for each in reading.ignored}


def test_a_trial_goes_on_to_the_end_of_its_paragraph() -> None:
    reading = of("被告人李某骗取12人86万元。至今尚有52万元未归还。\n全省法院审结诈骗案件312件。")
    assert [each.value for each in reading.observations] == [312]


@pytest.mark.parametrize(
    "text",
    [
        "审结李某某等人涉黑案件86件912人。",
        "判处罪犯9.3万人,判处罚金1.4亿元。",
        "审结其他案件203件,审结劳动争议案件512件。",
        "受理法律援助申请3256件,审结追索报酬案件512件。",
        "受理审查起诉4873人,其中已满十四周岁不满十六周岁的623人。",
        "为残疾人、老人提供上门服务3.2万次。",
        "案件平均耗时缩短3天,同比下降5%。",
        "也要看到,全省每万人律师数3.6名。",
    ],
)
def test_reports_that_sound_alike(text: str) -> None:
    assert of(text).observations


@pytest.mark.parametrize(
    "text",
    [
        "将打造示范司法所100个,培训调解员2万名。",
        "第四季度将组织招聘会不少于20场。",
        "要强化监督,确保结案率达98%。",
    ],
)
def test_what_is_planned_is_no_result(text: str) -> None:
    assert of(text).observations == ()
