"""Every number of any Chinese text, not only what a report states.

    words without a unit                一百五十二  “一”  第三
    shares                              七成六  65折  半成  三分之二  3又二分之一  4/3
    pairs and dozens                    三双 -> 6   十打 -> 120
    signs                               负三  -5  40k  2e5  2^5
    sums, ages, temperatures            quantity/sums.py
    ranges and bounds                   quantity/ranges.py, quantity/bounds.py

A single Chinese digit is a number before a unit or where no word goes on around it: 一只, 三、四; never in 一切 统一
四川.
"""

from __future__ import annotations

import re
from decimal import Decimal

from scrapers.reading.normalise import Normal, normalise
from scrapers.reading.numerals import Numeral, bare_scale_at, numeral_at
from scrapers.reading.places import DIGITS, HAN, evaluate
from scrapers.reading.quantity import bounds, ranges, shares, sums
from scrapers.reading.quantity.blanks import squeeze
from scrapers.reading.quantity.record import Quantity
from scrapers.reading.units import KINDS, Kind, unit_at

Value = Decimal | tuple[Decimal | None, Decimal | None]

_HALF = Decimal("0.5")
_TEN = Decimal(10)
_CANDIDATE = re.compile(rf"[0-9{HAN}几数半对过翻]|(?<![0-9])\.(?=[0-9])")
_WEB = re.compile(r"[a-zA-Z]+://[!-~]+")
_POINT_FIVE = re.compile(r"(?<!\.)\.([0-9]+)(?!\.)")
_FRACTION = re.compile(r"(?:([0-9]+) )?([0-9]+)/([0-9]+)(?![0-9/])")
_AND_PART = re.compile(r"又(?=[0-9一二两三四五六七八九十百千])")
_OFF = re.compile(r"折(?![扣算合腾叠线射断])")
_SPOKEN_DIGITS = re.compile(r"[0-9] [0-9](?= ?折)|[一二三四五六七八九]{2}(?=折)")
_HALF_WORD = re.compile(r"半(?:(?P<tenth>成)|(?P<off>折)|(?P<place>[百千]))|(?<=打)对折")
_POWER = re.compile(r"(?:[eE](?P<e>[+-]?[0-9]{1,3})|\^(?P<minus>[+-]*)(?P<power>[0-9]{1,2}))(?![0-9.])")
_LETTER = re.compile(r" ?([kKM])(?![a-zA-Z])")
_CURRENCY_SIGNS = frozenset("¥$€£")
_LETTERS = {"k": 1000, "K": 1000, "M": 10**6}
_BARE_SCALE = re.compile(r"万(?= ?分之)|(?<=[上近逾超过约])[万亿]")
_WORD_GOES_ON = frozenset("半位")
_RUN = re.compile(rf"[{HAN}]+|[0-9]+")
_GROUPS = {"双": 2, "对": 2, "打": 12}
# Prefixes that a number in words takes into its unit, not into itself: 三千字节 is 3 千字节.
_PREFIXED = re.compile(r"(?:字节|比特|赫兹?|瓦时?|卡)")
_MINUS_AFTER = re.compile(r"(?:^|[\s,;:(、。=<>为是])$")
_PLAN = re.compile(r"十[一二三四五]五$")
# Words that are no number though they begin with one; and those that end in one.
_NOT_COUNTED = {"一": "起时度面", "十": "分", "百": "", "千": "", "万": "", "两": "面"}
_ENDS_WORD = frozenset("统唯同单专划归逐之万初其首大")
_GOES_ON = re.compile(rf"(?:到|至)[{HAN}0-9]|以[上下]|或者?(?:以上|更)|点两")
_IN_WORDS = frozenset("陆伍零〇")  # 大陆 队伍 零件
_COMPARES = frozenset("于比")
_HALF_OF_WHAT = frozenset("上下前后大多过一两各折对")
_FREE = frozenset("一二两三四五六七八九十")


def find(text: str) -> list[tuple[int, int, Value, str]]:
    """Every quantity of any text as (start, end, value, unit), in order.

    End exclusive; the span includes the unit. `value` is in base units; a range's is (low, high), None on an open side;
    a percentage is 95.5 with unit %. The unit is as printed, in simplified signs and without blanks; "" where none is.
    """
    squeezed = squeeze(normalise(text))
    within = squeezed.text
    found = bounds.bounded(within, list(_quantities(within)))
    return [(squeezed.start(each.start), squeezed.end(each.end), each.value, each.unit) for each in found]


def _quantities(text: Normal) -> list[Quantity]:
    found: list[Quantity] = []
    web = [address.span() for address in _WEB.finditer(text)]
    done = 0
    while candidate := _CANDIDATE.search(text, done):
        at = candidate.start()
        while web and web[0][1] <= at:
            web.pop(0)
        if web and web[0][0] <= at:
            done = web[0][1]
            continue
        quantity = _at(text, at)
        if quantity is None:
            run = _RUN.match(text, at)  # “十二五” is no 五 either
            done = run.end() if run else at + 1
            continue
        quantity = _ranged(text, quantity)
        found.append(quantity)
        done = max(quantity.end, at + 1)
    return found


def _ranged(text: Normal, low: Quantity) -> Quantity:
    joint = ranges.JOIN.match(text, low.end)
    if joint is None or joint[0].strip() == "--":
        return low
    high = _at(text, joint.end())
    if high is None or text[high.end : high.end + 1] == "-" or text[low.start - 1 : low.start] == "-":
        return low
    return ranges.join(text, low, high) or low


def _at(text: Normal, at: int) -> Quantity | None:
    special = _special(text, at)
    if special:
        return special
    numeral = _numeral(text, at)
    if numeral is None or text[numeral.end : numeral.end + 1] in _WORD_GOES_ON:
        word = shares.word_at(text, at)
        if word:
            return _made(word.numeral, word.unit, word.end, word.kind)
    if numeral is None:
        return None
    part = _part(text, numeral)
    if part:
        return _signed(text, part)
    if text[at - 1 : at] == "第":
        return _made(numeral._replace(start=at - 1), "", numeral.end, Kind.ORDINAL)
    measured = _measured(text, numeral)
    return _signed(text, sums.extended(text, measured)) if measured else None


def _part(text: Normal, numeral: Numeral) -> Quantity | None:
    """A share, a discount or a mixed fraction; None where the numeral begins none."""
    share = shares.share_at(text, numeral) or _off(text, numeral)
    if share:
        return _lettered(text, _made(share.numeral, share.unit, share.end, share.kind))
    return _mixed(text, numeral)


def _measured(text: Normal, numeral: Numeral) -> Quantity | None:
    """A numeral with its unit, or alone; None for words that count nothing and digits in a name."""
    before = text[numeral.start - 1 : numeral.start]
    unit, end, kind = unit_at(text, numeral.end)
    if unit == "个" and text[end : end + 1] in sums.PARTS:
        numeral, unit, end, kind = sums.parted(text, numeral, end) or (numeral, unit, end, kind)
    elif not unit and before in _CURRENCY_SIGNS:
        numeral, unit, kind = numeral._replace(start=numeral.start - 1), before, Kind.MONEY
    if unit == "点" and numeral.value > 24:
        unit, end, kind = "", numeral.end, Kind.PLAIN  # no time of day
    if numeral.words:
        numeral, unit, end, kind = _prefixed(text, numeral, unit, end, kind)
        if not _counts(text, numeral, unit):
            return None
    elif before.isascii() and before.isalpha():
        return None  # B12, H5N1
    if unit in _GROUPS and not text[end : end + 1].isdigit():
        return _made(numeral._replace(value=numeral.value * _GROUPS[unit]), "", end, Kind.PLAIN)
    return _made(numeral, unit, end, kind)


def _made(numeral: Numeral, unit: str, end: int, kind: Kind) -> Quantity:
    start, number_end, value, step, scale, _, low, high, words = numeral
    return Quantity(
        start, start, number_end, end, end, value, unit, kind, step * _HALF, scale, low=low, high=high, words=words
    )


def _signed(text: Normal, quantity: Quantity) -> Quantity:
    """负三, -5: a minus sign that no number stands before."""
    start = quantity.start
    sign = text[start - 1 : start]
    negative = sign == "负" or (sign == "-" and _MINUS_AFTER.search(text, max(0, start - 2), start - 1) is not None)
    if not negative:
        return quantity
    low = None if quantity.high is None else -quantity.high
    high = None if quantity.low is None else -quantity.low
    return quantity._replace(start=start - 1, lead=start - 1, value=-quantity.value, low=low, high=high)


def _special(text: Normal, at: int) -> Quantity | None:
    """Figures that do not begin with a numeral, or with one that means something else: 半成, 对折, .5, 4/3, 7 2折."""
    if text[at] == "半":
        part = _half_of_unit(text, at)
        if part:
            return part
    half = _HALF_WORD.match(text, at)
    if half:
        value = {"tenth": Decimal(5), "off": Decimal(50)}.get(half.lastgroup or "", Decimal(50))
        if half["place"]:
            place = evaluate(half["place"])
            return _made(
                Numeral(at, half.end(), Decimal((place.value if place else 0) // 2)), "", half.end(), Kind.PLAIN
            )
        return _made(Numeral(at, half.end(), value, words=True), "%", half.end(), Kind.PERCENT)
    spoken = _SPOKEN_DIGITS.match(text, at)
    if spoken:
        tens, ones = (DIGITS.get(sign, sign) for sign in spoken[0].replace(" ", ""))
        end = text.index("折", spoken.end()) + 1
        return _made(Numeral(at, end, Decimal(f"{tens}{ones}"), words=True), "%", end, Kind.PERCENT)
    point = _POINT_FIVE.match(text, at)
    if point:
        return _signed(text, _made(Numeral(at, point.end(), Decimal(f"0.{point[1]}")), "", point.end(), Kind.PLAIN))
    fraction = _FRACTION.match(text, at)
    if fraction and int(fraction[3]) and len(fraction[2]) < 4:
        value = Decimal(fraction[1] or 0) + Decimal(fraction[2]) / Decimal(fraction[3])
        return _signed(text, _made(Numeral(at, fraction.end(), value), "", fraction.end(), Kind.FRACTION))
    return None


def _half_of_unit(text: Normal, at: int) -> Quantity | None:
    """半小时, 半个月, 半公斤; 上半年 and 一半天 are others."""
    if text[at - 1 : at] in _HALF_OF_WHAT and at:
        return None
    unit, end, kind = unit_at(text, at + 1)
    if not unit or (kind not in sums.WITH_HALF and not unit.startswith("个")):
        return None
    return _made(Numeral(at, at + 1, _HALF, _HALF, words=True), unit, end, kind)


def _numeral(text: Normal, at: int) -> Numeral | None:
    """A numeral with what only general text has behind it: a power, k or M."""
    numeral = numeral_at(text, at)
    if numeral is None:
        bare = _BARE_SCALE.match(text, at)
        return bare_scale_at(text, at) if bare else None
    if numeral.over and text[numeral.end - 1] in "余多几来":
        # 四百多: the word behind says that it is more; the number ends before it.
        unit, _, _ = unit_at(text, numeral.end)
        if not unit:
            numeral = numeral._replace(end=numeral.end - 1)
    if numeral.words:
        return numeral
    power = _POWER.match(text, numeral.end)
    if power:
        if power["e"]:
            value = numeral.value.scaleb(int(power["e"]))
        else:
            exponent = int(power["power"]) * (-1 if power["minus"].count("-") == 1 else 1)
            value = numeral.value**exponent
        return numeral._replace(value=value, end=power.end())
    letter = _LETTER.match(text, numeral.end)
    if letter and numeral.scale == 1:
        return numeral._replace(value=numeral.value * _LETTERS[letter[1]], end=letter.end())
    return numeral


def _lettered(text: Normal, quantity: Quantity) -> Quantity:
    """百分之3.2k."""
    letter = _LETTER.match(text, quantity.end)
    if letter is None:
        return quantity
    return quantity._replace(value=quantity.value * _LETTERS[letter[1]], end=letter.end(), tail=letter.end())


def _off(text: Normal, numeral: Numeral) -> shares.Share | None:
    """九折 is 90 %, 75折 is 75 %."""
    off = _OFF.match(text, numeral.end)
    if off is None or numeral.value >= 100 or text[numeral.start : numeral.end] == "十":
        return None
    value = numeral.value * _TEN if numeral.value < _TEN else numeral.value
    return shares.Share(numeral._replace(value=value), "%", off.end(), Kind.PERCENT)


def _mixed(text: Normal, whole: Numeral) -> Quantity | None:
    """三又二分之一: a whole and a fraction."""
    joint = _AND_PART.match(text, whole.end)
    below = numeral_at(text, joint.end()) if joint else None
    part = shares.share_at(text, below) if below else None
    if part is None or part.kind is Kind.POINTS:
        return None
    value = part.numeral.value
    if part.kind is Kind.PERCENT:
        value /= 100
    elif part.kind is Kind.PERMILLE:
        value /= 1000
    return _made(whole._replace(end=part.end, value=whole.value + value), "", part.end, Kind.FRACTION)


def _prefixed(text: Normal, numeral: Numeral, unit: str, end: int, kind: Kind) -> tuple[Numeral, str, int, Kind]:
    """三千字节 is 3 千字节, as the unit is written; the amount is the same."""
    last = text[numeral.end - 1]
    if unit and last in "千兆" and _PREFIXED.match(text, numeral.end) and last + unit in KINDS:
        placed = evaluate(text[numeral.start : numeral.end - 1]) if numeral.end - numeral.start > 1 else None
        if placed and placed.used == numeral.end - 1 - numeral.start:
            return numeral._replace(end=numeral.end - 1, value=Decimal(placed.value)), last + unit, end, kind
    return numeral, unit, end, kind


def _counts(text: Normal, numeral: Numeral, unit: str) -> bool:
    """Whether a numeral in words is a number where it stands."""
    printed = text[numeral.start : numeral.end]
    before, after = text[numeral.start - 1 : numeral.start], text[numeral.end : numeral.end + 1]
    if (before in _ENDS_WORD and numeral.start and not unit) or (not unit and after in DIGITS and after != "两"):
        return False
    if len(printed) == 1:
        if printed in _IN_WORDS:
            return not _is_han(before) and not _is_han(after) and not numeral.value
        if before in _COMPARES:
            return True
        if unit:
            return after not in _NOT_COUNTED.get(printed, "") or not after or unit != after
        return printed in _FREE and (not _is_han(after) or _GOES_ON.match(text, numeral.end) is not None)
    if all(sign in DIGITS for sign in printed) and numeral.low is None:
        return not _is_han(before) and (not _is_han(after) or (len(printed) >= 3 and bool(unit)))
    if _PLAN.search(printed) and not unit:
        return False
    return bool(unit) or len(printed) > 2 or not _is_han(after) or printed not in {"千万", "万一", "百万", "百千"}


def _is_han(sign: str) -> bool:
    return "\u4e00" <= sign <= "\u9fff"
