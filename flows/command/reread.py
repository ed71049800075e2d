"""`zhengfa reread`: the archive read again with today's reader, shown before it is accepted."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Annotated

import typer

from flows.command import labels, options, wording
from flows.command.app import chinese
from flows.command.opening import Opened, opened
from flows.command.output import err, out, plain, print_rows, table
from flows.command.parameters import Since
from flows.language import say
from flows.reasons import in_words

if TYPE_CHECKING:
    from rich.progress import Progress

    from storage.facts import FigureDifference
    from storage.reread import Reread


@chinese(
    "用现在的读取器重读存档,写成新版本;中断后再运行,从中断处继续"
    "\n\n只重读每篇文档的现行版本,用最近一次的字节。除了向收到过旧数字的人更正,什么也不发送。"
    "同一时间只能有一个重读;只看 (--dry-run) 不限"
)
def reread(
    since: Since = "",
    source: Annotated[str, typer.Option(help=say("只读这个来源的", "Only this source's publications."))] = "",
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help=say("只看会改变什么,不写入", "Only show what would change; write nothing.")),
    ] = False,
    processes: Annotated[
        int | None,
        typer.Option(
            min=1, max=256, help=say("同时读的进程数;默认每核一个", "Readers at once; by default one per core.")
        ),
    ] = None,
) -> None:
    """Read the archive again and write new editions; interrupted, the next call goes on where it stopped.

    Only the edition of each document that stands is read again, from its latest bytes. Nothing is sent but corrections
    to those who got a figure that is read otherwise now. One reread at a time; looking (--dry-run) is free.
    """
    from flows.alone import alone
    from flows.delivery import evaluate_and_route
    from flows.ingest.parse import EXTRACTOR_VERSION, READER_VERSION
    from flows.ingest.sync import sync_record
    from flows.rereading import read_again
    from storage.reread import reread as read_all
    from storage.reread import to_reread

    day = options.day("--since", since)
    with opened() as here, contextlib.nullcontext() if dry_run else alone(here.store, "reread"):
        _known(here, source)
        sync_record(here.store, here.home)
        with here.store.read() as session:
            waiting = to_reread(
                session,
                extractor_version=EXTRACTOR_VERSION,
                reader_version=READER_VERSION,
                since=day,
                source_id=source or None,
            )
        if not waiting:
            told = say(
                f"不需要重读: 都已由提取器 {EXTRACTOR_VERSION}、读取器 {READER_VERSION} 读过",
                f"nothing to read again: all is read by extractor {EXTRACTOR_VERSION}, reader {READER_VERSION}",
            )
            out.print(told)
            return
        at_once = min(processes or os.cpu_count() or 1, len(waiting))
        with _bar() as bar:
            task = bar.add_task(say("重读", "reading"), total=len(waiting))
            result = read_all(
                here.store, waiting, read_again, now=here.now, processes=at_once, dry_run=dry_run,
                progress=lambda count: bar.advance(task, count),
            )  # fmt: skip
        _print(result, dry_run=dry_run)
        if not dry_run:
            evaluate_and_route(here.store, here.settings)


def _known(here: Opened, source: str) -> None:
    """Raises UnknownSourceError for a source that no card has."""
    from flows.ingest.cards import chosen

    if source:
        chosen(here.home, [source])


def _bar() -> Progress:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=err, transient=True, disable=not err.is_terminal)


def _print(result: Reread, *, dry_run: bool) -> None:
    now = say("会变", "would change") if dry_run else say("已变", "changed")
    shown = table("按指标", "指标", "差异", f">{now}", "例")
    for (indicator, kind), count in result.by_indicator.most_common():
        example = result.examples[indicator, kind]
        name = indicator or say("(无指标)", "(no indicator)")
        shown.add_row(name, labels.label(labels.DIFFERENCES, kind), str(count), _example(example))
    print_rows(shown, say("没有数字读法不同", "no figure is read otherwise"))
    unreadable = len(result.unreadable)
    told = say(
        f"{result.documents} 份文档,{result.changed} 份数字有变,{unreadable} 份读不了",
        f"{result.documents} documents, {result.changed} with other figures, {unreadable} unreadable",
    )
    out.print(told)
    if result.overtaken:
        out.print(
            say(
                f"{result.overtaken} 份其间已有新版本,保持不动",
                f"{result.overtaken} got a newer edition meanwhile and keep it",
            )
        )
    for url, why in list(result.unreadable.items())[:20]:
        out.print(f"  {plain(url)}: {plain(in_words(why))}", soft_wrap=True, highlight=False)
    if dry_run:
        out.print(
            say(
                "什么也没有写入;去掉 --dry-run 才写新版本",
                "nothing was written; the same without --dry-run writes new editions",
            )
        )


def _example(one: FigureDifference) -> str:
    period = wording.period(one.period_first, one.period_last)
    was = wording.amount(one.old_value, one.unit) or say("无", "none")
    now = wording.amount(one.new_value, one.unit) or say("无", "none")
    what = plain(f"{one.scope_words} {one.subject} {period}".strip())
    return f"{what}: {was} → {now}"
