"""Who gets what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alerts.errors import ReceiverError
from alerts.receivers import Addressed, Directory, RouteSettings
from alerts.vocabulary import Audience, Pace, Severity
from tests.alerts.channels.senders import receiver

DESK, MAIL, OFF = (
    receiver(name=name, kind="webhook", url="http://127.0.0.1:1/", enabled=name != "off")
    for name in ("desk", "mail", "off")
)
OPS = receiver(name="ops", kind="webhook", url="http://127.0.0.1:1/", audience="operator")
CRIME = Addressed(
    audience=Audience.READER,
    severity=Severity.NOTABLE,
    rule="stated_change",
    region="6201",
    body="police",
    indicator="crime",
)
BROKEN = Addressed(
    audience=Audience.OPERATOR, severity=Severity.NOTABLE, rule="breakage", region="62", body="", indicator=""
)


def routes(*tables: dict[str, object]) -> list[RouteSettings]:
    return [RouteSettings.model_validate(table) for table in tables]


def names(directory: Directory, alert: Addressed = CRIME) -> list[str]:
    return [routed.receiver.name for routed in directory.receivers_for(alert)]


def test_without_routes_every_reader_gets_everything_and_operators_theirs() -> None:
    directory = Directory.of([DESK, MAIL, OPS, OFF])
    assert names(directory) == ["desk", "mail"]
    assert names(directory, BROKEN) == ["ops"]


@pytest.mark.parametrize(
    ("route", "fits"),
    [
        ({}, True),
        ({"regions": ["62"]}, True),
        ({"regions": ["61", "6201"]}, True),
        ({"regions": ["61"]}, False),
        ({"bodies": ["公安"]}, True),
        ({"bodies": ["police", "法院"]}, True),
        ({"bodies": ["法院"]}, False),
        ({"indicators": ["crime"]}, True),
        ({"indicators": ["received"]}, False),
        ({"rules": ["stated_change"]}, True),
        ({"rules": ["silence"]}, False),
        ({"severity": "notable"}, True),
        ({"severity": "sharp"}, False),
        ({"regions": ["62"], "bodies": ["法院"]}, False),
    ],
)
def test_all_that_a_route_names_must_fit(route: dict[str, object], fits: bool) -> None:
    directory = Directory.of([DESK, MAIL], routes({"receivers": ["desk"]} | route))
    assert names(directory) == (["desk"] if fits else [])


def test_of_several_routes_to_one_receiver_the_promptest_holds() -> None:
    directory = Directory.of(
        [DESK],
        routes(
            {"receivers": ["desk"], "send": "weekly"},
            {"receivers": ["desk"], "bodies": ["公安"], "name": "crime"},
            {"receivers": ["desk"], "send": "daily"},
        ),
    )
    (routed,) = directory.receivers_for(CRIME)
    assert (routed.pace, routed.route) == (Pace.AT_ONCE, "crime")
    (other,) = directory.receivers_for(replace(CRIME, body="court"))
    assert other.pace is Pace.DAILY


def test_a_route_never_crosses_the_audience() -> None:
    directory = Directory.of([DESK, OPS], routes({"receivers": ["desk", "ops"]}))
    assert (names(directory), names(directory, BROKEN)) == (["desk"], ["ops"])


def test_operators_without_a_route_hear_of_everything() -> None:
    directory = Directory.of([DESK, OPS], routes({"receivers": ["desk"]}))
    assert names(directory, BROKEN) == ["ops"]


@pytest.mark.parametrize(
    ("receivers", "tables", "words"),
    [
        ([DESK, DESK], [], "'desk': name: two receivers"),
        ([DESK], [{"receivers": ["nobody"]}], "no receiver 'nobody'"),
        ([DESK], [{"receivers": ["desk"], "bodies": ["警察"]}], "'警察' is none of 政法委"),
    ],
)
def test_what_does_not_fit_together(receivers: list[object], tables: list[dict[str, object]], words: str) -> None:
    with pytest.raises(ReceiverError, match=words):
        Directory.of(receivers, routes(*tables))  # type: ignore[arg-type]
