"""Options that several commands share, told once."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.language import say

AsJson = Annotated[bool, typer.Option("--json", help=say("输出 JSON,不输出表格", "JSON instead of tables."))]
Limit = Annotated[int, typer.Option(min=1, max=10_000, help=say("最多列出多少条", "At most so many."))]
Region = Annotated[str, typer.Option(help=say("只看这个地区: 代码或名称", "Only this region's: code or name."))]
Body = Annotated[str, typer.Option(help=say("只看这类机关: 法院、court……", "Only this kind of body: 法院, court …"))]
Since = Annotated[
    str,
    typer.Option(help=say("只看这一天以来发布的: 2025-01-31", "Only what was published since this day: 2025-01-31.")),
]
Lines = Annotated[
    bool,
    typer.Option(
        "--jsonl", help=say("读写 JSON Lines;只有这一种形式", "Read and write JSON Lines; the only form there is.")
    ),
]
