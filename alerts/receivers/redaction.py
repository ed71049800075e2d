"""Keeping credentials out of logs, stored errors and screens: by known value and by shape.

    by value   every secret of every receiver, whole and in its telling parts (path segments, query values, password),
               as it is, percent-encoded, and in base64 as SMTP sends it
    by shape   token-like query values, robot hook paths, signatures of links, user:password@ in any address

httpx logs every request's address at INFO, and exceptions quote it, just when something fails. So `install` puts the
redactor where every record of every logger passes: the process's record factory.
"""

from __future__ import annotations

import base64
import logging
import re
import traceback
from collections.abc import Callable, Iterable
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from alerts.receivers.secret import HIDDEN, AnyAddress, Secret

# Shorter pieces (robot, send, v2) are words of the platform's address and would black out ordinary text.
_TELLING = 8
_QUERY_TELLING = 4

_SHAPES = (
    (
        re.compile(r"(?i)([?&;](?:access_token|token|key|sign|secret|password|pwd|api_?key)=)[^&\s\"'<>]+"),
        rf"\1{HIDDEN}",
    ),
    (re.compile(r"(?i)(/(?:hook|hooks|webhook|webhooks|services)/)[^\s\"'<>?]+"), rf"\1{HIDDEN}"),
    (re.compile(r"(/a/(?:ack|silence)/[0-9a-f]+/[0-9]+/)[0-9a-f]+"), rf"\1{HIDDEN}"),
    (re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*://)[^/\s:@\"'<>]*:[^/\s@\"'<>]+@"), rf"\1{HIDDEN}@"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9+/=._-]{8,}"), rf"\1 {HIDDEN}"),
    (re.compile(r"\bwhsec_[A-Za-z0-9+/=]+"), HIDDEN),
)


class Redactor:
    """Blacks out what must not be read. `secrets` are the known ones."""

    def __init__(self, secrets: Iterable[Secret] = ()) -> None:
        values = {form for secret in secrets for piece in _pieces(secret) for form in _forms(piece)}
        # The longest first: a whole address must go before its token does.
        self._values = sorted(values, key=lambda value: (-len(value), value))

    def clean(self, text: str) -> str:
        """`text` with every known secret and everything shaped like one replaced by ***."""
        for value in self._values:
            text = text.replace(value, HIDDEN)
        for shape, replacement in _SHAPES:
            text = shape.sub(replacement, text)
        return text

    def install(self) -> None:
        """Clean every log record of this process from now on: message, arguments, traceback."""
        inner = logging.getLogRecordFactory()
        while isinstance(inner, _CleaningFactory):  # a second call replaces the first
            inner = inner.inner
        logging.setLogRecordFactory(_CleaningFactory(inner, self))


class _CleaningFactory:
    """A record factory that redacts what the factory beneath it makes."""

    def __init__(self, inner: Callable[..., logging.LogRecord], redactor: Redactor) -> None:
        self.inner = inner
        self._redactor = redactor

    def __call__(self, *args: object, **kwargs: object) -> logging.LogRecord:
        record = self.inner(*args, **kwargs)
        try:
            record.msg = self._redactor.clean(record.getMessage())
        except (TypeError, ValueError):  # a log call with wrong arguments: logging's own handler reports it
            return record
        record.args = ()
        if record.exc_info and record.exc_info[0] is not None:
            record.exc_text = self._redactor.clean("".join(traceback.format_exception(*record.exc_info)).rstrip())
            record.exc_info = None
        return record


def _pieces(secret: Secret) -> set[str]:
    """The secret and those of its parts that give it away alone."""
    whole = secret.reveal()
    parts = urlsplit(whole) if "://" in whole else None
    if parts is None:
        return {whole} if len(whole) >= _QUERY_TELLING else set()
    found = {segment for segment in parts.path.split("/") if len(segment) >= _TELLING}
    found |= {value for _, value in parse_qsl(parts.query) if len(value) >= _QUERY_TELLING}
    found |= {unquote(word) for word in (parts.password,) if word}
    if isinstance(secret, AnyAddress):  # there the host may be the token, and the port another
        found |= {word for word in re.split("[:@]", parts.netloc) if len(word) >= _TELLING}
    if parts.username and not parts.password:
        found.add(unquote(parts.username))
    if parts.path.strip("/") or parts.query or parts.password:
        found.add(whole)
    return found


def _forms(piece: str) -> set[str]:
    encoded = base64.b64encode(piece.encode()).decode()
    return {form for form in (piece, quote(piece, safe=""), quote(piece), encoded) if len(form) >= _QUERY_TELLING}
