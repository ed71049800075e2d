"""A body collected piece by piece, unpacked with a bounded output: neither size nor compression can surprise us."""

from __future__ import annotations

import zlib

from scrapers.web.request import MEGABYTE

# Below this nothing is a bomb; blank-filled lists compress very well.
_RATIO_COUNTS_FROM = MEGABYTE

# zlib's window bits for "gzip or zlib, whichever it is", and for deflate without a header.
_EITHER = 47
_BARE = -15

# How a gzip member begins.
_MEMBER = b"\x1f\x8b"


class TooMuchError(Exception):
    """A limit was reached; `limit` is the number. Stays inside `scrapers.web`."""

    def __init__(self, limit: int, why: str) -> None:
        super().__init__(why)
        self.limit = limit


def unpacked(packed: bytes, limit: int, ratio: int) -> bytes | None:
    """A gzip file as a whole (sitemap.xml.gz); None where it is damaged or larger than the limits."""
    unpacker = Unpacker("gzip", limit, ratio)
    try:
        unpacker.feed(packed)
    except (TooMuchError, zlib.error):
        return None
    return unpacker.body() if unpacker.complete else None


class Unpacker:
    """Collects a body; gzip and deflate are undone with a bounded output. Raises TooMuchError, zlib.error."""

    def __init__(self, coding: str, limit: int, ratio: int) -> None:
        self._bare = coding.strip().lower() == "deflate"
        self._packs = self._bare or coding.strip().lower() in {"gzip", "x-gzip"}
        self._limit = limit
        self._ratio = ratio
        self._parts: list[bytes] = []
        self._packed = 0
        self._size = 0
        self._begun = b""
        self._after = b""
        self._inflater = zlib.decompressobj(wbits=_EITHER)

    @property
    def complete(self) -> bool:
        """Whether the compressed stream came to its end (always true for a plain body, and for none at all)."""
        return not self._packs or self._inflater.eof or not self._packed

    def feed(self, data: bytes) -> None:
        """Takes the next piece as it came over the wire."""
        self._packed += len(data)
        if self._packed > self._limit:
            raise TooMuchError(self._limit, f"more than {self._limit} bytes")
        if self._packs:
            self._inflate(data)
        else:
            self._keep(data)

    def body(self) -> bytes:
        """All of it, unpacked."""
        return self._parts[0] if len(self._parts) == 1 else b"".join(self._parts)

    def _inflate(self, data: bytes) -> None:
        while data:
            if self._inflater.eof:
                # A further member of a gzip body, or filling after its end: the first two bytes tell.
                data = self._after + data
                self._after = data if data == _MEMBER[:1] else b""
                if not data.startswith(_MEMBER):
                    return
                self._inflater = zlib.decompressobj(wbits=_EITHER)
            self._keep(self._decompress(data))
            data = self._inflater.unconsumed_tail or self._inflater.unused_data
            if self._size > _RATIO_COUNTS_FROM and self._size > self._ratio * self._packed:
                raise TooMuchError(self._ratio, f"unpacks to more than {self._ratio} times its size")

    def _decompress(self, data: bytes) -> bytes:
        room = self._limit - self._size + 1
        if self._bare and not self._size:
            self._begun += data
        try:
            return self._inflater.decompress(data, room)
        except zlib.error:
            # "deflate" without the zlib header is wrong and common; all that came goes in again.
            if not self._bare or self._size:
                raise
            self._bare = False
            self._inflater = zlib.decompressobj(wbits=_BARE)
            return self._inflater.decompress(self._begun, room)

    def _keep(self, data: bytes) -> None:
        if data:
            self._parts.append(data)
            self._size += len(data)
            if self._size > self._limit:
                raise TooMuchError(self._limit, f"more than {self._limit} bytes")
