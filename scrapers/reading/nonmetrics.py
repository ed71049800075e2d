"""Digits that are no metric, by kind: the table of what is `ignored`.

A mask covers a stretch of normal text; a quantity that begins inside one is no figure. A rank or record is kept as the
remark of the figure it is said of.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from scrapers.reading.normalise import Normal

_N = r"\s?(?:\d+|[一二三四五六七八九十百两几]+)\s?"
_HOTLINES = (
    "110|112|114|119|120|122|12110|12301|12309|12315|12337|12338|12345|12348|12355|12364|12368|12378|12385|12388|12389"
    "|12393|96110|96198"
)
_COUNTERS = "件起人次通个万亿千百%‰家名项场份条批处期篇支张辆台套户所例宗位元天余多"

KINDS = {
    "document_number": r"[\[〔【]\d{4}[\]〕】]\s?第?\d+号|第?\d+号(?:文件?|令|公告|决定)",
    "date": (
        r"(?:\d{4}\s?年|今年|去年)?\d{1,2}\s?月\s?\d{1,2}\s?日(?:\s?\d{1,2}时)?(?:(?:至|-|~|到)(?:\d{1,2}月)?\d{1,2}日)?|\d{4}[-./]\d{1,2}[-./]\d{1,2}"
        r"|\d{1,2}日(?![内均])|\d{1,2}:\d{2}"
    ),
    "slogan": r'"[^"\n,。;:]{0,14}\d[^"\n,。;:]{0,14}"|\d+[+x×]\d+(?:[+x×][\dNnXx]+)*|7×24小时|24小时',
    "rank": (
        r"(?:均|分别|仍|并)?(?:居|位居|位列|位于|排在|列|排(?!查)名?(?:在)?|名列|跃居|跃至|升至|保持)"
        rf"[^,。;、\d]{{0,8}}?第{_N}(?:位|名|方阵|梯队)?|第{_N}(?:位|名|方阵|梯队)|前{_N}(?:位|名|列|强)?(?=[,。;、\s]|$)|{_N}连冠"
    ),
    "ordinal": rf"第{_N}(?:届|次|期|批|条|款|项|个|章|编|轮|版|页|号)?",
    "streak": (
        rf"(?:已|均)?连续第?{_N}(?:多|余)?(?:个)?(?:年|月|季度|次|届|周)(?:来)?"
        r"(?:(?:均|都|一直)?(?:保持|稳定|维持|控制)?在?\s?\d+(?:\.\d+)?\s?[%‰]以[上下内])?"
    ),
    "record": (
        rf"(?:为|创|达|是)?近?{_N}(?:余|多)?年(?:来|以来|中|间)?(?:的)?(?:同期)?(?:最[高低好少多]|新[高低]|历史)[^,。;]{{0,4}}"
        r"|(?:历史|有统计以来|历年)(?:性)?(?:新|最)[高低好]"
    ),
    "hotline": rf"(?<!\d)(?:{_HOTLINES})(?![\d.,]|\s?[余多]?[万亿]?[{_COUNTERS}])",
    "acting_bodies": rf"{_N}(?:个|家)[^,。;、\d]{{0,6}}(?:法院|检察院)(?=受理|新收|审|办|收|共)",
    "target": (
        rf"(?:低于|高于|超过|不低于|不高于)[^,。;\d]{{0,6}}{_N}(?:\.\d+)?\s?[%‰]?"
        r"的?[^,。;]{0,6}(?:目标|控制线|红线|警戒线)"
    ),
    "article": rf"{_N}(?:年以上|年以下)(?:有期)?徒刑|有期徒刑{_N}年",
    "threshold": (
        r"\d+(?:\.\d+)?\s?[万亿]?(?:多|余)?(?:元|年|人|岁|吨|公斤|克|天|次|个月|名|小时|户|家|起)(?:及)?以[上下]"
        r"(?:、[^,。;]{1,12}\d+[万亿]?(?:元|年|人)以上)*的?(?=[^,。;、()\s\d同比较,])"
        r"|(?:超过?|高于|低于|不足)\d+(?:\.\d+)?\s?(?:%|个百分点)(?:以[上下])?的(?=有|包括|地区|地市|市州|省份|法院|单位)"
        r"|(?:超过?|不满|满|不足)(?:\d+(?:\.\d+)?|[一二三四五六七八九十百千]+)\s?[万亿]?(?:元|岁|年|个月)(?:以上)?的"
        r"|[一二两三四五六七八九十百千]+[万亿]?(?:元|人|户|次|年|日|天|件|起|名|倍|个月)"
        r"(?:至[一二两三四五六七八九十百千]+[万亿]?(?:元|人|户|次|年|日|天|倍|个月))?(?:及)?以[上下]"
        r"|百[人件起](?:以上|以内)"
    ),
    # 增幅超过10%的有西川(15.3%)、南平(12.1%): whose percentages of what, no one can say for certain.
    "places": r"有[\u4e00-\u9fff]{2,4}\(\d+(?:\.\d+)?\s?%\)(?:[、和][\u4e00-\u9fff]{2,4}\(\d+(?:\.\d+)?\s?%\))*",
    "milestone": (
        rf"先后[^,。;]{{0,18}}(?:突破|超过|跨过|迈上)[^,。;]{{0,10}}|突破[^,。;\d]{{0,4}}{_N}[^,。;]{{0,6}}大关"
        rf"|首次过半|过半(?=,?达)|首次(?:突破|降至|降到|超过|跌破)[^,。;\d]{{0,4}}{_N}[^,。;]{{0,8}}(?:大关|以内|以下|位数|[件起人家%](?=[,。;]|$))"
    ),
    "deputies": rf"{_N}(?:名|位)(?:人大|政协)?(?:代表|委员)(?:参加|出席|应到|实到|审议)",
    "document_parts": rf"{_N}章(?:{_N}条)?|共{_N}[章条](?=[,。;])",
    # 10万人口死亡率, 每10万人命案发案数: so many heads that a rate is told for.
    "per_head": (
        r"每\s?(?:\d+|[十百])?万?(?:人口?|辆?车)(?=[^,。;、\d]{1,12}(?:\d|率|为|达))"
        r"|(?:\d+|[十百])万(?:人口|车)(?=[^,。;、\d]{0,10}率)"
    ),
    "deadline": rf"{_N}(?:个)?(?:工作日|日|天|小时|个月|分钟)(?:以|之)?[内前]",
    "age": r"\d+(?:至\d+|-\d+)?(?:周)?岁",
    "duration": rf"(?:为期|历时|任期|时隔|长达|持续){_N}(?:多|余)?(?:个)?(?:年|月|天|周)",
}
# What any of the above begins with: most characters begin none, and are passed over by one look; so are the inner
# digits of a number, and the commonest signs where the next one is of another word (升幅, 时间, 位置).
_BEGINS = (
    r"(?=[\s\d一二三四五六七八九十百两几\[〔【\"今去均分仍并居位列排名跃升保第前已连为创达是近历有低高超不共满任时长持先首突过有每])"
    r"(?!升[^至]|分[^别]|时[^隔]|高[^于]|低[^于]|保[^持]|持[^续]|位[^居列于]|均[^居位列排名跃升保连]"
    r"|[是达创][^近\s\d一二三四五六七八九十百两几]|为[^期近\s\d一二三四五六七八九十百两几]|近[^\s\d一二三四五六七八九十百两几])"
    r"(?!(?<=[\d.])\d|\d[\d,.]*\s?[万亿]?[多余]?(?:件|起|%|‰|元|份|例|场|倍|人|个百分点)(?!以|民|大|口|次\)))"
)
_ALL = re.compile(_BEGINS + "(?:" + "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in KINDS.items()) + ")")


class Mask(NamedTuple):
    """One stretch that holds no metric."""

    start: int
    end: int
    kind: str


def find_nonmetrics(text: Normal, start: int, end: int) -> list[Mask]:
    """The masks of one stretch, in order, none overlapping."""
    return [Mask(found.start(), found.end(), str(found.lastgroup)) for found in _ALL.finditer(text, start, end)]
