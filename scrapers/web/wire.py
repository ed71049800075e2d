"""One exchange over the network: the only module that knows httpx. No exception of httpx leaves it.

    Wire.ask(request) -> Answer              status, headers and body, within every limit
                       | Unreachable, TimedOut, Truncated, TooLarge, Refused     nothing to be judged came

What an answer means is judged elsewhere.
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from http.cookiejar import Cookie, CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Self, TypeAlias
from urllib.request import Request as CookieRequest

import httpx

from scrapers.web.clock import Clock
from scrapers.web.guard import ForbiddenAddressError, GuardedBackend, Resolver
from scrapers.web.outcomes import Refused, RefusedBy, TimedOut, TooLarge, Truncated, Unreachable
from scrapers.web.request import MEGABYTE, ClientSettings, Request
from scrapers.web.transport import GuardedTransport
from scrapers.web.unpacking import TooMuchError, Unpacker

# Answers that are no success need only be looked at.
_OTHER_STATUS_LIMIT = MEGABYTE


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, complete and unpacked. Header names are in lower case, repeated headers joined by commas."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes


Exchange: TypeAlias = Answer | Unreachable | TimedOut | Truncated | TooLarge | Refused


class _PlainCookies(DefaultCookiePolicy):
    """Cookies that can be given back: of characters that a header may hold."""

    def set_ok(self, cookie: Cookie, request: CookieRequest) -> bool:
        """Whether a cookie is kept; one of other characters would break every further request to its host."""
        return f"{cookie.name}{cookie.value}{cookie.path}".isascii() and super().set_ok(cookie, request)


class _Cookies(httpx.Cookies):
    """Looked for where an answer sets some: on any other, httpx builds a request and a message of urllib's first."""

    def extract_cookies(self, response: httpx.Response) -> None:
        """Keeps what `response` sets."""
        if "set-cookie" in response.headers:
            super().extract_cookies(response)


class _Client(httpx.AsyncClient):
    """httpx's client with a jar of our kind."""

    @cached_property
    def cookies(self) -> httpx.Cookies:
        """Those that sites set so far."""
        return _Cookies(CookieJar(_PlainCookies()))


class Wire:
    """Connections, of two kinds: ordinary, and for appliances that need old TLS (still verified)."""

    def __init__(self, settings: ClientSettings, clock: Clock, resolver: Resolver) -> None:
        self._settings = settings
        self._clock = clock
        self._backend = GuardedBackend(resolver, allow_loopback=settings.allow_loopback)
        self._clients: dict[bool, httpx.AsyncClient] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for client in self._clients.values():
            await client.aclose()
        self._clients.clear()

    async def ask(self, request: Request, url: str, headers: Mapping[str, str], limit: int) -> Exchange:
        """Asks once, at `url`, which may be where `request` was redirected to.

        `limit` is the greatest size of the unpacked body in bytes.
        """
        received = _Received()
        try:
            async with asyncio.timeout(self._settings.whole_timeout):
                # What a form led to is read, not posted to again.
                form = dict(request.form) if url == request.url else {}
                client = self._client(legacy=request.legacy_tls)
                method = "POST" if form else "GET"
                # Validators go back as they came, whatever characters a server put into them.
                encoded = [(name.encode(), value.encode()) for name, value in headers.items()]
                sent = client.build_request(method, url, headers=encoded, data=form or None)
                return await self._exchange(client, sent, limit, received)
        except TimeoutError:
            return TimedOut(url=url, fetched_at=self._clock.now(), limit="whole", detail=self._seconds("whole"))
        except ForbiddenAddressError as error:
            return Refused(url=url, fetched_at=self._clock.now(), by=RefusedBy.ADDRESS_GUARD, detail=str(error))
        except TooMuchError as error:
            return TooLarge(url=url, fetched_at=self._clock.now(), limit=error.limit, detail=str(error))
        except httpx.InvalidURL as error:
            # An octal or otherwise odd notation of a number; no site of a card is written so.
            return Refused(url=url, fetched_at=self._clock.now(), by=RefusedBy.ADDRESS_GUARD, detail=str(error))
        except (httpx.TransportError, zlib.error) as error:
            return self._failure(url, error, received)

    async def _exchange(
        self, client: httpx.AsyncClient, request: httpx.Request, limit: int, received: _Received
    ) -> Answer | Truncated:
        url = str(request.url)
        response = await client.send(request, stream=True)
        try:
            received.announced = _announced(response.headers)
            allowed = limit if response.is_success else min(limit, _OTHER_STATUS_LIMIT)
            unpacker = Unpacker(response.headers.get("content-encoding", ""), allowed, self._settings.max_ratio)
            async for part in response.aiter_raw():
                received.size += len(part)
                unpacker.feed(part)
            if not unpacker.complete:
                return self._truncated(url, received, "the compressed stream does not end")
            return Answer(url, response.status_code, dict(response.headers.items()), unpacker.body())
        finally:
            await response.aclose()

    def _client(self, *, legacy: bool) -> httpx.AsyncClient:
        if legacy not in self._clients:
            settings = self._settings
            self._clients[legacy] = _Client(
                transport=GuardedTransport(self._backend, legacy=legacy),
                timeout=httpx.Timeout(settings.read_timeout, connect=settings.connect_timeout, pool=None),
                headers={
                    "User-Agent": settings.user_agent,
                    "Accept-Language": "zh-CN,zh;q=0.9",
                    "Accept-Encoding": "gzip, deflate",
                },
                trust_env=False,
            )
        return self._clients[legacy]

    def _failure(self, url: str, error: Exception, received: _Received) -> Exchange:
        now = self._clock.now()
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        if isinstance(error, httpx.TimeoutException):
            limit = "connect" if isinstance(error, httpx.ConnectTimeout) else "read"
            return TimedOut(url=url, fetched_at=now, limit=limit, detail=self._seconds(limit))
        if received.size or "complete message body" in str(error) or "incomplete chunked" in str(error):
            return self._truncated(url, received, what)
        lasting = "CERTIFICATE_VERIFY_FAILED" in what or isinstance(error, httpx.UnsupportedProtocol)
        return Unreachable(url=url, fetched_at=now, detail=what, lasting=lasting)

    def _truncated(self, url: str, received: _Received, why: str) -> Truncated:
        return Truncated(
            url=url, fetched_at=self._clock.now(), received=received.size, announced=received.announced, detail=why
        )

    def _seconds(self, limit: str) -> str:
        return f"no {limit} within {getattr(self._settings, f'{limit}_timeout'):g} s"


@dataclass(slots=True)
class _Received:
    size: int = 0
    announced: int | None = None


def _announced(headers: httpx.Headers) -> int | None:
    length = headers.get("content-length", "")
    return int(length) if length.isdigit() else None
