r"""What pages put between a numeral and its unit, or after both, that belongs to neither.

159186 件3，     a footnote mark glued to the unit       18.6万余(yú)人   pinyin after a rare character
159186①件        a mark before the unit                  38160\n件        a line break before the unit
"""

from __future__ import annotations

import re

from scrapers.reading.normalise import Normal
from scrapers.reading.units import Kind, unit_at

_MARK = r"[\u2460-\u2473\u00b9\u00b2\u00b3\u2070-\u2079\u207a-\u207e]|\[[0-9]{1,2}\]|〔[0-9]{1,2}〕"
_PINYIN = r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňɡ]{1,7}\)"
_BETWEEN = re.compile(rf"(?:{_MARK}|{_PINYIN}|\s){{1,3}}")
_BETWEEN_SIGNS = frozenset(" \n([〔\u00b9\u00b2\u00b3①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_AFTER = re.compile(rf"(?:{_MARK}){{1,2}}|[0-9]{{1,2}}(?!,[0-9]{{3}})(?=[,。;、)\n]|$|同比|比上)")
# Over a line break only units that begin no sentence.
_SURE_UNITS = frozenset({"件", "起", "人", "名", "%", "元", "人次", "个百分点", "件次", "公斤", "万元"})


def unit_beyond(text: Normal, end: int) -> tuple[str, int, Kind] | None:
    """The unit behind a blank, a mark or pinyin; None where nothing of the kind leads to one."""
    if text[end : end + 1] not in _BETWEEN_SIGNS:
        return None
    between = _BETWEEN.match(text, end)
    if between is None:
        return None
    unit, unit_end, kind = unit_at(text, between.end())
    if not unit:
        return None
    if "\n" in between[0] and (unit not in _SURE_UNITS or text[unit_end : unit_end + 1].isalpha()):
        return None
    return unit, unit_end, kind


def footnote(text: Normal, end: int) -> int:
    """Where a footnote mark glued to a unit ends; `end` where there is none."""
    found = _AFTER.match(text, end)
    return found.end() if found else end
