"""Records: made quickly and frozen all the same; between processes what arrives is what was sent."""

from __future__ import annotations

import copy
import inspect
import pickle
from dataclasses import FrozenInstanceError, replace

import pytest

from scrapers.period import Period
from scrapers.reading import Context, read
from scrapers.reading.model import Ignored, Scope
from scrapers.record import Record

TEXT = "2024年,全省法院受理案件40.2万件(含旧存1.9万件),同比上升3.1%;审结案件38万件120人,居全国第3位。"


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_reading_arrives_whole(protocol: int) -> None:
    reading = read(TEXT, Context(region="62", period=Period.year(2024)))
    assert len(reading.observations) == 4
    assert reading.ignored
    assert pickle.loads(pickle.dumps(reading, protocol)) == reading  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    ("record", "fields"),
    [
        (Period(24276, 24287), (24276, 24287)),
        (Ignored(3, 5, "date"), (3, 5, "date")),
        (Scope(None, own=True, region="62", words="省高院"), (None, True, "62", "省高院")),
    ],
)
def test_only_the_fields_travel(record: Record, fields: tuple[object, ...]) -> None:
    assert record.__reduce__() == (type(record), fields)


def test_a_record_is_a_frozen_dataclass() -> None:
    record = Ignored(3, end=5, kind="date")
    assert type(record) is Ignored
    assert record == Ignored(3, 5, "date") == copy.copy(record) != replace(record, end=6)
    assert list(inspect.signature(Ignored).parameters) == ["start", "end", "kind"]
    assert repr(record) == "Ignored(start=3, end=5, kind='date')"
    with pytest.raises(FrozenInstanceError):
        record.end = 7  # type: ignore[misc]
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'kind'"):
        Ignored(3, 5)  # type: ignore[call-arg]


def test_a_check_of_the_fields_is_still_made() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        Period(24287, 24276)


def test_what_recurs_in_a_text_is_one_object() -> None:
    first, second = read("全省法院受理案件40件,审结案件38件。", Context(region="62")).observations[:2]
    assert first.scope is second.scope
