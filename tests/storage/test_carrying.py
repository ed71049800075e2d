"""Records come out of another process as they went in, refusals included."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, fields, replace
from decimal import Decimal

import pytest
from pydantic import ValidationError

from storage.inputs import ChangeInput, EditionInput, ObservationInput, UnreadInput
from storage.texts import prepare_text
from tests.storage.made import edition, figure

CHANGE = ChangeInput(start=3, end=6, direction="up", value=Decimal("2.5"), form="percent", basis="yoy")
LEVEL = ObservationInput(
    start=0, end=3, quote_start=0, quote_end=9, subject="受理案件", value=Decimal("38.10"), unit="件", changes=(CHANGE,)
)
UNREAD = UnreadInput(start=1, end=2, reason="digits_lost", quotation="□件")
PLAIN = edition(figure("受理案件", "62", 2024, "812700"))
EDITION = replace(PLAIN, unread=(UNREAD,), ignored={"date": 2}, prepared=prepare_text(PLAIN.text))


@pytest.mark.parametrize("record", [CHANGE, LEVEL, UNREAD, EDITION])
def test_a_record_survives_the_way(record: ObservationInput | ChangeInput | UnreadInput | EditionInput) -> None:
    back = pickle.loads(pickle.dumps(record, pickle.HIGHEST_PROTOCOL))  # noqa: S301  our own bytes
    assert back == record
    assert type(back) is type(record)
    assert repr(back) == repr(record)
    with pytest.raises(FrozenInstanceError):
        setattr(back, fields(back)[0].name, None)


def test_building_still_validates() -> None:
    with pytest.raises(ValidationError):
        ChangeInput(start=3, end=6, direction="sideways", value=None, form="percent", basis="yoy")
