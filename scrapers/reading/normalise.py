"""One text in, one text of the same length out: every character folded to the one the other passes look for.

    full-width and look-alike forms   １２．３％ （ ）        -> 12.3% ( )
    odd blanks                        U+3000 U+00A0           -> one plain space (tabs and line breaks stay)
    dashes, tildes                    — – － ～ 〜            -> - ~
    traditional and variant forms     審結萬餘               -> 审结万余

The fold is one character to one character, so an offset into the normal text is an offset into the text as given, and
no map is kept. Damage that changes the length (a blank inside a number, thousands separators, footnote marks) stays
where it is; the pass that meets it reads over it.
"""

from __future__ import annotations

from typing import NewType

Normal = NewType("Normal", str)
"""A text after `normalise`: passes take this and nothing else."""

# Commas, brackets and dots that pages use for one another. The Chinese full stop and 、 keep their meaning and stay.
_MARKS = {
    "，": ",", "﹐": ",", "︐": ",",
    "；": ";", "﹔": ";", "：": ":", "﹕": ":", "︰": ":", "∶": ":",
    "（": "(", "﹙": "(", "［": "[", "）": ")", "﹚": ")", "］": "]",
    "．": ".", "﹒": ".", "％": "%", "﹪": "%", "٪": "%",
    "！": "!", "？": "?", "＋": "+", "－": "-", "−": "-", "‐": "-", "‑": "-", "‒": "-",
    "–": "-", "—": "-", "―": "-", "─": "-",
    "～": "~", "〜": "~", "∼": "~", "˜": "~", "﹣": "-",
    "＊": "*", "／": "/", "∕": "/", "＝": "=", "＜": "<", "＞": ">",
    "“": '"', "”": '"', "＂": '"', "‘": "'", "’": "'", "＇": "'",
    "○": "〇", "Ｏ": "O", "¥": "¥", "￥": "¥", "＄": "$", "､": "、", "｡": "。",
}  # fmt: skip
_BLANKS = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u200b\u200c\u200d\u202f\u205f\u2060\u3000\ufeff"
)


def _table() -> dict[int, str]:
    table = {0xFF01 + step: chr(0x21 + step) for step in range(94)}
    table |= {ord(old): new for old, new in _MARKS.items()}
    table |= dict.fromkeys(map(ord, _BLANKS), " ")
    return table


_TABLE = _table()


def normalise(text: str) -> Normal:
    """Fold `text` character by character; the result has its length and its offsets."""
    return Normal(text.translate(_TABLE))
