"""SIGKILL between any two steps: nothing lost, nothing under two idempotency keys.

ZHENGFA_KILLS sets how many (20 in `make test`, 200 in `make soak`).
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
from collections import defaultdict
from pathlib import Path

import pytest

from storage import open_store
from tests.alerts import kills
from tests.alerts.catalogue import sync
from tests.alerts.servers import Got, http_receiver

KILLS = int(os.environ.get("ZHENGFA_KILLS", "20"))
# Steps of a child that has one report and a few messages to see through; beyond them it ends by itself.
STEPS = 65


@pytest.mark.timeout(60 + 5 * KILLS)
def test_killed_anywhere_it_loses_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.alerts.kills"])
    path = str(tmp_path / "zhengfa.db")
    with open_store(path) as store:
        sync(store, kills.BEGAN)
    chance, killed, number = random.Random(20250117), 0, 0  # noqa: S311
    with http_receiver() as server:
        while killed < KILLS:
            killed += _child(context, path, server.url, number, chance.randint(1, STEPS)) == -signal.SIGKILL
            number += 1
            assert number < 3 * KILLS + 10, "children end before they are killed: STEPS is too large"
        for late in range(number, number + 3):
            assert _child(context, path, server.url, late, 0) == 0
            assert _child(context, path, server.url, late, 0) == 0
        got = list(server.got)
    _nothing_lost_nothing_twice(got, number + 3)


def _child(context: multiprocessing.context.ForkServerContext, path: str, url: str, number: int, kill_at: int) -> int:
    child = context.Process(target=kills.work, args=(path, url, number, kill_at))
    child.start()
    child.join()
    code = child.exitcode
    child.close()
    assert code is not None
    return code


def _nothing_lost_nothing_twice(got: list[Got], reports: int) -> None:
    """By idempotency key: each alert under exactly one, and every alert of every report that was published is there."""
    keys = defaultdict(set)
    for message in got:
        for alert in message.json["alerts"]:
            keys[alert["rule"], alert["fingerprint"]].add(message.json["idempotency_key"])
    twice = {alert: under for alert, under in keys.items() if len(under) != 1}
    assert not twice
    # Whichever rule speaks of a figure: it is told once, by the strongest of them.
    figures = {
        (alert["region"], alert["period"])
        for message in got
        for alert in message.json["alerts"]
        if alert["indicator"] == "crime"
    }
    wanted = {(kills.report(number).region, kills.report(number).period) for number in range(reports)}
    assert figures == wanted, "lost"
    print(f"{KILLS} kills, {reports} reports, {len(got)} POSTs: 0 lost, 0 duplicated")  # noqa: T201  the measure
