"""A Prefect server under ZHENGFA_HOME: found, or started as a process of its own.

    PREFECT_API_URL set         that server is used and must answer
    prefect/server.json answers the server that `zhengfa serve` keeps running is used
    neither                     one is started for the length of the command, and stopped after it

A server in a process of its own is up in 4 s (16 s in a fresh home, where it makes its tables); Prefect's ephemeral one
costs 19 s in every process and schedules nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from flows.errors import PrefectServerError
from flows.home import Home
from flows.language import say
from flows.orchestration import kept

START_LIMIT = 120.0  # seconds; a slow machine with a fresh home needs 40
STOP_LIMIT = 10.0
DRAIN_LIMIT = 10.0


@dataclass(frozen=True, slots=True)
class PrefectServer:
    """A server that answered; `process` is set where this process started it."""

    api_url: str
    process: subprocess.Popen[bytes] | None = None

    @property
    def ui_url(self) -> str:
        """Where a person looks at the runs."""
        return self.api_url.removesuffix("/api")


def environment(home: Home) -> dict[str, str]:
    """What every process of ours that imports Prefect must have in its environment, before the import."""
    return {
        "PREFECT_HOME": str(home.prefect),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_EXTRA_LOGGERS": "flows,scrapers,storage,alerts",
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
        "PREFECT_CLI_PROMPT": "false",
    }


@contextlib.contextmanager
def running_server(home: Home) -> Iterator[PrefectServer]:
    """A server that answers, and this process's environment set up for it. Raises PrefectServerError."""
    home.make()
    os.environ.update(environment(home))
    server = find(home) or start(home, free_port())
    os.environ["PREFECT_API_URL"] = server.api_url
    try:
        yield server
    finally:
        try:
            drain()
        finally:
            # A second Ctrl-C may end the draining; the server must not outlive us all the same.
            if server.process:
                stop(server.process)


def find(home: Home) -> PrefectServer | None:
    """The server that the environment names or `serve` noted in the home. Raises PrefectServerError for a named one."""
    if named := os.environ.get("PREFECT_API_URL"):
        if answers(named):
            return PrefectServer(named)
        raise PrefectServerError(
            say(
                f"PREFECT_API_URL 所指的 Prefect 服务没有回应: {named}",
                f"the Prefect server that PREFECT_API_URL names does not answer: {named}",
            ),
            say(
                "启动它,或去掉 PREFECT_API_URL,程序会自带一个",
                "start it, or unset PREFECT_API_URL and one is started for you",
            ),
        )
    with contextlib.suppress(OSError, ValueError, KeyError):
        url = str(json.loads(_note(home).read_text())["api_url"])
        if answers(url):
            return PrefectServer(url)
    return None


def start(home: Home, port: int, *, noted: bool = False) -> PrefectServer:
    """Start a server on loopback and wait until it answers; `noted` lets other commands find it.

    Raises PrefectServerError with the place of its log where it does not come up. Interrupted while it waits, it ends
    what it started: in a session of its own, the server does not hear a Ctrl-C. Of our end it hears (`kept`).
    """
    home.make()
    log = home.logs / "prefect-server.log"
    # Its own folder, and the one we are in, are no place to look for modules (-P).
    program = [sys.executable, "-P", kept.__file__]
    command = [*program, "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603  our own interpreter, no shell
            command,
            env=os.environ | environment(home) | {"PREFECT_API_URL": f"http://127.0.0.1:{port}/api"},
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.PIPE,
            start_new_session=True,
        )
    url = f"http://127.0.0.1:{port}/api"
    try:
        _wait(process, url, log)
    except BaseException:
        stop(process)
        raise
    if noted:
        _note(home).write_text(json.dumps({"api_url": url, "pid": process.pid}))
    return PrefectServer(url, process)


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Until the server answers. Raises PrefectServerError where it ended, or took too long."""
    deadline = time.monotonic() + START_LIMIT
    while not answers(url):
        if process.poll() is not None or time.monotonic() > deadline:
            raise PrefectServerError(
                say("Prefect 服务没有启动成功", "the Prefect server did not come up"), say(f"见 {log}", f"see {log}")
            )
        time.sleep(0.2)


def drain() -> None:
    """Have Prefect's threads of this process send what they hold, while the server is there.

    Without it they wait at exit for a server that is gone: a minute of silence, then an error. Does nothing where
    Prefect was never imported.
    """
    if "prefect" not in sys.modules:
        return
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    for worker in (APILogWorker, EventsWorker):
        worker.drain_all(timeout=DRAIN_LIMIT)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a server that we started: politely, then firmly."""
    if process.stdin:
        process.stdin.close()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(STOP_LIMIT)
    process.kill()
    process.wait(STOP_LIMIT)


def forget(home: Home) -> None:
    """Remove the note of a server that has been stopped."""
    _note(home).unlink(missing_ok=True)


def answers(api_url: str) -> bool:
    """Whether a Prefect server answers at that address."""
    try:
        return httpx.get(f"{api_url}/health", timeout=2, trust_env=False).text.strip() == "true"
    except httpx.HTTPError:
        return False


def free_port() -> int:
    """A port of loopback that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _note(home: Home) -> Path:
    return home.prefect / "server.json"
