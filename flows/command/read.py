"""`zhengfa read`: the figures of any report, on the screen; no database, no Prefect."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from flows.command import wording
from flows.command.app import chinese
from flows.command.output import out, plain, table
from flows.command.parameters import AsJson
from flows.language import say

if TYPE_CHECKING:
    from scrapers.reading.model import Observation


@chinese("读出任何一份报告中的数字: 指标或主题、口径、时期、数值、单位、变化、原文")
def read(
    place: Annotated[
        str,
        typer.Argument(
            metavar=say("文件|网址", "FILE|URL"),
            help=say(
                "文本、HTML、PDF 或 Word 文件,或网址;- 为标准输入",
                "Text, HTML, PDF or Word file, or an address; - is standard input.",
            ),
        ),
    ],
    region: Annotated[
        str,
        typer.Option(
            help=say(
                "哪个地区的数字: GB/T 2260 代码或名称 (62、甘肃)",
                "Whose figures: a GB/T 2260 code or a name (62, 甘肃).",
            )
        ),
    ] = "",
    body: Annotated[
        str,
        typer.Option(
            help=say("哪类机关: ", "Whose report: ") + "政法委 | 法院 | 检察院 | 公安 | 司法行政 | 人大 | 媒体"
        ),
    ] = "",
    published: Annotated[
        str, typer.Option(help=say("何时发布: 2025-01-17 或 2025", "When it was published: 2025-01-17 or 2025."))
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Print the observations of any report: indicator or subject, scope, period, value, unit, change, quotation."""
    from flows.inspection import examine

    examined = examine(place, region=region, body=body, published=_checked(published))
    if as_json:
        from scrapers.reading.extract import to_record

        record = to_record(place, examined.reading)
        for item in cast("list[dict[str, Any]]", record["observations"]):
            item["quotation"] = examined.text[slice(*item["quote"])]
        typer.echo(json.dumps(record, ensure_ascii=False, indent=1))
        return
    rows = table(
        plain(examined.title or place), say("指标 / 主题", "indicator / subject"), say("口径", "scope"),
        say("时期", "period"), ">" + say("数值", "value"), ">" + say("变化", "change"),
        say("原文", "quotation"),
    )  # fmt: skip
    for seen in examined.reading.observations:
        rows.add_row(*_row(seen, examined.text, examined.names))
    figures, unread, ignored = map(
        len, (examined.reading.observations, examined.reading.unread, examined.reading.ignored)
    )
    if figures:
        out.print(rows)
    if any(seen.status.value == "doubtful" for seen in examined.reading.observations):
        out.print(say("?: 读法存疑,入库后待复核", "?: a doubtful reading, which would wait for review"))
    out.print(
        say(
            f"读出 {figures} 个数字,{unread} 个未能识别,{ignored} 处数字不是指标(日期、序号等)",
            f"{figures} figures, {unread} unread, {ignored} digits that are no figures (dates, ranks …)",
        )
    )


def _checked(published: str) -> str:
    from flows.errors import UnreadableInputError

    if published and not (published.isdigit() and len(published) == 4):
        try:
            date.fromisoformat(published)
        except ValueError:
            raise UnreadableInputError(
                say(f"--published {published!r} 不是日期", f"--published {published!r} is no date"),
                say("写成 2025-01-17 或 2025", "write it as 2025-01-17 or 2025"),
            ) from None
    return published


def _row(seen: Observation, text: str, names: dict[str, str]) -> tuple[str, ...]:
    name = names.get(seen.indicator or "", "")
    label = f"{name} ({seen.subject})" if name and name != seen.subject else seen.subject
    quotation = plain(text[seen.quote_start : seen.quote_end])
    doubt = "? " if seen.status.value == "doubtful" else ""
    changes = "\n".join(wording.change(change) for change in seen.changes)
    return (
        plain(doubt + label), plain(seen.scope.words), str(seen.period or ""),
        wording.amount(seen.value, seen.unit, seen.qualifier.value), changes,
        quotation,
    )  # fmt: skip
