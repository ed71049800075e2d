"""A text as a few hundred bytes by which near-equal texts are found among many, and told from look-alikes.

    words     the 96 smallest hashes of clauses: runs of Chinese characters, blanks left out     -> the same sentences?
    figures   the 96 smallest hashes of all printed figures, each with its count so far          -> the same numbers?
    keys      the 8 smallest hashes of figures that follow each other; where there are few, of all -> who may be alike?

Words and figures are bottom-k samples: what two samples share of their union's k smallest estimates what the texts
share of their union (Broder 1997), within about 0.05; sets smaller than k are compared exactly. Figures are kept apart
because last year's report is this year's sentences with other numbers, while a mirror has its numbers and another
frame. A key is carried by hardly any two texts that are not copies. Hashes are CRC-32, stable across processes.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Self
from zlib import crc32

KEPT = 96
KEYS = 8

# Shorter ones than this are headings, salutations, units.
_CLAUSE = re.compile("[一-鿿]{4,}")

# Days, hours and ordinals belong to the frame that an outlet puts around a text, or to its outline. What stands before
# a figure is asked behind its first digit: a pattern that begins with a digit is searched for three times as fast.
_FIGURE = re.compile(r"\d(?<![\d.,:/第-]\d)\d*(?:,\d{3})*(?:\.\d+)?(?![\d年月日:/-]|[.,]\d)")
_FULL_WIDTH = "０１２３４５６７８９"

# Two figures of fewer digits than this, together, follow each other in many texts (1、2、3).
_TELLING = 5
# With fewer keys than this, one of the whole text is added: by it the very same text is found.
_FEW_KEYS = 2

# The first byte of a packed sketch: another rule of sampling is another number.
_FORMAT = 1
_HEAD = "<BIBIB"


@dataclass(frozen=True, slots=True)
class Sample:
    """A bottom-k sample: the smallest hashes, rising, and how many different ones there were."""

    hashes: tuple[int, ...]
    size: int

    def resemblance(self, other: Sample) -> float:
        """The estimated share of the union that both have (1.0 for two empty ones)."""
        mine, others = set(self.hashes), set(other.hashes)
        both = mine & others
        if not both:
            return 0.0 if mine or others else 1.0
        union = sorted(mine | others)[:KEPT]
        return sum(map(both.__contains__, union)) / len(union)

    def containment(self, other: Sample) -> float:
        """The estimated share of the smaller one that the larger has, from resemblance and sizes."""
        smaller = min(self.size, other.size)
        if smaller == 0:
            return 1.0 if self.size == other.size else 0.0
        alike = self.resemblance(other)
        return min(alike * (self.size + other.size) / ((1 + alike) * smaller), 1.0)


@dataclass(frozen=True)
class Sketch:
    """What a text shares with its near equals; `packed` is what is stored, `Sketch.unpack` reads it again."""

    words: Sample
    figures: Sample

    @cached_property
    def packed(self) -> bytes:
        """Some 800 bytes for a report."""
        words, figures = self.words, self.figures
        counts = (words.size, len(words.hashes), figures.size, len(figures.hashes))
        hashes = (*words.hashes, *figures.hashes)
        return struct.pack(f"{_HEAD}{len(hashes)}I", _FORMAT, *counts, *hashes)

    @classmethod
    def unpack(cls, data: bytes | None) -> Self | None:
        """A stored sketch; None for none, and for one of another format."""
        if not data or data[0] != _FORMAT:
            return None
        head = struct.calcsize(_HEAD)
        _, words, kept, figures, more = struct.unpack(_HEAD, data[:head])
        hashes = struct.unpack(f"<{kept + more}I", data[head:])
        return cls(Sample(hashes[:kept], words), Sample(hashes[kept:], figures))


def sketch_of(text: str) -> tuple[Sketch, Sequence[int]]:
    """The sketch of a canonical text, and the keys under which it is found."""
    plain = unicodedata.normalize("NFKC", text) if any(digit in text for digit in _FULL_WIDTH) else text
    figures = [figure.replace(",", "") for figure in _FIGURE.findall(plain)]
    sketch = Sketch(_sample(_clauses(plain)), _sample(_counted(figures)))
    return sketch, _keys(figures, sketch)


def _clauses(plain: str) -> set[int]:
    clauses = set(_CLAUSE.findall("".join(plain.split())))
    return {crc32(clause.encode()) for clause in clauses}


def _counted(figures: Iterable[str]) -> set[int]:
    counts = Counter(figures)
    return {crc32(f"{figure}#{number}".encode()) for figure, count in counts.items() for number in range(count)}


def _keys(figures: Sequence[str], sketch: Sketch) -> Sequence[int]:
    pairs = {f"{one} {other}" for one, other in pairwise(figures) if len(one) + len(other) >= _TELLING}
    keys = {crc32(pair.encode()) for pair in pairs}
    if figures and len(keys) < _FEW_KEYS:
        keys.add(crc32(sketch.packed))
    return sorted(keys)[:KEYS]


def _sample(hashes: set[int]) -> Sample:
    return Sample(tuple(sorted(hashes)[:KEPT]), len(hashes))
