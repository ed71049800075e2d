"""Lists of names in front of a row of figures: 刑事、治安警情; 省城、滨江、东山三市收案数.

What the list prints once (警情, 收案数) is given back to each of its members.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from scrapers.reading.cities import at_head
from scrapers.reading.lexicon import CHAIN, NOMINAL
from scrapers.reading.state import State
from scrapers.reading.subjects import average, clean, frame, head_noun, is_measure, without_average

_EACH_DONE = re.compile(r"^(?P<names>.+[、和及与].+?)分别(?P<verb>[^、,]+)$")
_ANNOUNCED = re.compile(
    r"^[^、,]*(?:前[两二三四五六七八九十\d]+|最多|主要|较多|集中)[^、,]*?(?:分别|依次)?(?:为|是|有|:)(?=[^、,]+、)"
)
_FOREMOST = re.compile(
    r"(?:等?(?:[两二三四五六七八九十]|\d+)(?:类|种|项|个)(?:案件|纠纷|罪名|领域|案由)?)?(?:数量|案件数|收案)?"
    r"(?:[位名排]?[列居](?:前(?:[两二三四五六七八九十]|\d)+[位名]?)?|排名?前(?:[两二三四五六七八九十]|\d)+[位名]?|为主|居多|最多|较多|占比较[大高])$"
)
# 刑事、治安案件立案: a step is the end that a list prints once, with the noun before it.
_STEP = re.compile(r"(?:案件|纠纷|犯罪)?(?:收案|结案|立案|发案|破案|受案)$")
_CRIME = re.compile(r"罪$")
_SHORT_NAME = 3  # 撤案 after …立案, 抓获数 after …破案数: longer names are whole by themselves


_SUMMED = re.compile(r"等?(?:[两三四五六七八]|\d)(?:项|类|者|方面)(?:指标|数据)?(?:均|都)?$")


# 刑事、民事、行政三类案件收案: the sum between the names and what is counted of each.
_SUMMED_CASES = re.compile(r"等?(?:[两三四五六七八]|\d)类案件(?=收案|结案|立案|发案|破案)")


class Places(NamedTuple):
    """Places in a row and what is counted in each: 省城、滨江两市 | 收案数."""

    names: tuple[str, ...]
    rest: str


_BODY = re.compile(r"^(?:法院|检察院|检察机关|公安机关|公安局)(?=[^,]|$)")
# 增幅最大, 降幅居前: how far a place's change goes, and no subject.
_RANKED = re.compile(
    r"(?:的?(?:同比)?(?:增幅|降幅|升幅|涨幅|减幅|增速|降速))?(?:最[大高快小低多]|[位排]?居前列?|靠前|居首|领先|较[大快高]|[位列]居?前[两三四五六七八九十]?)?$"
)
_PLACES = re.compile(
    r"^(?P<names>[\u4e00-\u9fff]{2,4}(?:[、和及][\u4e00-\u9fff]{2,4}?)+?)(?P<count>[两二三四五六七八九十]|\d+)(?:个)?(?:市州?|州市|地市?|县区?|区县?|省)"
    r"(?:法院|检察院|公安机关|公安局)?的?(?P<rest>[^,]+?)(?:位?居|位列|列|排名?|在)?$"
)


def places(words: str, count: int, state: State | None = None) -> Places | None:
    """The places that a list of levels belongs to, None where `words` name none, or not that many.

    Prefectures of the report's province need no word that sums them up (两市): 襄阳、宜昌分别起诉.
    """
    named = at_head(words, state.main.region, state.gazetteer) if state else None
    if named and len(named.names) == count:
        return Places(named.names, _RANKED.sub("", clean(_BODY.sub("", named.rest))))
    found = _PLACES.match(words)
    told = re.split("[、和及]", found["names"]) if found else []
    if found is None or len(told) != count:
        return None
    return Places(tuple(f"{name}市" for name in told), found["rest"])


def ranked(words: str, count: int) -> list[str] | None:
    """The `count` names of a list that is told for its ranks: 民间借贷、金融借款纠纷居前二."""
    head = _ANNOUNCED.match(words)
    listed = words[head.end() :] if head else _FOREMOST.sub("", words)
    if listed == words or "、" not in listed:
        return None
    found = names(listed, count)
    verb = frame(head[0]).verb if head and found else ""
    return [verb + name for name in found] if found else None


def names(words: str, count: int) -> list[str] | None:
    """`words` as `count` names of one list, their shared parts restored; None where they are not that many."""
    if count == 1:
        return [words]
    found = _names(words, count)
    return list(found) if found else None


@lru_cache(maxsize=4096)
def _names(words: str, count: int) -> tuple[str, ...] | None:
    words = _SUMMED.sub("", _SUMMED_CASES.sub("", words))
    if averaged := average(words):
        # 刑事案件、命案年均: of each.
        listed = _names(without_average(words), count)
        return tuple(name + averaged for name in listed) if listed else None
    if (each := _EACH_DONE.match(words)) and (told := CHAIN.fullmatch(each["verb"])):
        # 盗窃、诈骗分别立案; 民事、刑事案件分别审结.
        listed = _names(each["names"], count)
        after = NOMINAL.search(told[0])
        return tuple(name + told[0] if after else told[0] + name for name in listed) if listed else None
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
    if len(first) < len(last) and alike(first, last[: len(first)]):
        tail = last[len(first) :]
    elif not head_noun(first):
        step = _STEP.search(last)
        tail = step[0] if step else head_noun(last)
    out = [
        part + tail
        if tail and not part.endswith(tail) and (not head_noun(part) or alike(part, last[: len(part)]))
        else part
        for part in parts
    ]
    front = re.match(r"(.{2,}?(?:事故|案件|犯罪|火灾|诈骗|警情))(?:起数|件数|数|立案数|发案数)?$", out[0])
    for at in range(1, len(out)):
        part = out[at]
        if front and is_measure(part):
            out[at] = front[1] + part
        elif len(part) <= _SHORT_NAME and len(part) < len(first) and alike(part, first[-len(part) :]):
            out[at] = first[: -len(part)] + part
        elif _CRIME.search(part) and _CRIME.search(first) and not frame(part).verb:
            out[at] = frame(first).verb + part
    return out


def alike(one: str, other: str) -> bool:
    """Whether two words of one length are built alike: they share a character at one place (立案, 撤案).

    盗窃罪 and 驾驶罪 are not: what a crime is called is never the rest of another's name (危险驾驶罪、盗窃罪).
    """
    if one.endswith("罪") or (one.endswith("案") and len(one) > len("立案")):
        return False
    return len(one) == len(other) and one != other and any(a == b for a, b in zip(one, other, strict=True))
