"""What a run of Chinese numeral signs is worth, sign by sign.

    一千 二百 三十四 万 五千 零 六
    └ place └ place  │  scale      └ after 零 a last digit is worth itself; else a tenth of the place before it
                     └ section: what stands before a scale is multiplied by it, 万亿 by both

The evaluation stops at the first sign that cannot go on (三万五万 is 三万), so that lists without marks come apart.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

DIGITS = {
    "零": 0, "〇": 0, "一": 1, "壹": 1, "二": 2, "贰": 2, "两": 2, "三": 3, "叁": 3, "四": 4, "肆": 4,
    "五": 5, "伍": 5, "六": 6, "陆": 6, "七": 7, "柒": 7, "八": 8, "捌": 8, "九": 9, "玖": 9, "俩": 2,
}  # fmt: skip
TENS = {"廿": 20, "卅": 30, "卌": 40}
PLACES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
SCALES = {"万": 10**4, "亿": 10**8, "兆": 10**12, "万亿": 10**12}
HAN = "".join(sign for sign in (*DIGITS, *TENS, *PLACES, *SCALES) if len(sign) == 1)

# Two digits side by side that count up by one, or 三五, before a place, a scale or the end.
_PAIR = re.compile(r"(一二|[二两]三|一两|三四|四五|五六|六七|七八|八九|三五)(?=[十百千万亿]|$)")
_SEVERAL = re.compile(r"[几数]([十百千]?[万亿]*|[十百千])$")


class Placed(NamedTuple):
    """The worth of the first `used` signs of a run; `high` where they tell a range that begins at `value`."""

    value: int
    step: int
    scale: int
    used: int
    over: bool = False
    high: int | None = None


@lru_cache(maxsize=4096)  # a text has few runs, over and over
def evaluate(run: str) -> Placed | None:
    """The worth of a run of numeral signs; None where its first sign begins no number (万, 亿, 余)."""
    if run[0] in "几数":
        return _several(run)
    pair = _PAIR.search(run)
    if pair and (len(run) == 2 or not _positional(run)) and (pair[1] != "三五" or pair.start() == 0):
        return _range(run, pair.start())
    if _positional(run):
        return _by_position(run)
    return _Sections().read(run)


def _positional(run: str) -> bool:
    return all(sign in DIGITS for sign in run)


def _by_position(run: str) -> Placed:
    """二〇二四, 三八, or one digit alone; a second 两 is a unit."""
    run = run[0] + run[1:].partition("两")[0]
    return Placed(int("".join(str(DIGITS[sign]) for sign in run)), 1, 1, len(run))


def _range(run: str, at: int) -> Placed | None:
    """三四十 is 30 to 40: the run read once with each of the two digits."""
    low, high = evaluate(run[: at + 1] + run[at + 2 :]), evaluate(run[:at] + run[at + 1 :])
    if low is None or high is None or low.used + 1 != len(run):
        return None if at == 0 else _Sections().read(run)
    return Placed(low.value, low.step, low.scale, len(run), low.over, high.value)


def _several(run: str) -> Placed | None:
    """几十, 数百万: two to nine of them."""
    low, high = evaluate("二" + run[1:]), evaluate("九" + run[1:])
    if low is None or high is None:
        return None
    return Placed(low.value, low.step, low.scale, low.used, over=False, high=high.value)


class _Sections:
    """The state of one evaluation: closed parts with their scales, the open section, a digit still without a place."""

    def __init__(self) -> None:
        self.parts: list[tuple[int, int]] = []
        self.section = 0
        self.digit: int | None = None
        self.last = 1  # the place or scale read last
        self.floor = 10**4  # the next place of the section must be below it
        self.zero = False
        self.over = False

    def read(self, run: str) -> Placed | None:
        """The worth of `run` as far as its signs go on."""
        used = 0
        for used, sign in enumerate(run):
            if not self._take(sign, run[used + 1 : used + 2]):
                break
        else:
            used = len(run)
        if used == 0:
            return None
        value = sum(part for part, _ in self.parts) + self.section
        step = self.last
        if self.digit is not None:
            step = self.last // 10 if self.last >= 100 and not self.zero else 1
            value += self.digit * step
        scale = self.last if self.last >= 10**4 and self.digit is None else 1
        return Placed(value, step, scale, used, self.over)

    def _take(self, sign: str, after: str) -> bool:
        if sign in DIGITS:
            return self._digit(sign, after)
        if sign in TENS:
            if self.digit is not None:
                return False
            self.section, self.last, self.floor = self.section + TENS[sign], 10, 10
            return True
        if sign in PLACES:
            return self._place(PLACES[sign])
        if sign in SCALES:
            return self._scale(SCALES[sign])
        self.over = self.over or sign in "几余多来"
        return True

    def _digit(self, sign: str, after: str) -> bool:
        if self.digit is not None or (sign == "两" and self.last > 1 and after not in PLACES and after not in SCALES):
            return False  # 十两, 两百两: 两 is the unit there
        if DIGITS[sign] == 0:
            self.zero = True
        else:
            self.digit = DIGITS[sign]
        return True

    def _place(self, place: int) -> bool:
        if place >= self.floor:
            return False
        self.section += (1 if self.digit is None else self.digit) * place
        self.digit, self.last, self.floor, self.zero = None, place, place, False
        return True

    def _scale(self, scale: int) -> bool:
        section = self.section + (self.digit or 0)
        if section:
            if self.parts and self.parts[-1][1] == scale:
                return False
            below = [part for part in self.parts if part[1] < scale]
            self.parts = [part for part in self.parts if part[1] > scale]
            self.parts.append(((sum(worth for worth, _ in below) + section) * scale, scale))
        elif self.parts and self.digit is None and not self.zero:
            worth, before = self.parts.pop()
            scale *= before
            self.parts.append((worth * scale // before, scale))
        else:
            return False
        self.section, self.digit, self.last, self.floor, self.zero = 0, None, scale, 10**4, False
        return True
