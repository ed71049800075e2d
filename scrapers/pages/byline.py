"""The one short line near a title that carries date, source, author, clicks and font-size buttons (FAMILIES 0.3).

    时间：2024-02-04  作者：  新闻来源：自治区检察院政治部宣传处 【字号： | |
    2021-02-01 14:38:47 | 来源：天津法院网 | 作者：吴玉萍
    <发布日期: 2017-02-22 00:00:00> <来源: 天涯法律网 >

A label may have no value, the source may stand at the foot, separators vary.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from scrapers.pages.dates import Moment, find_dates
from scrapers.pages.tree import squeezed

_DATE_LABEL = (
    r"(?:本站)?(?:发布|发表|发文|上传|更新|提交|录入|添加|发稿|文章|创建|日期|首发)?(?:时间|日期)"
    r"|发表于|发布于|发布"
)
_SOURCE_LABEL = (
    r"(?:稿件|新闻|信息|文章|内容|本文|资料|转载)?来\s*源(?:于)?"
    r"|(?:文章|信息)?出处|稿源|转载自|供稿单位|发布机构|信息提供"
)
_AUTHOR_LABEL = r"作\s*者|撰稿|记者|通讯员|责任编辑|责编|编辑|审核|校对|初审|复审|终审|监制|发布人|供稿人?|摄影"
_OTHER_LABEL = (
    r"浏览(?:次数|量|数)?|点击(?:次数|数|率|量)?|访问(?:次数|量)?|阅读(?:次数|量|数)?|人气|字体(?:大小)?|字号|【?字|打印|分享|"
    r"关闭窗口|举报|关闭|收藏|评论|大|中|小|扫一扫|关键词|标签|字体显示|视力保护色|背景色|我要纠错|保存|语音|正文|专栏|栏目|分类|索引号|文号|"
    r"主题词|文章来源|语音播报|浏览字号|投稿|手机看|小字号|大字号|原标题|原文链接"
)
_SEPARATORS = r"[|｜丨│/\[\]【】<>〈〉()（）;；]"
_LABELLED_DATE = re.compile(rf"(?:{_DATE_LABEL})\s*[:：]?\s*[\[【<(（]?\s*$")
_SOURCE = re.compile(rf"(?:{_SOURCE_LABEL})\s*[:：]\s*|(?<=[|｜丨])\s*来源(?!于)\s*(?=\w)")
_SOURCE_END = re.compile(
    rf"\s*(?:{_SEPARATORS}|\s{{2,}}|(?:{_DATE_LABEL}|{_SOURCE_LABEL}|{_AUTHOR_LABEL}|{_OTHER_LABEL})\s*(?:[:：]|\s|$|[|【\[])"
    r"|(?:19|20)\d{2}[-/.年])"
)
# One of these ends every label with a value; looked for first, since prose holds none.
_ENDS_LABEL = re.compile("[:：]|来源")
_AUTHOR = re.compile(r"(?<![责初复终])(?:作\s*者|撰稿|文/|记者)\s*[:：]\s*")
_FURNITURE = re.compile(
    rf"(?:{_DATE_LABEL}|{_SOURCE_LABEL}|{_AUTHOR_LABEL}|{_OTHER_LABEL})\s*[:：]?|{_SEPARATORS}|[\s:：+\-—_.,，、·]|\d+|"
    r"[AaTt][+-]?|次|年|月|日|星期[一二三四五六日]"
)
_LABELLED = re.compile(rf"(?:{_DATE_LABEL}|{_SOURCE_LABEL}|{_OTHER_LABEL}|{_AUTHOR_LABEL})\s*[:：]")
_OUTLET = re.compile(r"(?:网|报|社|在线|周刊|杂志|电视台|广播|客户端|政法委|法院|检察院|公安局|司法局)$")
_VALUED = re.compile(rf"(?:{_AUTHOR_LABEL}|{_OTHER_LABEL})\s*[:：]\s*\S*|(?:{_DATE_LABEL})\s*[:：]?")
_LABEL = re.compile(rf"(?:{_AUTHOR_LABEL}|{_OTHER_LABEL}|记者)")
_BADGE = re.compile(r"^(?:原创|转载|优质原创作者|编译|整理|独家|官方|已认证|关注)$")
_MOMENT = re.compile(r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?")
_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z0-9·•&.\-]{1,19}")
_BYLINE_LENGTH = 80
MAX_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Byline:
    """What one line says. `labelled` is true where a label stands before the date."""

    published: Moment | None = None
    labelled: bool = False
    source: str | None = None
    author: str | None = None


# The lines under a body are mostly those of the site, the same on page after page; a page's own is read several times.
@lru_cache(maxsize=512)
def read_byline(text: str) -> Byline:
    """Reads a line; the first labelled date wins, else the first one."""
    text = text.replace("\u00a0", " ").replace("\u3000", " ")
    published: Moment | None = None
    labelled = False
    for found in find_dates(text):
        before = text[max(0, found.start - 12) : found.start]
        if _LABELLED_DATE.search(before):
            published, labelled = found.value, True
            break
        published = published or found.value
    return Byline(published, labelled, source_in(text), _valued(_AUTHOR, text))


def source_in(text: str) -> str | None:
    """The printed source in a line, or None where there is no label or nothing after it."""
    return _valued(_SOURCE, text)


def beside_date(lines: list[str]) -> str | None:
    """Who stands without a label in the line with the date, or alone in the line next to it; None where it is not one.

    南方都市报 2019-09-09 16:01   2019-09-26 10:56:28 证券时报网   虚构人/中国青年报
    """
    place = next((n for n, line in enumerate(lines) if len(line) <= _BYLINE_LENGTH and any(find_dates(line))), None)
    if place is None:
        return None
    for number in (place, place - 1, place + 1):
        if 0 <= number < len(lines) and (names := _names(lines[number])):
            outlets = [name for name in names if _OUTLET.search(name)]
            if len(names) == 1 and (number == place or outlets or len(lines[number]) <= len(names[0]) + 2):
                return names[0]
            if len(outlets) == 1:
                return outlets[0]
    return None


def _names(line: str) -> list[str]:
    """The words of a line of names: dates, labels with their values, numbers and badges left out."""
    if len(line) > _BYLINE_LENGTH or re.search(r"[，。！？；“”>＞]", line):
        return []
    rest = line
    for found in find_dates(line):
        rest = rest.replace(line[found.start : found.end], " ")
    rest = _VALUED.sub(" ", _MOMENT.sub(" ", rest))
    words = [word for word in re.split(rf"\s+|{_SEPARATORS}|[·•](?=\s)", rest) if _NAME.fullmatch(word)]
    return [word for word in words if not _BADGE.match(word) and not _LABEL.fullmatch(word)]


def is_byline(text: str) -> bool:
    """Whether a line is nothing but such furniture: to be cut out of a body (click counts look like data)."""
    text = squeezed(text)
    if not text or len(text) > MAX_LENGTH:
        return False
    byline = read_byline(text)
    if byline.published is None and byline.source is None and len(text) >= 20 and not re.search("[:：]", text):
        return False
    rest = text
    for value in (byline.source, byline.author):
        if value:
            rest = rest.replace(value, " ")
    rest = _FURNITURE.sub("", rest)
    if byline.labelled or byline.source or _LABELLED.search(text):
        return len(rest) <= max(4, len(text) // 8)
    return len(rest) <= 2 and (byline.published is not None or len(text) < 20)


def _valued(label: re.Pattern[str], text: str) -> str | None:
    for match in label.finditer(text) if _ENDS_LABEL.search(text) else ():
        rest = text[match.end() :]
        end = _SOURCE_END.search(rest)
        value = rest[: end.start()] if end else rest
        value = squeezed(value).strip("《》“”\"' ·,，。:：-—")
        if value and len(value) <= 40:
            return value
    return None
