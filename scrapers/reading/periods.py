"""Words of time and the period that each means.

    2018至2022年  2018-2022          1至11月     of the year in force
    2024年        2024               上半年      half of it
    五年来        up to the report's end   今年 去年   by the date of publication
    截至2019年11月  January to November     “十二五”期间  2011-2015

A mention holds until the next one or the end of its paragraph; one that stands after 其中 only for its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from scrapers.period import Period
from scrapers.reading.places import DIGITS

_DIGIT = {**DIGITS, "十": 10}
_Y_STRICT = (
    r"(?:(?P<{0}>(?:19|20)\d\d|[一二][〇零九][〇零一二三四五六七八九]{{2}})\s?年(?:度)?"
    r"|(?P<{0}w>今年|去年|上年|前年|本年度?|当年))"
)
_M = r"(?P<{0}>1[0-2]|0?[1-9])"

_SHAPES: dict[str, str] = {
    "years": r"(?P<ys1>(?:19|20)\d\d)\s?年?(?:至|-|~|到)(?P<ys2>(?:19|20)\d\d)\s?年",
    "days": (
        rf"(?:{_Y_STRICT.format('ry')})?{_M.format('rm1')}\s?月(?P<rd1>\d{{1,2}})日?"
        rf"(?:至|-|~|到)(?:{_M.format('rm2')}\s?月)?(?P<rd2>\d{{1,2}})日"
    ),
    "year_months": (
        rf"{_Y_STRICT.format('ay')}的?{_M.format('am')}\s?月份?(?:\d{{1,2}}日)?(?:至|-|~|到)"
        rf"{_Y_STRICT.format('by')}的?{_M.format('bym')}\s?月份?(?:\d{{1,2}}日|底|末)?"
    ),
    "months": (
        rf"(?:{_Y_STRICT.format('my')}的?)?{_M.format('m1')}\s?(?:月份?)?(?:\d{{1,2}}日)?"
        rf"(?:至|-|~|到){_M.format('m2')}\s?月份?(?:\d{{1,2}}日)?"
    ),
    "head_months": rf"(?:{_Y_STRICT.format('hy')})?[头前](?P<hm>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})个?月",
    "part": (
        rf"(?:{_Y_STRICT.format('py')}的?)?(?P<part>上半年|下半年|前三季度|第?[一二三四1234]季度|(?:本|当)季度?|(?:本|当)月)"
    ),
    "since": (
        rf"(?:自|从)?(?:{_Y_STRICT.format('sy')}(?:{_M.format('sm')}\s?月份?)?|{_M.format('sm2')}\s?月(?:份|\d{{1,2}}日))(?:起|底)?"
        r"[^,。;、\d]{0,30}?(?:以来|至今)"
    ),
    "until": (
        rf"(?:截至|截止到?|(?<![复达高升增降少长得受])到)(?:目前|{_Y_STRICT.format('uy')}(?:{_M.format('um')}\s?月)?(?:底|末)?(?:\d{{1,2}}日)?"
        rf"|{_M.format('um2')}\s?月(?:底|末))"
    ),
    "day": rf"{_Y_STRICT.format('dy')}(?:1[0-2]|0?[1-9])\s?月\d{{1,2}}日",
    "month": rf"{_Y_STRICT.format('oy')}{_M.format('om')}\s?月(?:份|底|末)?|(?<![\d.]){_M.format('om2')}月份",
    "bare_month": (
        rf"^{_M.format('bm')}月"
        "(?:(?:份|底|末)?$|(?=[当刑民行治电盗诈命道案警全共新立受收结办审起批破发接抓查执判]))"
    ),
    "plan": r'"?(?:十(?P<plan>[一二三四五六])五|(?P<early>十五|九五))"?(?:时期|期间|规划期?间?|以来)',
    "congress": r"党的(?P<cg>十[六七八九]|二十)大(?:胜利)?(?:召开)?以来",
    "span": (
        r"(?:(?P<past>过去的?|这|最?近)|为期)?(?P<span>\d{1,2}|[一二两三四五六七八九十])年"
        r"(?:来|间|以来|的|(?=[共累审办受执调破抓起]|分别)|(?(past)(?=,|$|全[省市国区]|新收|法院|检察|公安|司法|政法)|(?!)))"
    ),
    # 恢复至2019年的六成, 接近2019年水平: a year that is only compared with.
    "year": (
        r"(?<!恢复[至到])(?<!接近)(?<!回[到升]到)(?<!回到)(?<!相当于)(?<!不及)"
        rf"{_Y_STRICT.format('yy')}(?:初|底|末|间)?(?!代|前|以[前上]|的?同期)"
    ),
    "same": r"同年(?!同期)",
    "whole": r"全年|年内|一年来|本年度?|过去一年|过去的一年",
}
_MENTION = re.compile("|".join(f"(?P<k_{name}>{shape})" for name, shape in _SHAPES.items()))
# No word of time is without one of these; most clauses are.
_HINT = re.compile(r"[年月季]|期间|时期|目前|以来|半年")
_MONTH_OF_DAYS = 26
_QUARTER = 3
_PLANS = {"九五": 1996, "十五": 2001, "一": 2006, "二": 2011, "三": 2016, "四": 2021, "五": 2026, "六": 2031}
# The month that each congress of the party ended in.
_CONGRESSES = {"十六": 200211, "十七": 200710, "十八": 201211, "十九": 201710, "二十": 202210}
_PARTS = {"上半年": (1, 6), "下半年": (7, 12), "前三季度": (1, 9)}
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def year_of(printed: str) -> int:
    """A year in digits or sign by sign: 2002, 二〇〇二."""
    return int("".join(sign if sign.isdigit() and sign.isascii() else str(DIGITS[sign]) for sign in printed))


@dataclass(frozen=True, slots=True)
class Clock:
    """What the words of time count from: the report's own period (maybe a guess so far) and when it was published."""

    report: Period | None
    published: date | None = None
    published_year: int | None = None
    guessed: bool = False

    @property
    def this_year(self) -> int | None:
        """The year that 今年 means: the one of publication, else the report's last."""
        if self.published:
            return self.published.year
        if self.report and self.published_year and self.report.last_year == self.published_year - 1:
            return self.published_year
        return self.published_year or (self.report.last_year if self.report else None)

    @property
    def month_before(self) -> Period | None:
        """The month that was over when the text came out: what 本月 means in a bulletin."""
        if self.published is None:
            return self.report
        last = self.published.year * 12 + self.published.month - 2
        return Period(last, last)

    def year(self, printed: str | None, word: str | None, in_force: Period | None) -> int | None:
        """The year of one mention: printed, by a word, else the one in force."""
        if printed:
            return year_of(printed)
        now = self.this_year
        if word in {"今年", "本年", "本年度"}:
            return now
        if word in {"去年", "上年"}:
            return now - 1 if now else None
        if word == "前年":
            return now - 2 if now else None
        near = in_force or self.report
        if near:
            return near.last_year
        return now


class TimeMention(NamedTuple):
    """One word of time in a stretch of words (offsets within it), not yet resolved."""

    start: int
    end: int
    rule: str
    printed: re.Match[str]


@lru_cache(maxsize=8192)
def mentions(words: str) -> tuple[TimeMention, ...]:
    """Every word of time in `words`, in order."""
    if not _HINT.search(words):
        return ()
    return tuple(
        TimeMention(found.start(), found.end(), str(found.lastgroup)[2:], found) for found in _MENTION.finditer(words)
    )


def resolved(mention: TimeMention, clock: Clock, in_force: Period | None) -> Period | None:
    """The period that a word of time means, None where nothing gives it one."""
    return _RESOLVE[mention.rule](mention.printed, clock, in_force)


def find_times(words: str, clock: Clock, in_force: Period | None) -> list[tuple[TimeMention, Period | None]]:
    """Every mention in `words` with its period, each resolved with the one before in force."""
    found = []
    for mention in mentions(words):
        period = resolved(mention, clock, in_force)
        in_force = period or in_force
        found.append((mention, period))
    return found


def _years(match: re.Match[str], _clock: Clock, _in_force: Period | None) -> Period | None:
    first, last = int(match["ys1"]), int(match["ys2"])
    return Period.years(first, last) if first <= last else None


def _days(match: re.Match[str], clock: Clock, in_force: Period | None) -> Period | None:
    """From day to day: the months that are meant where it is about a month or more, else none (see `is_short`)."""
    year = clock.year(match["ry"], match["ryw"], in_force)
    first, last = int(match["rm1"]), int(match["rm2"] or match["rm1"])
    return Period.months(year, first, last) if year and _days_of(match) >= _MONTH_OF_DAYS else None


def _days_of(match: re.Match[str]) -> int:
    months = int(match["rm2"] or match["rm1"]) - int(match["rm1"])
    return months * 30 + int(match["rd2"]) - int(match["rd1"]) + 1


def is_short(mention: TimeMention) -> bool:
    """Whether a mention names days too few for any period (5月1日至5日): their figures are of no series."""
    return mention.rule == "days" and 0 < _days_of(mention.printed) < _MONTH_OF_DAYS


def is_current(mention: TimeMention) -> bool:
    """Whether a mention is of the month or quarter that is spoken of: 当月, 本季度."""
    return mention.rule == "part" and mention.printed["part"][0] in "本当"


def _year_months(match: re.Match[str], clock: Clock, in_force: Period | None) -> Period | None:
    """From a month to one of another year: 2023年12月至2024年11月."""
    year, until = clock.year(match["ay"], match["ayw"], in_force), clock.year(match["by"], match["byw"], in_force)
    if not year or not until:
        return None
    first, last = year * 12 + int(match["am"]) - 1, until * 12 + int(match["bym"]) - 1
    return Period(first, last) if first <= last else None


def _months(match: re.Match[str], clock: Clock, in_force: Period | None) -> Period | None:
    year = clock.year(match["my"], match["myw"], in_force)
    first, last = int(match["m1"]), int(match["m2"])
    return Period.months(year, first, last) if year and first <= last else None


def _head_months(match: re.Match[str], clock: Clock, in_force: Period | None) -> Period | None:
    year = clock.year(match["hy"], match["hyw"], in_force)
    last = int(match["hm"]) if match["hm"].isdigit() else sum(_DIGIT[sign] for sign in match["hm"])
    return Period.months(year, 1, last) if year and last <= 12 else None


def _part(match: re.Match[str], clock: Clock, in_force: Period | None) -> Period | None:
    year = clock.year(match["py"], match["pyw"], in_force)
    part = match["part"]
    if part[0] in "本当":  # see `is_current`
        long = 1 if part.endswith("月") else _QUARTER
        if in_force and in_force.length == long:
            return in_force
        if clock.report and clock.report.length <= _QUARTER:
            return clock.report
        return clock.month_before if clock.published and long == 1 else None
    if not year:
        return None
    if part in _PARTS:
        return Period.months(year, *_PARTS[part])
    quarter = _QUARTERS[part.lstrip("第")[0]]
    return Period.months(year, quarter * 3 - 2, quarter * 3)


def _since(match: re.Match[str], clock: Clock, in_force: Period | None) -> Period | None:
    year = clock.year(match["sy"], match["syw"], in_force)
    if not year or not clock.report:
        return None
    first = year * 12 + int(match["sm"] or match["sm2"] or 1) - 1
    if first > clock.report.last:
        # The report is over: until the text came out.
        return Period(first, max(first, clock.month_before.last if clock.month_before else first))
    return Period(first, clock.report.last)


def _until(match: re.Match[str], clock: Clock, in_force: Period | None) -> Period | None:
    year = clock.year(match["uy"], match["uyw"], in_force)
    month = match["um"] or match["um2"]
    if not (match["uy"] or match["uyw"]) or not year:
        return _months_until(int(month), clock, in_force) if month else in_force
    if not month or int(month) == 12:
        return Period.year(year)
    if match[0].startswith("到"):
        return Period.months(year, int(month), int(month))
    return Period.months(year, 1, int(month))


def _months_until(month: int, clock: Clock, in_force: Period | None) -> Period | None:
    """截至5月底 without a year: what the report covers where it ends so, else of the year that was spoken of."""
    report = clock.report
    if report is None or report.last % 12 == month - 1:
        return report
    if in_force is not None and in_force != report:
        return Period.months(in_force.last_year, 1, month)
    if clock.published is None:
        return report
    return Period.months(clock.published.year - (month >= clock.published.month), 1, month)


def _month(match: re.Match[str], clock: Clock, in_force: Period | None) -> Period | None:
    year = clock.year(match["oy"], match["oyw"], in_force)
    month = int(match["om"] or match["om2"])
    return Period.months(year, month, month) if year else None


def _day(_match: re.Match[str], _clock: Clock, _in_force: Period | None) -> Period | None:
    """A day is when something happened or was said, not what a figure covers."""
    return None


def _bare_month(match: re.Match[str], clock: Clock, in_force: Period | None) -> Period | None:
    year = clock.year(None, None, in_force)
    month = int(match["bm"])
    if "底" in match[0] or "末" in match[0]:
        return in_force
    return Period.months(year, month, month) if year else None


def _same(_match: re.Match[str], _clock: Clock, in_force: Period | None) -> Period | None:
    return in_force


def _plan(match: re.Match[str], clock: Clock, _in_force: Period | None) -> Period | None:
    first = _PLANS[match["plan"] or match["early"]]
    whole = Period.years(first, first + 4)
    # “十四五”以来 of a report on 2024: what is not over is told as far as the report goes.
    if (
        match[0].endswith("以来")
        and clock.report
        and not clock.guessed
        and whole.first <= clock.report.last < whole.last
    ):
        return Period(whole.first, clock.report.last)
    return whole


def _congress(match: re.Match[str], clock: Clock, _in_force: Period | None) -> Period | None:
    year, month = divmod(_CONGRESSES[match["cg"]], 100)
    first = year * 12 + month - 1
    return Period(first, clock.report.last) if clock.report and first <= clock.report.last else None


def span_length(mention: TimeMention) -> int:
    """How many years a span names: 5 of 五年来."""
    return _years_of(mention.printed)


def _years_of(match: re.Match[str]) -> int:
    printed = match["span"]
    return int(printed) if printed.isdigit() else _DIGIT[printed]


def _span(match: re.Match[str], clock: Clock, _in_force: Period | None) -> Period | None:
    length = _years_of(match)
    report = clock.report
    if report is None or length < 2:
        return report
    if report.length > 12 and abs(report.length / 12 - length) <= 1.5:
        return report
    if report.length < 12 and length >= 10:
        return Period.years(report.last_year - length, report.last_year)
    return Period.years(report.last_year - length + 1, report.last_year)


def _year(match: re.Match[str], clock: Clock, in_force: Period | None) -> Period | None:
    if match["yyw"] == "当年":
        return in_force
    year = clock.year(match["yy"], match["yyw"], in_force)
    if not year:
        return None
    if clock.report and clock.report.length < 12 and clock.report.first_year == year == clock.report.last_year:
        return clock.report
    if match["yyw"] == "今年" and in_force and in_force.first_year == year == in_force.last_year:
        # A year that is not over does not widen what was said of it.
        return in_force
    return Period.year(year)


def _whole(_match: re.Match[str], clock: Clock, in_force: Period | None) -> Period | None:
    if in_force and in_force.length < 12 and clock.report and clock.report.length >= 12:
        return Period.year(in_force.last_year)
    return in_force or clock.report


_RESOLVE: dict[str, Callable[[re.Match[str], Clock, Period | None], Period | None]] = {
    "years": _years,
    "days": _days,
    "year_months": _year_months,
    "months": _months,
    "head_months": _head_months,
    "part": _part,
    "since": _since,
    "until": _until,
    "day": _day,
    "month": _month,
    "bare_month": _bare_month,
    "plan": _plan,
    "congress": _congress,
    "span": _span,
    "year": _year,
    "same": _same,
    "whole": _whole,
}
