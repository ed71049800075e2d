r"""Feishu and Lark group robots: a card with lark_md, at most 20 KB, 100 messages a minute and 5 a second.

Looked up 2026-11 (each says what is here):

    rate, 20 KB, and 11232 under load at full and half hours
        https://open.larkoffice.com/document/ukTMukTMukTM/ucTM5YjL3ETO24yNxkjN.md
    19022, 19024, and 9499 "Bad Request" for form or size (the guide's text)
        https://blog.csdn.net/qq_43108153/article/details/136166075
    19021; base64(HMAC-SHA256(key = "timestamp\nsecret", message = nothing)), in seconds, within an hour
        https://blog.csdn.net/zhanglili1993/article/details/136473704
    too fast as HTTP 400 {"code": 9499, "msg": "too many request"}
        https://github.com/ccfos/nightingale/issues/1437
    19036 for a body that is too large
        https://github.com/hughcube/laravel-lark/releases/tag/v1.0.0
    2200 and 11232 are worth another try
        https://github.com/openclaw/openclaw/issues/70879

`code` (old robots: `StatusCode`) decides, whatever the HTTP status. The other codes below come from no document found.
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
    9499: (Meaning.REFUSED, "body not accepted: its form, or over 20 KB"),
    2200: (Meaning.BUSY, "internal error"),
    11232: (Meaning.TOO_FAST, "over the robot's rate"),
    11233: (Meaning.TOO_FAST, "over the tenant's rate"),
    19001: (Meaning.REFUSED, "address not valid"),
    19002: (Meaning.REFUSED, "parameters not accepted"),
    19021: (Meaning.REFUSED, "signature not accepted, or the clock is over an hour off"),
    19022: (Meaning.REFUSED, "sender's address not allowed"),
    19024: (Meaning.REFUSED, "keyword missing"),
    19036: (Meaning.REFUSED, "content too long"),
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
    fast_words="too many request",
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
