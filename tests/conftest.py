"""What every test may use: a home of its own, and one Prefect server for the whole run of a worker."""

from __future__ import annotations

import gc
import os
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.home import Home
from flows.orchestration import server as prefect_server

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """An empty ZHENGFA_HOME that this process sees, with loopback allowed and nothing else set."""
    for name in [name for name in os.environ if name.startswith("ZHENGFA_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("ZHENGFA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ZHENGFA_ALLOW_LOOPBACK", "1")
    made = Home.from_environment()
    made.make()
    return made


@pytest.fixture(scope="session")
def prefect_api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Prefect server; tests that run flows share it."""
    folder = Home(tmp_path_factory.mktemp("prefect"))
    os.environ.pop("PREFECT_API_URL", None)
    os.environ.update(prefect_server.environment(folder))
    server = prefect_server.start(folder, prefect_server.free_port())
    os.environ["PREFECT_API_URL"] = server.api_url
    try:
        yield server.api_url
    finally:
        prefect_server.drain()
        os.environ.pop("PREFECT_API_URL", None)
        assert server.process is not None
        prefect_server.stop(server.process)


@pytest.fixture(autouse=True)
def nothing_left_of_prefect(request: pytest.FixtureRequest) -> Iterator[None]:
    """Collect what Prefect left lying, in the test that made it run.

    A flow leaves its websocket to the garbage collector, whose warning would fail whichever test comes next.
    """
    yield
    if request.node.get_closest_marker("prefect"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            gc.collect()
