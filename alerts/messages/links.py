"""Addresses in messages that lead back to us: the briefing, and signed links to acknowledge or silence from a phone.

    {base}/a/{ack|silence}/{fingerprint}/{expires}/{signature}        signature = HMAC-SHA256 over action, id and expiry

Only where `public_base_url` is set. A link expires; what it does is confirmed on the page that it opens (alerts.pages),
since mail scanners and chat previews follow links by themselves.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Literal, TypeAlias, get_args

from alerts.receivers.secret import Secret
from storage.facts import AlertFacts

Action: TypeAlias = Literal["ack", "silence"]
GOOD_FOR = timedelta(days=7)
_DIGITS = 32
# What stands before /a/ is the proxy's business: it may or may not hand on the path of `public_base_url`.
_PATH = re.compile(rf"/a/({'|'.join(get_args(Action))})/([0-9a-f]{{16}})/([0-9]{{1,11}})/([0-9a-f]{{{_DIGITS}}})/?$")


class Standing(StrEnum):
    """What a link is worth."""

    GOOD = "good"
    EXPIRED = "expired"
    FORGED = "forged"


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it was followed; nothing of it is to be believed before `Links.standing` says so."""

    action: Action
    fingerprint: str
    expires: int
    signature: str

    @classmethod
    def read(cls, path: str) -> Link | None:
        """The link in an address's path, None where there is none."""
        match = _PATH.search(path)
        if match is None:
            return None
        action: Action = "ack" if match[1] == "ack" else "silence"
        return cls(action, match[2], int(match[3]), match[4])

    @property
    def until(self) -> datetime:
        """Until when it is good."""
        return datetime.fromtimestamp(self.expires, UTC)


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

    def standing(self, link: Link, now: datetime) -> Standing:
        """Whether a link is ours, and still good. The signature first: of a forged link nothing is told."""
        signature = _signature(self.key, link.action, link.fingerprint, link.expires) if self.key else ""
        if not hmac.compare_digest(signature, link.signature):
            return Standing.FORGED
        return Standing.GOOD if now.timestamp() <= link.expires else Standing.EXPIRED


def _signature(key: Secret, action: str, fingerprint: str, expires: int) -> str:
    text = f"{action}\n{fingerprint}\n{expires}".encode()
    return hmac.new(key.reveal().encode(), text, hashlib.sha256).hexdigest()[:_DIGITS]
