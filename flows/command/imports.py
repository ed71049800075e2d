"""`zhengfa import`: pages saved by hand, through the same way as fetched ones."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.command import labels, options, wording
from flows.command.opening import opened
from flows.command.output import out, plain, table
from flows.errors import OptionError

if TYPE_CHECKING:
    from flows.importing import Imported


def import_files(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="HTML, MHTML, PDF or Word; one publication each.")
    ],
    source: Annotated[str, typer.Option(help="Whose publications they are: a source's id.")],
    url: Annotated[str, typer.Option(help="Where it stood, if the file does not tell; for one file.")] = "",
    published: Annotated[str, typer.Option(help="When it was published, if the file does not tell: 2025-01-17.")] = "",
) -> None:
    """Take pages saved by hand through the same way as fetched ones; what comes in is history, and nothing is sent."""
    from flows.delivery import evaluate_and_route
    from flows.importing import Importer, contents
    from flows.ingest import parse
    from flows.ingest.cards import chosen
    from flows.ingest.sync import sync_record

    day = options.day("--published", published)
    if url and len(files) > 1:
        raise OptionError("--url is the address of one file", "import the files one by one, or leave --url away")
    if url and not url.startswith(("http://", "https://")):
        raise OptionError(f"--url {url!r} is no address", "write it in full, with http:// or https://")
    for file in files:
        contents(file)
    with opened(make=True) as here:
        (card,) = chosen(here.home, [source])
        sync_record(here.store, here.home)
        parse.prepare(here.home.indicators)
        importer = Importer(here.store, card, here.now, here.settings.alert_max_age, url, day)
        shown = table(
            f"{plain(card.name)} ({card.id})", "文件", "结果", "标题", "类别", "期间", "发布", ">数字", ">未读", "说明"
        )
        refused = 0
        for file in files:
            done = importer.bring(file)
            refused += done.recorded is None
            shown.add_row(*_row(done))
        evaluate_and_route(here.store, here.settings)
    out.print(shown)
    sys.exit(1 if refused else 0)


def _row(done: Imported) -> tuple[str, ...]:
    name, title, note = plain(done.file.name), plain(done.title), plain(done.note)
    if done.edition is None or done.recorded is None:
        return (name, "[red]未入库[/]", title, "", "", "", "", "", note)
    about, recorded = done.edition.document, done.recorded
    result = "新文档" if recorded.new_document else "新版本" if recorded.new else "已有,未变"
    return (
        name, f"{result} {recorded.document_id}", title, labels.publication(about.kind),
        wording.period(about.period_first, about.period_last), str(about.published or ""),
        str(len(done.edition.observations)), str(len(done.edition.unread)), note,
    )  # fmt: skip
