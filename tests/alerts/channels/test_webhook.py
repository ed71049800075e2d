"""The webhook: payload, schema, signature, and what the world answers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from importlib.resources import files

import jsonschema  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook

from alerts.channels import Delivered, Outcome, Refused, Retry
from alerts.channels.payload import number, webhook_payload
from alerts.channels.webhook import signing_key
from alerts.messages.render import Renderer
from alerts.model import Erratum, Message
from alerts.vocabulary import Reason
from tests.alerts.channels.senders import receiver, send
from tests.alerts.samples import CRIME, DISPUTES, NOW, message
from tests.alerts.servers import Reply, free_port, http_receiver, replies

SCHEMA = json.loads((files("alerts.channels") / "webhook.schema.json").read_text(encoding="utf-8"))


def test_the_payload_has_the_fixed_keys() -> None:
    with http_receiver() as server:
        assert send(receiver(kind="webhook", url=server.url), message(CRIME, DISPUTES)) == Delivered("HTTP 200 ok")
        body = server.got[0].json
    assert (body["id"], body["reason"]) == ("msg_0001", "new")
    crime, disputes = body["alerts"]
    assert crime["change"] == {
        "direction": "down",
        "value": 28,
        "form": "percent",
        "basis": "yoy",
        "qualifier": "exact",
        "base_period": None,
        "unit": "",
    }
    assert (crime["region"], crime["region_name"], crime["body"], crime["period"]) == ("62", "甘肃", "公安", "2024")
    assert (crime["value"], crime["rule"], crime["indicator"]) == (None, "stated_change", "crime_registered")
    assert (disputes["value"], disputes["unit"], disputes["change"]["value"]) == (812700, "件", 113)
    assert disputes["quotation"] == "全年排查调处矛盾纠纷81.27万件,同比增长113%。"


@pytest.mark.parametrize(
    "sent",
    [
        message(CRIME, DISPUTES),
        message(
            replace(CRIME, before=DISPUTES.figure, erratum=Erratum.READER), reason=Reason.CORRECTION, thread="msg_0"
        ),
        message(reason=Reason.DIGEST),
        message(reason=Reason.META, note={"name": "desk", "age": "2h"}),
    ],
)
def test_every_payload_fits_the_published_schema(sent: Message) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    payload = json.loads(json.dumps(webhook_payload(sent, Renderer())))
    jsonschema.validate(payload, SCHEMA, cls=jsonschema.Draft202012Validator)
    payload["alerts"].append({"fingerprint": "x"})
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(payload, SCHEMA, cls=jsonschema.Draft202012Validator)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**18), max_value=10**18, places=6))
def test_a_number_is_exact_in_json(value: Decimal) -> None:
    read = json.loads(json.dumps(number(value)), parse_float=Decimal, parse_int=Decimal)
    assert Decimal(read) == value


def test_the_signature_is_what_standard_webhooks_verify() -> None:
    with http_receiver() as server:
        send(receiver(kind="webhook", url=server.url, secret="plain words"), message(CRIME))
        got = server.got[0]
    assert got.headers["webhook-id"] == got.headers["idempotency-key"] == got.json["idempotency_key"] == "msg_0001"
    assert int(got.headers["webhook-timestamp"]) == int(NOW.timestamp())
    expected = Webhook(signing_key("plain words")).sign("msg_0001", NOW, got.body.decode())
    assert got.headers["webhook-signature"] == expected


def test_own_headers_are_sent() -> None:
    with http_receiver() as server:
        send(receiver(kind="webhook", url=server.url, headers={"X-Desk": "geheim"}), message(CRIME))
        assert server.got[0].headers["x-desk"] == "geheim"


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Reply(204, b""), Delivered("HTTP 204")),
        (Reply(500, b"boom"), Retry("HTTP 500 boom")),
        (Reply(502, b""), Retry("HTTP 502", unknown=True)),
        (Reply(503, b"", {"Retry-After": "120"}), Retry("HTTP 503", after=timedelta(seconds=120))),
        (Reply(429, b"", {"Retry-After": "99999999"}), Retry("HTTP 429", after=timedelta(days=1))),
        (Reply(404, b"gone fishing"), Retry("HTTP 404 gone fishing")),
        (Reply(401, b"who?"), Refused("HTTP 401 who?")),
        (Reply(410, b""), Refused("HTTP 410")),
        (Reply(307, b"", {"Location": "http://elsewhere.example/"}), Refused("HTTP 307: redirects are not followed")),
    ],
)
def test_what_a_status_comes_to(reply: Reply, expected: Outcome) -> None:
    with http_receiver(replies(reply)) as server:
        assert send(receiver(kind="webhook", url=server.url), message(CRIME)) == expected
        assert len(server.got) == 1


def test_a_date_in_retry_after_is_read_by_the_servers_clock() -> None:
    # http.server writes the real Date itself, a moment before this answer's year: the wait is capped at a day.
    reply = Reply(503, b"", {"Retry-After": "Fri, 31 Dec 2077 23:59:59 GMT"})
    with http_receiver(replies(reply)) as server:
        assert send(receiver(kind="webhook", url=server.url), message(CRIME)) == Retry(
            "HTTP 503", after=timedelta(days=1)
        )


@pytest.mark.parametrize("reply", [Reply(reset=True), Reply(hang=3)])
def test_silence_after_sending_leaves_the_outcome_open(reply: Reply) -> None:
    with http_receiver(replies(reply)) as server:
        outcome = send(receiver(kind="webhook", url=server.url), message(CRIME))
    assert isinstance(outcome, Retry)
    assert outcome.unknown


def test_nobody_there_is_no_open_outcome() -> None:
    outcome = send(receiver(kind="webhook", url=f"http://127.0.0.1:{free_port()}/"), message(CRIME))
    assert isinstance(outcome, Retry)
    assert not outcome.unknown


def test_an_endless_answer_is_cut() -> None:
    with http_receiver(replies(Reply(200, b"x" * 300_000))) as server:
        outcome = send(receiver(kind="webhook", url=server.url), message(CRIME))
    assert isinstance(outcome, Delivered)
    assert len(outcome.receipt) < 400
