"""Whoever is killed in the middle leaves a sound record, and whoever comes after goes on from it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from sqlmodel import select

from storage.store import open_store
from storage.tables import Document, EvaluationDue
from storage.verify import verify
from tests.storage.made import NOW, catalogue, edition, figure, record

ROOT = Path(__file__).resolve().parents[2]
COUNT = 60


def work(folder: Path) -> None:
    """Record the same publications, from the first on, and say so after each."""
    with open_store(folder / "record.db") as store:
        for number in range(COUNT):
            given = edition(
                figure("受理案件", "62", 1960 + number, str(1000 + number), change="+5%"),
                figure("审结案件", "62", 1960 + number, "900", indicator="closed"),
                url=f"http://court.example/{number}",
                year=1960 + number,
            )
            record(store, given)
            os.write(1, b"done\n")


def test_killed_at_any_moment(tmp_path: Path) -> None:
    with open_store(tmp_path / "record.db") as store, store.write() as session:
        catalogue(session)
    command = [
        sys.executable,
        "-c",
        f"from pathlib import Path; from tests.storage.test_kill import work; work(Path({str(tmp_path)!r}))",
    ]
    for lines in (1, 7):
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as worker:
            assert worker.stdout is not None
            for _ in range(lines):
                assert worker.stdout.readline() == b"done\n"
            worker.send_signal(signal.SIGKILL)
        with open_store(tmp_path / "record.db") as store:
            # A page may have been kept whose row was not written yet: that is what an orphan is, and it is mended.
            faults = verify(store, repair=True, now=NOW)
            assert {fault.kind for fault in faults} <= {"orphan_snapshot", "leftover"}
            assert verify(store, repair=False, now=NOW) == ()
    work(tmp_path)
    with open_store(tmp_path / "record.db") as store, store.read() as session:
        assert len(session.exec(select(Document)).all()) == COUNT
        assert len(session.exec(select(EvaluationDue)).all()) == COUNT
