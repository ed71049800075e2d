"""Deeds told after a topic sentence, or of a campaign or a holiday, are no totals of the year."""

from __future__ import annotations

from datetime import date

import pytest

from scrapers.indicators import load_catalogue
from scrapers.period import Period
from scrapers.reading import Context, read
from scrapers.vocabulary import BodyKind

CATALOGUE = load_catalogue()


def told(text: str, body: BodyKind = BodyKind.PROCURATORATE) -> list[tuple[str, str | None]]:
    context = Context(region="43", body=body, period=Period.year(2024), published=date(2025, 1, 20))
    return [(each.subject, each.indicator) for each in read(text, context, CATALOGUE).observations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("常态化推进扫黑除恶斗争。起诉412人。", [("起诉涉黑涉恶", "gang_crime_prosecuted")]),
        ("依法严惩毒品犯罪。全年提起公诉1106人。", [("提起公诉毒品犯罪", "drug_crime_prosecuted")]),
        ("依法惩治洗钱犯罪。起诉318人。", [("起诉洗钱犯罪", None)]),
        # Whom a crime was done to is not who did it.
        ("从严惩治侵害未成年人犯罪。起诉318人。", [("起诉侵害未成年人犯罪", "crime_against_minors_prosecuted")]),
        ("严厉打击毒品、电信网络诈骗犯罪。起诉318人。", [("起诉毒品、电信网络诈骗", None)]),
        # Nobody is prosecuted for 公益诉讼: the deed is left as it is, and belongs to no total.
        ("做实公益诉讼检察。起诉318人。", [("起诉", None)]),
    ],
)
def test_a_topic_sentence_lends_its_kind(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert told(f"2024年,全省检察机关批准逮捕2.1万人。\n{text}")[1:] == expected


def test_a_topic_in_the_middle_of_a_paragraph_lends_too() -> None:
    text = "2024年,全省检察机关起诉5.2万人。依法严惩毒品犯罪。起诉1106人。"
    assert told(text) == [("起诉", "prosecuted"), ("起诉毒品犯罪", "drug_crime_prosecuted")]


def test_a_part_s_losses_are_its_own() -> None:
    text = "全省立刑事案件1.08万起,其中电信网络诈骗立案1934起、损失1.26亿元。"
    assert told(text, BodyKind.POLICE)[-1] == ("电信网络诈骗损失", "telecom_fraud_losses")


def test_a_sentence_later_the_deed_may_be_of_all() -> None:
    assert told("依法严惩毒品犯罪。全年起诉1106人。批准逮捕2.1万人。")[1] == ("批准逮捕", None)


@pytest.mark.parametrize(
    "text",
    [
        "依法打击刑事犯罪。起诉5.2万人。",
        "严厉打击各类突出犯罪。起诉5.2万人。",
        "聚焦服务大局。起诉5.2万人。",
        "扫黑除恶工作连续三年列全国第一方阵。起诉5.2万人。",
        "依法严惩毒品犯罪。全年起诉1106人。\n起诉5.2万人。",
        "依法严惩毒品犯罪。全力维护社会稳定。起诉5.2万人。",
    ],
)
def test_what_is_of_all_stays_the_total(text: str) -> None:
    assert told(text)[-1] == ("起诉", "prosecuted")


def test_a_figure_that_says_it_is_of_all_ends_the_topic() -> None:
    text = "加强知识产权审判。全省法院受理各类案件90万件,审结85万件。"
    assert [indicator for _, indicator in told(text, BodyKind.COURT)] == [
        "court_cases_received",
        "court_cases_adjudicated",
    ]


@pytest.mark.parametrize(
    "episode",
    [
        "“夏季行动”期间,全省",
        "“断卡”专项行动中,全省",
        "“云剑行动”以来,",
        "开展“护企”专项行动,",
        "春节期间,全省",
        "国庆假期7天,全省",
        "国庆假期,全省",
        "春运40天,全省",
        "12月31日当天,全省",
    ],
)
def test_an_episode_is_in_no_series(episode: str) -> None:
    text = f"2024年,全省破获刑事案件9万起。\n{episode}破获刑事案件3000起。"
    indicators = [indicator for subject, indicator in told(text, BodyKind.POLICE) if "刑事" in subject]
    assert indicators == ["crimes_solved", None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("对行贿犯罪提起公诉86人;提起公诉5.2万人。", [None, "prosecuted"]),
        ("对民营企业负责人涉嫌犯罪不批准逮捕86人、不起诉142人。", [None, None]),
        ("对认为确有错误的刑事裁判提出抗诉236件。", [None]),
        # Those of whom all are, and the authorities that something is done about.
        ("对各类犯罪嫌疑人批准逮捕1.2万人。", ["arrests_approved"]),
        ("对公安机关监督立案120件。", ["filing_supervised"]),
    ],
)
def test_what_is_done_to_some_is_in_no_series(text: str, expected: list[str | None]) -> None:
    assert [indicator for _, indicator in told(f"2024年,全省检察机关{text}")] == expected


@pytest.mark.parametrize(
    ("text", "body", "expected"),
    [
        (
            "知识产权审判方面,新收案件8642件,服判息诉率91.2%,平均审理天数86天。",
            BodyKind.COURT,
            ["court_ip_filed", None, None],
        ),
        ("涉外商事审判:受理案件412件,审结386件。", BodyKind.COURT, [None, "court_foreign_closed"]),
        ("国家赔偿和司法救助工作:受理案件412件。", BodyKind.COURT, [None]),
        ("2024年全省情况。未检方面:批准逮捕412人,提起公诉986人。", BodyKind.PROCURATORATE, [None, None]),
        ("扫黑除恶专项中,提起公诉412人,提出抗诉8件。", BodyKind.PROCURATORATE, ["gang_crime_prosecuted", None]),
        ("涉企案件方面,破案862起,抓获犯罪嫌疑人1236名,挽回经济损失3.2亿元。", BodyKind.POLICE, [None, None, None]),
        # A branch ends it.
        (
            "知识产权审判:受理案件412件。刑事审判:判处罪犯1.2万人。",
            BodyKind.COURT,
            ["court_ip_filed", "court_convicts"],
        ),
    ],
)
def test_a_clause_that_names_a_kind_limits_what_follows(text: str, body: BodyKind, expected: list[str | None]) -> None:
    assert [indicator for _, indicator in told(text, body)] == expected


@pytest.mark.parametrize("span", ["“十四五”期间,全省", "2023年至2024年期间,", "五年来,"])
def test_a_span_of_years_is_no_episode(span: str) -> None:
    assert told(f"{span}破获刑事案件3000起。", BodyKind.POLICE)[0][1] == "crimes_solved"


def test_a_campaign_whose_months_are_told_has_its_period() -> None:
    text = "2024年3月起,开展“断卡”专项行动。行动以来,全省破获刑事案件3000起。"
    assert told(text, BodyKind.POLICE) == [("破获刑事案件", "crimes_solved")]


def test_the_year_goes_on_after_an_episode() -> None:
    text = "“夏季行动”期间破获刑事案件3000起;全年破获刑事案件9万起。"
    assert [indicator for _, indicator in told(text, BodyKind.POLICE)] == [None, "crimes_solved"]


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("批准逮捕涉黑恶犯罪嫌疑人120人,起诉340人。", "gang_crime_prosecuted"),
        ("受理审查逮捕未成年犯罪嫌疑人2946人,批准逮捕1127人,起诉1733人。", "juvenile_crime_prosecuted"),
        ("批准逮捕外国人110人、起诉230人。", None),
        ("批准逮捕各类犯罪嫌疑人2.1万人,起诉5.3万人。", "prosecuted"),
        ("受理审查起诉各类犯罪嫌疑人6万人,决定起诉5.3万人。", "prosecuted"),
        ("批准和决定逮捕各类犯罪嫌疑人6871人,不批准和不予逮捕3948人,决定起诉1.48万人。", "prosecuted"),
    ],
)
def test_the_next_step_of_a_prosecution_meets_the_same_people(text: str, indicator: str | None) -> None:
    assert told(f"2024年,全省检察机关批准逮捕2.1万人。\n{text}")[-1][1] == indicator


@pytest.mark.parametrize(
    "since",
    [
        "近年来,",
        "换届以来,",
        "自修改后刑事诉讼法实施以来,",
        "本届任期内,",
        "近年来,全省检察机关聚焦主责主业。",
        "入汛以来,批准逮捕600人。",
    ],
)
def test_a_start_that_nobody_dates_is_no_year(since: str) -> None:
    assert told(f"2024年,全省检察机关批准逮捕2.1万人。\n{since}起诉15万人。")[-1][1] is None


@pytest.mark.parametrize(
    "since",
    [
        "今年以来,",
        "近年来,全省检察机关聚焦主责主业。2024年,",
        "起诉人数创有统计以来新低,",
        "2024年以来,",
    ],
)
def test_what_is_dated_is_in_its_series(since: str) -> None:
    assert told(f"2024年,全省检察机关批准逮捕2.1万人。\n{since}起诉5.2万人。")[-1][1] == "prosecuted"


def test_all_that_was_ever_received_is_not_the_year_s() -> None:
    whole = "社区矫正对象2.1万人,累计接收社区矫正对象32万人。"
    year = "全年累计接收社区矫正对象1.2万人。"
    assert [told(text, BodyKind.JUSTICE)[-1][1] for text in (whole, year)] == [None, "community_correction_received"]


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("最高检通报,2024年起诉163万人。", [None]),
        ("据最高人民检察院统计,去年起诉163万人,全省检察机关起诉5.2万人。", [None, "prosecuted"]),
        ("有12个县区起诉人数不足100人,全省起诉5.2万人。", [None, "prosecuted"]),
        ("五年间起诉人数由6.1万人降到5.2万人。", ["prosecuted", None]),
        ("起诉人数由2023年的5.4万人降到5.2万人。", ["prosecuted", "prosecuted"]),
    ],
)
def test_a_nation_s_source_some_counties_and_the_end_of_five_years(text: str, indicators: list[str | None]) -> None:
    lead = "2024年,全省检察机关批准逮捕2.1万人。\n"
    assert [indicator for subject, indicator in told(lead + text)[1:] if "起诉" in subject] == indicators


def test_counties_where_all_was_solved_are_no_rate() -> None:
    text = "命案全破县122个,现行命案全破。"
    assert [indicator for _, indicator in told(text, BodyKind.POLICE)] == [None, "homicide_clearance_rate"]
