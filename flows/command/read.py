"""`zhengfa read`: the figures of any report, on the screen; no database, no Prefect."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from flows.command.output import number, out, table

if TYPE_CHECKING:
    from scrapers.reading.model import Change, Observation

SIGNS = {"up": "+", "down": "-", "flat": "±"}
FORMS = {
    "percent": "%",
    "percentage_points": "个百分点",
    "times_increase": "倍",
    "ratio_to_base": "倍",
    "absolute": "",
    "flat": "",
}
QUALIFIERS = {"over": ("", "余"), "under": ("近", ""), "about": ("约", ""), "at_least": ("", "以上")}
BASES = {"yoy": "同比", "chain": "环比", "named_period": "比", "previous_five_years": "比前五年"}


def read(
    place: Annotated[str, typer.Argument(metavar="FILE|URL", help="Text, HTML, PDF or Word file, or an address.")],
    region: Annotated[str, typer.Option(help="Whose figures: a GB/T 2260 code or a name (62, 甘肃).")] = "",
    body: Annotated[str, typer.Option(help="政法委 | 法院 | 检察院 | 公安 | 司法行政 | 人大 | 媒体")] = "",
    published: Annotated[str, typer.Option(help="When it was published: 2025-01-17 or 2025.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of a table.")] = False,
) -> None:
    """Print the observations of any report: indicator or subject, scope, period, value, unit, change, quotation."""
    from flows.inspection import examine

    examined = examine(place, region=region, body=body, published=_checked(published))
    if as_json:
        from scrapers.reading.extract import to_record

        record = to_record(place, examined.reading)
        quotes = [examined.text[seen.quote_start : seen.quote_end] for seen in examined.reading.observations]
        for item, quotation in zip(record["observations"], quotes, strict=True):  # type: ignore[call-overload]
            item["quotation"] = quotation
        typer.echo(json.dumps(record, ensure_ascii=False, indent=1))
        return
    rows = table(examined.title or place, "指标 / 主题", "口径", "时期", ">数值", "单位", ">变化", "原文")
    for seen in examined.reading.observations:
        rows.add_row(*_row(seen, examined.text, examined.names))
    out.print(rows)
    counts = f"{len(examined.reading.observations)} figures, {len(examined.reading.unread)} unread"
    out.print(f"{counts}, {len(examined.reading.ignored)} digits that are no figures")


def _checked(published: str) -> str:
    from flows.errors import UnreadableInputError

    if published and not (published.isdigit() and len(published) == 4):
        try:
            date.fromisoformat(published)
        except ValueError:
            raise UnreadableInputError(
                f"--published {published!r} is no date", "write it as 2025-01-17 or 2025"
            ) from None
    return published


def _row(seen: Observation, text: str, names: dict[str, str]) -> tuple[str, ...]:
    name = names.get(seen.indicator or "", "")
    label = f"{name} ({seen.subject})" if name and name != seen.subject else seen.subject
    quotation = " ".join(text[seen.quote_start : seen.quote_end].split())
    doubt = "? " if seen.status.value == "doubtful" else ""
    changes = "\n".join(_change(change) for change in seen.changes)
    return (
        doubt + label, seen.scope.words, str(seen.period or ""), _value(seen), seen.unit, changes, quotation,
    )  # fmt: skip


def _value(seen: Observation) -> str:
    """The value with how exact it claims to be, as the genre writes it: 3.2万余, 近12亿."""
    if seen.value is None:
        return ""
    before, after = QUALIFIERS.get(seen.qualifier.value, ("", ""))
    return f"{before}{number(seen.value)}{after}"


def _change(change: Change) -> str:
    if change.form.value == "ratio_to_base":
        base = change.base_period or "基数" if change.basis.value == "named_period" else "上期"
        return f"为{base}的{number(change.value)}倍"
    basis = BASES[change.basis.value] + (change.base_period or "" if change.basis.value == "named_period" else "")
    return f"{basis} {SIGNS[change.direction.value]}{number(change.value)}{FORMS[change.form.value]}{change.unit}"
