"""`zhengfa import`: pages saved by hand, through the same way as fetched ones."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.command import labels, options, wording
from flows.command.app import chinese
from flows.command.opening import opened
from flows.command.output import out, plain, table
from flows.errors import OptionError
from flows.language import say

if TYPE_CHECKING:
    from flows.importing import Imported


@chinese("把手工保存的网页照采集的流程入库;所得算历史,不发送")
def import_files(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar=say("文件", "FILE"),
            help=say("HTML、MHTML、PDF 或 Word;一个文件一篇", "HTML, MHTML, PDF or Word; one publication each."),
        ),
    ],
    source: Annotated[
        str, typer.Option(help=say("是谁发布的: 来源编号", "Whose publications they are: a source's id."))
    ],
    url: Annotated[
        str,
        typer.Option(
            help=say("原网址,文件中没有时写;只用于一个文件", "Where it stood, if the file does not tell; for one file.")
        ),
    ] = "",
    published: Annotated[
        str,
        typer.Option(
            help=say(
                "发布日期,文件中没有时写: 2025-01-17", "When it was published, if the file does not tell: 2025-01-17."
            )
        ),
    ] = "",
) -> None:
    """Take pages saved by hand through the same way as fetched ones; what comes in is history, and nothing is sent."""
    from flows.delivery import evaluate_and_route
    from flows.importing import Importer, contents
    from flows.ingest import parse
    from flows.ingest.cards import chosen
    from flows.ingest.sync import sync_record

    day = options.day("--published", published)
    if url and len(files) > 1:
        raise OptionError(
            say("--url 是一个文件的地址", "--url is the address of one file"),
            say("逐个导入,或不写 --url", "import the files one by one, or leave --url away"),
        )
    if url and not url.startswith(("http://", "https://")):
        raise OptionError(
            say(f"--url {url!r} 不是网址", f"--url {url!r} is no address"),
            say("写完整,以 http:// 或 https:// 开头", "write it in full, with http:// or https://"),
        )
    for file in files:
        contents(file)
    with opened(make=True) as here:
        (card,) = chosen(here.home, [source])
        sync_record(here.store, here.home)
        parse.prepare(here.home.indicators)
        importer = Importer(here.store, card, here.now, here.settings.alert_max_age, url, day)
        shown = table(
            f"{plain(card.name)} ({card.id})", say("文件", "file"), say("结果", "result"), say("标题", "title"),
            say("类别", "kind"), say("期间", "period"), say("发布", "published"), ">" + say("数字", "figures"),
            ">" + say("未读", "unread"), say("说明", "note"),
        )  # fmt: skip
        refused = 0
        saved = []
        for file in files:
            done = importer.bring(file)
            refused += done.recorded is None
            saved += [done] if done.recorded and not done.url.startswith("http") else []
            shown.add_row(*_row(done))
        evaluate_and_route(here.store, here.settings)
    out.print(shown)
    for done in saved:
        name, address = plain(done.file.name), plain(done.url)
        told = say(
            f"{name} 没有写明出处,以内容为址 {address};知道网址时用 --url 再导入一次",
            f"{name} does not tell where it stood; it is known as {address}. Import it again with --url if you know",
        )
        out.print(told, soft_wrap=True, highlight=False)
    sys.exit(1 if refused else 0)


def _row(done: Imported) -> tuple[str, ...]:
    name, title, note = plain(done.file.name), plain(done.title), plain(done.note)
    if done.edition is None or done.recorded is None:
        return (name, f"[red]{say('未入库', 'refused')}[/]", title, "", "", "", "", "", note)
    about, recorded = done.edition.document, done.recorded
    unchanged = (
        say("已有,另一版式所载相同", "known, another form says the same")
        if recorded.note == "form"
        else say("已有,未变", "known, unchanged")
    )
    known = say("新版本", "new edition of") if recorded.new else unchanged
    result = say("新文档", "new document") if recorded.new_document else known
    return (
        name, f"{result} {recorded.document_id}", title, labels.publication(about.kind),
        wording.period(about.period_first, about.period_last), str(about.published or ""),
        str(len(done.edition.observations)), str(len(done.edition.unread)), note,
    )  # fmt: skip
