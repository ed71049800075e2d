"""Every row of the outcome table, asked of a real server over a real connection."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from scrapers.web.client import Client
from scrapers.web.decoding import EncodingFrom
from scrapers.web.outcomes import (
    Blocked,
    BlockSign,
    Missing,
    Moved,
    NotModified,
    Page,
    Refused,
    RefusedBy,
    Throttled,
    TimedOut,
    TooLarge,
    Truncated,
    Undecodable,
    Unreachable,
    WrongType,
)
from scrapers.web.request import ClientSettings, Expect, Pace, Request
from tests.replicas import faults
from tests.replicas.reply import Behaviour, Cut, Received, Reply
from tests.replicas.server import ReplicaServer
from tests.scrapers.web.conftest import SETTINGS, Asker, StillClock

ARTICLE = (
    "<!DOCTYPE html><html><head><title>某省高级人民法院工作报告（虚构）</title></head><body><div class='TRS_Editor'>"
    + "<p>全年受理各类案件812700件,同比增长113%。</p>" * 12
    + "</div></body></html>"
)
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 8


def test_a_good_page_is_a_page_with_text_encoding_and_validators(ask: Asker) -> None:
    ask.server.put("/a.html", Reply.page(ARTICLE, "gbk"))
    page = ask.outcome("/a.html", encoding="gb2312", landmarks=("TRS_Editor",))
    assert isinstance(page, Page)
    assert page.text == ARTICLE
    assert page.content == ARTICLE.encode("gbk")
    assert page.encoding is not None
    assert (page.encoding.name, page.encoding.found) == ("gb18030", EncodingFrom.CARD)
    assert page.etag
    assert (page.status, page.attempts, page.final_url) == (200, 1, ask.server.url("/a.html"))
    assert page.fetched_at == ask.clock.moment
    assert page.kind == "page"


def test_what_we_hold_is_asked_for_conditionally_and_not_sent_again(ask: Asker) -> None:
    ask.server.put("/a.html", Reply.page(ARTICLE))
    page = ask.outcome("/a.html")
    assert isinstance(page, Page)
    again = ask.outcome("/a.html", etag=page.etag, last_modified=page.last_modified)
    assert isinstance(again, NotModified)
    assert again.etag == page.etag
    asked = ask.server.asked("/a.html")[-1]
    assert asked.headers["if-none-match"] == page.etag
    ask.server.put("/a.html", Reply.page(ARTICLE.replace("812700", "812701")))
    assert isinstance(ask.outcome("/a.html", etag=page.etag), Page)


def test_last_modified_alone_is_enough_to_ask_with(ask: Asker) -> None:
    changed = datetime(2026, 1, 19, tzinfo=UTC)
    ask.server.put("/a.html", Reply(ARTICLE.encode(), last_modified=changed))
    page = ask.outcome("/a.html")
    assert isinstance(page, Page)
    assert isinstance(ask.outcome("/a.html", last_modified=page.last_modified), NotModified)


def test_the_agent_says_who_asks_and_whom_to_write_to(ask: Asker) -> None:
    ask.server.put("/a.html", Reply.page(ARTICLE))
    ask.outcome("/a.html")
    for request in ask.server.requests:
        assert "zhengfa-watch" in request.headers["user-agent"]
        assert "watch@example.org" in request.headers["user-agent"]


@pytest.mark.parametrize(
    ("fault", "kind", "sign"),
    [
        pytest.param(faults.script_412(), Blocked, BlockSign.COOKIE_SCRIPT, id="412 and a script"),
        pytest.param(faults.script_521(), Blocked, BlockSign.COOKIE_SCRIPT, id="521 and a script"),
        pytest.param(faults.script_200(), Blocked, BlockSign.COOKIE_SCRIPT, id="200 and a script"),
        pytest.param(faults.script_200(202), Blocked, BlockSign.COOKIE_SCRIPT, id="202 and a script"),
        pytest.param(faults.captcha(), Blocked, BlockSign.CAPTCHA, id="captcha"),
        pytest.param(faults.too_often(), Blocked, BlockSign.TOO_OFTEN, id="asked too often"),
        pytest.param(faults.maintenance(), Blocked, BlockSign.MAINTENANCE, id="500 maintenance"),
        pytest.param(faults.empty(), Blocked, BlockSign.EMPTY, id="empty 200"),
        pytest.param(Reply(b"<html>Forbidden</html>", status=403), Blocked, BlockSign.STATUS, id="403"),
        pytest.param(Reply(b"", status=418), Blocked, BlockSign.STATUS, id="418"),
        pytest.param(faults.soft_missing(), Missing, None, id="200 that says 404"),
        pytest.param(Reply(b"gone", status=410), Missing, None, id="410"),
        pytest.param(faults.server_error(), Unreachable, None, id="502"),
        pytest.param(faults.unavailable(), Unreachable, None, id="503"),
        pytest.param(faults.reset(), Unreachable, None, id="reset"),
        pytest.param(faults.no_http(), Unreachable, None, id="no HTTP"),
        pytest.param(faults.truncated(), Truncated, None, id="truncated"),
        pytest.param(faults.truncated(cut=Cut.RESET), Truncated, None, id="truncated by a reset"),
        pytest.param(faults.truncated_chunks(), Truncated, None, id="truncated chunks"),
        pytest.param(faults.truncated_gzip(), Truncated, None, id="truncated gzip"),
        pytest.param(faults.wrong_length(), Truncated, None, id="wrong length"),
        pytest.param(faults.without_length(ARTICLE.encode()[:600]), Truncated, None, id="cut without a length"),
        pytest.param(faults.without_length(ARTICLE.encode()[:601]), Truncated, None, id="cut in a character"),
        pytest.param(faults.wrong_charset(), Undecodable, None, id="wrong charset"),
        pytest.param(Reply(PDF, content_type="text/html"), WrongType, None, id="a PDF as a page"),
        pytest.param(Reply(b'{"total": 0}', content_type="application/json"), WrongType, None, id="JSON as a page"),
        pytest.param(faults.gzip_bomb(32), TooLarge, None, id="gzip bomb"),
        pytest.param(faults.endless(), TooLarge, None, id="endless body"),
    ],
)
def test_every_fault_has_its_outcome(ask: Asker, fault: Behaviour, kind: type, sign: BlockSign | None) -> None:
    ask.server.put("/robots.txt", Reply(b"", content_type="text/plain"))
    ask.server.put("/a.html", fault)
    outcome = ask.outcome("/a.html")
    assert type(outcome) is kind, outcome
    assert getattr(outcome, "sign", None) is sign
    assert outcome.reason.startswith(outcome.label)
    assert "\n" not in outcome.reason
    tries = SETTINGS.tries if outcome.heals else 1
    assert len(ask.server.asked("/a.html")) == outcome.attempts == tries


@pytest.mark.parametrize(
    ("behaviour", "limit"), [(faults.slow(30), "read"), (faults.dripping(0.05), "whole")], ids=["slow", "dripping"]
)
def test_a_slow_answer_times_out(ask: Asker, behaviour: Behaviour, limit: str) -> None:
    ask.server.put("/a.html", behaviour)
    impatient = ClientSettings(allow_loopback=True, pace=Pace(0, 0), read_timeout=0.3, whole_timeout=0.8, tries=1)
    outcome = ask.outcome("/a.html", impatient)
    assert isinstance(outcome, TimedOut)
    assert outcome.limit == limit


def test_what_heals_is_tried_again_after_a_pause(ask: Asker) -> None:
    ask.server.put("/a.html", Reply.page(ARTICLE))
    ask.server.switch("/a.html", faults.server_error(), times=1)
    outcome = ask.outcome("/a.html")
    assert isinstance(outcome, Page)
    assert outcome.attempts == 2
    assert ask.clock.slept


def test_nobody_listens(ask: Asker) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        url = f"http://127.0.0.1:{port}/a.html"
        outcome = ask.outcomes(Request(url=url, hosts=frozenset({"127.0.0.1"})))[0]
    assert isinstance(outcome, Unreachable)


def test_a_list_page_without_its_landmarks_is_a_block_and_does_not_count_as_a_refusal(ask: Asker) -> None:
    ask.server.put("/list.html", Reply.page(ARTICLE))
    requests = [ask.request("/list.html", landmarks=("newsList",))] * 5
    signs = [outcome.sign for outcome in ask.outcomes(*requests) if isinstance(outcome, Blocked)]
    assert signs == [BlockSign.NO_LANDMARKS] * 5


def test_an_honest_page_about_captchas_and_maintenance_is_a_page(ask: Asker) -> None:
    text = "维护社会稳定。民警提醒:不要把验证码告诉他人,网站维护与此无关。" * 20
    ask.server.put(
        "/a.html", Reply.page(f"<html><head><title>防骗提醒</title></head><body><p>{text}</p></body></html>")
    )
    assert isinstance(ask.outcome("/a.html"), Page)


def test_who_refuses_three_times_in_a_row_is_left_alone_for_the_run(ask: Asker) -> None:
    ask.server.put("/*", faults.script_412())
    ask.server.put("/robots.txt", Reply(b"", content_type="text/plain"))
    outcomes = ask.outcomes(*(ask.request(f"/{number}.html") for number in range(5)))
    assert [outcome.sign for outcome in outcomes if isinstance(outcome, Blocked)] == [BlockSign.COOKIE_SCRIPT] * 3 + [
        BlockSign.EARLIER
    ] * 2
    assert len(ask.server.requests) == 1 + 3


def test_retry_after_is_obeyed_within_the_run_where_it_is_short(ask: Asker) -> None:
    ask.server.put("/a.html", Reply.page(ARTICLE))
    ask.server.switch("/a.html", faults.too_many_requests("20"), times=1)
    started = ask.clock.moment
    outcome = ask.outcome("/a.html")
    assert isinstance(outcome, Page)
    assert ask.clock.moment - started >= timedelta(seconds=20)


def test_retry_after_is_handed_out_where_it_is_long_and_holds_for_the_host(ask: Asker) -> None:
    ask.server.put("/a.html", faults.unavailable("3600"))
    ask.server.put("/b.html", Reply.page(ARTICLE))
    first, second = ask.outcomes(ask.request("/a.html"), ask.request("/b.html"))
    assert isinstance(first, Throttled)
    assert isinstance(second, Throttled)
    assert first.until == ask.clock.moment + timedelta(hours=1)
    assert (first.attempts, second.attempts) == (1, 0)
    assert not ask.server.asked("/b.html")


def test_redirects_within_the_hosts_are_followed(ask: Asker) -> None:
    ask.server.put("/new/a.html", Reply.page(ARTICLE))
    ask.server.put("/b.html", faults.redirect("../new/a.html#top", 301))
    ask.server.put("/a.html", faults.redirect("b.html"))
    page = ask.outcome("/a.html")
    assert isinstance(page, Page)
    assert page.url.endswith("/a.html")
    assert page.final_url == ask.server.url("/new/a.html")


@pytest.mark.parametrize(
    "body",
    [
        "<html><head><meta http-equiv='refresh' content='0; url=/new.html'></head></html>",
        "<script>window.location.href = '/new.html';</script>",
    ],
)
def test_a_page_that_is_nothing_but_a_redirect_is_followed(ask: Asker, body: str) -> None:
    ask.server.put("/a.html", Reply(body.encode()))
    ask.server.put("/new.html", Reply.page(ARTICLE))
    page = ask.outcome("/a.html")
    assert isinstance(page, Page)
    assert page.final_url == ask.server.url("/new.html")


def test_a_redirect_off_the_hosts_is_not_followed(ask: Asker) -> None:
    ask.server.put("/a.html", faults.redirect("http://elsewhere.example/a.html"))
    outcome = ask.outcome("/a.html")
    assert isinstance(outcome, Moved)
    assert outcome.to == "http://elsewhere.example/a.html"


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [
        (faults.redirect("/a.html"), Moved),
        (faults.redirect("/a.html", cookie="CT6T=1; Path=/"), Blocked),
        (faults.endless_redirects("/a.html"), Moved),
        (faults.redirect(""), Moved),
    ],
    ids=["circle", "circle with cookies", "for ever", "to nowhere"],
)
def test_redirect_loops_end(ask: Asker, behaviour: Behaviour, kind: type) -> None:
    ask.server.put("/a.html/*", behaviour)
    ask.server.put("/a.html", behaviour)
    outcome = ask.outcome("/a.html")
    assert type(outcome) is kind, outcome
    assert len(ask.server.requests) <= 1 + 1 + SETTINGS.redirects


def test_a_site_that_wants_its_cookie_back_gets_it(ask: Asker) -> None:
    def behave(request: Received) -> Reply:
        if "CT6T=1" in request.headers.get("cookie", ""):
            return Reply.page(ARTICLE)
        return faults.redirect("/b.html", cookie="CT6T=1; Path=/")

    ask.server.put("/a.html", faults.redirect("/b.html", cookie="CT6T=1; Path=/"))
    ask.server.put("/b.html", behave)
    assert isinstance(ask.outcome("/a.html"), Page)


def test_documents_are_bytes_and_a_page_in_their_place_is_none(ask: Asker) -> None:
    ask.server.put("/a.pdf", Reply(PDF, content_type="application/octet-stream"))
    page = ask.outcome("/a.pdf", expect=Expect.DOCUMENT)
    assert isinstance(page, Page)
    assert (page.content, page.text) == (PDF, None)
    ask.server.put("/a.pdf", Reply.page(ARTICLE))
    assert isinstance(ask.outcome("/a.pdf", expect=Expect.DOCUMENT), WrongType)
    ask.server.put("/a.pdf", faults.soft_missing())
    assert isinstance(ask.outcome("/a.pdf", expect=Expect.DOCUMENT), Missing)
    ask.server.put("/a.pdf", faults.captcha())
    assert isinstance(ask.outcome("/a.pdf", expect=Expect.DOCUMENT), Blocked)


def test_a_feed_is_decoded_as_it_declares(ask: Asker) -> None:
    feed = '<?xml version="1.0" encoding="gb2312"?><rss><channel><title>工作报告</title></channel></rss>'
    ask.server.put("/feed.xml", Reply(feed.encode("gbk"), content_type="text/xml"))
    page = ask.outcome("/feed.xml", expect=Expect.FEED)
    assert isinstance(page, Page)
    assert page.text == feed


def test_only_http_and_only_the_hosts_of_the_card(ask: Asker) -> None:
    urls = ["ftp://127.0.0.1/a", "file:///etc/passwd", "//x", "http://", "http://other.example/a", "http://[::1"]
    outcomes = ask.outcomes(*(Request(url=url, hosts=frozenset({"127.0.0.1"})) for url in urls))
    assert [(outcome.by if isinstance(outcome, Refused) else outcome) for outcome in outcomes] == [
        RefusedBy.SCHEME,
        RefusedBy.SCHEME,
        RefusedBy.SCHEME,
        RefusedBy.SCHEME,
        RefusedBy.CARD,
        RefusedBy.SCHEME,
    ]
    assert not ask.server.requests


def test_what_one_card_forbids_another_may_ask_for(ask: Asker) -> None:
    ask.server.put("/a.html", Reply.page(ARTICLE))
    mine = ask.request("/a.html")
    other = replace(mine, hosts=frozenset({"elsewhere.example"}))
    first, second = ask.outcomes(other, mine)
    assert isinstance(first, Refused)
    assert isinstance(second, Page)


def test_a_compressed_page_is_unpacked(ask: Asker) -> None:
    ask.server.put("/a.html", Reply(ARTICLE.encode(), compress=True))
    page = ask.outcome("/a.html")
    assert isinstance(page, Page)
    assert page.text == ARTICLE


def test_connections_are_kept(server: ReplicaServer, clock: StillClock) -> None:
    server.put("/*", Reply.page(ARTICLE))

    async def run() -> list[bool]:
        async with Client(SETTINGS, clock=clock) as client:
            requests = [Request(url=server.url(f"/{n}.html"), hosts=frozenset({server.host})) for n in range(20)]
            return [isinstance(outcome, Page) for outcome in await asyncio.gather(*map(client.fetch, requests))]

    assert all(asyncio.run(run()))


def test_a_form_is_posted_and_what_it_leads_to_is_read(ask: Asker) -> None:
    ask.server.put("/dataproxy.jsp", lambda request: Reply(b"<datastore>" + request.body + b"</datastore>"))
    ask.server.put("/form", faults.redirect("/dataproxy.jsp", 303))
    form = (("columnid", "10001"), ("webname", "某某"))
    page = ask.outcome("/dataproxy.jsp", expect=Expect.FEED, form=form)
    assert isinstance(page, Page)
    assert page.content == b"<datastore>columnid=10001&webname=%E6%9F%90%E6%9F%90</datastore>"
    assert ask.server.requests[-1].method == "POST"
    assert isinstance(ask.outcome("/form", expect=Expect.FEED, form=form), Page)
    assert ask.server.requests[-1].method == "GET"
