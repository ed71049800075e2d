"""Every quantity of a text: a numeral, its unit, and the words that say how exact it is.

    find_quantities   what a report states, for the passes of the reader
    find              every number of any Chinese text, for comparison with other recognisers

The limit is one pass of `re` over the text that stops at digits and at Chinese numeral signs before something that can
follow a number; the work is done at those places only. `Quantity` is drawn in quantity/record.py.
"""

from __future__ import annotations

import re
from decimal import Decimal

from scrapers.reading.model import Qualifier
from scrapers.reading.normalise import Normal
from scrapers.reading.numerals import ONE, Numeral, bare_scale_at, numeral_at, printed_value
from scrapers.reading.places import DIGITS, HAN
from scrapers.reading.quantity import damage, footnotes, hedges, lists, ranges, shares, sums
from scrapers.reading.quantity.anywhere import find
from scrapers.reading.quantity.record import Quantity
from scrapers.reading.units import KINDS, UNIT_SIGNS, Kind, unit_at

__all__ = ["Kind", "Quantity", "find", "find_quantities"]

_HALF = Decimal("0.5")
_EXACT, _OVER = Qualifier.EXACT, Qualifier.OVER

_FOLLOWS = f"{HAN}{UNIT_SIGNS}余多来几点分成半 "
_STARTS = "".join(sign for sign in HAN if sign not in "一零〇万亿兆")
# Where a quantity can begin. One class of signs first, so that `re` runs over everything else at its full speed; what
# stands beside the sign decides. A single digit in words counts a few units only (_WORD_UNITS), so that 三个 两项 一审
# cost nothing.
_BEGINS = (
    r"(?<=[0-9])",
    rf"(?<=[{_STARTS}])(?=[{HAN}件起人名例家宗倍番天年小元岁周公吨成分点百多余]|个[月小百半多]|位数)",
    rf"(?<=[十百千廿卅])(?=[{_FOLLOWS}])",
    rf"(?<=一)(?=[{HAN}倍成半番]|个百)",
    r"(?<=[几数])(?=[十百千万亿])",
    r"(?<=第[一二三四五六七八九])",
    r"(?<=零)(?=点)",
    r"(?<=万)(?=分之)",
    rf"(?<=[上近逾超过约达][万亿])(?=[余多{UNIT_SIGNS}])",
    r"(?<=过)(?=半)|(?<=半)(?=数)",
    r"(?<=翻)(?=[了近约一二两三四五六七八九番倍0-9])",
)
_CANDIDATE = re.compile(f"[0-9{_STARTS}一几数零万亿过半翻](?:{'|'.join(_BEGINS)})")
# Signs that belong to a word with a numeral sign in it, not to a number: 统一, 唯一, 万一 …
_NUMERAL_IN_WORD = frozenset("统唯同单专第划归逐之")
_WORD_GOES_ON = frozenset("半位")  # 一半, 两位数
_SHARE_SIGNS = frozenset("成分 ")
# Kinds that reports and tables print with a minus sign, and the signs before it that make it one.
_SIGNED = frozenset({Kind.PERCENT, Kind.POINTS, Kind.PERMILLE})
_MINUS_AFTER = re.compile(r"(?:^|[\s,;:(、同比长幅率为达升])$")
_MARKED = frozenset({Kind.COUNT, Kind.MONEY, Kind.PERCENT, Kind.POINTS})
_DIGIT_SIGNS = frozenset("0123456789[〔\u00b9\u00b2\u00b3①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
# Units that a single Chinese digit may count in a report's figure; 三个, 两项, 四级 are phrases.
_WORD_UNITS = {"件", "起", "人", "名", "例", "家", "宗", "倍", "番", "元", "人次", "公斤", "吨", "个百分点", "百分点"}
_WORD_UNITS |= {"天", "年", "个月", "小时", "个小时", "岁", "周岁"}
_STARRED = frozenset("*#")
_STAR_LEADS = frozenset("*#.")
_STARRED_BEFORE = re.compile(r"[*#][*#.0-9]*$")
_HEDGES_SCALE = frozenset("上近逾超过约达")
_BARE = frozenset("百千万亿佰仟")


# Two of three: digits, a scale, a unit of one sign, then a mark, so that nothing behind has a say in it.
_USUAL = re.compile(r"([0-9]+)(?:\.([0-9]+))?(万|亿)?([件起人名家项次条份户元%‰倍])(?=[,。;、)\n])")
# Before it these have: a hedge, an ordinal, a sign, the head of a broken number.
_TELLS_MORE = hedges.LAST_SIGNS | _STAR_LEADS | {"第", "每", "-"}


def find_quantities(text: Normal) -> list[Quantity]:
    """All quantities in reading order, not overlapping. Words without a unit (一审, 四大检察) are none."""
    found: list[Quantity] = []
    done, search = 0, _CANDIDATE.search
    while candidate := search(text, done):
        at = candidate.start()
        quantity = quantity_at(text, at)
        if quantity is None:
            done = _past(text, at)
            continue
        if text[quantity.end : quantity.end + 1] in ranges.JOIN_SIGNS:
            quantity = _ranged(text, quantity)
        found.append(quantity)
        done = max(quantity.tail, at + 1)
    lists.share_units(text, found)
    return footnotes.without_marks(text, found)


def _past(text: Normal, at: int) -> int:
    """Where the search goes on after a numeral that is no quantity."""
    numeral = numeral_at(text, at)
    return numeral.end if numeral else at + 1


def quantity_at(text: Normal, at: int) -> Quantity | None:
    """The quantity that begins at `at`; None where the signs there make none."""
    usual = _USUAL.match(text, at)
    if usual and text[at - 1 : at] not in _TELLS_MORE:
        return _usual(at, usual)
    numeral = numeral_at(text, at) or bare_scale_at(text, at)
    after = text[numeral.end : numeral.end + 1] if numeral else ""
    if numeral is None or after in _WORD_GOES_ON:
        word = shares.word_at(text, at)
        if word:
            return _shared(text, word)
        if numeral is None:
            return None
    if after in _SHARE_SIGNS:
        share = shares.share_at(text, numeral)
        if share:
            return _shared(text, share)
    before = text[at - 1 : at]
    if before == "第":
        return _ordinal(numeral)
    if before == "每":
        return None  # 每十万人: what another figure is measured by
    if after in _STARRED or (before in _STAR_LEADS and _STARRED_BEFORE.search(text, max(0, at - 6), at)):
        return None  # 1*.3%: digits lost on the way are not invented
    return _measured(text, numeral)


def _usual(start: int, found: re.Match[str]) -> Quantity:
    """What `_measured` makes of the usual shape, in a quarter of the time."""
    integer, decimals, scale, unit = found.groups()
    end = found.end()
    value, half, worth = printed_value(integer, decimals or "", scale)
    return Quantity(start, start, end - 1, end, end, value, unit, KINDS[unit], half, worth)


def _measured(text: Normal, numeral: Numeral) -> Quantity | None:
    """A numeral and its unit, or a bare number; None for words that count nothing."""
    unit, end, kind = unit_at(text, numeral.end)
    if not unit:
        unit, end, kind = damage.unit_beyond(text, numeral.end) or (unit, end, kind)
    elif unit == "个" and text[end : end + 1] in sums.PARTS:
        numeral, unit, end, kind = sums.parted(text, numeral, end) or (numeral, unit, end, kind)
    if not _counts(text, numeral, unit) if numeral.words else not unit and _in_name(text, numeral):
        return None
    made = _make(text, numeral, unit, end, kind, _OVER if numeral.over else _EXACT)
    if kind in _SIGNED and text[made.start - 1 : made.start] == "-":
        return _signed(text, made)
    return sums.with_half(text, made) if text[end : end + 1] == "半" else made


def _signed(text: Normal, quantity: Quantity) -> Quantity:
    """同比-3.2%: a minus sign, where the dash joins nothing."""
    start = quantity.start - 1
    if not _MINUS_AFTER.search(text, max(0, start - 1), start):
        return quantity
    return quantity._replace(lead=start, start=start, value=-quantity.value)


def _counts(text: Normal, numeral: Numeral, unit: str) -> bool:
    """Whether a numeral in words counts something: 二十三件 does, 一审 三八节 两级 do not."""
    printed = text[numeral.start : numeral.end]
    if not unit or text[numeral.start - 1 : numeral.start] in _NUMERAL_IN_WORD:
        return False
    if printed[0] in _BARE and _BARE.issuperset(printed):
        return text[numeral.start - 1 : numeral.start] in _HEDGES_SCALE  # 上百件, but 百日 千人 千万家
    if len(printed) == 1:
        return unit in _WORD_UNITS and (numeral.value > 1 or unit in {"倍", "番", "个百分点"})
    if numeral.low is not None or not all(sign in DIGITS for sign in printed):
        return True
    return unit == "年" and len(printed) == 4


def _in_name(text: Normal, numeral: Numeral) -> bool:
    """G20, T3: digits behind a letter."""
    before = text[numeral.start - 1 : numeral.start]
    return before.isascii() and before.isalpha()


def _ordinal(numeral: Numeral) -> Quantity:
    start, end = numeral.start - 1, numeral.end
    return Quantity(start, start, end, end, end, numeral.value, "", Kind.ORDINAL, _HALF, words=numeral.words)


def _shared(text: Normal, share: shares.Share) -> Quantity:
    qualifier = _OVER if share.numeral.over else share.qualifier
    return _make(text, share.numeral, share.unit, share.end, share.kind, qualifier)


def _make(text: Normal, numeral: Numeral, unit: str, end: int, kind: Kind, qualifier: Qualifier) -> Quantity:
    """The quantity of a numeral and its unit, with the hedges around both."""
    start, number_end, value, step, scale, _, low, high, words = numeral
    lead, tail = start, end
    hedge = hedges.before(text, start) if text[start - 1 : start] in hedges.LAST_SIGNS else None
    if hedge:
        lead, qualifier = hedge
    following = text[end : end + 1]
    hedge = hedges.after(text, end, kind) if following in hedges.FIRST_SIGNS else None
    if hedge:
        tail, qualifier = hedge
    elif following in _DIGIT_SIGNS and kind in _MARKED:
        tail = damage.footnote(text, end)
    # Most numbers are whole: their half step is one object, which pickle carries once.
    precision = _HALF if step is ONE else step * _HALF
    return Quantity(
        lead, start, number_end, end, tail, value, unit, kind, precision, scale, qualifier, low, high, words
    )


def _ranged(text: Normal, low: Quantity) -> Quantity:
    """The range that `low` begins where 至, 到 or a dash leads to its other end; else `low` itself."""
    joint = ranges.JOIN.match(text, low.end)
    if joint is None:
        return low
    high = quantity_at(text, joint.end())
    if high is None or not high.unit:
        return low
    return ranges.join(text, low, high) or low
