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
