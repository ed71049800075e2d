"""Bodies are unpacked within their limits, in whatever pieces they come."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.web.unpacking import TooMuchError, Unpacker

BODY = "全省法院受理案件81.27万件。".encode() * 50
BARE = zlib.compressobj(wbits=-15)
BARE_BODY = BARE.compress(BODY) + BARE.flush()


def fed(coding: str, packed: bytes, piece: int, limit: int = 1_000_000) -> Unpacker:
    unpacker = Unpacker(coding, limit, 200)
    for start in range(0, len(packed), piece):
        unpacker.feed(packed[start : start + piece])
    return unpacker


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("", BODY),
        ("identity", BODY),
        ("gzip", gzip.compress(BODY)),
        ("X-GZIP", gzip.compress(BODY)),
        ("gzip", gzip.compress(BODY[:100]) + gzip.compress(BODY[100:])),
        ("gzip", gzip.compress(BODY) + b"\0" * 16),
        ("deflate", zlib.compress(BODY)),
        ("deflate", BARE_BODY),
    ],
    ids=["plain", "identity", "gzip", "x-gzip", "two members", "padded", "zlib", "bare deflate"],
)
@pytest.mark.parametrize("piece", [1, 7, 100_000])
def test_a_body_comes_out_as_it_went_in(coding: str, packed: bytes, piece: int) -> None:
    unpacker = fed(coding, packed, piece)
    assert unpacker.complete
    assert unpacker.body() == BODY


def test_a_stream_that_stops_early_is_not_complete() -> None:
    assert not fed("gzip", gzip.compress(BODY)[:-20], 50).complete


def test_an_empty_body_is_complete_whatever_it_claims() -> None:
    assert fed("gzip", b"", 1).complete


def test_what_is_no_gzip_is_an_error() -> None:
    with pytest.raises(zlib.error):
        fed("gzip", BODY, 100)


@pytest.mark.parametrize("coding", ["", "gzip"])
def test_the_limit_is_on_what_comes_out(coding: str) -> None:
    packed = gzip.compress(BODY) if coding else BODY
    assert fed(coding, packed, 100, limit=len(BODY)).body() == BODY
    with pytest.raises(TooMuchError) as caught:
        fed(coding, packed, 100, limit=len(BODY) - 1)
    assert caught.value.limit == len(BODY) - 1


def test_an_endless_header_without_a_body_is_stopped() -> None:
    unpacker = Unpacker("gzip", 1000, 200)
    unpacker.feed(b"\x1f\x8b\x08\x08\0\0\0\0\0\x03")
    with pytest.raises(TooMuchError):
        unpacker.feed(b"n" * 2000)


def test_a_bomb_is_stopped_by_its_ratio_long_before_the_limit() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    with pytest.raises(TooMuchError, match="200 times"):
        fed("gzip", bomb, 10_000, limit=100_000_000)


@given(st.binary(max_size=3000), st.integers(1, 500))
def test_any_body_survives_any_pieces(body: bytes, piece: int) -> None:
    assert fed("gzip", gzip.compress(body), piece).body() == body
