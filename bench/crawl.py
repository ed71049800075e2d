"""The crawl's speed and memory beside Scrapy's, on the same site on loopback, in fresh processes that take turns.

    python -m bench.crawl            a table
    python -m bench.crawl --json     one JSON object; `ratios` holds article_vs_scrapy, job_vs_scrapy, memory_10x

    fetch      our client alone: polite, guarded, judged, decoded
    article    fetch + decode + article, parsed in two processes
    job        all of it: lists, snapshots, articles, reading, figures stored in SQLite (without Prefect and sending)
    scrapy     fetch + parse with the families' own selectors (peer_scrapy.py, needs `make bench-peers`)
    second     the job again, nothing having changed: what is asked for, and how much of it is sent

The site (crawl_site.py) is a process of its own: pages of 40 KB, three page systems, a fifth in GBK. Peak memory
counts the crawling process and its largest child; CPU is of all of them, start included, and hardly cares who else is
running. The clock starts after the imports, for Scrapy and for us; what follows (processes, a new database, the
catalogue's tables) is counted. Where the time goes: parsing and reading, writing, then httpx; see `seconds_per_page`.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import json
import multiprocessing
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.crawl_site import SITES, path_of

if TYPE_CHECKING:
    from flows.ingest.report import SourceTally
    from scrapers.web.client import Client

ROOT = Path(__file__).resolve().parent.parent
PEER_PYTHON = ROOT / ".venv-bench" / "bin" / "python"
PEER = Path(__file__).with_name("peer_scrapy.py")
AT_ONCE = 16
PARSERS = 2
# Ten times the pages of the other measurements: what grows with their number shows.
MANY = 10
REGIONS = ("11", "12", "13", "14", "15", "21", "22", "23", "31", "32")


def _client() -> Client:
    from scrapers.web.client import Client, ClientSettings
    from scrapers.web.request import Pace

    return Client(ClientSettings(allow_loopback=True, pace=Pace(gap=0, jitter=0, parallel=AT_ONCE)))


async def _each(pages: int, work: Callable[[int], Awaitable[None]]) -> None:
    """Runs `work` for every number, so many at a time; memory does not grow with the number of pages."""
    numbers = iter(range(pages))

    async def worker() -> None:
        for number in numbers:
            await work(number)

    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(worker())


async def fetch(port: int, pages: int) -> dict[str, int]:
    """The client alone."""
    from scrapers.web.outcomes import Page
    from scrapers.web.request import Request

    got = {"pages": 0, "characters": 0}
    async with _client() as client:

        async def one(number: int) -> None:
            url = f"http://127.0.0.1:{port}{path_of(number)}"
            outcome = await client.fetch(Request(url=url, hosts=frozenset({"127.0.0.1"})))
            assert isinstance(outcome, Page), outcome
            got["pages"] += 1
            got["characters"] += len(outcome.text or "")

        await _each(pages, one)
    return got


async def article(port: int, pages: int) -> dict[str, int]:
    """Fetch, decode, and the article in a pool of processes."""
    from scrapers.pages import Article, parse_article
    from scrapers.web.outcomes import Page
    from scrapers.web.request import Request

    got = {"pages": 0, "characters": 0}
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(PARSERS, multiprocessing.get_context("spawn")) as pool:
        async with _client() as client:

            async def one(number: int) -> None:
                url = f"http://127.0.0.1:{port}{path_of(number)}"
                outcome = await client.fetch(Request(url=url, hosts=frozenset({"127.0.0.1"})))
                assert isinstance(outcome, Page), outcome
                found = await loop.run_in_executor(pool, parse_article, outcome.text or "", outcome.final_url)
                assert isinstance(found, Article), found
                got["pages"] += 1
                got["characters"] += len(found.text)

            await _each(pages, one)
    return got


async def job(port: int, _pages: int) -> dict[str, int]:
    """The flow's own functions, from list pages to stored figures."""
    from flows.home import Home
    from flows.ingest import cards
    from flows.ingest.job import opened
    from flows.ingest.source import ingest_source
    from flows.ingest.sync import sync_record
    from flows.settings import load_settings
    from scrapers.sources.card import SourceCard
    from storage import runs

    home = Home.from_environment()
    _write_cards(home.sources, port)
    settings = load_settings(home)
    async with opened(home, settings) as tools:
        await asyncio.to_thread(sync_record, tools.store, home)
        run_id = await tools.write(runs.start_run, kind="ingest", now=tools.now, name="bench")
        gate = asyncio.Semaphore(settings.sources_at_once)

        async def source(card: SourceCard) -> SourceTally:
            async with gate:
                return await ingest_source(tools, card, run_id)

        tallies = await asyncio.gather(*map(source, cards.chosen(home, _ids())))
    return {
        "pages": sum(tally.new for tally in tallies),
        "unchanged": sum(tally.unchanged for tally in tallies),
        "figures": sum(tally.figures for tally in tallies),
    }


def _ids() -> list[str]:
    return [f"99-bench-{site}" for site in range(SITES)]


def _write_cards(folder: Path, port: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for site, name in enumerate(_ids()):
        url = f"http://127.0.0.1:{port}/{site}/list.html"
        region = REGIONS[site]
        card = f'id = "{name}"\nname = "虚构站点{site}"\nregion = "{region}"\nbody = "法院"\nlist_urls = ["{url}"]\n'
        (folder / f"{name}.toml").write_text(card, encoding="utf-8")


PROGRAMS: dict[str, Callable[[int, int], Coroutine[None, None, dict[str, int]]]] = {
    "fetch": fetch,
    "article": article,
    "job": job,
}


# The clock starts when these are there, as the peer's does after `import scrapy`; their CPU is counted.
IMPORTED = {
    "fetch": ("scrapers.web.client",),
    "article": ("scrapers.web.client", "scrapers.pages"),
    "job": ("flows.ingest.source", "flows.ingest.sync"),
}


def work(program: str, port: int, pages: int) -> None:
    """One measurement in this process, as JSON on standard output."""
    for module in IMPORTED[program]:
        importlib.import_module(module)
    start = time.perf_counter()
    got = asyncio.run(PROGRAMS[program](port, pages))
    seconds = time.perf_counter() - start
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    own, children = (one.ru_utime + one.ru_stime for one in usage)
    peak = sum(one.ru_maxrss for one in usage)
    print(json.dumps({"seconds": seconds, "cpu": own + children, "cpu_own": own, "peak_kb": peak, **got}))


@contextmanager
def _site(pages: int) -> Iterator[int]:
    command = [sys.executable, "-m", "bench.crawl_site", str(pages)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as site:
        assert site.stdin is not None
        assert site.stdout is not None
        try:
            yield int(json.loads(site.stdout.readline())["port"])
        finally:
            site.stdin.close()
            site.wait(30)


def _ask(command: list[str], home: str, **more: str) -> dict[str, float]:
    environment = {**os.environ, "ZHENGFA_HOME": home, "ZHENGFA_ALLOW_LOOPBACK": "1", **more}
    # As it is installed: with its bytecode, which the first run leaves to the others.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr[-4000:]}")
    answer: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


def _run(program: str, port: int, pages: int, homes: str) -> dict[str, float]:
    if program == "scrapy":
        command = [str(PEER_PYTHON), str(PEER), str(port), str(pages), str(SITES)]
    else:
        command = [sys.executable, "-m", "bench.crawl", "--program", program, str(port), str(pages)]
    answer = _ask(command, tempfile.mkdtemp(dir=homes))
    if answer["pages"] != pages:
        raise SystemExit(f"{program} brought home {answer['pages']} of {pages} pages")
    return answer


def second_run(pages: int) -> dict[str, dict[str, int]]:
    """What the job asks for when it runs again and nothing has changed: with nothing due, with every article due."""
    found = {}
    with _site(pages) as port, tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "bench.crawl", "--program", "job", str(port), str(pages)]
        for name, every in (("first", "1d"), ("nothing_due", "1d"), ("all_due", "0s")):
            _ask(command, home, ZHENGFA_REVISIT_EVERY=every)
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/log") as answer:
                found[name] = json.load(answer)
    return found


def measure(pages: int, rounds: int, programs: list[str], *, memory: bool = True) -> dict[str, object]:
    """Every program in turn, `rounds` times; medians and ratios."""
    # What a run left is removed after the last: an ext4 without a journal goes around the files that were removed in
    # the last minutes, one by one, and each round would pay for the one before (a tenth of the job).
    with tempfile.TemporaryDirectory() as homes:
        return _measured(pages, rounds, programs, homes, memory=memory)


def _measured(pages: int, rounds: int, programs: list[str], homes: str, *, memory: bool) -> dict[str, object]:
    taken: dict[str, list[dict[str, float]]] = {name: [] for name in programs}
    with _site(pages) as port:
        for _ in range(rounds):
            for name in programs:
                taken[name].append(_run(name, port, pages, homes))
    seconds = {name: _median(found, "seconds") for name, found in taken.items()}
    peak = {name: _median(found, "peak_kb") for name, found in taken.items()}
    grown = None
    if memory and "article" in programs:
        with _site(MANY * pages) as port:
            grown = _run("article", port, MANY * pages, homes)["peak_kb"] / peak["article"]
    peer = seconds.get("scrapy")

    def ratio(name: str) -> float | None:
        return round(peer / seconds[name], 2) if peer and name in seconds else None

    return {
        "pages": pages,
        "rounds": rounds,
        "pages_per_second": {name: round(pages / one, 1) for name, one in seconds.items()},
        "seconds_per_page": {name: round(one / pages, 5) for name, one in seconds.items()},
        "cpu_ms_per_page": {name: round(_median(found, "cpu") / pages * 1000, 2) for name, found in taken.items()},
        "cpu_ms_of_the_main_process": {
            name: round(_median(found, "cpu_own") / pages * 1000, 2)
            for name, found in taken.items()
            if name != "scrapy"
        },
        "spread": {name: _spread(found) for name, found in taken.items()},
        "peak_mb": {name: round(one / 1024) for name, one in peak.items()},
        "figures": int(taken["job"][0]["figures"]) if taken.get("job") else None,
        "second_run": second_run(min(pages, 200)) if "job" in programs else None,
        "ratios": {
            "article_vs_scrapy": ratio("article"),
            "job_vs_scrapy": ratio("job"),
            "memory_10x": round(grown, 3) if grown else None,
        },
    }


def _median(found: list[dict[str, float]], what: str) -> float:
    return statistics.median(one[what] for one in found)


def _spread(found: list[dict[str, float]]) -> float:
    """How far apart the slowest and the fastest run were, as a factor: what the machine did meanwhile."""
    return round(max(one["seconds"] for one in found) / min(one["seconds"] for one in found), 2)


def _table(result: dict[str, Any]) -> None:
    print(f"{result['pages']} pages, median of {result['rounds']}")
    for name, speed in result["pages_per_second"].items():
        cpu, memory, spread = (result[key][name] for key in ("cpu_ms_per_page", "peak_mb", "spread"))
        print(f"  {name:10} {speed:9.1f} pages/s {cpu:8.2f} ms of CPU a page {memory:6} MB, spread {spread}")
    for name, requests in (result["second_run"] or {}).items():
        print(f"  {name:12} {requests}")
    for name, ratio in result["ratios"].items():
        print(f"  {name:18} {ratio}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of the table")
    parser.add_argument("--pages", type=int, default=1000, help="how many article pages")
    parser.add_argument("--rounds", type=int, default=5, help="measurements of each program")
    parser.add_argument("--only", nargs="+", choices=[*PROGRAMS, "scrapy"], help="just these programs")
    parser.add_argument("--no-memory", action="store_true", help="without the run of ten times the pages")
    parser.add_argument("--program", choices=PROGRAMS, help=argparse.SUPPRESS)
    parser.add_argument("numbers", nargs="*", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.program:
        work(arguments.program, *arguments.numbers)
        return
    programs = arguments.only or [*PROGRAMS, *(["scrapy"] if PEER_PYTHON.exists() else [])]
    result = measure(arguments.pages, arguments.rounds, programs, memory=not arguments.no_memory)
    if arguments.json:
        print(json.dumps(result, ensure_ascii=False))
    else:
        _table(result)


if __name__ == "__main__":
    main()
