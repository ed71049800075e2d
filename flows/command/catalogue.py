"""`zhengfa indicators`: the catalogue as a table."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from flows.command import labels
from flows.command.app import chinese
from flows.command.output import out, print_rows, table
from flows.command.parameters import AsJson
from flows.home import Home
from flows.language import say


@chinese("列出指标: id、名称、单位、属于谁、上升意味着什么、是否关键")
def indicators(
    search: Annotated[
        str,
        typer.Argument(
            metavar=say("字词", "WORDS"),
            help=say("只列 id、名称或用语中含有这些字的", "Show only those whose id, names or wordings hold this."),
        ),
    ] = "",
    as_json: AsJson = False,
    check: Annotated[
        bool,
        typer.Option(
            "--check", help=say("只检查指标目录,说出问题", "Only check the catalogue; say what is wrong with it.")
        ),
    ] = False,
) -> None:
    """List the indicators: id, names, unit, whose they are, what a rise means, whether they are key."""
    from scrapers.indicators import load_catalogue

    catalogue = load_catalogue(Home.from_environment().indicators)
    catalogue.check()
    if check:
        out.print(
            say(
                f"{len(catalogue.indicators)} 个指标,没有问题",
                f"{len(catalogue.indicators)} indicators, no fault found",
            )
        )
        return
    rows = catalogue.rows(search)
    if as_json:
        typer.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1))
        return
    shown = table(
        say(f"{len(rows)} 个指标", f"{len(rows)} indicators"),
        "id",
        "名称",
        "English",
        "单位",
        "主体",
        "上升意味",
        "关键",
    )
    for row in rows:
        shown.add_row(
            row.id,
            row.name,
            row.english,
            row.units,
            row.bodies,
            labels.label(labels.RISES, row.rise),
            "●" if row.key else "",
        )
    print_rows(shown, say("没有指标含有这些字词", "no indicator holds these words"))
