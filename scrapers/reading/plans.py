"""Stretches of a text that tell what is meant to be, opened by a heading or an announcement.

三、2025年工作安排                     to the next heading of its rank (四、) or of a higher one
新的一年,全省法院将重点做好以下工作:      to the end, or to a heading that looks back (2024年工作回顾)
现将2025年工作要点通知如下:              the same

None of their figures is a result, though their sentences (一是办结案件6万件) say no word of a plan.
"""

from __future__ import annotations

import re

from scrapers.reading.layout import Span, rank
from scrapers.reading.normalise import Normal
from scrapers.reading.periods import Clock

_HEADING = 32  # a heading is no longer
_SEARCHED = 80  # nor is an announcement
_TO_THE_END = 0
_AHEAD = r"下一步|下步|下一?阶段|今后|未来|明年|来年|新的一年|新一年|下半年|下一年度|下季度"
_MEANT = r"安排|打算|计划|思路|要点|任务|部署|目标|举措|措施|展望|设想|谋划|重点|工作"
_YEAR = re.compile(rf"(?P<year>20\d\d)年(?:度|的)?[^,。;\d]{{0,14}}(?:{_MEANT})")
_ANY_YEAR = re.compile(r"(20\d\d)年")
_HEAD = re.compile(
    rf"(?:{_AHEAD})[^,。;\d]{{0,12}}(?:{_MEANT})"
    r"|今年[^,。;\d]{0,8}(?:安排|打算|计划|要点|思路|部署)$|(?:工作|发展)(?:打算|展望|设想|安排|计划)$"
    r"|(?:主要|总体|奋斗|工作|发展|预期)目标[:。]?$"
)
_DONE = re.compile(r"完成|落实|回顾|成效|进展|总结|情况|执行|成绩|亮点|问题")
_BACK = re.compile(r"回顾|总结|完成情况|(?:主要|工作)成效|附件|数据")
# Tasks are counted ahead of themselves; 今年以来…将…,办理信访案件1200件 is a result.
_FEW = r"(?<!\d)(?:[一二三四五六七八九十]{1,3}|\d{1,2})"
_TASKS = rf"{_FEW}(?:项[^。,;]{{0,6}}(?:工作|任务|举措|措施|行动)|个?方面|件[^。,;]{{0,4}}(?:大事|实事))[^。,;]{{0,8}}"
_ANNOUNCES = re.compile(
    rf"(?:(?<!现)将|(?<![主重需首必概摘纪简险只若不])要(?![点求]))[^。]{{0,24}}?(?:(?:以下|如下)[^。,;]{{0,12}}|{_TASKS})[:。]?$"
    r"|现将[^。]{0,24}(?:要点|计划|安排|打算|方案)(?![^。]{0,12}(?:情况|进展|成效))[^。]{0,12}如下[:。]?$"
)
# Whatever opens a stretch, or ends one by its words, has one of these; most sentences have none.
_SIGNS = re.compile(
    rf"{_AHEAD}|今年|20\d\d年|要点|计划|安排|打算|方案|展望|设想|目标|回顾|总结|完成情况|成效|附件|数据"
)
_MARKED = re.compile(rf"{_AHEAD}|今年(?!以?来)|20\d\d年|要点|计划|安排|打算|方案")


class Plans:
    """Whether the reader is in such a stretch; asked sentence by sentence, in the text's order."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._rank: int | None = None

    def holds(self, text: Normal, sentence: Span, paragraph: Span) -> bool:
        """Whether a sentence of a paragraph stands in a plan, or opens one."""
        first = sentence.start == paragraph.start
        counted = rank(text, sentence) if first else 0
        if sentence.end - sentence.start <= _SEARCHED and _SIGNS.search(text, *sentence):
            words = text[sentence.start : sentence.end].strip()
            if self._opens(words, heading=first and len(words) <= _HEADING):
                self._rank = counted or _TO_THE_END
                return True
            if first and len(words) <= _HEADING and _BACK.search(words):
                self._rank = None
        if counted and self._rank is not None and counted <= self._rank:
            self._rank = None
        return self._rank is not None

    def _opens(self, words: str, *, heading: bool) -> bool:
        if heading and not _DONE.search(words) and (_HEAD.search(words) or self._names_year_ahead(words)):
            return True
        return bool(_MARKED.search(words) and _ANNOUNCES.search(words)) and not self._names_year_told(words)

    def _names_year_ahead(self, words: str) -> bool:
        found = _YEAR.search(words)
        return found is not None and not self._is_told(int(found["year"]))

    def _names_year_told(self, words: str) -> bool:
        found = _ANY_YEAR.search(words)
        return found is not None and self._is_told(int(found[1]))

    def _is_told(self, year: int) -> bool:
        """Whether a year's results may be told: it is in the report, or over when the text came out."""
        report, published = self._clock.report, self._clock.published
        if report and year <= report.last_year:
            return True
        return year < ((published.year if published else None) or self._clock.published_year or year)
