"""Radicals that look like characters (⻓⼋⼯ for 长八工), as some PDFs carry them: folded to the characters meant.

Full-width digits and punctuation stay as printed; only the two blocks of radicals are touched.
"""

from __future__ import annotations

import unicodedata

# The supplement block, which Unicode does not fold (but for two), as far as simplified text uses it.
_SUPPLEMENT = dict(
    zip(
        "⺁⺇⺋⺍⺎⺏⺝⺟⺠⺡⺢⺩⺪⺬⺭⺮⺸⺻⺼⻁⻄⻅⻆⻈⻉⻋⻌⻍⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂几巳小尢尢月母民水水王匹示示竹羊聿肉虎西见角讠贝车辶辶钅长长长门阝雨青韦页风飞食饣马骨鬼鱼鸟卤麦黄黾齐齐齿齿龙龙龟龟龟",
        strict=True,
    )
)
_KANGXI = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_FOLDS = str.maketrans(_KANGXI | _SUPPLEMENT)


def folded(text: str) -> str:
    """The text with every radical turned into its character; its length stays."""
    return text.translate(_FOLDS)
