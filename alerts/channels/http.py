"""One POST and what it came to, for every channel that speaks HTTP.

Answer(status, body)            something came back in whole: the channel reads it
Retry | Refused                 it did not, or the status alone decides

no connection, no name, no TLS            Retry
sent, then silence, reset, 502 or 504     Retry, unknown: it may have been taken
408 404 409 425 429 and other 5xx         Retry, after what Retry-After asks for
3xx and other 4xx                         Refused; redirects are not followed: the address is a credential
with `codes`: a 4xx whose body is JSON    Answer: some platforms say "too fast" with HTTP 400 and a code of their own
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any

import httpx

from alerts.channels.contract import Refused, Retry
from alerts.channels.failures import told

_KEEP = 300
_BODY_LIMIT = 64 * 1024
_LATER = frozenset({404, 408, 409, 425, 429})
_GATEWAY = frozenset({502, 504})
# A receiver that asks for more than a day is broken or hostile; the rows' own limits decide then.
_LONGEST_WAIT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer with status 2xx, or one whose body has a code that decides."""

    status: int
    body: str

    @property
    def excerpt(self) -> str:
        """The beginning of the body, on one line, for a receipt."""
        return " ".join(self.body.split())[:_KEEP]

    def json(self) -> dict[str, Any]:
        """The body as an object; an empty one where it is none."""
        try:
            value = json.loads(self.body)
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}


def open_client() -> httpx.AsyncClient:
    """A client for receivers; loopback never goes through a proxy."""
    local = dict.fromkeys(("all://127.0.0.1", "all://localhost", "all://[::1]"), None)
    return httpx.AsyncClient(timeout=httpx.Timeout(20, connect=10), mounts=local, verify=_trusted())


@cache
def _trusted() -> ssl.SSLContext:
    """Certificates are read once a process: that is most of what a client costs."""
    return httpx.create_ssl_context()


async def post(
    client: httpx.AsyncClient,
    url: str,
    content: bytes,
    headers: Mapping[str, str] | None = None,
    *,
    codes: bool = False,
) -> Answer | Retry | Refused:
    """POST `content` as JSON. Raises nothing that the world can cause; the caller redacts what is stored."""
    fields = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "zhengfa-watch"} | dict(headers or {})
    try:
        async with client.stream("POST", url, content=content, headers=fields, follow_redirects=False) as response:
            body = await _bounded(response)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol) as error:
        return Retry(f"no connection: {told(error)}")
    except httpx.HTTPError as error:
        return Retry(f"sent, but no answer: {told(error)}", unknown=True)
    if codes and response.is_client_error and (answer := Answer(response.status_code, body)).json():
        return answer
    return _judge(response, body)


def _judge(response: httpx.Response, body: str) -> Answer | Retry | Refused:
    status, answer = response.status_code, Answer(response.status_code, body)
    if response.is_success:
        return answer
    came = f"HTTP {status} {answer.excerpt}".strip()
    if status in _LATER or status >= 500:
        return Retry(came, after=_retry_after(response), unknown=status in _GATEWAY)
    return Refused(came if not response.is_redirect else f"HTTP {status}: redirects are not followed")


async def _bounded(response: httpx.Response) -> str:
    """At most 64 KB of the body: a receipt needs no more, and nobody shall fill our memory."""
    chunks, size = [], 0
    async for chunk in response.aiter_bytes():
        chunks.append(chunk)
        size += len(chunk)
        if size > _BODY_LIMIT:
            break
    return b"".join(chunks)[:_BODY_LIMIT].decode("utf-8", errors="replace")


def _retry_after(response: httpx.Response) -> timedelta | None:
    """Seconds, or a date measured against the receiver's own Date header (its clock, not ours)."""
    value = response.headers.get("retry-after", "").strip()
    if value.isdecimal():
        return min(timedelta(seconds=int(value[:9])), _LONGEST_WAIT)
    try:
        wait = parsedate_to_datetime(value) - parsedate_to_datetime(response.headers.get("date", ""))
    except (TypeError, ValueError):
        return None
    return min(max(wait, timedelta(0)), _LONGEST_WAIT)
