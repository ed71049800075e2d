"""How the command line looks: one console for results, one for everything said beside them."""

from __future__ import annotations

import json
from dataclasses import asdict, is_dataclass
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from rich.console import Console
from rich.table import Table

from flows.language import in_english, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from _typeshed import DataclassInstance

# What is not a terminal (a file, a pipe) gets lines wide enough for a table with quotations.
PIPE_WIDTH = 160


def _console(*, stderr: bool = False) -> Console:
    console = Console(stderr=stderr)
    return console if console.is_terminal else Console(stderr=stderr, width=PIPE_WIDTH)


out = _console()
err = _console(stderr=True)

# Heads of tables, as commands write them, for those who read English.
_HEADS = {
    "编号": "id", "时间": "time", "状态": "state", "程度": "severity", "规则": "rule", "内容": "what",
    "对象": "about", "由谁": "by", "至": "until", "说明": "note", "版": "rev", "关": "stage", "理由": "reason",
    "接收方": "receiver", "缘由": "reason", "建立": "made", "了结": "closed", "投递": "delivery", "次": "try",
    "结果": "result", "回应": "answer", "文档": "document", "入库": "stored", "地区": "region", "主体": "body",
    "标题": "title", "类别": "kind", "期间": "period", "时期": "period", "发布": "published", "由来": "origin",
    "数字": "figures", "未读": "unread", "主题": "subject", "数值": "value", "原文": "quotation", "出处": "source",
    "序列": "series", "是什么": "what", "变动": "change", "变化": "change", "采集": "fetched", "读法": "reader",
    "快照": "snapshot", "口径": "scope", "版本": "editions", "现行数字": "figures in force", "警报": "alerts",
    "各关": "stages", "尝试": "attempts", "读出": "read", "定为": "set to", "名称": "name", "路由": "routes",
    "单位": "unit", "上升意味": "a rise is", "关键": "key", "按指标": "by indicator", "指标": "indicator",
    "差异": "difference", "例": "example", "变": "now", "问题": "fault", "何处": "where", "修复": "repaired",
    "系统": "family", "启用": "on", "探测": "probed", "最近一次": "last run", "字段": "field", "值": "value",
    "最近几次": "last runs", "链接": "links", "新增": "new", "未变": "unchanged", "拒绝": "refused", "日期": "date",
    "将会": "will be", "栏目": "column", "地址": "address", "来源": "source", "已送达": "delivered",
    "未送达及原因": "not delivered, and why", "名次": "rank", "偏离中位数(MAD)": "off the median (MAD)",
    "同比(报告所称)": "yoy (stated)", "发布机关": "issuer", "响应": "response", "编码": "encoding", "标志": "landmark",
    "分页": "pages", "转向": "leads to", "下一页": "next page", "所见": "seen",
}  # fmt: skip


def head(words: str) -> str:
    """The head of a column or table in the user's language."""
    return say(words, _HEADS.get(words, words))


def table(title: str, *columns: str) -> Table:
    """A table in the house's look. A leading `>` right-aligns a column of numbers, `@` marks one of moments (`when`).

    Whose clock it is stands once, below the table: over a narrow column it would be folded.
    """
    made = Table(title=head(title) or None, title_justify="left", header_style="bold", expand=False)
    for column in columns:
        justify: Literal["left", "right"] = "right" if column.startswith(">") else "left"
        made.add_column(head(column.lstrip(">@")), justify=justify, overflow="fold")
    if any(column.startswith("@") for column in columns):
        made.caption, made.caption_justify = say("时间为北京时间", "times are Beijing time"), "left"
    return made


def print_rows(rows: Table, none: str) -> None:
    """Print a table, or one sentence where it has no rows."""
    out.print(rows if rows.row_count else none)


def number(value: Decimal | None, qualifier: str = "exact") -> str:
    """A value as the messages write it, in the user's language, its unit apart; empty for none."""
    from alerts.messages.words import Words
    from alerts.vocabulary import Language

    words = Words(Language.EN if in_english() else Language.ZH)
    return "" if value is None else words.amount(value, "", qualifier)


# China has one time zone; people read its clock whatever this machine's is.
_BEIJING = timezone(timedelta(hours=8))


def when(moment: datetime | None) -> str:
    """A moment by the clock of China, to the minute, for a column that says so; in a sentence it is `at`."""
    return f"{moment.astimezone(_BEIJING):%Y-%m-%d %H:%M}" if moment else ""


def at(moment: datetime) -> str:
    """A moment with the clock that it is read from."""
    return when(moment) + say("(北京时间)", " Beijing time")


_SPANS = (("天", "day", 86_400), ("小时", "hour", 3600), ("分钟", "minute", 60), ("秒", "second", 1))


def lasting(span: timedelta) -> str:
    """A stretch of time in the largest unit of which it is a whole number: 400 天, 90 分钟."""
    seconds = int(span.total_seconds())
    chinese, english, size = next((unit for unit in _SPANS if seconds and seconds % unit[2] == 0), _SPANS[-1])
    count = seconds // size
    return say(f"{count} {chinese}", f"{count} {english}{'' if count == 1 else 's'}")


def plain(text: str) -> str:
    """A text of a page as one line that is no markup to rich."""
    from rich.markup import escape

    return escape(" ".join(text.split()))


def tell_unusable(ids: Sequence[str]) -> None:
    """Say which cards no run can use; they are left out, and must not be missed in silence."""
    names = plain(", ".join(ids))
    told = say(
        f"[red]{len(ids)} 张卡片不能用[/]({names}): 原因见 `zhengfa sources check`",
        f"[red]{len(ids)} {'card' if len(ids) == 1 else 'cards'} cannot be used[/] ({names}): "
        "`zhengfa sources check` says why",
    )
    out.print(told, soft_wrap=True)


def print_json(value: DataclassInstance | Sequence[DataclassInstance]) -> None:
    """Records as JSON: numbers as exact text, times in ISO 8601."""
    found = asdict(value) if is_dataclass(value) else [asdict(each) for each in value]
    print(json.dumps(found, ensure_ascii=False, indent=1, default=_word))


def _word(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if not isinstance(value, Decimal):
        return str(value)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
