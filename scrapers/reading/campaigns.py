"""Campaigns: 专项行动以来 counts from the start that the text itself gives (行动从2017年5月持续到12月).

What is told of a campaign, a holiday or a day without such a start is told of no period that a series has: 春节期间,
“夏季行动”中, 12月31日当天. `Episodes` finds those words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from scrapers.period import Period
from scrapers.reading.layout import Span
from scrapers.reading.normalise import Normal

_START = re.compile(
    r"(?:行动|斗争|整治|工作)[^,。;\d]{0,6}(?:从|自|于)(?P<year>(?:19|20)\d\d)年(?P<month>\d{1,2})月[^,。;\d]{0,4}?(?:持续|开始|启动|起|至)"
    r"|(?P<year2>(?:19|20)\d\d)年(?P<month2>\d{1,2})月(?:份)?(?:起|以来)?,?(?:组织|部署|启动)?开展[^,。;\d]{0,16}(?:行动|斗争|整治)"
)
# No text tells of a start without a year's month; nearly all are without one, and one look says so.
_HINT = re.compile(r"年\d{1,2}月")
_SINCE = re.compile(r"^(?:[^,。;\d]{0,12}(?:专项)?(?:行动|斗争|整治)(?:开展|启动|实施)?以来)[,、]?")


def campaign_start(text: Normal) -> int | None:
    """The first month (year × 12 + month − 1) of the campaign that a text tells of, None where it tells of none."""
    found = _START.search(text) if _HINT.search(text) else None
    if not found:
        return None
    return int(found["year"] or found["year2"]) * 12 + int(found["month"] or found["month2"]) - 1


_CALLED = r"(?:行动|斗争|整治|攻坚战?|会战|战役|战|清查)\"?"
_CAMPAIGN = re.compile(_CALLED)
_OCCASION = (
    "春节|国庆|五一|元旦|中秋|清明|端午|双节|两节|节日|假期|假日|长假|春运|暑运|暑期"
    "|两会|亚运会?|进博会|博览会|大会|峰会|论坛|高考|中考|汛期|疫情|活动"
)
_EPISODE = re.compile(
    rf"{_CALLED}(?:开展|启动|实施|部署)?(?:期间|中(?=[,、全共])|以来|后(?=,))|(?:开展|组织|部署|启动)[^,。;\d]{{2,16}}?(?:行动|会战|战役)\"?,"
    rf"|(?:{_OCCASION})\"?(?:长假|假期|活动|安保)?(?:期间|\d+天|[一二三四五六七八九十]天)|(?:{_OCCASION})(?:小?长假|假期|假日)(?=[,、全共])|当[天日晚](?!事|地)|首日|[一二两三]周内|\d+天内"
)
# A start that nobody dates: 近年来, 立案登记制实施以来, 换届以来; and what is counted since it began.
_UNDATED = re.compile(
    r"(?:(?<=[,。;、:\n])|^)(?!今年|去年|年初|本年|上年|[上下]半年|党的|[一二三四五六七八九十两]+年|\"?十[一二三四五]五)[^,。;、:\d]{1,30}?以来(?!新|最|首|第|历史|的?[新最历])"
    r"|近年来|近几年来?|多年来|历年|长期以来|本?届?任期内|累计(?=接收|解除)"
)
# What is told of the year again, after an episode in the same sentence.
_OVER = re.compile("[;。]|全年|今年以来|一年来|去年以来")
# Some of the places: 有12个县区起诉人数不足100人.
_SOME = re.compile(
    r"(?<!全[省区市])(?<!全部)\d+个(?:县市?区?|市州?|州市?|地市|区县|(?:基层)?(?:法|检察)?院)(?=[\u4e00-\u9fff])[^,。;]*"
)
# 对行贿犯罪提起公诉86人, 对民营企业负责人不批准逮捕86人、不起诉142人: of some only, and so is what is told after it.
_WHOM = re.compile(
    r"对(?!公安|侦查|监察|各类|各种|全部|所有|刑事犯罪|犯罪嫌疑人|被告人|罪犯|法院|检察)[^,。;\d对]{2,24}?"
    r"(?:批准逮捕|批捕|决定逮捕|提起公诉|起诉|提出抗诉|判处|宣告)(?=[^,。;\d]{0,12}\d)"
)
_TO_WHOM = "对"
# The nation's own bodies as the source: their figures are no province's, until it is named.
_QUOTED = re.compile(
    r"(?:最高(?:人民)?(?:法院?|检(?:察院)?)|公安部|司法部|中央政法委|国家统计局)[^,。;\d]{0,12}?"
    r"(?:通报|数据|统计|报告|发布|显示|公布|消息|透露|介绍)[^,。;\d]{0,6},"
)
# No episode is without one of these; most sentences are.
_SIGNS = re.compile(
    "以来|期间|行动|战|斗争|整治|清查|当天|当日|当晚|假|首日|周内|天|年来|近几年|历年|任期|累计|个县|个市|个州|个地市|个区|个院|个基"
    "|个法|个检|最高|公安部|司法部|政法委|统计局"
)
# The same of a start that nobody dates, and of places: their own patterns cost much more than a look.
_BEGUN = re.compile("以来|年来|近几年|历年|长期|任期|累计")
_COUNTED_PLACES = "个"
# What goes on after a sentence without figures ends in one of these.
_LASTING = re.compile("以来|年来|期间")
_HOME = re.compile(r"[全我本][省市区县]|全自治区|本院")
# A time that is dated again, in a sentence after one that was not.
_DATED = re.compile(r"\d年|\d月|[今去本当上]年|全年|年内|半年|季度|一年来|五年来")
_ALL_YEAR = re.compile(r"全年|年内|[今当去]年|\d{4}年")


class Episodes:
    """What of a paragraph joins no series; asked sentence by sentence.

    Told of no period that a series has, of some places only, or by the nation's own bodies in another's report.
    """

    def __init__(self, *, dated: bool, national: bool) -> None:
        self._dated = dated
        self._national = national
        self._goes_on = False

    def pass_over(self, text: Normal, sentence: Span) -> None:
        """A sentence without figures: what it opens goes on after it."""
        if self._goes_on or _LASTING.search(text, *sentence):
            self.of(text, sentence)

    def of(self, text: Normal, sentence: Span) -> list[Span]:
        """The stretches of a sentence that join none; a campaign whose months are known joins its own.

        An episode that opens its sentence goes on in those after it, until a time is named.
        """
        if self._goes_on and not _DATED.search(text, sentence.start, sentence.end):
            return [sentence]
        self._goes_on = False
        words = text[sentence.start : sentence.end]
        whom = [Span(found.start(), self._end(text, found.end(), sentence)) for found in _whom(text, sentence, words)]
        if not _SIGNS.search(text, *sentence):
            return whom
        places = _SOME.finditer(text, *sentence) if _COUNTED_PLACES in words else ()
        found = [*whom, *(Span(*each.span()) for each in places)]
        quoted = None if self._national else _QUOTED.search(text, *sentence)
        if quoted:
            home = _HOME.search(text, quoted.end(), sentence.end)
            found.append(Span(quoted.end(), home.start() if home else sentence.end))
        undated = _UNDATED.finditer(text, *sentence) if _BEGUN.search(words) else ()
        for opening in (*_EPISODE.finditer(text, *sentence), *undated):
            since = opening[0].endswith("以来")
            if self._dated and since and _CAMPAIGN.search(opening[0]):
                continue
            if opening[0] == "累计" and _ALL_YEAR.search(text, sentence.start, opening.start()):
                continue
            self._goes_on = self._goes_on or (
                opening[0].endswith(("来", "期间")) and "," not in text[sentence.start : opening.start()]
            )
            found.append(Span(opening.end(), self._end(text, opening.end(), sentence)))
        return found

    @staticmethod
    def _end(text: Normal, start: int, sentence: Span) -> int:
        """Where the year is told of again, after what begins at `start`."""
        over = _OVER.search(text, start, sentence.end)
        return over.start() if over else sentence.end


def _whom(text: Normal, sentence: Span, words: str) -> Iterable[re.Match[str]]:
    return _WHOM.finditer(text, *sentence) if _TO_WHOM in words else ()


class Campaign(NamedTuple):
    """专项行动以来 at the head of some words, and where they go on."""

    end: int


def since_campaign(words: str) -> Campaign | None:
    """专项行动以来 at the head of `words`; None where they begin otherwise."""
    found = _SINCE.match(words)
    return Campaign(found.end()) if found else None


def campaign_period(start: int | None, in_force: Period | None) -> Period | None:
    """From the campaign's first month to the end of what is in force."""
    if start is None or in_force is None or in_force.last < start:
        return None
    return Period(start, in_force.last)
