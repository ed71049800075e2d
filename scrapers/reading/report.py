"""The period that a whole report covers, where the context does not give it: found in the text.

2022年,全省法院…            the first period that a sentence with figures opens with
五年来,… 十年来,…            years back from the last one that was over when it was published
(nothing)                   by the date of publication: the last year, half-year or quarters over by then; a guess
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from scrapers.period import Period
from scrapers.reading.layout import paragraphs, sentences
from scrapers.reading.model import Context
from scrapers.reading.normalise import Normal
from scrapers.reading.periods import Clock, find_times

# How far from its beginning a sentence may first name its body: 全省法院2022年…
_OPENING = 16
_FIGURE = re.compile(r"\d[\d.,]*\s?[万亿]*[多余]?[件起人名%个项元次家]")


@dataclass(frozen=True, slots=True)
class Found:
    """A report's period and the rule that found it; `guessed` where only the date of publication speaks for it."""

    period: Period | None
    rule: str
    guessed: bool = False


def report_period(text: Normal, context: Context) -> Found:
    """The period that `text` covers by its own words, else by its date of publication."""
    assumed = _over_by(context)
    clock = Clock(assumed, context.published, context.published_year)
    first: Found | None = None
    for paragraph in paragraphs(text):
        for sentence in sentences(text, paragraph):
            words = text[sentence.start : sentence.end]
            opening = words if len(words) < _OPENING * 4 else words[: _OPENING * 4]
            for mention, period in find_times(opening, clock, None):
                if period is None or _unborn(period, context):
                    continue
                found = Found(period, f"report.{mention.rule}")
                if mention.start <= _OPENING and _FIGURE.search(words):
                    return found
                first = first or found
    return first or Found(assumed, "report.publication", guessed=True)


def _unborn(period: Period, context: Context) -> bool:
    year = context.published.year if context.published else context.published_year
    return bool(year and period.first_year > year)


def _over_by(context: Context) -> Period | None:
    """The last year, half-year or months of quarters that were over at publication."""
    published = context.published
    year = published.year if published else context.published_year
    if year is None:
        return None
    if published is None or published.month <= 3:
        return Period.year(year - 1)
    return Period.months(year, 1, (published.month - 1) // 3 * 3)
