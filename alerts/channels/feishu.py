r"""Feishu and Lark group robots: a card with lark_md, at most 20 KB, 100 messages a minute and 5 a second.

https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot. Signed in the body:
base64(HMAC-SHA256(key = "timestamp\nsecret", message = nothing)). `code` (old robots: `StatusCode`) decides.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from alerts.channels.contract import Clock, Limits, Outcome, Parts
from alerts.channels.payload import Json, encode
from alerts.channels.robot import Call, Codes, Meaning, Platform
from alerts.messages.escaping import Markup
from alerts.messages.render import Renderer
from alerts.model import Message
from alerts.receivers.settings import FeishuReceiver

if TYPE_CHECKING:
    import httpx

_SIZE = 20_000
LIMITS = Limits(size=_SIZE, rates=((100, timedelta(minutes=1)), (5, timedelta(seconds=1))), idempotent=False)
# Timestamp and signature are added after measuring.
_SIGNED = 120
CODES: Codes = {
    9499: (Meaning.TOO_FAST, "too many requests, or a body that cannot be read"),
    11232: (Meaning.TOO_FAST, "over the robot's rate"),
    11233: (Meaning.TOO_FAST, "over the tenant's rate"),
    19001: (Meaning.REFUSED, "address not valid"),
    19002: (Meaning.REFUSED, "parameters not accepted"),
    19021: (Meaning.REFUSED, "signature not accepted, or the clock is over an hour off"),
    19022: (Meaning.REFUSED, "sender's address not allowed"),
    19024: (Meaning.REFUSED, "keyword missing"),
    19036: (Meaning.REFUSED, "robot has no right to send"),
    230025: (Meaning.REFUSED, "content too long"),
    11246: (Meaning.REFUSED, "card not accepted"),
}


def _envelope(title: str, text: str) -> Json:
    card = {
        "config": {"wide_screen_mode": True},
        "header": {"title": {"tag": "plain_text", "content": title}, "template": "red"},
        "elements": [{"tag": "div", "text": {"tag": "lark_md", "content": text}}],
    }
    return {"msg_type": "interactive", "card": card}


def _code(body: Json) -> int | None:
    code = body.get("code", body.get("StatusCode"))
    return code if isinstance(code, int) else None


PLATFORM = Platform(
    markup=Markup.LARK,
    titled=True,
    limit=_SIZE - _SIGNED,
    measure=lambda title, text: len(encode(_envelope(title, text))),
    envelope=_envelope,
    code_of=_code,
    codes=CODES,
    cool_down=timedelta(minutes=1),
)


@dataclass(frozen=True, slots=True)
class FeishuChannel:
    """One robot."""

    receiver: FeishuReceiver
    client: httpx.AsyncClient
    renderer: Renderer
    clock: Clock
    limits: Limits = LIMITS

    async def send(self, message: Message, done: Parts) -> Outcome:
        """Cards, in order, each signed afresh."""
        url = self.receiver.url.reveal
        call = Call(PLATFORM, self.client, self.renderer, url, self._signed, self.receiver.keyword)
        return await call.send(message, done)

    def _signed(self, body: Json) -> Json:
        if self.receiver.secret is None:
            return body
        timestamp = int(self.clock().timestamp())
        return {"timestamp": str(timestamp), "sign": sign(self.receiver.secret.reveal(), timestamp)} | body


def sign(secret: str, timestamp: int) -> str:
    """Feishu's signature of a moment in seconds: the text is the key, the message is empty."""
    digest = hmac.new(f"{timestamp}\n{secret}".encode(), b"", hashlib.sha256).digest()
    return base64.b64encode(digest).decode()
