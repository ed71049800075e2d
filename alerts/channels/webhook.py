"""The webhook: our JSON, signed as Standard Webhooks where the receiver has a secret.

Idempotency-Key, webhook-id       the message's id, the same at every attempt
webhook-timestamp, -signature     v1,base64(HMAC-SHA256(secret, id.timestamp.body)); https://www.standardwebhooks.com
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import TYPE_CHECKING

from standardwebhooks.webhooks import Webhook

from alerts.channels.contract import UNLIMITED, Clock, Delivered, Limits, Outcome, Parts
from alerts.channels.http import Answer, post
from alerts.channels.payload import encode, webhook_payload
from alerts.messages.render import Renderer
from alerts.model import Message
from alerts.receivers.settings import WebhookReceiver

if TYPE_CHECKING:
    import httpx


@dataclass(frozen=True, slots=True)
class WebhookChannel:
    """POSTs one message to one address."""

    receiver: WebhookReceiver
    client: httpx.AsyncClient
    renderer: Renderer
    clock: Clock
    limits: Limits = UNLIMITED

    async def send(self, message: Message, done: Parts) -> Outcome:
        """One POST; any 2xx is a receipt, for this protocol has no other."""
        del done
        body = encode(webhook_payload(message, self.renderer))
        own = {name: value.reveal() for name, value in self.receiver.headers.items()}
        answer = await post(self.client, self.receiver.url.reveal(), body, own | self._identity(message, body))
        return Delivered(f"HTTP {answer.status} {answer.excerpt}".strip()) if isinstance(answer, Answer) else answer

    def _identity(self, message: Message, body: bytes) -> dict[str, str]:
        fields = {"Idempotency-Key": message.id, "webhook-id": message.id}
        if self.receiver.secret is None:
            return fields
        now = self.clock()
        signature = Webhook(signing_key(self.receiver.secret.reveal())).sign(message.id, now, body.decode())
        return fields | {"webhook-timestamp": str(int(now.timestamp())), "webhook-signature": signature}


def signing_key(secret: str) -> str:
    """The secret as Standard Webhooks wants it, base64 with its whsec_ mark; a plain text is encoded to that."""
    bare = secret.removeprefix("whsec_")
    try:
        base64.b64decode(bare, validate=True)
    except binascii.Error:
        bare = base64.b64encode(secret.encode()).decode()
    return f"whsec_{bare}"
