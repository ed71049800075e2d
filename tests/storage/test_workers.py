"""Values come in the order of their items, whoever made them; a process that dies costs what it was at."""

from __future__ import annotations

import multiprocessing
import os
from functools import partial

import pytest

from storage.workers import worked


def squared(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


def squared_unless(deadly: int, here: int, number: int) -> int:
    """Ends the process over one number, wherever it is not the one that runs the tests."""
    if number == deadly and os.getpid() != here:
        os._exit(9)
    return number * number


@pytest.mark.parametrize("processes", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 50])
def test_every_item_once_in_order(processes: int, count: int) -> None:
    found = list(worked(squared, range(count), processes, lost=(-1, 0)))
    assert [(item, value) for item, (value, _pid) in found] == [(number, number * number) for number in range(count)]
    assert multiprocessing.active_children() == []


def test_this_process_works_too() -> None:
    pids = {pid for _, (_, pid) in worked(squared, range(200), 2, lost=(-1, 0))}
    assert os.getpid() in pids
    assert len(pids) == 2


def test_a_process_that_dies_costs_the_item_it_was_at() -> None:
    # The first is the worker's: nothing else is free to be done before it.
    found = dict(worked(partial(squared_unless, 0, os.getpid()), range(20), 2, lost=-1))
    assert found == {0: -1} | {number: number * number for number in range(1, 20)}


def test_one_who_wants_no_more_leaves_no_process() -> None:
    working = worked(squared, range(1000), 3, lost=(-1, 0))
    next(working)
    assert len(multiprocessing.active_children()) == 2
    working.close()
    assert multiprocessing.active_children() == []
