"""A printed subject, made comparable: the forms under which a wording may know it, the fullest first.

    全省法院共受理各类案件   signs and empty words fall away      全省法院共受理案件
                          then what stands before it        受理案件
    起诉人数                then a last word that only counts   起诉

Nothing that tells two indicators apart is taken away: 一审, 刑事, 不, 率, 新, the verbs and the objects all stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from scrapers.vocabulary import BodyKind

_SIGNS = re.compile(r"[\s()\[\]{}<>《》〈〉【】「」『』“”‘’\"'、,，.。;；:：·—\-_*]+")
_EMPTY = re.compile(r"各[类种项](?!型)|全部|所有|有关|相关|的")
_PLACE = (
    r"(?:全[省市区州县国盟旗]|全自治[区州]|[我本该][省市区州县]|(?:省|市|自治区|区|州)(?=[法检公司高中]))?"
    r"(?:[三四两]级|各级|各地|基层)?"
)
_BODIES: dict[str, BodyKind] = {
    r"(?:人民)?法院(?:系统)?|(?:高级|中级|最高)人民法院|[高中]院|最高[人民]*法院|本院|审判机关": BodyKind.COURT,
    r"(?:人民)?检察(?:机关|院|系统)|最高[人民]*检察院|最高检|省检": BodyKind.PROCURATORATE,
    r"公安(?:机关|系统|部门|厅|局)|警方": BodyKind.POLICE,
    r"司法行政(?:机关|系统|部门)?|司法[厅局]": BodyKind.JUSTICE,
    r"政法(?:机关|系统|各单位|单位|各部门|部门|委)": BodyKind.COMMITTEE,
}
_SPEAKERS = [(re.compile(_PLACE + f"(?:{words})"), body) for words, body in _BODIES.items()]
_BARE_PLACE = re.compile(r"(?:全[省市区州县国盟旗]|全自治[区州]|[我本][省市区州县])(?:[三四两]级|各级|各地)?")
_BEFORE = re.compile(
    r"(?:\d{4}年|[今去本上]年|[上下]半年|[一二三四]季度|前三季度|全年|年内|\d+月份?|[五三一]年来|同期|期间)"
    r"|(?:共计|总共|累计|合计|一共|总计|共(?!同|享|建|治|犯|有产))|依法(?!治)|从严|从快|严厉|坚决|已经?|均|先后|及时|稳妥|妥善|高效|大力|成功|全力|公正"
)
_COUNTING = re.compile(r"(?:总?(?:人数|起数|数量)|(?<!案)件数|总[数量]|(?<=[件案获捕诉罪情报者员理收结办处])数)$")


def plain(subject: str) -> str:
    """`subject` in half-width form, without signs and empty words; wordings are kept in this form."""
    return _EMPTY.sub("", _SIGNS.sub("", unicodedata.normalize("NFKC", subject)))


def forms(subject: str, places: re.Pattern[str] | None = None) -> Iterator[tuple[str, BodyKind | None]]:
    """Each form under which to look `subject` up, with the body that stood before it, if one did.

    `places` matches the name of a region at the beginning of a text.
    """
    rest, body = plain(subject), None
    while rest:
        yield rest, body
        shorter = _COUNTING.sub("", rest)
        if shorter and shorter != rest:
            yield shorter, body
        rest, body = _without_head(rest, body, places)


def _without_head(text: str, body: BodyKind | None, places: re.Pattern[str] | None) -> tuple[str, BodyKind | None]:
    """`text` without one word before the indicator proper; "" where there is none to take away."""
    for pattern, speaker in _SPEAKERS:
        if (match := pattern.match(text)) and match.end():
            return text[match.end() :], body or speaker
    for head in (_BEFORE, _BARE_PLACE, places):
        if head is not None and (match := head.match(text)) and match.end():
            return text[match.end() :], body
    return "", body
