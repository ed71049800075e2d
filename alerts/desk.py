"""What sending works with beside the record."""

from __future__ import annotations

import os
import random
import socket
import uuid
from dataclasses import dataclass, field
from datetime import timedelta

from alerts.channels.contract import Clock
from alerts.messages.links import Links
from alerts.messages.render import Renderer
from alerts.receivers.redaction import Redactor
from alerts.receivers.routing import Directory
from alerts.receivers.secret import WebAddress
from alerts.vocabulary import Language

# A lease outlives the longest send, so that a slow receiver is not sent the same row by two processes.
_LEASE_MARGIN = timedelta(seconds=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Receivers, templates, language, links, the clock and chance.

    `dead_man` is an outside address that is called after each good round: it raises the alarm when we cannot.
    """

    directory: Directory
    clock: Clock
    renderer: Renderer = field(default_factory=Renderer)
    language: Language = Language.ZH
    links: Links = field(default_factory=Links)
    dead_man: WebAddress | None = None
    chance: random.Random = field(default_factory=random.SystemRandom)
    owner: str = field(default_factory=lambda: f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:8]}")
    lease_margin: timedelta = _LEASE_MARGIN

    @property
    def redactor(self) -> Redactor:
        """Knows every secret of every receiver, the dead-man address and the key of the links."""
        ours = (secret for secret in (self.dead_man, self.links.key) if secret is not None)
        theirs = (secret for receiver in self.directory.receivers.values() for secret in receiver.secrets())
        return Redactor((*ours, *theirs))
