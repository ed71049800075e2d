"""`zhengfa deliver`: send what is due, once or for as long as it runs."""

from __future__ import annotations

import signal
import threading
from typing import Annotated

import typer

from flows.command.app import chinese
from flows.command.output import lasting, out
from flows.language import say


@chinese("发送待送的警报;每条以回执、稍后再试或放弃了结。可与另一个同时运行")
def deliver(
    once: Annotated[bool, typer.Option("--once", help=say("只发一轮", "One round, then end."))] = False,
) -> None:
    """Send pending deliveries; each ends with a receipt, a later try or a dead letter. Safe beside another one."""
    from flows import endings
    from flows.delivery import deliver_round, deliver_until
    from flows.home import Home
    from flows.settings import load_settings

    home = Home.from_environment()
    settings = load_settings(home)
    if once:
        out.print(deliver_round(home, settings).line())
        return
    stop = threading.Event()
    for sign in (signal.SIGINT, *endings.signals()):
        signal.signal(sign, lambda *_: stop.set())
    every = lasting(settings.deliver_every)
    out.print(say(f"每 {every} 发送一轮;Ctrl-C 结束", f"delivering every {every}; Ctrl-C ends"))
    deliver_until(home, settings, stop)
