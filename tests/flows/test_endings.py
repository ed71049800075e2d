"""However a command ends, the Prefect server that it started ends with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from flows import endings
from flows.home import Home
from flows.orchestration.server import free_port
from tests.flows.one_source import Source
from tests.replicas.reply import Raw
from tests.replicas.server import ReplicaServer

pytestmark = [
    pytest.mark.prefect,
    pytest.mark.xdist_group("prefect"),
    pytest.mark.timeout(400),
    pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="servers are looked for in /proc"),
]

ZHENGFA = Path(sys.executable).with_name("zhengfa")
# A slow machine with a fresh home needs 40 s for a server.
PATIENCE = 120.0
ENDS_WITHIN = 30.0


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """One home for all: when its Prefect server has made its tables once, the next start takes seconds."""
    return Home(tmp_path_factory.mktemp("endings") / "home")


@pytest.fixture
def stalling(served: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReplicaServer]:
    """A site whose list never comes, and a home that asks for it."""
    home = served
    for name in [name for name in os.environ if name.startswith(("ZHENGFA_", "PREFECT_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("ZHENGFA_HOME", str(home.root))
    monkeypatch.setenv("ZHENGFA_ALLOW_LOOPBACK", "1")
    home.make()
    with ReplicaServer() as site:
        site.put("/list.html", Raw((600.0,)))
        Source(home, site).card('list_urls = ["{site}/list.html"]')
        yield site


def servers(home: Home) -> list[int]:
    """The Prefect servers of a home that live."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command, environment = (folder / "cmdline").read_bytes(), (folder / "environ").read_bytes()
        except OSError:
            continue
        if b"server\0start" in command and f"PREFECT_HOME={home.prefect}\0".encode() in environment:
            found.append(int(folder.name))
    return found


def waited_for(what: str, condition: Callable[[], object], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.1)


def ended(home: Home, until: Callable[[], object], signals: Sequence[signal.Signals], *words: str) -> tuple[int, str]:
    """The status and the output of a command that is sent these signals when its server is there and `until` holds."""
    log = home.root / "command.log"
    with log.open("wb") as output:
        process = subprocess.Popen([ZHENGFA, *words], stdout=output, stderr=subprocess.STDOUT)
    try:
        waited_for("a server", lambda: servers(home), PATIENCE)
        waited_for("the moment", until, PATIENCE)
        for sign in signals:
            process.send_signal(sign)
            time.sleep(0.3)
        code = process.wait(ENDS_WITHIN)
        waited_for("the server's end", lambda: not servers(home), ENDS_WITHIN)
    finally:
        process.kill()
        for pid in servers(home):
            os.kill(pid, signal.SIGKILL)
    said = log.read_text()
    assert "Traceback" not in said
    return code, said


@pytest.mark.parametrize(
    ("during", "signals", "codes"),
    [
        ("start", [signal.SIGTERM], {143}),
        ("start", [signal.SIGKILL], {-signal.SIGKILL}),
        ("run", [signal.SIGTERM], {143}),
        ("run", [signal.SIGHUP], {129}),
        # The second may come when everything is over but the process.
        ("run", [signal.SIGINT, signal.SIGINT], {130, -signal.SIGINT}),
        ("run", [signal.SIGKILL], {-signal.SIGKILL}),
    ],
)
def test_a_run_that_is_ended_leaves_no_server(
    served: Home, stalling: ReplicaServer, during: str, signals: list[signal.Signals], codes: set[int]
) -> None:
    def until() -> object:
        return during == "start" or stalling.asked("/list.html")

    code, said = ended(served, until, signals, "ingest")
    assert code in codes, said
    assert signal.SIGKILL in signals or "已中断" in said


@pytest.mark.usefixtures("stalling")
@pytest.mark.parametrize("sign", [signal.SIGHUP, signal.SIGKILL])
def test_a_serve_that_is_ended_leaves_no_server(served: Home, sign: signal.Signals) -> None:
    note = served.prefect / "server.json"
    note.unlink(missing_ok=True)
    code, said = ended(served, note.exists, [sign], "serve", "--port", str(free_port()))
    assert code in {0, 128 + sign, -signal.SIGKILL}, said


def test_what_is_dropped_half_way_complains_to_nobody() -> None:
    program = """
import os, signal
from flows import endings
class Half:
    def __del__(self):
        raise ValueError("half closed")
with endings.heeded():
    half = Half()
    os.kill(os.getpid(), signal.SIGTERM)
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)
    assert (ran.returncode, ran.stderr) == (143, "")


def test_a_command_under_nohup_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    assert signal.SIGHUP in endings.signals()
    monkeypatch.setattr(signal, "getsignal", lambda _: signal.SIG_IGN)
    assert endings.signals() == (signal.SIGTERM,)
