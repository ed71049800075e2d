"""What a figure speaks of, by its own words: cleaned of what stands around them and cut into a verb and its object.

What words leave out is lent by those before them (`lending`); a list is taken apart in `rosters`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from scrapers.reading.lexicon import AGENT, CHAIN, EVENT, HEADS, NOMINAL, first_verb
from scrapers.reading.lines import REMARK
from scrapers.reading.structure import Frame
from scrapers.reading.trends import without_trend

_LEADING = re.compile(
    rf"^(?:{REMARK}|但|而|其中|另外|另有?|还有|含|包括|共有?|累计|已|现有|有(?!财|效|期|关|害|毒|组织|影响|奖|力|序)|又|并|均|则|却|也|还|仅|约|全年|年内|年末|年底|目前|同时|此外|一年来|我们|依法|共计|合计(?!$)|先后|分别|尚有|至今|再(?!审|犯)|其余|余下"
    r"|造成|致使?|,|:|、|-|\s|的|深入|持续|扎实|全力|积极|严格|各(?!类|级|地|种|项)|所有|上述案件中|这些案件|该类案件|截至|期间|大力|着力|当年|自身|仍有|继续|还|亦|都|\d{1,2}[.、]|中,|里|内|(?:人数|数量)?最多的是|其次是|再次是)+"
)
_TRAILING = re.compile(
    r"(?:[:、,\-\s']|共计?|合计|累计|总计|(?<!送)达到?了?|分别|各|(?<!行)为|是|有|了|仅|约|已|至|超过?|突破|计|(?<![日月年人户次平])均|就|近|的|共有|只有|高达|多达|将近|升|降|仍|保持在?|稳定在|控制在"
    r"|(?:提高|提升|上升|增长|增加|扩大|下降|降低|降|减少|缩短|压缩)[到至])+$"
)
_ASIDE = re.compile(r"\((?:含|包括|不含|不包括|另|下同|除)[^)]*\)|\([^)]*$")
_DATES = re.compile(r"\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日|底|末|初|份)?|(?:上|下)半年")
_WITHIN = re.compile(r"^[^,;]{1,14}?(?:案件|收案|结案|其|当)中,?(?=[\u4e00-\u9fff]{2})")
_ADVERBIAL = re.compile(
    r"^(?:向|为|对(?!接)|给|由|经|在|按照?|根据|针对|围绕|通过|依托|会同|联合|配合|以|从|用)[^;]{1,26}$"
)
# 经复议后未再提起诉讼: without it, what was not done would have been done.
_NEGATED = re.compile(r"(?:未|没有?|不)(?:再|曾|予)?$")
_SPAN = re.compile(
    r"^(?:\d+|[一二两三四五六七八九十]+)年(?:来|间|内)?$|(?:由|从)(?:上年|去年)?$|(?<=指标)中$|(?:[两三四五六七八]项)?(?:指数|指标)中$|\"[双三四五]?(?:下降|上升|提升|降|升)\"$"
)
_GENERIC = re.compile(r"各类|全部|有关|相关|案件|(?<!积)案$|共|人数$|(?:发回)?重审$|^完毕|[\"()]")
_GRADED = re.compile(r"(?<!一般)以上")
# 其中,新收一审案件: of the kind of the whole.
_INSTANCES = re.compile(r"^(?P<instance>[一二再]审)案件$")
_INSTANCE = re.compile(r"^[一二再]审(?=[\u4e00-\u9fff]{2})")
_RATE = re.compile(r"(?:率|度|比|比例|比重|指数|得分|占比)$")
_AVERAGE = re.compile(r"(?:[日月年]均|平均每[日月年])$")
_MEASURED = re.compile(
    r"^(?:立案|破案|发案|接报|死亡|受伤|伤亡|伤人|亡人|损失|涉案|标的|直接|财产|经济|抓获|查处|起诉|批捕|结案|收案|起|件|人)[^案]{0,8}(?:数|量|金额|额|损失|值)$|^(?:亡人|伤人|成功|重?特?大案件?|大要案|要案|死|伤|发|破|死亡|受伤|损失|破案|发案|在册)$"
)


@lru_cache(maxsize=16384)
def clean(words: str) -> str:
    """A subject's words without what stands around them: copulas, adverbs, dates, blanks, asides in brackets."""
    words = without_trend(words.replace(" ", "").replace("\n", "")).replace(REMARK, "")
    words = _DATES.sub("", _ASIDE.sub("", words))
    while True:
        shorter = _TRAILING.sub("", _LEADING.sub("", without_trend(words)))
        if shorter == words:
            break
        words = shorter
    words = _SPAN.sub("", _WITHIN.sub("", words))
    return _headed(_without_adverbial(words))


def _headed(words: str) -> str:
    """A long description before 的 or 等 gives way to what it describes: 立案侦查5万元以上的大案 is 立案侦查大案."""
    front, mark, rest = words.rpartition("的")
    if mark and len(rest) >= 2 and re.search(r"\d|以上", front):
        return frame(front).verb + rest
    front, mark, rest = words.rpartition("等")
    listed = front.replace("、", "")
    if mark and len(rest) >= 6 and not rest.startswith("各类") and len(listed) > 1.25 * len(rest):
        return frame(front).verb + rest
    return words


def _without_adverbial(words: str) -> str:
    """向中央请示报告重大事项 is 请示报告重大事项, where what is left can stand alone."""
    if not _ADVERBIAL.match(words):
        return words
    at = first_verb(words, 2)
    if at is None or len(words) - at < 4:
        return words
    negated = _NEGATED.search(words, 0, at)
    return words[negated.start() if negated else at :]


@lru_cache(maxsize=16384)
def frame(words: str, unit: str = "") -> Frame:
    """The words cut into verb and object; an agent before the verb stays with it (法院采纳)."""
    agent = AGENT.match(words)
    found = CHAIN.match(words, agent.end() if agent else 0)
    if not found:
        return Frame("", words, unit)
    return Frame(words[: found.end()], words[found.end() :], unit)


@lru_cache(maxsize=8192)
def domain(of: Frame | None) -> str:
    """What a subject is about, generic words taken away: 经济犯罪 of 受理各类经济犯罪案件."""
    if of is None:
        return ""
    core = of.object.rpartition("的")[2] or of.object
    found = EVENT.search(core)
    about = _INSTANCE.sub("", _GENERIC.sub("", core[: found.end()] if found else core))
    if len(about) == 1 and found:  # 命案, not 命
        about += found[0]
    return "" if about == "犯罪" else about


@lru_cache(maxsize=8192)
def is_event(of: Frame) -> bool:
    """Whether a subject is a kind of case, so that results told after it are results of it."""
    return bool(EVENT.search(of.object)) and not is_rate(of.object) and not _GRADED.search(of.object)


def standing(own: Frame) -> bool:
    """Whether a verb stands by itself (起诉53人), so that the sentence before has nothing to lend."""
    return bool(own.verb and not own.object and NOMINAL.search(own.verb))


def instance(own: Frame) -> str:
    """The instance of a subject that names cases by nothing else: 二审 of 新收二审案件, else nothing."""
    found = _INSTANCES.match(own.object)
    return found["instance"] if found else ""


@lru_cache(maxsize=8192)
def is_measure(words: str) -> bool:
    """Whether words are only a measure or a grade of some case: 立案数, 要案, 死亡."""
    return bool(_MEASURED.match(words))


def average(words: str) -> str:
    """What a subject that is told for a day, a month or a year ends in: 年均 of 刑事立案年均, else nothing."""
    found = _AVERAGE.search(words)
    return found[0] if found else ""


def without_average(words: str) -> str:
    """刑事立案 of 刑事立案年均: what an average is of."""
    return _AVERAGE.sub("", words)


def is_rate(words: str) -> bool:
    """Whether words name a rate or a score: 结案率, 满意度, 占比."""
    return bool(_RATE.search(words))


def measured(words: str) -> bool:
    """Whether words only name a measure of the subject before them: 收案, 立案数, 死亡人数."""
    return is_measure(words) or words in {"收案", "结案", "立案", "发案", "破案"}


@lru_cache(maxsize=8192)
def head_noun(words: str) -> str:
    """The noun that words end in: 案件 of 一审刑事案件."""
    found = HEADS.search(words)
    return found[1] if found else ""
