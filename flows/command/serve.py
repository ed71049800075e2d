"""`zhengfa serve`: everything that runs by itself, in one command."""

from __future__ import annotations

import logging
from typing import Annotated

import typer

from flows.command.app import chinese
from flows.command.output import out
from flows.language import say


@chinese("启动 Prefect 服务、定时采集和投递循环;Ctrl-C 一并结束")
def serve(
    port: Annotated[
        int | None, typer.Option(help=say("Prefect 服务在本机的端口", "Port of the Prefect server on loopback."))
    ] = None,
) -> None:
    """Start the Prefect server, the scheduled ingest and the delivery loop; Ctrl-C ends all three."""
    from flows.home import Home
    from flows.serving import serve as run
    from flows.settings import load_settings

    home = Home.from_environment()
    settings = load_settings(home)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s", force=True)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    told = say(
        f"采集时间: {settings.schedule} (北京时间); 数据目录: {home.root}",
        f"schedule: {settings.schedule} (Asia/Shanghai); home: {home.root}",
    )
    out.print(told, soft_wrap=True)
    run(home, settings, port=port)
    out.print(say("已停止;`zhengfa serve` 会从这里继续", "stopped; `zhengfa serve` goes on where it left off"))
