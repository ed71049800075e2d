"""When an article was published and where it was taken from, by several witnesses.

    printed    the family's own place, Baidu's hints, the line between title and body, a labelled line at the foot
    meta       PubDate and its like, JSON-LD
    address    when the page was made: the last resort (PITFALLS 2.4)

What is printed is believed before what is declared, text before attributes (a stale `alt` date is real).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from scrapers.pages.byline import Byline, beside_date, is_byline, read_byline, source_in
from scrapers.pages.dates import Moment, address_date, day_of, find_dates, read_date
from scrapers.pages.family import Family
from scrapers.pages.lines import Line
from scrapers.pages.model import Dates
from scrapers.pages.tree import Tree, squeezed, text_of

_DATE_METAS = (
    "pubdate", "publishdate", "firstpublishedtime", "article:published_time", "og:published_time", "og:release_date",
    "datepublished", "publishtime", "publish_time", "publish-date", "pub_date", "apub:time", "weibo:article:create_at",
    "parsely-pub-date", "bytedance:published_time", "article:create_at", "dc.date", "date", "releasedate", "createdate",
    "pubtime", "og:time", "_pubtime", "sailthru.date", "publishedtime", "og:pubdate", "date.created",
)  # fmt: skip
# When it was changed: better than nothing.
_CHANGE_METAS = ("dateupdate", "lastmodifiedtime", "article:modified_time")
_DATE_PLACES = ("#pubtime_baidu", "#pub_time_report", "#pubtime", "#publish_time", "publishtime", "#ArticleCreatedAt")
_SOURCE_METAS = ("contentsource", "source", "article:source", "mediaid", "og:article:source")
_SOURCE_PLACES = ("#source_baidu", "#source_report", "#ArticleSource", "#ly")
# One expression for each case of the first letter: what begins with a letter of its own is looked for in no time.
_SCRIPTED = tuple(
    re.compile(
        first
        + r"""(?i:ub(?:lish)?_?(?:date|time)|time)["']?\s*[:=]\s*["'](20\d{2}-\d{2}-\d{2}[^"']{0,20}|1\d{9,12})["']"""
    )
    for first in "pP"
)
_NAMED_PLACES = (".source", "#source", ".ent-source", ".ly", ".laiyuan")
_NOT_STAMP = re.compile(r"今天是|现在是|当前时间|当前日期|今日|^\W*[—~]|会议上|会议通过")
_ZONE = 700
_LINES_BEFORE = 14
_LINES_AFTER = 12
_LABEL_START = re.compile(r"^\W*(?:来\s*源|稿件来源|新闻来源|信息来源|文章来源|文章出处|稿源)\s*[:：]")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the witnesses say together."""

    published: Moment | None
    dates: Dates
    source: str | None
    author: str | None


def stamp_of(tree: Tree, family: Family, header: list[Line], opening: list[Line], foot: list[Line]) -> Stamp:
    """Reads `header` (from title to body), `opening` (the body's first lines) and `foot` (what follows the body)."""
    zone = _zone(header, opening)
    byline = read_byline(zone)
    below = _foot(foot)
    printed = _printed(tree, family, byline, below)
    dates = Dates(printed, _declared(tree), address_date(tree.url))
    return Stamp(
        _trusted(dates, labelled=byline.labelled),
        dates,
        _source(tree, family, zone, byline, below) or beside_date([line.text for line in header[1:]]),
        byline.author or tree.meta("author"),
    )


def _zone(header: list[Line], opening: list[Line]) -> str:
    """The header lines on one line. Dates in a page's own clock, and in its body's prose, are not of the article."""
    texts = [line.text for line in header[-_LINES_BEFORE:] if not _NOT_STAMP.search(line.text)]
    texts += [line.text for line in opening[:4] if is_byline(line.text) or _LABEL_START.match(line.text)]
    return "  ".join(texts)[-_ZONE:]


def _foot(foot: list[Line]) -> Byline:
    """A labelled line below the body: 发布时间 or 文章出处 at the foot (hbfy)."""
    found = [read_byline(line.text) for line in foot[:_LINES_AFTER] if len(line.text) <= 120]
    published = next((one.published for one in found if one.labelled), None)
    return Byline(published, published is not None, next((one.source for one in found if one.source), None))


def _printed(tree: Tree, family: Family, byline: Byline, below: Byline) -> Moment | None:
    for anchor in (*family.date, *family.byline, *_DATE_PLACES):
        for element in tree.every(anchor)[:3]:
            if (found := read_byline(text_of(element)).published) is not None:
                return found
    if byline.published is not None:
        return byline.published
    for element in tree.every("time[datetime]")[:2]:
        if (found := read_date(element.get("datetime"))) is not None:
            return found
    return below.published


def _declared(tree: Tree) -> Moment | None:
    for name in _DATE_METAS:
        if (found := read_date(tree.metas.get(name))) is not None:
            return found
    for thing in tree.linked_data:
        for key in ("datePublished", "pubDate", "dateCreated"):
            if isinstance(value := thing.get(key), str) and (found := read_date(value)) is not None:
                return found
    scripts = filter(None, (one.search(tree.source) for one in _SCRIPTED))
    script = min(scripts, key=lambda match: match.start(), default=None)
    if script is not None and (found := read_date(script[1])) is not None:
        return found
    return read_date(tree.meta(*_CHANGE_METAS))


def _trusted(dates: Dates, *, labelled: bool) -> Moment | None:
    printed, meta, address = dates.printed, dates.meta, dates.address
    if printed is None:
        return meta or address
    if meta is not None and day_of(meta) == day_of(printed):
        # The same day: whichever knows the time.
        return printed if hasattr(printed, "hour") else meta
    if not labelled and meta is not None and address == day_of(meta):
        return meta
    return printed


def _source(tree: Tree, family: Family, zone: str, byline: Byline, below: Byline) -> str | None:
    for anchor in (*family.source, *family.byline, *_SOURCE_PLACES):
        for element in tree.every(anchor)[:2]:
            text = text_of(element)
            found = source_in(text) or (_plain_source(text) if anchor not in family.byline else None)
            if found:
                return found
    return byline.source or _named_source(tree, zone) or _meta_source(tree) or below.source


def _named_source(tree: Tree, zone: str) -> str | None:
    """A place of the header that calls itself the source and has no label (portals); lists of others have such too."""
    for anchor in _NAMED_PLACES:
        for element in tree.every(anchor)[:2]:
            text = text_of(element)
            if text in zone and not re.search(r"[\d:：，。]", text) and (found := _plain_source(text)):
                return found
    return None


def _plain_source(text: str) -> str | None:
    """A place that holds the source alone, without a label."""
    text = squeezed(re.sub(r"^\W*(?:\w{0,2}来源|稿源)\s*[:：]?", "", text)).strip("|｜ ")
    return text if 1 < len(text) <= 30 and next(find_dates(text), None) is None else None


def _meta_source(tree: Tree) -> str | None:
    found = tree.meta(*_SOURCE_METAS)
    if found is None or found.startswith("http"):
        return None
    return squeezed(re.sub(r"^来源\s*[:：]", "", found))[:60] or None
