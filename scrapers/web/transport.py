"""httpx's transport over a pool whose connections the address guard makes.

httpx resolves names itself unless the pool below it is given a network backend, for which its own transport has no
argument; hence this one. No proxy is used: a proxy would resolve the name again.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

import httpcore
import httpx

from scrapers.web.guard import GuardedBackend

# Half-dead connections are what old appliances leave behind; a new one costs a round trip.
_KEEPALIVE_SECONDS = 20.0
_CONNECTIONS = 100

# Where `Location` is found after this transport: httpx parses that header itself, even where it is not to follow, and
# fails on an address that it does not like.
LOCATION = "x-location-as-sent"

# httpcore's errors by name are httpx's (ConnectTimeout, ReadError, RemoteProtocolError ...).
_ERRORS: tuple[type[Exception], ...] = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
)


@contextmanager
def _as_httpx() -> Iterator[None]:
    try:
        yield
    except _ERRORS as error:
        raise getattr(httpx, type(error).__name__, httpx.TransportError)(str(error)) from error


class _Body(httpx.AsyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _as_httpx():
            async for part in self._response.aiter_stream():
                yield part

    async def aclose(self) -> None:
        await self._response.aclose()


class GuardedTransport(httpx.AsyncBaseTransport):
    """HTTP/1.1 over guarded connections; certificates are always verified."""

    def __init__(self, backend: GuardedBackend, context: ssl.SSLContext) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=_CONNECTIONS,
            max_keepalive_connections=_CONNECTIONS,
            keepalive_expiry=_KEEPALIVE_SECONDS,
            network_backend=backend,
        )

    async def __aenter__(self) -> Self:
        await self._pool.__aenter__()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        await self._pool.__aexit__(exc_type, exc_value, traceback)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Sends `request`; raises httpx's errors, and ForbiddenAddressError from the guard."""
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        sent = httpcore.Request(
            request.method, url, headers=request.headers.raw, content=b"", extensions=request.extensions
        )
        with _as_httpx():
            response = await self._pool.handle_async_request(sent)
        return httpx.Response(
            response.status,
            headers=[_renamed(header) for header in response.headers],
            stream=_Body(response),
            extensions=response.extensions,
        )

    async def aclose(self) -> None:
        """Closes every connection."""
        await self._pool.aclose()


def _renamed(header: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    return (LOCATION.encode("ascii"), header[1]) if header[0].lower() == b"location" else header


def tls_context(*, legacy: bool) -> ssl.SSLContext:
    """The context to connect with; `legacy` also talks to appliances without secure renegotiation (PITFALLS 4.1).

    Certificates and names are verified in both.
    """
    context = ssl.create_default_context()
    if legacy:
        context.set_ciphers("DEFAULT:@SECLEVEL=1")
        context.options |= ssl.OP_LEGACY_SERVER_CONNECT if hasattr(ssl, "OP_LEGACY_SERVER_CONNECT") else 0x4
    return context
