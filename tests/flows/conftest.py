"""The command line in this process, and a home whose record holds fictional reports of two years."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from flows.home import Home
from tests.alerts.servers import HttpReceiver, http_receiver
from tests.replicas.demo import EARLIER, LATER, SITES, DemoReport
from tests.replicas.sites import Story, place_story, render_article, replica


@dataclass(frozen=True)
class Ran:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401  whatever the command printed
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]

    def is_a_mistake(self, says: str, way_out: str = "") -> None:
        """Told in two sentences, with the status that mistakes have."""
        assert self.code == 2
        words = " ".join(self.err.split())
        assert says in words
        assert way_out in words


Zhengfa: TypeAlias = Callable[..., Ran]


@pytest.fixture
def zhengfa(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Zhengfa:
    """`zhengfa("show", "new")` as a user types it, through the console script's own entry."""
    from flows.command.main import main

    def run(*words: str | Path, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["zhengfa", *map(str, words)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capfd.readouterr()
        code: object = 0
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
        sys.stdout.flush()
        said = capfd.readouterr()
        assert "Traceback" not in said.err
        return Ran(int(str(code)), said.out, said.err)

    return run


def page_of(report: DemoReport, published: datetime) -> bytes:
    """A report as a page that somebody saved from the replica site of its kind."""
    place = replica(SITES[report.site].family)
    story = Story(report.title, published, paragraphs=report.paragraphs, number=published.year * 1000)
    address = f"http://www.example.org/{report.site}{place.article_path(story)}"
    mark = f"<!-- saved from url=(0050){address} -->\n".encode()
    return mark + render_article(place.family, place_story(place, story))


def write_cards(folder: Path) -> None:
    """The four fictional sources, switched off."""
    for site in SITES.values():
        (folder / f"{site.id}.toml").write_text(
            f'id = "{site.id}"\nname = "{site.name}"\nregion = "{site.region}"\nbody = "{site.body}"\n'
            f'list_urls = ["http://www.example.org/{site.region}/list.html"]\n',
            encoding="utf-8",
        )


@pytest.fixture(scope="session")
def year() -> int:
    """The year that the newer reports cover."""
    return datetime.now(UTC).year - 1


@pytest.fixture(scope="session")
def archived(tmp_path_factory: pytest.TempPathFactory, year: int) -> Iterator[tuple[Home, HttpReceiver]]:
    """A home made once: reports of an earlier year, then news, whose alerts were sent to a webhook."""
    home = Home(tmp_path_factory.mktemp("archived") / "home")
    with pytest.MonkeyPatch.context() as patch, http_receiver() as hook:
        patch.setenv("ZHENGFA_HOME", str(home.root))
        home.make()
        home.settings_file.write_text(f'[[receivers]]\nname = "desk"\nkind = "webhook"\nurl = "{hook.url}"\n')
        write_cards(home.sources)
        _fill(home, year)
        yield home, hook


@pytest.fixture
def record(home: Home, archived: tuple[Home, HttpReceiver]) -> Home:
    """A copy of that home, for this test alone."""
    shutil.copytree(archived[0].root, home.root, dirs_exist_ok=True)
    return home


@pytest.fixture
def hook(archived: tuple[Home, HttpReceiver]) -> HttpReceiver:
    """The webhook of the record, emptied."""
    archived[1].got.clear()
    return archived[1]


def _fill(home: Home, year: int) -> None:
    from flows.delivery import evaluate_and_route, send_round
    from flows.importing import Importer
    from flows.ingest import parse
    from flows.ingest.cards import load
    from flows.ingest.sync import sync_record
    from flows.settings import load_settings
    from flows.stores import open_record
    from storage.vocabulary import Origin

    settings, now = load_settings(home), datetime.now(UTC)
    cards = {card.id: card for card in load(home)}
    pages = home.root / "pages"
    pages.mkdir()
    with open_record(home, settings) as store:
        sync_record(store, home)
        parse.prepare(home.indicators)
        for covers, reports, age in ((year - 1, EARLIER, 330), (year, LATER, 1)):
            published = now - timedelta(days=age)
            for report in reports:
                file = pages / f"{report.site}-{covers}.html"
                file.write_bytes(page_of(report.of_year(covers), published))
                card = cards[SITES[report.site].id]
                Importer(store, card, now, settings.alert_max_age, origin=Origin.ORDINARY).bring(file)
        evaluate_and_route(store, settings)
        send_round(store, home, settings)
