"""Whether the words of a link may head a report with figures: what is fetched, not what it is, which the text tells.

    unwanted (决议, 招聘, 警情通报)  >  wanted (工作报告, 新闻发布会, 办案数据)  >  cut off (…): may be one  >  no

A card adds words of its own to either side. Words are regular expressions, searched in the title without blanks.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

# Where reports of these bodies have been found (FAMILIES.md, PITFALLS 2.5-2.6).
WANTED: tuple[str, ...] = (
    r"工作报告|报告(?:\(|（|$)",
    r"工作(?:情况|总结|综述|回顾|成效|成绩|亮点|要情)",
    r"(?:政法|检察|审判|法院|公安|司法行政|平安|信访|执行|禁毒|反诈|扫黑)工作",
    r"法治政府建设.{0,8}(?:报告|情况)",
    r"(?:情况|数据|成效|结果|态势)(?:的)?(?:通报|报告|发布)",
    r"通报.{0,20}(?:情况|数据|成效|工作|案件)",
    r"(?:新闻|情况|工作)?(?:发布|通气)会",
    r"(?:主要)?(?:办案|司法|审判|检察|执法|统计|案件|业务|治安|警务|信访|执行)(?:业务|工作)?数据",
    r"(?:一组|组组|这组|数据|数字)(?:看|说|读|亮|里)|[数图][说读看]",
    r"白皮书|蓝皮书|年报|年鉴|统计公报",
    r"综述|盘点|答卷|成绩单|亮点回顾|述评|纪实|亮眼|这一年|这五年|[一五]年来",
    r"(?:同比|环比)?(?:上升|下降|增长|下滑|减少|提升)\d|\d(?:\.\d+)?(?:%|个百分点|万[件起人元]|[件起]案)",
    r"(?:上|下)?半年|[一二三四1-4]季度|\d{1,2}(?:-|—|至)\d{1,2}月",
)

# Other papers that carry the same words (PITFALLS 2.6), and what lies in the same columns.
UNWANTED: tuple[str, ...] = (
    r"决议|表决|得票|赞成率",
    r"(?:听取|审议|讨论|分组|评议|热议|审查)(?:和审议|并审议|讨论)?.{0,16}(?:报告|工作)|(?:代表|委员)(?:们)?(?:审议|热议|点赞|谈|建言)",
    r"(?:起草|征求|意见稿|征集)",
    r"政府信息公开(?:工作)?(?:年度)?(?:报告|年报|指南|制度)|信息公开工作年度报告|网站工作年度报表|财政|预算|决算",
    r"招聘|招录|招考|遴选|考试|面试|体检|拟录用|录用|任前|任免|公示|人选",
    r"采购|招标|中标|投标|成交|询价|比选|拍卖|变卖|竞买",
    r"(?:开庭|送达|破产|债权|执行|失信|悬赏|遗失|认领|注销|听证)公告|失信被执行人|名单公布",
    r"(?:警情|案情|批评|典型案[例件]|违纪|处分|曝光|事故|涉嫌)通报|通报(?:批评|表扬|\d*起|.{0,4}典型)|(?:严重)?违纪违法|接受(?:纪律)?审查",
    r"举报|投诉指南|办事指南|常见问题|(?:联系|服务)方式",
    r"会议(?:议程|日程|须知|通知)|(?:的|召开.{0,12})通知$|讲话|致辞|党课|学习贯彻|主题教育|慰问|走访|调研|节日|贺信|征文",
)

_CUT_OFF = re.compile(r"(?:…|\.{3}|⋯)$")

# A page prints its title, and a list seldom rewords more than half of it; a notice may have 系统 or 法院 in common.
_PAIRS_THAT_TELL = 3
_NAMED = 0.25

# A title that is cut off before its telling word is at least this long; what is shorter was not cut for want of room.
_CUT_AFTER = 10


@dataclass(frozen=True, slots=True)
class TitleRules:
    """Which titles may head a report: the defaults with a card's own words added. `strict` leaves the defaults out."""

    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    strict: bool = False

    @property
    def all_wanted(self) -> tuple[str, ...]:
        """The card's words, then the defaults."""
        return self.wanted if self.strict else (*self.wanted, *WANTED)

    @property
    def all_unwanted(self) -> tuple[str, ...]:
        """The card's words, then the defaults."""
        return self.unwanted if self.strict else (*self.unwanted, *UNWANTED)


@dataclass(frozen=True, slots=True)
class TitleVerdict:
    """Whether a title may head a report, and the word that decided (empty: none did)."""

    may_be_report: bool
    why: str = field(default="")


def judge_title(title: str, rules: TitleRules | None = None) -> TitleVerdict:
    """Whether `title` may head a report. Raises re.error for a word of the card that is no regular expression."""
    rules = rules or TitleRules()
    plain = "".join(unicodedata.normalize("NFKC", title).split())
    if not plain:
        return TitleVerdict(may_be_report=False, why="no title")
    # What a card asks for by name goes before the defaults' refusals.
    if rules.wanted and (found := _pattern(rules.wanted).search(plain)):
        return TitleVerdict(may_be_report=True, why=found[0])
    if rules.all_unwanted and (found := _pattern(rules.all_unwanted).search(plain)):
        return TitleVerdict(may_be_report=False, why=found[0])
    if rules.all_wanted and (found := _pattern(rules.all_wanted).search(plain)):
        return TitleVerdict(may_be_report=True, why=found[0])
    if _CUT_OFF.search(plain) and len(plain) > _CUT_AFTER:
        return TitleVerdict(may_be_report=True, why="cut off")
    return TitleVerdict(may_be_report=False)


def names(text: str, title: str) -> bool:
    """Whether `text` holds a good part of the words of `title`, cut or reworded as that may be.

    Told by pairs of characters; a title of three or fewer says too little and is taken as named.
    """
    plain = _CUT_OFF.sub("", "".join(unicodedata.normalize("NFKC", title).split()))
    pairs = {one + other for one, other in pairwise(plain) if one.isalnum() and other.isalnum()}
    if len(pairs) < _PAIRS_THAT_TELL:
        return True
    whole = "".join(unicodedata.normalize("NFKC", text).split())
    return sum(pair in whole for pair in pairs) >= _NAMED * len(pairs)


@lru_cache(maxsize=1000)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{word})" for word in words))
