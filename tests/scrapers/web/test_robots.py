"""robots.txt: once a day and origin; its absence allows, its failure forbids."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from scrapers.web.client import Client
from scrapers.web.outcomes import Blocked, Outcome, Page, Refused, RefusedBy, Unreachable
from scrapers.web.robots import FolderRobots, MemoryRobots, RobotsText
from tests.replicas import faults
from tests.replicas.reply import Behaviour, Reply
from tests.replicas.server import ReplicaServer
from tests.scrapers.web.conftest import SETTINGS, Asker, StillClock

GOOD = Reply.page("<html><head><title>通报</title></head><body><p>虚构。</p></body></html>")


def rules(*lines: str) -> Reply:
    return Reply("\n".join(lines).encode(), content_type="text/plain")


def test_what_it_forbids_is_refused_and_the_rest_is_not(ask: Asker) -> None:
    ask.server.put("/robots.txt", rules("User-agent: *", "Disallow: /private/", "# 中文注释"))
    ask.server.put("/*", GOOD)
    no, yes = ask.outcomes(ask.request("/private/a.html"), ask.request("/a.html"))
    assert isinstance(no, Refused)
    assert no.by is RefusedBy.ROBOTS
    assert no.attempts == 0
    assert isinstance(yes, Page)
    assert [request.path for request in ask.server.requests] == ["/robots.txt", "/a.html"]


def test_rules_for_our_name_go_before_those_for_all(ask: Asker) -> None:
    ask.server.put("/robots.txt", rules("User-agent: *", "Disallow:", "", "User-agent: zhengfa-watch", "Disallow: /"))
    ask.server.put("/a.html", GOOD)
    assert isinstance(ask.outcome("/a.html"), Refused)


@pytest.mark.parametrize(
    "absent",
    [
        Reply(status=404),
        Reply(b"<html><body>no such page</body></html>"),
        Reply(status=403),
        Reply(b"", content_type="text/plain"),
        faults.redirect("http://elsewhere.example/robots.txt"),
    ],
    ids=["404", "page", "403", "empty", "elsewhere"],
)
def test_its_absence_allows(ask: Asker, absent: Behaviour) -> None:
    ask.server.put("/robots.txt", absent)
    ask.server.put("/a.html", GOOD)
    assert isinstance(ask.outcome("/a.html"), Page)


@pytest.mark.parametrize(
    ("failure", "kind"),
    [(faults.server_error(), Unreachable), (faults.script_412(), Blocked), (faults.script_200(), Blocked)],
    ids=["502", "412", "challenge"],
)
def test_its_failure_forbids_and_is_no_refusal(ask: Asker, failure: Behaviour, kind: type) -> None:
    ask.server.put("/robots.txt", failure)
    ask.server.put("/*", GOOD)
    outcomes = ask.outcomes(ask.request("/a.html"), ask.request("/b.html"))
    assert [type(outcome) for outcome in outcomes] == [kind, kind]
    assert "robots.txt" in outcomes[0].detail
    assert {request.path for request in ask.server.requests} == {"/robots.txt"}
    # Backed off for robots.txt alone, never for the pages that were not asked for.
    assert len(ask.clock.slept) == (SETTINGS.tries - 1 if kind is Unreachable else 0)
    asked = len(ask.server.requests)
    assert asked == (SETTINGS.tries if kind is Unreachable else 1)


def test_it_is_asked_for_once_a_day_even_by_several_runs(server: ReplicaServer, clock: StillClock) -> None:
    server.put("/*", GOOD)
    server.put("/robots.txt", rules("User-agent: *", "Disallow: /private/"))
    store = MemoryRobots()
    asker = Asker(server, clock)

    async def run() -> list[Outcome]:
        async with Client(SETTINGS, clock=clock, robots=store) as client:
            return await asyncio.gather(*(client.fetch(asker.request(path)) for path in ("/a", "/b", "/private/c")))

    for hours in (0, 12, 11):
        clock.moment += timedelta(hours=hours)
        assert [type(outcome) for outcome in asyncio.run(run())] == [Page, Page, Refused]
    assert len(server.asked("/robots.txt")) == 1
    clock.moment += timedelta(hours=2)
    asyncio.run(run())
    assert len(server.asked("/robots.txt")) == 2


def test_a_folder_keeps_it_for_the_next_process(ask: Asker, tmp_path: Path) -> None:
    folder = FolderRobots(tmp_path / "robots")
    for text in ("User-agent: *\n# 中文\nDisallow:", None):
        kept = RobotsText(text, ask.clock.moment)
        asyncio.run(folder.save("https://www.example.gov.cn", kept))
        assert asyncio.run(FolderRobots(tmp_path / "robots").load("https://www.example.gov.cn")) == kept
    assert asyncio.run(folder.load("https://other.example.gov.cn")) is None
    (file,) = folder.folder.iterdir()
    file.write_text("{broken", encoding="utf-8")
    assert asyncio.run(folder.load("https://www.example.gov.cn")) is None


def test_its_crawl_delay_makes_us_slower(ask: Asker) -> None:
    ask.server.put("/robots.txt", rules("User-agent: *", "Crawl-delay: 7"))
    ask.server.put("/*", GOOD)
    started = ask.clock.moment
    ask.outcomes(*(ask.request(f"/{number}") for number in range(3)))
    assert timedelta(seconds=14) <= ask.clock.moment - started < timedelta(seconds=21)
