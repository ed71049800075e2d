"""A server error is doubted: is it down for everybody, or a refusal of us alone? Asked once, and never used."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scrapers.web.outcomes import Blocked, BlockSign, Missing, Outcome, Page, Unreachable
from scrapers.web.request import BROWSER
from tests.replicas import faults
from tests.replicas.reply import Behaviour, Reply
from tests.scrapers.web.conftest import SETTINGS, Asker

DOUBTFUL = replace(SETTINGS, second_agent=BROWSER)
PAGE = Reply.page("<html><head><title>虚构</title></head><body>" + "<p>虚构内容。</p>" * 40 + "</body></html>")
NONE = Reply(b"", content_type="text/plain")


def outcomes(ask: Asker, behaviour: Behaviour, count: int = 1) -> list[Outcome]:
    ask.server.put("/robots.txt", NONE)
    ask.server.put("/*", behaviour)
    return ask.outcomes(*(ask.request(f"/{n}.html") for n in range(count)), settings=DOUBTFUL)


def agents(ask: Asker) -> list[bool]:
    """For each request of a page: whether a browser's name was given."""
    return [request.headers["user-agent"] == BROWSER for request in ask.server.requests if "robots" not in request.path]


@pytest.mark.parametrize(
    ("fault", "sign"), [(faults.maintenance(), BlockSign.MAINTENANCE), (faults.server_error(500), BlockSign.ONLY_US)]
)
def test_an_error_for_us_alone_is_a_block(ask: Asker, fault: Reply, sign: BlockSign) -> None:
    (outcome,) = outcomes(ask, faults.for_us_alone(fault, PAGE))
    assert isinstance(outcome, Blocked)
    assert outcome.sign is sign
    assert outcome.status == 500
    assert "a browser is served" in outcome.reason
    assert agents(ask).count(True) == 1


@pytest.mark.parametrize("fault", [faults.maintenance(), faults.server_error(500), faults.unavailable()])
def test_an_error_for_everybody_is_an_outage(ask: Asker, fault: Reply) -> None:
    (outcome,) = outcomes(ask, fault)
    assert isinstance(outcome, Unreachable)
    assert agents(ask).count(True) == 1


def test_whom_a_browser_s_name_does_not_help_is_as_it_was(ask: Asker) -> None:
    (outcome,) = outcomes(ask, faults.for_us_alone(faults.maintenance(), faults.captcha()))
    assert isinstance(outcome, Blocked)
    assert outcome.sign is BlockSign.MAINTENANCE
    assert "browser" not in outcome.detail


def test_a_host_is_doubted_once_in_a_run_and_left_alone_when_it_refuses(ask: Asker) -> None:
    found = outcomes(ask, faults.for_us_alone(faults.maintenance(), PAGE), count=6)
    assert all(isinstance(outcome, Blocked) for outcome in found)
    assert [outcome.sign for outcome in found if isinstance(outcome, Blocked)][-1] is BlockSign.EARLIER
    assert agents(ask).count(True) == 1
    assert agents(ask).count(False) == SETTINGS.blocks_in_a_row


def test_nobody_is_doubted_who_answers_or_who_is_not_asked_to_be(ask: Asker) -> None:
    assert isinstance(outcomes(ask, PAGE)[0], Page)
    assert isinstance(outcomes(ask, Reply(b"", status=404))[0], Missing)
    assert isinstance(outcomes(ask, Reply(b"", status=403))[0], Blocked)
    assert not any(agents(ask))
    ask.server.put("/*", faults.maintenance())
    assert isinstance(ask.outcome("/a.html"), Blocked)
    assert not any(agents(ask))


def test_a_robots_txt_that_fails_for_us_alone_is_a_block_of_the_page(ask: Asker) -> None:
    ask.server.put("/robots.txt", faults.for_us_alone(faults.maintenance(), NONE))
    ask.server.put("/a.html", PAGE)
    outcome = ask.outcome("/a.html", DOUBTFUL)
    assert isinstance(outcome, Blocked)
    assert not ask.server.asked("/a.html")
