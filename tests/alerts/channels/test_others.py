"""Alertmanager's payload and apprise."""

from __future__ import annotations

import pytest

from alerts.channels import Delivered, Refused, Retry
from alerts.vocabulary import Reason
from tests.alerts.channels.senders import receiver, send
from tests.alerts.samples import CRIME, DISPUTES, message
from tests.alerts.servers import Reply, http_receiver, replies

# apprise looks for imghdr with a shim for 3.13; before that the standard library warns.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


def test_alertmanager_version_4() -> None:
    with http_receiver() as server:
        assert isinstance(send(receiver(kind="alertmanager", url=server.url), message(CRIME, DISPUTES)), Delivered)
        send(receiver(kind="alertmanager", url=server.url), message(CRIME, reason=Reason.WITHDRAWN))
        first, second = (got.json for got in server.got)
    assert (first["version"], first["status"], second["status"]) == ("4", "firing", "resolved")
    assert first["commonLabels"]["region"] == "62"
    assert "body" not in first["commonLabels"]
    assert all(isinstance(value, str) for alert in first["alerts"] for value in alert["labels"].values())
    assert first["alerts"][0]["endsAt"] == "0001-01-01T00:00:00Z"
    assert first["alerts"][0]["annotations"]["summary"] == "立刑事案件 同比 -28%"


def test_apprise_sends_to_one_target() -> None:
    with http_receiver() as server:
        url = server.url.replace("http://", "json://")
        assert send(receiver(kind="apprise", url=url), message(CRIME)) == Delivered("apprise: accepted")
        assert "立刑事案件" in server.got[0].json["title"]


def test_apprise_that_fails_is_tried_again() -> None:
    with http_receiver(replies(Reply(500))) as server:
        url = server.url.replace("http://", "json://")
        assert isinstance(send(receiver(kind="apprise", url=url), message(CRIME)), Retry)


def test_apprise_is_not_for_platforms_with_a_code_in_the_body() -> None:
    assert isinstance(send(receiver(kind="apprise", url="dingtalk://token/"), message(CRIME)), Refused)
    assert isinstance(send(receiver(kind="apprise", url="nosuchthing://token/"), message(CRIME)), Refused)
