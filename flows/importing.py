"""Files saved by hand go the same way as fetched pages: snapshot, article, context, reading, edition.

HTML, MHTML     one page each; the address is the one given, or the one the browser left in it
PDF, .docx …    one publication each

A file that tells no address is called after its content, saved:4f1c0a9e21b7d385/报告.pdf: the same bytes are the same
publication wherever they lie, and two files of one name are two. Where the file lay is kept with its bytes.

What is imported is history: stored with its alerts, none sent.
"""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from flows.errors import UnreadableInputError
from flows.ingest import mapping, parse
from flows.language import say
from flows.reasons import in_words
from flows.system import why
from scrapers.pages.article import Article, NotArticle
from scrapers.sources.card import SourceCard
from storage.editions import record_edition
from storage.facts import Recorded
from storage.inputs import CaptureInput, CapturePartInput, EditionInput
from storage.snapshots import note_snapshot
from storage.store import Store
from storage.vocabulary import Origin

_FILE = "file:///"
_SAVED = "saved:"


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file. Without `recorded` it was refused, and `note` says why. `url` is its address."""

    file: Path
    title: str = ""
    url: str = ""
    edition: EditionInput | None = None
    recorded: Recorded | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Importer:
    """Brings files into a record as publications of one source; the user may say `url` and `published` himself."""

    store: Store
    card: SourceCard
    now: datetime
    alert_max_age: timedelta
    url: str = ""
    published: date | None = None
    origin: Origin = Origin.IMPORT

    def bring(self, file: Path) -> Imported:
        """One file. Raises UnreadableInputError where it cannot be opened, and storage's errors."""
        content = contents(file)
        if file.suffix.lower() == ".txt":
            note = say("纯文本不能导入;`zhengfa read` 可以试读", "plain text is not imported; `zhengfa read` reads it")
            return Imported(file, note=note)
        kept = self.store.archive.keep(content)
        with self.store.write() as session:
            media = mimetypes.guess_type(file.name)[0] or ""
            note_snapshot(session, kept, media_type=media, now=self.now)
        article = parse.article_of(content, file.name, self.url or address_of(content, file), self.card)
        if isinstance(article, NotArticle):
            return Imported(file, note=f"{say('不是一篇报告', 'no article')}: {in_words(article.why)}")
        if not article.url or article.url.startswith(_FILE):
            article = replace(article, url=saved_address(kept.sha256, file))
        edition = self._edition(article, kept.sha256, file)
        if edition is None:
            return Imported(file, article.title, article.url, note=say("标题之外没有文字", "no text beside its title"))
        with self.store.write() as session:
            recorded = record_edition(session, edition, now=self.now, alert_max_age=self.alert_max_age)
        apart = [attachment.name for attachment in article.attachments]
        note = say("未导入附件: ", "not imported: ") + ", ".join(apart) if apart else ""
        return Imported(file, article.title, article.url, edition, recorded, note)

    def _edition(self, article: Article, sha256: str, file: Path) -> EditionInput | None:
        """The reading of a file; None where it has no text."""
        if self.published:
            article = replace(article, published=None, dates=replace(article.dates, printed=None, meta=None))
        work = parse.work_through((article,), (), self.card, self.published)
        if not work.text:
            return None
        saved = article.url.startswith(_SAVED)
        part = CapturePartInput(sha256=sha256, url=file.absolute().as_uri() if saved else article.url)
        return mapping.edition_input(
            self.card,
            (article,),
            work,
            capture=CaptureInput(parts=(part,), captured_at=self.now),
            url=article.url,
            printed_date=self.published,
            origin=self.origin,
        )


def contents(file: Path) -> bytes:
    """The bytes of a file. Raises UnreadableInputError."""
    try:
        content = file.read_bytes()
    except OSError as error:
        told = say("读不了", "cannot be read")
        raise UnreadableInputError(
            f"{file}: {told} ({why(error)})", say("写出存在的文件", "name files that are there")
        ) from None
    if not content.strip():
        raise UnreadableInputError(
            say(f"{file} 是空文件", f"{file} is empty"), say("重新保存网页", "save the page again")
        )
    return content


def address_of(content: bytes, file: Path) -> str:
    """The address that the browser left in a saved page, else one that names the file for the parsers."""
    from scrapers.pages.saved import is_mhtml, text_of_page

    if not is_mhtml(content) and (url := text_of_page(content).url):
        return url
    return "" if is_mhtml(content) else f"{_FILE}{file.name}"


def saved_address(sha256: str, file: Path) -> str:
    """The address of a publication of which only a file is known."""
    return f"{_SAVED}{sha256[:16]}/{file.name}"
