"""A connection as httpcore wants it, on asyncio's own streams: half the cost of its usual backend for each page."""

from __future__ import annotations

import asyncio
import select
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpcore

# A page of 40 KB should come in one or two reads, not in ten.
_READ_AHEAD = 256 * 1024


class Stream(httpcore.AsyncNetworkStream):
    """One open connection, plain or TLS."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def connect(cls, address: str, port: int, seconds: float | None, local: str | None = None) -> Stream:
        """Connects to a numeric address. Raises httpcore's ConnectError and ConnectTimeout."""
        with _errors(httpcore.ConnectTimeout, httpcore.ConnectError):
            async with asyncio.timeout(seconds):
                bound = (local, 0) if local else None
                return cls(*await asyncio.open_connection(address, port, limit=_READ_AHEAD, local_addr=bound))

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - httpcore's own
        """The next bytes; empty at the end."""
        with _errors(httpcore.ReadTimeout, httpcore.ReadError):
            async with asyncio.timeout(timeout):
                return await self._reader.read(max_bytes)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - httpcore's own
        """Sends all of `buffer`."""
        if not buffer:
            return
        with _errors(httpcore.WriteTimeout, httpcore.WriteError):
            async with asyncio.timeout(timeout):
                self._writer.write(buffer)
                await self._writer.drain()

    async def aclose(self) -> None:
        """Closes at once; what the other side still has to say about it is of no interest."""
        self._writer.close()
        try:
            async with asyncio.timeout(1):
                await self._writer.wait_closed()
        except (OSError, TimeoutError):
            self._writer.transport.abort()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's own
    ) -> httpcore.AsyncNetworkStream:
        """The same connection under TLS. Raises httpcore's ConnectError where the handshake fails."""
        with _errors(httpcore.ConnectTimeout, httpcore.ConnectError):
            try:
                async with asyncio.timeout(timeout):
                    await self._writer.start_tls(ssl_context, server_hostname=server_hostname)
            except BaseException:
                self._writer.transport.abort()
                raise
        return self

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - httpcore's own
        """What httpcore asks about a connection."""
        transport = self._writer.transport
        if info == "ssl_object":
            return transport.get_extra_info("ssl_object")
        if info == "client_addr":
            return transport.get_extra_info("sockname")
        if info == "server_addr":
            return transport.get_extra_info("peername")
        if info == "socket":
            return transport.get_extra_info("socket")
        if info == "is_readable":
            return self._readable()
        return None

    def _readable(self) -> bool:
        """Whether an idle connection has something to say: that it ended, or more than it announced."""
        if self._reader.at_eof() or self._writer.transport.is_closing():
            return True
        if self._reader._buffer:  # type: ignore[attr-defined]  # noqa: SLF001 - what came unasked, and asyncio took in
            return True
        socket = self._writer.transport.get_extra_info("socket")
        if socket is None or socket.fileno() < 0:
            return True
        poll = select.poll()
        poll.register(socket.fileno(), select.POLLIN)
        return bool(poll.poll(0))


@contextmanager
def _errors(timed_out: type[Exception], failed: type[Exception]) -> Iterator[None]:
    try:
        yield
    except TimeoutError as error:
        raise timed_out(str(error)) from error
    except OSError as error:
        raise failed(str(error) or type(error).__name__) from error
