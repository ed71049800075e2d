"""The words before and after a figure that say how exact it is.

    before   近 接近 不足 不到          UNDER       after   以下 以内          UNDER
             超 超过 逾 突破            OVER                余 多 (in time)    OVER
             约 大约 左右               ABOUT               左右 上下          ABOUT
             至少 不少于                AT_LEAST            以上               AT_LEAST

Words that merely end in such a sign (附近, 签约, 预约, 节约) hedge nothing.
"""

from __future__ import annotations

import re

from scrapers.reading.model import Qualifier
from scrapers.reading.normalise import Normal
from scrapers.reading.units import Kind

# The longest hedge before a figure, 不少于 or 不超过, has three signs; one more to see what it hangs on.
_REACH = 5
# The signs that a hedge before a figure can end in.
LAST_SIGNS = frozenset("近约超逾足到过破于满少多起概右出码为达上 ")
_BEFORE = re.compile(
    r"(?:(?P<under>(?:将|接|已)?(?<![附邻靠最远亲相])近|不足|(?<![达找查看得])不到|未到|不满|低于|[少小]于(?<!不少于|不小于)|不超过|不大于|至多|最多)"
    r"|(?P<over>(?<!不)超过|超出|超|逾|突破|(?<!不)[多高大]于)"
    r"|(?P<about>大约|(?<![签预节违公条契邀履合制解续相])约|大概|左右)"
    r"|(?P<at_least>至少|不少于|不低于|不小于|不下于|不下|最少|起码))"
    r"[为达]?\s?$"
)
_MEANS = {name: Qualifier(name) for name in ("under", "over", "about", "at_least")}
# The signs that a hedge after a figure can begin with.
FIRST_SIGNS = frozenset("以及或左上之多余有内")
_AFTER = re.compile(
    r"(?P<at_least>(?:及|或|或者)?以上|之上)|(?P<under>(?:及|或|或者)?以下|以内|之内|之下)|(?P<about>左右|上下)|(?P<over>有余)"
)
_MORE = re.compile(r"[多余](?![为是数元])")
_TAKES_MORE = frozenset({Kind.TIME, Kind.MULTIPLE, Kind.MONEY})


def before(text: Normal, start: int) -> tuple[int, Qualifier] | None:
    """The hedge that ends where a figure begins, with one of `LAST_SIGNS`: where it begins itself, what it says."""
    if text[start - 1 : start] == "上":
        # 上万起, 上百件: with a bare scale only, since 以上 3 件 is another 上.
        return (start - 1, Qualifier.OVER) if text[start] in "百千万亿" else None
    found = _BEFORE.search(text, max(0, start - _REACH), start)
    return (found.start(), _MEANS[str(found.lastgroup)]) if found else None


def after(text: Normal, end: int, kind: Kind) -> tuple[int, Qualifier] | None:
    """The hedge that begins where a figure ends, with one of `FIRST_SIGNS`: where it ends itself, what it says."""
    found = _AFTER.match(text, end)
    if found:
        return found.end(), _MEANS[str(found.lastgroup)]
    if kind in _TAKES_MORE and _MORE.match(text, end):
        return end + 1, Qualifier.OVER
    return None
