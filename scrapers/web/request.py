"""What is asked for, and within which limits.

Request          one address, what is expected there, the validators we hold, what its card allows
ClientSettings   who we are, how patient, how large, how often
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum

MEGABYTE = 1024 * 1024

# What a reader's browser says of itself: asked with once per host and run, where a server error may be for us alone.
BROWSER = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
)


class Expect(StrEnum):
    """What an address should give: a web page, an attachment, a feed (site map, data), or one of the first two."""

    HTML = "html"
    DOCUMENT = "document"
    FEED = "feed"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Hours:
    """A window of the day in Asia/Shanghai within which a site may be asked; may pass midnight (22:00 to 06:00)."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Pace:
    """How often one host, or all hosts of one shared platform, may be asked.

    `parallel` requests at a time; after each a pause of `gap` seconds and, at random, up to `jitter` seconds more.
    """

    gap: float = 3.0
    jitter: float = 2.0
    parallel: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One address to fetch.

    `hosts` are those of the card: `host` allows every port, `host:port` just that one. The address itself and every
    redirect must lie on them. `landmarks` are strings of which a real page of this sort holds at least one: where it
    holds none, we were fobbed off. `unclosed` says that this site's pages never end in `</html>`, which else counts
    as truncated. Where not `allow_http`, neither it nor a redirect may be plain http. `form` are fields to be posted,
    where a list gives its further pages to a POST only (FAMILIES.md 4).
    """

    url: str
    hosts: frozenset[str]
    expect: Expect = Expect.HTML
    etag: str | None = None
    last_modified: str | None = None
    encoding: str | None = None
    landmarks: tuple[str, ...] = ()
    unclosed: bool = False
    platform: str | None = None
    pace: Pace | None = None
    hours: Hours | None = None
    legacy_tls: bool = False
    allow_http: bool = True
    headers: tuple[tuple[str, str], ...] = ()
    form: tuple[tuple[str, str], ...] = ()

    @property
    def conditional(self) -> bool:
        """Whether we hold a validator to ask with."""
        return bool(self.etag or self.last_modified)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientSettings:
    """Limits and manners of one client; times in seconds, sizes in bytes after decompression.

    `second_agent` is who asks when a server error may be for us alone (empty: nobody does).
    """

    contact: str = ""
    agent: str = "zhengfa-watch"
    second_agent: str = BROWSER
    allow_loopback: bool = False
    connect_timeout: float = 15.0
    read_timeout: float = 30.0
    whole_timeout: float = 90.0
    max_page: int = 8 * MEGABYTE
    max_document: int = 64 * MEGABYTE
    max_ratio: int = 200
    tries: int = 3
    backoff: float = 2.0
    longest_wait: float = 60.0
    redirects: int = 5
    blocks_in_a_row: int = 3
    robots_ttl: timedelta = timedelta(days=1)
    pace: Pace = field(default_factory=Pace)
    hours: Hours | None = None

    @property
    def user_agent(self) -> str:
        """The identifying agent: name, version and whom to write to."""
        about = f"; +{self.contact}" if self.contact else ""
        return f"Mozilla/5.0 (compatible; {self.agent}/0.1{about})"
