"""Thresholds, measures and baselines; above all: the tested value is never part of its own baseline."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.rules import computed_change, outlier, record, turn
from alerts.rules.history import own_yearly_change, yearly_changes
from alerts.rules.model import Given
from alerts.rules.stated_change import find, past_changes
from alerts.rules.thresholds import Thresholds, base_of, measure, usual_spread, widened
from storage.facts import ChangeFacts, ChangePointFacts, FigureFacts, PointFacts
from storage.vocabulary import Standing
from tests.alerts.rules.facts import change, change_point, edition_of, figure, point

PERCENTS = st.decimals(min_value=-90, max_value=300, places=1)
VALUES = st.decimals(min_value=1000, max_value=10**6, places=0)


@pytest.mark.parametrize(
    ("form", "value", "level", "size", "measured_as"),
    [
        ("percent", "20", None, "20", "percent"),
        ("percentage_points", "1.9", None, "1.9", "percentage_points"),
        ("times_increase", "2.3", None, "230", "percent"),
        ("ratio_to_base", "3.2", None, "220", "percent"),
        ("ratio_to_base", "0.5", None, "50", "percent"),
        ("absolute", "1500", "5000", "42.857", "percent"),
    ],
)
def test_a_change_is_measured(form: str, value: str, level: str | None, size: str, measured_as: str) -> None:
    measured = measure(change(value, form=form), None if level is None else Decimal(level))
    assert measured is not None
    assert (round(measured.size, 3), measured.form) == (round(Decimal(size), 3), measured_as)


def test_an_absolute_change_needs_a_level_and_a_flat_one_is_none() -> None:
    assert measure(change("91", form="absolute")) is None
    assert measure(change(None, form="flat", direction="flat")) is None


@pytest.mark.parametrize(
    ("names", "form", "basis", "direction", "expected"),
    [
        ({}, "percent", "yoy", "up", "20"),
        ({}, "percent", "chain", "up", "30"),
        ({"percent": "25"}, "percent", "yoy", "up", "25"),
        ({"percent": "25", "percent_down": "10"}, "percent", "yoy", "down", "10"),
        ({"percent": "25"}, "percent", "named_period", "up", "50"),  # as much more than usual as year on year
        ({"percent": "25", "percent_down": "10"}, "percent", "chain", "down", "15"),
        ({"percentage_points": "1"}, "percentage_points", "previous_five_years", "up", "1.6"),
        ({"percent": "25"}, "percentage_points", "named_period", "up", "8"),
        ({"percent_named_period_up": "50"}, "percent", "named_period", "up", "50"),
    ],
)
def test_the_most_particular_threshold_holds(
    names: dict[str, str], form: str, basis: str, direction: str, expected: str
) -> None:
    indicator = figure().indicator
    assert indicator is not None
    own = replace(indicator, thresholds={name: Decimal(value) for name, value in names.items()})
    assert Thresholds().for_change(form, basis, direction, own) == Decimal(expected)
    trial = Thresholds({f"{form}{'' if basis == 'yoy' else f'_{basis}'}_{direction}": Decimal(1)})
    assert trial.for_change(form, basis, direction, own) == 1


def test_the_users_defaults_lie_under_an_indicators_own_and_over_ours() -> None:
    indicator = figure().indicator
    assert indicator is not None
    own = replace(indicator, thresholds={"percent": Decimal(25)})
    laid_over = Thresholds(defaults={"percent": Decimal(10), "small_base": Decimal(50)})
    assert laid_over.for_change("percent", "yoy", "up", indicator) == 10
    assert laid_over.for_change("percent", "yoy", "up", own) == 25
    assert laid_over.for_change("percent", "named_period", "up", own) == 100, "of 40 on 10, for 25"
    assert laid_over.named("small_base") == 50
    assert Thresholds({"percent": Decimal(0)}).for_change("percent", "yoy", "up", own) == 0, "nothing is a trial too"


@pytest.mark.parametrize(
    ("form", "unit", "value", "direction", "size"),
    [
        ("percentage_points", "件", "5.2", "up", "5.2 percent"),
        ("percentage_points", "%", "5.2", "up", "5.2 percentage_points"),
        ("percentage_points", "分", "1.2", "up", "1.2 percentage_points"),
        ("percent", "件", "113", "down", None),
        ("percent", "件", "100", "down", "100 percent"),
        ("times_increase", "件", "2", "down", None),
        ("absolute", "件次", "50", "up", "100 percent"),
        ("absolute", "元", "50", "up", None),
    ],
)
def test_units_and_directions_must_fit(form: str, unit: str, value: str, direction: str, size: str | None) -> None:
    stated = replace(change(value, form=form, direction=direction), unit="件" if form == "absolute" else "")
    measured = measure(stated, Decimal(100), unit)
    assert (f"{measured.size:g} {measured.form}" if measured else None) == size


@given(st.lists(PERCENTS, min_size=5, max_size=20))
def test_a_wide_spread_only_ever_raises_a_threshold_and_never_past_its_cap(past: list[Decimal]) -> None:
    limit = widened(Decimal(20), usual_spread(past))
    assert 20 <= limit <= 60


@given(PERCENTS.filter(lambda p: p != 0), VALUES)
def test_level_and_change_lead_back_to_the_base(percent: Decimal, base: Decimal) -> None:
    level = base * (1 + percent / 100)
    stated = change(str(abs(percent)), direction="up" if percent > 0 else "down")
    found = base_of(level, stated)
    assert found is not None
    assert abs(found - base) < Decimal("0.001")


# The property: whatever the tested period says, also where it stands in the history that a rule is handed, no limit
# and no baseline changes (elementary #1560: +25 % passed because it was inside its own average).

HISTORIES = st.lists(PERCENTS, min_size=3, max_size=12)


def with_history(past: list[Decimal], own: Decimal) -> FigureFacts:
    stated = change(str(abs(own)), direction="up" if own >= 0 else "down")
    points = tuple(change_point(2023 - n, value) for n, value in enumerate(reversed(past)))
    return figure(2024, changes=(stated,), change_history=points)


@given(HISTORIES, PERCENTS, PERCENTS)
def test_the_tested_change_never_changes_its_own_limit(past: list[Decimal], own: Decimal, stored: Decimal) -> None:
    tested = with_history(past, own)
    contaminated = replace(tested, change_history=(*tested.change_history, change_point(2024, stored)))
    stated = tested.changes[0]
    assert past_changes(contaminated, "percent", stated) == past_changes(tested, "percent", stated)
    limits = [[c.facts["threshold"] for c in find(Given(edition=edition_of(f)))] for f in (tested, contaminated)]
    assert limits[0] == limits[1]


@given(st.lists(VALUES, min_size=5, max_size=12), VALUES, VALUES)
def test_the_tested_value_is_in_no_baseline(past: list[Decimal], own: Decimal, stored: Decimal) -> None:
    points = tuple(point(2023 - n, value) for n, value in enumerate(reversed(past)))
    tested = figure(2024, value=own, point=point(2024, own), history=points)
    contaminated = replace(tested, history=(*points, point(2024, stored)))
    for rule in (computed_change, record, turn):
        plain, dirty = (
            [(c.fingerprint, c.facts, c.sharpness) for c in rule.find(Given(edition=edition_of(f)))]
            for f in (tested, contaminated)
        )
        assert plain == dirty


@given(st.lists(PERCENTS, min_size=8, max_size=30), PERCENTS)
def test_the_tested_value_is_not_among_its_peers(others: list[Decimal], own: Decimal) -> None:
    apart = outlier.far_apart(own, others, "percent", Decimal("3.5"))
    if apart is not None:
        assert apart.peers == len(others)
        shifted = outlier.far_apart(own + (1 if own > apart.middle else -1), others, "percent", Decimal("3.5"))
        assert shifted is not None
        assert shifted.middle == apart.middle, "the middle is the others'"


@given(HISTORIES)
def test_excluded_points_are_in_no_baseline(past: list[Decimal]) -> None:
    points = tuple(replace(point(2023 - n, Decimal(1000) + value), excluded=n % 2 == 0) for n, value in enumerate(past))
    tested = figure(2024, value=Decimal(5000), point=point(2024, Decimal(5000)), history=points)
    assert tested.point is not None
    assert all(not p.excluded for p in record.comparable(tested, tested.point))
    assert own_yearly_change(tested) is None, "last year is excluded"
    assert yearly_changes(tested) == {}


def test_what_another_place_tells_better_is_not_told_here() -> None:
    told = [replace(change("50"), standing=standing) for standing in Standing]
    found = [c.change_id for one in told for c in find(Given(edition=edition_of(figure(2024, changes=(one,)))))]
    assert len(found) == 3, "taken, none, held"


__all__ = ["ChangeFacts", "ChangePointFacts", "PointFacts"]


@given(HISTORIES, PERCENTS)
def test_a_marked_incident_is_in_no_baseline_of_changes(past: list[Decimal], incident: Decimal) -> None:
    tested = with_history(past, Decimal(25))
    marked = replace(point(2010, Decimal(9000)), excluded=True)
    with_incident = replace(
        tested, history=(marked,), change_history=(change_point(2010, incident), *tested.change_history)
    )
    stated = tested.changes[0]
    assert past_changes(with_incident, "percent", stated) == past_changes(tested, "percent", stated)
    assert yearly_changes(with_incident) == yearly_changes(tested)
