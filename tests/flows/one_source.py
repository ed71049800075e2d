"""One source on a server of its own, run through the job itself; its articles and lists (all fictional, 虚构)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from flows.home import Home
from flows.ingest.cards import chosen
from flows.ingest.job import opened
from flows.ingest.report import SourceTally
from flows.ingest.source import ingest_source
from flows.ingest.sync import sync_record
from flows.settings import load_settings
from storage import runs
from storage.catalogue import regions
from storage.facts import RegionFacts
from storage.runs import SourceRunFacts
from tests.replicas.reply import Reply
from tests.replicas.server import ReplicaServer
from tests.replicas.sites import Story, place_story, render_article, replica

TODAY = datetime.now(UTC)
ID = "62-fictional"


def story(number: int, title: str = "虚构省法院工作报告", days: int = 1) -> Story:
    """A report of its own number, published so many days ago."""
    text = (
        f"【虚构】全省法院受理案件{number + 10}.4万件,同比上升{number % 9 + 1}.3%。",
        "诉前调解成功41.5万件,同比上升6.4%。",
    )
    return Story(f"{title}{number}", TODAY - timedelta(days=days), paragraphs=text, number=number)


@dataclass
class Source:
    """One source on a server of its own, and its card."""

    home: Home
    server: ReplicaServer
    keys: list[str] = field(default_factory=list)
    id: str = ID

    def card(self, *lines: str) -> None:
        """Write the card: what every one says, and `lines`; `{site}` in them is the server's address."""
        self.keys = [
            f'id = "{self.id}"',
            'name = "虚构法院"',
            'region = "62"',
            'body = "法院"',
            "enabled = true",
            *lines,
        ]
        text = "\n".join(self.keys).replace("{site}", self.server.url(""))
        (self.home.sources / f"{self.id}.toml").write_text(text + "\n", encoding="utf-8")

    def put(self, *stories: Story) -> list[str]:
        """Serve articles; gives their paths."""
        place = replica("trs_wcm")
        for one in stories:
            self.server.put(
                place.article_path(one), Reply(render_article("trs_wcm", place_story(place, one))).with_etag()
            )
        return [place.article_path(one) for one in stories]

    def run(self, since: date | None = None, times: int = 1) -> SourceTally:
        """The source's part of so many runs; the last one's counts, and the requests of that one alone."""
        for _ in range(times):
            self.server.requests.clear()
            tally = asyncio.run(self._run(since))
        return tally

    async def _run(self, since: date | None) -> SourceTally:
        async with opened(self.home, load_settings(self.home), since=since) as job:
            await asyncio.to_thread(sync_record, job.store, self.home)
            (card,) = chosen(self.home, [self.id])
            return await ingest_source(job, card, await job.write(runs.start_run, kind="ingest", now=job.now))

    def history(self) -> tuple[SourceRunFacts, ...]:
        async def asked() -> tuple[SourceRunFacts, ...]:
            async with opened(self.home, load_settings(self.home)) as job:
                return await job.write(runs.source_history, self.id)

        return asyncio.run(asked())

    def regions(self) -> dict[str, RegionFacts]:
        async def asked() -> dict[str, RegionFacts]:
            async with opened(self.home, load_settings(self.home)) as job:
                return await job.write(regions)

        return asyncio.run(asked())

    @property
    def asked(self) -> list[str]:
        """The paths of the last run, robots.txt aside."""
        return [request.path for request in self.server.requests if request.path != "/robots.txt"]

    @property
    def answered(self) -> dict[str, int]:
        """With which status the last run's paths were answered."""
        return {request.path: request.answered for request in self.server.requests}


def rows(*items: tuple[str, Story]) -> str:
    return "".join(
        f'<li><a href="{path}">{one.title}</a><span>{one.published:%Y-%m-%d}</span></li>' for path, one in items
    )


def list_page(*items: tuple[str, Story], more: str = "", mark: str = "") -> Reply:
    text = (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>工作报告</title></head><body><div class="{mark}">'
        f'<ul class="list">{rows(*items)}</ul></div>{more}<p>{"虚构栏目说明。" * 60}</p></body></html>'
    )
    return Reply.page(text)
