"""JSON Lines in and out, so that article extraction can be compared with other extractors (`zhengfa article --jsonl`).

    in    {"id", "url", "content_base64", "content_type"}
    out   {"id", "family", "title", "published", "source", "body", "tables", "attachments", "links"}

A page that is no article answers `"title": null` and `why`; a list page still answers its links.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scrapers.pages.lists import read_list
from scrapers.pages.model import GENERIC, Article, Link, NotArticle, PageKind
from scrapers.pages.saved import read_saved, text_of_page

_EMPTY: dict[str, Any] = {
    "title": None, "published": None, "source": None, "body": [], "tables": [], "attachments": [], "links": [],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RecordError(Exception):
    """A line that is no record; `line` counts from one."""

    line: int
    problem: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.problem}"


def answer_lines(lines: Iterable[str]) -> Iterator[str]:
    """One answer for each line that is not blank, in order. Raises RecordError for a line that is no record."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            content = base64.b64decode("".join(record["content_base64"].split()), validate=True)
        except (ValueError, KeyError, TypeError, AttributeError, binascii.Error) as error:
            raise RecordError(number, f"no record with content_base64: {error}") from None
        yield json.dumps(answer(record, content), ensure_ascii=False)


def answer(record: Mapping[str, Any], content: bytes) -> dict[str, Any]:
    """What is answered for one page."""
    url, kind = str(record.get("url") or ""), str(record.get("content_type") or "")
    found = read_saved(content, "", url, kind)
    head: dict[str, Any] = {"id": record.get("id"), "family": found.family or GENERIC}
    if isinstance(found, NotArticle):
        links = _links_of_list(content, url, kind) if found.kind is PageKind.LIST else []
        return head | _EMPTY | {"links": links, "why": f"{found.kind.value}: {found.why}"}
    return head | _of(found)


def _of(article: Article) -> dict[str, Any]:
    return {
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "source": article.source,
        "body": list(article.paragraphs),
        "tables": [[list(row) for row in table.rows] for table in article.tables],
        "attachments": [{"url": one.url, "name": one.name} for one in article.attachments],
        "links": [_link(link) for link in article.links],
    }


def _links_of_list(content: bytes, url: str, kind: str) -> list[dict[str, Any]]:
    page = text_of_page(content, url, kind)
    return [_link(link) for link in read_list(page.text, page.url).links]


def _link(link: Link) -> dict[str, Any]:
    return {"url": link.url, "title": link.title, "date": link.date.isoformat() if link.date else None}
