"""Redirects: by status, and those a page makes itself; and those that lead to no page like the one asked for.

302, meta refresh, location = …      -> Redirect, to be followed
    to the first page of the site, to /404.html      -> Missing
    to /error.html                                   -> Unreachable
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import SplitResult, urldefrag, urljoin, urlsplit

from scrapers.web import blocked
from scrapers.web.outcomes import Missing, Unreachable
from scrapers.web.request import Expect, Request
from scrapers.web.transport import LOCATION
from scrapers.web.wire import Answer

_REDIRECTS = frozenset({301, 302, 303, 307, 308})

# Redirects that a page makes itself (PITFALLS 6.10) are nothing but that: a few hundred bytes.
_REDIRECTING_PAGE = 2048
_REFRESH = re.compile(
    r"""<meta[^>]+http-equiv\s*=\s*["']?refresh["']?[^>]+content\s*=\s*["']?\s*[0-3]\s*[;,]\s*url\s*=\s*['"]?([^"'>\s]+)""",
    re.IGNORECASE,
)
_LOCATION = re.compile(r"""\blocation(?:\.href|\.replace\(|\.assign\()?\s*[=(]?\s*["']([^"']+)["']""", re.IGNORECASE)

# Where a site sends those whose page it does not have: to its first page, or to one that says so in its address.
_FIRST_PAGE = re.compile(r"/?(?:(?:index|default|home)\.\w+)?", re.IGNORECASE)
_TWIN = re.compile(r"^(?:www|m|wap)\.(?=.*\.)")
# 404 beside other digits is a day or a number of an article: t20240404_17.html.
_NO_PAGE = re.compile(
    r"/(?:(?:(?:error|err|page|http)[-_]?)*404[a-z._-]*|(?:page)?[-_]?not[-_]?found[^/]*)$", re.IGNORECASE
)
_OUT_OF_ORDER = re.compile(r"/(?:error|err|50[0-4])(?:[-_]?page)?(?:/?50\d)?(?:\.\w+)?$", re.IGNORECASE)
_HARDLY_ANY_TEXT = 200


@dataclass(frozen=True, slots=True)
class Redirect:
    """Where an answer sends us (empty: it does not say), and whether it set a cookie on the way."""

    to: str
    status: int
    sets_cookie: bool


def redirect_of(request: Request, answer: Answer) -> Redirect | None:
    """The redirect that `answer` is, by its status or by being a page with nothing else in it; None if it is none."""
    if answer.status in _REDIRECTS:
        to = answer.headers.get(LOCATION, "").strip()
    elif answer.status == 200 and request.expect in {Expect.HTML, Expect.ANY}:
        to = _page_redirect(answer.body) or ""
        if not to:
            return None
    else:
        return None
    try:
        target = urldefrag(urljoin(answer.url, to)).url if to else ""
    except ValueError:  # http://[bad/ is no address
        target = ""
    return Redirect(target, answer.status, "set-cookie" in answer.headers)


def stray(request: Request, redirect: Redirect, now: datetime) -> Missing | Unreachable | None:
    """What a redirect means that leads to no page like the one asked for; None where it may lead there."""
    asked, to = urlsplit(request.url), urlsplit(redirect.to)
    if to.path == asked.path:
        return None
    why = ""
    if _NO_PAGE.search(to.path):
        why = "sent to its page for what is missing"
    elif not to.query and _FIRST_PAGE.fullmatch(to.path) and not _FIRST_PAGE.fullmatch(asked.path) and _same(asked, to):
        why = "sent to the first page of the site"
    if why:
        return Missing(url=request.url, fetched_at=now, status=redirect.status, detail=why)
    if _OUT_OF_ORDER.search(to.path):
        return Unreachable(url=request.url, fetched_at=now, status=redirect.status, detail="sent to its error page")
    return None


def _same(one: SplitResult, other: SplitResult) -> bool:
    """Whether two addresses lie on one site: a column that moved to a host of its own begins at that one's root."""
    return _TWIN.sub("", one.hostname or "") == _TWIN.sub("", other.hostname or "")


def _page_redirect(body: bytes) -> str | None:
    if len(body) > _REDIRECTING_PAGE:
        return None
    text = body.decode("utf-8", "replace")
    if "document.cookie" in text or len(blocked.visible_text(text)) > _HARDLY_ANY_TEXT:
        return None
    found = _REFRESH.search(text) or _LOCATION.search(text)
    return found[1] if found else None
