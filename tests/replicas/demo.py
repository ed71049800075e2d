"""The demo's four sites: fictional reports of fictional years of four real provinces, in the genre's wording.

    62  甘肃政法    政法委   TRS list and article, UTF-8
    33  浙江高院    法院     court group
    43  湖南检察    检察院   procuratorate platform, GBK without a charset in the header
    53  云南公安    公安     TRS, with a PDF attachment

Every text says in its first paragraph that it is invented. `{year}` is the year a report covers.
"""

from __future__ import annotations

from dataclasses import dataclass

NOTICE = "【虚构示例】本文为演示程序而编写,所有数字均为虚构,与任何单位的真实情况无关。"


@dataclass(frozen=True, slots=True)
class DemoReport:
    """One fictional report: where it stands, and what it says."""

    site: str
    title: str
    paragraphs: tuple[str, ...]
    attachment: str = ""

    def of_year(self, year: int) -> DemoReport:
        """The same with the year it covers written in."""
        return DemoReport(
            self.site,
            self.title.format(year=year),
            (NOTICE, *(text.format(year=year, next=year + 1) for text in self.paragraphs)),
            self.attachment,
        )


EARLIER = (
    DemoReport(
        "62",
        "{year}年全省政法工作综述(虚构)",
        (
            "{year}年,全省排查调处矛盾纠纷38.2万件,同比增长4.1%。",
            "检察机关监督立案、撤案740件,同比上升3.5%。公安机关受理治安案件同比下降2.2%,立刑事案件下降3.1%。",
            "全省法院受理各类案件60.1万件,审(执)结57.3万件,审限内结案率93.2%。",
        ),
    ),
    DemoReport(
        "33",
        "{year}年全省法院工作报告(虚构)",
        (
            "{year}年,全省法院受理案件150.4万件,审执结146.2万件,同比分别上升2.3%、2.9%。",
            "诉前调解成功41.5万件,同比上升6.4%。",
        ),
    ),
    DemoReport(
        "43",
        "{year}年全省检察机关工作报告(虚构)",
        ("{year}年,全省检察机关批准逮捕2.41万人,同比下降5.2%;提起公诉5.03万人,同比上升1.8%。",),
    ),
    DemoReport(
        "53",
        "{year}年全省公安工作情况通报(虚构)",
        ("{year}年,全省公安机关立刑事案件9.6万起,同比下降4.4%;破获刑事案件6.2万起,同比上升3.0%。",),
    ),
)

LATER = (
    DemoReport(
        "62",
        "{year}年全省政法工作综述(虚构)",
        (
            "{year}年,全省排查调处矛盾纠纷79.4万件,同比增长108%。",
            "检察机关监督立案、撤案1262件,同比上升70.5%。公安机关受理治安案件下降9.7%,立刑事案件下降26%,为近12年最低。",
            "全省法院受理各类案件61.9万件,审(执)结58.8万件,审限内结案率94.1%。",
        ),
    ),
    DemoReport(
        "33",
        "{year}年全省法院工作报告(虚构)",
        (
            "{year}年,全省法院受理案件158.8万件,审执结151.9万件,同比分别上升5.6%、3.9%。",
            "诉前调解成功56.9万件,同比上升37.1%。",
        ),
    ),
    DemoReport(
        "43",
        "{year}年全省检察机关工作报告(虚构)",
        ("{year}年,全省检察机关批准逮捕1.74万人,同比下降27.8%;提起公诉4.89万人,同比下降2.8%。",),
    ),
    DemoReport(
        "53",
        "{year}年全省公安工作情况通报(虚构)",
        ("{year}年,全省公安机关立刑事案件9.1万起,同比下降5.2%;破获刑事案件6.5万起,同比上升4.8%。",),
        attachment="附表.pdf",
    ),
)

# What the publisher of site 62 makes of its report afterwards: one figure is another.
EDITED = ("立刑事案件下降26%", "立刑事案件下降22%")
