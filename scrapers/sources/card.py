"""One source, one card: a TOML file that a person can read, mend and add to.

    id = "62-zfw"
    name = "甘肃政法"
    region = "62"            # GB/T 2260
    body = "政法委"           # 政法委 | 法院 | 检察院 | 公安 | 司法行政 | 人大 | 媒体
    list_urls = ["http://www.example.org/62/list.html"]
    enabled = true

Everything else is optional; what is not known is absent, not guessed.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, field_validator, model_validator
from yarl import URL

from scrapers.vocabulary import BodyKind
from scrapers.web.address import host_of

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DURATION = re.compile(r"(\d+)\s*([smhdw])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}


def _as_duration(value: object) -> object:
    """Reads `36h`, `7d`; anything else is left to pydantic."""
    if isinstance(value, str) and (match := _DURATION.fullmatch(value.strip())):
        return timedelta(seconds=int(match[1]) * _SECONDS[match[2]])
    return value


Duration = Annotated[timedelta, BeforeValidator(_as_duration)]
Body = Annotated[
    BodyKind,
    BeforeValidator(lambda value: BodyKind.from_label(value) if isinstance(value, str) else value),
    PlainSerializer(lambda value: value.label),
]


class Season(BaseModel):
    """When a source is to be asked more often than its cadence says: months 1–12, both included."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    months: tuple[Annotated[int, Field(ge=1, le=12)], ...]
    cadence: Duration


class Probe(BaseModel):
    """What `sources probe` saw on the user's machine."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    on: date
    links: int = 0
    family: str = ""


class SourceCard(BaseModel):
    """One source as its card tells it. Frozen; every optional field says what its absence means.

    `hosts` are the host names (with a port where it is not the usual one) from which its pages may come; by default
    those of `list_urls`. `family` only confirms what the page tells. `landmarks` are texts of which a list page must
    hold one, `title_patterns` expressions of which a link's title must match one (none: every link). `minimum_links`:
    fewer than that on the first list page is `broken`. `platform` names a shared machine with one rate for all its
    hosts. `cadence` is how long between two visits, `season` when more often. `probed` is None until a probe on the
    user's machine found the list as the card says it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    id: str
    name: str = Field(min_length=1)
    region: str = Field(pattern=r"^\d{2}(\d{2}(\d{2})?)?$")
    body: Body
    list_urls: tuple[str, ...] = ()
    enabled: bool = False

    names: tuple[str, ...] = ()
    home: str | None = None
    hosts: tuple[str, ...] = ()
    family: str | None = None
    encoding: str | None = None
    article_pattern: str | None = None
    required: bool = False
    minimum_links: int = Field(default=1, ge=0)
    landmarks: tuple[str, ...] = ()
    title_patterns: tuple[str, ...] = ()
    platform: str | None = None
    cadence: Duration = timedelta(days=1)
    season: Season | None = None
    tolerate_failures_for: Duration = timedelta(days=3)
    headers: dict[str, str] = Field(default_factory=dict)
    allow_http: bool = True
    legacy_tls: str | None = None
    site_code: str | None = None
    probed: Probe | None = None
    notes: str = ""

    @field_validator("id")
    @classmethod
    def _id_is_plain(cls, value: str) -> str:
        if not _ID.fullmatch(value):
            raise ValueError("use lower-case letters, digits and single hyphens, such as 62-zfw")
        return value

    @field_validator("list_urls", "home")
    @classmethod
    def _addresses(cls, value: tuple[str, ...] | str | None) -> tuple[str, ...] | str | None:
        for address in (value,) if isinstance(value, str) else value or ():
            url = URL(address)
            if url.scheme not in {"http", "https"} or not url.host:
                raise ValueError(f"{address!r} is no address: write it in full, with http:// or https://")
        return value

    @field_validator("title_patterns", "article_pattern")
    @classmethod
    def _expressions(cls, value: tuple[str, ...] | str | None) -> tuple[str, ...] | str | None:
        for pattern in (value,) if isinstance(value, str) else value or ():
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"{pattern!r} is no regular expression: {error}") from None
        return value

    @model_validator(mode="after")
    def _enabled_needs_lists(self) -> Self:
        if self.enabled and not self.list_urls:
            raise ValueError("an enabled card needs list_urls: name at least one list page, or set enabled = false")
        return self

    @property
    def all_hosts(self) -> frozenset[str]:
        """The hosts from which its pages may come, in lower case, with the port where it is not the usual one."""
        return frozenset(host.lower() for host in self.hosts) | {
            host_of(address) for address in (*self.list_urls, *((self.home,) if self.home else ()))
        }

    def wants(self, title: str) -> bool:
        """Whether a link of this title is to be fetched."""
        return not self.title_patterns or any(re.search(pattern, title) for pattern in self.title_patterns)
