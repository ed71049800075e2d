"""Numbers that are printed without a unit and are figures all the same.

律师万人比达3.78, 安全感97.8          after a score, or a rate of so many people or vehicles: 万车死亡率1.05
万车死亡率从1.28下降到1.05            both ends of its way
万车死亡率1.05,同比下降0.05           a change of such a number: an amount
上升5.1、8.4和0.2个百分点              a list whose unit is printed once

The unit is the indicator's own, where the catalogue knows only one (`Statements`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from scrapers.reading.normalise import Normal
from scrapers.reading.quantities import Kind, Quantity

# No list of figures with one unit has more members; a page of bare numbers must not be looked through for each.
LONGEST_LIST = 16
_LOOKS_BACK = 24
_HEADS = r"(?:每?(?:\d+|[十百])?万(?:名|辆)?(?:人口?|机动车|车)|人均)"
_NAMES = rf"比|指数|得分|评分|安全感|满意度|测评值|{_HEADS}[^,。;、\d]{{0,10}}(?:[率数]|结案|办案|收案)"
_WHEN = r"(?:(?:\d{4}年|上年|去年|今年)(?:同期|底|末)?的?)?"
_WAY = rf"(?:由|从){_WHEN}"
_MOVED = "上升|增长|增加|提高|提升|下降|降低|减少|升|降"
_SCORE = re.compile(
    rf'(?:{_NAMES})"?(?:达到?|为|是|约为?|仅为?|{_WAY}|(?:{_MOVED})[至到为])?$|(?:提升|上升|提高|下降|降低|升|降)[至到]$'
)
# The second end, with its time: of a number that was a figure too.
_CAME_TO = re.compile(rf"(?:提升|上升|提高|下降|降低|升|降)[至到]{_WHEN}$")
_MOVES = re.compile(rf"(?:{_MOVED})了?(?:约|近)?$")
_LISTED = re.compile(r"[、和及,]?(?:上升|下降|提高|降低|升|降)?")
_PLAIN = Kind.PLAIN


def is_figure(normal: Normal, held: Sequence[Quantity], at: int, before: Quantity | None) -> bool:
    """Whether the number `held[at]` is a figure; `before` is the figure told before it in its sentence."""
    start, end = held[at].start, held[at].end
    # 占比为81.2:7.9:3.7, 案-件比1:1.05: a proportion.
    if ":" in normal[start - 1 : start] + normal[end : end + 1]:
        return False
    if _SCORE.search(normal, max(0, start - _LOOKS_BACK), start):
        return True
    if before is not None and before.kind is _PLAIN:
        if _MOVES.search(normal, before.end, start):
            return True
        if not before.unit and _CAME_TO.search(normal, before.end, start):
            return True
    for one, following in pairwise(held[at : at + LONGEST_LIST]):
        if not _LISTED.fullmatch(normal, one.end, following.start):
            return False
        if following.kind in {Kind.POINTS, Kind.PERCENT}:
            return True
    return False
