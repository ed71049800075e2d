"""The time that a publication covers: said in its title, else the year before its session or its publication.

2025年上半年 2025年一季度 2025年1至9月   that part of the year
2024年度 2024年法治政府建设…报告          that year
工作报告 of a session in January 2026     2025, though the title may say 2026年
first session of a congress, 过去五年     the five years before
"""

from __future__ import annotations

import re
from datetime import date

from scrapers.pages.model import Article
from scrapers.period import Period
from scrapers.vocabulary import PublicationKind

_DIGITS = dict(zip("〇零一二三四五六七八九", "00123456789", strict=True)) | {"○": "0", "Ｏ": "0", "O": "0"}
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年?(?:度)?|([二][〇零○ＯO]?[〇零一二三四五六七八九○ＯO]{2,3})年")
_MEETING_DAY = re.compile(
    r"((?:19|20)\d{2})年(\d{1,2})月(\d{1,2})日|([二一][〇零○ＯO九一二三四五六七八]{3})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_MEETING = re.compile(r"会议上|会议通过|代表大会|在.{2,30}会")
_SESSION_NUMBER = re.compile(r"第[一二三四五六七八九十]+届[^。]{0,20}?第([一二三四五六七八九十]+)次会议")
_HALF = re.compile(r"上半年|1\s*[-—至到~～]\s*6月")
_SECOND_HALF = re.compile(r"下半年")
_QUARTER = re.compile(r"(?:第)?([一二三四1-4])季度")
_THREE_QUARTERS = re.compile(r"前三季度|1\s*[-—至到~～]\s*9月")
_MONTHS = re.compile(r"(\d{1,2})月?\s*[-—至到~～]\s*(\d{1,2})月")
_MONTH = re.compile(r"(?<!\d)(\d{1,2})月(?:份)?(?!\d*日)")
_SPAN = re.compile(r"((?:19|20)\d{2})\s*年?\s*[-—至到~～]\s*((?:19|20)\d{2})年")
_FIVE = re.compile(r"(?:过去|五年来|这五年|近)五年|五年来|过去的五年")
_DAY_ALONE = re.compile(r"[（(—\-\s]*[\d二][^。]{6,40}[)）]?")
_LINE = 80
_OPENING = 8
_SPRING = 5


def meeting_of(article: Article) -> date | None:
    """The day of the session to which a report was given: the line under the title, or the first lines of the body."""
    for text in (*article.heading, *article.paragraphs[:6]):
        if not _DAY_ALONE.fullmatch(text) and not (len(text) <= _LINE and _MEETING.search(text)):
            continue
        if (match := _MEETING_DAY.search(text)) and (day := _day(match)) is not None:
            return day
    return None


def period_of(article: Article, kind: PublicationKind, meeting: date | None, published: date | None) -> Period | None:
    """The covered period, or None where neither title nor dates tell a year."""
    title = article.title
    if (span := _SPAN.search(title)) and int(span[1]) < int(span[2]):
        return Period.years(int(span[1]), int(span[2]))
    year = _year_in(title)
    if (part := _part(title, year, published)) is not None:
        return part
    given = meeting or published
    if _covers_five(article, kind) and given is not None:
        return Period.years(given.year - 5, given.year - 1)
    if year is not None:
        # 2026年…工作报告, given in January 2026, tells of 2025.
        early = given is not None and given.year == year and (given.month < _SPRING or meeting is not None)
        return Period.year(year - 1 if early and kind is not PublicationKind.PERIODIC_DATA else year)
    if given is None or kind is PublicationKind.PLAN:
        return None
    if meeting is not None or given.month < _SPRING:
        return Period.year(given.year - 1)
    return Period.year(given.year - 1) if kind is PublicationKind.WORK_REPORT else None


def _covers_five(article: Article, kind: PublicationKind) -> bool:
    opening = "".join((*article.heading, *article.paragraphs[:_OPENING]))
    session = _SESSION_NUMBER.search(opening)
    first = session is not None and session[1] == "一"
    return kind is PublicationKind.WORK_REPORT and first and _FIVE.search("".join(article.paragraphs[:20])) is not None


def _part(title: str, year: int | None, published: date | None) -> Period | None:
    given = year or (published.year if published else None)
    if given is None:
        return None
    if _HALF.search(title):
        return Period.months(given, 1, 6)
    if _SECOND_HALF.search(title):
        return Period.months(given, 7, 12)
    if _THREE_QUARTERS.search(title):
        return Period.months(given, 1, 9)
    if quarter := _QUARTER.search(title):
        number = "一二三四".find(quarter[1]) + 1 or int(quarter[1])
        return Period.months(given, 3 * number - 2, 3 * number)
    if (months := _MONTHS.search(title)) and 1 <= int(months[1]) < int(months[2]) <= 12:
        return Period.months(given, int(months[1]), int(months[2]))
    if year is not None and (month := _MONTH.search(title)) and 1 <= int(month[1]) <= 12 and "日" not in title:
        return Period.months(year, int(month[1]), int(month[1]))
    return None


def _year_in(title: str) -> int | None:
    match = _YEAR.search(title)
    if match is None:
        return None
    if match[1]:
        return int(match[1])
    digits = "".join(_DIGITS.get(one, "") for one in match[2])
    return int(digits) if len(digits) == 4 else None


def _day(match: re.Match[str]) -> date | None:
    try:
        if match[1]:
            return date(int(match[1]), int(match[2]), int(match[3]))
        year = "".join(_DIGITS[one] for one in match[4])
        return date(int(year), _small(match[5]), _small(match[6]))
    except ValueError:
        return None


def _small(text: str) -> int:
    """A Chinese number up to 31."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return int(_DIGITS[text])
    return (int(_DIGITS[tens]) if tens else 1) * 10 + (int(_DIGITS[ones]) if ones else 0)
