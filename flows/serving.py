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
import sys
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flows import endings
from flows.errors import BusyError
from flows.home import Home
from flows.language import say
from flows.links import answering
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
    with _only_one(home), answering(home, settings) as links:
        if links:
            log.info(
                "links of messages: %s answers what %s is asked for under /a/ and /documents/",
                links,
                settings.public_base_url.rstrip("/"),
            )
        _serve(home, settings, port)


@contextlib.contextmanager
def _only_one(home: Home) -> Iterator[None]:
    """Hold the home's lock within. The system lets go of it when the process ends, however it ends."""
    if sys.platform == "win32":  # it has no such lock
        yield
        return
    import fcntl

    with home.serve_lock.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            process = lock.read().strip() or "?"
            raise BusyError(
                say(
                    f"{home.root} 已有一个 zhengfa serve 在运行(进程 {process})",
                    f"another zhengfa serve is running on {home.root} (process {process})",
                ),
                say(
                    "先停止那一个(在它的终端按 Ctrl-C),或用 ZHENGFA_HOME 指定另一个目录",
                    "stop that one first (Ctrl-C in its terminal), or name another folder with ZHENGFA_HOME",
                ),
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


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
        description="取新发布的报告,读出数字,入库,评估规则并发送警报",
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
