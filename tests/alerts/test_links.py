"""What a signed link opens and does: over real HTTP, and in a real browser where there is one."""

from __future__ import annotations

import http.client
import logging
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from alerts.link_server import serving
from alerts.messages.links import Link, Links
from alerts.pages import LinkPages
from alerts.receivers import Secret
from alerts.routing import route_pending
from alerts.vocabulary import Language
from storage import Store, open_store
from storage.handling import active_silences, end_silence, find_alert, why
from storage.vocabulary import AlertState
from tests.alerts.catalogue import sync
from tests.alerts.channels.senders import receiver
from tests.alerts.clock import HandClock
from tests.alerts.newsroom import Newsroom
from tests.alerts.test_dispatcher import desk, raise_breakages
from tests.alerts.test_whole_way import REVIEW

LINKS = Links("https://watch.example.org/watch/", Secret("key of the house"))
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


@dataclass
class House:
    """A record with one alert that was told, and its pages on loopback."""

    room: Newsroom
    base: str
    pages: LinkPages

    @property
    def fingerprint(self) -> str:
        with self.room.store.read() as session:
            return find_alert(session, "2").fingerprint

    def path(self, action: str = "ack") -> str:
        make = LINKS.acknowledge if action == "ack" else LINKS.silence
        return make(self.fingerprint, self.room.clock()).removeprefix("https://watch.example.org/watch")

    def get(self, path: str) -> httpx.Response:
        return httpx.get(self.base + path, trust_env=False)

    def post(self, path: str, **fields: str) -> httpx.Response:
        return httpx.post(self.base + path, data=fields, trust_env=False)

    def acknowledged(self) -> list[tuple[str, str, datetime]]:
        with self.room.store.read() as session:
            return [(row.owner, row.note, row.until) for row in why(session, 2).acknowledgements]

    def silenced(self) -> list[tuple[dict[str, str], str, str]]:
        with self.room.store.read() as session:
            return [(row.matchers, row.owner, row.note) for row in active_silences(session, now=self.room.clock())]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    clock = HandClock(datetime(2025, 1, 17, 2, 0, tzinfo=UTC))
    with open_store(tmp_path / "zhengfa.db") as store:
        sync(store, clock())
        room = Newsroom(store, clock, desk(clock))
        room.publish(REVIEW)
        pages = LinkPages(store, LINKS, clock)
        with serving(pages, "127.0.0.1", 0) as base:
            yield House(room, base, pages)


def test_opening_says_what_will_be_done_and_does_nothing(house: House) -> None:
    for _ in range(3):
        shown = house.get(house.path())
        assert shown.status_code == 200
    assert house.get("/watch" + house.path()).status_code == 200, "a proxy may hand on its own path"
    assert httpx.head(house.base + house.path(), trust_env=False).status_code == 200
    for words in (
        "签收警报",
        "甘肃 2024 · 公安 · 刑事案件立案数 同比 -28%(为近14年最低)",
        "打开本页不会做任何改动",
        "确认签收",
    ):
        assert words in shown.text
    assert "刑事案件立案数”的警报" in house.get(house.path("silence")).text
    assert house.acknowledged() == []
    assert house.silenced() == []


def test_pressing_the_button_acts_once_however_often_it_is_sent(house: House) -> None:
    path = house.path()
    first = house.post(path, owner="  李 编辑 ", note="在核实", days="3")
    assert first.status_code == 200
    assert "已签收:由 李 编辑 办理,至 2025-01-20 10:00(北京时间)" in first.text
    house.room.clock.advance(hours=1)
    again = house.post(path, owner="王", note="", days="30")
    assert again.text == first.text, "the same result"
    assert house.get(path).text == first.text
    assert house.acknowledged() == [("李 编辑", "在核实", datetime(2025, 1, 20, 2, 0, tzinfo=UTC))]


def test_two_at_once_act_once(house: House) -> None:
    path = house.path()
    threads = [threading.Thread(target=house.post, args=(path,), kwargs={"owner": f"o{n}"}) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(house.acknowledged()) == 1


def test_a_silence_by_link_mutes_the_indicator_in_its_province(house: House) -> None:
    path = house.path("silence")
    done = house.post(path, owner="李", note="两会", days="7")
    assert "zhengfa alerts unsilence 1" in done.text
    assert house.silenced() == [({"indicator": "crime", "region": "62"}, "李", "两会")]
    with house.room.store.write() as session:
        end_silence(session, 1, now=house.room.clock())
    house.room.clock.advance(minutes=1)
    assert "此期限已过" in house.post(path, owner="李").text, "a link that was used does not mute again"
    assert house.silenced() == []


@pytest.mark.parametrize(
    ("spoil", "status", "says"),
    [
        (lambda path: path[:-1] + ("0" if path[-1] != "0" else "1"), 403, "链接无效"),
        (lambda path: path.replace("/ack/", "/silence/"), 403, "链接无效"),
        (lambda path: re.sub(r"/(\d{10})/", lambda m: f"/{int(m[1]) + 1}/", path), 403, "链接无效"),
        (lambda path: re.sub(r"/ack/[0-9a-f]{16}", "/ack/" + "0" * 16, path), 403, "链接无效"),
        (lambda path: path[:-3], 404, "没有这个页面"),
        (lambda _: "/", 404, "没有这个页面"),
        (lambda _: "/a/ack/../../etc/passwd", 404, "没有这个页面"),
        (lambda _: LINKS.acknowledge("f" * 16, datetime(2025, 1, 17, tzinfo=UTC))[len(LINKS.base) - 1 :], 404, "没有这条警报"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_no_good_link_is_told_and_does_nothing(
    house: House, spoil: object, status: int, says: str, method: str
) -> None:
    assert callable(spoil)
    path = str(spoil(house.path()))
    answer = house.get(path) if method == "get" else house.post(path, owner="x")
    assert answer.status_code == status
    assert says in answer.text
    assert house.acknowledged() == []
    assert house.silenced() == []


def test_an_expired_link_says_so_and_how_else(house: House) -> None:
    path = house.path()
    house.room.clock.advance(days=7, seconds=1)
    for answer in (house.get(path), house.post(path, owner="李")):
        assert answer.status_code == 410
        assert "此链接到 2025-01-24 10:00(北京时间) 为止有效" in answer.text
        assert f"zhengfa alerts ack {house.fingerprint[:8]}" in answer.text
    assert house.acknowledged() == []


def test_without_a_name_nothing_is_done(house: House) -> None:
    for fields in ({"owner": "   ", "note": "<b>在核实</b>", "days": "30"}, {"note": "x"}, {}):
        answer = house.post(house.path(), **fields)
        assert answer.status_code == (400 if fields else 415), "an empty form has no type"
    answer = house.post(house.path(), owner=" ", note="<b>在核实</b>", days="30")
    assert "请填写姓名" in answer.text
    assert "&lt;b&gt;在核实&lt;/b&gt;" in answer.text, "what was typed stays, as text"
    assert '<option value="30" selected>' in answer.text
    assert house.acknowledged() == []


def test_another_key_signs_other_links(house: House) -> None:
    other = Links(LINKS.base, Secret("key of another house"))
    path = other.acknowledge(house.fingerprint, house.room.clock()).removeprefix("https://watch.example.org/watch")
    assert house.get(path).status_code == 403
    assert Links("https://x.example.org").acknowledge("f" * 16, house.room.clock()) == ""
    link = Link.read(house.path())
    assert link is not None
    assert Links().standing(link, house.room.clock()) == "forged", "without a key nothing is ours"


def test_the_page_may_not_be_embedded_cached_or_indexed_and_loads_nothing(house: House) -> None:
    headers = house.get(house.path()).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"].startswith("noindex")
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"Content-Type": "application/x-www-form-urlencoded", "Content-Length": "9000"}, b"", 413),
        ({"Content-Type": "application/x-www-form-urlencoded", "Content-Length": "9" * 30}, b"", 413),
        ({"Content-Type": "application/x-www-form-urlencoded", "Content-Length": "-1"}, b"", 411),
        ({"Content-Type": "application/json", "Content-Length": "2"}, b"{}", 415),
        (
            {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": "99"},
            b"&".join(b"a=1" for _ in range(25)),
            400,
        ),
    ],
)
def test_odd_requests_are_refused(house: House, headers: dict[str, str], body: bytes, status: int) -> None:
    connection = http.client.HTTPConnection(house.base.removeprefix("http://"), timeout=5)
    connection.putrequest("POST", house.path())
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders(body)
    assert connection.getresponse().status == status
    connection.close()
    assert house.acknowledged() == []


def test_visitors_who_say_nothing_do_not_keep_others_out(house: House) -> None:
    host, port = house.base.removeprefix("http://").split(":")
    idle = [socket.create_connection((host, int(port))) for _ in range(8)]
    assert house.get(house.path()).status_code == 200
    for one in idle:
        one.close()


def test_the_log_never_holds_a_signature(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="alerts.link_server")
    path = house.path()
    house.post(path, owner="李")
    house.get(path[:-1])
    assert f"POST ack {house.fingerprint}: 200" in caplog.text
    assert "GET no link: 404" in caplog.text
    assert path.rsplit("/", 1)[1] not in caplog.text


def test_operators_alerts_have_links_too(store: Store, clock: HandClock) -> None:
    raise_breakages(store, clock, "a")
    with store.read() as session:
        alert = find_alert(session, "1")
    pages = LinkPages(store, LINKS, clock)
    path = LINKS.silence(alert.fingerprint, clock())
    assert "这一条的警报" in pages.show(path).html
    pages.act(path, {"owner": "li"})
    with store.read() as session:
        assert active_silences(session, now=clock())[0].matchers == {"fingerprint": alert.fingerprint}
    hook = receiver(name="ops", kind="webhook", url="http://127.0.0.1:1/", audience="operator")
    route_pending(store, desk(clock, hook).directory, clock=clock)
    with store.read() as session:
        assert find_alert(session, "1").state is AlertState.SILENCED


def test_english_by_setting(house: House) -> None:
    pages = replace(house.pages, language=Language.EN)
    html = pages.show(house.path()).html
    assert "Opening this page changes nothing" in html
    assert "in Gansu" in pages.show(house.path("silence")).html
    assert "Acknowledged by Li until 2025-01-24 10:00 (Beijing time)." in pages.act(house.path(), {"owner": "Li"}).html


@pytest.mark.browser
@pytest.mark.skipif(
    CHROMIUM is None, reason="NO BROWSER: chromium is not installed, the page was not pressed by anyone"
)
def test_a_phone_presses_the_button(house: House) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 390, "height": 844}, locale="zh-CN")
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(house.base + house.path())
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, "no sideways scrolling"
        page.click("button")
        assert page.url.endswith(house.path()), "the browser itself asks for the name"
        assert house.acknowledged() == []
        page.fill("#owner", "李")
        page.select_option("#days", "1")
        page.fill("#note", "在核实")
        page.click("button")
        assert "已签收" in page.inner_text("h1")
        page.reload()
        assert "已签收:由 李 办理,至 2025-01-18 10:00" in page.inner_text("main")
        browser.close()
    assert said == []
    assert house.acknowledged() == [("李", "在核实", house.room.clock() + timedelta(days=1))]
