"""`zhengfa article`: the article of any page, so that it can be compared with other extractors.

in    {"id", "url", "content_base64", "content_type"}
out   {"id", "family", "title", "published", "source", "body", "tables", "attachments", "links"}
      body: paragraphs; tables: rows of cells; attachments and links: {"url", "name" or "title"}
      "title": null where the page is no article, with "kind" and "why"; a list page's links are its entries
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.command import jsonl
from flows.errors import UnreadableInputError

if TYPE_CHECKING:
    from scrapers.pages.article import Article, NotArticle


def article(
    lines: Annotated[bool, typer.Option("--jsonl", help="Read and write JSON Lines; the only form there is.")] = True,
) -> None:
    """Read pages as JSON Lines from standard input; answer each with its article, or why it has none."""
    if not lines:
        raise UnreadableInputError("article speaks JSON Lines only", "leave --no-jsonl away")
    for record in jsonl.records("content_base64"):
        jsonl.answer(_answer(record))


def _answer(record: dict[str, Any]) -> dict[str, object]:
    from scrapers.pages.article import NotArticle
    from scrapers.pages.saved import read_saved

    try:
        content = base64.b64decode(record["content_base64"], validate=True)
    except (binascii.Error, ValueError):
        raise UnreadableInputError(
            f"record {record.get('id')!r}: content_base64 is no base64", "encode the page's bytes as RFC 4648 base64"
        ) from None
    url, media = str(record.get("url") or ""), str(record.get("content_type") or "")
    found = read_saved(content, url.rsplit("/", 1)[-1], url, media)
    about = {"id": record.get("id")}
    if isinstance(found, NotArticle):
        return about | _refused(found, content, url, media)
    return about | _told(found)


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

    links = parse_list(text_of_page(content, url, media).text, url).links if found.kind is PageKind.LIST else ()
    return {
        "family": found.family,
        "title": None,
        "published": None,
        "source": None,
        "body": [],
        "tables": [],
        "attachments": [],
        "links": [
            {"url": each.url, "title": each.title, "date": each.date.isoformat() if each.date else None}
            for each in links
        ],
        "kind": found.kind.value,
        "why": found.why,
    }
