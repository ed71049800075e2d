"""From a report's figures to receivers on loopback: told once, explained, corrected to those who were told."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from sqlalchemy import func
from sqlmodel import select

from alerts.evaluation import evaluate_due
from alerts.messages.links import Link, Links, Standing
from alerts.receivers import RouteSettings, Secret
from alerts.routing import route_pending
from storage.handling import acknowledge, active_silences, end_silence, find_alert, silence, why
from storage.review import decide
from storage.tables import Observation
from storage.vocabulary import AlertState, Decision, DeliveryState
from tests.alerts.catalogue import PROVINCES
from tests.alerts.channels.senders import receiver
from tests.alerts.mail_sink import mail_sink
from tests.alerts.newsroom import Newsroom
from tests.alerts.reports import Report, Stated, record
from tests.alerts.servers import HttpReceiver, Reply, http_receiver

DAY = date(2025, 1, 17)
URL = "http://127.0.0.1/62/t1.html"
REVIEW = Report(
    DAY,
    (Stated("disputes", "81.27万", "+113%"), Stated("public_order", change="-10.6%"), Stated("crime", change="-28%", remarks=("为近14年最低",))),
    url=URL,
)  # fmt: skip


def told(server: HttpReceiver) -> list[tuple[str, str, object]]:
    return [
        (got.json["reason"], alert["indicator"], (alert["change"] or {}).get("value"))
        for got in server.got
        for alert in got.json["alerts"]
    ]


def test_told_once_by_webhook_and_mail(room: Newsroom, hook: HttpReceiver) -> None:
    with mail_sink() as sink:
        room = room.with_receivers(
            receiver(name="desk", kind="webhook", url=hook.url),
            receiver(name="mail", kind="email", smtp=sink.url, sender="z@example.org", to=["d@example.org"]),
        )
        room.publish(REVIEW)
        for _ in range(3):
            room.publish(REVIEW)
            room.send()
        assert len(hook.got) == len(sink.mails) == 1
        subject = sink.mails[0][1]["Subject"]
    assert told(hook) == [("new", "disputes", 113), ("new", "crime", 28)]
    assert subject == "甘肃 2024 · 政法委 · 排查调处矛盾纠纷 81.27万件 同比 +113%,另1项"
    disputes, crime = hook.got[0].json["alerts"]
    assert (disputes["value"], disputes["unit"], disputes["region_name"]) == (812700, "件", "甘肃")
    assert [disputes["quotation"][start:end] for start, end in disputes["marks"]] == ["81.27万件", "同比+113%"]
    assert crime["body"] == "公安", "the indicator's owner, not the committee that publishes it"
    assert crime["remarks"] == ["为近14年最低"]
    assert crime["url"] == URL
    assert crime["source"] == "甘肃政法"
    assert crime["published"] == "2025-01-17"
    assert "门槛 20%" in crime["why"]


def test_the_correction_goes_to_those_who_got_the_old_figure(room: Newsroom, hook: HttpReceiver) -> None:
    with http_receiver() as late, mail_sink() as sink:
        desk = receiver(name="desk", kind="webhook", url=hook.url)
        mail = receiver(name="mail", kind="email", smtp=sink.url, sender="z@example.org", to=["d@example.org"])
        room = room.with_receivers(desk, mail)
        room.publish(REVIEW)
        room.send()
        room = room.with_receivers(desk, mail, receiver(name="late", kind="webhook", url=late.url))
        edited = (*REVIEW.figures[:2], replace(REVIEW.figures[2], change="-18%"))
        room.publish(replace(REVIEW, figures=edited, seen=date(2025, 1, 19)))
        room.send()
        room.send()
        assert late.got == []
        first, second = (mail for _, mail in sink.mails)
    assert told(hook) == [("new", "disputes", 113), ("new", "crime", 28), ("correction", "crime", 18)]
    corrected = hook.got[1].json
    (alert,) = corrected["alerts"]
    assert alert["previous"]["change"]["value"] == 28
    assert alert["erratum"] == "publisher"
    assert alert["fingerprint"] == hook.got[0].json["alerts"][1]["fingerprint"]
    assert corrected["thread"] == hook.got[0].json["id"]
    assert hook.got[1].json["alerts"][0]["change"]["value"] == 18
    assert second["Subject"] == "更正:甘肃 2024 · 公安 · 刑事案件立案数 同比 -28% → 同比 -18%(为近14年最低)"
    assert second["References"] == first["Message-ID"]


def test_another_document_that_speaks_first_is_told_as_that(room: Newsroom, hook: HttpReceiver) -> None:
    room = room.with_receivers(receiver(name="desk", kind="webhook", url=hook.url))
    crime = Stated("crime", "5.90万", "-30%", change_qualifier="under")
    room.publish(replace(REVIEW, figures=(crime,)))
    room.send()
    police = Report(
        DAY, (Stated("crime", "6.30万", "-25.9%"),), body="police", source="61-zfw", url="http://127.0.0.1/ga/1.html"
    )
    room.publish(replace(police, seen=date(2025, 1, 18)))
    room.send()
    told = {got.json["alerts"][0]["rule"]: got.json for got in hook.got[1:]}
    assert told["stated_change"]["reason"] == "correction"
    assert told["stated_change"]["subject"].startswith(
        "更新:甘肃 2024 · 公安 · 刑事案件立案数 5.9万起 同比下降近30% → 6.3万起"
    )
    (alert,) = told["stated_change"]["alerts"]
    assert alert["erratum"] == "source"
    assert "另一文件所载不同:原先据甘肃政法,现据陕西政法" in alert["why"]
    assert set(told) == {"stated_change", "conflict"}
    # The first publisher edits what he said beside it: the two still differ as they did, and nobody has edited 6.30万.
    edited = replace(REVIEW, figures=(replace(crime, change="-18.3%"),), seen=date(2025, 1, 19))
    room.publish(edited)
    room.send()
    assert len(hook.got) == 3


def test_a_person_who_sets_another_document_right_is_no_other_witness(room: Newsroom, hook: HttpReceiver) -> None:
    room = room.with_receivers(receiver(name="desk", kind="webhook", url=hook.url))
    room.publish(replace(REVIEW, figures=(Stated("crime", "5.90万", "-30%"),)))
    room.send()
    police = Report(
        DAY, (Stated("crime", "5.90万", "-30%"),), body="police", source="61-zfw", url="http://127.0.0.1/ga/1.html"
    )
    room.publish(replace(police, seen=date(2025, 1, 18)))
    room.send()
    assert len(hook.got) == 1
    with room.store.write() as session:
        newest = session.exec(select(func.max(Observation.id))).one()
        assert newest is not None
        decide(session, newest, Decision.CORRECT, reviewer="li", now=room.clock(), value=Decimal(63000))
    evaluate_due(room.store, clock=room.clock)
    room.send()
    errata = {alert["rule"]: alert["erratum"] for got in hook.got[1:] for alert in got.json["alerts"]}
    assert errata["stated_change"] == "reader"


def test_a_correction_says_what_holds_now(room: Newsroom, hook: HttpReceiver) -> None:
    room = room.with_receivers(receiver(name="desk", kind="webhook", url=hook.url))
    room.publish(REVIEW)
    room.send()
    edited = (replace(REVIEW.figures[0], change="+103%"), REVIEW.figures[1], replace(REVIEW.figures[2], change="-18%"))
    room.publish(replace(REVIEW, figures=edited, seen=date(2025, 1, 19)))
    room.send()
    why_now = {alert["indicator"]: alert["why"] for alert in hook.got[1].json["alerts"]}
    assert why_now["disputes"] == (
        "数值由 81.27万件 同比 +113% 改为 81.27万件 同比 +103%(发布方已修改原文);"
        "报告称同比 +103%,达到“排查调处矛盾纠纷”的门槛 20%"
    )
    assert why_now["crime"].endswith("(发布方已修改原文);按现在的数字,已不再达到告知条件")


def test_a_pdf_of_the_page_corrects_nobody(room: Newsroom, hook: HttpReceiver) -> None:
    room = room.with_receivers(receiver(name="desk", kind="webhook", url=hook.url))
    room.publish(REVIEW)
    room.send()
    pdf = replace(REVIEW, media_type="application/pdf", seen=date(2025, 1, 19), origin="import", extra="(PDF)\n")
    room.publish(pdf)
    room.publish(replace(pdf, figures=REVIEW.figures[:1], extra="(PDF,缺页)\n"))
    room.send()
    assert len(hook.got) == 1
    # Its sentence says otherwise, and the other figure is missing: the first form still says both.
    room.publish(replace(pdf, figures=(replace(REVIEW.figures[2], change="-18%"),), extra="(PDF,另一份)\n"))
    room.send()
    assert [got.json["reason"] for got in hook.got] == ["new", "correction"]
    (alert,) = hook.got[1].json["alerts"]
    assert (alert["indicator"], alert["erratum"]) == ("crime", "form")
    assert "另一版式" in alert["why"]
    assert "发布方" not in alert["why"]


def test_a_message_that_still_waits_says_the_new_figure_and_nothing_twice(room: Newsroom, hook: HttpReceiver) -> None:
    room = room.with_receivers(receiver(name="desk", kind="webhook", url=hook.url))
    room.publish(REVIEW)
    route_pending(room.store, room.desk.directory, clock=room.clock)
    edited = (replace(REVIEW.figures[0], change="+103%"), REVIEW.figures[1], replace(REVIEW.figures[2], change="-18%"))
    room.publish(replace(REVIEW, figures=edited, seen=date(2025, 1, 18)))
    room.send()
    assert told(hook) == [("new", "disputes", 103)], "what is no longer sharp is not told at all"


def test_why_has_an_answer(room: Newsroom, hook: HttpReceiver) -> None:
    room = room.with_receivers(receiver(name="desk", kind="webhook", url=hook.url))
    room.publish(REVIEW)
    room.send()
    with room.store.read() as session:
        story = why(session, find_alert(session, hook.got[0].json["alerts"][0]["id"]).id)
    assert [(stage.stage, stage.reason) for stage in story.stages] == [
        ("raised", "new"), ("silences", "not_silenced"), ("acknowledgements", "not_acknowledged"),
        ("inhibition", "nothing_stronger"), ("told", "first_time"), ("grouping", "at_once"), ("routed", "settled"),
    ]  # fmt: skip
    assert [(sent.receiver, sent.state) for sent in story.sent] == [("desk", DeliveryState.DELIVERED)]
    assert story.attempts[0].answer == "HTTP 200 ok"


def test_a_silence_mutes_and_what_it_muted_stays_muted(room: Newsroom, hook: HttpReceiver) -> None:
    room = room.with_receivers(receiver(name="desk", kind="webhook", url=hook.url))
    with room.store.write() as session:
        number = silence(
            session,
            matchers={"region": "62", "body": "公安"},
            owner="li",
            note="known",
            starts=room.clock(),
            ends=room.clock() + timedelta(days=1),
            now=room.clock(),
        )
    room.publish(REVIEW)
    room.send()
    assert told(hook) == [("new", "disputes", 113)]
    with room.store.write() as session:
        assert [row.id for row in active_silences(session, now=room.clock())] == [number]
        end_silence(session, number, now=room.clock())
        story = why(session, 2)
    assert story.alert.state is AlertState.SILENCED
    assert story.stages[-1].note.startswith(f"#{number} li → ")


def test_an_acknowledged_alert_is_still_corrected(room: Newsroom, hook: HttpReceiver) -> None:
    room = room.with_receivers(receiver(name="desk", kind="webhook", url=hook.url))
    room.publish(REVIEW)
    room.send()
    with room.store.write() as session:
        acknowledge(session, 2, owner="li", note="", until=room.clock() + timedelta(days=7), now=room.clock())
    edited = (*REVIEW.figures[:2], replace(REVIEW.figures[2], change="-18%"))
    room.publish(replace(REVIEW, figures=edited, seen=date(2025, 1, 19)))
    room.send()
    assert told(hook)[-1] == ("correction", "crime", 18)


def test_quiet_hours_put_off_and_tell_why(room: Newsroom, hook: HttpReceiver) -> None:
    room = room.with_receivers(receiver(name="desk", kind="webhook", url=hook.url, quiet_hours="22:00-07:00"))
    room.clock.now = datetime(2025, 1, 17, 15, 30, tzinfo=UTC)  # 23:30 in Beijing
    room.publish(REVIEW)
    room.send()
    room.clock.now = datetime(2025, 1, 17, 22, 59, tzinfo=UTC)
    room.send()
    assert hook.got == []
    room.clock.now = datetime(2025, 1, 17, 23, 0, tzinfo=UTC)
    room.send()
    assert len(hook.got) == 1


def test_a_daily_route_comes_as_one_digest_by_province(room: Newsroom, hook: HttpReceiver) -> None:
    routes = (RouteSettings.model_validate({"receivers": ["desk"], "send": "daily"}),)
    room = room.with_receivers(receiver(name="desk", kind="webhook", url=hook.url), routes=routes)
    room.publish(REVIEW)
    room.publish(Report(DAY, (Stated("crime", change="-60%"),), region="61", source="61-zfw"))
    room.send()
    assert hook.got == []
    room.clock.now = datetime(2025, 1, 18, 0, 1, tzinfo=UTC)  # 08:01 in Beijing
    room.send()
    room.send()
    assert [got.json["reason"] for got in hook.got] == ["digest"]
    assert len(hook.got[0].json["alerts"]) == 3
    assert (
        hook.got[0].json["subject"].startswith("政法指标摘要 2025-01-18:3项变动,甘肃 2024 · 政法委 · 排查调处矛盾纠纷")
    )


def test_links_in_messages_are_signed_and_expire(room: Newsroom, hook: HttpReceiver) -> None:
    links = Links("https://watch.example.org/", Secret("key of the house"))
    room = room.with_receivers(receiver(name="desk", kind="webhook", url=hook.url))
    room.desk = replace(room.desk, links=links)
    room.publish(REVIEW)
    room.send()
    address = hook.got[0].json["alerts"][0]["acknowledge_url"]
    *_, action, fingerprint, expires, signature = address.split("/")
    assert (action, int(expires), len(signature)) == ("ack", int((room.clock() + timedelta(days=7)).timestamp()), 32)
    link = Link.read(address)
    assert link is not None
    assert link.fingerprint == fingerprint
    later = room.clock() + timedelta(days=7, seconds=1)
    assert [links.standing(link, now) for now in (room.clock(), later)] == [Standing.GOOD, Standing.EXPIRED]


def test_a_storm_of_provinces_is_a_few_messages(room: Newsroom, hook: HttpReceiver) -> None:
    """31 provinces, 7 bodies each, one morning: one message at once, one per interval, nothing lost."""
    room = room.with_receivers(receiver(name="desk", kind="webhook", url=hook.url, group_interval="30m"))
    sharp = {"police": "crime", "committee": "disputes", "procuratorate": "prosecuted", "court": "received"}
    wanted = set()
    for code in PROVINCES:
        for body in ("committee", "court", "procuratorate", "police", "justice", "congress", "press"):
            figures = [Stated("days", "45", "-2%")]
            if body in sharp:
                figures.append(Stated(sharp[body], change=f"+{30 + int(code) % 7}%"))
                wanted.add((code, sharp[body]))
            room.publish(Report(DAY, tuple(figures), region=code, body=body, source=f"{code}-zfw"))
        room.send()
        room.clock.advance(minutes=2)
    for _ in range(2):
        room.clock.advance(minutes=30)
        room.send()
    got = [(alert["region"], alert["indicator"]) for message in hook.got for alert in message.json["alerts"]]
    assert sorted(got) == sorted(wanted), "everything once"
    moments = [datetime.fromisoformat(message.json["composed_at"]) for message in hook.got]
    assert all(later - earlier >= timedelta(minutes=30) for earlier, later in pairwise(moments))
    assert len(hook.got) <= 4


def test_a_whole_morning_is_handed_over_within_a_minute(room: Newsroom, hook: HttpReceiver) -> None:
    """31 provinces × 7 bodies at once: from the figures in the record to the last hand-over, at four receivers."""
    with http_receiver() as other, mail_sink() as sink:
        room = room.with_receivers(
            receiver(name="desk", kind="webhook", url=hook.url, group_interval="30m"),
            receiver(name="each", kind="webhook", url=other.url, hourly_ceiling=300),
            receiver(name="mail", kind="email", smtp=sink.url, sender="z@example.org", to=["d@example.org"], group_interval="30m"),
        )  # fmt: skip
        sharp = {"police": "crime", "committee": "disputes", "procuratorate": "prosecuted", "court": "received"}
        for code in PROVINCES:
            for body in ("committee", "court", "procuratorate", "police", "justice", "congress", "press"):
                figure = Stated(sharp[body], change="+40%") if body in sharp else Stated("days", "45", "-2%")
                record(room.store, Report(DAY, (figure,), region=code, body=body, source=f"{code}-zfw"))
        room.clock.now = max(room.clock.now, Report(DAY, ()).now)
        began, cpu = time.monotonic(), time.process_time()
        evaluate_due(room.store, clock=room.clock)
        room.send()
        took, spent = time.monotonic() - began, time.process_time() - cpu
        told_to_desk = [(alert["region"], alert["indicator"]) for got in hook.got for alert in got.json["alerts"]]
        assert (len(hook.got), len(sink.mails)) == (1, 1), "one message in a group interval"
        assert len(other.got) == len(told_to_desk) == len(set(told_to_desk)) == 31 * 4, "nothing lost"
    print(f"31 provinces x 7 bodies: {took:.1f} s ({spent:.1f} s CPU) from figures to hand-over")  # noqa: T201  the measure
    assert took <= 60


def test_a_receiver_that_was_down_for_a_day(room: Newsroom) -> None:
    """What is still useful comes in order within the platform's rate; what is not, in one digest."""
    down = True

    def robot(got: object) -> Reply:
        del got
        return Reply(503) if down else Reply(body=b'{"errcode":0,"errmsg":"ok"}')

    provinces = list(PROVINCES)
    with http_receiver(robot) as server:
        room = room.with_receivers(
            receiver(name="robot", kind="dingtalk", url=server.url, useful_for="12h", hourly_ceiling=100)
        )
        for number in range(31):
            if number < len(provinces):
                code = provinces[number]
                room.publish(
                    Report(
                        DAY,
                        (Stated("crime", change=f"-{30 + number}%"),),
                        region=code,
                        source=f"{code}-zfw",
                        seen=room.clock().date(),
                    )
                )
            room.send()
            room.clock.advance(minutes=47)
        server.got.clear()
        down = False
        per_minute = []
        for _ in range(45):
            before = len(server.got)
            room.send()
            per_minute.append(len(server.got) - before)
            room.clock.advance(minutes=1)
        texts = [got.json["markdown"]["text"] for got in server.got]
    digests = [text for text in texts if "摘要" in text]
    singles = [text for text in texts if "摘要" not in text]
    assert len(digests) == 1
    assert max(per_minute) <= 20
    for number, code in enumerate(provinces):
        holding = [text for text in texts if f"-{30 + number}%" in text]
        assert len(holding) == 1, PROVINCES[code]
    order = [next(n for n in range(31) if f"-{30 + n}%" in text) for text in singles]
    assert order == sorted(order)
    assert len(singles) >= 5
    assert texts.index(digests[0]) == len(texts) - 1


def test_the_hourly_ceiling_spills_into_one_digest(room: Newsroom, hook: HttpReceiver) -> None:
    room = room.with_receivers(receiver(name="desk", kind="webhook", url=hook.url, hourly_ceiling=5))
    for number, code in enumerate(PROVINCES):
        room.publish(Report(DAY, (Stated("crime", change=f"-{30 + number}%"),), region=code, source=f"{code}-zfw"))
    room.send()
    room.clock.advance(seconds=1)
    room.send()
    reasons = [got.json["reason"] for got in hook.got]
    assert reasons == ["new"] * 5 + ["digest"]
    assert len(hook.got[-1].json["alerts"]) == 26
    assert "26项变动" in hook.got[-1].json["subject"]


def test_a_digest_that_was_sent_is_never_added_to(room: Newsroom, hook: HttpReceiver) -> None:
    routes = (RouteSettings.model_validate({"receivers": ["desk"], "send": "daily"}),)
    room = room.with_receivers(receiver(name="desk", kind="webhook", url=hook.url), routes=routes)
    room.clock.now = datetime(2025, 1, 18, 0, 0, tzinfo=UTC)  # 08:00 in Beijing, to the second
    for code in ("61", "62"):
        room.publish(Report(DAY, (Stated("crime", change="-60%"),), region=code, source=f"{code}-zfw", seen=DAY))
        room.send()
        room.send()
    room.clock.advance(days=1)
    room.send()
    regions = [alert["region"] for got in hook.got for alert in got.json["alerts"]]
    assert sorted(regions) == ["61", "62"], "each in one digest"


def test_what_was_all_taken_back_while_it_waited_is_not_sent(room: Newsroom, hook: HttpReceiver) -> None:
    room = room.with_receivers(receiver(name="desk", kind="webhook", url=hook.url))
    mild = (Stated("crime", change="-3%"), Stated("received", "62万"))
    room.publish(Report(DAY, (Stated("crime", change="-28%"), mild[1]), url=URL))
    route_pending(room.store, room.desk.directory, clock=room.clock)
    room.publish(Report(DAY, mild, url=URL, seen=date(2025, 1, 18)))
    room.send()
    room.send()
    assert hook.got == []
    with room.store.read() as session:
        story = why(session, 1)
    assert [sent.state for sent in story.sent] == [DeliveryState.DIGESTED]
