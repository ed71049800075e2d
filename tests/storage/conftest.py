"""Every test that takes `store` runs on SQLite and on a real PostgreSQL; where that is impossible it says so, loudly."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from storage.store import Store, open_store
from tests.storage.postgres import NoPostgres, Postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with ExitStack() as stack:
        try:
            server = stack.enter_context(Postgres())
        except NoPostgres as reason:
            print(f"\n*** NOT TESTED ON POSTGRESQL: {reason}", file=sys.__stderr__)
            pytest.skip(f"NOT TESTED ON POSTGRESQL: {reason}")
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> str:
    name = postgres.create()
    open_store(postgres.url(name), snapshots=str(tmp_path_factory.mktemp("template"))).close()
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "empty.db"
    open_store(file).close()
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a record that is made and empty."""
    if request.param == "sqlite":
        file = tmp_path / "zhengfa.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        yield str(file)
        return
    template = request.getfixturevalue("postgres_template")
    server: Postgres = request.getfixturevalue("postgres")
    name = server.create(template=template)
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def store(where: str, tmp_path: Path) -> Iterator[Store]:
    with open_store(where, snapshots=str(tmp_path / "snapshots")) as opened:
        yield opened
