"""The table of cases for the context of a publication. Titles are of real forms; every text is invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from scrapers.context import county_name, publication
from scrapers.pages.model import Article, Dates
from scrapers.period import Period
from scrapers.sources.card import SourceCard
from scrapers.vocabulary import BodyKind, Level, PublicationKind

C, P, G, J, R, M, Z = (
    BodyKind.COURT, BodyKind.PROCURATORATE, BodyKind.POLICE, BodyKind.JUSTICE, BodyKind.CONGRESS, BodyKind.PRESS,
    BodyKind.COMMITTEE,
)  # fmt: skip
REPORT, DATA, CONFERENCE, PRESS, SUMMARY, RESOLUTION, PLAN = (
    PublicationKind.WORK_REPORT, PublicationKind.PERIODIC_DATA, PublicationKind.PRESS_CONFERENCE,
    PublicationKind.PRESS_ARTICLE, PublicationKind.SUMMARY, PublicationKind.RESOLUTION, PublicationKind.PLAN,
)  # fmt: skip
NATION, PROVINCE, CITY, COUNTY = Level.NATION, Level.PROVINCE, Level.CITY, Level.COUNTY


@dataclass(frozen=True)
class Case:
    title: str
    card: tuple[str, BodyKind]
    published: str
    region: str | None
    level: Level
    body: BodyKind | None
    kind: PublicationKind
    period: str | None
    text: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()


def given(day: str, session: str) -> tuple[str, ...]:
    return (f"——{day}在{session}上",)


CASES = (
    # Work reports on their own sites.
    Case("甘肃省高级人民法院工作报告", ("62", C), "2025-02-10", "62", PROVINCE, C, REPORT, "2024", heading=given("2025年1月16日", "甘肃省第十四届人民代表大会第三次会议")),
    Case("甘肃省人民检察院工作报告", ("62", P), "2025-02-10", "62", PROVINCE, P, REPORT, "2024"),
    Case("2025年广东省高级人民法院工作报告", ("44", C), "2026-02-10", "44", PROVINCE, C, REPORT, "2025"),
    Case("2026年某省法院工作报告（湖北省高级人民法院）", ("42", C), "2026-02-05", "42", PROVINCE, C, REPORT, "2025"),
    Case("湖南省人民检察院工作报告（2025年）", ("43", P), "2025-01-27", "43", PROVINCE, P, REPORT, "2024"),
    Case("西藏自治区高级人民法院工作报告", ("54", C), "2025-02-01", "54", PROVINCE, C, REPORT, "2024", heading=given("二〇二五年一月二十日", "西藏自治区第十二届人民代表大会第三次会议")),
    Case("新疆维吾尔自治区高级人民法院工作报告", ("65", C), "2024-02-15", "65", PROVINCE, C, REPORT, "2023"),
    Case("重庆市高级人民法院工作报告", ("50", C), "2026-02-09", "50", PROVINCE, C, REPORT, "2025"),
    Case("天津市人民检察院工作报告", ("12", P), "2026-02-27", "12", PROVINCE, P, REPORT, "2025"),
    Case("陕西省司法厅2024年度法治政府建设情况报告", ("61", J), "2025-03-21", "61", PROVINCE, J, REPORT, "2024"),
    Case("内蒙古自治区公安厅2024年法治政府建设工作情况报告", ("15", G), "2025-03-01", "15", PROVINCE, G, REPORT, "2024"),
    Case("工作报告", ("33", C), "2025-02-01", "33", PROVINCE, C, REPORT, "2024"),
    # The first session of a congress looks back on five years.
    Case("山东省高级人民法院工作报告", ("37", C), "2023-02-01", "37", PROVINCE, C, REPORT, "2018-2022", text=("各位代表：", "现在，我代表山东省高级人民法院向大会报告工作。", "过去五年，全省法院受理案件虚构件。"), heading=given("2023年1月14日", "山东省第十四届人民代表大会第一次会议")),
    Case("山东省高级人民法院工作报告", ("37", C), "2024-02-01", "37", PROVINCE, C, REPORT, "2023", text=("各位代表：", "现在，我代表山东省高级人民法院向大会报告工作。"), heading=given("2024年1月22日", "山东省第十四届人民代表大会第二次会议")),
    # Late publication and dates of addresses.
    Case("甘肃省高级人民法院工作报告", ("62", R), "2022-11-02", "62", PROVINCE, C, REPORT, "2021", heading=given("2022年1月18日", "甘肃省第十三届人民代表大会第六次会议")),
    Case("襄阳市人民检察院工作报告", ("42", P), "2022-04-18", "4206", CITY, P, REPORT, "2019", heading=given("2020年1月5日", "襄阳市第十七届人民代表大会第五次会议")),
    # Lower levels on the province's site.
    Case("兰州市中级人民法院工作报告", ("62", C), "2025-02-20", "6201", CITY, C, REPORT, "2024"),
    Case("温州市人民检察院工作报告", ("33", P), "2025-03-01", "3303", CITY, P, REPORT, "2024"),
    Case("海口市公安局2024年工作情况", ("46", G), "2025-01-10", "4601", CITY, G, PRESS, "2024"),
    Case("恩施土家族苗族自治州中级人民法院工作报告", ("42", C), "2025-02-01", "4228", CITY, C, REPORT, "2024"),
    Case("皋兰县人民法院工作报告", ("62", C), "2025-02-20", "620122", COUNTY, C, REPORT, "2024"),
    Case("武汉市洪山区人民法院工作报告", ("42", C), "2025-01-20", "420111", COUNTY, C, REPORT, "2024"),
    Case("上海市浦东新区人民检察院工作报告", ("31", P), "2025-01-20", "310115", COUNTY, P, REPORT, "2024"),
    Case("吉林市中级人民法院工作报告", ("22", C), "2025-02-01", "2202", CITY, C, REPORT, "2024"),
    Case("全市法院2024年审判执行工作情况", ("62", C), "2025-01-20", "62", CITY, C, PRESS, "2024"),
    Case("法院工作报告", ("42", C), "2025-02-01", "4206", CITY, C, REPORT, "2024", heading=given("2025年1月8日", "襄阳市第十八届人民代表大会第五次会议")),
    Case("工作报告", ("35", P), "2025-02-01", "3501", CITY, P, REPORT, "2024", text=("各位代表：", "现在，我代表福州市人民检察院向大会报告工作，请予审议。")),
    # Counties, districts and county-level cities, with and without the city around them.
    Case("昆山市人民法院工作报告", ("32", C), "2025-02-20", "320583", COUNTY, C, REPORT, "2024"),
    Case("苏州市昆山市人民检察院工作报告", ("32", P), "2025-02-20", "320583", COUNTY, P, REPORT, "2024"),
    Case("义乌法院2024年工作总结", ("33", C), "2025-02-20", "330782", COUNTY, C, SUMMARY, "2024"),
    Case("易县人民检察院工作报告", ("13", P), "2025-02-20", "130633", COUNTY, P, REPORT, "2024"),
    Case("仙桃市公安局2024年工作情况", ("42", G), "2025-01-10", "429004", COUNTY, G, PRESS, "2024"),
    Case("玉屏侗族自治县人民法院工作报告", ("52", C), "2025-02-20", "520622", COUNTY, C, REPORT, "2024"),
    Case("鄂伦春自治旗公安局2024年工作情况", ("15", G), "2025-01-10", "150723", COUNTY, G, PRESS, "2024"),
    Case("神农架林区人民法院工作报告", ("42", C), "2025-02-20", "429021", COUNTY, C, REPORT, "2024"),
    Case("工作报告", ("62", C), "2025-02-20", "620122", COUNTY, C, REPORT, "2024", text=("各位代表：", "现在，我代表皋兰县人民法院向大会报告工作，请予审议。")),
    Case("法院工作报告", ("32", C), "2025-02-20", "320583", COUNTY, C, REPORT, "2024", heading=given("2025年1月8日", "昆山市第十八届人民代表大会第四次会议")),
    Case("浙江省义乌市人民检察院工作报告", ("00", M), "2025-02-20", "330782", COUNTY, P, REPORT, "2024"),
    Case("荆门市东宝区司法局2024年工作情况", ("42", J), "2025-01-10", "420802", COUNTY, J, PRESS, "2024"),
    # A name that several bear, with and without the city; a district that no table knows.
    Case("朝阳区人民法院工作报告", ("11", C), "2025-02-20", "110105", COUNTY, C, REPORT, "2024"),
    Case("长春市朝阳区人民法院工作报告", ("22", C), "2025-02-20", "220104", COUNTY, C, REPORT, "2024"),
    Case("石家庄市桥西区人民法院工作报告", ("13", C), "2025-02-20", "130104", COUNTY, C, REPORT, "2024"),
    Case("桥西区人民法院工作报告", ("13", C), "2025-02-20", "13", COUNTY, C, REPORT, "2024"),
    Case("兰州新区人民法院工作报告", ("62", C), "2025-02-20", "62", COUNTY, C, REPORT, "2024"),
    Case("武汉经济技术开发区人民法院工作报告", ("42", C), "2025-02-20", "42", COUNTY, C, REPORT, "2024"),
    Case("河北区人民法院工作报告", ("12", C), "2025-02-20", "120105", COUNTY, C, REPORT, "2024"),
    Case("河南蒙古族自治县人民法院工作报告", ("63", C), "2025-02-20", "632324", COUNTY, C, REPORT, "2024"),
    Case("河北省高级人民法院工作报告", ("12", C), "2025-02-20", "13", PROVINCE, C, REPORT, "2024"),
    # No county: a city of that name, a county elsewhere, a county that is only spoken of.
    Case("朝阳市中级人民法院工作报告", ("21", C), "2025-02-20", "2113", CITY, C, REPORT, "2024"),
    Case("海南省高级人民法院工作报告", ("46", C), "2025-02-20", "46", PROVINCE, C, REPORT, "2024"),
    Case("省高级人民法院在皋兰县召开座谈会", ("62", C), "2025-06-20", "62", PROVINCE, C, PRESS, None),
    Case("全区法院工作报告", ("64", C), "2025-02-20", "64", PROVINCE, C, REPORT, "2024"),
    # The nation.
    Case("最高人民检察院工作报告", ("62", P), "2025-03-08", "00", NATION, P, REPORT, "2024"),
    Case("最高人民法院工作报告（摘要）", ("00", C), "2025-03-08", "00", NATION, C, SUMMARY, "2024"),
    Case("2025年1至6月全国检察机关主要办案数据", ("00", P), "2025-08-01", "00", NATION, P, DATA, "2025-01/2025-06"),
    Case("公安部召开新闻发布会通报2024年打击犯罪情况", ("00", G), "2025-01-09", "00", NATION, G, CONFERENCE, "2024"),
    Case("湖南省检察院：去年起诉危害食品安全犯罪虚构人", ("00", P), "2025-01-20", "43", PROVINCE, P, PRESS, "2024"),
    # Parts of a year.
    Case("2025年上半年全省法院审判执行工作情况", ("32", C), "2025-07-20", "32", PROVINCE, C, DATA, "2025-01/2025-06"),
    Case("浙江省检察机关2025年一季度主要办案数据", ("33", P), "2025-04-25", "33", PROVINCE, P, DATA, "2025-01/2025-03"),
    Case("前三季度全省检察机关办案数据", ("34", P), "2025-10-25", "34", PROVINCE, P, DATA, "2025-01/2025-09"),
    Case("2025年1-9月全省公安机关主要数据", ("53", G), "2025-10-15", "53", PROVINCE, G, DATA, "2025-01/2025-09"),
    Case("2025年10月全省刑事警情态势", ("53", G), "2025-11-05", "53", PROVINCE, G, DATA, "2025-10/2025-10"),
    Case("安徽法院2024年司法统计数据", ("34", C), "2025-02-05", "34", PROVINCE, C, DATA, "2024"),
    Case("2025年第三季度全省法院司法数据", ("36", C), "2025-10-20", "36", PROVINCE, C, DATA, "2025-07/2025-09"),
    Case("2018-2022年全省法院知识产权审判白皮书", ("44", C), "2023-04-20", "44", PROVINCE, C, REPORT, "2018-2022"),
    # Press conferences.
    Case("向人民报告｜云南省公安厅召开新闻发布会", ("53", G), "2025-01-08", "53", PROVINCE, G, CONFERENCE, "2024"),
    Case("省法院召开新闻发布会通报2024年工作", ("14", C), "2025-01-15", "14", PROVINCE, C, CONFERENCE, "2024"),
    Case("贵州高院举行上半年审判执行新闻发布会", ("52", C), "2025-07-30", "52", PROVINCE, C, CONFERENCE, "2025-01/2025-06"),
    # Resolutions and plans.
    Case("湖北省第十四届人民代表大会第三次会议关于湖北省高级人民法院工作报告的决议", ("42", R), "2025-01-20", "42", PROVINCE, C, RESOLUTION, "2024"),
    Case("关于省人民检察院工作报告的决议（2025年1月18日通过）", ("62", R), "2025-01-18", "62", PROVINCE, P, RESOLUTION, "2024"),
    Case("大会通过的文件", ("62", R), "2025-01-18", "62", PROVINCE, C, RESOLUTION, "2024", text=("会议听取和审议了省高级人民法院院长所作的工作报告。法院、法院。", "会议决定批准这个报告。")),
    Case("2025年全省法院工作要点", ("45", C), "2025-02-20", "45", PROVINCE, C, PLAN, "2024"),
    Case("江西省公安厅2025年普法工作计划", ("36", G), "2025-03-20", "36", PROVINCE, G, PLAN, "2024"),
    Case("全省检察机关“数字检察”行动方案", ("33", P), "2025-05-20", "33", PROVINCE, P, PLAN, None),
    Case("江西省公安厅2024年普法工作计划完成情况报告", ("36", G), "2025-03-20", "36", PROVINCE, G, REPORT, "2024"),
    # The press, and what delegates say.
    Case("代表审议两院工作报告", ("62", M), "2025-01-17", "62", PROVINCE, None, PRESS, "2024"),
    Case("甘肃法院去年受理案件创新高", ("62", M), "2025-01-17", "62", PROVINCE, C, PRESS, "2024"),
    Case("兰州市公安局交警支队破获一起案件", ("62", M), "2025-06-17", "6201", CITY, G, PRESS, None),
    Case("法治护航高质量发展", ("62", M), "2025-01-17", "62", PROVINCE, P, PRESS, "2024", text=("全省检察机关起诉虚构人，检察院办理虚构件。",)),
    Case("平安甘肃建设成效", ("62", M), "2025-01-17", "62", PROVINCE, Z, PRESS, "2024", text=("全省法院审结虚构件，检察机关起诉虚构人，公安机关破案虚构起。",)),
    Case("辽宁省高级人民法院工作报告", ("21", M), "2026-02-15", "21", PROVINCE, C, REPORT, "2025"),
    Case("湖南省高级人民法院工作报告", ("62", M), "2025-02-15", "43", PROVINCE, C, REPORT, "2024"),
    Case("人大代表热议省检察院工作报告", ("46", R), "2025-01-16", "46", PROVINCE, P, PRESS, "2024"),
    Case("海南省人大常委会工作报告", ("46", R), "2025-01-26", "46", PROVINCE, R, REPORT, "2024"),
    # Digests.
    Case("一图读懂2025年海南省高级人民法院工作报告", ("46", C), "2025-01-16", "46", PROVINCE, C, SUMMARY, "2024"),
    Case("甘肃：2024年全省政法工作综述", ("62", Z), "2025-01-17", "62", PROVINCE, Z, SUMMARY, "2024"),
    Case("数说青海检察2024", ("63", P), "2025-02-15", "63", PROVINCE, P, SUMMARY, "2024"),
    Case("福建省高级人民法院工作报告（摘要）", ("35", M), "2025-01-27", "35", PROVINCE, C, SUMMARY, "2024", text=("各位代表：", "现在，我代表省高级人民法院向大会报告工作。")),
    Case("亮点回顾：政法工作这一年", ("23", Z), "2026-01-29", "23", PROVINCE, Z, SUMMARY, "2025"),
    # A card of a city speaks for the city.
    Case("工作报告", ("3303", P), "2025-03-01", "3303", CITY, P, REPORT, "2024"),
)  # fmt: skip


def article(case: Case) -> Article:
    day = date.fromisoformat(case.published)
    return Article(
        url="http://www.example.gov.cn/a.html",
        family="generic",
        title=case.title,
        published=day,
        paragraphs=case.text,
        heading=case.heading,
        dates=Dates(printed=day),
    )


def card(region: str, body: BodyKind) -> SourceCard:
    return SourceCard(id="00-test", name="虚构来源", region=region, body=body)


@pytest.mark.parametrize("case", CASES, ids=[f"{number}-{case.title[:24]}" for number, case in enumerate(CASES)])
def test_context(case: Case) -> None:
    found = publication(article(case), card(*case.card))
    got = (found.region, found.level, found.body, found.kind, found.period)
    assert got == (case.region, case.level, case.body, case.kind, Period.parse(case.period) if case.period else None)


def test_the_table_is_large_enough() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize(
    ("code", "name"),
    [("620122", "皋兰县"), ("320583", "昆山市"), ("429021", "神农架林区"), ("62", None), ("620199", None)],
)
def test_counties_have_names(code: str, name: str | None) -> None:
    assert county_name(code) == name
