"""From the reader's words to the record's: the one place where the two packages' types meet.

SourceCard, Article, Work    -> EditionInput: document, observations, changes, unread, ignored
(outcomes are mapped by flows.ingest.fetched; catalogue, regions and cards by flows.ingest.sync)
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cache

from pydantic import ValidationError

from flows.ingest.parse import EXTRACTOR_VERSION, READER_VERSION, Work
from scrapers.context.places import county_name, level_of
from scrapers.indicators.measures import base_unit, size_of
from scrapers.pages.model import Article
from scrapers.period import Period
from scrapers.reading.model import Change, Observation, Reading, Unread
from scrapers.sources.card import SourceCard
from storage.inputs import (
    CaptureInput,
    ChangeInput,
    DocumentInput,
    EditionInput,
    ObservationInput,
    UnreadInput,
)
from storage.texts import prepare_text
from storage.vocabulary import Origin, Status

log = logging.getLogger(__name__)

# An unread figure without a sentence end near it is quoted with so many characters to each side.
_UNREAD_REACH = 60
_STATUS = {status.value: status for status in Status}


def edition_input(
    card: SourceCard,
    pages: Sequence[Article],
    work: Work,
    *,
    capture: CaptureInput,
    url: str,
    printed_date: date | None = None,
    origin: Origin = Origin.ORDINARY,
) -> EditionInput:
    """One publication of a source, read: `url` is its address, `printed_date` the day that the list shows beside it."""
    about, first = work.publication, pages[0]
    level = about.level.value if about.level else None
    observations, unread = figure_inputs(work.reading, work.text, level)
    return EditionInput(
        document=DocumentInput(
            url=url,
            urls=tuple(dict.fromkeys((url, *(page.url for page in pages)))),
            source_id=card.id,
            title=first.title,
            issuer=about.issuer or card.name,
            body=about.body.value if about.body else card.body.value,
            region=about.region or card.region,
            level=level,
            kind=about.kind.value if about.kind else None,
            published=about.day or printed_date,
            **months(work.reading.period or about.period),
        ),
        capture=capture,
        extractor_version=EXTRACTOR_VERSION,
        reader_version=READER_VERSION,
        text=work.text,
        observations=observations,
        unread=unread,
        ignored=ignored_counts(work.reading),
        region_names=county_names(
            (about.region or card.region, *(one.scope.region for one in work.reading.observations))
        ),
        origin=origin,
        # Here, and not in the transaction that records it: this runs in a process of its own.
        prepared=prepare_text(work.text),
    )


def figure_inputs(
    reading: Reading, text: str, level: str | None
) -> tuple[tuple[ObservationInput, ...], tuple[UnreadInput, ...]]:
    """Every observation of a reading as the record takes it, and every unread figure with the sentence around it.

    A figure that the record refuses (a rate of -3 cases, an empty span) is unread: it does not cost the others.
    """
    observations, unread = [], list(reading.unread)
    for figure in reading.observations:
        try:
            observations.append(_observation(figure, level))
        except ValidationError as error:
            log.warning("not recorded: %r: %s", text[figure.start : figure.end], error.errors()[0]["msg"])
            unread.append(Unread(figure.start, figure.end, "not_recordable"))
    unread.sort(key=lambda each: each.start)
    return tuple(observations), tuple(_unread(each, text) for each in unread)


def county_names(regions: Iterable[str | None]) -> dict[str, str]:
    """The names of those codes that are counties'; the record's catalogue of regions ends with cities."""
    counties = {code for code in regions if code is not None and len(code) == 6}
    return {code: name for code in sorted(counties) if (name := county_name(code)) is not None}


def ignored_counts(reading: Reading) -> dict[str, int]:
    """How many digits were no metrics, by kind."""
    return dict(Counter(item.kind for item in reading.ignored))


def months(period: Period | None) -> dict[str, int | None]:
    """A period as the record's two columns."""
    return {"period_first": period.first if period else None, "period_last": period.last if period else None}


def _observation(figure: Observation, level: str | None) -> ObservationInput:
    # `_value_`: what `value` computes anew at each access.
    scope, period, unit = figure.scope, figure.period, base_unit(figure.unit)
    return ObservationInput(
        start=figure.start,
        end=figure.end,
        quote_start=figure.quote_start,
        quote_end=figure.quote_end,
        subject=figure.subject or "?",
        indicator=figure.indicator,
        scope_body=scope.body._value_ if scope.body else None,
        scope_own=scope.own,
        scope_region=scope.region,
        scope_words=scope.words,
        level=_level(scope.region) if scope.region else level,
        period_first=period.first if period else None,
        period_last=period.last if period else None,
        value=_sized(figure.value, figure.unit, unit),
        precision=_sized(figure.precision, figure.unit, unit),
        unit=unit,
        qualifier=figure.qualifier._value_,
        status=_STATUS[figure.status._value_],
        remarks=figure.remarks,
        rules=figure.rules,
        changes=tuple(_change(change) for change in figure.changes),
    )


@cache
def _level(region: str) -> str:
    return level_of(region).value


def _sized(value: Decimal | None, unit: str, base: str) -> Decimal | None:
    """A value in the unit that its series is kept in: 1.2吨 is 1200公斤, known as exactly."""
    # Nearly all are kept as they are, and what the reader shares between figures (a half) stays one object.
    return value if value is None or unit == base else value * size_of(unit)


def _change(change: Change) -> ChangeInput:
    # Only a change in the figure's own unit has a size; per cent and points carry none.
    unit = base_unit(change.unit)
    return ChangeInput(
        start=change.start,
        end=change.end,
        direction=change.direction._value_,
        value=_sized(change.value, change.unit, unit),
        form=change.form._value_,
        basis=change.basis._value_,
        base_period=change.base_period,
        unit=unit,
        precision=_sized(change.precision, change.unit, unit),
        qualifier=change.qualifier._value_,
        rules=change.rules,
    )


def _unread(figure: Unread, text: str) -> UnreadInput:
    begin = max(text.rfind(mark, 0, figure.start) for mark in "。\n;;") + 1
    ends = [end for mark in "。\n" if (end := text.find(mark, figure.end)) >= 0]
    begin = max(begin, figure.start - _UNREAD_REACH)
    end = min([*ends, figure.end + _UNREAD_REACH, len(text)])
    return UnreadInput(start=figure.start, end=figure.end, reason=figure.reason, quotation=text[begin:end].strip())
