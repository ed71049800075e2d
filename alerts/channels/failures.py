"""What kept a message from a receiver, in words for whoever set the receiver up.

The exception that a library raises often hides the one that says it: refused connections are "all attempts failed".
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator

import httpx

_KEEP = 300


def told(error: BaseException) -> str:
    """The innermost cause that we have words for; otherwise the name of the error and what it says."""
    for cause in reversed(list(_chain(error))):
        if words := _words(cause):
            return words[:_KEEP]
    return f"{type(error).__name__}: {error}".strip(": ")[:_KEEP]


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _words(error: BaseException) -> str:
    match error:
        case socket.gaierror():
            return f"the host's name is not found ({error.strerror or error})"
        case ConnectionRefusedError():
            return "connection refused: nothing listens at that host and port"
        case ssl.SSLCertVerificationError():
            return f"TLS: the certificate is not trusted ({error.verify_message})"
        case ssl.SSLError():
            return f"TLS: no agreement, perhaps the wrong port ({error.reason or error})"
        case TimeoutError() | httpx.TimeoutException():
            return "no answer within the time limit"
        case ConnectionError() | httpx.RemoteProtocolError() | smtplib.SMTPServerDisconnected():
            return "the other side closed the connection"
        case OSError(errno=int(), strerror=str(said)) if not isinstance(error, smtplib.SMTPException):
            return f"the host cannot be reached ({said})"
        case _:
            return ""
