"""Whatever a server says, it is an outcome: no exception leaves the client, and the next request goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.web.client import Client
from scrapers.web.outcomes import Outcome, Page, Unreachable
from scrapers.web.request import ClientSettings, Expect, Pace, Request
from tests.replicas.reply import Cut, Raw, Reply
from tests.replicas.server import ReplicaServer

HEADERS = (
    b"Content-Length: 5", b"Content-Length: -1", b"Content-Length: \xb2", b"Transfer-Encoding: chunked",
    b"Transfer-Encoding: gzip", b"Content-Encoding: gzip", b"Content-Encoding: deflate", b"Content-Encoding: br",
    b"Content-Type: text/html; charset=\xff", b"Content-Type: ;;;", b"Content-Type: text/html; charset=gb2312",
    b"Location: http://xn--a.cn/", b"Location: \xd6\xd0", b"Location: /x", b"Location: ", b"Retry-After: \xb2",
    b"Retry-After: Fri, 31 Dec 9999 23:59:59 -1200", b"Set-Cookie: a=b; Domain=..; Expires=xx",
    b"Set-Cookie: \xff=\xfe; Max-Age=99999999999999999999", b"ETag: \xff", b"Last-Modified: \xfe", b": x", b"X y: z",
)  # fmt: skip
STATUSES = (200, 203, 206, 301, 302, 304, 401, 404, 412, 429, 500, 503, 999, 204, 205, 100, 101)
BODIES = (
    b"", b"<html>", b"\x1f\x8b\x08", b"5\r\nhello\r\n0\r\n\r\n", "工作报告".encode("gbk") * 50, b"\xef\xbb\xbf\xff\xfe",
    b"<html><meta charset=gbk>" + "镕".encode("gbk") * 200 + b"</html>", b"\0" * 50, b"{", b"%PDF-",
    b"<script>location='http://xn--a.cn/'</script>", b"<meta http-equiv=refresh content='0;url=http://['>",
)  # fmt: skip
GOOD = Reply.page("<html><head><title>虚构</title></head><body>" + "<p>虚构内容。</p>" * 40 + "</body></html>")
PATIENCE = ClientSettings(
    allow_loopback=True, pace=Pace(0, 0), tries=1, longest_wait=0, read_timeout=0.5, whole_timeout=1, second_agent=""
)


@pytest.fixture(scope="module")
def site() -> Iterator[ReplicaServer]:
    with ReplicaServer() as server:
        server.put("/robots.txt", Reply(b"", content_type="text/plain"))
        server.put("/good.html", GOOD)
        yield server


@settings(max_examples=60, deadline=None)
@given(
    status=st.sampled_from(STATUSES),
    headers=st.lists(st.sampled_from(HEADERS), max_size=5),
    body=st.sampled_from(BODIES),
    expect=st.sampled_from(Expect),
)
def test_any_answer_is_an_outcome(
    site: ReplicaServer, status: int, headers: list[bytes], body: bytes, expect: Expect
) -> None:
    head = b"HTTP/1.1 %d X\r\n" % status + b"".join(line + b"\r\n" for line in headers) + b"\r\n"
    site.put("/odd.html", Raw((head + body, Cut.CLOSE)))

    async def both() -> tuple[Outcome, Outcome]:
        hosts = frozenset({site.host})
        async with Client(PATIENCE) as client:
            odd = await client.fetch(Request(url=site.url("/odd.html"), hosts=hosts, expect=expect, etag='"a"'))
            good = await client.fetch(Request(url=site.url("/good.html"), hosts=hosts))
            if isinstance(good, Unreachable):
                # The kept connection was closed just as it was used again; this client tries once, others try again.
                good = await client.fetch(Request(url=site.url("/good.html"), hosts=hosts))
            return odd, good

    odd, good = asyncio.run(both())
    assert isinstance(odd, get_args(Outcome))
    assert isinstance(good, Page) or odd.kind == "throttled"
