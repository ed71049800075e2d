"""`zhengfa serve`: a scheduled run fires by itself, its artifact and logs are there, Ctrl-C ends everything."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from flows import serving
from flows.errors import BusyError
from flows.home import Home
from flows.orchestration.server import free_port
from flows.settings import load_settings
from tests.alerts.servers import http_receiver
from tests.replicas.demo import EARLIER, demo_world

pytestmark = [pytest.mark.prefect, pytest.mark.xdist_group("prefect"), pytest.mark.timeout(400)]

ZHENGFA = Path(sys.executable).with_name("zhengfa")


def post(api: str, path: str, **body: object) -> list[dict[str, Any]]:
    answer = httpx.post(f"{api}{path}", json=body, timeout=10, trust_env=False)
    answer.raise_for_status()
    found: list[dict[str, Any]] = answer.json()
    return found


def waited_for(condition: Callable[[], bool], seconds: float, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert process.poll() is None, "serve ended by itself"
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.5)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_scheduled_run_fires_by_itself_and_ctrl_c_ends_everything(home: Home) -> None:
    with demo_world() as world, http_receiver() as hook:
        home.settings_file.write_text(
            f'contact = "test@example.org"\nschedule = "* * * * *"\n'
            f'[[receivers]]\nname = "desk"\nkind = "webhook"\nurl = "{hook.url}"\n'
        )
        world.write_cards(home.sources)
        today = datetime.now(UTC)
        world.publish([report.of_year(today.year - 2) for report in EARLIER], today - timedelta(days=330))
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
        log = (home.root / "serve.log").open("wb")
        process = subprocess.Popen(
            [ZHENGFA, "serve", "--port", str(free_port())], env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            note = home.prefect / "server.json"
            waited_for(note.exists, 120, process)
            noted = json.loads(note.read_text())
            api = str(noted["api_url"])
            done: list[dict[str, Any]] = []

            def completed() -> bool:
                done[:] = post(api, "/flow_runs/filter", flow_runs={"state": {"type": {"any_": ["COMPLETED"]}}})
                return bool(done)

            waited_for(completed, 180, process)
            assert done[0]["auto_scheduled"]
            assert done[0]["name"].startswith("采集")
            artifacts = post(api, "/artifacts/filter", artifacts={"key": {"any_": ["ingest-summary"]}})
            assert len(json.loads(str(artifacts[0]["data"]))) == 4
            first = {"flow_run_id": {"any_": [done[0]["id"]]}}

            def logged() -> bool:
                return any("62-zfw: ok" in line["message"] for line in post(api, "/logs/filter", logs=first))

            # Prefect sends lines in batches of their own: a run may be completed before its last ones arrive.
            waited_for(logged, 30, process)
        finally:
            process.send_signal(signal.SIGINT)
            ended = process.wait(60)
            log.close()
        assert ended == 0, (home.root / "serve.log").read_text()[-2000:]
        assert not note.exists()
        assert not alive(int(noted["pid"]))
        assert "secret-token-1234" not in (home.root / "serve.log").read_text()


def test_one_home_is_served_once_at_a_time(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_settings(home)
    served: list[int] = []

    def served_again(*_: object) -> None:
        served.append(os.getpid())
        if len(served) == 1:
            with pytest.raises(BusyError, match=rf"{home.root} .*{os.getpid()}") as caught:
                serving.serve(home, settings)
            assert "ZHENGFA_HOME" in caught.value.hint

    monkeypatch.setattr(serving, "_serve", served_again)
    serving.serve(home, settings)
    assert len(served) == 1
    serving.serve(home, settings)
    assert len(served) == 2, "free again after the first has ended"


def test_where_the_system_has_no_lock_that_is_said(
    home: Home, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(serving, "_serve", lambda *_: None)
    serving.serve(home, load_settings(home))
    assert not caplog.records
    monkeypatch.setattr(sys, "platform", "win32")
    serving.serve(home, load_settings(home))
    assert f"没有锁: 请自己保证 {home.root} 只有一个" in caplog.text
