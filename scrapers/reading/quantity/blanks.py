"""A text without the blanks that stand beside Chinese characters, and the way back to its offsets.

一百 五 十 个 百 分 点      ->  一百五十个百分点
4 6/3   38 160   12 kg      stay: a blank between two signs of ASCII may part two numbers
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from scrapers.reading.normalise import Normal

_BESIDE_CHINESE = re.compile(r"(?<=[^\x00-\x7f]) +| +(?=[^\x00-\x7f])")


class Squeezed(NamedTuple):
    """`text` without those blanks. `ends` are the offsets in it at which blanks were, `gaps` how many up to there."""

    text: Normal
    ends: list[int]
    gaps: list[int]

    def start(self, at: int) -> int:
        """Where the character at `at` stands in the full text."""
        index = bisect_right(self.ends, at)
        return at + (self.gaps[index - 1] if index else 0)

    def end(self, at: int) -> int:
        """Where a stretch that ends before `at` ends in the full text."""
        return self.start(at - 1) + 1


def squeeze(text: Normal) -> Squeezed:
    """Take the blanks out; a text without any is given back as it is."""
    pieces, ends, gaps = [], [], []
    at = kept = taken = 0
    for blanks in _BESIDE_CHINESE.finditer(text):
        pieces.append(text[at : blanks.start()])
        kept += blanks.start() - at
        taken += blanks.end() - blanks.start()
        ends.append(kept)
        gaps.append(taken)
        at = blanks.end()
    if not gaps:
        return Squeezed(text, ends, gaps)
    return Squeezed(Normal("".join((*pieces, text[at:]))), ends, gaps)
