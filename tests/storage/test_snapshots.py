from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import Damaged, NotFound, Unavailable
from storage.snapshots import Archive, known_snapshots, note_snapshot
from storage.store import Store
from tests.storage.made import NOW


@pytest.fixture(params=["folder", "memory"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Archive:
    """A folder, and another kind of store behind fsspec."""
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


def test_what_is_not_kept(archive: Archive) -> None:
    assert not archive.has("0" * 64)
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

    monkeypatch.setattr(archive._files, "mv", fail)
    monkeypatch.setattr("storage.snapshots.Path.replace", fail)
    with pytest.raises(Unavailable, match="No space"):
        archive.keep(b"page")
    assert list(archive.hashes()) == []
    assert len(archive.leftovers()) == 1


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
