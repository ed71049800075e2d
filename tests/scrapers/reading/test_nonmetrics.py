"""Digits that are no metric, by kind (fictional examples, 虚构), and metrics beside them."""

from __future__ import annotations

import pytest

from scrapers.reading.nonmetrics import find_nonmetrics
from scrapers.reading.normalise import normalise
from scrapers.vocabulary import BodyKind

from .telling import of, told


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("会议于3月15日召开", "date"),
        ("司发〔2025〕12号", "document_number"),
        ("推行“1+6+N”模式", "slogan"),
        ("实行7×24小时值守", "slogan"),
        ("居全国第3位", "rank"),
        ("由第4位跃至第2位", "rank"),
        ("综合考核排名前5", "rank"),
        ("第十六届人民代表大会", "ordinal"),
        ("连续12年保持", "streak"),
        ("为近14年最低", "record"),
        ("创历史新高", "record"),
        ("拨打12348咨询", "hotline"),
        ("处三年以上有期徒刑", "article"),
        ("一次死亡3人以上事故", "threshold"),
        ("贪污5万元以上的大案", "threshold"),
        ("三百户以上的,可以设立", "threshold"),
        ("处货值十倍以上二十倍以下罚款", "threshold"),
        ("罚款提高到五倍以上", "threshold"),
        ("最高达十倍以上罚款", "threshold"),
        ("在15个工作日内办结", "deadline"),
        ("已满14周岁", "age"),
        ("为期3年的专项斗争", "duration"),
        ("低于0.2%的控制目标", "target"),
        ("首次突破98%大关", "milestone"),
        ("486名代表参加审议", "deputies"),
        ("共设6章48条。", "document_parts"),
        ("3个直属法院受理案件", "acting_bodies"),
    ],
)
def test_each_kind(text: str, kind: str) -> None:
    normal = normalise(text)
    assert kind in {mask.kind for mask in find_nonmetrics(normal, 0, len(normal))}


@pytest.mark.parametrize(
    "text",
    ["审结案件22件以上", "机构122家", "接警110起", "群众满意率98%以上", "律师12345人", "调解成功119件", "缩短3天"],
)
def test_metrics_are_no_such_thing(text: str) -> None:
    normal = normalise(text)
    assert find_nonmetrics(normal, 0, len(normal)) == []


def test_the_kind_is_told() -> None:
    reading = of("1月16日召开会议,12348热线接听5万通,居全国第2位。", BodyKind.JUSTICE)
    assert [(each.kind) for each in reading.ignored] == ["date", "hotline", "rank"]
    assert [each.value for each in reading.observations] == [50000]


@pytest.mark.parametrize(
    "text",
    [
        "2026年,要确保结案率达到95%以上,新建法庭30个。",
        "力争群众满意率再提高1个百分点。",
        "到2030年,全省每万人拥有律师达到5名。",
        "今年计划新增便民服务点782个。",
        "目标任务:刑事案件发案率下降5%,破案率保持在95%以上。",
    ],
)
def test_plans_and_targets_are_no_results(text: str) -> None:
    reading = of(text)
    assert reading.observations == ()
    assert {"plan"} <= {each.kind for each in reading.ignored}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("提出纪要5份,审结要案3件", 2),  # 要 inside a word
        ("开展模拟法庭120场,审结案件5件", 2),  # 拟 inside a word
        ("实施“春雷计划”,救助未成年人512人,起诉侵害未成年人犯罪30人", 2),
        ("追加逮捕应当逮捕而未提请逮捕的犯罪嫌疑人512人", 1),
        ("帮助农民工追回工资3.2亿元,审结案件5件", 2),
    ],
)
def test_words_of_plans_inside_other_words(text: str, expected: int) -> None:
    assert len(told(text, BodyKind.PROCURATORATE)) == expected
