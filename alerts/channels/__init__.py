"""Channels: one way to each kind of receiver, all with the same three answers (see `contract`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from alerts.channels.alertmanager import AlertmanagerChannel
from alerts.channels.bridge import AppriseChannel
from alerts.channels.contract import Channel, Clock, Delivered, Limits, Outcome, Parts, Refused, Retry
from alerts.channels.dingtalk import DingTalkChannel
from alerts.channels.feishu import FeishuChannel
from alerts.channels.mail import MailChannel
from alerts.channels.webhook import WebhookChannel
from alerts.channels.wecom import WeComChannel
from alerts.receivers.settings import (
    AlertmanagerReceiver,
    AppriseReceiver,
    DingTalkReceiver,
    EmailReceiver,
    FeishuReceiver,
    Receiver,
    WebhookReceiver,
    WeComReceiver,
)

if TYPE_CHECKING:
    import httpx

    from alerts.messages.render import Renderer

__all__ = ["Channel", "Clock", "Delivered", "Limits", "Outcome", "Parts", "Refused", "Retry", "channel_for"]


def channel_for(receiver: Receiver, client: httpx.AsyncClient, renderer: Renderer, clock: Clock) -> Channel:
    """The channel of a receiver's kind."""
    match receiver:
        case WebhookReceiver():
            return WebhookChannel(receiver, client, renderer, clock)
        case AlertmanagerReceiver():
            return AlertmanagerChannel(receiver, client, renderer, clock)
        case DingTalkReceiver():
            return DingTalkChannel(receiver, client, renderer, clock)
        case WeComReceiver():
            return WeComChannel(receiver, client, renderer, clock)
        case FeishuReceiver():
            return FeishuChannel(receiver, client, renderer, clock)
        case EmailReceiver():
            return MailChannel(receiver, renderer, clock)
        case AppriseReceiver():
            return AppriseChannel(receiver, renderer, clock)
        case _:
            assert_never(receiver)
