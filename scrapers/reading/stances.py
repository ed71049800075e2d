"""Sentences that report nothing, whatever figures they hold: rules, meetings, single cases, norms.

rule          第三条 盗窃公私财物价值1000元至3000元以上…     处五日以上十日以下拘留
attendance    共1200余人参会,会期1天
single_case   被告人张某骗取12人共计86.5万元                 as a trial's account it holds to the end of its paragraph
norm          每单位限报2人;每周至少开展2次;报名费每人100元
"""

from __future__ import annotations

import re

from scrapers.reading.layout import Span
from scrapers.reading.normalise import Normal

_ARTICLE = re.compile(r"\s*第[一二三四五六七八九十百\d]+[条章节款](?!件)")
_SURNAMES = (
    "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙段雷钱汤尹黎易常武乔贺赖龚文"
)
_ARTICLE_NUMBER = r"第[一二三四五六七八九十百\d]+条"
_KINDS = {
    "trial": r"经审理查明|被告人[\u4e00-\u9fff]{2,3},[男女]|被告人[\u4e00-\u9fff]某",
    # One party's case; a count of cases beside it (李某某等涉黑案件86件) is a metric all the same.
    "single_case": rf"[{_SURNAMES}](?:某(?!些|种|个)|××|xx|XX)|一起[^,。;\d]{{2,16}}案",
    "rule": rf"(?<!判)处[^,。;]{{0,16}}以下(?:拘留|罚款|有期徒刑|罚金)"
    rf"|(?:依照|根据|违反)[^。]{{0,20}}{_ARTICLE_NUMBER}[^。]{{0,20}}(?:处|予以)",
    # A story: persons, hours of the day, what one officer did.
    "narrative": (
        r"(?<![其吉维])[他她](?!们|国|人|项|省|地|类)|[上下]午\d+[时点]|每天\d+点|大爷|大妈|大娘|阿姨|女士|先生"
        r"|[老小][王李张刘陈杨赵黄周吴马林孙胡朱高何郭罗]|豆豆|警方辗转|蹲守|某小区|握手言和|当庭支付|经鉴定|乙醇|卷宗|夺冠|选手|摄制组|专题片"
        r"|讯问\d+次|庭审持续|先后\d+次|年销售额|听证员"
    ),
    # The same where they are all that is told; of many (老人3.2万人次, 凌晨占三成) they are what was counted.
    "aside": r"(?<!周)岁的|凌晨|傍晚|深夜|(?<![父])老人(?!院|权|权益)|耗时",
    "attendance": (
        r"(?:出席|参加|列席|主持)[^,。;]{0,8}(?:会议|大会|座谈会|培训班|发布会|仪式|论坛)(?!\d)"
        r"|参会|到会|与会|列席人员|旁听公民|出席代表|赞成\d+票|大会收到议案|分会场|会期|交流发言|应到|实到"
    ),
    "norm": (
        r"每(?:人|名|个|单位|周|天|日|县|次|乡镇|村|户|家)(?!均|平均)[^,。;]{0,12}(?:至少|不少于|限报|不超过|标准|\d+元)"
        r"|限报|食宿|报名(?:费|时间|条件|人员)|工资待遇|薪资|身高|笔试|面试|起拍价|采购(?:人|预算|项目)|中标(?:人|价)|投标(?:人|保证金)"
        r"|单价|预算金额|起施行|有效期\d|总分|分以[上下]为|指标体系设|定价|刊号|播出|占地"
    ),
}
# What any of these begins with: most characters begin none.
_BEGINS = (
    f"(?=[{_SURNAMES}经被一处依根违出参列主到与分会交应实旁赞大他她岁凌傍深上下每阿女先老小豆警蹲某握当乙卷夺选摄专耗讯庭年听"
    "限食报工薪身笔面起采中投单预有总指定刊播占])"
)
_ANY = re.compile(_BEGINS + "(?:" + "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items()) + ")")
_CASES = re.compile(r"案件\d")
_MANY = re.compile(r"同比|环比|占比?\d|平均|其中|共\d|\d万|\d{3,}(?:余|多)?(?:件|人|起|名|次)")
_TO_THE_END = {"trial", "rule"}


def paragraph_stance(text: Normal, paragraph: Span) -> str | None:
    """The stance of a whole paragraph: an article of a law or rule."""
    return "rule" if _ARTICLE.match(text, paragraph.start, min(paragraph.end, paragraph.start + 12)) else None


def stance(text: Normal, sentence: Span) -> str | None:
    """Why the figures of a sentence are no metrics, None where they may be."""
    for found in _ANY.finditer(text, sentence.start, sentence.end):
        kind = str(found.lastgroup)
        if kind == "single_case" and _CASES.search(text, sentence.start, sentence.end):
            return None
        if kind != "aside" or not _MANY.search(text, sentence.start, sentence.end):
            return "narrative" if kind == "aside" else kind
    return None


def holds(kind: str) -> bool:
    """Whether a stance holds to the end of its paragraph."""
    return kind in _TO_THE_END
