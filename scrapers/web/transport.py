"""httpx's transport over a pool whose connections the address guard makes.

httpx resolves names itself unless the pool below it is given a network backend, for which its own transport has no
argument; hence this one. No proxy is used: a proxy would resolve the name again.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from functools import cached_property
from types import TracebackType
from typing import TypeAlias

import httpcore
import httpx

from scrapers.web.guard import GuardedBackend

# Half-dead connections are what old appliances leave behind; a new one costs a round trip.
_KEEPALIVE_SECONDS = 20.0

# Where `Location` is found after this transport: httpx parses that header itself, even where it is not to follow, and
# fails on an address that it does not like.
LOCATION = "x-location-as-sent"
_UNESCAPED = re.compile(rb"[\x80-\xff]")

# httpcore's errors by name are httpx's (ConnectTimeout, ReadError, RemoteProtocolError ...).
_ERRORS: tuple[type[Exception], ...] = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
)


_Idle: TypeAlias = list[httpcore.AsyncHTTP11Connection]


@contextmanager
def _as_httpx() -> Iterator[None]:
    try:
        yield
    except _ERRORS as error:
        raise getattr(httpx, type(error).__name__, httpx.TransportError)(str(error)) from error


class _Body(httpx.AsyncByteStream):
    """The body of a response; closing it hands its connection back."""

    def __init__(self, response: httpcore.Response, connection: httpcore.AsyncHTTP11Connection, idle: _Idle) -> None:
        self._response = response
        self._connection = connection
        self._idle = idle

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _as_httpx():
            async for part in self._response.aiter_stream():
                yield part

    async def aclose(self) -> None:
        await self._response.aclose()
        if self._connection.is_idle() and not _has_more(self._connection):
            self._idle.append(self._connection)
        else:
            await self._connection.aclose()


class GuardedTransport(httpx.AsyncBaseTransport):
    """HTTP/1.1 over guarded connections; certificates are always verified.

    Idle connections wait in a stack for each origin, the last used on top. How many are open at a time is not decided
    here: the pacer hands out the turns. (httpcore's own pool looks at every connection for every request: a third of
    the time of a page. The connections are its own, without the wrapper that makes them and chooses HTTP/1.1 or 2.)
    """

    def __init__(self, backend: GuardedBackend, *, legacy: bool) -> None:
        self._backend = backend
        self._legacy = legacy
        self._idle: dict[tuple[bytes, bytes, int], _Idle] = {}

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        await self.aclose()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Sends `request`; raises httpx's errors, and ForbiddenAddressError from the guard."""
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        content = b"" if request.method == "GET" else await request.aread()
        sent = httpcore.Request(
            request.method, url, headers=request.headers.raw, content=content, extensions=request.extensions
        )
        origin = url.origin
        idle = self._idle.setdefault((origin.scheme, origin.host, origin.port), [])
        with _as_httpx():
            connection = await self._connection(origin, idle, request.extensions["timeout"]["connect"])
            try:
                response = await connection.handle_async_request(sent)
            except BaseException:
                await connection.aclose()
                raise
        return httpx.Response(
            response.status,
            headers=[_renamed(header) for header in response.headers],
            stream=_Body(response, connection, idle),
            extensions=response.extensions,
        )

    async def aclose(self) -> None:
        """Closes every idle connection."""
        for idle in self._idle.values():
            while idle:
                await idle.pop().aclose()

    @cached_property
    def _context(self) -> ssl.SSLContext:
        # With the first address that wants one: it takes the certificates of all authorities.
        return tls_context(legacy=self._legacy)

    async def _connection(
        self, origin: httpcore.Origin, idle: _Idle, seconds: float | None
    ) -> httpcore.AsyncHTTP11Connection:
        """The connection used last that still stands, else a new one; no step of making it takes longer than that."""
        while idle:
            connection = idle.pop()
            if connection.is_available() and not connection.has_expired():
                return connection
            await connection.aclose()
        host = origin.host.decode("ascii")
        stream = await self._backend.connect_tcp(host, origin.port, seconds)
        if origin.scheme == b"https":
            stream = await stream.start_tls(self._context, server_hostname=host, timeout=seconds)
        return httpcore.AsyncHTTP11Connection(origin, stream, keepalive_expiry=_KEEPALIVE_SECONDS)


def _has_more(connection: httpcore.AsyncHTTP11Connection) -> bool:
    """Whether more came than was announced: it would be taken for the answer to the next request."""
    # httpcore has no word for it; without this attribute nothing is known, and the connection is not used again.
    state = getattr(connection, "_h11_state", None)
    return state is None or bool(state.trailing_data[0])


def _renamed(header: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    if header[0].lower() != b"location":
        return header
    # Characters that should have been escaped are taken byte by byte, whatever charset they were written in.
    return LOCATION.encode("ascii"), _UNESCAPED.sub(lambda byte: b"%%%02X" % byte[0][0], header[1])


def tls_context(*, legacy: bool) -> ssl.SSLContext:
    """The context to connect with; `legacy` also talks to appliances without secure renegotiation (PITFALLS 4.1).

    Certificates and names are verified in both.
    """
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    if legacy:
        context.set_ciphers("DEFAULT:@SECLEVEL=1")
        context.options |= ssl.OP_LEGACY_SERVER_CONNECT if hasattr(ssl, "OP_LEGACY_SERVER_CONNECT") else 0x4
    return context
