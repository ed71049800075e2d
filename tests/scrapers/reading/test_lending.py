"""Subjects whose missing half comes from the words before them, read from whole (fictional, 虚构) sentences."""

from __future__ import annotations

import pytest

from scrapers.vocabulary import BodyKind
from tests.scrapers.reading.telling import told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("起诉危险驾驶罪1200人、盗窃罪900人。", ["起诉危险驾驶罪 1200人", "起诉盗窃罪 900人"]),
        ("故意伤害罪500人、盗窃罪400人、诈骗罪300人。", ["故意伤害罪 500人", "盗窃罪 400人", "诈骗罪 300人"]),
        ("起诉危险驾驶罪、盗窃罪分别为1200人、900人。", ["起诉危险驾驶罪 1200人", "起诉盗窃罪 900人"]),
        ("危险驾驶案120件、盗窃案90件。", ["危险驾驶案 120件", "盗窃案 90件"]),
        # What is no name of a crime still takes the half that is printed once.
        ("监督公安机关立案120件、撤案90件。", ["监督公安机关立案 120件", "监督公安机关撤案 90件"]),
    ],
)
def test_a_crime_is_called_by_its_whole_name(text: str, expected: list[str]) -> None:
    assert told(text, BodyKind.PROCURATORATE) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "破获九类涉黑涉恶刑事案件1.2万起,其中:故意伤害2207起、寻衅滋事4816起。",
            ["破获九类涉黑涉恶刑事案件 12000起", "破获故意伤害案件 2207起", "破获寻衅滋事案件 4816起"],
        ),
        ("立八类严重暴力案件320起,其中抢劫41起。", ["立八类严重暴力案件 320起", "立抢劫案件 41起"]),
        ("破获电信网络诈骗案件320起,其中跨境41起。", ["破获电信网络诈骗案件 320起", "破获跨境电信网络诈骗案件 41起"]),
    ],
)
def test_a_crime_among_sorts_replaces_the_sorts(text: str, expected: list[str]) -> None:
    assert told(text, BodyKind.POLICE) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("判决行政机关败诉2189件,败诉率13.5%。", ["判决行政机关败诉 2189件", "行政机关败诉率 13.5%"]),
        (
            "县级综治中心规范化达标142个,达标率89.9%。",
            ["县级综治中心规范化达标 142个", "县级综治中心规范化达标率 89.9%"],
        ),
        ("裁定准予执行5104件,准予率89.2%。", ["裁定准予执行 5104件", "裁定准予执行率 89.2%"]),
        ("未成年人附条件不起诉120人,起诉率30%。", ["未成年人附条件不起诉 120人", "起诉率 30%"]),
        ("审结案件3.8万件,结案率95%。", ["审结案件 38000件", "结案率 95%"]),
    ],
)
def test_a_rate_of_what_was_just_done(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "四年来,受理案件120万件,年均增长5%;2024年30万件,同比增长3%。",
            ["受理案件 1200000件", "受理案件年均 [+5% @five]", "受理案件 300000件 [+3%]"],
        ),
        # What is averaged over years is none of them; what follows is of the subject again.
        (
            "四年来,受理案件年均增长5%,2024年较2020年增长22%。",
            ["受理案件年均 [+5% @five]", "受理案件 [+22% @2020]"],
        ),
        ("受理案件年均增长5%,较2020年增长22%。", ["受理案件年均 [+5%]", "受理案件 [+22% @2020]"]),
        ("刑事案件、命案年均分别下降3.2%、5.5%。", ["刑事案件年均 [-3.2%]", "命案年均 [-5.5%]"]),
        # A level that is an average keeps its changes.
        ("接警日均1000起,同比上升5%,较2020年上升22%。", ["接警日均 1000起 [+5%] [+22% @2020]"]),
        (
            "全年接警36万起,日均1000起,其中有效警情9万起。",
            ["接警 360000起", "接警日均 1000起", "有效警情 90000起"],
        ),
    ],
)
def test_an_average_is_an_aside(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("复议机构新收复议案件9873件,审结8516件。", ["新收复议案件 9873件", "审结复议案件 8516件"]),
        ("涉案标的额首次突破千亿元大关,达1086.4亿元。", ["涉案标的额 108640000000元"]),
        ("诉讼标的额首次突破千亿元大关达1086.4亿元。", ["诉讼标的额 108640000000元"]),
    ],
)
def test_who_acts_and_a_first_time_are_no_subject(text: str, expected: list[str]) -> None:
    assert told(text, BodyKind.JUSTICE) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "民间借贷、金融借款、买卖合同纠纷居前三,收案分别为7.9万件、6.2万件、5.8万件,前两类同比分别下降11.7%、8.5%。",
            [
                "民间借贷纠纷收案 79000件 [-11.7%]",
                "金融借款纠纷收案 62000件 [-8.5%]",
                "买卖合同纠纷收案 58000件",
            ],
        ),
        (
            "前三位罪名分别为盗窃、诈骗、危险驾驶,占比分别为31%、20%、17%。",
            ["盗窃占比 31%", "诈骗占比 20%", "危险驾驶占比 17%"],
        ),
        # Together they are of the list, and of nothing before it.
        (
            "受理案件20万件,其中借贷案件5.6万件、买卖案件3.2万件,合计占44%。",
            [
                "受理案件 200000件",
                "受理借贷案件 56000件",
                "受理买卖案件 32000件",
                "受理借贷案件、受理买卖案件合计占比 44%",
            ],
        ),
        (
            "受理案件20万件,其中借贷案件5.6万件,买卖案件3.2万件,合计占44%。",
            [
                "受理案件 200000件",
                "受理借贷案件 56000件",
                "受理买卖案件 32000件",
                "受理借贷案件、受理买卖案件合计占比 44%",
            ],
        ),
        (
            "受理刑事案件3万件、民事案件2万件,审结2.9万件、1.9万件。",
            ["受理刑事案件 30000件", "受理民事案件 20000件", "审结刑事案件 29000件", "审结民事案件 19000件"],
        ),
        (
            "受理刑事案件3万件,审结2.9万件。",
            ["受理刑事案件 30000件", "审结刑事案件 29000件"],
        ),
    ],
)
def test_a_list_told_before_its_figures(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "刑事立案38.4万起、治安案件29.7万起,破案率、命案破案率分别达到56.2%、99.4%。",
            ["刑事立案 384000起", "治安案件 297000起", "破案率 56.2%", "命案破案率 99.4%"],
        ),
        ("立毒品案件3000起,破案率98%。", ["立毒品案件 3000起", "毒品破案率 98%"]),
        (
            "起诉侵害未成年人犯罪3000人,未成年人附条件不起诉1200名,适用率38.6%。",
            ["起诉侵害未成年人犯罪 3000人", "未成年人附条件不起诉 1200名", "未成年人附条件不起诉适用率 38.6%"],
        ),
        (
            "服判息诉率由61.4%上升至66.8%;上诉率降到五成以下。",
            ["服判息诉率 61.4%", "服判息诉率 66.8%", "上诉率 50%"],
        ),
        (
            "结案率由91%上升到93%,审限内结案率提高到98%。",
            ["结案率 91%", "结案率 93%", "审限内结案率 98%"],
        ),
        (
            "破获电信网络诈骗案件6.1万起,抓获嫌疑人5.8万名。",
            ["破获电信网络诈骗案件 61000起", "抓获电信网络诈骗嫌疑人 58000名"],
        ),
        (
            "破获刑事案件6.1万起,抓获犯罪嫌疑人5.8万名。",
            ["破获刑事案件 61000起", "抓获犯罪嫌疑人 58000名"],
        ),
    ],
)
def test_who_lends(text: str, expected: list[str]) -> None:
    assert told(text, BodyKind.POLICE) == expected
