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
from scrapers.reading.periods import Clock, TimeMention, find_times, is_short, span_length

# How much of a sentence may stand before its time: 记者从省公安厅召开的新闻发布会获悉,2012年以来…
_OPENING = 64
_YEAR = 12  # months
_FIGURE = re.compile(r"\d[\d.,]*\s?[万亿]*[多余]?[件起人名个%项元次家]")
# Before a word of time that tells a base or a from-end, not what the report covers.
_ELSEWHERE = ("比", "较", "与", "同", "从", "由", "是", "于", "到")


@dataclass(frozen=True, slots=True)
class Found:
    """A report's period and the rule that found it; `guessed` where only the date of publication speaks for it."""

    period: Period | None
    rule: str
    guessed: bool = False


def report_period(text: Normal, context: Context) -> Found:
    """The period that `text` covers by its own words, else by its date of publication."""
    assumed = _over_by(context)
    clock = Clock(assumed, context.published, context.published_year, guessed=True)
    first: Found | None = None
    years_back = 0
    opened = False
    for paragraph in paragraphs(text):
        for sentence in sentences(text, paragraph):
            words = text[sentence.start : sentence.end]
            opening = words[:_OPENING]
            for mention, period in find_times(opening, clock, None):
                if is_short(mention) and _FIGURE.search(words, mention.end) and first is None and not opened:
                    return Found(None, "report.days")
                settled = _in_year(mention, period, context)
                if assumed is None and mention.rule == "span":
                    years_back = years_back or span_length(mention)
                if settled and years_back > 1 and settled.length == _YEAR:
                    # 过去五年,… 2022年,…: nothing but the year named next says when the five years were over.
                    return Found(Period.years(settled.last_year - years_back + 1, settled.last_year), "report.span")
                if settled is None or _unborn(settled, context) or opening[: mention.start].endswith(_ELSEWHERE):
                    continue
                if opened and assumed and settled.length < assumed.length:
                    continue
                found = Found(settled, f"report.{mention.rule}")
                if _FIGURE.search(words, mention.end):
                    return found
                first = first or found
            # Figures stood without a time: a shorter time named after them is that of a part.
            opened = opened or bool(_FIGURE.search(words))
    return first or Found(assumed, "report.publication", guessed=True)


def _in_year(mention: TimeMention, period: Period | None, context: Context) -> Period | None:
    """Months without a year (1至3月) are of the year of publication; of the one before, where not over by then."""
    year = context.published.year if context.published else context.published_year
    if period is None or year is None or period.whole_years or re.search(r"\d{4}|年", mention.printed[0]):
        return period
    moved = period.shifted(12 * (year - period.last_year))
    over = context.published.year * 12 + context.published.month - 2 if context.published else moved.last
    return moved if moved.last <= over else moved.shifted(-12)


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
