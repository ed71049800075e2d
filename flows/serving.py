"""`zhengfa serve`: the Prefect server, the scheduled ingest and the delivery loop, in one command that Ctrl-C ends.

    zhengfa serve
    ├── prefect server      a process of its own, under ZHENGFA_HOME/prefect, on loopback
    ├── prefect runner      here: fires the deployment `ingest/scheduled` by cron in Asia/Shanghai
    ├── delivery loop       a thread here; works on the tables, knows no Prefect
    └── links               threads here: pages of signed links, where `public_base_url` is set

Stopping pauses the deployment, so that no late runs pile up; starting takes it up again. One per home: a second one
would, when it stops, pause the deployment of the first.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import threading
from functools import partial
from typing import TYPE_CHECKING

from flows import endings
from flows.errors import BusyError
from flows.home import Home
from flows.language import say
from flows.links import answering
from flows.locks import held
from flows.orchestration import server as prefect_server
from flows.settings import Settings

if TYPE_CHECKING:
    from prefect.runner import Runner

log = logging.getLogger(__name__)

DEPLOYMENT = "scheduled"
TIMEZONE = "Asia/Shanghai"
POLL_SECONDS = 5.0


def serve(home: Home, settings: Settings, *, port: int | None = None) -> None:
    """Run until SIGINT, SIGTERM or SIGHUP.

    Raises BusyError where another one serves this home, PrefectServerError and SettingsError where a server does not
    come up.
    """
    home.make()
    with held(home.serve_lock, partial(_busy, home)) as alone, answering(home, settings) as links:
        if not alone:
            _warn_of_no_lock(home)
        if links:
            log.info(
                "links of messages: %s answers what %s is asked for under /a/ and /documents/",
                links,
                settings.public_base_url.rstrip("/"),
            )
        _serve(home, settings, port)


def _busy(home: Home, process: str) -> BusyError:
    return BusyError(
        say(
            f"{home.root} 已有一个 zhengfa serve 在运行(进程 {process})",
            f"another zhengfa serve is running on {home.root} (process {process})",
        ),
        say(
            "先停止那一个(在它的终端按 Ctrl-C),或用 ZHENGFA_HOME 指定另一个目录",
            "stop that one first (Ctrl-C in its terminal), or name another folder with ZHENGFA_HOME",
        ),
    )


def _warn_of_no_lock(home: Home) -> None:
    log.warning(
        say(
            f"这个系统上没有锁: 请自己保证 {home.root} 只有一个 zhengfa serve,否则一个停止时会暂停另一个的定时采集",
            f"there is no lock on this system: see to it that no other zhengfa serve runs on {home.root}; "
            "one that stops would pause the schedule of the other",
        )
    )


def _serve(home: Home, settings: Settings, port: int | None) -> None:
    os.environ.update(prefect_server.environment(home))
    server = prefect_server.find(home) or prefect_server.start(
        home, settings.prefect_port if port is None else port, noted=True
    )
    os.environ["PREFECT_API_URL"] = server.api_url
    stop = threading.Event()
    loop = threading.Thread(target=_deliver_until, args=(home, settings, stop), name="deliver", daemon=True)
    loop.start()
    log.info("runs: %s", server.ui_url)
    try:
        asyncio.run(_fire_on_schedule(settings))
    finally:
        stop.set()
        loop.join(timeout=30)
        if server.process:
            prefect_server.stop(server.process)
            prefect_server.forget(home)


async def _fire_on_schedule(settings: Settings) -> None:
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
    from prefect.runner import Runner
    from prefect.schedules import Cron
    from prefect.types.entrypoint import EntrypointType

    from flows.ingest.flow import ingest

    runner: Runner = Runner(name="zhengfa", query_seconds=POLL_SECONDS, pause_on_shutdown=True)
    deployment = await ingest.ato_deployment(
        name=DEPLOYMENT,
        schedule=Cron(settings.schedule, timezone=TIMEZONE),
        parameters={"due_only": True},
        paused=False,
        description=say(
            "取新发布的报告,读出数字,入库,评估规则并发送警报",
            "fetch new reports, read their figures, keep them, evaluate the rules and send alerts",
        ),
        concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    await runner.aadd_deployment(deployment)
    running = asyncio.get_running_loop()
    started = asyncio.ensure_future(runner.start())
    for sign in (signal.SIGINT, *endings.signals()):
        running.add_signal_handler(sign, started.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await started
    log.info("stopping")


def _deliver_until(home: Home, settings: Settings, stop: threading.Event) -> None:
    from flows.delivery import deliver_until

    deliver_until(home, settings, stop)
