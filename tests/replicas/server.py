"""A real HTTP server on loopback that plays publishers' sites, well-behaved or with any fault switched on.

    with ReplicaServer() as server:
        server.put("/62/list.html", Reply.page("<html>…</html>", "gbk"))     # or server.load(folder, under="/62")
        server.switch("/62/list.html", faults.maintenance())                 # until server.restore("/62/list.html")
        ... server.url("/62/list.html") ...
        assert server.requests[-1].conditional

Standard library only; one event loop in a thread of its own, a free port. A key is a path, `host/path` where several names lead
here (by an injected resolver), or either with a final `*`. What is put may change between requests.
"""

from __future__ import annotations

import asyncio
import mimetypes
import socket
import ssl
import struct
import threading
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.replicas.reply import Answer, Behaviour, Cut, Raw, Received, Reply

_NOT_FOUND = Reply(b"<html><head><title>404 Not Found</title></head><body>404</body></html>", status=404)


# Bytes waiting for a slow reader beyond which this side waits too.
_FULL = 1_000_000


class ReplicaServer:
    """Serves what was `put` or `load`ed, overlaid by what is switched; records every request."""

    def __init__(
        self,
        replies: Mapping[str, Behaviour] | None = None,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.requests: list[Received] = []
        self._host = host
        self._port = port
        self._tls = tls
        self._replies: dict[str, Behaviour] = dict(replies or {})
        self._switched: dict[str, tuple[Behaviour, int | None]] = {}
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def host(self) -> str:
        """Where it listens, as a card's host: `127.0.0.1:port`."""
        return f"{self._host}:{self._port}"

    @property
    def port(self) -> int:
        """The port it got."""
        return self._port

    def url(self, path: str) -> str:
        """The full address of `path` (which begins with a slash)."""
        return f"{'https' if self._tls else 'http'}://{self.host}{path}"

    def put(self, path: str, behaviour: Behaviour) -> None:
        """Serves `behaviour` at `path` from now on."""
        with self._lock:
            self._replies[path] = behaviour

    def paths(self) -> list[str]:
        """What is served, in the order in which it was first put."""
        with self._lock:
            return list(self._replies)

    def remove(self, path: str) -> None:
        """Answers 404 at `path` from now on."""
        with self._lock:
            self._replies.pop(path, None)

    def load(self, folder: Path, *, under: str = "", encodings: Mapping[str, str] | None = None) -> None:
        """Serves every file of `folder` under that path, with etag and modification time, without a charset in the header.

        `encodings` gives a charset by suffix (`{".html": "gbk"}`) into which UTF-8 files are turned on the way.
        """
        for file in sorted(folder.rglob("*")):
            if not file.is_file():
                continue
            body = file.read_bytes()
            if encoding := (encodings or {}).get(file.suffix):
                body = body.decode("utf-8").encode(encoding)
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            changed = datetime.fromtimestamp(int(file.stat().st_mtime), UTC)
            reply = Reply(body, content_type=kind, last_modified=changed).with_etag()
            self.put(f"{under}/{file.relative_to(folder).as_posix()}", reply)

    def switch(self, path: str, behaviour: Behaviour, *, times: int | None = None) -> None:
        """Overlays `path` with a fault, for so many requests or until restored."""
        with self._lock:
            self._switched[path] = (behaviour, times)

    def restore(self, path: str | None = None) -> None:
        """Takes the overlay of `path`, or every overlay, away."""
        with self._lock:
            if path is None:
                self._switched.clear()
            else:
                self._switched.pop(path, None)

    def asked(self, path: str) -> list[Received]:
        """The requests that came for `path` (query excluded where `path` has none)."""
        return [request for request in self.requests if path in (request.path, request.path.partition("?")[0])]

    def start(self) -> None:
        """Begins to listen; returns when it does."""
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), name="replica-server", daemon=True)
        self._thread.start()
        if not ready.wait(10):
            raise RuntimeError("the replica server did not start")

    def stop(self) -> None:
        """Ends every connection and the thread."""
        if self._loop is None or self._thread is None:
            return
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop = self._thread = None

    def answer(self, request: Received) -> Answer:
        """What is served for `request` now, and its record."""
        with self._lock:
            behaviour = self._chosen(request)
        answer = behaviour if isinstance(behaviour, Reply | Raw) else behaviour(request)
        if isinstance(answer, Reply):
            answer = answer.answers(request)
            request = replace(request, answered=answer.status)
        self.requests.append(request)
        return answer

    def _chosen(self, request: Received) -> Behaviour:
        for key in _keys(request):
            if (found := self._switched.get(key)) is not None:
                behaviour, times = found
                if times is not None:
                    if times <= 1:
                        del self._switched[key]
                    else:
                        self._switched[key] = (behaviour, times - 1)
                return behaviour
        for key in _keys(request):
            if (reply := self._replies.get(key)) is not None:
                return reply
        return _NOT_FOUND

    def _run(self, ready: threading.Event) -> None:
        loop = asyncio.new_event_loop()
        self._loop = loop
        connections: set[asyncio.Transport] = set()
        server = loop.run_until_complete(
            loop.create_server(
                lambda: _Connection(self, connections), self._host, self._port, backlog=512, ssl=self._tls
            )
        )
        self._port = server.sockets[0].getsockname()[1]
        ready.set()
        try:
            loop.run_forever()
        finally:
            server.close()
            for transport in list(connections):
                transport.abort()
            loop.run_until_complete(_wind_up())
            loop.close()


class _Connection(asyncio.Protocol):
    """One keep-alive connection."""

    def __init__(self, server: ReplicaServer, connections: set[asyncio.Transport]) -> None:
        self._server = server
        self._connections = connections
        self._buffer = b""
        self._transport: asyncio.Transport | None = None
        self._playing: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._connections.add(transport)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        if self._transport is not None:
            self._connections.discard(self._transport)
        if self._playing is not None:
            self._playing.cancel()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while b"\r\n\r\n" in self._buffer and self._transport is not None:
            head, _, rest = self._buffer.partition(b"\r\n\r\n")
            request = _parsed(head)
            length = int(request.headers.get("content-length", "0"))
            if len(rest) < length:
                return
            request, self._buffer = replace(request, body=rest[:length]), rest[length:]
            answer = self._server.answer(request)
            if isinstance(answer, Reply):
                self._transport.write(_without_body(answer) if request.method == "HEAD" else answer.encoded())
            else:
                self._playing = asyncio.get_running_loop().create_task(_play(answer.played(), self._transport))


async def _play(chunks: Iterable[bytes | float | Cut], transport: asyncio.Transport) -> None:
    for chunk in chunks:
        if transport.is_closing():
            return
        if isinstance(chunk, bytes):
            transport.write(chunk)
            # An endless body must not fill this process while its reader is slow.
            while transport.get_write_buffer_size() > _FULL and not transport.is_closing():  # noqa: ASYNC110
                await asyncio.sleep(0.005)
        elif isinstance(chunk, Cut):
            if chunk is Cut.RESET:
                _linger_not(transport)
                transport.abort()
            else:
                transport.close()
        else:
            await asyncio.sleep(chunk)


def _linger_not(transport: asyncio.Transport) -> None:
    """Makes the coming close a reset (RST) instead of an orderly end."""
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _keys(request: Received) -> Iterable[str]:
    plain = request.path.partition("?")[0]
    for path in dict.fromkeys((request.path, plain)):
        yield f"{request.host}{path}"
        yield path
    parts = plain.split("/")
    for end in range(len(parts) - 1, 0, -1):
        yield f"{request.host}{'/'.join(parts[:end])}/*"
        yield f"{'/'.join(parts[:end])}/*"


def _parsed(head: bytes) -> Received:
    first, *lines = head.decode("latin-1").split("\r\n")
    method, path, _ = first.split(" ", 2)
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Received(method, path, headers, headers.get("host", "").partition(":")[0])


def _without_body(reply: Reply) -> bytes:
    return reply.encoded().partition(b"\r\n\r\n")[0] + b"\r\n\r\n"


async def _wind_up() -> None:
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    # Aborted transports close their sockets on the next turn of the loop.
    await asyncio.sleep(0)
