"""`zhengfa article`: the article of any page, so that it can be compared with other extractors.

in    {"id", "url", "content_base64", "content_type"}; only content_base64 must be there, other keys are ignored
out   {"id", "family", "title", "published", "source", "body", "tables", "attachments", "links"}
      body: paragraphs; tables: rows of cells; attachments and links: {"url", "name" or "title"}
      "title": null where there is no article, with "kind" and "why"; a list page's links are its entries

Every line that is not blank gets one answer, in order and at once: what cannot be read is answered with "title": null,
"kind": "unreadable" and "why" (flows.command.jsonl). Pages are HTML, MHTML, PDF, Word, Excel or OFD, told by their
bytes; base64 may be wrapped, or of the alphabet for addresses.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, Any

from flows.command import jsonl
from flows.command.app import chinese
from flows.command.parameters import Lines
from flows.errors import OptionError
from flows.language import say

if TYPE_CHECKING:
    from scrapers.pages.article import Article, NotArticle

_ALPHABET = str.maketrans("-_", "+/")


@chinese("从标准输入逐行读 JSON Lines 的网页,逐行答出正文,或为何没有正文;有读不了的行时状态码为 1")
def article(
    lines: Lines = True,
) -> None:
    """Read pages as JSON Lines from standard input; answer each with its article, or why it has none.

    Ends with status 1 where a line could not be read.
    """
    if not lines:
        raise OptionError(
            say("article 只用 JSON Lines", "article speaks JSON Lines only"),
            say("不要写 --no-jsonl", "leave --no-jsonl away"),
        )
    jsonl.answer_all(answered)


def answered(line: bytes | None, number: int) -> dict[str, object]:
    """The answer to line `number` (None: it was too long)."""
    record = jsonl.record_of(line, number)
    if isinstance(record, str):
        return _unreadable(None, record)
    identity = record.get("id")
    content = _content(record.get("content_base64"))
    if isinstance(content, str):
        return _unreadable(identity, f"line {number}: {content}")
    try:
        return {"id": identity} | _read(content, record)
    except Exception as error:  # noqa: BLE001 - the boundary of this command: one page never stops the others
        return _unreadable(identity, jsonl.failed(number, error))


def _content(value: object) -> bytes | str:
    """The bytes of a page, or what is wrong with them."""
    if not isinstance(value, str):
        return f"content_base64 is {'missing' if value is None else 'no string'}"
    text = re.sub(r"\s+", "", value).translate(_ALPHABET).rstrip("=")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        return "content_base64 is no base64"


def _text(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    return value.strip() if isinstance(value, str) else ""


def _read(content: bytes, record: dict[str, Any]) -> dict[str, object]:
    from scrapers.pages.article import NotArticle
    from scrapers.pages.saved import read_saved

    url, media = _text(record, "url"), _text(record, "content_type")
    name = url.split("?", 1)[0].split("#", 1)[0].rsplit("/", 1)[-1]
    found = read_saved(content, name, url, media, damaged=True)
    return _refused(found, content, url, media) if isinstance(found, NotArticle) else _told(found)


def _told(found: Article) -> dict[str, object]:
    return {
        "family": found.family,
        "title": found.title,
        "published": found.published.isoformat() if found.published else None,
        "source": found.source,
        "body": list(found.paragraphs),
        "tables": [[list(row) for row in table.rows] for table in found.tables],
        "attachments": [{"url": each.url, "name": each.name} for each in found.attachments],
        "links": [{"url": each.url, "title": each.title} for each in found.links],
    }


def _refused(found: NotArticle, content: bytes, url: str, media: str) -> dict[str, object]:
    """Why a page has no article; a list page still has its links."""
    from scrapers.pages.article import PageKind, parse_list
    from scrapers.pages.saved import text_of_page

    links: list[dict[str, object]] = []
    if found.kind is PageKind.LIST:
        page = text_of_page(content, url, media)
        links = [
            {"url": each.url, "title": each.title, "date": each.date.isoformat() if each.date else None}
            for each in parse_list(page.text, page.url).links
        ]
    return _nothing(found.family, found.kind.value, found.why) | {"links": links}


def _unreadable(identity: object, why: str) -> dict[str, object]:
    return {"id": identity} | _nothing(None, jsonl.UNREADABLE, why)


def _nothing(family: str | None, kind: str, why: str) -> dict[str, object]:
    none: dict[str, object] = {"family": family, "title": None, "published": None, "source": None}
    return none | {"body": [], "tables": [], "attachments": [], "links": [], "kind": kind, "why": why}
