"""What a change is measured against: 同比, 环比, 比2019年, 比上个五年, 是2016年的.

`BASIS` matches such a phrase; `comparisons` says what each means. The year before is `yoy`, whatever the words
(比上年, 较去年同期, 与上年相比, 较2023年 in 2024, no word at all); with a report of five years 同比 means the five
before. A basis told by name holds for the bare changes after it in its sentence (`runs`): 抢劫较2019年下降24.6%,
盗窃下降41.2%.
"""

from __future__ import annotations

import re

from scrapers.period import Period
from scrapers.reading.model import Basis
from scrapers.reading.periods import year_of
from scrapers.reading.structure import Comparison

_REFERENCE = (
    r"(?P<prior>(?:去年|上年|上一年度?|去年度|上年度)(?:全年|年底|底|末)?)"
    r"|(?P<chain>上个?(?:月|季度|周|期)|上一个?(?:月|季度|周)|前一?个?(?:月|季度|周))"
    r"|(?P<five>(?:此?前|上|过去)的?(?:一)?个?五年)"
    r'|(?P<plan>"?(?:十[一二三四五]五|十五|九五)"?(?:时期|期间|末|期末|规划)*)'
    r"|(?:(?:新冠)?疫情前的)?(?P<year>(?:19|20)\d\d|[一二][〇零九][〇零一二三四五六七八九]{2})\s?年?(?:底|末|初|度)?(?:上半年|下半年|第?[一二三四]季度)?(?P<more>(?:(?:、|和|及)(?:19|20)\d\d年)*)"
    r"|(?P<average>(?:此?前|过去)(?:\d|[一二三四五两])年(?:同期)?(?:平均数?|均值)?)"
    r"|(?P<other>(?:今年)?年初|[上下]半年[底末]?|去年上半年|第?[一二三四]季度[底末]?|(?:1[0-2]|[1-9])月份?(?![\d至到-])|(?:新冠)?疫情前|改革前"
    r"|[^,。;、\d的比较与]{1,8}(?:开展|实施|启动|改革|施行)?前)"
    r"|(?P<same>同期)"
)
BASIS = (
    rf"(?:同比(?=去年|上年|(?:19|20)\d\d)|环比(?=(?:(?:19|20)\d\d年)?(?:第?[一二三四]季度|[上下]半年|1?\d月)|上个?月)|比|较|与|同|跟|对比|同比)(?:{_REFERENCE})"
    r"(?:的?同期)?(?:平均数?)?(?:相比较?|比较|比)?"
)
_BASIS = re.compile(BASIS)
BASIS_PLAIN = re.sub(r"\(\?P<\w+>", "(?:", BASIS)
"""The same without names, to be put together with itself."""
# Until the period of the figure is known.
_YEAR_END = "去年底"
# A change without a word of its own is measured against the year before.
YEAR_BEFORE = Comparison(Basis.YOY)
_YOY = Basis.YOY
_YEAR = 12
_FOUR_DIGITS = re.compile(r"\d{4}")
_PART = re.compile("[上下]半年|第?[一二三四]季度")
_WORDS = re.compile(r"同比|环比")
FRONT = re.compile(rf"(?:{BASIS_PLAIN}|同比|环比)[,、和及与]*")
WHOLE = re.compile(rf"\s*(?:{BASIS})\s*")
# 较2023年的9.1万起、2022年的9.8万起: one more base of the list.
ANOTHER = re.compile(rf"(?:{_REFERENCE})(?:的?同期)?的?$")
RATIO = re.compile(
    rf"(?:是|为|相当于|达|达到|接近|超过)(?:{_REFERENCE})(?:的?同期|全年|总和|之和|总[量数])*(?:平均数?|均值)?的$"
)


def meaning(found: re.Match[str]) -> Comparison:
    """What one matched phrase of reference means."""
    if found[0].lstrip().startswith("环比"):
        return Comparison(Basis.CHAIN)
    if found["prior"]:
        # The end of the year before: year on year for a whole year only (see `settled`).
        return Comparison(Basis.YOY, _YEAR_END if found["prior"].endswith(("底", "末")) else None)
    if found["chain"]:
        return Comparison(Basis.CHAIN)
    if found["five"]:
        return Comparison(Basis.PREVIOUS_FIVE_YEARS)
    if found["year"]:
        year, part = year_of(found["year"]), _PART.search(found[0])
        named = f"{year}年{part[0]}" if part else str(year)
        return Comparison(Basis.NAMED_PERIOD, named, same_months="同期" in found[0] and not part)
    if found["same"]:
        return Comparison(Basis.YOY)
    if found["plan"]:
        return Comparison(Basis.NAMED_PERIOD, re.sub(r'"|时期|期间|规划|期(?=末)', "", found["plan"]))
    return Comparison(Basis.NAMED_PERIOD, found["average"] or found["other"])


def comparisons(words: str) -> list[Comparison]:
    """Every basis that `words` names, in order: 同比、环比 are two."""
    found: list[tuple[int, Comparison]] = []
    covered = 0
    for match in _BASIS.finditer(words):
        found.append((match.start(), meaning(match)))
        found.extend(
            (match.start() + at, Comparison(Basis.NAMED_PERIOD, year))
            for at, year in enumerate(re.findall(r"\d{4}", match["more"] or ""), 1)
        )
        covered = match.end()
        words = words[: match.start()] + " " * (covered - match.start()) + words[covered:]
    found.extend(
        (word.start(), Comparison(Basis.YOY if word[0] == "同比" else Basis.CHAIN)) for word in _WORDS.finditer(words)
    )
    return [comparison for _, comparison in sorted(found, key=lambda pair: pair[0])]


def settled(comparison: Comparison | None, period: Period | None) -> Comparison:
    """What a comparison means for a figure of `period`: year on year is five years on five for a report of five."""
    chosen = comparison or YEAR_BEFORE
    if chosen.base_period == _YEAR_END:
        part = period is not None and period.length < 12 and period.last % 12 != 11
        chosen = Comparison(Basis.NAMED_PERIOD, str(period.last_year - 1)) if period and part else YEAR_BEFORE
    if chosen.basis is _YOY and period and 36 < period.length <= 72:
        return Comparison(Basis.PREVIOUS_FIVE_YEARS)
    return _of_months(chosen, period) if period else chosen


def _of_months(told: Comparison, period: Period) -> Comparison:
    """What a named year means for a year, or for months of one.

    较2023年, of 2024, and 较2023年同期, of months of it, are year on year: its thresholds tell more. 较2022年同期, of
    its first half, is measured against the first half of 2022.
    """
    base = named_base(told, period)
    if base is None or base.length != period.length or period.first_year != period.last_year:
        return told
    return YEAR_BEFORE if base == period.shifted(-_YEAR) else Comparison(told.basis, str(base))


def named_base(told: Comparison, period: Period | None) -> Period | None:
    """The year that a comparison names, with 同期 its months as those of `period`; None where it names no year."""
    if told.basis is not Basis.NAMED_PERIOD or not _FOUR_DIGITS.fullmatch(told.base_period or ""):
        return None
    year = int(told.base_period or "")
    if told.same_months and period and period.first_year == period.last_year:
        return period.shifted(_YEAR * (year - period.first_year))
    return Period.year(year)
