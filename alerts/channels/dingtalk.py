r"""DingTalk group robots: Markdown, at most 20,000 bytes, 20 messages a minute, signed by an HMAC in the address.

https://open.dingtalk.com/document/orgapp/custom-robot-access is the platform's page; looked up 2026-11 (each says what
is here):

    20 a minute, then refused for ten minutes (the page's text)
        https://blog.csdn.net/lxw1844912514/article/details/125780346
    130101 "send too fast, exceed 20 times per minute"
        https://github.com/ccfos/nightingale/issues/369
    310000 keyword, signature (base64(HMAC-SHA256(secret, "timestamp\nsecret")), in milliseconds) or address
        https://github.com/timonwong/prometheus-webhook-dingtalk/issues/197
    460101 over 20,000 bytes
        https://github.com/timonwong/prometheus-webhook-dingtalk/pull/222
    -1 busy, to be tried again (the table of codes)
        https://blog.csdn.net/Gjqhs/article/details/122913469

It answers HTTP 200 to everything; `errcode` decides. The other codes below come from no document found.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from alerts.channels.contract import Clock, Limits, Outcome, Parts
from alerts.channels.payload import Json, encode
from alerts.channels.robot import Call, Codes, Meaning, Platform
from alerts.messages.escaping import Markup
from alerts.messages.render import Renderer
from alerts.model import Message
from alerts.receivers.settings import DingTalkReceiver

if TYPE_CHECKING:
    import httpx

_SIZE = 20_000
LIMITS = Limits(size=_SIZE, rates=((20, timedelta(minutes=1)),), idempotent=False)
CODES: Codes = {
    -1: (Meaning.BUSY, "system busy"),
    130101: (Meaning.TOO_FAST, "over 20 messages a minute"),
    130102: (Meaning.TOO_FAST, "over the robot's rate"),
    90030: (Meaning.TOO_FAST, "webhook over limit"),
    310000: (Meaning.REFUSED, "keyword, signature or address of the sender not accepted"),
    300001: (Meaning.REFUSED, "token does not exist"),
    300005: (Meaning.REFUSED, "token does not exist"),
    400013: (Meaning.REFUSED, "group was dissolved"),
    400101: (Meaning.REFUSED, "token does not exist"),
    400102: (Meaning.REFUSED, "robot is stopped"),
    400105: (Meaning.REFUSED, "kind of message not supported"),
    400106: (Meaning.REFUSED, "robot does not exist"),
    40035: (Meaning.REFUSED, "parameters not accepted"),
    43004: (Meaning.REFUSED, "content type not accepted"),
    460101: (Meaning.REFUSED, "over 20,000 bytes"),
}


def _envelope(title: str, text: str) -> Json:
    return {"msgtype": "markdown", "markdown": {"title": title, "text": text}}


def _code(body: Json) -> int | None:
    code = body.get("errcode")
    return code if isinstance(code, int) else None


PLATFORM = Platform(
    markup=Markup.COMMONMARK,
    titled=False,
    limit=_SIZE,
    measure=lambda title, text: len(encode(_envelope(title, text))),
    envelope=_envelope,
    code_of=_code,
    codes=CODES,
    cool_down=timedelta(minutes=10),
)


@dataclass(frozen=True, slots=True)
class DingTalkChannel:
    """One robot."""

    receiver: DingTalkReceiver
    client: httpx.AsyncClient
    renderer: Renderer
    clock: Clock
    limits: Limits = LIMITS

    async def send(self, message: Message, done: Parts) -> Outcome:
        """Markdown parts, each signed afresh: a signature is good for an hour."""
        call = Call(PLATFORM, self.client, self.renderer, self._address, lambda body: body, self.receiver.keyword)
        return await call.send(message, done)

    def _address(self) -> str:
        url = self.receiver.url.reveal()
        if self.receiver.secret is None:
            return url
        timestamp = int(self.clock().timestamp() * 1000)
        signature = quote_plus(sign(self.receiver.secret.reveal(), timestamp))
        return f"{url}{'&' if '?' in url else '?'}timestamp={timestamp}&sign={signature}"


def sign(secret: str, timestamp: int) -> str:
    """DingTalk's signature of a moment in milliseconds."""
    digest = hmac.new(secret.encode(), f"{timestamp}\n{secret}".encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()
