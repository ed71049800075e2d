"""What a figure speaks of: a verb and its object, each lent to the next clause that leaves it out.

受理案件40万件,审结38万件          审结 | (案件)             a bare verb takes the object before it
新收…,其中民商事49万件             (新收) | 民商事(案件)      a part takes verb and head of its whole
打掉集团8个、团伙4个               (打掉) | 团伙              a list takes the verb
起诉120件180人                     the same subject twice
82人死亡                           words after the figure belong to it
"""

from __future__ import annotations

import re

from scrapers.reading.structure import Frame

_VERBS = [
    "受理",
    "接收",
    "新收",
    "共收",
    "收",
    "办理",
    "承办",
    "办结",
    "审结",
    "审理",
    "审执结",
    "审(执)结",
    "审、执结",
    "执结",
    "清结",
    "一审审结",
    "二审审结",
    "立案侦查",
    "立案审查",
    "立案",
    "立",
    "初查",
    "查处",
    "查办",
    "查获",
    "查扣",
    "查封",
    "破获",
    "侦破",
    "打掉",
    "打击处理",
    "摧毁",
    "铲除",
    "捣毁",
    "抓获",
    "缉捕",
    "缉拿",
    "抓捕",
    "缴获",
    "收缴",
    "追缴",
    "追回",
    "追赃",
    "挽回",
    "冻结",
    "止付",
    "封堵",
    "扣押",
    "拦截",
    "劝阻",
    "处置",
    "化解",
    "排查",
    "调处",
    "调解",
    "排查调处",
    "排查化解",
    "对接流转",
    "判处",
    "惩处",
    "惩治",
    "严惩",
    "判决",
    "宣告",
    "发放",
    "救助",
    "制发",
    "发出",
    "提出",
    "出台",
    "印发",
    "举办",
    "召开",
    "开展",
    "组织",
    "建设",
    "建成",
    "建立",
    "设立",
    "命名",
    "清理",
    "整顿",
    "整改",
    "督促整改",
    "检查",
    "审批",
    "销毁",
    "行政处罚",
    "处罚",
    "遴选",
    "选派",
    "推出",
    "签署",
    "协助",
    "协作办理",
    "支持",
    "决定",
    "监督",
    "建议",
    "纠正",
    "提起",
    "起诉",
    "批捕",
    "批准逮捕",
    "批准和决定逮捕",
    "批准",
    "不起诉",
    "不批捕",
    "不批准逮捕",
    "不批准和不予决定逮捕",
    "决定不起诉",
    "提起公诉",
    "决定起诉",
    "移送",
    "改变",
    "追诉",
    "追捕",
    "抗诉",
    "帮助",
    "惠及",
    "服务",
    "提供",
    "解答",
    "通报",
    "解除",
    "安置",
    "盘活",
    "回复",
    "按时回复",
    "收到",
    "获评",
    "入选",
    "出动",
    "抢救疏散",
    "接报",
    "接处",
    "接",
    "处理",
    "处分",
    "发现",
    "发现受理",
    "新发现",
    "抽查",
    "复查",
    "核查",
    "巡查",
    "化解信访",
    "侦办",
    "审查",
    "适用",
    "采纳",
    "纳入",
    "追究",
    "拘留",
    "警告",
    "否决",
    "退还",
    "退回",
    "讨回",
    "承担",
    "担任",
    "培训",
    "宣传",
    "发布",
    "拍卖",
    "送达",
    "赔偿",
    "减免",
    "缓交",
    "巡回审理",
    "公开",
    "上网",
    "推送",
    "组建",
    "配备",
    "招录",
    "选任",
    "表彰",
    "命中",
    "依法惩处",
    "依法严惩",
    "依法审结",
    "依法办理",
    "撤并整合",
    "举行",
    "完成",
    "打造",
    "评选",
    "累计接收",
    "治理",
    "排查治理",
    "督办",
    "监测",
    "复核",
    "驳回",
    "改判",
    "维持",
    "发回",
    "化解",
    "受案",
    "侦查终结",
    "追赃挽损",
]
_VERB = "|".join(re.escape(verb) for verb in sorted(set(_VERBS), key=len, reverse=True))
_CHAIN = re.compile(
    rf"(?:(?:一审|二审|依法|集中|全面|分别|及时|成功|主动|累计)*(?:{_VERB})(?:、|和|并|或|及)?)*(?:(?:一审|二审|依法)*(?:{_VERB}))"
)
# A verb that is a whole subject, being its own noun: nothing is missing after it.
_WHOLE = re.compile(r"(?:收案|结案|发案|破案|立案|批捕|逮捕|起诉|公诉|抗诉|撤案|审查|侦查)$")
_LEADING = re.compile(
    r"^(?:\x01|其中|另有?|还有|含|包括|共有?|累计|已|现有|有|又|并|均|则|却|也|还|仅|约|全年|年内|目前|同时|此外|一年来|依法|共计|合计|先后|分别|尚有|至今|再|其余|余下|为|到|对|,|:|、|-|\s|的|深入|持续|扎实|全力|积极|严格|各)+"
)
_TRAILING = re.compile(
    r"(?:[:、,\-\s\"']|共计?|合计|累计|总计|达到?了?|分别|各|为|是|有|了|仅|约|已|至|超过?|突破|计|等|均|就|近|的|共有|总数|升|数量)+$"
)
_HEADS = re.compile(
    r"(案件|案|犯罪|人数|件数|警情|率|度|金额|律师|纠纷|事故|组织|团伙|集团|干部|罪犯|嫌疑人|被告人|人员|资金|损失|线索|建议|次数|数|量|额|所|机构|比)$"
)
_GENERIC = re.compile(r"各类|全部|有关|相关|案件|案$|共|等|的|人数|[\"()]")
_RATE = re.compile(r"(?:率|度|比|比例|比重|指数|得分)$")
_QUOTED_DATE = re.compile(r"\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月\d{1,2}日|(?:上|下)半年")
_MONEY = {"元", "美元", "平方米", "亩"}
_PEOPLE = {"人", "名", "人次", "位"}


def clean(words: str) -> str:
    """A subject's words without what stands around them: copulas, adverbs, dates, blanks."""
    words = words.replace(" ", "").replace("\n", "").replace("\x01", "")
    words = _QUOTED_DATE.sub("", words)
    while True:
        shorter = _TRAILING.sub("", _LEADING.sub("", words))
        if shorter == words:
            return words
        words = shorter


def frame(words: str) -> Frame:
    """The words cut into verb and object."""
    found = _CHAIN.match(words)
    if not found:
        return Frame("", words)
    return Frame(found[0], words[found.end() :])


def domain(of: Frame) -> str:
    """What a subject is about, generic words taken away: 经济犯罪 of 受理各类经济犯罪案件."""
    return _GENERIC.sub("", of.object)


def head_noun(of: Frame) -> str:
    """The noun a subject ends in: 案件 of 一审刑事案件."""
    found = _HEADS.search(of.object)
    return found[1] if found else ""


def restored(
    own: Frame, unit: str, *, part_of: Frame | None, before: Frame | None, topic: Frame | None, listed: bool
) -> tuple[Frame, str]:
    """The full frame of a figure from its own words and its surroundings, and the rule that filled it."""
    lender = part_of or before or topic
    if not own.words:
        return (lender, "subject.same") if lender else (own, "subject.none")
    if lender is None:
        return own, "subject.plain"
    if own.verb and not own.object:
        return _bare_verb(own, before, topic, unit)
    if not own.verb:
        return _noun(own, unit, part_of, lender, listed=listed)
    return _dependent(own, unit, lender)


def _bare_verb(own: Frame, before: Frame | None, topic: Frame | None, unit: str) -> tuple[Frame, str]:
    lender = before if before and before.object else topic
    if (
        lender is None
        or not lender.object
        or (_RATE.search(lender.object) or lender.object.endswith(("金额", "额", "损失")))
    ):
        return own, "subject.plain"
    if _WHOLE.search(own.verb):
        about = domain(lender)
        if about and len(about) <= len(own.verb) + 4 and "审查" not in about and about not in own.verb:
            return Frame(own.verb, about), "subject.domain"
        return own, "subject.plain"
    return Frame(own.verb, lender.object), "subject.elided_object"


def _noun(own: Frame, unit: str, part_of: Frame | None, lender: Frame, *, listed: bool) -> tuple[Frame, str]:
    if _RATE.search(own.object) or unit in _MONEY:
        return _dependent(own, unit, lender)
    head = head_noun(lender)
    if (part_of or listed) and head and not _HEADS.search(own.object) and unit not in _PEOPLE:
        return Frame(lender.verb, own.object + head), "subject.part"
    if part_of or listed:
        if head == "律师" and len(own.object) <= 4 and not own.object.endswith("师"):
            return Frame("", own.object + head), "subject.part"
        if lender.verb and not (listed and not lender.object):
            return Frame(lender.verb, own.object), "subject.shared_verb"
    return own, "subject.plain"


def _dependent(own: Frame, unit: str, lender: Frame) -> tuple[Frame, str]:
    """Money, rates and short results speak of what the clause before spoke of: 涉案金额, 化解率, 判处罚金."""
    about = domain(lender)
    dependent = unit in _MONEY or unit in {"%", "‰"} or len(own.words) <= 4
    if (
        dependent
        and about
        and about not in own.words
        and len(about) <= max(len(own.words), 4)
        and not _RATE.search(lender.object)
    ):
        return Frame("", about + own.words), "subject.domain"
    return own, "subject.plain"


def names(words: str, count: int) -> list[str] | None:
    """`words` as `count` names of one list, their shared head restored; None where they are not that many."""
    if count == 1:
        return [words]
    for joint in (r"、|和|及|与|以及", r"、|和|及", r"、"):
        parts = [part for part in re.split(joint, words) if part.strip('" ')]
        if len(parts) == count:
            return _with_heads(parts)
    return None


def _with_heads(parts: list[str]) -> list[str]:
    """刑事、治安警情 is 刑事警情 and 治安警情; 起数、死亡人数 after 道路交通事故 share the beginning."""
    last = parts[-1]
    tail = _HEADS.search(last)
    out = [part + tail[1] if tail and not _HEADS.search(part) else part for part in parts]
    first = re.match(r"(.{2,}?(?:事故|案件|犯罪|火灾|诈骗))(?:起数|件数|数|立案数|发案数)?$", out[0])
    if first:
        out = [
            out[0],
            *(
                first[1] + part if re.match(r"(?:起数|件数|死亡|受伤|死伤|财产|直接|损失|人数)", part) else part
                for part in out[1:]
            ),
        ]
    return out
