"""The invented skeletons of the families' description, read as they stand there (where that document is present)."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from scrapers.pages import Article, parse_article, parse_list
from scrapers.pages.dates import CHINA

FAMILIES = Path(__file__).resolve().parents[4] / "shared" / "sources" / "FAMILIES.md"
pytestmark = pytest.mark.skipif(not FAMILIES.exists(), reason="the description of the families is not there")


def skeletons(section: str) -> list[str]:
    """The blocks of markup of one section, in order."""
    text = FAMILIES.read_text("utf-8")
    part = re.split(r"\n(?=#{2,3} )", text)
    found = next(one for one in part if re.match(rf"#+ {re.escape(section)}\s", one))
    return re.findall(r"```html\n(.*?)```", found, re.DOTALL)


def article(section: str, number: int, url: str) -> Article:
    found = parse_article(skeletons(section)[number], url)
    assert isinstance(found, Article), found
    return found


def test_trs() -> None:
    listed = parse_list(skeletons("1.")[0], "http://sft.example.gov.cn/gsgg/")
    assert listed.family == "trs_wcm"
    assert (listed.links[0].title, listed.links[0].date) == (
        "某某省人民检察院工作报告（全文）",
        date(2025, 2, 11),
    )
    assert listed.next_url == "http://sft.example.gov.cn/gsgg/index_1.shtml"
    found = article("1.", 1, "http://sft.example.gov.cn/gsgg/202503/t20250321_3460001.html")
    assert found.title == "某某省司法厅2024年度法治政府建设情况报告"
    assert found.published == datetime(2025, 3, 21, 16, 40, tzinfo=CHINA)
    assert found.source == "省司法厅"
    assert found.paragraphs[0] == "全年办理行政复议案件12,345件，同比上升8.9%。"
    assert [one.name for one in found.attachments] == ["附表.pdf"]
    assert found.site_code == "6100000099"


def test_the_procuratorates_platform() -> None:
    listed = parse_list(skeletons("1b.")[0], "http://www.xx.jcy.gov.cn/jwgk/gzbg/")
    assert [link.date for link in listed.links] == [date(2026, 1, 27), date(2025, 1, 21)]
    found = article("1b.", 1, "http://www.xx.jcy.gov.cn/jwgk/gzbg/202601/t20260127_7550001.shtml")
    assert (found.family, found.published, found.source) == ("trs_jcy", date(2026, 1, 27), "某某日报")
    assert found.paragraphs[-1] == "批准逮捕各类犯罪嫌疑人2.31万人[1]，提起公诉4.02万人。"
    assert found.breadcrumb == ("首页", "检务公开", "工作报告")


def test_the_courts_platform() -> None:
    found = article("2.", 0, "http://xxfy.xxcourt.gov.cn/article/detail/2026/02/id/9230001.shtml")
    assert (found.family, found.title, found.source) == (
        "chinacourt_group",
        "某某省高级人民法院工作报告",
        "某某高院公众号",
    )
    assert found.published == datetime(2026, 2, 5, 10, 29, 11, tzinfo=CHINA)
    assert found.paragraphs[1] == "全省法院受理案件86.31万件……"
    assert [one.suffix for one in found.attachments] == [".xlsx"]


@pytest.mark.parametrize(
    ("section", "number", "url", "family", "title", "day"),
    [
        (
            "3.",
            0,
            "http://www.chinapeace.gov.cn/chinapeace/c100045/2026-01/29/content_12820001.shtml",
            "founder_content",
            "某某：政法工作亮点回顾",
            "2026-01-29",
        ),
        (
            "5.",
            0,
            "http://x.lnd.com.cn/system/2026/02/15/030546001.shtml",
            "enorth_system",
            "某某省高级人民法院工作报告",
            "2026-02-15",
        ),
        (
            "15.",
            0,
            "https://mp.weixin.qq.com/s?__biz=a&mid=1&idx=1&sn=x",
            "wechat",
            "某某省高院工作报告来了",
            "2026-02-02",
        ),
        ("17.", 0, "http://gaj.x.gov.cn/info/1162/4342.htm", "boda_vsb", "某州公安局2025年工作情况", "2026-01-05"),
    ],
)
def test_the_others(section: str, number: int, url: str, family: str, title: str, day: str) -> None:
    found = article(section, number, url)
    assert (found.family, found.title, str(found.published)[:10]) == (family, title, day)
