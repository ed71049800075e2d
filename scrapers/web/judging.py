"""From a complete answer to its outcome: the outcome table of ARCHITECTURE.md, top to bottom, without network or clock.

status      304 · redirect (see redirects) · refused, challenged · 404, 410 · 429, 503 + Retry-After · 5xx
body        empty · type · charset · "no such page" · challenge in good dress · landmarks · end of the page
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from scrapers.web import blocked
from scrapers.web.decoding import Encoding, Undecoded, charset_of, decode
from scrapers.web.outcomes import (
    Blocked,
    BlockSign,
    Missing,
    NotModified,
    Outcome,
    Page,
    Throttled,
    TimedOut,
    Truncated,
    Undecodable,
    Unreachable,
    WrongType,
)
from scrapers.web.request import MEGABYTE, Expect, Request
from scrapers.web.unpacking import unpacked
from scrapers.web.wire import Answer

# A site that says 429 without a moment: a WAF of one province forgets a burst after about a minute (PITFALLS 3.6).
_UNSAID_WAIT = timedelta(minutes=2)
_LONGEST_SAID_WAIT = timedelta(days=1)

# Ways of packing that some servers use unasked; other words in that header (utf-8, none) say nothing about packing.
_UNREAD_CODINGS = frozenset({"br", "zstd", "compress", "x-compress", "dcb", "dcz"})

_EXCERPT = 200
_TAIL = 4096

# What sitemaps.org allows; names repeat, so that site maps pack well.
_SITE_MAP_LIMIT = 50 * MEGABYTE
_SITE_MAP_RATIO = 200
_GZIP = b"\x1f\x8b"

_MARKUP = ("<!doctype html", "<html", "<head", "<body", "<script", "<meta", "<div", "<!--", "<title", "<p", "<table")
_BINARY = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"\x1f\x8b")


@dataclass(frozen=True, slots=True)
class _Case:
    """One answer under judgement."""

    request: Request
    answer: Answer
    now: datetime

    @property
    def headers(self) -> dict[str, str]:
        return self.answer.headers

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def glance(self) -> str:
        """The body as text good enough to look for words in; never kept."""
        body = self.answer.body[:200_000]
        charset = charset_of(self.headers.get("content-type", "")) or ""
        codec = "gb18030" if charset.lower().startswith("gb") else "utf-8"
        return body.decode(codec, "replace")


def judge_robots(request: Request, answer: Answer, now: datetime) -> Outcome:
    """The outcome of asking for robots.txt: a `Page` with its text, `Missing` where there is none, else a failure."""
    status = answer.status
    case = _Case(request, answer, now)
    text = answer.body.decode("utf-8", "replace")
    if 200 <= status < 300:
        if not looks_like_markup(text):
            return _page(case, text.lstrip("\ufeff"), None)
        found = blocked.sign_of(status, text)
        if found and found.sign in {BlockSign.COOKIE_SCRIPT, BlockSign.CAPTCHA, BlockSign.TOO_OFTEN}:
            return _blocked(case, found.sign, found.detail)
        return Missing(url=request.url, fetched_at=now, status=status, detail="a web page in its place")
    outcome = judge(request, answer, now)
    if isinstance(outcome, Blocked) and outcome.sign is BlockSign.STATUS and status not in {412, 418, 468, 521}:
        # RFC 9309: 4xx means that there are no rules. What the pages themselves say to us is another matter.
        return Missing(url=request.url, fetched_at=now, status=status, detail=f"status {status}")
    return outcome


def judge(request: Request, answer: Answer, now: datetime) -> Outcome:
    """The outcome of `answer` to `request`; `now` is when it came. A redirect must have been followed before."""
    case = _Case(request, answer, now)
    status = answer.status
    if status == 304:
        return _not_modified(case)
    if 200 <= status < 300:
        return _success(case)
    if status == 429 or (status == 503 and "retry-after" in answer.headers):
        return _throttled(case)
    if status in {404, 410}:
        return Missing(url=request.url, fetched_at=now, status=status, detail=f"status {status}")
    if status == 408:
        return TimedOut(url=request.url, fetched_at=now, limit="read", detail="status 408")
    if found := blocked.sign_of(status, case.glance):
        return _blocked(case, found.sign, found.detail)
    if status >= 500:
        # 501 and 505 are what the server is, not how it feels.
        return Unreachable(
            url=request.url, fetched_at=now, status=status, detail=f"status {status}", lasting=status in {501, 505}
        )
    return _blocked(case, BlockSign.STATUS, f"status {status}")


def _not_modified(case: _Case) -> Outcome:
    request = case.request
    if not request.conditional:
        return Unreachable(url=request.url, fetched_at=case.now, status=304, detail="304, though nothing was held")
    return NotModified(
        url=request.url,
        fetched_at=case.now,
        etag=case.headers.get("etag", request.etag),
        last_modified=case.headers.get("last-modified", request.last_modified),
    )


def _throttled(case: _Case) -> Throttled:
    until = retry_moment(case.headers.get("retry-after", ""), case.now)
    return Throttled(
        url=case.request.url,
        fetched_at=case.now,
        until=until,
        status=case.answer.status,
        detail=f"status {case.answer.status}, again at {until:%Y-%m-%d %H:%M:%S} UTC",
    )


def retry_moment(header: str, now: datetime) -> datetime:
    """When a Retry-After of seconds or of a date lets us come back; two minutes from `now` where it says neither."""
    header = header.strip()
    if header.isascii() and header.isdigit():
        # Longer than a day is a ban, and a number of any length must not overflow.
        seconds = int(header[:10])
        return now + min(timedelta(seconds=seconds), _LONGEST_SAID_WAIT)
    said = _moment(header)
    return now + _UNSAID_WAIT if said is None else min(max(said, now), now + _LONGEST_SAID_WAIT)


def _moment(header: str) -> datetime | None:
    """The moment that a header names, aware; None where it names none."""
    try:
        said = parsedate_to_datetime(header)
        return (said if said.tzinfo else said.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _success(case: _Case) -> Outcome:
    body = case.answer.body
    if (coding := case.headers.get("content-encoding", "").strip().lower()) in _UNREAD_CODINGS or "," in coding:
        return _wrong_type(case, f"packed as {coding}, which was not asked for")
    if not body.strip():
        return _blocked(case, BlockSign.EMPTY, f"status {case.answer.status} and nothing in it")
    if is_binary(body):
        return _binary(case)
    return _textual(case)


def is_binary(body: bytes) -> bool:
    """Whether the bytes begin as a document, an archive or a picture does."""
    return body.startswith(_BINARY) or (b"\0" in body[:1024] and not body.startswith((b"\xff\xfe", b"\xfe\xff")))


def _binary(case: _Case) -> Outcome:
    if case.request.expect in {Expect.DOCUMENT, Expect.ANY}:
        return _page(case, None, None)
    if case.request.expect is Expect.FEED and case.answer.body.startswith(_GZIP):
        return _packed_feed(case)
    return _wrong_type(case, f"begins with {case.answer.body[:8]!r}")


def _packed_feed(case: _Case) -> Outcome:
    """A site map that is a gzip file (sitemap.xml.gz); kept as it came."""
    plain = unpacked(case.answer.body, _SITE_MAP_LIMIT, _SITE_MAP_RATIO)
    if plain is None:
        return _wrong_type(case, "a gzip file that is damaged or larger than a site map may be")
    decoded = decode(plain, None, case.request.encoding)
    if isinstance(decoded, Undecoded):
        return _undecoded(case, decoded)
    return _page(case, decoded.text, decoded.encoding)


def _textual(case: _Case) -> Outcome:
    request, answer = case.request, case.answer
    decoded = decode(answer.body, charset_of(answer.headers.get("content-type", "")), request.encoding)
    if isinstance(decoded, Undecoded):
        return _undecoded(case, decoded)
    text = decoded.text
    markup = looks_like_markup(text)
    lost = bool(request.landmarks) and not any(mark in text for mark in request.landmarks)
    if markup or request.expect in {Expect.HTML, Expect.ANY}:
        found = blocked.sign_of(answer.status, text, landmarks_found=bool(request.landmarks) and not lost)
        if found:
            return _blocked(case, found.sign, found.detail)
        if blocked.soft_missing(text):
            return Missing(url=request.url, fetched_at=case.now, status=answer.status, detail="the page says so itself")
    if why := _other_type(case, markup=markup, text=text):
        return _wrong_type(case, why)
    if lost:
        return _blocked(case, BlockSign.NO_LANDMARKS, f"none of the landmarks is there: {', '.join(request.landmarks)}")
    if markup and request.expect in {Expect.HTML, Expect.ANY} and _unclosed(case):
        return _truncated(case)
    return _page(case, text, decoded.encoding)


def _undecoded(case: _Case, decoded: Undecoded) -> Outcome:
    request = case.request
    if request.expect is Expect.DOCUMENT:
        # An old Word or WPS format that we do not know by its first bytes: its reader will see.
        return _page(case, None, None)
    if found := blocked.sign_of(case.answer.status, case.glance):
        return _blocked(case, found.sign, found.detail)
    if _unclosed(case):
        # Cut in the middle of a character.
        return _truncated(case)
    return Undecodable(
        url=request.url,
        fetched_at=case.now,
        content=case.answer.body,
        tried=decoded.tried,
        detail=f"{decoded.why} (tried {', '.join(decoded.tried)})",
    )


def looks_like_markup(text: str) -> bool:
    """Whether the text begins as a web page does."""
    start = text[:1024].lstrip("\ufeff \t\r\n").lower()
    return start.startswith(_MARKUP) or "<html" in start


def _other_type(case: _Case, *, markup: bool, text: str) -> str | None:
    """Why this textual answer is not of the expected type; None where it is."""
    expect = case.request.expect
    if expect is Expect.DOCUMENT and markup:
        return "a web page under the address of a document"
    if expect is Expect.FEED and markup:
        return "a web page under the address of a feed"
    if expect is Expect.HTML and not markup:
        if case.content_type in {"application/json", "application/pdf"} or text.lstrip()[:1] in {"{", "["}:
            return "no web page"
        return None if "<" in text[:4096] else "no markup in it"
    return None


def _unclosed(case: _Case) -> bool:
    """Whether this is a page that begins and does not end, though the site's pages do."""
    tail = case.answer.body.rstrip()[-_TAIL:].lower()
    ends = b"</html" in tail or b"</body" in tail
    return not ends and not case.request.unclosed and b"<html" in case.answer.body[:_TAIL].lower()


def _truncated(case: _Case) -> Truncated:
    return Truncated(
        url=case.request.url,
        fetched_at=case.now,
        received=len(case.answer.body),
        detail="the page does not end in </html>",
    )


def _page(case: _Case, text: str | None, encoding: Encoding | None) -> Page:
    headers = case.headers
    return Page(
        url=case.request.url,
        fetched_at=case.now,
        final_url=case.answer.url,
        status=case.answer.status,
        headers=tuple(headers.items()),
        content=case.answer.body,
        content_type=case.content_type,
        text=text,
        encoding=encoding,
        etag=headers.get("etag"),
        last_modified=_validator(headers.get("last-modified"), case.now),
    )


def _validator(last_modified: str | None, now: datetime) -> str | None:
    """A date to ask with; one that has not come yet would hide every change until then (RFC 9110 8.8.2.1)."""
    moment = _moment(last_modified or "")
    return None if moment is not None and moment > now else last_modified


def _blocked(case: _Case, sign: BlockSign, detail: str) -> Blocked:
    return Blocked(
        url=case.request.url,
        fetched_at=case.now,
        sign=sign,
        status=case.answer.status,
        excerpt=" ".join(case.glance[: 4 * _EXCERPT].split())[:_EXCERPT],
        detail=detail,
    )


def _wrong_type(case: _Case, why: str) -> WrongType:
    return WrongType(
        url=case.request.url,
        fetched_at=case.now,
        expected=case.request.expect.value,
        content_type=case.content_type,
        detail=f"{why} (declared {case.content_type or 'nothing'})",
    )
