"""What a request came to: one frozen record per row of the outcome table, never an exception.

    Outcome
    ├── Page           expected type, decoded strictly, landmarks found   -> goes on
    ├── NotModified    304                                                -> done
    ├── Moved          redirected off the card's hosts, or for ever       -> look at the card
    ├── Missing        404, 410, or a 200 that says so                    -> keep and mark
    ├── Blocked        refused, challenged, or fobbed off                 -> no retry, slower next time
    ├── Throttled      429, 503 with Retry-After, outside its hours       -> not before `until`
    ├── Unreachable    5xx, refused, reset, DNS, TLS                      -> retried
    ├── TimedOut       connect, read or whole-request limit               -> retried
    ├── Truncated      fewer bytes than announced, or an unclosed page    -> retried
    ├── TooLarge       over the size or decompression limit               -> a finding
    ├── Undecodable    no allowed charset decodes it strictly             -> a finding
    ├── WrongType      another type than asked for                        -> a finding
    └── Refused        robots.txt, address guard or card says no          -> not asked again in this run

Only a `Page` may touch what is stored. `kind` is stable and is what is stored of the others, beside `reason`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, TypeAlias

from scrapers.web.blocked import BlockSign
from scrapers.web.decoding import Encoding


class RefusedBy(StrEnum):
    """Who said no before anything was sent."""

    ROBOTS = "robots"
    ADDRESS_GUARD = "address_guard"
    CARD = "card"
    SCHEME = "scheme"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """What every outcome knows. `attempts` counts requests sent for it (0: none was)."""

    kind: ClassVar[str] = ""
    label: ClassVar[str] = ""

    url: str
    fetched_at: datetime
    attempts: int = 1
    detail: str = ""

    @property
    def reason(self) -> str:
        """One line for people: the Chinese label, then the English detail."""
        return f"{self.label}: {self.detail}" if self.detail else self.label

    @property
    def heals(self) -> bool:
        """Whether asking again in a moment may give something better."""
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(_Outcome):
    """A validated answer. `text` is None for a binary document; `content` is the body without transfer compression."""

    kind: ClassVar[str] = "page"
    label: ClassVar[str] = "取得"

    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes
    content_type: str
    text: str | None = None
    encoding: Encoding | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified(_Outcome):
    """The publisher says that the copy we hold is still the one. Validators as now valid (a 304 may renew them)."""

    kind: ClassVar[str] = "not_modified"
    label: ClassVar[str] = "未变"

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved(_Outcome):
    """Redirected to where the card does not allow us to follow, or further than we follow."""

    kind: ClassVar[str] = "moved"
    label: ClassVar[str] = "已迁移"

    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing(_Outcome):
    """Gone: 404, 410, or a page that says so with status 200."""

    kind: ClassVar[str] = "missing"
    label: ClassVar[str] = "页面不存在"

    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked(_Outcome):
    """The site does not want to answer us. `excerpt` is the beginning of what came instead, for the operator."""

    kind: ClassVar[str] = "blocked"
    label: ClassVar[str] = "被拦截"

    sign: BlockSign
    status: int | None = None
    excerpt: str = ""

    @property
    def reason(self) -> str:
        """One line for people; a page that merely lacks its landmarks may be a new design as well as a refusal."""
        label = "页面标志缺失" if self.sign is BlockSign.NO_LANDMARKS else self.label
        return f"{label}: {self.detail}" if self.detail else label


@dataclass(frozen=True, slots=True, kw_only=True)
class Throttled(_Outcome):
    """Not before `until` (aware UTC): the site's Retry-After, or the hours that the card allows."""

    kind: ClassVar[str] = "throttled"
    label: ClassVar[str] = "限流"

    until: datetime
    status: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreachable(_Outcome):
    """No usable answer: server error, connection refused or reset, DNS, TLS. `lasting`: will not heal soon."""

    kind: ClassVar[str] = "unreachable"
    label: ClassVar[str] = "无法连接"

    status: int | None = None
    lasting: bool = False

    @property
    def heals(self) -> bool:
        """Whether trying again may help: not with a certificate that is wrong."""
        return not self.lasting


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedOut(_Outcome):
    """A limit of time was reached; `limit` names it: connect, read, pool, whole."""

    kind: ClassVar[str] = "timed_out"
    label: ClassVar[str] = "超时"

    limit: str

    @property
    def heals(self) -> bool:
        """A slow moment passes."""
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Truncated(_Outcome):
    """The answer stopped early: bytes of body `received`, and `announced` by Content-Length where there was one."""

    kind: ClassVar[str] = "truncated"
    label: ClassVar[str] = "内容不完整"

    received: int
    announced: int | None = None

    @property
    def heals(self) -> bool:
        """A broken connection may hold the next time."""
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class TooLarge(_Outcome):
    """Reading stopped at the limit of size (bytes) or of decompression ratio."""

    kind: ClassVar[str] = "too_large"
    label: ClassVar[str] = "超出大小限制"

    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Undecodable(_Outcome):
    """No allowed charset decodes the body without a loss; the bytes are kept for a finding, nothing is parsed."""

    kind: ClassVar[str] = "undecodable"
    label: ClassVar[str] = "无法解码"

    content: bytes
    tried: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongType(_Outcome):
    """Something else than what was asked for (an HTML page under the address of a PDF)."""

    kind: ClassVar[str] = "wrong_type"
    label: ClassVar[str] = "类型不符"

    expected: str
    content_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused(_Outcome):
    """We do not ask: robots.txt, the address guard or the card says no."""

    kind: ClassVar[str] = "refused"
    label: ClassVar[str] = "不予抓取"

    by: RefusedBy


Outcome: TypeAlias = (
    Page
    | NotModified
    | Moved
    | Missing
    | Blocked
    | Throttled
    | Unreachable
    | TimedOut
    | Truncated
    | TooLarge
    | Undecodable
    | WrongType
    | Refused
)


__all__ = [
    "BlockSign",
    "Blocked",
    "Missing",
    "Moved",
    "NotModified",
    "Outcome",
    "Page",
    "Refused",
    "RefusedBy",
    "Throttled",
    "TimedOut",
    "TooLarge",
    "Truncated",
    "Undecodable",
    "Unreachable",
    "WrongType",
]
