"""Nothing private is reachable, by whatever notation, name or redirect."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Callable
from dataclasses import replace

import pytest

from scrapers.web.address import host_of
from scrapers.web.guard import SystemResolver, why_forbidden
from scrapers.web.outcomes import Moved, Page, Refused, RefusedBy
from scrapers.web.request import Request
from tests.replicas import faults
from tests.replicas.reply import Reply
from tests.replicas.server import ReplicaServer
from tests.scrapers.web.conftest import SETTINGS, Asker, StillClock

STRICT = replace(SETTINGS, allow_loopback=False)
GOOD = Reply.page("<html><head><title>通报</title></head><body><p>虚构。</p></body></html>")


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("8.8.8.8", True),
        ("2400:3200::1", True),
        ("10.0.0.1", False),
        ("172.16.5.5", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("127.0.0.1", False),
        ("127.8.8.8", False),
        ("0.0.0.0", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::808:808", True),
        ("2002:7f00:1::", False),
        ("2002:a00:1::", False),
    ],
)
def test_which_addresses_may_be_asked(address: str, *, allowed: bool) -> None:
    assert (why_forbidden(ipaddress.ip_address(address), allow_loopback=False) is None) is allowed


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_the_setting_lifts_the_guard_for_loopback(address: str) -> None:
    assert why_forbidden(ipaddress.ip_address(address), allow_loopback=True) is None


@pytest.mark.parametrize("address", ["10.0.0.1", "169.254.169.254", "::ffff:10.0.0.1", "0.0.0.0"])
def test_the_setting_lifts_it_for_nothing_else(address: str) -> None:
    assert why_forbidden(ipaddress.ip_address(address), allow_loopback=True) is not None


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "0177.0.0.1", "0x7f.1", "127.1", "[::1]", "[::ffff:127.0.0.1]", "localhost"]
)
def test_every_notation_of_this_machine_is_refused(ask: Asker, host: str) -> None:
    ask.server.put("/*", GOOD)
    url = f"http://{host}:{ask.server.port}/a.html"
    outcome = ask.outcomes(Request(url=url, hosts=frozenset({host_of(url)})), settings=STRICT)[0]
    assert isinstance(outcome, Refused), outcome
    assert outcome.by is RefusedBy.ADDRESS_GUARD
    assert not ask.server.requests


@pytest.mark.parametrize("host", ["2130706433", "0177.0.0.1", "[::ffff:127.0.0.1]"])
def test_a_redirect_to_a_private_address_is_never_followed(
    ask: Asker, named: Callable[[dict[str, list[str]]], Asker], host: str
) -> None:
    """Off the card's hosts it is `Moved`; were the card itself to list it, the guard refuses it."""
    inner = f"http://{host}:{ask.server.port}/inner.html"
    ask.server.put("/a.html", faults.redirect(inner))
    outcome = ask.outcome("/a.html")
    assert isinstance(outcome, Moved)
    outer = named({"zfw.example": ["127.0.0.1"], host_of(inner).rsplit(":", 1)[0]: ["10.0.0.7"]})
    url = f"http://zfw.example:{ask.server.port}/a.html"
    outcome = outer.outcomes(Request(url=url, hosts=frozenset({"zfw.example", host_of(inner)})))[0]
    assert isinstance(outcome, Refused)
    assert outcome.by is RefusedBy.ADDRESS_GUARD
    assert not ask.server.asked("/inner.html")


def test_a_name_is_looked_up_once_and_connected_to_what_was_checked(
    server: ReplicaServer, named: Callable[[dict[str, list[str]]], Asker]
) -> None:
    """The second look-up of a rebinding name would lead elsewhere: there is none while the connection lives."""
    server.put("/*", GOOD)
    asker = named({"zfw.example": ["127.0.0.1", "10.0.0.1"]})
    url = f"http://zfw.example:{server.port}/a.html"
    outcome = asker.outcomes(Request(url=url, hosts=frozenset({"zfw.example"})))[0]
    assert isinstance(outcome, Page)
    assert server.requests[-1].host == "zfw.example"


@pytest.mark.parametrize("addresses", [["127.0.0.1", "10.0.0.1"], ["127.0.0.1", "::ffff:169.254.169.254"]])
def test_one_private_address_among_several_condemns_a_name(
    server: ReplicaServer, clock: StillClock, addresses: list[str]
) -> None:
    class Several:
        async def resolve(self, host: str, port: int) -> list[str]:  # noqa: ARG002
            return addresses

    server.put("/*", GOOD)
    url = f"http://zfw.example:{server.port}/a.html"
    request = Request(url=url, hosts=frozenset({"zfw.example"}))
    outcome = Asker(server, clock, resolver=Several()).outcomes(request)[0]
    assert isinstance(outcome, Refused)
    assert addresses[1] in outcome.detail
    assert not server.requests


def test_a_name_that_changes_to_a_private_address_is_refused(
    server: ReplicaServer, named: Callable[[dict[str, list[str]]], Asker]
) -> None:
    closing = replace(GOOD, headers=(("Connection", "close"),))
    server.put("/*", closing)
    asker = named({"zfw.example": ["127.0.0.1", "127.0.0.1", "169.254.169.254"]})
    requests = [
        Request(url=f"http://zfw.example:{server.port}/{n}.html", hosts=frozenset({"zfw.example"})) for n in (1, 2)
    ]
    first, second = asker.outcomes(*requests)
    assert isinstance(first, Page)
    assert isinstance(second, Refused)
    assert "169.254.169.254" in second.detail


def test_the_refused_is_not_asked_again_in_this_run(named: Callable[[dict[str, list[str]]], Asker]) -> None:
    asker = named({"zfw.example": ["10.0.0.1", "127.0.0.1"]})
    request = Request(url=f"http://zfw.example:{asker.server.port}/a.html", hosts=frozenset({"zfw.example"}))
    assert [type(outcome) for outcome in asker.outcomes(request, request)] == [Refused, Refused]


def test_the_machines_resolver_gives_plain_addresses() -> None:
    found = asyncio.run(SystemResolver().resolve("localhost", 80))
    assert found
    assert all(ipaddress.ip_address(address).is_loopback for address in found)
