"""Values come in the order of their items, whoever made them; a process that dies costs what it was at."""

from __future__ import annotations

import multiprocessing
import os
from functools import partial

import pytest

from storage.workers import worked


def squared(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


def squared_unless(deadly: int, here: int, number: int) -> tuple[int, int]:
    """Ends the process over one number, wherever it is not the one that runs the tests."""
    if number == deadly and os.getpid() != here:
        os._exit(9)
    return squared(number)


def squared_here(here: int, number: int) -> tuple[int, int]:
    """Ends every process but the one that runs the tests."""
    return squared_unless(number, here, number)


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
    # The worker is given the first two before anything is done here.
    pids: set[int] = set()
    found: dict[int, int] = {}
    for item, (value, pid) in worked(partial(squared_unless, 1, os.getpid()), range(200), 2, lost=(-1, 0)):
        found[item] = value
        pids.add(pid)
    assert found == {number: number * number for number in range(200)} | {1: -1}
    # This one, the one that died, the one that came in its place; and none for what was lost.
    assert len(pids - {0}) == 3


def test_where_none_can_begin_this_process_does_it_all() -> None:
    found = dict(worked(partial(squared_here, os.getpid()), range(20), 3, lost=(-1, 0)))
    assert len(found) == 20
    # One for each of the two, and no more.
    assert [item for item, (value, _pid) in found.items() if value == -1] == [0, 1]


def test_one_who_wants_no_more_leaves_no_process() -> None:
    working = worked(squared, range(1000), 3, lost=(-1, 0))
    next(working)
    assert len(multiprocessing.active_children()) == 2
    working.close()
    assert multiprocessing.active_children() == []
