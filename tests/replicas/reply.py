"""What a replica site answers: an ordinary reply, or raw bytes with pauses where a fault is wanted.

Reply   status, headers, body; validators and 304 are worked out by the server
Raw     chunks as they go over the wire: bytes, seconds to pause (float), or a Cut
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from enum import Enum
from typing import TypeAlias


class Cut(Enum):
    """How a connection ends before its time: an orderly close, or a reset."""

    CLOSE = "close"
    RESET = "reset"


Chunk: TypeAlias = "bytes | float | Cut"


@dataclass(frozen=True, slots=True)
class Received:
    """One request as it came in. Header names are in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    host: str
    answered: int = 0
    body: bytes = b""

    @property
    def conditional(self) -> bool:
        """Whether it carried a validator."""
        return "if-none-match" in self.headers or "if-modified-since" in self.headers


@dataclass(frozen=True, slots=True)
class Reply:
    """An ordinary answer. `charset` is what the header says (None: it says nothing), which need not be true."""

    body: bytes = b""
    status: int = 200
    content_type: str = "text/html"
    charset: str | None = None
    etag: str | None = None
    last_modified: datetime | None = None
    headers: tuple[tuple[str, str], ...] = ()
    compress: bool = False

    @classmethod
    def page(cls, text: str, encoding: str = "utf-8", *, charset: str | None = None) -> Reply:
        """A web page of `text`, with the etag of its bytes."""
        return cls(text.encode(encoding), charset=charset).with_etag()

    def with_etag(self) -> Reply:
        """The same with a strong validator made of its bytes."""
        return replace(self, etag=f'"{hashlib.sha256(self.body).hexdigest()[:16]}"')

    def answers(self, request: Received) -> Reply:
        """This reply, or a 304 without a body where the request shows that its sender holds it."""
        if self.status != 200 or not self._held_by(request):
            return self
        return replace(self, status=304, body=b"", compress=False)

    def _held_by(self, request: Received) -> bool:
        if "if-none-match" in request.headers:
            return self.etag is not None and self.etag in request.headers["if-none-match"]
        if "if-modified-since" in request.headers and self.last_modified is not None:
            return parsedate_to_datetime(request.headers["if-modified-since"]) >= self.last_modified.replace(
                microsecond=0
            )
        return False

    def encoded(self) -> bytes:
        """Status line, headers and body as they go over the wire."""
        body = gzip.compress(self.body) if self.compress else self.body
        lines = [f"HTTP/1.1 {self.status} {_PHRASES.get(self.status, 'Status')}"]
        if self.status != 304:
            charset = f"; charset={self.charset}" if self.charset else ""
            lines += [f"Content-Type: {self.content_type}{charset}", f"Content-Length: {len(body)}"]
        if self.compress:
            lines.append("Content-Encoding: gzip")
        if self.etag:
            lines.append(f"ETag: {self.etag}")
        if self.last_modified:
            lines.append(f"Last-Modified: {format_datetime(self.last_modified, usegmt=True)}")
        lines += [f"{name}: {value}" for name, value in self.headers]
        return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes exactly as given, pauses in seconds between them, a cut; a function makes what is endless anew each time."""

    chunks: tuple[Chunk, ...] | Callable[[], Iterable[Chunk]] = ()

    def played(self) -> Iterable[Chunk]:
        """The chunks of one more answer."""
        return self.chunks() if callable(self.chunks) else self.chunks


Answer = Reply | Raw
Behaviour = Answer | Callable[[Received], Answer]

_PHRASES = {200: "OK", 301: "Moved Permanently", 302: "Found", 304: "Not Modified", 404: "Not Found"}
