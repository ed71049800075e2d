"""The period that a whole report covers, where the context does not give it: found in the text."""

from __future__ import annotations

from scrapers.period import Period
from scrapers.reading.layout import paragraphs, sentences
from scrapers.reading.model import Context
from scrapers.reading.normalise import Normal
from scrapers.reading.periods import Clock, find_times


def report_period(text: Normal, context: Context) -> Period | None:
    """The first period named in the text; without one, the year before a publication of the first months."""
    clock = Clock(None, context.published, context.published_year)
    for paragraph in paragraphs(text):
        for sentence in sentences(text, paragraph):
            for mention in find_times(text[sentence.start : sentence.end], clock, None):
                if mention.period:
                    return mention.period
    year = context.published.year if context.published else context.published_year
    return Period.year(year - 1) if year else None
