"""A text as a short string by which near-equal texts are told, and told from look-alikes.

    words     the 96 smallest hashes of runs of five characters, without digits and signs       -> the same sentences?
    figures   the 96 smallest hashes of all printed figures, each with its count so far          -> the same numbers?

Both are bottom-k samples: what two samples share of their union's k smallest estimates what the texts share of their
union (Broder 1997), within about 0.05; sets smaller than k are compared exactly. Figures are kept apart because last
year's report is this year's sentences with other numbers, while a mirror has its numbers and another frame. Hashes
are CRC-32 of UTF-16, stable across processes and versions.
"""

from __future__ import annotations

import base64
import re
import struct
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

KEPT = 96
_RUN = 5

# Only runs whose first character has these bits clear are hashed, a quarter of them: the same ones in every text.
_ONE_IN = 0b11

# What is not read: digits (they are the figures' part), punctuation, blanks and the signs that copies change.
_NO_WORDS = re.compile(r"[\W\d_]+")
_FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")

# Days and hours belong to the frame that an outlet puts around a text, and say nothing about its figures.
_DAYS = re.compile(
    r"\d{2,4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日)?|\d{1,2}日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}:\d{2}(?::\d{2})?"
)

# Where a hash lies under this share of all, so that only so many times KEPT of them must be sorted.
_SORTED_AT_MOST = 4

_FORMAT = "1"


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


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a text shares with its near equals. `str()` is what is stored, `Sketch.parse` reads it again."""

    words: Sample
    figures: Sample

    def __str__(self) -> str:
        return f"{_FORMAT}:{_packed(self.words)}:{_packed(self.figures)}"

    @classmethod
    def parse(cls, text: str) -> Sketch | None:
        """A stored sketch; None for an empty or an older one. Raises ValueError for what never was one."""
        if not text:
            return None
        version, _, rest = text.partition(":")
        words, _, figures = rest.partition(":")
        return cls(_unpacked(words), _unpacked(figures)) if version == _FORMAT else None


def sketch(text: str) -> Sketch:
    """The sketch of a canonical text."""
    plain = unicodedata.normalize("NFKC", text)
    return Sketch(_sample(_shingles(_NO_WORDS.sub("", plain))), _sample(_figures(plain)))


def _shingles(plain: str) -> Iterable[int]:
    data = plain.encode("utf-16-le", "surrogatepass")
    last = max(len(data) - 2 * _RUN + 2, 0)
    return {crc32(data[start : start + 2 * _RUN]) for start in range(0, last, 2) if not data[start] & _ONE_IN}


def _figures(plain: str) -> Iterable[int]:
    counts = Counter(figure.replace(",", "") for figure in _FIGURE.findall(_DAYS.sub(" ", plain)))
    return {crc32(f"{figure}#{number}".encode()) for figure, count in counts.items() for number in range(count)}


def _sample(hashes: Iterable[int]) -> Sample:
    known = set(hashes)
    if len(known) > 2 * _SORTED_AT_MOST * KEPT:
        limit = (1 << 32) * _SORTED_AT_MOST * KEPT // len(known)
        small = sorted(value for value in known if value < limit)
        if len(small) >= KEPT:
            return Sample(tuple(small[:KEPT]), len(known))
    return Sample(tuple(sorted(known)[:KEPT]), len(known))


def _packed(sample: Sample) -> str:
    data = struct.pack(f"<I{len(sample.hashes)}I", sample.size, *sample.hashes)
    return base64.b64encode(data).decode("ascii")


def _unpacked(text: str) -> Sample:
    data = base64.b64decode(text, validate=True)
    if not data or len(data) % 4:
        raise ValueError("no sketch")
    size, *hashes = struct.unpack(f"<{len(data) // 4}I", data)
    return Sample(tuple(hashes), size)
