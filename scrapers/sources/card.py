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
from datetime import date, time, timedelta
from typing import Annotated, LiteralString, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, field_validator, model_validator
from pydantic_core import PydanticCustomError
from yarl import URL

from scrapers.indicators.regions import load_regions
from scrapers.vocabulary import BodyKind
from scrapers.web.address import host_of
from scrapers.web.decoding import known_charset
from scrapers.web.request import Hours

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_REGION = re.compile(r"\d{2}(\d{2}(\d{2})?)?")
_HOST = re.compile(r"[^\s/@?#]+")
_HEADER = re.compile(r"[A-Za-z0-9-]+")
_DURATION = re.compile(r"(\d{1,6})\s*([smhdw])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_HOURS = re.compile(r"(\d{1,2}):(\d{2})\s*[-–—至]\s*(\d{1,2}):(\d{2})")


def _wrong(problem: LiteralString, fix: str, **values: object) -> PydanticCustomError:
    """What is wrong with a field, and what to write instead; `scrapers.sources.loading` adds file and line."""
    return PydanticCustomError("card", problem, {**values, "fix": fix})


def _as_duration(value: object) -> object:
    """Reads `36h`, `7d`; anything else is left to pydantic."""
    if isinstance(value, str) and (match := _DURATION.fullmatch(value.strip())):
        return timedelta(seconds=int(match[1]) * _SECONDS[match[2]])
    return value


def _as_hours(value: object) -> object:
    """Reads `22:00-06:00`."""
    if not isinstance(value, str):
        return value
    match = _HOURS.fullmatch(value.strip())
    try:
        opens, closes = (time(int(match[i]), int(match[i + 1])) for i in (1, 3)) if match else (None, None)
    except ValueError:
        opens = closes = None
    if opens is None or closes is None or opens == closes:
        raise _wrong(
            "{said} is no span of the day", 'write two different times, such as "22:00-06:00"', said=repr(value)
        )
    return Hours(opens, closes)


def _as_body(value: object) -> object:
    """Reads the Chinese label."""
    if not isinstance(value, str):
        return value
    try:
        return BodyKind.from_label(value)
    except ValueError:
        labels = " | ".join(kind.label for kind in BodyKind)
        raise _wrong("{said} is no kind of body", f"write one of {labels}", said=repr(value)) from None


def _written(hours: Hours | None) -> str | None:
    return f"{hours.opens:%H:%M}-{hours.closes:%H:%M}" if hours else None


def _as_host(written: str) -> str:
    """A host of a card as addresses are compared with it: lower case, in readable characters, a port that was named."""
    url = URL(f"http://{written}")
    host = (url.host or "").rstrip(".").lower()
    return f"{host}:{url.port}" if url.explicit_port else host


def _filled(template: str, day: date) -> str:
    """An address with its day filled in. Raises KeyError, IndexError or ValueError for other places than a day's."""
    parts = {"yyyy": f"{day:%Y}", "yy": f"{day:%y}", "mm": f"{day:%m}", "m": day.month, "dd": f"{day:%d}", "d": day.day}
    return template.format(**parts)


Duration = Annotated[timedelta, BeforeValidator(_as_duration)]
Body = Annotated[BodyKind, BeforeValidator(_as_body), PlainSerializer(lambda value: value.label)]
Span = Annotated[Hours | None, BeforeValidator(_as_hours), PlainSerializer(_written)]


class Season(BaseModel):
    """When a source is to be asked more often than its cadence says: months 1–12, both included."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    months: tuple[Annotated[int, Field(ge=1, le=12)], ...]
    cadence: Duration


class Probe(BaseModel):
    """What `sources probe` saw on the user's machine."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    on: date
    links: int = 0
    family: str = ""


class SourceCard(BaseModel):
    """One source as its card tells it. Frozen; every optional field says what its absence means.

    `feeds` are RSS and Atom feeds, site maps and their indexes, looked through beside the lists. `issues` is the
    address of a newspaper's issue with {yyyy}, {mm}, {dd} (or {yy}, {m}, {d}) for its day. `hosts` are the host
    names (with a port where it is not the usual one) from which its pages may come; by default those of `list_urls`
    and `feeds`. `family` only confirms what the page tells. `landmarks` are texts of which a list page must hold one,
    `article_landmarks` those of an article page; `article_pattern` is how articles are addressed, which is all that a
    site map tells of them. `title_patterns` are expressions of which a link's title must match one (none: every link).
    `minimum_links`: fewer than that on the first list page is `broken`. `platform` names a shared machine with one
    rate for all its hosts, `hours` the span of the day in China within which it may be asked. `unclosed` says that its
    pages end without `</html>`. `cadence` is how long between two visits, `season` when more often. `probed` is None
    until a probe on the user's machine found the list as the card says it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, str_strip_whitespace=True)

    id: str
    name: str = Field(min_length=1)
    region: str
    body: Body
    list_urls: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    issues: str | None = None
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
    article_landmarks: tuple[str, ...] = ()
    unclosed: bool = False
    title_patterns: tuple[str, ...] = ()
    platform: str | None = None
    hours: Span = None
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
            raise _wrong(
                "{said} is no id", "use lower-case letters, digits and single hyphens, as in 62-zfw", said=repr(value)
            )
        return value

    @field_validator("region")
    @classmethod
    def _region_is_known(cls, value: str) -> str:
        if not _REGION.fullmatch(value) or not _is_region(value):
            fix = 'write the code of the nation ("00"), a province ("62"), a city ("6201") or a county ("620102")'
            raise _wrong("{said} is no region of GB/T 2260", fix, said=repr(value))
        return value

    @field_validator("list_urls", "feeds", "home")
    @classmethod
    def _addresses(cls, value: tuple[str, ...] | str | None) -> tuple[str, ...] | str | None:
        for address in (value,) if isinstance(value, str) else value or ():
            try:
                url = URL(address)
                known = url.scheme in {"http", "https"} and bool(url.host)
            except ValueError:
                known = False
            if not known:
                raise _wrong("{said} is no address", "write it in full, with http:// or https://", said=repr(address))
        return value

    @field_validator("issues")
    @classmethod
    def _issue_of_a_day(cls, value: str | None) -> str | None:
        if value is None:
            return None
        try:
            urls = {_filled(value, day) for day in (date(2026, 1, 2), date(2026, 2, 3), date(2027, 2, 3))}
            known = len(urls) == len("ymd") and all(
                URL(url).scheme.startswith("http") and URL(url).host for url in urls
            )
        except (KeyError, IndexError, ValueError):
            known = False
        if not known:
            fix = 'write year, month and day as in "http://paper.example.cn/html/{yyyy}-{mm}/{dd}/1.htm"'
            raise _wrong("{said} is no address of a day's issue", fix, said=repr(value))
        return value

    @field_validator("hosts")
    @classmethod
    def _host_names(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for host in value:
            try:
                known = bool(_HOST.fullmatch(host)) and bool(_as_host(host))
            except ValueError:
                known = False
            if not known:
                fix = 'write the name alone, with a port if need be, such as "www.example.gov.cn"'
                raise _wrong("{said} is no host name", fix, said=repr(host))
        return value

    @field_validator("encoding")
    @classmethod
    def _charset(cls, value: str | None) -> str | None:
        if value is not None and not known_charset(value):
            raise _wrong("{said} is no charset that is read here", "write utf-8, gb18030 or big5", said=repr(value))
        return value

    @field_validator("headers")
    @classmethod
    def _header_lines(cls, value: dict[str, str]) -> dict[str, str]:
        for name, text in value.items():
            if not _HEADER.fullmatch(name) or not text.isprintable():
                raise _wrong("{said} is no header", 'write one line, such as Referer = "https://…"', said=repr(name))
        return value

    @field_validator("landmarks", "article_landmarks", "title_patterns")
    @classmethod
    def _not_empty(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not all(value):
            raise _wrong("holds an empty text, which is found everywhere", "write a text, or take the key out")
        return value

    @field_validator("title_patterns", "article_pattern")
    @classmethod
    def _expressions(cls, value: tuple[str, ...] | str | None) -> tuple[str, ...] | str | None:
        for pattern in (value,) if isinstance(value, str) else value or ():
            try:
                re.compile(pattern)
            except re.error as error:
                fix = f"mend it ({error}); \\ stands before a sign that is meant as such"
                raise _wrong("{said} is no regular expression", fix, said=repr(pattern)) from None
        return value

    @model_validator(mode="after")
    def _enabled_needs_lists(self) -> Self:
        if self.enabled and not self.has_lists:
            fix = "name at least one list page (or a feed under `feeds`, or `issues`), or set enabled = false"
            raise _wrong("an enabled card needs list_urls", fix)
        return self

    @model_validator(mode="after")
    def _plain_http_is_allowed_where_it_is_named(self) -> Self:
        plain = [address for address in self._starts if URL(address).scheme == "http"]
        if plain and not self.allow_http:
            fix = "write its address with https://, or take allow_http = false out"
            raise _wrong("{said} is plain http, which allow_http = false forbids", fix, said=repr(plain[0]))
        return self

    @property
    def all_hosts(self) -> frozenset[str]:
        """The hosts from which its pages may come, in lower case, with the port where it is not the usual one."""
        return frozenset(map(_as_host, self.hosts)) | {
            host_of(address) for address in (*self._starts, *((self.home,) if self.home else ()))
        }

    def issue_of(self, day: date) -> str:
        """The address of a newspaper's issue of that day; empty where the card names none."""
        return _filled(self.issues, day) if self.issues else ""

    @property
    def has_lists(self) -> bool:
        """Whether it says where links are to be looked for."""
        return bool(self._starts)

    @property
    def _starts(self) -> tuple[str, ...]:
        issue = (self.issue_of(date(2026, 1, 2)),) if self.issues else ()
        return (*self.list_urls, *self.feeds, *issue)


def _is_region(code: str) -> bool:
    from scrapers.context.places import county_name

    regions = load_regions().by_code
    # A new district is not in the table of counties yet, its city is; a municipality's have none.
    return code in regions or (len(code) == len("620102") and (code[:4] in regions or county_name(code) is not None))
