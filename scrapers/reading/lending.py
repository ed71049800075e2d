"""What words leave out, lent by those before them.

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
    CAUGHT,
    CHAIN,
    CRIMES,
    EVENT,
    KINDS,
    NOMINAL,
    OWN_KIND,
    OWN_PEOPLE,
    ends_in_verb,
    same_unit,
)
from scrapers.reading.rosters import alike
from scrapers.reading.structure import Frame
from scrapers.reading.subjects import average, domain, head_noun, instance, is_event, is_measure, is_rate

_SHORT_RATE = re.compile(r"^[\u4e00-\u9fff]{2}率$")
_RATE_OF_PEOPLE = re.compile(r"^(?P<who>[\u4e00-\u9fff]*(?:人员|对象|当事人|群众))[\u4e00-\u9fff]{2}率$")
_SPELLED = {"死": "死亡", "伤": "受伤", "发": "发案", "破": "破案"}
# 法官人均受理案件245件、审结186件: what is averaged is printed once.
_AVERAGED = re.compile(rf"^(?P<who>[^,]*人均){CHAIN.pattern}(?P<what>案件)$")
_ALONE = re.compile(r"^(?:日|月|年|周|季|人|户|次)均$")
_RESULTS = {"采纳", "整改", "回复", "成功", "履行", "化解", "办结", "反馈", "落实", "转化", "调解"}
_PEOPLE = {"人", "名", "位", "人次"}
_NOT_COUNTS = {"", "%", "‰", "元"}
_DONE_TO = re.compile(r"^(.{4,}?)(?:累计|共)(?:接收|解除|受理|办理|接听)$")
_NOMINAL_END = re.compile(r"^(.{4,}?)(?<!不予)(?<!批准)(?<!决定)不?(?:批捕|逮捕|起诉|公诉|立案|收案|结案|发案|破案)$")
# 刑事案件收案6.23万件,…,结案6.31万件: the step of the kind told before.
# Steps of a prosecution, and what says nothing of whom they meet.
_STEP = re.compile(
    r"(?:受理)?审查(?:逮捕|起诉)|(?:依法)?(?:不?批准|批准和决定|不批准和不予)?(?:决定)?逮捕|不?批捕"
    r"|(?:决定)?不?起诉|提起公诉|公诉"
)
_PEOPLE_OF_ALL = re.compile(r"各类|全部|刑事|犯罪|嫌疑人|被告人|罪犯|人员|案件|人数|[\"()]")
_STEPS = {"收案", "结案", "立案", "破案", "发案", "受案"}
_OF_CASES = re.compile(r"^(.{2,}(?:案件|纠纷))(?:收案|结案|立案|破案|发案|受案)$")
# 破获九类涉黑涉恶刑事案件,其中故意伤害2207起: a crime is one of the sorts, and not a sort of them all.
_SORTS = re.compile(r"(?:[两二三四五六七八九十]|\d)大?类|^各类|^一?般?刑事案件$")
_LABELLED = {"立案", "收案", "结案", "受案", "办结", "发案", "破案"}
_SHOULD = re.compile(r"(?:应当?|实际|已|均|依法|共)+$")
_LEFT_OVER = {"旧存", "存案"}
_BRANCHES = {"刑事", "民事", "行政", "民商事", "各类刑事"}
_PER_HEAD = re.compile(r"人均|[每万]人|每十万|比$")
_MONEY = {"元", "美元", "平方米", "亩"}


class Around(NamedTuple):
    """What may lend a subject its missing half.

    `whole` is what 其中 takes parts of, `before` the frame last said, `theme` the last kind of case (or the heading),
    `listed` tells that only 、 parts the words from the figure before, `aside` that they stand in a bracket;
    `label` is what a colon or a heading announced (法律援助:受理2.02万件); `recalled` tells that `before` was said in
    the sentence before.
    """

    whole: Frame | None = None
    before: Frame | None = None
    theme: Frame | None = None
    listed: bool = False
    aside: bool = False
    label: str = ""
    recalled: bool = False


@lru_cache(maxsize=16384)
def restored(own: Frame, unit: str, around: Around) -> tuple[Frame, str]:
    """The full frame of a figure from its own words and its surroundings, and the rule that filled it."""
    whole, before = around.whole, around.before
    if not own.words:
        lender = whole or before or around.theme
        return (Frame(lender.verb, lender.object, unit), "subject.same") if lender else (own, "subject.none")
    if before is not None and (told := _of_before(own, before, unit, listed=around.listed)):
        return told
    if not unit and average(own.words):
        return own, "subject.average"
    if own.words in _SPELLED:
        own = Frame("", _SPELLED[own.words], unit)
    if whole is not None and own.words.removesuffix("案件") in KINDS:
        own = Frame("", own.words, unit)
    if own.verb and not own.object:
        return _bare_verb(own, around, unit)
    listed = around.listed and before is not None and before.verb and before.unit in _MONEY and unit in _MONEY
    if _dependent(own, unit) and not (listed and unit != "元"):
        return _of_theme(own, around, unit)
    return _told_in_full(own, around, unit)


def _of_before(own: Frame, before: Frame, unit: str, *, listed: bool) -> tuple[Frame, str] | None:
    """Words that only make sense after the subject before them: 日均, 成功, 涉及, 比全国平均高…, 二审后."""
    if _ALONE.match(own.words):
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
    if whole is not None and (told := instance(own)) and domain(whole):
        return Frame(own.verb, told + domain(whole) + "案件", unit), "subject.part"
    if own.verb or ends_in_verb(own.object):
        return _standing(own, whole, unit)
    if whole is not None:
        return _part(own, whole, unit, aside=around.aside)
    short = len(own.words) <= 3
    if short and around.listed and before is not None and alike(own.words, before.words[-len(own.words) :]):
        return Frame("", before.words[: -len(own.words)] + own.words, unit), "subject.parallel"
    if around.listed and before is not None and before.verb and before.object and before.unit not in {"%", "‰"}:
        return Frame(before.verb, own.object, unit), "subject.shared_verb"
    return own, "subject.plain"


def _parallel(own: Frame, before: Frame, *, listed: bool) -> Frame | None:
    """二审后 after 一审服判息诉率: built alike, it takes the rest; 安置率、帮教率 are of the same people."""
    if listed and (mine := _SHORT_RATE.match(own.words)) and (other := _RATE_OF_PEOPLE.match(before.words)):
        return Frame("", other["who"] + mine[0], own.unit)
    if is_rate(own.words) or not is_rate(before.object):
        return None
    for size in (2, len(own.words)):
        if alike(own.words[:size], before.words[:size]):
            return Frame("", own.words + before.words[size:], own.unit)
    return None


def _standing(own: Frame, whole: Frame | None, unit: str) -> tuple[Frame, str]:
    """Words that end in a verb stand by themselves, unless they repeat the whole's verb or say what is left over."""
    if whole is None or own.verb or not whole.object:
        return own, "subject.plain"
    if own.object in _LEFT_OVER or (whole.verb and own.object.endswith(whole.verb)):
        return Frame(own.object, _summed_up(whole.object), unit), "subject.part"
    return own, "subject.plain"


def _bare_noun(own: Frame, around: Around, unit: str) -> tuple[Frame, str]:
    """A verb that is a noun too (起诉, 立案): it can stand alone, and takes what it plainly is of."""
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
    if around.whole is None and before and not around.recalled and (people := _people_met(before, own, unit)):
        return Frame(own.verb, people, unit), "subject.elided_object"
    return own, "subject.plain"


def _bare_verb(own: Frame, around: Around, unit: str) -> tuple[Frame, str]:
    if NOMINAL.search(own.verb):
        return _bare_noun(own, around, unit)
    kind = _own_kind(own, around, unit)
    if kind:
        return Frame(own.verb, kind, unit), "subject.own_kind"
    for lender in (around.before, around.whole, around.theme):
        if lender is not None and _lends(lender, unit):
            return Frame(own.verb, _summed_up(_event_of(lender)), unit), "subject.elided_object"
    if around.label:
        return Frame(own.verb, around.label, unit), "subject.label"
    return own, "subject.plain"


def _people_met(before: Frame, own: Frame, unit: str) -> str:
    """Whom the step before met, if the next one does too: 起诉 after 批准逮捕涉黑犯罪嫌疑人, not after 各类…."""
    step = _STEP.match(before.words)
    if not step or step[0] == own.verb or not _STEP.fullmatch(own.verb) or not {unit, before.unit} <= _PEOPLE:
        return ""
    people = before.words[step.end() :]
    return people if len(_PEOPLE_OF_ALL.sub("", people)) > 1 else ""


def kind_of_suspects(theme: Frame) -> str:
    """电信网络诈骗 before the suspects of such cases; nothing where the cases are of every kind."""
    about = domain(theme)
    return "" if about in _BRANCHES or "刑事" in about or theme.unit in _MONEY else about


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
    if not lender.object or is_rate(lender.object) or lender.unit in _MONEY or "人均" in lender.words:
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
    if is_measure(own.words):
        return True
    short = len(own.words) <= 4 and not (unit in _MONEY and own.verb and len(own.object) > 1)
    return short and (unit in _MONEY or (unit in {"%", "‰"} and is_rate(own.words)))


def _of_theme(own: Frame, around: Around, unit: str) -> tuple[Frame, str]:
    label = "" if "审查" in around.label else around.label
    about, before = domain(around.theme) or label, around.before
    if unit in _MONEY and around.whole is not None and before is not None and is_event(before) and not around.recalled:
        about = domain(before) or about  # 其中电信网络诈骗立案1934起、损失1.26亿元: the part's
    short_rate = len(own.words) == 3 and is_rate(own.words)
    if short_rate and not about and before and before.unit not in _NOT_COUNTS and own.words[0] not in before.verb:
        # A rate, or so many a head, has no rate of its own.
        told = "" if is_rate(before.object) or _PER_HEAD.search(before.words) else domain(before)
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
    if own.words == "适用率" and before and ends_in_verb(before.words):
        return Frame("", before.words + own.words, unit), "subject.stem"
    if short_rate and before and (stem := _stem_before(own, before)):
        return Frame("", stem + "率", unit), "subject.stem"
    room = 99 if len(own.words) <= 3 or is_measure(own.words) else len(own.words)
    if about.endswith(own.words[:2]) and len(own.words) > 2:
        return Frame("", about + own.words[2:], unit), "subject.domain"
    if about and about not in own.words and len(about) <= room:
        return Frame("", about + own.words, unit), "subject.domain"
    return own, "subject.plain"


def _stem_before(own: Frame, before: Frame) -> str:
    """行政机关败诉 of 判决行政机关败诉: a rate of what was just told to be done takes what did it, or had it done."""
    stem = own.words[:2]
    told = before.object.removesuffix("案件")
    front = told.removesuffix(stem)
    if front == told or len(front) <= len(stem) or front.endswith(("不", "未", "免")):
        # 裁定准予执行, 准予率: what is allowed is said behind it.
        behind = before.words.partition(stem)[2]
        return before.words if len(behind) == len(stem) and not head_noun(behind) else ""
    return _SHOULD.sub("", front) + stem


def is_short_rate(words: str) -> bool:
    """Whether words are a rate of two characters that says not what of: 破案率."""
    return bool(_SHORT_RATE.match(words))


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
    if CRIMES.fullmatch(own.object) and _SORTS.search(whole.object):
        return Frame(whole.verb, own.object + "案件", unit), "subject.part"
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
