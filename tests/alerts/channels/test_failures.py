"""What kept a message from a receiver is told in words, whatever library hid it."""

from __future__ import annotations

import asyncio
import errno
import smtplib
import socket
import ssl

import httpx
import pytest

from alerts.channels.contract import Refused, Retry
from alerts.channels.failures import told
from alerts.channels.http import Answer, open_client, post
from tests.alerts.servers import Reply, free_port, http_receiver

REFUSED = "connection refused: nothing listens at that host and port"


def why_of(url: str) -> str:
    async def sent() -> Answer | Retry | Refused:
        async with open_client() as client:
            return await post(client, url, b"{}")

    outcome = asyncio.run(sent())
    assert isinstance(outcome, Retry)
    return outcome.why


def test_nobody_listens() -> None:
    assert why_of(f"http://127.0.0.1:{free_port()}/") == f"no connection: {REFUSED}"


def test_a_receiver_that_speaks_no_tls_and_one_that_hangs_up() -> None:
    with http_receiver(lambda _: Reply(reset=True)) as server:
        encrypted = why_of(server.url.replace("http://", "https://"))
        assert encrypted.startswith("no connection: TLS: no agreement, perhaps the wrong port (")
        assert why_of(server.url) == "sent, but no answer: the other side closed the connection"


def test_a_name_that_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert why_of("http://no.such.host.example/") == (
        "no connection: the host's name is not found (Name or service not known)"
    )


def untrusted() -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_message = "self-signed certificate"
    return error


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"), REFUSED),
        (untrusted(), "TLS: the certificate is not trusted (self-signed certificate)"),
        (TimeoutError("timed out"), "no answer within the time limit"),
        (httpx.ReadTimeout(""), "no answer within the time limit"),
        (smtplib.SMTPServerDisconnected("Connection unexpectedly closed"), "the other side closed the connection"),
        (OSError(errno.ENETUNREACH, "Network is unreachable"), "the host cannot be reached (Network is unreachable)"),
        (smtplib.SMTPHeloError(501, b"who?"), "SMTPHeloError: (501, b'who?')"),
        (ValueError(), "ValueError"),
    ],
)
def test_the_words_of_an_error(error: Exception, says: str) -> None:
    assert told(error) == says
