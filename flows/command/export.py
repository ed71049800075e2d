"""`zhengfa export`: figures for others, as CSV, Parquet, JSON Lines or SDMX-CSV; and what their columns mean.

observations   each stated value        changes      each stated change, with or without a value
series         the value of each point  dictionary   columns, units, codes and tables, as Markdown
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from flows.command import options
from flows.command.app import chinese
from flows.command.opening import Opened, opened
from flows.command.output import err
from flows.command.parameters import Body, Region, Since
from flows.errors import OptionError
from flows.language import say


@chinese(
    "导出数字,连同原句和网址;同样的库总是导出同样的字节\n\n`export dictionary` 按设置的语言写出每一列、单位和代码的含义"
)
def export(
    kind: Annotated[
        Literal["observations", "changes", "series", "dictionary"],
        typer.Argument(
            metavar=say("类别", "KIND"),
            help=say(
                "observations: 所有明写的数值;只写变动、没有数值的在 changes。"
                "series: 每个序列每期一个值。dictionary: 各列和代码的含义",
                "observations: every stated value; figures that state only a change (no count) are in changes. "
                "series: one value per series and period. dictionary: what each column and code means.",
            ),
        ),
    ],
    form: Annotated[
        Literal["csv", "parquet", "jsonl", "sdmx-csv"],
        typer.Option("--format", help=say("sdmx-csv 只用于 series", "sdmx-csv is for series.")),
    ] = "csv",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help=say("写入文件;不写则输出到标准输出", "A file; else standard output.")),
    ] = None,
    indicator: Annotated[
        str, typer.Option(help=say("只要这个指标: id 或名称", "Only this indicator: its id or name."))
    ] = "",
    region: Region = "",
    body: Body = "",
    period: Annotated[
        str,
        typer.Option(
            help=say(
                "只要这段时期内的: 2024、2020-2024、2024-01/2024-06",
                "Only figures within: 2024, 2020-2024, 2024-01/2024-06.",
            )
        ),
    ] = "",
    since: Since = "",
    source: Annotated[str, typer.Option(help=say("只要这个来源发布的", "Only what this source published."))] = "",
) -> None:
    """Write figures with their sentences and addresses; the same record always gives the same bytes.

    `export dictionary` writes what every column, unit and code means, in the language of the settings.
    """
    from storage.export import Filter
    from storage.export import export as write

    _fit_together(kind, form)
    if output is None and form == "parquet" and sys.stdout.isatty():
        raise OptionError(
            say("parquet 不能输出到终端", "parquet is not for a terminal"),
            say("写出文件: -o figures.parquet", "name a file: -o figures.parquet"),
        )
    if output is not None:
        _fit_to_write(output)
    if kind == "dictionary":
        _dictionary(output)
        return
    with opened() as here:
        within = options.period("--period", period)
        wanted = Filter(
            indicator=options.indicator_id(indicator, here.catalogue),
            region=options.region("--region", region, here.catalogue),
            body=options.body("--body", body),
            period_first=within.first if within else None,
            period_last=within.last if within else None,
            since=options.day("--since", since),
            source=source or None,
        )
        _known(here, source)
        with options.written(output):
            count = write(here.store, kind, output or sys.stdout.buffer, form=form, wanted=wanted)
    err.print(say(f"{count} 行", f"{count} rows") + (f": {output}" if output else ""), soft_wrap=True)


def _fit_together(kind: str, form: str) -> None:
    """Raises OptionError for a form that this kind does not come in."""
    if kind == "dictionary" and form != "csv":  # csv is what stands there where nobody chose
        raise OptionError(
            say(f"数据字典是 Markdown,没有 {form}", f"the dictionary is Markdown, there is none as {form}"),
            say("去掉 --format", "leave --format away"),
        )
    if form == "sdmx-csv" and kind not in ("series", "dictionary"):
        raise OptionError(
            say("SDMX-CSV 只用于 series", "SDMX-CSV is for series"),
            say(f"{kind} 用 csv、jsonl 或 parquet", f"export {kind} as csv, jsonl or parquet"),
        )


def _dictionary(output: Path | None) -> None:
    """Needs no record: it says what this program writes."""
    from flows.settings import load_settings
    from storage.export import data_dictionary

    text = data_dictionary(load_settings().language)
    with options.written(output):
        if output is None:
            sys.stdout.buffer.write(text.encode())
        else:
            output.write_text(text, encoding="utf-8")


def _fit_to_write(output: Path) -> None:
    """Raises OptionError for a place that cannot be a file."""
    with options.written(output):
        if output.is_dir():
            raise OptionError(
                say(f"-o {output} 是文件夹", f"-o {output} is a folder"), say("写出文件名", "name a file")
            )
        if not output.parent.is_dir():
            raise OptionError(
                say(f"-o {output}: 没有文件夹 {output.parent}", f"-o {output}: {output.parent} is no folder"),
                say("写出已有文件夹中的文件", "name a file in a folder that is there"),
            )


def _known(here: Opened, source: str) -> None:
    """Raises UnknownSourceError for a source of which the record knows nothing."""
    from flows.errors import UnknownSourceError
    from storage.telling import names

    with here.store.read() as session:
        if source and source not in names(session).sources:
            raise UnknownSourceError(
                say(f"没有来源 {source!r}", f"no source is called {source!r}"),
                say("`zhengfa sources list` 列出全部", "`zhengfa sources list` shows all"),
            )
