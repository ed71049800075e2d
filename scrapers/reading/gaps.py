"""What is held against something other than a time: no change, whatever its verb says.

律师数比江苏多2000名, 高于全国平均水平2.1个百分点    a level of its own (律师数比江苏多), with no later change
是全国平均数的1.3倍, 首次超过现有人数的两倍          a ratio to a figure that is not told: unread
"""

from __future__ import annotations

import re
from functools import lru_cache

from scrapers.reading import bases
from scrapers.reading.whereabouts import PROVINCES

_PLACE = r"全国|全省|全市|[^,。;、\d比较]{0,6}平均|外省|邻省|周边|兄弟|" + "|".join(PROVINCES.values())
# 占比, 万人比 and 结收比 are names of rates, 对比 and 同比 other words.
_OTHER = (
    r"(?:(?<![占对同评环])比(?![例重率值武赛价和及与的为达])[^,。;、\d]{2,12}"
    rf"|[比较](?:(?:{_PLACE})[、和及与]?)+[^,。;、\d]{{0,8}}?)"
)
_BEYOND = re.compile(rf"^比(?!例|重)[^,。;]{{2,12}}$|{_OTHER}$")
_GAP = re.compile(
    rf"{_OTHER}(?:分别)?(?:[多少高低快慢长短][出了]?|[高低]于)$|(?:[高低多少优]于|高出|超出)[^,。;、\d]{{2,14}}$"
)
_RATIO = re.compile(rf"(?:是|为|相当于|达到?)(?:{_PLACE})[^,。;\d]{{0,8}}的$")


def is_beyond(words: str) -> bool:
    """Whether the words before a verb of change, its times taken off, hold something against another place or kind."""
    return bool(_BEYOND.search(words))


@lru_cache(maxsize=8192)
def is_gap(head: str) -> bool:
    """Whether the words before a level tell how far it is from another place's or kind's: 比江苏多, 高出全国均值.

    From another time's it is a change: 比2019年多.
    """
    return bool(_GAP.search(head)) and not bases.comparisons(head)


def is_ratio(head: str, unit: str) -> bool:
    """Whether a level is none but a ratio to a figure that is not told: 是全国平均数的1.3倍."""
    return unit == "倍" or (unit == "%" and bool(_RATIO.search(head)))
