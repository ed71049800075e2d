"""What evaluating a run costs as the record grows, and how long a morning of 31 provinces takes.

    python -m bench.alerts            a table
    python -m bench.alerts --json     `history_growth_100x`, `storm_seconds`, `storm_messages` and the times behind them

history_growth_100x   evaluating the same 12 new reports with 1,200 reports of history (20 years, 80 months) against 12;
                      the record is filled before the clock starts, both are evaluated in turn, best of several
storm_seconds         31 provinces × 7 bodies: from figures recorded to everything handed to one receiver on loopback

Uses the fictional reports of the tests; nothing leaves the loopback.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from alerts.dispatcher import Desk, deliver_once
from alerts.evaluation import evaluate_due
from alerts.receivers import Directory
from alerts.routing import route_pending
from storage import open_store
from tests.alerts.catalogue import PROVINCES, sync
from tests.alerts.channels.senders import receiver
from tests.alerts.clock import HandClock
from tests.alerts.reports import Report, Stated, record
from tests.alerts.servers import http_receiver

BODIES = ("committee", "court", "procuratorate", "police", "justice", "congress", "press")
YEARS, MONTHS = 20, 80
# Enough for every figure to have the eight peers that rules compare with.
SOME = list(PROVINCES)[:12]
TURNS = 5
_NOW = datetime(2025, 1, 17, 2, 0, tzinfo=UTC)


def _figures(code: str, period: int) -> tuple[Stated, ...]:
    # The new reports (period 0) lie in the middle of what was before: both records raise the same alerts, so that
    # what differs is history alone.
    swing = (int(code) * 7 + period * 13) % 19 if period else 9
    return (
        Stated("crime", str(9000 + 37 * swing), f"-{1 + swing}%"),
        Stated("public_order", str(20000 - 91 * swing), f"+{1 + swing / 2}%"),
        Stated("disputes", f"{60 + swing}.27万", f"+{3 + swing}%"),
        Stated("received", f"{50 + swing / 10}万"),
        Stated("closed", f"{48 + swing / 10}万"),
        Stated("in_time", f"{94 + swing / 10}", "+0.3pp"),
        Stated("prosecuted", str(33000 + 11 * swing), "+2%"),
        Stated("lectures", "5000", "+300%"),
    )


def _history(years: int, months: int) -> Iterator[Report]:
    for code in SOME:
        for back in range(1, years + 1):
            year = 2024 - back
            yield _report(code, str(year), date(year + 1, 1, 20), back, "work_report")
        for back in range(months):
            year, month = 2024 - back // 12, 12 - back % 12
            published = date(year + month // 12, month % 12 + 1, 10)
            yield _report(code, f"{year}-{month:02}", published, back + 1, "periodic_data")


def _report(code: str, period: str, published: date, number: int, kind: str) -> Report:
    return Report(
        published,
        _figures(code, number),
        region=code,
        source=f"{code}-zfw",
        period=period,
        kind=kind,
        url=f"http://127.0.0.1/{code}/{kind}/{period}",
        origin="backfill",
        seen=_NOW.date(),
    )


def _filled(folder: Path, name: str, years: int, months: int) -> Path:
    """A record with history evaluated, and one new report a province that is due."""
    path = folder / f"{name}.db"
    with open_store(path) as store:
        sync(store, _NOW)
        for report in _history(years, months):
            record(store, report)
        evaluate_due(store, clock=lambda: _NOW)
        for code in SOME:
            record(store, Report(date(2025, 1, 17), _figures(code, 0), region=code, source=f"{code}-zfw"))
    return path


def _evaluation_seconds(path: Path) -> tuple[float, int]:
    """Evaluating what is due in a copy, once all is imported and the file is read; and how many alerts that raised."""
    copy = path.with_suffix(".copy.db")
    shutil.copy(path, copy)
    with open_store(copy, upgrade=False) as store:
        with store.read() as session:
            session.connection()
        began = time.process_time()
        done = evaluate_due(store, clock=lambda: _NOW)
        spent = time.process_time() - began
    assert done.editions == len(SOME), done
    copy.unlink()
    return spent, sum(done.alerts.values())


def growth(folder: Path) -> dict[str, float]:
    """Both records, evaluated in turn."""
    small, large = _filled(folder, "small", 1, 0), _filled(folder, "large", YEARS, MONTHS)
    times: dict[Path, list[float]] = {small: [], large: []}
    alerts: dict[Path, int] = {}
    for _ in range(TURNS):
        for path, spent in times.items():
            seconds, alerts[path] = _evaluation_seconds(path)
            spent.append(seconds)
    assert alerts[small] == alerts[large], f"not the same work: {alerts}"
    one, hundred = min(times[small]), min(times[large])
    return {"evaluate_1x_seconds": one, "evaluate_100x_seconds": hundred, "history_growth_100x": hundred / one}


def storm(folder: Path) -> dict[str, float]:
    """31 provinces × 7 bodies on one morning to one receiver with a group interval."""
    clock = HandClock(_NOW)
    with open_store(folder / "storm.db") as store, http_receiver() as server:
        sync(store, _NOW)
        for code in PROVINCES:
            for body in BODIES:
                figures = (Stated("crime", change=f"-{25 + int(code) % 9}%"), Stated("received", "62万", "+1%"))
                record(store, Report(date(2025, 1, 17), figures, region=code, body=body, source=f"{code}-zfw"))
        desk = Desk(
            directory=Directory.of([receiver(name="desk", kind="webhook", url=server.url, group_interval="30m")]),
            clock=clock,
        )
        began = time.perf_counter()
        evaluate_due(store, clock=clock)
        route_pending(store, desk.directory, clock=clock)
        deliver_once(store, desk)
        spent = time.perf_counter() - began
        told = {alert["fingerprint"] for got in server.got for alert in got.json["alerts"]}
        assert len(told) == len(PROVINCES), len(told)
        return {"storm_seconds": spent, "storm_messages": float(len(server.got))}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        figures = growth(Path(name)) | storm(Path(name))
    if options.json:
        print(json.dumps(figures))
        return
    for key, value in figures.items():
        print(f"{key:24} {value:.3f}")


if __name__ == "__main__":
    main()
