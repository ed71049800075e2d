"""Every way in which a site can fool or fail a reader, as an answer of the replica server.

The pages are made up after descriptions of the real ones (challenge scripts, WAF notices); none is copied.
"""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterator

from tests.replicas.reply import Behaviour, Chunk, Cut, Raw, Received, Reply

_PLAIN = "<html><head><title>公告</title></head><body><p>虚构内容。</p></body></html>"


def _head(*lines: str) -> bytes:
    return "\r\n".join(("HTTP/1.1 200 OK", "Content-Type: text/html; charset=utf-8", *lines)).encode() + b"\r\n\r\n"


def slow(seconds: float, body: bytes = _PLAIN.encode()) -> Raw:
    """Nothing for so long, then a good page."""
    return Raw((seconds, Reply(body).encoded()))


def dripping(pause: float, body: bytes = _PLAIN.encode()) -> Raw:
    """A good page, byte by byte: each read is in time, the whole is not."""

    def drops() -> Iterator[Chunk]:
        yield _head(f"Content-Length: {len(body)}")
        for place in range(len(body)):
            yield body[place : place + 1]
            yield pause

    return Raw(drops)


def truncated(body: bytes = _PLAIN.encode(), *, cut: Cut = Cut.CLOSE) -> Raw:
    """Announces the whole page, sends half of it."""
    return Raw((_head(f"Content-Length: {len(body)}"), body[: len(body) // 2], 0.02, cut))


def truncated_chunks(body: bytes = _PLAIN.encode()) -> Raw:
    """Begins chunks, never ends them."""
    half = body[: len(body) // 2]
    return Raw((_head("Transfer-Encoding: chunked"), f"{len(half):x}\r\n".encode() + half + b"\r\n", Cut.CLOSE))


def wrong_length(body: bytes = _PLAIN.encode()) -> Raw:
    """Announces less than it sends, so that a reader who trusts it gets a page without its end."""
    return Raw((_head("Connection: close", f"Content-Length: {len(body) - 30}"), body, Cut.CLOSE))


def without_length(body: bytes = _PLAIN.encode()) -> Raw:
    """No length, no chunks: the end of the connection is the end of the page (or of half of it)."""
    return Raw((_head("Connection: close"), body, Cut.CLOSE))


def truncated_gzip(body: bytes = _PLAIN.encode()) -> Raw:
    """A compressed page whose stream stops early, with a length that fits what is sent."""
    packed = zlib.compress(body * 50, wbits=31)
    half = packed[: len(packed) // 2]
    return Raw((_head("Content-Encoding: gzip", f"Content-Length: {len(half)}") + half,))


def wrong_charset(text: str = _PLAIN) -> Reply:
    """Says UTF-8 in the header, is GBK."""
    return Reply(text.encode("gbk"), charset="utf-8")


def script_412() -> Reply:
    """A WAF's answer: 412 and a script that wants to set a cookie."""
    body = "<html><head><meta charset='utf-8'></head><body><script>var $_ts={};$_ts.nsd=51437;</script></body></html>"
    return Reply(body.encode(), status=412, headers=(("Set-Cookie", "FSSBBIl1UgzbN7N80S=abc; Path=/"),))


def script_521() -> Reply:
    """A content network's answer: 521 and one line of script."""
    body = "<script>document.cookie=('__jsl_clearance_s=')+('17')+('|0|x');location.href=location.pathname</script>"
    return Reply(body.encode(), status=521, headers=(("Set-Cookie", "__jsluid_s=abc; path=/"),))


def script_200(status: int = 200) -> Reply:
    """The same in the dress of a good answer."""
    body = "<html><body><script>document.cookie='C3VK=abc123';window.location.reload();</script></body></html>"
    return Reply(body.encode(), status=status)


def captcha() -> Reply:
    """A good status, and a question instead of a page."""
    body = (
        "<html><head><title>安全验证</title></head><body><p>请完成下列验证后继续访问</p>"
        "<form><img src='/captcha.png'><input name='captcha'></form></body></html>"
    )
    return Reply(body.encode(), charset="utf-8")


def too_often() -> Reply:
    """A notice that we ask too much, with a good status."""
    return Reply("<html><body><h1>您的访问过于频繁,请稍后再试</h1></body></html>".encode(), charset="utf-8")


def too_many_requests(retry_after: str | None = "120") -> Reply:
    """429, with or without the moment to come back."""
    headers = (("Retry-After", retry_after),) if retry_after else ()
    return Reply(b"too many requests", status=429, headers=headers)


def unavailable(retry_after: str | None = None) -> Reply:
    """503."""
    headers = (("Retry-After", retry_after),) if retry_after else ()
    return Reply(b"<html><body>Service Unavailable</body></html>", status=503, headers=headers)


def maintenance() -> Reply:
    """500 and a notice of maintenance, which only agents on a list ever see."""
    body = "<html><head><title>系统维护</title></head><body><p>系统维护中,请稍后访问。</p></body></html>"
    return Reply(body.encode(), status=500, charset="utf-8")


def for_us_alone(fault: Reply, others: Reply, agent: str = "zhengfa-watch") -> Behaviour:
    """A fault for whoever says this name, something else for everybody else."""

    def behave(request: Received) -> Reply:
        return fault if agent in request.headers.get("user-agent", "") else others

    return behave


def server_error(status: int = 502) -> Reply:
    """An ordinary failure of a server."""
    return Reply(b"<html><body>Bad Gateway</body></html>", status=status)


def redirect(to: str, status: int = 302, cookie: str | None = None) -> Reply:
    """Sends the reader to `to`."""
    headers = (("Location", to), *((("Set-Cookie", cookie),) if cookie else ()))
    return Reply(status=status, headers=headers)


def endless_redirects(prefix: str) -> Behaviour:
    """Sends the reader from `prefix`/1 to `prefix`/2 and on for ever."""

    def behave(request: Received) -> Reply:
        last = request.path.rsplit("/", 1)[-1]
        return redirect(f"{prefix}/{int(last) + 1 if last.isdigit() else 1}")

    return behave


def empty() -> Reply:
    """200 and nothing."""
    return Reply(b"  \r\n", charset="utf-8")


def soft_missing() -> Reply:
    """200, and a page that says that there is none."""
    body = "<html><head><title>页面没有找到</title></head><body><p>您访问的页面不存在或已删除</p></body></html>"
    return Reply(body.encode(), charset="utf-8")


def gzip_bomb(megabytes: int = 256) -> Raw:
    """A few hundred kilobytes that unpack to `megabytes`."""
    packer = zlib.compressobj(9, wbits=31)
    million = bytes(1024 * 1024)
    packed = b"".join(packer.compress(million) for _ in range(megabytes)) + packer.flush()
    return Raw((_head("Content-Encoding: gzip", f"Content-Length: {len(packed)}") + packed,))


def endless() -> Raw:
    """A body that never ends."""
    block = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    return Raw(lambda: itertools.chain([_head("Transfer-Encoding: chunked")], itertools.repeat(block)))


def reset() -> Raw:
    """The connection is reset before a word is said."""
    return Raw((Cut.RESET,))


def no_http() -> Raw:
    """Something that is no HTTP."""
    return Raw((b"SSH-2.0-OpenSSH_9.2\r\n", Cut.CLOSE))
