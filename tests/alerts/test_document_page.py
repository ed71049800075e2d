"""What the briefing link of a message opens: the document, over real HTTP, and as a browser shows it."""

from __future__ import annotations

import logging
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import pytest

from alerts.document_page import document_of
from alerts.link_server import serving
from alerts.messages.links import Links
from alerts.messages.render import Renderer
from alerts.messages.words import Words
from alerts.pages import LinkPages
from alerts.receivers import Secret
from alerts.vocabulary import Language
from storage import Store, open_store
from storage.editions import record_edition
from storage.errors import Unavailable
from storage.handling import find_alert
from storage.vocabulary import AlertState, Standing
from tests.alerts.catalogue import sync
from tests.alerts.clock import HandClock
from tests.alerts.newsroom import Newsroom
from tests.alerts.reports import Report, Stated, edition, record
from tests.alerts.test_dispatcher import desk

LINKS = Links("https://watch.example.org/watch", Secret("key of the house"))
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
HOSTILE = "<script>alert('虚构')</script>"
REPORT = Report(
    date(2025, 1, 17),
    (
        Stated("disputes", "81.27万", "+113%", qualifier="about"),
        Stated("crime", change="-28%", remarks=("为近14年最低",)),
        Stated("received", "3000", subject=f"受理{HOSTILE}案件", status="doubtful"),
    ),
    url="http://127.0.0.1/62/t1.html?a=1&b=2",
    title=f"虚构工作报告{HOSTILE}",
)


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[LinkPages]:
    clock = HandClock(datetime(2025, 1, 17, 2, 0, tzinfo=UTC))
    with open_store(tmp_path / "zhengfa.db") as store:
        sync(store, clock())
        Newsroom(store, clock, desk(clock)).publish(REPORT)
        yield LinkPages(store, LINKS, clock)


@pytest.fixture
def base(pages: LinkPages) -> Iterator[str]:
    with serving(pages, "127.0.0.1", 0) as address:
        yield address


def get(address: str) -> httpx.Response:
    return httpx.get(address, trust_env=False)


def test_the_link_of_a_message_opens_its_document(pages: LinkPages, base: str) -> None:
    with pages.store.read() as session:
        link = LINKS.briefing(find_alert(session, "1"))
    path = link.removeprefix("https://watch.example.org")
    answer = get(base + path)
    assert answer.status_code == 200, "a proxy may hand on its own path"
    assert answer.text == get(base + path.removeprefix("/watch")).text
    for words in (
        "62committee",
        "甘肃政法",
        "2025-01-17",
        'href="http://127.0.0.1/62/t1.html?a=1&amp;b=2"',
        "约81.27万件",
        "同比 +113%",
        "<mark>81.27万件</mark>",
        "<mark>同比-28%</mark>",
        "甘肃 · 政法委",
        "采用",
        "待复核",
        "甘肃 2024 · 公安 · 刑事案件立案数 同比 -28%(为近14年最低)",
        "大幅 · 报告称同比 +113%",
        'name="robots" content="noindex"',
    ):
        assert words in answer.text, words
    assert answer.headers["X-Robots-Tag"].startswith("noindex")


def test_a_figure_is_told_as_the_report_words_it(pages: LinkPages) -> None:
    figures = (Stated("disputes", "3000", "-30%", change_qualifier="under"),)
    report = replace(REPORT, url="http://127.0.0.1/62/t2.html", title="虚构", region="63", figures=figures)
    found = record(pages.store, report)
    html = pages.show(f"/documents/{found.document_id}.html").html
    assert "同比下降近30%" in html


def test_a_figure_without_an_indicator_is_named_in_the_reports_own_words(pages: LinkPages) -> None:
    report = replace(REPORT, url="http://127.0.0.1/62/t3.html", title="虚构", region="63")
    record(pages.store, report)
    given = edition(replace(report, reader="2"))
    bare = replace(given.observations[0], subject="虚构调处纠纷", indicator=None)
    with pages.store.write() as session:
        found = record_edition(session, replace(given, observations=(bare,)), now=REPORT.now)
    assert "<td>虚构调处纠纷</td>" in pages.show(f"/documents/{found.document_id}.html").html


def test_what_a_page_wrote_is_text(base: str) -> None:
    html = get(f"{base}/documents/1.html").text
    assert "<script" not in html
    assert "虚构工作报告&lt;script&gt;" in html
    assert "受理&lt;script&gt;" in html


def test_it_reads_only_and_nobody_can_act_from_it(pages: LinkPages, base: str) -> None:
    address = f"{base}/documents/1.html"
    html = get(address).text
    assert not re.search(r"/a/(ack|silence)/", html)
    assert "<form" not in html
    assert httpx.head(address, trust_env=False).status_code == 200
    assert httpx.head(address, trust_env=False).content == b""
    assert httpx.post(address, data={"owner": "x"}, trust_env=False).status_code == 404
    with pages.store.read() as session:
        assert find_alert(session, "1").state is AlertState.PENDING


@pytest.mark.parametrize(
    "path",
    [
        "/documents/2.html",
        "/documents/999999999.html",
        "/documents/9999999999999999999999.html",
        "/documents/0.html",
        "/documents/1",
        "/documents/1.html/",
        "/documents/../1.html",
        "/documents/%EF%BC%91.html",
        "/documents/1.html%00",
    ],
)
def test_there_is_no_other_page(base: str, path: str) -> None:
    answer = httpx.get(httpx.URL(base).copy_with(raw_path=path.encode()), trust_env=False)
    assert answer.status_code == 404
    assert "没有这个" in answer.text


def test_an_original_that_is_no_web_address_is_no_link(pages: LinkPages) -> None:
    for number, url in enumerate(("javascript:alert(1)", "ftp://x.example/1", "http://[1/"), start=2):
        figures = (Stated("disputes", f"{number}000"),)
        report = replace(REPORT, url=url, title=f"虚构{number}", region="63", kind="article", figures=figures)
        found = record(pages.store, report)
        html = pages.show(f"/documents/{found.document_id}.html").html
        assert "href=" not in html
        assert f"虚构{number}" in html
        assert "没有由此文件触发的警报" in html


def test_english_by_setting(pages: LinkPages) -> None:
    html = replace(pages, language=Language.EN).show("/documents/1.html").html
    for words in (
        "Open the original",
        "about 812,700 件",
        "+113% year on year",
        "held for review",
        'lang="en"',
        "Gansu · police",
    ):
        assert words in html, words
    html = replace(pages, language=Language.EN).show("/documents/7.html").html
    assert "The record holds no document of this number." in html


@pytest.mark.parametrize("language", Language)
def test_every_standing_has_its_words(language: Language) -> None:
    assert all(Words(language).has(f"standing.{standing}") for standing in Standing)


def test_a_database_that_is_away_is_told(pages: LinkPages, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_: Store) -> None:
        raise Unavailable("the database cannot be reached")

    monkeypatch.setattr(Store, "read", away)
    assert pages.show("/documents/1.html").status == 503


def test_what_goes_wrong_is_logged(pages: LinkPages, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "document.html.j2").write_text("{{ nothing.of.this }}")
    broken = replace(pages, renderer=Renderer(tmp_path))
    with serving(broken, "127.0.0.1", 0) as address, pytest.raises(httpx.RemoteProtocolError):
        get(f"{address}/documents/1.html")
    assert "document.html.j2" in caplog.text
    assert [one.levelno for one in caplog.records if one.name == "alerts.link_server"] == [logging.ERROR]


def test_the_log_names_the_document(base: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="alerts.link_server")
    get(f"{base}/documents/1.html")
    assert "GET document 1: 200" in caplog.text


def test_only_its_own_addresses_name_a_document() -> None:
    assert document_of("/watch/documents/12.html") == 12
    assert document_of("/documents/012.html") is None
    assert document_of("/a/ack/0/0/0") is None


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="NO BROWSER: chromium is not installed, nobody looked at the page")
@pytest.mark.parametrize("width", [390, 1280])
def test_it_fits_a_phone_and_a_desk(base: str, width: int) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": width, "height": 844})
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{base}/documents/1.html")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, "no sideways scrolling"
        assert page.locator("tbody").count() == 3
        assert page.locator("mark").first.is_visible()
        if folder := os.environ.get("ZHENGFA_SCREENSHOTS"):
            page.screenshot(path=f"{folder}/document-{width}.png", full_page=True)
        browser.close()
    assert said == []
