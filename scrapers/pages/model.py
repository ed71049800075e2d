"""What a page turns out to be, as frozen records.

    list page     -> ListPage
                     ├── links       Link: address, full title, date of the row
                     └── next_url    the pager's own next page, never constructed blindly
    article page  -> Article
                     ├── paragraphs  in order, table rows not among them
                     ├── tables      Table: rows of cells, and after which paragraph it stands
                     ├── attachments Attachment: address and file name
                     ├── pictures    addresses
                     ├── dates       Dates: every witness of when it was published
                     └── next_url    the article's next part
    anything else -> NotArticle: which page it is instead, and why we think so

Addresses are absolute. Text keeps its characters as printed; only white space is tidied.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

GENERIC = "generic"


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of a list: its title uncut even where the row shows it cut, its date from the row or the address."""

    url: str
    title: str
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A page of a list that wants more than a plain address: form fields and headers to send along."""

    url: str
    form: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ListPage:
    """The links of one page of a list, in its order, each once.

    `next_url` is None on the last page. `next_request` is set besides where a plain GET of `next_url` is not enough.
    `redirect` is where a page without entries of its own sends its reader (meta refresh of newspaper editions).
    `sections` are further lists that this page names (the pages of a newspaper edition).
    """

    family: str
    links: tuple[Link, ...] = ()
    next_url: str | None = None
    next_request: Request | None = None
    redirect: str | None = None
    sections: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to an article. `name` is what the page calls it, with its suffix where that is known."""

    url: str
    name: str

    @property
    def suffix(self) -> str:
        """The kind of file in lower case with its dot (`.pdf`), by name, then by address; empty where neither tells."""
        for text in (self.name, self.url.split("?", 1)[0].split("#", 1)[0]):
            stem, dot, tail = text.strip().rpartition(".")
            if dot and stem and tail.isalnum() and len(tail) <= 5:
                return f".{tail.lower()}"
        return ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells as text; a merged cell stands once, at its first place, and is empty at the others.

    `after` counts the paragraphs before it.
    """

    rows: tuple[tuple[str, ...], ...]
    after: int = 0


@dataclass(frozen=True, slots=True)
class Dates:
    """Every witness of an article's date. `printed` is the line under the title, `meta` the page's head."""

    printed: datetime | date | None = None
    meta: datetime | date | None = None
    address: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article page. `published` is the trusted witness: aware (UTC+8) where a time is printed, else a day.

    `family` is the page system that was recognised (`generic`: none, read by density and witnesses). `source` is the
    printed source (来源). `heading` holds the printed lines around the title (引题, 副题) that are not in the body.
    """

    url: str
    family: str
    title: str
    published: datetime | date | None
    source: str | None = None
    author: str | None = None
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    pictures: tuple[str, ...] = ()
    next_url: str | None = None
    heading: tuple[str, ...] = ()
    breadcrumb: tuple[str, ...] = ()
    dates: Dates = field(default_factory=Dates)
    site_code: str | None = None
    links: tuple[Link, ...] = ()

    @property
    def text(self) -> str:
        """Paragraphs and tables in their order, as canonical text of this page alone."""
        lines: list[str] = []
        tables = list(self.tables)
        for count, paragraph in enumerate(self.paragraphs):
            while tables and tables[0].after <= count:
                lines.extend("\t".join(row) for row in tables.pop(0).rows)
            lines.append(paragraph)
        lines.extend("\t".join(row) for table in tables for row in table.rows)
        return "\n".join(lines)

    @property
    def needs_documents(self) -> bool:
        """Whether the body is a mere cover: next to nothing but a reference to its attachments (见附件)."""
        return bool(self.attachments) and sum(map(len, self.paragraphs)) < 300 and not self.tables

    @property
    def only_pictures(self) -> bool:
        """Whether the page shows pictures and says next to nothing itself (一图读懂): `unread: no text layer`."""
        return bool(self.pictures) and sum(map(len, self.paragraphs)) < 60 and not self.tables


class PageKind(StrEnum):
    """What a page is when it is no article."""

    LIST = "list"
    LOGIN = "login"
    BLOCKED = "blocked"
    MISSING = "missing"
    SHELL = "shell"
    REDIRECT = "redirect"
    EMPTY = "empty"
    OVERLOADED = "overloaded"


@dataclass(frozen=True, slots=True)
class NotArticle:
    """A page that is no article: which kind it is, and `why` in one English line. `family` as far as it was told."""

    url: str
    kind: PageKind
    why: str
    family: str = GENERIC
    redirect: str | None = None
