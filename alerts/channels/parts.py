"""Splitting a message under a platform's limit, at figure borders where that is possible.

    blocks [one per figure] -> parts, each measured as the platform measures it (Chinese counts three bytes)

A single figure over the limit is cut at a paragraph, else after a sentence, else between characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

Measure: TypeAlias = Callable[[str], int]
BETWEEN = "\n\n"
_SENTENCE = re.compile(r"[^。;!?\n]*[。;!?\n]?")


def pack(blocks: Sequence[str], measure: Measure, limit: int) -> tuple[str, ...]:
    """Blocks joined to as few parts as their order allows, none measuring over `limit`."""
    parts: list[str] = []
    current = ""
    for piece in (fitting for block in blocks for fitting in _fitting(block, measure, limit)):
        joined = f"{current}{BETWEEN}{piece}" if current else piece
        if current and measure(joined) > limit:
            parts.append(current)
            current = piece
        else:
            current = joined
    return (*parts, current) if current else tuple(parts)


def _fitting(block: str, measure: Measure, limit: int) -> Iterator[str]:
    """The block, or its pieces where it alone is over the limit."""
    if measure(block) <= limit:
        yield block
        return
    current = ""
    for atom in _atoms(block, measure, limit):
        if current and measure(current + atom) > limit:
            yield current.strip("\n")
            current = ""
        current += atom
    if current.strip("\n"):
        yield current.strip("\n")


def _atoms(block: str, measure: Measure, limit: int) -> Iterator[str]:
    for sentence in _SENTENCE.findall(block):
        if not sentence or measure(sentence) <= limit:
            yield sentence
        else:
            yield from sentence
