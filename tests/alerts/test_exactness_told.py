"""What a report says of its figures' exactness (近三成, 约3万) reaches everybody who is told of them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import text

from alerts.vocabulary import Language
from storage.export import export
from storage.queries import across_regions, find_series, series_with_sources
from storage.search import search
from tests.alerts.channels.senders import receiver
from tests.alerts.mail_sink import mail_sink
from tests.alerts.newsroom import Newsroom
from tests.alerts.reports import Report, Stated
from tests.alerts.servers import HttpReceiver

DAY = date(2025, 1, 17)
HEDGED = Stated("disputes", "3.10万", "-30%", qualifier="about", change_qualifier="over")
REVIEW = Report(DAY, (HEDGED,), url="http://127.0.0.1/62/t1.html")
EXACT = replace(REVIEW, figures=(replace(HEDGED, qualifier="exact", change_qualifier="exact"),))


@pytest.mark.parametrize(
    ("language", "value", "change"),
    [
        (Language.ZH, "约3.1万件", "同比下降超过30%"),
        (Language.EN, "about 31,000 件", "down over 30% year on year"),
    ],
)
def test_in_the_subject_the_text_and_the_payload(
    room: Newsroom, hook: HttpReceiver, language: Language, value: str, change: str
) -> None:
    room.desk = replace(room.desk, language=language)
    with mail_sink() as sink:
        room = room.with_receivers(
            receiver(name="desk", kind="webhook", url=hook.url),
            receiver(name="mail", kind="email", smtp=sink.url, sender="z@example.org", to=["d@example.org"]),
        )
        room.publish(REVIEW)
        room.send()
        letter = sink.mails[0][1]
    assert f"{value} {change}" in letter["Subject"]
    for part in letter.walk():
        if part.get_content_type() in ("text/plain", "text/html"):
            body = part.get_content()
            assert value in body
            assert change in body
    message = hook.got[0].json
    (alert,) = message["alerts"]
    assert f"{value} {change}" in message["subject"]
    assert (alert["qualifier"], alert["change"]["qualifier"], alert["change"]["value"]) == ("about", "over", 30)
    assert ("下降超过30%" if language is Language.ZH else "down over 30%") in alert["why"]


def test_a_correction_says_it_of_both(room: Newsroom, hook: HttpReceiver) -> None:
    room = room.with_receivers(receiver(name="desk", kind="webhook", url=hook.url))
    room.publish(REVIEW)
    room.send()
    edited = replace(HEDGED, value="3.20万", change="-25%", qualifier="exact", change_qualifier="under")
    room.publish(replace(REVIEW, figures=(edited,), seen=date(2025, 1, 19)))
    room.send()
    message = hook.got[1].json
    (alert,) = message["alerts"]
    assert "约3.1万件 同比下降超过30% → 3.2万件 同比下降近25%" in message["subject"]
    assert (alert["previous"]["qualifier"], alert["previous"]["change"]["qualifier"]) == ("about", "over")


def test_another_word_alone_sends_nothing_again_and_is_kept(room: Newsroom, hook: HttpReceiver) -> None:
    room = room.with_receivers(receiver(name="desk", kind="webhook", url=hook.url))
    room.publish(EXACT)
    room.send()
    # A better reader sees the words that were always there.
    room.publish(replace(REVIEW, reader="2", seen=date(2025, 1, 19), printed=EXACT.figures))
    room.send()
    assert len(hook.got) == 1
    with room.store.read() as session:
        words = text("SELECT revision, qualifier, change_qualifier FROM alert WHERE indicator_id IS NOT NULL")
        (row,) = session.connection().execute(words)
    assert tuple(row) == (1, "about", "over")


def test_in_series_comparison_search_and_exports(room: Newsroom) -> None:
    room.publish(REVIEW)
    with room.store.read() as session:
        (series,) = find_series(session, indicator="disputes")
        story = series_with_sources(session, series.id)
        (value,) = across_regions(session, series, 2024 * 12, 2024 * 12 + 11, with_changes=True).values
    assert [(one.value, one.qualifier) for one in story.changes] == [(Decimal(30), "over")]
    assert (value.qualifier, value.change, value.change_qualifier) == ("about", Decimal(-30), "over")
    assert [match.qualifier for match in search(room.store, "矛盾纠纷")] == ["about"]


def test_in_the_exported_changes(room: Newsroom) -> None:
    room.publish(REVIEW)
    stream = io.BytesIO()
    export(room.store, "changes", stream, form="csv")
    (row,) = csv.DictReader(io.StringIO(stream.getvalue().decode("utf-8-sig")))
    assert (row["qualifier"], row["change"], row["change_qualifier"]) == ("about", "30", "over")
