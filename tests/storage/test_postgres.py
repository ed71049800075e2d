"""The server that every other test runs on, from both places it may come from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tests.storage.postgres import NoPostgres, Postgres, debian_binaries, wheel_binaries


@pytest.mark.parametrize("find", [debian_binaries, wheel_binaries])
def test_a_server_comes_up_and_leaves_nothing(find: Callable[[], Path | None]) -> None:
    binaries = find()
    if binaries is None:
        pytest.skip(f"{find.__name__}: not here")
    with Postgres(binaries) as server:
        name = server.create()
        with psycopg.connect(server.url(name)) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        server.drop(name)
        process, folder = server.process, server.folder
    assert process is not None
    assert process.poll() is not None
    assert not folder.exists()


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    binaries = tmp_path / "postgresql" / "bin"
    binaries.mkdir(parents=True)
    for name in ("initdb", "postgres"):
        program = binaries / name
        program.write_text("#!/bin/sh\necho no room for this\nexit 1\n")
        program.chmod(0o755)
    with pytest.raises(NoPostgres, match="no room"), Postgres(binaries):
        pass
