"""The kind of case that a title or a heading announces, lent to clauses that say none (fictional texts, 虚构)."""

from __future__ import annotations

import pytest

from scrapers.indicators import load_catalogue
from scrapers.period import Period
from scrapers.reading import Context, kinds, read
from scrapers.vocabulary import BodyKind
from tests.scrapers.reading.telling import told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("某省人民检察院发布《未成年人检察工作白皮书(2024)》。受理…", "未成年人"),
        ("山东法院知识产权司法保护白皮书(2023年)\n2023年", "知识产权"),
        ("2024年9月份电信网络诈骗警情通报\n9月", "电信网络诈骗"),
        ("省禁毒办发布2023年毒情形势报告。", "毒品"),
        ("2024年全省法院环境资源审判工作情况\n受理", "环境资源"),
        ("全省法院2023年度行政审判白皮书\n", "行政"),
        ("全省法院工作报告\n新收知识产权案件", ""),
        ("2024年全省法院新收知识产权案件3.1万件,数据显示", ""),
        ("省公安厅通报全省公安工作情况。打击电信网络诈骗工作情况如下", ""),
        ("知识产权审判情况、环境资源审判情况通报\n", ""),
    ],
)
def test_the_kind_that_a_publication_is_about(text: str, expected: str) -> None:
    assert kinds.of_publication(text) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("知识产权审判", "知识产权"),
        ("加强生态环境司法保护", "环境资源"),
        ("未成年人检察工作", "未成年人"),
        ("执行工作", ""),
        ("知识产权", ""),
    ],
)
def test_the_kind_that_a_heading_announces(words: str, expected: str) -> None:
    assert kinds.of_heading(words) == expected


MINORS = "省检察院发布《未成年人检察工作白皮书(2024)》。"
FRAUD = "2024年9月份电信网络诈骗警情通报\n"
IP = "知识产权司法保护白皮书(2024年)\n"


@pytest.mark.parametrize(
    ("text", "body", "expected"),
    [
        (
            MINORS + "受理审查起诉4873人。批准逮捕1127人,不批准逮捕1733人,不捕率为60.6%。",
            BodyKind.PROCURATORATE,
            [
                "受理审查起诉未成年人 4873人",
                "批准逮捕未成年人 1127人",
                "不批准逮捕未成年人 1733人",
                "未成年人不捕率 60.6%",
            ],
        ),
        (
            FRAUD + "累计破案1.27万起,发案、损失同比分别下降15.6%和18.3%。抓获嫌疑人800人。",
            BodyKind.POLICE,
            [
                "电信网络诈骗破案 12700起",
                "电信网络诈骗发案 [-15.6%]",
                "电信网络诈骗损失 [-18.3%]",
                "抓获电信网络诈骗嫌疑人 800人",
            ],
        ),
        (
            IP + "青岛中院新收6210件,审结6034件。",
            BodyKind.COURT,
            ["新收知识产权案件 6210件", "审结知识产权案件 6034件"],
        ),
        (
            IP + "其中,民事一审120件。新收一审案件90件。",
            BodyKind.COURT,
            ["民事一审 120件", "新收知识产权一审案件 90件"],
        ),
        # All cases, another kind, the whole that the kind is a part of, a section of its own: nothing is lent.
        (MINORS + "全省起诉各类犯罪8万人。", BodyKind.PROCURATORATE, ["起诉各类犯罪 80000人"]),
        (FRAUD + "全市刑事案件立案3.2万起。", BodyKind.POLICE, ["刑事案件立案 32000起"]),
        (
            IP + "全省法院新收案件120万件,其中知识产权案件3.1万件。",
            BodyKind.COURT,
            ["新收案件 1200000件", "新收知识产权案件 31000件"],
        ),
        (
            "一、知识产权审判\n新收6210件。\n二、执行工作\n新收案件9万件。",
            BodyKind.COURT,
            ["新收知识产权案件 6210件", "新收案件 90000件"],
        ),
        # A heading that counts deeper does not end the section.
        (
            "一、知识产权审判\n(一)加强保护\n新收6210件。\n一是提升质效。审结案件6034件。\n二、执行工作\n新收案件9万件。",
            BodyKind.COURT,
            ["新收知识产权案件 6210件", "审结知识产权案件 6034件", "新收案件 90000件"],
        ),
        ("全省法院工作报告\n新收案件9万件。", BodyKind.COURT, ["新收案件 90000件"]),
    ],
)
def test_what_says_no_kind_is_of_the_kind_in_force(text: str, body: BodyKind, expected: list[str]) -> None:
    assert told(text, body) == expected


@pytest.mark.parametrize(
    ("title", "sentence", "body"),
    [
        (MINORS, "批准逮捕1127人,同比上升3%。", BodyKind.PROCURATORATE),
        (MINORS, "提起公诉2127人,同比上升3%。", BodyKind.PROCURATORATE),
        (IP, "一审服判息诉率97.2%,同比上升3个百分点。", BodyKind.COURT),
        (IP, "结案率97.2%,同比上升3个百分点。", BodyKind.COURT),
        (IP, "新收案件6210件,同比上升3%。", BodyKind.COURT),
        (FRAUD, "抓获嫌疑人800人,同比上升3%。", BodyKind.POLICE),
    ],
)
def test_a_paper_on_one_kind_never_gives_the_general_indicator(title: str, sentence: str, body: BodyKind) -> None:
    context = Context(region="62", body=body, period=Period.parse("2024"))
    general, special = (
        read(text, context, load_catalogue()).observations[0].indicator for text in (sentence, title + sentence)
    )
    assert general is not None
    assert special != general
