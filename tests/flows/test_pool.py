"""Parsing processes that die or hang cost their page, and the next page finds new ones."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

import pytest

from flows.ingest.pool import ParsingError, ParsingPool


def test_a_process_that_dies_costs_its_page_only(tmp_path: Path) -> None:
    async def story(pool: ParsingPool) -> None:
        assert await pool.run(len, "four") == 4
        with pytest.raises(ParsingError, match="died"):
            await pool.run(os._exit, 9)
        assert await pool.run(len, "four") == 4

    with ParsingPool(1, tmp_path) as pool:
        asyncio.run(story(pool))


def test_a_page_that_hangs_is_given_up(tmp_path: Path) -> None:
    async def story(pool: ParsingPool) -> None:
        with pytest.raises(ParsingError, match="longer than"):
            await pool.run(time.sleep, 600)

    began = time.monotonic()
    with ParsingPool(1, tmp_path, limit=1) as pool:
        asyncio.run(story(pool))
    assert time.monotonic() - began < 60


def test_only_the_page_that_dies_is_lost(tmp_path: Path) -> None:
    async def story(pool: ParsingPool) -> None:
        results = await asyncio.gather(
            *(pool.run(os._exit, 9) if number == 3 else pool.run(len, "x" * number) for number in range(8)),
            return_exceptions=True,
        )
        assert [result for result in results if not isinstance(result, ParsingError)] == [0, 1, 2, 4, 5, 6, 7]

    with ParsingPool(2, tmp_path) as pool:
        asyncio.run(story(pool))


def test_an_error_of_the_work_comes_back_with_where_it_was(tmp_path: Path) -> None:
    async def story(pool: ParsingPool) -> None:
        with pytest.raises(ValueError, match="invalid literal") as caught:
            await pool.run(int, "twelve")
        assert "in _answer" in caught.value.__notes__[0]
        assert await pool.run(len, "four") == 4

    with ParsingPool(1, tmp_path) as pool:
        asyncio.run(story(pool))


def test_what_nobody_waits_for_is_not_the_next_answer(tmp_path: Path) -> None:
    async def story(pool: ParsingPool) -> None:
        given_up = asyncio.ensure_future(pool.run(len, "given up"))
        await asyncio.sleep(0)
        given_up.cancel()
        assert await pool.run(len, "four") == 4

    with ParsingPool(1, tmp_path) as pool:
        asyncio.run(story(pool))
