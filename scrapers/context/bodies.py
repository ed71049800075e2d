"""Whose report it is: the body that a title, an opening or a whole text speaks of, in the page's own words."""

from __future__ import annotations

import re

from scrapers.pages.model import Article
from scrapers.vocabulary import BodyKind

_BODIES = (
    (BodyKind.COURT, r"人民法院|法院|高院|中院|最高法(?!治)|法院系统|审判"),
    (BodyKind.PROCURATORATE, r"检察院|检察机关|最高检|检察(?!日报)"),
    (BodyKind.POLICE, r"公安[厅局部]|公安机关|公安|警方|警务|交警"),
    (BodyKind.JUSTICE, r"司法[厅局部]|司法行政|法治政府建设|依法行政|律师|监狱|戒毒|法律援助|公共法律服务"),
    (BodyKind.CONGRESS, r"人大常委会|人民代表大会常务委员会"),
    (BodyKind.COMMITTEE, r"政法委员会|政法委|政法工作|政法机关|政法系统|平安建设|政法"),
)
_FOUND = tuple((kind, re.compile(words)) for kind, words in _BODIES)
_NAMES = re.compile(
    r"(?:最高人民(?:法院|检察院)|(?:[\u4e00-\u9fff]{2,14}?)?"
    r"(?:高级人民法院|中级人民法院|高级法院|人民法院|人民检察院|公安[厅局]|司法[厅局]|委政法委(?:员会)?|政法委(?:员会)?|人大常委会|"
    r"人民代表大会常务委员会)|公安部|司法部|中央政法委)"
)
# One of these stands in every name; looked for first, since most paragraphs hold none.
_NAMED = re.compile("法院|检察院|公安|司法|政法委|人大常委会|人民代表大会常务委员会")
_LEAD = re.compile(r"^(?:关于|在|对|听取|审议|我代表|代表|现在|受|由|和|与|及|向|的)+")
_BOTH = re.compile(r"两院|法院、检察院|“两院”|法检")
_OF_PRESS = frozenset({BodyKind.PRESS, BodyKind.CONGRESS})
_SPEAKER = re.compile(r"(?:我|现)(?:受|代表)([\u4e00-\u9fff]{2,24}?)(?:委托)?(?:，|向|作|报告)")
_CLEAR = 1.8


def body_of(article: Article, card_body: BodyKind | None) -> BodyKind | None:
    """The kind of body whose figures the article gives; the card's where the page names none.

    The press and the congress tell of others: there the text decides. None where both (两院) are told of at once.
    """
    if _BOTH.search(article.title):
        return None if card_body in _OF_PRESS or card_body is None else card_body
    if (told := _first(article.title)) is not None:
        return told
    if (speaker := _SPEAKER.search("".join(article.paragraphs[:6]))) and (told := _first(speaker[1])) is not None:
        return told
    if card_body is not None and card_body not in _OF_PRESS:
        return card_body
    return _by_weight(article) or card_body


def issuer_of(article: Article) -> str | None:
    """The body that issues the report, as the page writes it: in the title, the session's line, or the opening."""
    for text in (article.title, *article.heading, *article.paragraphs[:6]):
        for match in _NAMES.finditer(text) if _NAMED.search(text) else ():
            name = _LEAD.sub("", match[0])
            if len(name) >= 4:
                return name
    return None


def _first(text: str) -> BodyKind | None:
    """The body named first, the more telling word where two begin together."""
    places = [
        (found.start(), number, kind) for number, (kind, words) in enumerate(_FOUND) if (found := words.search(text))
    ]
    return min(places)[2] if places else None


def _by_weight(article: Article) -> BodyKind | None:
    text = "".join(article.paragraphs)
    counts = sorted(((len(words.findall(text)), kind) for kind, words in _FOUND), reverse=True)
    (most, kind), (second, _) = counts[0], counts[1]
    return kind if most >= 2 and most >= _CLEAR * second else (BodyKind.COMMITTEE if most and second else None)
