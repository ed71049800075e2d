"""WeCom (企业微信) group robots: Markdown content of at most 4,096 bytes, 20 messages a minute, the key in the address.

Looked up 2026-11 (each says what is here):

    4,096 bytes of Markdown (2,048 of text), UTF-8
        https://work.weixin.qq.com/api/doc/90000/90136/91770
    20 messages a minute for a robot
        https://www.skills.sh/ajaxhe/wecom-bot-skill/wecom-bot (after developer.work.weixin.qq.com/document/path/99398)
    errcode decides, never errmsg; -1 busy, 40008 kind of message
        https://developer.work.weixin.qq.com/document/path/90455
    45009 over the rate
        https://open.work.weixin.qq.com/devtool/query?e=45009
    45033 too many at once
        https://developers.weixin.qq.com/community/develop/doc/00008283c002683314ccc466753400

HTTP 200 to everything; nothing is signed. The other codes below come from no document found.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from alerts.channels.contract import Clock, Limits, Outcome, Parts
from alerts.channels.payload import Json
from alerts.channels.robot import Call, Codes, Meaning, Platform
from alerts.messages.escaping import Markup
from alerts.messages.render import Renderer
from alerts.model import Message
from alerts.receivers.settings import WeComReceiver

if TYPE_CHECKING:
    import httpx

_SIZE = 4096
LIMITS = Limits(size=_SIZE, rates=((20, timedelta(minutes=1)),), idempotent=False)
CODES: Codes = {
    -1: (Meaning.BUSY, "system busy"),
    45009: (Meaning.TOO_FAST, "over 20 messages a minute"),
    45033: (Meaning.TOO_FAST, "too many at once"),
    93000: (Meaning.REFUSED, "key not valid, or robot removed"),
    93008: (Meaning.REFUSED, "not in the group"),
    93017: (Meaning.REFUSED, "the robot was disabled"),
    93004: (Meaning.REFUSED, "the robot was stopped"),
    40008: (Meaning.REFUSED, "kind of message not supported"),
    40058: (Meaning.REFUSED, "parameters not accepted, or over 4,096 bytes"),
    44004: (Meaning.REFUSED, "content is empty"),
    45002: (Meaning.REFUSED, "content too long"),
}


def _envelope(title: str, text: str) -> Json:
    del title  # WeCom's Markdown has none: the heading in the text is all there is
    return {"msgtype": "markdown", "markdown": {"content": text}}


def _code(body: Json) -> int | None:
    code = body.get("errcode")
    return code if isinstance(code, int) else None


PLATFORM = Platform(
    markup=Markup.WECOM,
    titled=False,
    limit=_SIZE,
    measure=lambda _title, text: len(text.encode()),
    envelope=_envelope,
    code_of=_code,
    codes=CODES,
    cool_down=timedelta(minutes=1),
)


@dataclass(frozen=True, slots=True)
class WeComChannel:
    """One robot."""

    receiver: WeComReceiver
    client: httpx.AsyncClient
    renderer: Renderer
    clock: Clock
    limits: Limits = LIMITS

    async def send(self, message: Message, done: Parts) -> Outcome:
        """Markdown parts, in order."""
        call = Call(PLATFORM, self.client, self.renderer, self.receiver.url.reveal, lambda body: body)
        return await call.send(message, done)
