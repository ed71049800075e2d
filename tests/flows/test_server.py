"""Finding and naming Prefect servers, and what becomes of one that we do not wait for."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from flows.errors import PrefectServerError
from flows.home import Home
from flows.orchestration import server
from tests.alerts.servers import http_receiver


def test_a_named_server_that_does_not_answer_is_an_error(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", f"http://127.0.0.1:{server.free_port()}/api")
    with pytest.raises(PrefectServerError, match="PREFECT_API_URL") as caught:
        server.find(home)
    assert "去掉 PREFECT_API_URL" in caught.value.hint


def test_a_note_of_a_server_that_is_gone_is_passed_over(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    note = home.prefect / "server.json"
    note.write_text(json.dumps({"api_url": f"http://127.0.0.1:{server.free_port()}/api", "pid": 1}))
    assert server.find(home) is None
    note.write_text("half a no")
    assert server.find(home) is None


def test_something_else_at_the_address_is_no_server(home: Home) -> None:
    with http_receiver() as other:
        assert not server.answers(other.url)


def test_what_prefect_must_not_do_is_in_its_environment(home: Home) -> None:
    environment = server.environment(home)
    assert environment["PREFECT_HOME"] == str(home.prefect)
    assert environment["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert environment["DO_NOT_TRACK"] == "1"


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, SystemExit])
def test_a_server_that_we_were_interrupted_waiting_for_is_ended(
    home: Home, monkeypatch: pytest.MonkeyPatch, interruption: type[BaseException]
) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  as Popen takes them
            super().__init__(*args, **kwargs)
            started.append(self)

    def interrupted(_: str) -> bool:
        raise interruption

    monkeypatch.setattr(subprocess, "Popen", Noted)
    monkeypatch.setattr(server, "answers", interrupted)
    try:
        with pytest.raises(interruption):
            server.start(home, server.free_port())
        assert [process.poll() is None for process in started] == [False]
    finally:
        for process in started:
            server.stop(process)
