"""Looking into one report of the user's, by file or address, without a record.

FILE  .txt            its text as it stands
      .html .pdf …    through page families and documents
-                     standard input, told by its bytes
URL                   fetched once, politely
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from flows.errors import UnreadableInputError
from flows.home import Home
from flows.language import say
from flows.reasons import in_words
from flows.settings import load_settings
from flows.system import why
from scrapers.context.publication import publication
from scrapers.documents.kinds import kind_of
from scrapers.indicators import Catalogue, load_catalogue
from scrapers.pages.article import Article, NotArticle, canonical_text, parse_article
from scrapers.pages.saved import is_mhtml, read_saved
from scrapers.reading import Context, Reading, read
from scrapers.vocabulary import BodyKind
from scrapers.web.address import host_of
from scrapers.web.client import Client, Request
from scrapers.web.decoding import Undecoded, decode
from scrapers.web.outcomes import Moved, Page

STDIN = "-"
PAGES = {".html", ".htm", ".shtml", ".xhtml"}


@dataclass(frozen=True, slots=True)
class Examined:
    """A report as read; `names` gives the Chinese name of each indicator by id."""

    title: str
    text: str
    reading: Reading
    names: dict[str, str]


def examine(place: str, *, region: str = "", body: str = "", published: str = "") -> Examined:
    """Read `place`. Raises UnreadableInputError where it yields no text, or an option names nothing known."""
    catalogue = load_catalogue(Home.from_environment().indicators)
    title, text, context = _content(place)
    context = _with_options(context, catalogue, region=region, body=body, published=published)
    reading = read(text, context, catalogue)
    names = {indicator.id: indicator.name for indicator in catalogue.indicators}
    return Examined(title, text, reading, names)


def _content(place: str) -> tuple[str, str, Context]:
    if place.startswith(("http://", "https://")):
        page = asyncio.run(_fetched(place))
        return _of_article(parse_article(page.text or "", page.final_url), page.final_url)
    if "://" in place:
        raise UnreadableInputError(
            say(f"{place}: 只抓取 http 和 https", f"{place}: only http and https are fetched"),
            say("写出网址或文件", "name such an address, or a file"),
        )
    content = _bytes(place)
    if not content.strip():
        raise UnreadableInputError(
            say("标准输入是空的", "standard input is empty")
            if place == STDIN
            else say(f"{place} 是空文件", f"{place} is empty"),
            say("重新保存网页", "save the page again"),
        )
    path = Path(place)
    if (
        path.suffix.lower() in PAGES
        or (place == STDIN and _begins_as_page(content))
        or is_mhtml(content)
        or kind_of(content, path.name) not in ("", "html")
    ):
        return _of_article(read_saved(content, path.name), place)
    decoded = decode(content, card="gb18030")
    if isinstance(decoded, Undecoded):
        raise UnreadableInputError(
            f"{place} {say('既不是文本,也不是认得的文件', 'is neither text nor a file of a known kind')}",
            say("写出文本、HTML、PDF 或 Word 文件", "name a text, HTML, PDF or Word file"),
        )
    return path.name, decoded.text, Context()


def _bytes(place: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if place == STDIN else Path(place).read_bytes()
    except OSError as error:
        told = say("读不了", "cannot be read")
        raise UnreadableInputError(
            f"{place}: {told} ({why(error)})",
            say("写出存在的文件或网址", "name a file that is there, or an address"),
        ) from None


def _begins_as_page(content: bytes) -> bool:
    """Whether bytes without a name are markup, in any encoding that leaves ASCII as it is."""
    return content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def _of_article(article: Article | NotArticle, url: str) -> tuple[str, str, Context]:
    if isinstance(article, NotArticle):
        raise UnreadableInputError(
            f"{url} {say('不是一篇报告', 'is no article')}: {in_words(article.why)}",
            say("写出一篇报告的页面", "name the page of one report"),
        )
    return article.title, canonical_text([article]), publication(article, None).for_reader


async def _fetched(url: str) -> Page:
    # Only an address needs the record's packages, which take a second to load.
    from flows.ingest.job import client_settings

    settings = load_settings()
    try:
        hosts = frozenset({host_of(url)})
    except ValueError as error:
        raise UnreadableInputError(
            say(f"{url} 不是网址", f"{url} is no address: {error}"),
            say("照浏览器所示写完整", "write it in full, as a browser shows it"),
        ) from None
    async with Client(client_settings(settings)) as client:
        outcome = await client.fetch(Request(url=url, hosts=hosts))
    if isinstance(outcome, Page) and outcome.text is not None:
        return outcome
    if isinstance(outcome, Moved) and outcome.to:
        raise UnreadableInputError(
            f"{url}: {in_words(outcome.reason)}",
            say(f"若那就是原文,直接写: {outcome.to}", f"if that is the page, name it: {outcome.to}"),
        )
    raise UnreadableInputError(
        f"{url}: {in_words(outcome.reason)}",
        say("用浏览器保存网页,再写出文件", "save the page from a browser and name the file instead"),
    )


def _with_options(context: Context, catalogue: Catalogue, *, region: str, body: str, published: str) -> Context:
    if region:
        found = catalogue.region(region)
        if found is None:
            raise UnreadableInputError(
                say(f"--region {region!r} 不是地区", f"--region {region!r} is no region"),
                say("写 GB/T 2260 代码或名称: 62、甘肃", "write a GB/T 2260 code or a name: 62, 甘肃"),
            )
        context = replace(context, region=found.code)
    if body:
        try:
            context = replace(context, body=BodyKind.from_label(body))
        except ValueError as error:
            kinds = "、".join(kind.label for kind in BodyKind)
            raise UnreadableInputError(
                say(f"--body {body!r} 不是机关", f"--body: {error}"),
                say(f"用其中之一: {kinds}", "write one of these"),
            ) from None
    if len(published) == len("2025"):
        context = replace(context, published_year=int(published))
    elif published:
        day = date.fromisoformat(published)
        context = replace(context, published=day, published_year=day.year)
    return context
