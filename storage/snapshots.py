"""The archive: bytes exactly as received, once, under their SHA-256, compressed; kept before anything is parsed.

    <root>/ab/abcd…ef.z           zlib; the root is a folder or any fsspec address (s3://bucket/prefix)
    <root>/ab/cd/abcd…ef.z        where the first archives have it: found there, written there no more

A file is written under a temporary name and moved into place, so that a half-written one is never found under a hash.
Object stores write a whole object or none. S3 and its like need the package by which fsspec speaks to them (s3fs),
which finds keys and endpoint where their own tools do (AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL …).
"""

from __future__ import annotations

import hashlib
import os
import sys
import uuid
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import fsspec
from fsspec.implementations.local import LocalFileSystem
from sqlalchemy import select
from sqlmodel import Session, col

from storage.bulk import insert_missing
from storage.errors import Damaged, NotFound, Unavailable
from storage.packing import pack_page
from storage.tables import Snapshot

SUFFIX = ".z"
# Where the system knows text files (Windows), this is none; no file of Python's goes to other programs (PEP 446).
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
# Stores that put a whole object or none: no temporary name, and no folder to make (which would make a bucket).
OBJECT_STORES = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "oss", "obs", "cos"})


@dataclass(frozen=True, slots=True)
class Kept:
    """What the archive now holds."""

    sha256: str
    size: int
    stored_size: int
    new: bool


class Archive:
    """Snapshots in a folder (`local`) or an S3-compatible store.

    Raises Unavailable where nothing here speaks to that kind.
    """

    def __init__(self, root: str) -> None:
        self.root = root
        try:
            self._files, self._base = fsspec.core.url_to_fs(root)
        except (ImportError, ValueError) as error:
            raise Unavailable(f"snapshots cannot lie at {root}: {error}") from error
        self.local = isinstance(self._files, LocalFileSystem)

    def keep(self, data: bytes) -> Kept:
        """Keep `data` (again: nothing happens). Raises Unavailable where the archive cannot be written."""
        sha256 = hashlib.sha256(data).hexdigest()
        with self._reached("written"):
            if (stored := self._stored(sha256)) is not None:
                return Kept(sha256, len(data), stored, new=False)
            packed = pack_page(data)
            self._put(self._places(sha256)[0], packed)
        return Kept(sha256, len(data), len(packed), new=True)

    def load(self, sha256: str) -> bytes:
        """The bytes, verified.

        Raises NotFound where they are not kept, Damaged where they are not what was stored, Unavailable where the
        archive does not answer.
        """
        with self._reached("read"):
            packed = self._packed(sha256)
        try:
            data = zlib.decompress(packed)
        except zlib.error as error:
            raise Damaged(f"snapshot {sha256} cannot be unpacked; run zhengfa verify") from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise Damaged(f"snapshot {sha256} holds other bytes than were stored; run zhengfa verify")
        return data

    def has(self, sha256: str) -> bool:
        """Whether a file for it is there (its bytes are not looked at). Raises Unavailable as `load` does."""
        with self._reached("read"):
            return self._stored(sha256) is not None

    def stored_size(self, sha256: str) -> int:
        """How many bytes the archive spends on it. Raises NotFound and Unavailable as `load` does."""
        with self._reached("read"):
            stored = self._stored(sha256)
        if stored is None:
            raise self._not_kept(sha256)
        return stored

    def hashes(self) -> Iterator[str]:
        """Every hash that a file is kept under, in order."""
        names = {path.rpartition("/")[2] for path in self._found()}
        yield from sorted(name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX))

    def leftovers(self) -> list[str]:
        """Half-written files that an interrupted `keep` left."""
        return [path for path in self._found() if path.endswith(".part")]

    def remove(self, path: str) -> None:
        """Remove a leftover."""
        self._files.rm_file(path)

    def _found(self) -> list[str]:
        with self._reached("listed"):
            # Stores behind a network remember what they listed; others may have written since.
            self._files.invalidate_cache()
            return list(self._files.find(self._base))

    @contextmanager
    def _reached(self, done: str) -> Iterator[None]:
        """Turn what the file system or its network says into Unavailable; S3's client has errors of its own kind."""
        client = sys.modules.get("botocore.exceptions")
        errors = (OSError,) if client is None else (OSError, client.BotoCoreError, client.ClientError)
        try:
            yield
        except errors as error:
            raise Unavailable(f"the archive {self.root} cannot be {done}: {error}") from error

    @property
    def _protocols(self) -> tuple[str, ...]:
        found = self._files.protocol
        return (found,) if isinstance(found, str) else tuple(found)

    def _packed(self, sha256: str) -> bytes:
        for path in self._places(sha256):
            try:
                return bytes(self._files.cat_file(path))
            except FileNotFoundError:
                continue
        raise self._not_kept(sha256)

    def _stored(self, sha256: str) -> int | None:
        """The size of its file, None where there is none."""
        for path in self._places(sha256):
            try:
                return os.stat(path).st_size if self.local else int(self._files.size(path))  # noqa: PTH116 - as `_write`
            except FileNotFoundError:
                continue
        return None

    def _not_kept(self, sha256: str) -> NotFound:
        return NotFound(f"snapshot {sha256} is not in the archive {self.root}")

    def _put(self, path: str, packed: bytes) -> None:
        """A folder is written to directly: the general way costs more than packing the page."""
        temporary = f"{path}.{uuid.uuid4().hex}.part"
        if self.local:
            _write(temporary, packed)
            os.replace(temporary, path)  # noqa: PTH105 - as `_write`
            return
        if OBJECT_STORES.intersection(self._protocols):
            self._files.pipe_file(path, packed)
            return
        self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
        self._files.pipe_file(temporary, packed)
        self._files.mv(temporary, path)

    def _places(self, sha256: str) -> tuple[str, str]:
        """Where its file goes, and where an older archive has it.

        With 65,536 folders nearly every page of a young archive would make one, which costs more than writing the page
        and 4 KB of the disk. An object store is asked twice for what is new; there, a page is a rare thing.
        """
        file = f"{sha256}{SUFFIX}"
        return f"{self._base}/{sha256[:2]}/{file}", f"{self._base}/{sha256[:2]}/{sha256[2:4]}/{file}"


def _write(path: str, packed: bytes) -> None:
    """A new file in a folder that may not be there yet. The system's own calls: a fifth less than `write_bytes`."""
    try:
        file = os.open(path, _NEW_FILE, 0o666)
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, _NEW_FILE, 0o666)
    try:
        left = memoryview(packed)
        while left:
            left = left[os.write(file, left) :]
    finally:
        os.close(file)


def note_snapshot(session: Session, kept: Kept, *, media_type: str, now: datetime) -> None:
    """Write the row of a snapshot that the archive holds; again: nothing happens."""
    row = {
        "sha256": kept.sha256,
        "size": kept.size,
        "stored_size": kept.stored_size,
        "media_type": media_type,
        "kept_at": now,
    }
    insert_missing(session, Snapshot, [row], ["sha256"])


def known_snapshots(session: Session) -> Iterator[str]:
    """Every hash that has a row, in order."""
    yield from session.scalars(select(col(Snapshot.sha256)).order_by(col(Snapshot.sha256)))
