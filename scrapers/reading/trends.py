"""What words say of a subject's course without a figure: no part of its name, and no subject of its own.

刑事立案数 首次下降,同比下降12.3%            刑事立案数 连续第三年下降8%
信访总量 由升转降                           收案 2016年以来首次回落
结案数 首次超过全国平均水平,达31万件          发案 结束多年增长态势

A since that says how long something has not been (2016年以来首次) is no period of the figure.
"""

from __future__ import annotations

import re

from scrapers.reading.lines import REMARK

_NUMBER = r"(?:\d+|[一二三四五六七八九十百两几]+)"
_YEARS = rf"(?:近|(?<=数)数)?{_NUMBER}(?:多|余)?年"
# What `subjects.clean` has taken a year out of keeps its 以来.
SINCE = rf"(?:(?:自|从)?(?:\d{{4}}年)?(?:有(?:统计|记录|数据))?以来|(?:自|从)?{_YEARS}以?来|近{_NUMBER}年)"
_AGAIN = rf"(?:首[次度]?|再[次度]|双双|连续第?{_NUMBER}(?:多|余)?(?:年|个?月|个?季度|次))"
_HOW = (
    rf"(?:{_AGAIN}|又|继续|持续|依然|仍然?|仍|双|(?<=\")[三四五六](?!连)|[逐连]年|不断|逐[步渐]|稳步|平稳|明显|显著|大幅度?|小幅|略有?|有所|历史性地?|总体|整体"
    r"|均|都|也|进一步|全面|快速|加速|逆势|稳中有?|一路|同步|普遍|同比|环比|由[升降增减涨正负]转|止[升涨增]|不[升增]反|[一多]年"
    r"|实现|出现|呈现?|保持|迎来|开始|得到|取得|有|了|的|\")"
)
_MOVES = (
    "上升|增长|增加|提高|提升|上涨|攀升|增多|回升|反弹|扩大|下降|降低|减少|缩短|下滑|回落|压缩|收窄"
    "|走[高低]|向好|好转|负增长|正增长"
)
_STATE = r"(?:趋势|态势|势头|走势|局面|拐点)"
_ENDS = "结束|扭转|遏[制止]|打破|终结|止住"
_TREND = re.compile(
    rf'{SINCE}?"?{_HOW}*+(?<!新)(?:{_MOVES})了?(?:的?{_STATE})?"?(?:的同时)?$'
    rf'|{SINCE}?"?{_HOW}++(?:"?{_NUMBER}连)?[升降增减涨跌](?:的?{_STATE})?"?$'
    rf"|{SINCE}?{_HOW}++{_STATE}$"
    rf"|{SINCE}{_HOW}*+$|(?<![之榜居])(?<!第一){_AGAIN}$"
    # 诉前羁押率持续下降至19.8%: the verb is taken off already.
    r"|(?:持续|继续|不断|逐[步渐年]|稳步|明显|显著|大幅度?|小幅|进一步)+$"
    rf"|{_AGAIN}(?:突破|超过|高于|低于|达到?|迈[上入]|跃上|站上|跌破|[升降][至到])[^,;\d]{{0,12}}$"
    rf"|(?:{_ENDS})了?(?:[^,;]{{0,8}}(?:{_MOVES})[^,;]{{0,3}}{_STATE}?)?$"
)
# 在连续三年上升后, 结束连续五年上升势头: the streak is blotted out already.
_LED_IN = re.compile(rf"(?:在|(?:{_ENDS})了?)$")
_AFTER_STREAK = re.compile(rf"在?{REMARK}+[^,;]{{0,6}}后")
_FIRST = re.compile(r"首[次度]|最[高低好少多]|新[高低]")


def before_remark(words: str) -> str:
    """Words up to a rank, record or streak, without what leads into it: 收案数 of 收案数结束连续五年上升势头."""
    front, mark, _ = words.partition(REMARK)
    return _LED_IN.sub("", front) if mark else words


def without_trend(words: str) -> str:
    """Words up to what they say of their subject's course: 刑事立案数 of 刑事立案数首次下降, nothing of 持续下降."""
    if REMARK in words:
        words = _AFTER_STREAK.sub("", words)
    found = _TREND.search(words)
    return words[: found.start()] if found else words


def is_record(behind: str) -> bool:
    """Whether the words behind a since only say that something was not so for as long: …以来首次下降."""
    return bool(_FIRST.search(behind))
