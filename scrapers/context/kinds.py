"""What sort of publication an article is, by its title first and by how it begins (PITFALLS 2.6).

决议           a resolution that approves a report has the report's name in its title and figures of none
计划, 要点     what is to be done: yields nothing
审议           delegates discussing a report: the press, whatever the title names
工作报告       the report itself, or 各位代表 … 现在，我代表 …
摘要, 综述     digests, also pictures (一图读懂)
上半年, 季度   data of a part of a year
"""

from __future__ import annotations

import re

from scrapers.pages.model import Article
from scrapers.vocabulary import PublicationKind

_RESOLUTION = re.compile(
    r"(?:的|之)?(?:决议|决议草案)(?:[（(].*[)）])?$|的决议|决议全文|表决通过.*(?:报告|决议)|关于批准.*的决定"
)
_APPROVES = re.compile(r"决定(?:予以)?批准|同意(?:这个|该)报告|批准这个报告")
_PLAN = re.compile(
    r"(?:工作|行动|实施|三年|五年|年度|立法|普法|培训|监督|执法)?(?:计划|规划|方案|要点|纲要)(?:[（(].*[)）])?(?:的通知)?[》”]?$"
    r"|工作要点|任务分解|任务清单|实施意见|(?:工作)?(?:安排|部署)(?:[（(].*[)）])?$"
)
_PLAN_DONE = re.compile(r"(?:执行|完成|落实|进展|实施)情况|总结|报告")
_REVIEW = re.compile(
    r"审议|讨论|热议|代表委员|委员(?:们)?(?:热议|建言)|点赞|座谈|反响|听取.*报告|(?<!工)作.*报告|解读|报告(?:来了|出炉|亮点|提出|显示|透露|指出)|侧记|综评"
)
_REPORT = re.compile(
    r"工作报告|工作情况的?报告|检察报告|法院报告|法治政府建设.*报告|年度报告|情况报告|专项报告|报告(?:[（(].*[)）])?$|白皮书"
)
_CONFERENCE = re.compile(r"新闻发布会|新闻通气会|发布会|答记者问|向人民报告|媒体通报会|记者见面会|吹风会")
_SUMMARY = re.compile(
    r"摘要|摘登|综述|亮点|一图|图解|图说|数说|数读|数看|速读|速览|回顾|盘点|成绩单|要点解读|关键词|大数据|十件大事|十大|工作总结|答卷|掠影|纪实"
)
_PART = re.compile(
    r"上半年|下半年|[一二三四1-4]季度|第[一二三四]季度|前三季度|半年|\d{1,2}\s*[-—至到~～]\s*\d{1,2}月|\d{1,2}月(?:份)?.*(?:数据|情况|运行|态势)|月报|季报"
)
_DATA = re.compile(r"(?:办案|业务|审判|执行|司法|检察|统计|主要)?数据|统计(?:公报|信息)|运行(?:态势|情况)|主要指标")
_ADDRESSED = re.compile(r"各位代表|各位委员")
_SPEAKS = re.compile(r"我(?:受.{2,20}委托|代表).{2,30}(?:报告|汇报)")
_SHORT = 1200
_OPENING = 8


def kind_of(article: Article) -> PublicationKind:
    """The kind of an article; a press article where nothing says otherwise."""
    title = article.title
    opening = "".join(article.paragraphs[:_OPENING])
    short = sum(map(len, article.paragraphs)) < _SHORT
    if _RESOLUTION.search(title) or (short and _APPROVES.search("".join(article.paragraphs))):
        return PublicationKind.RESOLUTION
    if _ADDRESSED.search(opening) and _SPEAKS.search(opening):
        return PublicationKind.SUMMARY if "摘要" in title else PublicationKind.WORK_REPORT
    if _PLAN.search(title) and not _PLAN_DONE.search(title):
        return PublicationKind.PLAN
    return _told_by_title(title)


def _told_by_title(title: str) -> PublicationKind:
    if _CONFERENCE.search(title):
        return PublicationKind.PRESS_CONFERENCE
    if _PART.search(title) and not _REVIEW.search(title):
        return PublicationKind.PERIODIC_DATA
    if _SUMMARY.search(title):
        return PublicationKind.SUMMARY
    if _REVIEW.search(title):
        return PublicationKind.PRESS_ARTICLE
    if _REPORT.search(title):
        return PublicationKind.WORK_REPORT
    return PublicationKind.PERIODIC_DATA if _DATA.search(title) else PublicationKind.PRESS_ARTICLE
