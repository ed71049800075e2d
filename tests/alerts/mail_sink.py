"""A real SMTP server on loopback that keeps what it is given, or refuses it as told."""
# ruff: noqa: ANN401, ARG002, N802  aiosmtpd names the hooks, hands their arguments in by place, and has no types

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tests.alerts.servers import free_port


@dataclass
class Sink:
    """What came: (reader, mail); `refuse` maps a reader to the answer he is refused with, `data` to DATA's answer."""

    refuse: dict[str, str] = field(default_factory=dict)
    data: str = "250 taken"
    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)
    url: str = ""

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.data.startswith("250"):
            mail = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            self.mails.extend((reader, mail) for reader in envelope.rcpt_tos)
        return self.data


@contextmanager
def mail_sink(**options: Any) -> Iterator[Sink]:
    """A running sink; `options` go to aiosmtpd's SMTP (an authenticator, for instance)."""
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    sink.url = f"smtp://127.0.0.1:{controller.port}"
    try:
        yield sink
    finally:
        controller.stop()
