"""Parsing processes that die or hang cost their page, and the next page finds new ones; none outlives the run."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from flows.ingest.pool import ParsingError, ParsingPool
from flows.ingest.processes import Forked, Maker, Spawned

Story = Callable[[ParsingPool], Awaitable[None]]
# Told longer than any machine takes to begin a process, and than a test may take.
PATIENCE = 60.0
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")


@pytest.fixture(params=[pytest.param(Forked, marks=on_linux), Spawned])
def made_by(request: pytest.FixtureRequest, tmp_path: Path) -> Maker:
    made: Maker = request.param(tmp_path)
    return made


def told(made_by: Maker, story: Story, *, processes: int = 1) -> None:
    """A story in the life of a pool."""

    async def life() -> None:
        async with ParsingPool(processes, Path(), limit=PATIENCE, made_by=made_by) as pool:
            await story(pool)

    asyncio.run(life())


def test_a_process_that_dies_costs_its_page_only(made_by: Maker) -> None:
    async def story(pool: ParsingPool) -> None:
        assert await pool.run(len, "four") == 4
        with pytest.raises(ParsingError, match="died"):
            await pool.run(os._exit, 9)
        assert await pool.run(len, "four") == 4

    told(made_by, story)


def test_a_page_that_hangs_is_given_up_and_its_process_is_gone(made_by: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(pool: ParsingPool) -> None:
        pid = await pool.run(os.getpid)
        # Not before: until it is there a process may take its time.
        monkeypatch.setattr(pool, "_limit", 1)
        with pytest.raises(ParsingError, match="longer than"):
            await pool.run(time.sleep, 600)
        await asyncio.to_thread(_until_gone, pid)
        monkeypatch.undo()
        assert await pool.run(os.getpid) != pid

    told(made_by, story)


def test_only_the_page_that_dies_is_lost(made_by: Maker) -> None:
    async def story(pool: ParsingPool) -> None:
        results = await asyncio.gather(
            *(pool.run(os._exit, 9) if number == 3 else pool.run(len, "x" * number) for number in range(8)),
            return_exceptions=True,
        )
        assert [result for result in results if not isinstance(result, ParsingError)] == [0, 1, 2, 4, 5, 6, 7]

    told(made_by, story, processes=2)


def test_what_waited_behind_a_page_that_hangs_is_parsed_by_the_next_process(
    made_by: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(pool: ParsingPool) -> None:
        pid = await pool.run(os.getpid)
        monkeypatch.setattr(pool, "_limit", 1)
        hanging = asyncio.ensure_future(pool.run(time.sleep, 600))
        await asyncio.sleep(0)
        monkeypatch.undo()
        behind = [asyncio.ensure_future(pool.run(os.getpid)) for _ in range(3)]
        with pytest.raises(ParsingError, match="longer than"):
            await hanging
        assert pid not in {await one for one in behind}

    told(made_by, story)


def test_a_run_with_little_to_parse_makes_one_process(made_by: Maker) -> None:
    async def story(pool: ParsingPool) -> None:
        assert len({await pool.run(os.getpid) for _ in range(4)}) == 1
        assert len(set(await asyncio.gather(*(pool.run(_pid_after, 0.2) for _ in range(4))))) == 2

    told(made_by, story, processes=2)


def test_an_error_of_the_work_comes_back_with_where_it_was(made_by: Maker) -> None:
    async def story(pool: ParsingPool) -> None:
        with pytest.raises(ValueError, match="invalid literal") as caught:
            await pool.run(int, "twelve")
        assert "in _answer" in caught.value.__notes__[0]
        assert await pool.run(len, "four") == 4

    told(made_by, story)


def test_what_nobody_waits_for_is_not_the_next_answer(made_by: Maker) -> None:
    async def story(pool: ParsingPool) -> None:
        given_up = asyncio.ensure_future(pool.run(len, "given up"))
        await asyncio.sleep(0)
        given_up.cancel()
        assert await pool.run(len, "four") == 4

    told(made_by, story)


def test_long_calls_and_long_answers_come_whole(made_by: Maker) -> None:
    async def story(pool: ParsingPool) -> None:
        # Longer than any buffer of a socket on the way.
        long = "字" * 3_000_000
        assert await pool.run(str.strip, long) == long

    told(made_by, story)


def test_nothing_is_left_after_the_run(made_by: Maker) -> None:
    pids: list[int] = []

    async def story(pool: ParsingPool) -> None:
        pids.extend(await asyncio.gather(*(pool.run(_pid_after, 0.2) for _ in range(2))))
        # One of the two is at work when the run ends.
        at_work = asyncio.ensure_future(pool.run(time.sleep, 600))
        await asyncio.sleep(0.2)
        at_work.cancel()

    told(made_by, story, processes=2)
    assert len(set(pids)) == 2
    assert not [pid for pid in pids if _lives(pid)]


@on_linux
def test_a_template_that_is_killed_costs_what_was_being_parsed(tmp_path: Path) -> None:
    async def story(pool: ParsingPool) -> None:
        template = await pool.run(os.getppid)
        at_work = [asyncio.ensure_future(pool.run(time.sleep, 600)) for _ in range(2)]
        await asyncio.sleep(0.2)
        os.kill(template, signal.SIGKILL)
        for one in at_work:
            with pytest.raises(ParsingError, match="died"):
                await one
        assert await pool.run(os.getppid) != template

    told(Forked(tmp_path), story, processes=2)


@pytest.mark.skipif(sys.platform == "win32", reason="processes are looked for as on POSIX")
def test_nothing_is_left_when_the_run_is_killed() -> None:
    """Not even a process that hangs over its page; of those that are spawned, one that waits for the next."""
    script = f"""
import asyncio, os, sys, time
from pathlib import Path
from flows.ingest.pool import ParsingPool

async def main():
    async with ParsingPool(2, Path("none")) as pool:
        print(await pool.run(os.getpid), await pool.run(os.getppid), flush=True)
        {"await pool.run(time.sleep, 600)" if sys.platform == "linux" else "await asyncio.sleep(600)"}

if __name__ == "__main__":
    asyncio.run(main())
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        pids = [int(pid) for pid in run.stdout.readline().split()]
        run.kill()
    assert len(pids) == 2
    _until_gone(*(pid for pid in pids if pid != run.pid))


def _pid_after(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def _lives(pid: int) -> bool:
    """Whether a process is there; one that is dead and that nobody has fetched yet is not."""
    stat = Path(f"/proc/{pid}/stat")
    try:
        os.kill(pid, 0)
        return not Path("/proc").exists() or stat.read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def _until_gone(*pids: int) -> None:
    until = time.monotonic() + PATIENCE
    while any(map(_lives, pids)):
        assert time.monotonic() < until, pids
        time.sleep(0.05)
