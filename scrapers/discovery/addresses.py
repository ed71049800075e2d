"""One address in its many spellings (PITFALLS 2.2), and the date that it may carry.

    http://www.x.gov.cn/index.html   https://x.gov.cn/   //m.x.gov.cn:8080/            -> x.gov.cn/
    /gate/big5/www.x.gov.cn/a/t20250211_5012345_mob.shtml?from=singlemessage           -> x.gov.cn#t20250211_5012345

The key is an identity, not an address to fetch: where a publishing system numbers its articles, the number within the
site is the identity, since one article hangs in several columns and on several twins of a host. What distinguishes
pages stays: other query parameters, in order of name; the route of a single-page site.
"""

from __future__ import annotations

import ipaddress
import re
from datetime import date
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

from yarl import URL

# Twins of a host: with and without www, for phones, in traditional characters.
_TWINS = ("www.", "wap.", "m.", "3g.", "mobile.", "big5.")

# Ports under which a site is seen beside its usual ones (PITFALLS 2.2); of a numeric host the port is a part of the
# name.
_SAME_PORTS = frozenset({None, 80, 443, 8080, 9080})

# Addresses of old sites are percent-encoded GBK: replaced, all words of equal length would be one.
_KEPT = "surrogateescape"

_BIG5_GATE = re.compile(r"^/gate/big5/([^/]+)(/.*)?$", re.IGNORECASE)
_BIG5_FOLDER = re.compile(r"^/big5(?=/)", re.IGNORECASE)
# Sessions are no part of an address: Java's, and ASP.NET's without cookies.
_SESSION = re.compile(r";jsessionid=[^/?#]*|/\([A-Z]\([a-z0-9]{24}\)\)(?=/)", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index|default)\.(?:s?html?|jsp|php|aspx?)$", re.IGNORECASE)
_TWIN_SUFFIX = re.compile(r"_(?:mob|slb|wap|m)(?=\.s?html?$)", re.IGNORECASE)

# Parameters that do not choose what is shown: ways of showing, of counting, of sharing.
_IDLE = re.compile(
    r"(?:div|node|from|spm|isappinstalled|share\w*|utm_\w+|_t|_|t|v|ver|version|rand(?:om)?|time(?:stamp)?|hits?|scene|sukey"
    r"|colarticleid|jump|jsessionid|phpsessid|aspsessionid\w*|session_?id|cfid|cftoken)",
    re.IGNORECASE,
)

# Two labels under .cn that make no site of their own: gov.cn and its kind, and the provinces.
_SECOND_LEVEL = re.compile(
    r"(?:gov|com|org|net|edu|ac|mil|bj|sh|tj|cq|he|sx|nm|ln|jl|hl|js|zj|ah|fj|jx|sd|ha|hb|hn|gd|gx|hi|sc|gz|yn|xz|sn|gs|qh|nx|xj)"
)

# Article numbers of publishing systems (FAMILIES.md 1-8, 12): the first group is the number; `wide` is true where it
# is the same on all hosts of a registered domain.
_NUMBERED: tuple[tuple[re.Pattern[str], str, bool], ...] = (
    (re.compile(r"/(t\d{8}_\d+)\.s?html?$"), "", False),
    (re.compile(r"/article/detail/\d{4}/\d{2}/id/(\d+)\.shtml$"), "court-", False),
    (re.compile(r"/art/\d{4}/\d{1,2}/\d{1,2}/art_\d+_(\d+)\.html$"), "art-", False),
    (re.compile(r"/art/\d{4}/art_([0-9a-f]{32})\.html$"), "art-", False),
    (re.compile(r"/content/post_(\d+)\.html$"), "post-", False),
    (re.compile(r"/system/\d{4}/\d{2}/\d{2}/(\d{9})\.shtml$"), "system-", True),
    (re.compile(r"/n1/\d{4}/\d{4}/c\d+-(\d+)\.html$"), "people-", True),
)

_DATES: tuple[re.Pattern[str], ...] = (
    re.compile(r"/t((?:19|20)\d{2})(\d{2})(\d{2})_\d+"),
    re.compile(r"/((?:19|20)\d{2})[-/]?(\d{2})[-/](\d{2})(?=[/_.])"),
    re.compile(r"/art/((?:19|20)\d{2})/(\d{1,2})/(\d{1,2})/"),
    re.compile(r"/((?:19|20)\d{2})(\d{2})(\d{2})(?=[/_.])"),
    re.compile(r"/n1/((?:19|20)\d{2})/(\d{2})(\d{2})/"),
)
_MONTHS: tuple[re.Pattern[str], ...] = (
    re.compile(r"/article/detail/((?:19|20)\d{2})/(\d{2})/id/"),
    re.compile(r"/((?:19|20)\d{2})[-/]?(\d{2})/"),
)


def resolved(base: str, link: str) -> str | None:
    """`link` as it stands on the page at `base`, made absolute, without its fragment; None where it is no web page.

    Repairs what sites write: blanks around, `..` above the root, a host with a dot at its end (PITFALLS 4.6).
    """
    link = link.strip().replace("\\", "/")
    if not link or link.startswith("#") or re.match(r"(?!https?:)[a-z][a-z0-9+.-]*:", link, re.IGNORECASE):
        return None
    try:
        parts = urlsplit(urljoin(base, link))
        host = (parts.hostname or "").rstrip(".")
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    path = re.sub(r"^(?:/\.\.)+(?=/|$)", "", re.sub(r"/\./", "/", parts.path)) or "/"
    path = quote(path, safe="/%:@!$&'()*+,;=~-._")
    shown = f"[{host}]" if ":" in host else host
    netloc = f"{shown}:{port}" if port else shown
    query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?[]{}')}" if parts.query else ""
    route = f"#{parts.fragment}" if parts.fragment.startswith("/") else ""
    return f"{parts.scheme}://{netloc}{path}{query}{route}"


def is_address(url: str) -> bool:
    """Whether `url` is one that can be asked for: `http://x.gov.cn:99999/` is not."""
    try:
        return bool(canonical_key(url))
    except ValueError:
        return False


@lru_cache(maxsize=20_000)
def canonical_key(url: str) -> str:
    """The identity of what lies at `url`: equal for all its spellings. Raises ValueError where `url` has no host."""
    parts = urlsplit(url.strip())
    if not parts.hostname:
        raise ValueError(f"{url!r} has no host")
    host, path = parts.hostname.rstrip("."), _SESSION.sub("", parts.path) or "/"
    if gate := _BIG5_GATE.match(path):
        host, path = gate[1].lower(), gate[2] or "/"
    path = _TWIN_SUFFIX.sub("", _BIG5_FOLDER.sub("", _readable(unquote(path, errors=_KEPT))))
    site = _site(host, parts.port)
    for pattern, name, wide in _NUMBERED:
        if number := pattern.search(path):
            return f"{registered_domain(site) if wide else site}#{name}{number[1]}"
    path = _INDEX.sub("/", re.sub(r"/{2,}", "/", path))
    fields = sorted((k, v) for k, v in parse_qsl(parts.query, errors=_KEPT) if v and not _IDLE.fullmatch(k))
    query = urlencode(fields, errors=_KEPT)
    route = f"#{parts.fragment}" if parts.fragment.startswith(("/", "!")) else ""
    return f"{site}{path}{'?' + query if query else ''}{route}"


def registered_domain(host: str) -> str:
    """The part of a host name that its owner registered (gansu.gscn.com.cn: gscn.com.cn); a numeric host is its own."""
    if _numeric(host.rsplit(":", 1)[0].strip("[]")):
        return host
    labels = host.split(".")
    short = 3 if labels[-1] == "cn" and len(labels) > 2 and _SECOND_LEVEL.fullmatch(labels[-2]) else 2
    return ".".join(labels[-short:])


def date_in_address(url: str) -> date | None:
    """The day that the path of `url` carries, the first of the month where it is but a month; None where there is none.

    It is when the system made the page, never earlier than its publication but for a while after a migration
    years later (PITFALLS 2.4): good for leaving out what is too old, for nothing else.
    """
    path = urlsplit(url).path
    for pattern in _DATES:
        if (found := pattern.search(path)) and (day := _day(int(found[1]), int(found[2]), int(found[3]))):
            return day
    for pattern in _MONTHS:
        if (found := pattern.search(path)) and (day := _day(int(found[1]), int(found[2]), 1)):
            return day
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _readable(text: str) -> str:
    """A path whose bytes are no UTF-8 (GBK, percent-encoded), with those written out; any other as it is."""
    return text.encode("utf-8", _KEPT).decode("utf-8", "backslashreplace")


def _site(host: str, port: int | None) -> str:
    host = _plain_name(host.lower())
    if _numeric(host):
        shown = f"[{host}]" if ":" in host else host
        return shown if port in {None, 80, 443} else f"{shown}:{port}"
    for twin in _TWINS:
        # m.gov.cn would be a ministry's, not a twin.
        if host.startswith(twin) and host.count(".") > 1 and not _SECOND_LEVEL.fullmatch(host.split(".")[1]):
            host = host.removeprefix(twin)
            break
    return host if port in _SAME_PORTS else f"{host}:{port}"


def _plain_name(host: str) -> str:
    """A host name in the characters that people read: 政法.cn for xn--5nqv22n.cn, dots that are dots."""
    if host.isascii() and "xn--" not in host:
        return host
    try:
        return URL.build(scheme="http", host=host).host or host
    except ValueError:
        return host


def _numeric(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host.isdigit()
    return True
