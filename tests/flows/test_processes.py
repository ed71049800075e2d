"""The template of the parsing processes is an interpreter of its own: only what a page needs is loaded in it."""

from __future__ import annotations

import asyncio
import gc
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from flows.ingest.pool import ParsingPool
from flows.ingest.processes import Forked

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")

MAIN = """
print("the main module runs", flush=True)
import asyncio, os
from pathlib import Path
from flows.ingest.pool import ParsingPool

async def life():
    async with ParsingPool(1, Path("none")) as pool:
        print(await pool.run(len, "four"))

asyncio.run(life())
"""


T = TypeVar("T")


def asked(work: Callable[[], T]) -> T:
    """What a parsing process says."""

    async def life() -> T:
        async with ParsingPool(1, Path("none"), made_by=Forked(Path("none"))) as pool:
            return await pool.run(work)

    return asyncio.run(life())


def loaded() -> frozenset[str]:
    """The packages that are there."""
    return frozenset(name.partition(".")[0] for name in sys.modules)


def test_the_main_module_is_not_run_again(tmp_path: Path) -> None:
    # Without the usual `if __name__ == "__main__"`: what multiprocessing starts would run it once more.
    (tmp_path / "main.py").write_text(MAIN)
    command = [sys.executable, str(tmp_path / "main.py")]
    root = Path(__file__).parents[2]
    ran = subprocess.run(command, env={"PYTHONPATH": str(root)}, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == ["the main module runs", "4"]


def test_neither_prefect_nor_the_record_is_loaded() -> None:
    packages = asked(loaded)
    assert packages >= {"scrapers", "lxml"}
    assert not packages & {"prefect", "sqlalchemy", "sqlmodel", "typer", "httpx"}


def modules() -> set[str]:
    """Every module that the process has."""
    return set(sys.modules)


def test_what_only_feeds_files_and_outcomes_need_is_not_loaded() -> None:
    there = asked(modules)
    assert "scrapers.pages.reading" in there
    seldom = {"scrapers.discovery.feeds", "scrapers.documents", "scrapers.pages.saved", "scrapers.web.outcomes"}
    assert not there & seldom


def settings() -> tuple[object, bool]:
    """What an interrupt does, and whether cycles are collected."""
    return signal.getsignal(signal.SIGINT), gc.isenabled()


def test_an_interrupt_is_for_who_gave_the_work_and_cycles_are_collected() -> None:
    assert asked(settings) == (signal.SIG_IGN, True)
