"""What `make demo` tells of the messages that arrived."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from alerts.channels.payload import encode, webhook_payload
from alerts.messages.render import Renderer
from alerts.model import Message, StatedChange
from alerts.vocabulary import Language, Reason
from tests.alerts.samples import CRIME
from tests.demo import change_of


@pytest.mark.parametrize("value", ["37.1", "28", "0", "9007199254740993", None])
def test_a_change_is_told_with_the_digits_that_were_sent(value: str | None) -> None:
    amount = None if value is None else Decimal(value)
    change = StatedChange(direction="up", value=amount, form="percent" if value else "flat", basis="yoy")
    notice = replace(CRIME, figure=replace(CRIME.figure, change=change))
    message = Message(
        id="1",
        reason=Reason.NEW,
        language=Language.ZH,
        composed_at=datetime(2025, 1, 17, tzinfo=UTC),
        notices=(notice,),
    )
    arrived = json.loads(encode(webhook_payload(message, Renderer())))
    assert change_of(arrived["alerts"][0]["change"]) == change
