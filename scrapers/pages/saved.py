"""Pages that somebody saved by hand: HTML, MHTML, PDF and .docx through the same way as fetched ones.

HTML     decoded strictly; its address from the browser's mark (saved from url), canonical link or og:url
MHTML    the main part of the archive, with its Content-Location
PDF, …   an article whose title is its first line
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.message import EmailMessage

from scrapers.documents import Unread, read_document
from scrapers.documents.kinds import kind_of
from scrapers.pages.dates import find_dates
from scrapers.pages.model import GENERIC, Article, Dates, NotArticle, PageKind, Table
from scrapers.pages.reading import read_article
from scrapers.web.decoding import Undecoded, charset_of, decode

_MARK = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->|^\s*<!--\s*(https?://\S+?)\s*-->")
_DECLARED = (
    re.compile(r"""<link[^>]+rel=["']?canonical["']?[^>]*href=["'](https?://[^"']+)["']""", re.IGNORECASE),
    re.compile(r"""<meta[^>]+property=["']og:url["'][^>]*content=["'](https?://[^"']+)["']""", re.IGNORECASE),
)
_HEAD = 6000
_LONGEST_TITLE = 80
_DAMAGE = "\ufffd"


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved page as text, and the address it came from as far as it tells."""

    text: str
    url: str
    whole: bool = True


def read_saved(
    content: bytes, name: str = "", url: str = "", content_type: str = "", *, damaged: bool = False
) -> Article | NotArticle:
    """The article of a saved file. `url` wins over what the file says; without either it is `file:` and the name.

    A title or text of which bytes are lost is refused, since it might be figures; with `damaged` it is given, with
    U+FFFD in place of what is lost.
    """
    address = url or f"file:///{name or 'page'}"
    if is_mhtml(content):
        page = _mhtml(content, url)
    elif kind_of(content, name) not in {"", "html"}:
        return _of_document(content, name, address)
    else:
        page = text_of_page(content, url, content_type)
    found = read_article(page.text, page.url or address)
    if not damaged and not page.whole and isinstance(found, Article) and _DAMAGE in found.title + found.text:
        return NotArticle(address, PageKind.EMPTY, "cannot be decoded without a loss")
    return found


def is_mhtml(content: bytes) -> bool:
    """Whether a file is a web archive (.mhtml, .mht)."""
    head = content[:4096].lower()
    return b"multipart/related" in head and b"mime-version:" in head


def text_of_page(content: bytes, url: str = "", content_type: str = "") -> Saved:
    """A page's text. Where the bytes cannot be decoded without a loss, `whole` is false and what is lost is U+FFFD."""
    decoded = decode(content, charset_of(content_type))
    if isinstance(decoded, Undecoded):
        # Nobody named a charset: of those that Chinese pages use, the one that reads as Chinese.
        decoded = decode(content, charset_of(content_type), "gb18030")
    if isinstance(decoded, Undecoded):
        text = min((content.decode(codec, "replace") for codec in ("utf-8", "gb18030")), key=_lost)
        # Replacement characters that the saved bytes themselves hold (an emoji that a browser lost) are not our loss.
        return Saved(text, url or _address_in(text), whole=text.encode() == content)
    return Saved(decoded.text, url or _address_in(decoded.text))


def _lost(text: str) -> int:
    return text.count(_DAMAGE)


def _address_in(text: str) -> str:
    if mark := _MARK.search(text[:_HEAD]):
        return mark[1] or mark[2]
    return next((found[1] for pattern in _DECLARED if (found := pattern.search(text[: 4 * _HEAD]))), "")


def _mhtml(content: bytes, url: str) -> Saved:
    archive = message_from_bytes(content, policy=policy.default)
    for part in archive.walk():
        if isinstance(part, EmailMessage) and part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            body = part.get_payload(decode=True)
            address = url or str(part.get("Content-Location") or archive.get("Snapshot-Content-Location") or "")
            return text_of_page(body if isinstance(body, bytes) else b"", address, str(part.get("Content-Type") or ""))
    return Saved("", url)


def _of_document(content: bytes, name: str, address: str) -> Article | NotArticle:
    found = read_document(content, name)
    if isinstance(found, Unread):
        return NotArticle(address, PageKind.EMPTY, str(found))
    lines = found.text.split("\n")
    tables = tuple(Table(rows) for rows in found.tables)
    rows = {"\t".join(row) for table in tables for row in table.rows}
    paragraphs = [line for line in lines if line not in rows]
    title = paragraphs[0] if paragraphs and len(paragraphs[0]) <= _LONGEST_TITLE else name.rsplit(".", 1)[0]
    body = tuple(paragraphs[1:] if paragraphs and title == paragraphs[0] else paragraphs)
    article = Article(url=address, family=GENERIC, title=title, published=None, paragraphs=body)
    placed = tuple(replace(table, after=_place(lines, table, title)) for table in tables)
    dated = next(find_dates(name), None)
    day = dated.value if dated else None
    return replace(article, tables=placed, published=day, dates=Dates(printed=day))


def _place(lines: list[str], table: Table, title: str) -> int:
    """How many paragraphs stand before a table."""
    first = "\t".join(table.rows[0])
    before = lines[: lines.index(first)] if first in lines else lines
    return sum(1 for line in before if "\t" not in line and line != title)
