"""The small HTTP server behind signed links: it listens where `links_host` and `links_port` say, a proxy before it.

Every answer is a whole page that nothing may embed, cache or index, and that loads nothing. A request has ten seconds
and eight kilobytes; beyond a number at a time further ones are turned away, so that nobody holds all of them for long.
"""

from __future__ import annotations

import logging
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from alerts.document_page import document_of
from alerts.messages.links import Link
from alerts.pages import LinkPages, Page

_LOG = logging.getLogger(__name__)
_SECONDS = 10
_BODY_LIMIT = 8 * 1024
_AT_ONCE = 32
_FORM = "application/x-www-form-urlencoded"
_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
    "Connection": "close",
}


@contextmanager
def serving(pages: LinkPages, host: str, port: int) -> Iterator[str]:
    """Serve `pages` in a thread as long as the context lasts; gives the address. Raises OSError where it cannot."""
    server = _Server(pages, host, port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.2}, name="links", daemon=True)
    thread.start()
    bound = server.server_address[1]
    try:
        yield f"http://{f'[{host}]' if ':' in host else host}:{bound}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    """Threads that die with the process; a number of them at most."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, pages: LinkPages, host: str, port: int) -> None:
        self.pages = pages
        self._free = threading.BoundedSemaphore(_AT_ONCE)
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), _Handler)

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """In a thread of its own where one is free, else not at all."""
        if self._free.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        """The thread's work."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: object, client_address: object) -> None:
        """A visitor who goes away in the middle is no news; anything else is."""
        del request, client_address
        gone = isinstance(sys.exception(), OSError)
        _LOG.log(logging.DEBUG if gone else logging.ERROR, "a request for a link broke off", exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    """GET and HEAD show, POST acts."""

    server: _Server
    timeout = _SECONDS
    protocol_version = "HTTP/1.1"
    server_version = "zhengfa-watch"
    sys_version = ""

    def do_GET(self) -> None:
        self._reply(self.server.pages.show(urlsplit(self.path).path))

    do_HEAD = do_GET  # noqa: N815

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal():
            self.send_error(411)
        elif len(length) > 6 or int(length) > _BODY_LIMIT:
            self.send_error(413)
        elif self.headers.get_content_type() != _FORM:
            self.send_error(415)
        else:
            text = self.rfile.read(int(length)).decode("utf-8", errors="replace")
            try:
                fields = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=10))
            except ValueError:
                self.send_error(400)
                return
            self._reply(self.server.pages.act(urlsplit(self.path).path, fields or {"owner": ""}))

    def _reply(self, page: Page) -> None:
        body = page.html.encode()
        self.send_response(page.status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        self.close_connection = True

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Which alert, never the signature: whoever has it may act."""
        del size
        path = urlsplit(self.path).path if hasattr(self, "path") else ""
        link, document_id = Link.read(path), document_of(path)
        what = f"{link.action} {link.fingerprint}" if link else f"document {document_id}" if document_id else "no link"
        _LOG.info("%s %s: %s", self.command, what, getattr(code, "value", code))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  http.server's name
        """Its errors quote the address."""
