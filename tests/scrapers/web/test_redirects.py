"""Where a redirect leads is part of the answer: to the page, to nowhere, to a door that wants its cookie back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from scrapers.web.outcomes import Blocked, BlockSign, Missing, Moved, Page, Unreachable
from scrapers.web.redirects import redirect_of
from scrapers.web.request import Expect, Request
from scrapers.web.wire import Answer
from tests.replicas import faults
from tests.replicas.reply import Received, Reply
from tests.replicas.server import ReplicaServer
from tests.scrapers.web.conftest import Asker

URL = "http://zfw.example.gov.cn/a/b.html"
ARTICLE = f"<html><head><title>虚构省工作报告</title></head><body><p>{'虚构的正文。' * 80}</p></body></html>"
# Articles of a fourth of April, and one whose number holds a 404.
MOVED = ("/xw/202404/t20240404_17.html", "/xw/art_1404_2.html", "/xw/20240404.html")


@pytest.fixture(autouse=True)
def _first_page(ask: Asker) -> None:
    for path in ("/", "/index.html", "/404.html", "/error.html", "/new/index.html", "/?id=7", "/xw/404/7.html", *MOVED):
        ask.server.put(path, Reply.page(ARTICLE))


@pytest.mark.parametrize(
    ("to", "kind"),
    [
        ("/", Missing),
        ("/index.html", Missing),
        ("/404.html", Missing),
        ("/error/page404.html?from=x", Missing),
        ("/notFound", Missing),
        ("/error.html", Unreachable),
        ("/err/500.html", Unreachable),
        ("/new/index.html", Page),
        ("/?id=7", Page),
        ("/404", Missing),
        ("/error/err-404_page.aspx", Missing),
        ("/xw/404/7.html", Page),
        *((path, Page) for path in MOVED),
    ],
)
@pytest.mark.parametrize("by", ["status", "script"])
def test_where_a_redirect_leads_tells_whether_the_page_is_there(ask: Asker, to: str, kind: type, by: str) -> None:
    script = Reply(f"<script>window.location.assign('{to}')</script>".encode())
    ask.server.put("/gzbg/a.html", faults.redirect(to) if by == "status" else script)
    outcome = ask.outcome("/gzbg/a.html")
    assert type(outcome) is kind, outcome


@pytest.mark.parametrize(("host", "kind"), [("www.zfw.example", Missing), ("gzbg.zfw.example", Page)])
def test_a_column_may_have_moved_to_a_host_of_its_own(
    server: ReplicaServer, named: Callable[[dict[str, list[str]]], Asker], host: str, kind: type
) -> None:
    names = ["zfw.example", "www.zfw.example", "gzbg.zfw.example"]
    server.put("/gzbg/", faults.redirect(f"http://{host}:{server.port}/"))
    request = Request(url=f"http://zfw.example:{server.port}/gzbg/", hosts=frozenset(names))
    assert type(named({name: ["127.0.0.1"] for name in names}).outcomes(request)[0]) is kind


@pytest.mark.parametrize("path", ["/xw/404.html", "/xw/502.html", MOVED[0]])
def test_the_same_path_on_another_host_is_the_page_itself(
    server: ReplicaServer, named: Callable[[dict[str, list[str]]], Asker], path: str
) -> None:
    names = ["zfw.example", "www.zfw.example"]

    def behave(request: Received) -> Reply:
        bare = request.headers["host"].startswith("zfw.")
        return faults.redirect(f"http://www.zfw.example:{server.port}{path}") if bare else Reply.page(ARTICLE)

    server.put(path, behave)
    request = Request(url=f"http://zfw.example:{server.port}{path}", hosts=frozenset(names))
    assert isinstance(named({name: ["127.0.0.1"] for name in names}).outcomes(request)[0], Page)


def test_a_first_page_may_send_to_another_first_page(ask: Asker) -> None:
    ask.server.put("/default.htm", faults.redirect("/index.html"))
    assert isinstance(ask.outcome("/default.htm"), Page)


def test_an_error_page_is_asked_about_again(ask: Asker) -> None:
    ask.server.put("/gzbg/a.html", Reply.page(ARTICLE))
    ask.server.switch("/gzbg/a.html", faults.redirect("/error.html"), times=1)
    outcome = ask.outcome("/gzbg/a.html")
    assert isinstance(outcome, Page)
    assert outcome.attempts == 2


def test_a_cookie_set_on_the_way_back_to_the_same_page_is_given_back(ask: Asker) -> None:
    def behave(request: Received) -> Reply:
        if "CT6T=1" in request.headers.get("cookie", ""):
            return Reply.page(ARTICLE)
        return faults.redirect("/gzbg/a.html", cookie="CT6T=1; Path=/")

    ask.server.put("/gzbg/a.html", behave)
    assert isinstance(ask.outcome("/gzbg/a.html"), Page)
    assert len(ask.server.asked("/gzbg/a.html")) == 2


def test_who_sets_cookies_for_ever_is_asked_twice(ask: Asker) -> None:
    ask.server.put("/gzbg/a.html", faults.redirect("/gzbg/a.html", cookie="CT6T=1; Path=/"))
    outcome = ask.outcome("/gzbg/a.html")
    assert isinstance(outcome, Blocked)
    assert outcome.sign is BlockSign.COOKIE_LOOP
    assert len(ask.server.asked("/gzbg/a.html")) == 2


def test_a_form_of_login_in_a_pages_place_is_a_block(ask: Asker) -> None:
    form = "<html><head><title>用户登录</title></head><body><form><input type=password>密码</form></body></html>"
    ask.server.put("/login.jsp", Reply(form.encode(), charset="utf-8"))
    ask.server.put("/gzbg/a.html", faults.redirect("/login.jsp?back=a"))
    outcome = ask.outcome("/gzbg/a.html")
    assert isinstance(outcome, Blocked)
    assert outcome.sign is BlockSign.LOGIN


def test_a_circle_through_two_pages_ends(ask: Asker) -> None:
    ask.server.put("/gzbg/a.html", faults.redirect("/gzbg/b.html"))
    ask.server.put("/gzbg/b.html", faults.redirect("/gzbg/a.html"))
    assert isinstance(ask.outcome("/gzbg/a.html"), Moved)


@pytest.mark.parametrize(
    ("body", "target"),
    [
        (
            '<meta http-equiv="refresh" content="0;URL=html/2026-02/12/node_2.htm">',
            "http://zfw.example.gov.cn/a/html/2026-02/12/node_2.htm",
        ),
        ("<META HTTP-EQUIV=refresh CONTENT='0; url=/new.html'>", "http://zfw.example.gov.cn/new.html"),
        ('<script>location.replace("/c.html")</script>', "http://zfw.example.gov.cn/c.html"),
        ('<script>document.location = "c.html"</script>', "http://zfw.example.gov.cn/a/c.html"),
        ('<meta http-equiv="refresh" content="0;url=http://[bad/">', ""),
        ("<script>document.cookie='x=1';location.href='/c.html'</script>", None),
        ('<meta http-equiv="refresh" content="300">', None),
        ('<meta http-equiv="refresh" content="600;url=/self.html">' + "正文" * 200, None),
        ("<p>" + "正文" * 200 + "</p><script>location.href='/c.html'</script>", None),
    ],
)
def test_a_page_that_is_a_redirect(body: str, target: str | None) -> None:
    request = Request(url=URL, hosts=frozenset())
    found = redirect_of(request, Answer(URL, 200, {}, body.encode()))
    assert (found.to if found else None) == target


def test_data_is_never_taken_for_a_redirect() -> None:
    request = Request(url=URL, hosts=frozenset(), expect=Expect.FEED)
    assert redirect_of(request, Answer(URL, 200, {}, b"<script>location.href='/c.html'</script>")) is None
