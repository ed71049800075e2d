"""Files saved by hand go the same way as fetched pages: snapshot, article, context, reading, edition.

HTML, MHTML     one page each; the address is the one the browser left in it, or the one given
PDF, .docx …    one publication each

What is imported is history: stored with its alerts, none sent.
"""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from flows.errors import UnreadableInputError
from flows.ingest import mapping, parse
from scrapers.pages.article import Article, NotArticle
from scrapers.sources.card import SourceCard
from storage.editions import record_edition
from storage.facts import Recorded
from storage.inputs import CaptureInput, CapturePartInput, EditionInput
from storage.snapshots import note_snapshot
from storage.store import Store
from storage.vocabulary import Origin


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file. Without `recorded` it was refused, and `note` says why."""

    file: Path
    title: str = ""
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
        kept = self.store.archive.keep(content)
        with self.store.write() as session:
            media = mimetypes.guess_type(file.name)[0] or ""
            note_snapshot(session, kept, media_type=media, now=self.now)
        article = parse.article_of(content, file.name, self.url or address_of(content, file), self.card)
        if isinstance(article, NotArticle):
            return Imported(file, note=f"no article: {article.why}")
        edition = self._edition(article, kept.sha256)
        if edition is None:
            return Imported(file, article.title, note="no text beside its title")
        with self.store.write() as session:
            recorded = record_edition(session, edition, now=self.now, alert_max_age=self.alert_max_age)
        apart = [attachment.name for attachment in article.attachments]
        return Imported(file, article.title, edition, recorded, f"not imported: {', '.join(apart)}" if apart else "")

    def _edition(self, article: Article, sha256: str) -> EditionInput | None:
        """The reading of a file; None where it has no text."""
        if self.published:
            article = replace(article, published=None, dates=replace(article.dates, printed=None, meta=None))
        work = parse.work_through((article,), (), self.card, self.published)
        if not work.text:
            return None
        part = CapturePartInput(sha256=sha256, url=article.url)
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
        raise UnreadableInputError(f"{file}: {error.strerror}", "name files that are there") from None
    if not content:
        raise UnreadableInputError(f"{file} is empty", "save the page again")
    return content


def address_of(content: bytes, file: Path) -> str:
    """The address that the browser left in a saved page, else one that names the file."""
    from scrapers.pages.saved import is_mhtml, text_of_page

    if not is_mhtml(content) and (url := text_of_page(content).url):
        return url
    return "" if is_mhtml(content) else f"file:///{file.name}"
