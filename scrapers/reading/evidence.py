"""Whether figures are told of a body's work at all, or of a person, a case, a place: evidence, text by text.

    strong by itself    a change; a rate by its name; a pair of cases and people; a deed and a kind of case
    strong beside it    a reach or a body named; a period named
    carried             what is weak by itself stands when its paragraph, or most of its text, is strong

A speech or a portrait has figures without any of these (背着被褥来到离县城62公里的法庭): unread, `no_report`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from scrapers.reading.lexicon import CHAIN
from scrapers.reading.structure import BASE, FROM, SHARE, TO, Item, Shape

_RATE = re.compile(r"(?:率|度|比|占比|比例|比重|指数|得分|安全感)$")
_WORK = re.compile(
    r"(?:案件|案|犯罪|罪|罪犯|被告人|嫌疑人|逃犯|纠纷|警情|事故|线索|积案|律师|调解员|矫正|公证|仲裁|援助|信访|建议|抗诉|起诉"
    r"|公诉|时间|天数|周期|用时|时长|期限|审限|火灾|死亡|受伤|撤案|接听|来电|咨询|办结|审结|受理|调解|批捕|逮捕|立案|收案|结案|发案|破案|团伙|组织|集团|枪支|毒品|损失|标的额?|救助金?|执行到位|隐患|违法|人员)(?:人数|件数|数|数量|总量|金额)?\)?$"
)
_CASE = re.compile(r"案|纠纷|犯罪|警情")
# A text is a report when this share of its figures is strong, or when so many are.
_SHARE = 0.2
_MANY = 3
# No person of a story has so many of anything but money and metres.
_COUNTLESS = 10_000
_NONE = Shape.NONE
_BESIDE_OTHERS = frozenset({SHARE, FROM, TO, BASE})
_MEASURED = {"元", "公里", "千米", "米", "平方米", "平方公里", "亩", "吨", "公斤", "克", "升", "mg", "ml", "字"}


def strong(item: Item) -> bool:
    """Whether a figure by itself shows that it is told of a body's work."""
    figure = item.figure
    if figure is not None and figure.shape is _NONE:
        return False
    if item.changes or "change.only" in item.rules or "table" in item.rules:
        return True
    if figure is None or figure.role in _BESIDE_OTHERS:
        return True
    many = figure.value is not None and figure.value >= _COUNTLESS and figure.unit not in _MEASURED
    return many or "subject.pair" in item.rules or _names_work(item.subject, rate=figure.unit in {"%", "‰", ""})


@lru_cache(maxsize=8192)
def _names_work(subject: str, *, rate: bool) -> bool:
    if rate:
        return bool(_RATE.search(subject) or _CASE.search(subject))
    return bool(_WORK.search(subject))


def placed(item: Item) -> bool:
    """Whether a body or a period is named for a figure, and its subject is a deed."""
    named = any(
        rule.startswith(("scope.", "period.")) and not rule.endswith((".report", ".context")) for rule in item.rules
    )
    return named and (bool(item.frame.verb) or bool(CHAIN.match(item.subject)))


def without_evidence(items: Sequence[tuple[Item, int]]) -> list[Item]:
    """The items (each with the number of its paragraph) that nothing shows to be told of a body's work."""
    by_paragraph: dict[int, list[bool]] = defaultdict(list)
    shown = [strong(item) or placed(item) for item, _ in items]
    for (_, paragraph), known in zip(items, shown, strict=True):
        by_paragraph[paragraph].append(known)
    total = sum(shown)
    report = total >= _MANY or (bool(items) and total / len(items) >= _SHARE)
    return [
        item
        for (item, paragraph), known in zip(items, shown, strict=True)
        if not known and not (report and (any(by_paragraph[paragraph]) or total / len(items) >= _SHARE))
    ]
