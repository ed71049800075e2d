"""One JSON record of the extraction contract to a Context, a Reading to the answer record.

in   {"id", "text", "region", "body", "period", "published"}
out  {"id", "observations": [...], "unread": [...], "ignored": [...], "period"}
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from scrapers.period import Period
from scrapers.reading.model import Change, Context, Observation, Reading, Status
from scrapers.reading.reader import read
from scrapers.reading.statements import UNIT_GIVEN, Catalogue
from scrapers.reading.whereabouts import BY_NAME, NATION
from scrapers.vocabulary import BodyKind

_CODES = BY_NAME | {"全国": NATION}


def province_code(name: str) -> str | None:
    """The code of a province by its short or full name; a code stays as it is."""
    if name.isdigit():
        return name
    return next((code for known, code in _CODES.items() if name.startswith(known)), None)


def to_context(record: Mapping[str, object], region_code: Callable[[str], str | None] = province_code) -> Context:
    """The context that a record gives. Raises ValueError where body, period or date cannot be read."""
    region, body, period = (str(record.get(key) or "") for key in ("region", "body", "period"))
    published = str(record.get("published") or "")
    day = date.fromisoformat(published) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", published) else None
    return Context(
        region=region_code(region) if region else None,
        body=BodyKind.from_label(body) if body else None,
        period=Period.parse(period) if period else None,
        published=day,
        published_year=int(published[:4]) if published else None,
    )


def to_record(name: object, reading: Reading) -> dict[str, object]:
    """The answer for one text: plain values only, ready for JSON."""
    return {
        "id": name,
        "period": period_text(reading.period),
        # What the text states; a derived figure is no statement of it.
        "observations": [_observation(each) for each in reading.observations if each.status is not Status.DERIVED],
        "unread": [{"start": each.start, "end": each.end, "reason": each.reason} for each in reading.unread],
        "ignored": [{"start": each.start, "end": each.end, "kind": each.kind} for each in reading.ignored],
    }


def extract_record(record: Mapping[str, object], catalogue: Catalogue | None = None) -> dict[str, object]:
    """Read one record. Raises ValueError as `to_context` does."""
    codes = (lambda name: _code(catalogue, name)) if catalogue else province_code
    return to_record(record.get("id"), read(str(record.get("text") or ""), to_context(record, codes), catalogue))


def _code(catalogue: Catalogue, name: str) -> str | None:
    place = catalogue.region(name)
    return place.code if place else province_code(name)


def _observation(each: Observation) -> dict[str, object]:
    # The contract's unit is the printed one: what the catalogue gave to 万车死亡率1.05 is none of the text.
    given = UNIT_GIVEN in each.rules
    return {
        "start": each.start,
        "end": each.end,
        "subject": each.subject,
        "indicator": each.indicator,
        "scope": each.scope.words,
        "period": period_text(each.period),
        "value": number(each.value),
        "precision": number(each.precision),
        "unit": "" if given else each.unit,
        "qualifier": each.qualifier.value,
        "status": each.status.value,
        "remarks": list(each.remarks),
        "quote": [each.quote_start, each.quote_end],
        "rules": list(each.rules),
        "changes": [_change(change, given=given) for change in each.changes],
    }


def _change(change: Change, *, given: bool) -> dict[str, object]:
    return {
        "start": change.start,
        "end": change.end,
        "direction": change.direction.value,
        "value": number(change.value),
        "form": change.form.value,
        "unit": "" if given else change.unit,
        "basis": change.basis.value,
        "base_period": change.base_period,
        "precision": number(change.precision),
        "qualifier": change.qualifier.value,
        "rules": list(change.rules),
    }


def period_text(period: Period | None) -> str | None:
    """A period as the contract writes it: one month by itself (2024-08), nothing where unknown."""
    if period is None:
        return None
    return str(period)[:7] if period.length == 1 else str(period)


def number(value: Decimal | None) -> int | float | None:
    """A decimal as JSON writes it: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
