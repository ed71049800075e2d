"""Every test that takes `store` runs on SQLite and on a real PostgreSQL; where that is impossible it says so, loudly."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from importlib import import_module
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


@pytest.fixture(scope="session")
def bucket() -> Iterator[str]:
    """A bucket of an S3 server on loopback; where moto or s3fs are not installed the tests of it say so, loudly."""
    try:
        moto, s3fs = import_module("moto.server"), import_module("s3fs")
    except ImportError as reason:
        print(f"\n*** NOT TESTED ON S3: {reason}", file=sys.__stderr__)
        pytest.skip(f"NOT TESTED ON S3: {reason}")
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"):
            patch.setenv(name, "us-east-1" if name.endswith("REGION") else "testing")
        s3fs.S3FileSystem.clear_instance_cache()
        s3fs.S3FileSystem().mkdir("zhengfa")
        yield "s3://zhengfa"
        s3fs.S3FileSystem.clear_instance_cache()
    server.stop()
