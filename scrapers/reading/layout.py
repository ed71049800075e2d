"""A text's paragraphs and sentences, as (start, end) in normal text.

Hard-wrapped lines are joined again: a line of some length that ends in no mark goes on in the next one, unless that
one opens like a heading or an item (一、 (二) 3. ——).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from scrapers.reading.normalise import Normal


class Span(NamedTuple):
    """A stretch of normal text, end exclusive."""

    start: int
    end: int


# A line shorter than this that ends without a mark is a heading, not a wrapped line.
_WRAPPED = 30
_CLOSED = '。!?;:…."'
_OPEN = (",", "、")
_OPEN_AT_MOST = 400
_LONGEST = 3000
_OPENER = re.compile(
    r"\s*(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d+[.、](?!\d)|-|·|•|●|■|◆|★|☆|◎|※|注)"
)
# 。 ends a sentence; so does a dot that pages print for it: after no digit, or after a unit sign, before a word.
# One class of signs first, so that `re` runs over everything else at its full speed; what is beside the sign decides.
_STOP = re.compile(r"[。!?….\n](?:(?<=[。!?…])[。!?…]*[\"')\]]*|(?<=[^\s\d.*A-Za-z]\.)(?![\d.])|(?<=\n))")
_COUNTS = frozenset("一二三四五六七八九十(0123456789-·•●■◆★☆◎※ \n")
_ENUMERATOR = re.compile(
    r"\s*(?:-+|[·•●■◆★☆◎※])?\s*(?:[一二三四五六七八九十]{1,3}(?:、|是,?)|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}(?:、|\.(?!\s?\d)))?\s*"
)


def paragraphs(text: Normal, within: Span | None = None) -> Iterator[Span]:
    """Every paragraph of a text, or of a stretch of it, that holds more than blanks, wrapped lines joined."""
    start, stop = within or Span(0, len(text))
    at = start
    while at < stop:
        end = text.find("\n", at, stop)
        end = stop if end < 0 else end
        line = text[at:end].rstrip()
        following = text[end + 1 : end + 12]
        goes_on = line[-1:] in _OPEN or (len(line) >= _WRAPPED and line[-1] not in _CLOSED)
        wrapped = line and goes_on and following.strip() and not _OPENER.match(following)
        if not wrapped:
            if text[start:end].strip():
                yield Span(start, end)
            start = end + 1
        at = end + 1
    if start < stop and text[start:stop].strip():
        yield Span(start, stop)


def sentences(text: Normal, within: Span) -> Iterator[Span]:
    """The sentences of one paragraph, their closing mark left out; a line break inside is none."""
    start = within.start
    bracketed = text.find("(", within.start, within.end) >= 0
    for stop in _STOP.finditer(text, within.start, within.end):
        at, end = stop.span()
        if text[at] == "\n" or (bracketed and not _balanced(text, start, at)):
            continue
        if start < at <= start + _LONGEST:
            yield Span(start, at)
        elif at > start:
            yield from _bounded(text, start, at)
        start = end
    if start < within.end:
        yield from _bounded(text, start, within.end)


def _bounded(text: Normal, start: int, end: int) -> Iterator[Span]:
    """A sentence, cut at semicolons, else at commas, where it is longer than any that is told in one breath."""
    while end - start > _LONGEST:
        at = max(text.rfind(";", start, start + _LONGEST), text.rfind("\n", start, start + _LONGEST))
        if at <= start:
            at = text.rfind(",", start, start + _LONGEST)
        if at <= start:
            at = start + _LONGEST
        yield Span(start, at)
        start = at + 1
    if start < end:
        yield Span(start, end)


def _balanced(text: Normal, start: int, end: int) -> bool:
    """Whether no bracket is open at `end`; one that stays open for long was never closed."""
    opened = text.count("(", start, end)
    return not opened or opened <= text.count(")", start, end) or end - start > _OPEN_AT_MOST


# How deep a number counts, deepest last: 一是 goes through what stands under any of the others.
_NUMBER = "[一二三四五六七八九十]{1,3}"
_RANKS = tuple(
    re.compile(rf"\s*(?:{mark})")
    for mark in (rf"第?{_NUMBER}(?:、|部分)", rf"\({_NUMBER}\)", r"\d{1,2}[.、](?!\d)", r"\(\d+\)", f"{_NUMBER}是")
)
_MAY_RANK = re.compile(r"[\s第(一二三四五六七八九十\d]")


def without_enumerator(text: Normal, sentence: Span) -> Span:
    """A sentence without the number or bullet that counts it (一、 (二) 3. ——)."""
    if text[sentence.start] not in _COUNTS:
        return sentence
    found = _ENUMERATOR.match(text, sentence.start, sentence.end)
    return Span(found.end(), sentence.end) if found else sentence


def rank(text: Normal, sentence: Span) -> int:
    """How deep the number of a sentence counts: 一、 is 1, (一) 2, 1. 3, (1) 4, 一是 5; 0 where it has none."""
    if not _MAY_RANK.match(text, sentence.start, sentence.end):
        return 0
    return next((at for at, mark in enumerate(_RANKS, 1) if mark.match(text, sentence.start, sentence.end)), 0)
