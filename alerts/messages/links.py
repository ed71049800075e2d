"""Addresses in messages that lead back to us: the briefing, and signed links to acknowledge or silence from a phone.

    {base}/a/{ack|silence}/{fingerprint}/{expires}/{signature}        signature = HMAC-SHA256 over action, id and expiry

Only where `public_base_url` is set. A link expires; what it does is confirmed on the page that it opens, since mail
scanners and chat previews follow links by themselves.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from alerts.receivers.secret import Secret
from storage.facts import AlertFacts

Action: TypeAlias = Literal["ack", "silence"]
GOOD_FOR = timedelta(days=7)
_DIGITS = 32


@dataclass(frozen=True, slots=True)
class Links:
    """Makes links; without a base or a key there are none."""

    base: str = ""
    key: Secret | None = None

    def acknowledge(self, fingerprint: str, now: datetime) -> str:
        """A link that takes the alert over."""
        return self._signed("ack", fingerprint, now)

    def silence(self, fingerprint: str, now: datetime) -> str:
        """A link that mutes the alert's indicator in its province."""
        return self._signed("silence", fingerprint, now)

    def briefing(self, alert: AlertFacts) -> str:
        """Where the briefing shows the alert's document."""
        if not self.base or alert.document_id is None:
            return ""
        return f"{self.base.rstrip('/')}/documents/{alert.document_id}.html"

    def _signed(self, action: Action, fingerprint: str, now: datetime) -> str:
        if not self.base or self.key is None:
            return ""
        expires = int((now + GOOD_FOR).timestamp())
        signature = _signature(self.key, action, fingerprint, expires)
        return f"{self.base.rstrip('/')}/a/{action}/{fingerprint}/{expires}/{signature}"

    def verified(self, action: Action, fingerprint: str, expires: int, signature: str, now: datetime) -> bool:
        """Whether a link is ours and still good."""
        if self.key is None or now.timestamp() > expires:
            return False
        return hmac.compare_digest(_signature(self.key, action, fingerprint, expires), signature)


def _signature(key: Secret, action: str, fingerprint: str, expires: int) -> str:
    text = f"{action}\n{fingerprint}\n{expires}".encode()
    return hmac.new(key.reveal().encode(), text, hashlib.sha256).hexdigest()[:_DIGITS]
