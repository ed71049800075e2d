"""Replica sites, one folder per page family: fictional content in the markup that FAMILIES.md describes.

<family>/site.toml        encoding and addresses
<family>/list.html.j2     a page of a list         <family>/article.html.j2   an article
<family>/golden.json      what the family's module reads there (written by tests/scrapers/pages/test_goldens.py)

render_list(family, entries)    -> bytes as the site would send them
render_article(family, story)   -> bytes
whole_site(family)              -> path -> bytes: list, page 2, articles, error page
site_files(family)              -> path -> bytes: the attachments of its articles
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a list."""

    href: str
    title: str
    day: datetime


@dataclass(frozen=True, slots=True)
class File:
    """An attachment: its address, absolute or relative to the article, and its name."""

    href: str
    name: str


@dataclass(frozen=True, slots=True)
class Story:
    """One fictional publication. `paragraphs` may hold inline markup; `number` is its id in addresses."""

    title: str
    published: datetime
    source: str = "虚构日报"
    paragraphs: tuple[str, ...] = ()
    subtitle: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    scripted_files: tuple[File, ...] = ()
    pictures: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    number: int = 5012345
    site: str = "虚构省政法网"
    column: str = "工作报告"
    next_href: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Replica:
    """The addresses and the encoding of one family's site."""

    family: str
    encoding: str
    host: str
    list_path: str
    second_path: str
    article: str
    part: str
    file: str

    def article_path(self, story: Story, *, part: int = 1) -> str:
        """Where a story lies."""
        return self._filled(self.article if part == 1 else self.part, story)

    def file_path(self, story: Story, number: int, suffix: str) -> str:
        """Where a story's attachment lies."""
        return self._filled(self.file, story).format(n=number, suffix=suffix)

    @staticmethod
    def _filled(pattern: str, story: Story) -> str:
        day = story.published
        values = {
            "{yyyy}": f"{day:%Y}", "{yy}": f"{day:%y}", "{mm}": f"{day:%m}", "{dd}": f"{day:%d}", "{m}": str(day.month),
            "{d}": str(day.day), "{number}": str(story.number), "{hex}": f"{story.number:032x}",
            "{uuid}": f"{story.number:08x}-0000-4000-8000-{story.number:012x}",
        }  # fmt: skip
        for key, value in values.items():
            pattern = pattern.replace(key, value)
        return pattern


@cache
def replica(family: str) -> Replica:
    """The site of a family. Raises FileNotFoundError where there is none."""
    keys: dict[str, Any] = tomllib.loads((HERE / family / "site.toml").read_text(encoding="utf-8"))
    return Replica(
        family=family,
        encoding=keys.get("encoding", "utf-8"),
        host=keys.get("host", "www.example.gov.cn"),
        list_path=keys["list"],
        second_path=keys.get("second", ""),
        article=keys["article"],
        part=keys.get("part", ""),
        file=keys.get("file", "/upload/{number}_{{n}}.{{suffix}}"),
    )


def render_list(
    family: str, entries: Sequence[Entry], *, site: str = "虚构省政法网", page: int = 1, pages: int = 1
) -> bytes:
    """A page of a family's list, encoded as that family's sites encode it."""
    place = replica(family)
    return _rendered(f"{family}/list.html.j2", place, entries=entries, site=site, page=page, pages=pages)


def render_article(family: str, story: Story) -> bytes:
    """A story as an article page of the family."""
    return _rendered(f"{family}/article.html.j2", replica(family), story=story)


def whole_site(family: str) -> dict[str, bytes]:
    """Every page of the family's replica, by path (with its query)."""
    from tests.replicas.sites.stories import first_page, part_two, second_page

    place = replica(family)
    pages: dict[str, bytes] = {}
    lists: list[list[Entry]] = []
    for stories in (first_page(), second_page()):
        entries = []
        for story in stories:
            placed = place_story(place, story)
            path = place.article_path(story)
            if placed.next_href:
                pages[placed.next_href] = render_article(family, replace(part_two(placed), href=placed.next_href))
            pages[path] = render_article(family, placed)
            entries.append(Entry(path, story.title, story.published))
        lists.append(entries)
    pages[place.list_path] = render_list(family, lists[0], page=1, pages=2 if place.second_path else 1)
    if place.second_path:
        pages[place.second_path] = render_list(family, lists[1], page=2, pages=2)
    pages["/missing.html"] = _rendered("error.html.j2", place)
    return pages


def site_files(family: str) -> dict[str, bytes]:
    """The attachments of the family's articles, by path: a PDF with a table, and a Word file."""
    from tests.replicas.sites.stories import first_page, second_page

    place = replica(family)
    files: dict[str, bytes] = {}
    for story in (*first_page(), *second_page()):
        placed = place_story(place, story)
        for one in placed.files:
            target = urlsplit(urljoin(f"http://{place.host}{placed.href}", one.href))
            path = f"{target.path}?{target.query}" if target.query else target.path
            files[path] = _pdf() if one.name.endswith(".pdf") else _word()
    return files


@cache
def _pdf() -> bytes:
    from tests.replicas.sites.pdf import pdf_of

    return pdf_of([("附表（虚构）", "　　全年受理案件86.31万件。")], (("项目", "件数"), ("受理", "86.31万件")))


@cache
def _word() -> bytes:
    import docx

    file = docx.Document()
    file.add_paragraph("附表（虚构）：全年受理案件86.31万件。")
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def place_story(place: Replica, story: Story) -> Story:
    """The story with the addresses of its attachments and of its next part filled in."""
    files = tuple(
        File(place.file_path(story, number, one.name.rsplit(".", 1)[-1]), one.name)
        for number, one in enumerate(story.files, start=1)
    )
    following = place.article_path(story, part=2) if story.next_href and place.part else ""
    return replace(story, files=files, next_href=following, href=place.article_path(story))


def with_replicas() -> tuple[str, ...]:
    """The families that have a site here."""
    return tuple(sorted(path.parent.name for path in HERE.glob("*/site.toml")))


def _rendered(template: str, place: Replica, **values: object) -> bytes:
    text: str = _environment().get_template(template).render(place=place, **values)
    return text.encode(place.encoding)


@cache
def _environment() -> Environment:
    # Stories hold inline markup on purpose, and replicas are bytes to be read, never pages to be shown.
    return Environment(loader=FileSystemLoader(HERE), undefined=StrictUndefined, autoescape=False)  # noqa: S701
