"""Receivers and routes as zhengfa.toml gives them."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from pydantic import TypeAdapter, ValidationError

from alerts.receivers import RouteSettings
from alerts.receivers.settings import EmailReceiver, WebhookReceiver, Window
from tests.alerts.channels.senders import receiver

_ROUTE = TypeAdapter(RouteSettings)


def test_the_fixed_keys() -> None:
    desk = receiver(name="desk", kind="webhook", url="http://127.0.0.1:9000/hook")
    mail = receiver(
        name="mail", kind="email", smtp="smtp://127.0.0.1:2525", sender="zhengfa@example.org", to=["desk@example.org"]
    )
    assert isinstance(desk, WebhookReceiver)
    assert isinstance(mail, EmailReceiver)
    assert (mail.smtp.host, mail.smtp.port) == ("127.0.0.1", 2525)


WEBHOOK = {"name": "desk", "kind": "webhook", "url": "http://127.0.0.1:9000/s3cret"}
MAIL = {
    "name": "mail",
    "kind": "email",
    "smtp": "smtp://127.0.0.1:2525",
    "sender": "z@example.org",
    "to": ["d@example.org"],
}


@pytest.mark.parametrize(
    ("table", "needed"),
    [
        (WEBHOOK | {"url": "htp://127.0.0.1/s3cret"}, ("'desk'", "url", "http://")),
        (WEBHOOK | {"url": "127.0.0.1:9000/s3cret"}, ("'desk'", "url", "begins with http://")),
        (WEBHOOK | {"url": "http:///s3cret"}, ("'desk'", "url", "host")),
        (WEBHOOK | {"url": "http://host:99999/s3cret"}, ("'desk'", "url", "port")),
        (WEBHOOK | {"url": "http://host:0/s3cret"}, ("'desk'", "url", "port")),
        (WEBHOOK | {"url": "http://ho st/s3cret"}, ("'desk'", "url", "spaces")),
        (WEBHOOK | {"url": "http://-host-/s3cret"}, ("'desk'", "url", "host")),
        (WEBHOOK | {"url": ""}, ("'desk'", "url", "empty")),
        (WEBHOOK | {"uri": "x"}, ("'desk'", "uri")),
        (WEBHOOK | {"name": "a b"}, ("'a b'", "name")),
        ({"name": "desk", "kind": "webhook"}, ("'desk'", "url", "required")),
        (WEBHOOK | {"kind": "pigeon"}, ("pigeon", "webhook", "email")),
        (WEBHOOK | {"quiet_hours": "22-7"}, ("'desk'", "quiet_hours", "22:00-07:00")),
        (WEBHOOK | {"group_interval": "soon"}, ("'desk'", "group_interval", "30m")),
        (WEBHOOK | {"headers": {"X-A": "a\nb"}}, ("'desk'", "header")),
        (MAIL | {"smtp": "http://127.0.0.1"}, ("'mail'", "smtp", "smtp://")),
        (MAIL | {"to": []}, ("'mail'", "to")),
        (MAIL | {"to": ["nobody"]}, ("'mail'", "to.0", "desk@example.org")),
        (MAIL | {"to": ["a@b\nBcc: c@d"]}, ("'mail'", "to.0")),
        (MAIL | {"user": "u"}, ("'mail'", "user and password")),
        (MAIL | {"smtp": "smtps://h", "tls": "none"}, ("'mail'", "tls")),
    ],
)
def test_a_receiver_that_cannot_be_is_named_with_its_field_and_never_quoted(
    table: dict[str, object], needed: tuple[str, ...]
) -> None:
    with pytest.raises(ValidationError) as caught:
        receiver(**table)
    text = str(caught.value)
    assert all(word in text for word in needed), text
    assert "s3cret" not in text


@pytest.mark.parametrize(
    ("table", "needed"),
    [
        ({"receivers": []}, "receivers"),
        ({"receivers": ["a"], "regions": ["甘肃"]}, "regions"),
        ({"receivers": ["a"], "send": "monthly"}, "send"),
    ],
)
def test_a_route_that_cannot_be(table: dict[str, object], needed: str) -> None:
    with pytest.raises(ValidationError, match=needed):
        _ROUTE.validate_python(table)


def test_durations_and_defaults() -> None:
    desk = receiver(**WEBHOOK, group_interval="30m", give_up_after="2d")
    assert (desk.group_interval, desk.give_up_after, desk.repeat_interval) == (
        timedelta(minutes=30),
        timedelta(days=2),
        timedelta(0),
    )


@pytest.mark.parametrize(
    ("window", "clock", "held"),
    [
        ("22:00-07:00", "23:59", True),
        ("22:00-07:00", "00:00", True),
        ("22:00-07:00", "06:59", True),
        ("22:00-07:00", "07:00", False),
        ("22:00-07:00", "21:59", False),
        ("08:00-20:00", "08:00", True),
        ("08:00-20:00", "20:00", False),
    ],
)
def test_a_span_of_the_day(window: str, clock: str, held: bool) -> None:
    span = Window.parse(window)
    assert isinstance(span, Window)
    assert span.holds(time.fromisoformat(clock)) is held
