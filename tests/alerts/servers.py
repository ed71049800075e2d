"""Real servers on loopback: an HTTP receiver with scripted answers, and the SMTP sink. No fixed ports."""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Got:
    """One request as it arrived."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Json:
        value: Json = json.loads(self.body)
        return value


@dataclass(frozen=True)
class Reply:
    """What the server does: answer, hang, or reset the connection after reading the request."""

    status: int = 200
    body: bytes = b"ok"
    headers: dict[str, str] = field(default_factory=dict)
    hang: float = 0
    reset: bool = False


Behaviour: TypeAlias = Callable[[Got], Reply]


@dataclass
class HttpReceiver:
    """An HTTP server that notes what came and answers as `behaviour` says."""

    url: str
    got: list[Got]
    behaviour: Behaviour


@contextmanager
def http_receiver(behaviour: Behaviour = lambda _: Reply()) -> Iterator[HttpReceiver]:
    """A running receiver; `receiver.behaviour` may be changed while it runs."""
    receiver = HttpReceiver("", [], behaviour)
    stopping = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            got = Got(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            receiver.got.append(got)
            reply = receiver.behaviour(got)
            if reply.hang:
                stopping.wait(reply.hang)
                return
            if reply.reset:  # linger 0: the kernel answers with RST
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        def do_GET(self) -> None:
            self.do_POST()

        def log_message(self, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *args: object) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}/hook/secret-token-1234"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()


def replies(*script: Reply) -> Behaviour:
    """The given answers in turn; the last one for ever."""
    left = list(script)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


def answering(body: Json, status: int = 200) -> Reply:
    """A JSON answer."""
    return Reply(status=status, body=json.dumps(body).encode(), headers={"Content-Type": "application/json"})


def free_port() -> int:
    """A port that nobody had a moment ago (aiosmtpd's Controller cannot take port 0)."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until(condition: Callable[[], bool], seconds: float = 10) -> None:
    """Wait for something that another process or thread does. Fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)
