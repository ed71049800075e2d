"""What an amount goes on with behind its unit, in any text.

五元三毛  10日元5钱  两美元又三美分  三块五     one sum in two units
一吨半  三斤半  三年半  两个半小时             and a half
三个多月                                       and more
十个月大  90天大                               an age
华氏温度98.6度  零下5度                        a temperature
"""

from __future__ import annotations

import re
from decimal import Decimal

from scrapers.reading.normalise import Normal
from scrapers.reading.numerals import Numeral, numeral_at
from scrapers.reading.quantity.record import Quantity
from scrapers.reading.units import KINDS, Kind, unit_at

_HALF = Decimal("0.5")
# A small coin in parts of its large one.
_COINS = {"角": 10, "毛": 10, "毛钱": 10, "分": 100, "分钱": 100, "美分": 100, "欧分": 100, "便士": 100, "日本钱": 100}
_AND = re.compile(r"又?(?=[0-9一二两三四五六七八九十])")
_LAST_DIGIT = frozenset({"块", "毛"})
# Kinds whose unit can be halved.
WITH_HALF = frozenset({Kind.MEASURE, Kind.TIME, Kind.MULTIPLE, Kind.MONEY})
# Signs that part 个 from a unit of time.
PARTS = frozenset("半多余")
_OLD = frozenset({"个月", "周", "天", "岁", "周岁", "年"})
_SCALE_OF_HEAT = re.compile(r"(?P<scale>华氏|摄氏)(?:温度)?$|(?P<below>零下)$")


def extended(text: Normal, quantity: Quantity) -> Quantity:
    """The quantity with what belongs to it behind and before it."""
    if quantity.kind is Kind.MONEY:
        quantity = _coins(text, quantity)
    quantity = with_half(text, quantity)
    if quantity.unit in _OLD and text[quantity.end : quantity.end + 1] == "大":
        return quantity._replace(end=quantity.end + 1, tail=quantity.end + 1, unit=quantity.unit + "大")
    if quantity.unit == "度":
        return _heat(text, quantity)
    return quantity


def parted(text: Normal, numeral: Numeral, unit_end: int) -> tuple[Numeral, str, int, Kind] | None:
    """两个半小时, 三个多月: the words inside a unit of time; None where 个 counts something else."""
    sign = text[unit_end : unit_end + 1]
    unit, end, kind = unit_at(text, unit_end + 1)
    if "个" + unit not in KINDS or not unit:
        return None
    if sign == "半":
        return numeral._replace(value=numeral.value + _HALF, step=_HALF), "个" + unit, end, kind
    return numeral._replace(over=True), "个" + unit, end, kind


def with_half(text: Normal, quantity: Quantity) -> Quantity:
    """一吨半, 三年半: half of the unit more."""
    if text[quantity.end : quantity.end + 1] == "半" and quantity.kind in WITH_HALF and quantity.scale == 1:
        return _grown(quantity, quantity.end + 1, _HALF)
    return quantity


def _grown(quantity: Quantity, end: int, more: Decimal) -> Quantity:
    return quantity._replace(end=end, tail=end, value=quantity.value + more)


def _coins(text: Normal, quantity: Quantity) -> Quantity:
    while joint := _AND.match(text, quantity.end):
        coin = numeral_at(text, joint.end())
        if coin is None:
            break
        unit, end, _ = unit_at(text, coin.end)
        if unit in _COINS:
            quantity = _grown(quantity, end, coin.value / _COINS[unit])
        elif not unit and quantity.unit in _LAST_DIGIT and coin.end - coin.start == 1:
            return _grown(quantity, coin.end, coin.value / 10)
        else:
            break
    return quantity


def _heat(text: Normal, quantity: Quantity) -> Quantity:
    found = _SCALE_OF_HEAT.search(text, max(0, quantity.start - 4), quantity.start)
    if found is None:
        return quantity
    if found["below"]:
        return quantity._replace(start=found.start(), value=-quantity.value)
    return quantity._replace(start=found.start(), unit=found["scale"] + "度")
