"""The one kind of case that a whole publication, or a section of it, is about, though its clauses do not repeat it.

《未成年人检察工作白皮书》…批准逮捕1127人      未成年人批准逮捕: not the province's arrests
电信网络诈骗警情通报…累计破案1.27万起         电信网络诈骗破案
三、知识产权审判 / 新收6210件               新收知识产权案件, up to the next heading
依法严惩毒品犯罪。批准逮捕820人             批准逮捕毒品犯罪; a sentence later 起诉1106人 may be of all: no indicator

A clause that names a kind itself, or all of them (各类, 全部), is left alone; so is the whole that the kind is told as
a part of (新收案件120万件,其中知识产权案件3.1万件).
"""

from __future__ import annotations

import re
from functools import lru_cache

from scrapers.reading.structure import Frame

# The kind as it is lent: how a title names it, how a clause does.
_KINDS = {
    "未成年人": ("未成年人|未检|少年(?=审判|检察|法庭)", "未成年|儿童|少年|学生|校园|未检"),
    "知识产权": ("知识产权", "知识产权|著作权|商标|专利|商业秘密|技术秘密"),
    "电信网络诈骗": ("电信(?:网络)?诈骗|电诈|反诈骗?", "诈"),
    "毒品": ("毒品|毒情|禁毒|涉毒", "毒"),
    "环境资源": ("环境资源|生态环境|环资|生态(?=检察|审判)", "环境|环资|生态|资源|污染"),
    "行政": ("行政(?=审判|诉讼|检察|案件)", "行政"),
    "行政复议": ("行政复议", "复议"),
    "金融": ("金融(?=审判|检察|案件|犯罪|纠纷)", "金融|集资|银行|保险|证券"),
    "家事": ("家事", "家事|婚姻|离婚|家庭"),
    "破产": ("破产", "破产|清算|重整"),
    "劳动争议": ("劳动争议|劳动人事争议", "劳动"),
    "职务犯罪": ("职务犯罪", "职务|贪污|贿赂|渎职"),
    "涉黑涉恶": ("扫黑除恶", "黑|恶|伞"),
    "道路交通": ("道路交通|交通安全", "交通|酒驾|醉驾|驾驶"),
    "法律援助": ("法律援助", "法律援助|受援"),
    "公益诉讼": ("公益诉讼", "公益诉讼"),
    "司法救助": ("司法救助", "救助"),
    "国家赔偿": ("国家赔偿", "赔偿"),
    "涉外": ("涉外|涉港澳台", "涉外|涉港|外国"),
    "涉企": ("涉企|涉民企|民营企业", "涉企|民企|企业|企业家"),
    "食药环": ("食药环|食品药品", "食品|药品|食药"),
    "农民工": ("农民工|欠薪", "农民工|欠薪|工资|报酬"),
    "经济犯罪": ("经侦|经济犯罪", "经济犯罪|经侦"),
}
_NAMED = "|".join(f"(?P<k{at}>{printed})" for at, (printed, _) in enumerate(_KINDS.values()))
_CALLED = {f"k{at}": kind for at, kind in enumerate(_KINDS)}
_KIND = re.compile(_NAMED)
# The same without groups: most sentences name none, and their first signs alone say so.
_ANY_KIND = re.compile("|".join(printed for printed, _ in _KINDS.values()))
_MARKS = {kind: re.compile(marks) for kind, (_, marks) in _KINDS.items()}
_PARTS = {kind: re.compile(f"其中[^。;]{{0,20}}?(?:{marks})") for kind, (_, marks) in _KINDS.items()}
_WORK = (
    r"(?:司法|审判|检察|执法|保护|犯罪|案件|警情|形势|纠纷|工作"
    r"|专项|斗争|行动|审理|执行|发展|防治|治理|打击|打防|综合|典型|年度|主要|有关|的|和|与|及|情况|概况|状况|态势|\d{4}年度?)"
)
_TITLE = re.compile(
    rf"(?:{_NAMED}){_WORK}*(?:白皮书|蓝皮书|绿皮书|通报|报告|分析|数据|战果|新闻发布会|(?<=[工审犯警件][作判罪情理])(?:情况|概况|状况|态势))"
)
_HEADING = re.compile(rf"(?:依法|加强|强化|深化|做优|做实|推进)*(?:{_NAMED}){_WORK}+")
# The same before a comma or a colon: 知识产权审判方面, 涉企案件中, 扫黑除恶专项:
_CLAUSE = re.compile(
    rf"(?:在|涉|侵犯|依法|加强|强化|深化|做优|做实|推进)*(?:{_NAMED})(?:{_WORK}|{_ANY_KIND.pattern}|商事|民商事|工资|领域|方面|环节|部门|试点|[中里上])+"
)
# A sentence without figures that names crimes of one kind: what is told next is of them.
_CRIMES = re.compile(
    r"(?:打击|严打|严惩|惩治|惩处|整治|遏制|防范|防治|查处)(?:和预防)?(?P<kind>[^,。;、\d]{2,10}?)(?:违法)?犯罪"
)
# Whom a crime is done to, not who did it.
_HARMED = re.compile(
    r"(?:侵害|性侵害?|伤害|虐待|拐卖|残害)(?:未成年人|妇女儿童|儿童|妇女|老年人)(?:合法权益)?(?:违法)?犯罪"
)
_EVERY = re.compile(r"各类|各种|全部|所有|刑事犯罪|刑事案件|一切|突出犯罪")
_GENERAL = re.compile(r"(?:严重|刑事|违法|重大|突出|多发|暴力|的|性|等|类|和|与|及)*")
_TOPIC = 40  # a topic sentence is no longer
# It tells of a task, before its kind; 扫黑除恶工作列全国第一方阵 is praise.
_TASK = re.compile(
    r"打击|严打|严惩|惩治|惩处|整治|遏制|防范|查办|查处|推进|开展|加强|强化|深化|聚焦|突出|做实|做优|守护|护航|常态化"
)
_PRAISE = re.compile(r"列全|位居|居全|第一|前列|荣获|获评|入选|被评|表彰|满意|连续")
# Kinds that nobody is arrested or prosecuted for.
_NO_CRIMES = frozenset({"行政", "行政复议", "家事", "破产", "劳动争议", "法律援助", "公益诉讼", "司法救助"})
_OPENING = 120
# What a clause names instead: another kind, all of them, or nothing that is a case.
_OTHER = re.compile(
    "各类|各种|全部|所有|总量|刑事案|刑事警|刑事发|刑事立|治安|命案|盗|抢|民商事|经济犯罪|律师|公证|鉴定|典型|指导|表彰|满意|安全感|110|12348|"
    + "|".join(marks for _, marks in _KINDS.values())
)
# Steps that are said before whom they meet (批准逮捕未成年人), and steps that are nouns (毒品破案).
_MEETS = r"(?:(?:受理)?审查(?:起诉|逮捕)|不?批准逮捕|批准和决定逮捕|不?批捕|逮捕|不?起诉|提起公诉)"
_NOUN = r"(?:不捕|不诉|立案|破案|发案|收案|结案|受案)"
_MEETING = re.compile(_MEETS)
_MEASURED = re.compile(rf"(?:{_MEETS}|{_NOUN})?(?:人数|件数|起数|数|率)?|(?:案均|财产|经济)?损失|涉案金额")
_DOES = re.compile(r"新收|受理|审结|办结|审执结|判处|查处|破获|侦破|抓获|打掉|办理")
_OBJECT = re.compile(r"(?:(?:[一二再]审)?(?:案件|犯罪))?|(?:犯罪)?嫌疑人|罪犯")
# Kinds that are people or a crime themselves: 起诉未成年人, 起诉电信网络诈骗, but 起诉毒品犯罪.
_WHOLE = ("人", "犯罪", "诈骗", "恶")


def of_publication(text: str) -> str:
    """The kind of case that the title or first sentence of a text announces, "" where it names none or several."""
    opening = re.split(r"[。\n]", text[:_OPENING].lstrip(), maxsplit=1)[0]
    found = _TITLE.search(opening)
    return _kind(found) if found and len({_kind(each) for each in _TITLE.finditer(opening)}) == 1 else ""


def of_heading(words: str) -> str:
    """The kind of case that a heading announces for its section, "" where it names none."""
    found = _HEADING.fullmatch(words)
    return _kind(found) if found else ""


def of_clause(words: str) -> str:
    """The kind of case that words without figures limit what follows to (涉外商事审判:), "" where they name none."""
    found = _CLAUSE.fullmatch(words) if len(words) <= _TOPIC else None
    return _kind(found) if found else ""


@lru_cache(maxsize=4096)
def of_topic(words: str) -> str:
    """The kind of case that a sentence or clause without figures announces (深入推进扫黑除恶斗争), "" for none or all.

    Several are told as they are printed: 起诉 after 严惩毒品、电信网络诈骗犯罪 is of both.
    """
    task = _TASK.search(words) if len(words) <= _TOPIC else None
    if not task or _EVERY.search(words) or _PRAISE.search(words):
        return ""
    if harmed := _HARMED.search(words):
        return harmed[0]
    if first := _ANY_KIND.search(words, task.start()):
        return "、".join(dict.fromkeys(_kind(found) for found in _KIND.finditer(words, first.start())))
    crimes = _CRIMES.search(words)
    return crimes["kind"] if crimes and not _GENERAL.fullmatch(crimes["kind"]) else ""


def is_of_all(words: str) -> bool:
    """Whether a subject says that it is of every kind (受理各类案件), so that no topic is in force any more."""
    return bool(_EVERY.search(words))


def after_whole(kind: str, text: str, start: int, end: int) -> int:
    """Where in a sentence the kind begins to hold: at the 其中 that tells it as a part of all, else at once."""
    parts = _PARTS.get(kind)
    found = parts.search(text, start, end) if parts else None
    return found.start() if found else start


def _kind(found: re.Match[str]) -> str:
    return _CALLED[found.lastgroup or ""]


@lru_cache(maxsize=4096)
def lent(kind: str, own: Frame) -> Frame:
    """A frame that says no kind of its own, with the kind that is lent to it: 新收 is 新收知识产权案件."""
    words = own.words
    if not words or _OTHER.search(words):
        return own
    if _MEETING.fullmatch(words):
        if kind in _NO_CRIMES:
            return own
        return Frame(words, kind if kind.endswith(_WHOLE) else kind + "犯罪", own.unit)
    if _MEASURED.fullmatch(words):
        return Frame("", kind + words, own.unit)
    if _DOES.fullmatch(own.verb) and _OBJECT.fullmatch(own.object):
        return Frame(own.verb, kind + (own.object or "案件"), own.unit)
    return own


def comparable(kind: str, subject: str) -> str:
    """A subject as the catalogue may be asked for it: one that says no kind is of the kind that is in force."""
    return kind + subject if kind and not _OTHER.search(subject) else subject
