"""What a figure speaks of: a verb and its object, each lent to the next clause that leaves it out.

受理案件40万件,审结38万件          审结 | (案件)             elided_object   a bare verb takes the object before it
新收…,其中民商事49万件             (新收) | 民商事(案件)      part            a part takes verb and head of its whole
打掉集团8个、团伙4个               (打掉) | 团伙              shared_verb     a list takes the verb
审结知识产权案件…,判赔2.4亿元       (知识产权) 判赔            domain          results take what the case is about
起诉120件180人                     the same subject twice    pair
82人死亡                           words after the figure belong to it
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from scrapers.reading.lexicon import (
    AGENT,
    CAUGHT,
    CHAIN,
    EVENT,
    HEADS,
    KINDS,
    NOMINAL,
    OWN_KIND,
    OWN_PEOPLE,
    ends_in_verb,
    first_verb,
    same_unit,
)
from scrapers.reading.structure import Frame

_LEADING = re.compile(
    r"^(?:\x01|但|而|其中|另外|另有?|还有|含|包括|共有?|累计|已|现有|有(?!财|效|期|关|害|毒|组织|影响|奖|力|序)|又|并|均|则|却|也|还|仅|约|全年|年内|年末|年底|目前|同时|此外|一年来|依法|共计|合计(?!$)|先后|分别|尚有|至今|再(?!审|犯)|其余|余下"
    r"|造成|致使?|,|:|、|-|\s|的|深入|持续|扎实|全力|积极|严格|各(?!类|级|地|种|项)|所有|上述案件中|这些案件|该类案件|截至|期间|大力|着力|当年|自身|仍有|继续|还|亦|都|\d{1,2}[.、]|中,|里|内|(?:人数|数量)?最多的是|其次是|再次是)+"
)
_TRAILING = re.compile(
    r"(?:[:、,\-\s']|共计?|合计|累计|总计|达到?了?|分别|各|为|是|有|了|仅|约|已|至|超过?|突破|计|(?<![日月年人户次平])均|就|近|的|共有|只有|高达|多达|将近|升|降|仍|保持在?|稳定在|控制在"
    r"|(?:提高|提升|上升|增长|增加|扩大|下降|降低|降|减少|缩短|压缩)[到至])+$"
)
_ASIDE = re.compile(r"\((?:含|包括|不含|不包括|另|下同|除)[^)]*\)|\([^)]*$")
_DATES = re.compile(r"\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日|底|末|初|份)?|(?:上|下)半年")
_WITHIN = re.compile(r"^[^,;]{1,14}?(?:案件|收案|结案|其|当)中,?(?=[\u4e00-\u9fff]{2})")
_ADVERBIAL = re.compile(
    r"^(?:向|为|对(?!接)|给|由|经|在|按照?|根据|针对|围绕|通过|依托|会同|联合|配合|以|从|用)[^;]{1,26}$"
)
_TREND = re.compile(
    r"(?:近|连续)(?:\d+|[一二三四五六七八九十两几])年.*$|(?:逐年|持续|稳步|不断|明显|显著|大幅)(?:上升|下降|提升|提高|增长|减少|降低).*$"
)
_SPAN = re.compile(
    r"^(?:\d+|[一二两三四五六七八九十]+)年(?:来|间|内)?$|(?:由|从)(?:上年|去年)?$|(?<=指标)中$|(?:[两三四五六七八]项)?(?:指数|指标)中$|\"[双三四五]?(?:下降|上升|提升|降|升)\"$"
)
_GENERIC = re.compile(r"各类|全部|有关|相关|案件|(?<!积)案$|共|人数$|(?:发回)?重审$|[\"()]")
_GRADED = re.compile(r"(?<!一般)以上")
# 其中,新收一审案件: of the kind of the whole.
_INSTANCES = re.compile(r"^(?P<instance>[一二再]审)案件$")
_INSTANCE = re.compile(r"^[一二再]审(?=[\u4e00-\u9fff]{2})")
_SHORT_RATE = re.compile(r"^[\u4e00-\u9fff]{2}率$")
_RATE_OF_PEOPLE = re.compile(r"^(?P<who>[\u4e00-\u9fff]*(?:人员|对象|当事人|群众))[\u4e00-\u9fff]{2}率$")
_RATE = re.compile(r"(?:率|度|比|比例|比重|指数|得分|占比)$")
_MEASURED = re.compile(
    r"^(?:立案|破案|发案|接报|死亡|受伤|伤亡|伤人|亡人|损失|涉案|标的|直接|财产|经济|抓获|查处|起诉|批捕|结案|收案|起|件|人)[^案]{0,8}(?:数|量|金额|额|损失|值)$|^(?:亡人|伤人|成功|重?特?大案件?|大要案|要案|死|伤|发|破|死亡|受伤|损失|破案|发案|在册)$"
)
_SPELLED = {"死": "死亡", "伤": "受伤", "发": "发案", "破": "破案"}
# 法官人均受理案件245件、审结186件: what is averaged is printed once.
_AVERAGED = re.compile(rf"^(?P<who>[^,]*人均){CHAIN.pattern}(?P<what>案件)$")
_AVERAGE = re.compile(r"^(?:日|月|年|周|季|人|户|次)均$")
_RESULTS = {"采纳", "整改", "回复", "成功", "履行", "化解", "办结", "反馈", "落实", "转化", "调解"}
_PEOPLE = {"人", "名", "位", "人次"}
_NOT_COUNTS = {"", "%", "‰", "元"}
_DONE_TO = re.compile(r"^(.{4,}?)(?:累计|共)(?:接收|解除|受理|办理|接听)$")
_NOMINAL_END = re.compile(r"^(.{4,}?)不?(?:批捕|逮捕|起诉|公诉|立案|收案|结案|发案|破案)$")
# 刑事案件收案6.23万件,…,结案6.31万件: the step of the kind told before.
_STEPS = {"收案", "结案", "立案", "破案", "发案", "受案"}
_OF_CASES = re.compile(r"^(.{2,}(?:案件|纠纷))(?:收案|结案|立案|破案|发案|受案)$")
_SHORT_NAME = 3  # 撤案 after …立案, 抓获数 after …破案数: longer names are whole by themselves
_LABELLED = {"立案", "收案", "结案", "受案", "办结", "发案", "破案"}
_LEFT_OVER = {"旧存", "存案"}
_BRANCHES = {"刑事", "民事", "行政", "民商事", "各类刑事"}
_MONEY = {"元", "美元", "平方米", "亩"}


@lru_cache(maxsize=16384)
def clean(words: str) -> str:
    """A subject's words without what stands around them: copulas, adverbs, dates, blanks, asides in brackets."""
    words = words.replace(" ", "").replace("\n", "").replace("\x01", "")
    words = _DATES.sub("", _ASIDE.sub("", words))
    while True:
        shorter = _TRAILING.sub("", _LEADING.sub("", words))
        if shorter == words:
            break
        words = shorter
    words = _SPAN.sub("", _TREND.sub("", _WITHIN.sub("", words)))
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
    return words[at:] if at is not None and len(words) - at >= 4 else words


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
    return bool(EVENT.search(of.object)) and not _RATE.search(of.object) and not _GRADED.search(of.object)


def standing(own: Frame) -> bool:
    """Whether a verb stands by itself (起诉53人), so that the sentence before has nothing to lend."""
    return bool(own.verb and not own.object and NOMINAL.search(own.verb))


def is_instance(own: Frame) -> bool:
    """Whether a subject names cases by their instance only, not by what they are about: 新收二审案件."""
    return bool(_INSTANCES.match(own.object))


def is_measure(own: Frame) -> bool:
    """Whether a subject is only a measure or a grade of some case: 立案数, 要案, 死亡."""
    return bool(_MEASURED.match(own.words))


def measured(words: str) -> bool:
    """Whether words only name a measure of the subject before them: 收案, 立案数, 死亡人数."""
    return bool(_MEASURED.match(words)) or words in {"收案", "结案", "立案", "发案", "破案"}


@lru_cache(maxsize=8192)
def head_noun(words: str) -> str:
    """The noun that words end in: 案件 of 一审刑事案件."""
    found = HEADS.search(words)
    return found[1] if found else ""


class Around(NamedTuple):
    """What may lend a subject its missing half.

    `whole` is what 其中 takes parts of, `before` the frame last said, `theme` the last kind of case (or the heading),
    `listed` tells that only 、 parts the words from the figure before, `aside` that they stand in a bracket;
    `label` is what a colon or a heading announced (法律援助:受理2.02万件).
    """

    whole: Frame | None = None
    before: Frame | None = None
    theme: Frame | None = None
    listed: bool = False
    aside: bool = False
    label: str = ""


@lru_cache(maxsize=16384)
def restored(own: Frame, unit: str, around: Around) -> tuple[Frame, str]:
    """The full frame of a figure from its own words and its surroundings, and the rule that filled it."""
    whole, before = around.whole, around.before
    if not own.words:
        lender = whole or before or around.theme
        return (Frame(lender.verb, lender.object, unit), "subject.same") if lender else (own, "subject.none")
    if before is not None and (told := _of_before(own, before, unit, listed=around.listed)):
        return told
    if own.words in _SPELLED:
        own = Frame("", _SPELLED[own.words], unit)
    if whole is not None and own.words.removesuffix("案件") in KINDS:
        own = Frame("", own.words, unit)
    if own.verb and not own.object:
        return _bare_verb(own, around, unit)
    listed = around.listed and before is not None and before.verb and before.unit == unit and unit in _MONEY
    if _dependent(own, unit) and not (listed and unit != "元"):
        return _of_theme(own, around, unit)
    return _told_in_full(own, around, unit)


def _of_before(own: Frame, before: Frame, unit: str, *, listed: bool) -> tuple[Frame, str] | None:
    """Words that only make sense after the subject before them: 日均, 成功, 涉及, 比全国平均高…, 二审后."""
    if _AVERAGE.match(own.words):
        return Frame(before.verb, before.object + own.words, unit), "subject.average"
    if unit in {"个百分点", "百分点"} or own.words.startswith(("比", "高于", "低于", "高出")):
        return Frame("", before.words + own.words, unit), "subject.gap"
    if unit in {"%", "‰"} and (parallel := _parallel(own, before, listed=listed)):
        return parallel, "subject.parallel"
    if own.verb and not own.object and unit == before.unit and (averaged := _AVERAGED.match(before.words)):
        return Frame("", averaged["who"] + own.verb + averaged["what"], unit), "subject.averaged"
    if own.words in _STEPS and unit == before.unit and (of := _OF_CASES.match(before.object)) and not before.verb:
        return Frame("", of[1] + own.words, unit), "subject.stem"
    if own.words == "涉及":
        return Frame("", before.words + own.words, unit), "subject.involved"
    if own.words == "成功" and before.verb:
        return Frame(before.verb, before.object + own.words, unit), "subject.result"
    return None


def _told_in_full(own: Frame, around: Around, unit: str) -> tuple[Frame, str]:
    """Words that name their subject, unless they are a part of a whole or one of a list with its verb printed once."""
    whole, before = around.whole, around.before
    if whole is not None and (kind := _INSTANCES.match(own.object)) and domain(whole):
        return Frame(own.verb, kind["instance"] + domain(whole) + "案件", unit), "subject.part"
    if own.verb or ends_in_verb(own.object):
        return _standing(own, whole, unit)
    if whole is not None:
        return _part(own, whole, unit, aside=around.aside)
    short = len(own.words) <= 3
    if short and around.listed and before is not None and _alike(own.words, before.words[-len(own.words) :]):
        return Frame("", before.words[: -len(own.words)] + own.words, unit), "subject.parallel"
    if around.listed and before is not None and before.verb and before.object and before.unit not in {"%", "‰"}:
        return Frame(before.verb, own.object, unit), "subject.shared_verb"
    return own, "subject.plain"


def _parallel(own: Frame, before: Frame, *, listed: bool) -> Frame | None:
    """二审后 after 一审服判息诉率: built alike, it takes the rest; 安置率、帮教率 are of the same people."""
    if listed and (mine := _SHORT_RATE.match(own.words)) and (other := _RATE_OF_PEOPLE.match(before.words)):
        return Frame("", other["who"] + mine[0], own.unit)
    if _RATE.search(own.words) or not _RATE.search(before.object):
        return None
    for size in (2, len(own.words)):
        if _alike(own.words[:size], before.words[:size]):
            return Frame("", own.words + before.words[size:], own.unit)
    return None


def _standing(own: Frame, whole: Frame | None, unit: str) -> tuple[Frame, str]:
    """Words that end in a verb stand by themselves, unless they repeat the whole's verb or say what is left over."""
    if whole is None or own.verb or not whole.object:
        return own, "subject.plain"
    if own.object in _LEFT_OVER or (whole.verb and own.object.endswith(whole.verb)):
        return Frame(own.object, _summed_up(whole.object), unit), "subject.part"
    return own, "subject.plain"


def _bare_verb(own: Frame, around: Around, unit: str) -> tuple[Frame, str]:
    if NOMINAL.search(own.verb):
        before = around.before
        done = _NOMINAL_END.match(before.object) if before else None
        if before and done:
            return Frame(before.verb, done[1] + own.verb, unit), "subject.stem"
        about = domain(around.theme)
        alike = around.theme is None or not around.theme.unit or not unit or same_unit(around.theme.unit, unit)
        fits = alike and _is_lent(about, own)
        if around.label and own.verb in _LABELLED:
            return Frame("", around.label + own.verb, unit), "subject.label"
        if around.whole is not None:
            about = domain(around.whole)
            fits = is_event(around.whole) and _is_lent(about, own)
        if fits and len(about) <= len(own.verb) + 6:
            return Frame("", about + own.verb, unit), "subject.domain"
        return own, "subject.plain"
    kind = _own_kind(own, around, unit)
    if kind:
        return Frame(own.verb, kind, unit), "subject.own_kind"
    for lender in (around.before, around.whole, around.theme):
        if lender is not None and _lends(lender, unit):
            return Frame(own.verb, _summed_up(_event_of(lender)), unit), "subject.elided_object"
    if around.label:
        return Frame(own.verb, around.label, unit), "subject.label"
    return own, "subject.plain"


def _is_lent(about: str, own: Frame) -> bool:
    """Whether a kind of case may stand before a verb that is a noun too: 电信网络诈骗立案, but no 审查起诉起诉."""
    return bool(about) and about not in _BRANCHES and "审查" not in about and about not in own.verb


def _own_kind(own: Frame, around: Around, unit: str) -> str:
    """What a verb has for an object whatever stands around: 执结案件, 判处罪犯, 抓获…嫌疑人."""
    if unit in _PEOPLE and own.verb in CAUGHT:
        return domain(around.theme) + "嫌疑人"
    return OWN_KIND.get(own.verb) or (OWN_PEOPLE.get(own.verb, "") if unit in _PEOPLE else "")


def _lends(lender: Frame, unit: str) -> bool:
    """Whether a frame has an object that a bare verb can take: no rate, no sum, nothing per head."""
    if not lender.object or _RATE.search(lender.object) or lender.unit in _MONEY or "人均" in lender.words:
        return False
    return (
        is_event(lender)
        or bool(_stem(lender.object))
        or (same_unit(lender.unit, unit) and bool(head_noun(lender.object)))
    )


def _event_of(lender: Frame) -> str:
    """社区矫正 of 社区矫正累计接收: where a verb ends the object, only the kind of case is lent."""
    found = EVENT.search(lender.object)
    if found and found.end() < len(lender.object) and ends_in_verb(lender.object):
        return lender.object[: found.end()]
    return _stem(lender.object) or lender.object


def _stem(words: str) -> str:
    """社区矫正试点 of 社区矫正试点累计接收: an object without the verb that ends it."""
    found = _DONE_TO.match(words)
    return found[1] if found else ""


def _summed_up(words: str) -> str:
    """各类案件 of 刑事、民商事、行政等各类案件."""
    front, _, rest = words.rpartition("等")
    return rest if front and rest.startswith(("各类", "各种")) else words


def _dependent(own: Frame, unit: str) -> bool:
    """Whether a subject is a result of the case told before: money, short rates, deaths and losses."""
    if _MEASURED.match(own.words):
        return True
    short = len(own.words) <= 4 and not (unit in _MONEY and own.verb and len(own.object) > 1)
    return short and (unit in _MONEY or (unit in {"%", "‰"} and bool(_RATE.search(own.words))))


def _of_theme(own: Frame, around: Around, unit: str) -> tuple[Frame, str]:
    label = "" if "审查" in around.label else around.label
    about, before = domain(around.theme) or label, around.before
    short_rate = len(own.words) == 3 and bool(_RATE.search(own.words))
    if short_rate and not about and before and before.unit not in _NOT_COUNTS and own.words[0] not in before.verb:
        told = domain(before)
        about = told if len(told) <= 6 and own.words[:2] not in told else ""
    if (
        short_rate
        and before
        and before.verb
        and before.unit not in _NOT_COUNTS
        and (own.words[:2] in before.verb or own.words[:2] in _RESULTS)
    ):
        about = domain(before) or about
        if own.words == "成功率":
            about = (before.verb + domain(before)).removesuffix("成功")
    room = 99 if len(own.words) <= 3 or _MEASURED.match(own.words) else len(own.words)
    if about.endswith(own.words[:2]) and len(own.words) > 2:
        return Frame("", about + own.words[2:], unit), "subject.domain"
    if about and about not in own.words and len(about) <= room:
        return Frame("", about + own.words, unit), "subject.domain"
    return own, "subject.plain"


def _part(own: Frame, whole: Frame, unit: str, *, aside: bool) -> tuple[Frame, str]:
    """A part of a whole: with a head of its own it takes the verb, without one the object too.

    In a bracket a kind of the same noun is a kind of the whole: 农民工讨薪案件(含群体性案件) are 农民工讨薪群体性案件.
    """
    head, about = head_noun(own.object), domain(whole)
    if (
        aside
        and head in {"案件", "犯罪", "犯罪案件"}
        and head == head_noun(whole.object)
        and len(own.object) - len(head) <= 3
        and about
    ):
        return Frame(whole.verb, about + own.object, unit), "subject.part"
    same = not unit or not whole.unit or whole.unit == unit
    if unit in _PEOPLE and is_event(whole):
        same = False
    if not head_noun(own.object) and same and head_noun(whole.object) and own.object not in whole.object:
        return Frame(whole.verb, _overlapping(own.object, whole.object), unit), "subject.part"
    return Frame(whole.verb, own.object, unit), "subject.part"


def _overlapping(kind: str, of: str) -> str:
    """行政公益诉讼案件 of 行政公益诉讼 and 公益诉讼案件: what both hold is said once."""
    shared = next((size for size in range(min(len(kind), len(of)), 1, -1) if kind.endswith(of[:size])), 0)
    return kind + of[shared:]


_SUMMED = re.compile(r"等?(?:[两三四五六七八]|\d)(?:项|类|者|方面)(?:指标|数据)?(?:均|都)?$")


class Places(NamedTuple):
    """Places in a row and what is counted in each: 省城、滨江两市 | 收案数."""

    names: tuple[str, ...]
    rest: str


_PLACES = re.compile(
    r"^(?P<names>[\u4e00-\u9fff]{2,4}(?:[、和及][\u4e00-\u9fff]{2,4}?)+?)(?P<count>[两二三四五六七八九十]|\d+)(?:个)?(?:市州?|州市|地市?|县区?|区县?|省)"
    r"(?:法院|检察院|公安机关|公安局)?的?(?P<rest>[^,]+?)(?:位?居|位列|列|排名?|在)?$"
)


def places(words: str, count: int) -> Places | None:
    """The places that a list of levels belongs to, None where `words` name none, or not that many."""
    found = _PLACES.match(words)
    told = re.split("[、和及]", found["names"]) if found else []
    if found is None or len(told) != count:
        return None
    return Places(tuple(told), found["rest"])


def names(words: str, count: int) -> list[str] | None:
    """`words` as `count` names of one list, their shared parts restored; None where they are not that many."""
    if count == 1:
        return [words]
    found = _names(words, count)
    return list(found) if found else None


@lru_cache(maxsize=4096)
def _names(words: str, count: int) -> tuple[str, ...] | None:
    words = _SUMMED.sub("", words)
    for joint in (r"、|,|和|及|与|以及", r"、|,|和|及", r"、|,"):
        parts = [part.strip() for part in re.split(joint, words) if part.strip('" ')]
        if len(parts) == count:
            return tuple(_completed(parts))
    return None


def _completed(parts: list[str]) -> list[str]:
    """The beginning or the end that a list prints once, given back to each of its members.

    刑事、治安警情 / 一审、二审服判息诉率 / 八类案件、两抢案件破案率 / 监督公安机关立案、撤案 / 事故起数、死亡人数
    """
    last, first = parts[-1], parts[0]
    tail = ""
    if len(first) < len(last) and _alike(first, last[: len(first)]):
        tail = last[len(first) :]
    elif not head_noun(first):
        tail = head_noun(last)
    out = [
        part + tail
        if tail and not part.endswith(tail) and (not head_noun(part) or _alike(part, last[: len(part)]))
        else part
        for part in parts
    ]
    front = re.match(r"(.{2,}?(?:事故|案件|犯罪|火灾|诈骗|警情))(?:起数|件数|数|立案数|发案数)?$", out[0])
    for at in range(1, len(out)):
        part = out[at]
        if front and _MEASURED.match(part):
            out[at] = front[1] + part
        elif len(part) <= _SHORT_NAME and len(part) < len(first) and _alike(part, first[-len(part) :]):
            out[at] = first[: -len(part)] + part
    return out


def _alike(one: str, other: str) -> bool:
    """Whether two words of one length are built alike: they share a character at one place (立案, 撤案)."""
    return len(one) == len(other) and one != other and any(a == b for a, b in zip(one, other, strict=True))
