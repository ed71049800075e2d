from __future__ import annotations

import hashlib
import os
import uuid
import zlib
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import Damaged, NotFound, Unavailable
from storage.snapshots import Archive, known_snapshots, note_snapshot
from storage.store import Store
from storage.verify import verify
from tests.storage.made import NOW, catalogue, edition, figure, record


@pytest.fixture(params=["folder", "memory", "s3"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Archive:
    """A folder, another kind of store behind fsspec, and an S3 server on loopback."""
    if request.param == "s3":
        return Archive(f"{request.getfixturevalue('bucket')}/{tmp_path.name}")
    return Archive(str(tmp_path / "kept") if request.param == "folder" else f"memory://{tmp_path.name}/kept")


def test_bytes_come_back_exactly(archive: Archive) -> None:
    data = bytes(range(256)) * 100
    kept = archive.keep(data)
    assert archive.load(kept.sha256) == data
    assert (kept.size, kept.new) == (25600, True)
    assert kept.stored_size < kept.size
    assert archive.stored_size(kept.sha256) == kept.stored_size


def test_the_same_bytes_are_kept_once(archive: Archive) -> None:
    assert archive.keep(b"page").new
    assert not archive.keep(b"page").new
    assert len(list(archive.hashes())) == 1


def test_what_an_older_archive_keeps_two_folders_deep_is_found_and_not_kept_again(archive: Archive) -> None:
    sha256 = hashlib.sha256(b"page").hexdigest()
    folder = f"{archive._base}/{sha256[:2]}/{sha256[2:4]}"
    archive._files.makedirs(folder, exist_ok=True)
    archive._files.pipe_file(f"{folder}/{sha256}.z", packed := zlib.compress(b"page"))
    assert (archive.has(sha256), archive.load(sha256), archive.stored_size(sha256)) == (True, b"page", len(packed))
    assert not archive.keep(b"page").new
    another = archive.keep(b"another").sha256
    assert list(archive.hashes()) == sorted([sha256, another])


def test_what_is_not_kept(archive: Archive) -> None:
    assert not archive.has("0" * 64)
    with pytest.raises(NotFound):
        archive.stored_size("0" * 64)
    with pytest.raises(NotFound):
        archive.load("0" * 64)


def test_bytes_are_verified_on_reading(tmp_path: Path) -> None:
    archive = Archive(str(tmp_path))
    kept = archive.keep(b"page")
    file = next(tmp_path.rglob("*.z"))
    file.write_bytes(zlib.compress(b"another page"))
    with pytest.raises(Damaged, match="other bytes"):
        archive.load(kept.sha256)


def test_nothing_half_written_is_found(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("No space left on device")

    # An object store is handed the whole; elsewhere what was written is moved into place.
    whole = archive.root.startswith("s3:")
    monkeypatch.setattr(archive._files, "pipe_file" if whole else "mv", fail)
    monkeypatch.setattr("storage.snapshots.os.replace", fail)
    with pytest.raises(Unavailable, match="No space"):
        archive.keep(b"page")
    assert list(archive.hashes()) == []
    assert len(archive.leftovers()) == (0 if whole else 1)


def test_a_file_is_written_to_its_end_where_the_system_takes_it_in_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr("storage.snapshots.os.write", lambda file, left: write(file, left[:3]))
    archive = Archive(str(tmp_path))
    kept = archive.keep(b"a page of more than three bytes")
    assert archive.load(kept.sha256) == b"a page of more than three bytes"


def test_a_snapshot_is_noted_once(store: Store) -> None:
    kept = store.archive.keep(b"page")
    for _ in range(2):
        with store.write() as session:
            note_snapshot(session, kept, media_type="text/html", now=NOW)
    with store.read() as session:
        assert list(known_snapshots(session)) == [kept.sha256]


@given(st.binary(max_size=2000))
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    archive = Archive("memory://any/kept")
    assert archive.load(archive.keep(data).sha256) == data


def test_what_nobody_here_can_reach_is_said_at_once() -> None:
    with pytest.raises(Unavailable, match="snapshots cannot lie at nowhere://"):
        Archive("nowhere://bucket/prefix")


def test_a_record_with_its_snapshots_in_s3_is_verified(store: Store, bucket: str) -> None:
    archive = Archive(f"{bucket}/{uuid.uuid4().hex}")
    remote = Store(store.engine, archive)
    with remote.write() as session:
        catalogue(session)
    record(remote, edition(figure("受理案件", "62", 2024, "812700")))
    assert verify(remote, repair=False, now=NOW) == ()
    [kept] = archive.hashes()
    # Written and removed by others, behind this archive's back.
    other = Archive(archive.root)
    orphan = other.keep(b"nobody wrote a row for this")
    other._files.pipe_file(f"{other._base}/half.part", b"half")
    assert {(fault.kind, fault.repaired) for fault in verify(remote, repair=True, now=NOW)} == {
        ("orphan_snapshot", True),
        ("leftover", True),
    }
    assert verify(remote, repair=False, now=NOW) == ()
    other._files.pipe_file(other._places(orphan.sha256)[0], zlib.compress(b"other bytes"))
    other._files.rm_file(other._places(kept)[0])
    faults = verify(remote, repair=True, now=NOW)
    assert {(fault.kind, fault.subject, fault.repaired) for fault in faults} == {
        ("missing_snapshot", kept, False),
        ("damaged_snapshot", orphan.sha256, False),
    }


def test_a_store_that_does_not_answer_is_unavailable(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    s3fs = import_module("s3fs")
    s3fs.S3FileSystem.clear_instance_cache()
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    archive = Archive(f"{bucket}/away")
    try:
        for asked in (lambda: archive.keep(b"page"), lambda: archive.load("0" * 64), lambda: list(archive.hashes())):
            with pytest.raises(Unavailable, match="cannot be"):
                asked()
    finally:
        s3fs.S3FileSystem.clear_instance_cache()


def test_there_is_no_such_bucket(bucket: str) -> None:
    with pytest.raises(Unavailable, match="cannot be written"):
        Archive("s3://no-such-bucket-here/kept").keep(b"page")
