"""`zhengfa ingest`: the main job, once, with bars while it runs and a table at its end."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from flows.command import options
from flows.command.app import chinese
from flows.command.output import out, table, tell_unusable
from flows.language import say

if TYPE_CHECKING:
    from flows.ingest.report import RunReport


@chinese("采集新发布的报告,读出数字入库,评估规则并发送警报")
def ingest(
    source: Annotated[
        list[str] | None, typer.Option(help=say("只采集这个来源;可写多次", "Only this source; may be given again."))
    ] = None,
    since: Annotated[
        str,
        typer.Option(
            help=say(
                "补采到这一天 (YYYY-MM-DD);所得算历史,不发送",
                "Reach back to this date (YYYY-MM-DD); what comes in is history.",
            )
        ),
    ] = "",
    until: Annotated[
        str, typer.Option(help=say("不要这一天以后发布的", "Leave out what was published after this date."))
    ] = "",
) -> None:
    """Fetch what was newly published, read its figures, keep them, evaluate the rules and send the alerts."""
    from flows.home import Home
    from flows.ingest import cards
    from flows.ingest.progress import shown
    from flows.orchestration.server import running_server
    from flows.settings import load_settings

    home = Home.from_environment()
    load_settings(home)
    if source:
        # Before a server is started for nothing.
        cards.chosen(home, source)
    window = {"since": options.day("--since", since), "until": options.day("--until", until)}
    options.in_order("--since", window["since"], "--until", window["until"])
    with running_server(home) as server:
        from flows.ingest.run import run_once

        with shown(out):
            report = run_once(source, **window)
        show(report)
        if report.unusable:
            tell_unusable(report.unusable)
        if server.process is None:
            out.print(say(f"运行记录: {server.ui_url}", f"run: {server.ui_url}"))
    sys.exit(1 if report.failed_required else 0)


def show(report: RunReport) -> None:
    """Print the summary: a line per source, then what became of the alerts."""
    from flows.ingest.report import columns

    rows = table(report.name, *columns())
    for tally in report.sources:
        rows.add_row(*tally.row())
    out.print(rows)
    out.print(report.alerts_line())
    if not report.sources:
        told = say(
            "[yellow]没有启用的来源[/]: `zhengfa sources list` 列出卡片,`zhengfa sources probe 编号 --enable` 启用一个",
            "[yellow]no source is enabled[/]: `zhengfa sources list` shows the cards, "
            "`zhengfa sources probe ID --enable` switches one on",
        )
        out.print(told, soft_wrap=True)
    for name in report.failed_required:
        out.print(f"[red]{say('必需的来源失败', 'required source failed')}:[/] {name}")
