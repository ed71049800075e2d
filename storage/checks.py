"""Checks on the figures of one edition, against themselves and against what is stored. Each gives findings.

    check              says                                                                 severity
    range              outside what the indicator can plausibly be in one province          notable
    parts              a part is larger than its total                                      sharp
    rate               a rate is not what its two levels give                               notable
    stated_change      the stated change does not lead back to the stored base              notable (in one text sharp)
    definition_break   … and the base is the body's own, from an earlier publication        info (from `settling`)
    magnitude          eight times the last points, or an eighth                            sharp
    conflict           another source states another value                                  notable
    fill_rate          far fewer figures than this source's publications usually have       notable

Figures are held against others of their unit alone: 人 says nothing of 件, nor does a figure in another unit than its
indicator's say anything of the indicator's range, parts or rate.

Nothing is muted by a finding. Only a magnitude that no stated change supports holds its figure back for a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from statistics import median

from storage.exactness import HUNDRED, ZERO, Interval, shown, slack_of
from storage.facts import IndicatorFacts
from storage.inputs import ChangeInput
from storage.periods import ReferencePeriod, year_before
from storage.placing import Doubt, Placed, same_unit
from storage.points import Known, implied_base
from storage.settling import History
from storage.vocabulary import Check, Held, Severity, Status

# A share lies within the same bounds for a city and a month as for a province and a year.
SHARES = frozenset({"%", "‰"})

# 万 read as 亿, or lost, is a factor of 10^4, a lost digit ten, less the year's own movement; no level of a province
# moves as much without its being said.
MAGNITUDE = 8
# Below this such a move is a small base, not a misread unit.
SMALL = 1000
# Points that a magnitude is held against.
LATEST = 3
# An edition with less than half of the figures that this source's publications of the kind usually have.
FILL = Decimal("0.5")
FILL_PEERS = 4


def check_figures(figures: Sequence[Placed], history: History, indicators: Mapping[str, IndicatorFacts]) -> list[Doubt]:
    """All checks but conflict, break and fill rate. Sets `held` on figures that must wait for a person."""
    doubts: list[Doubt] = []
    peers = _by_place(figures, indicators)
    # Backwards, so that of several the first in the text stays.
    stated = {figure.slot: figure for figure in reversed(figures) if figure.slot and figure.value is not None}
    for figure in figures:
        if figure.given.status is Status.DOUBTFUL and not figure.settled:
            figure.held = Held.DOUBTFUL
        if figure.value is None:
            continue
        indicator = indicators.get(figure.given.indicator or "")
        if indicator is not None and same_unit(figure.given.unit, indicator.unit):
            doubts.extend(_range(figure, indicator))
            doubts.extend(_parts(figure, indicator, peers))
            doubts.extend(_rate(figure, indicator, peers))
        if figure.series_id is not None:
            points = history.get(figure.series_id, {})
            doubts.extend(_stated_changes(figure, figure.series_id, points, stated))
            doubts.extend(_magnitude(figure, points))
    return doubts


def check_fill(observations: int, usual: Sequence[int]) -> list[Doubt]:
    """Whether an edition has far fewer figures than `usual`, the counts of the source's latest of its kind."""
    if len(usual) < FILL_PEERS:
        return []
    expected = Decimal(median(usual))
    if observations >= expected * FILL:
        return []
    note = f"{observations} figures where {expected} are usual"
    return [Doubt(Check.FILL_RATE, Severity.NOTABLE, None, note, expected, Decimal(observations))]


def _by_place(
    figures: Sequence[Placed], indicators: Mapping[str, IndicatorFacts]
) -> Mapping[tuple[object, ...], list[Placed]]:
    """Figures of one edition, in their indicator's unit, by indicator, scope and period."""
    found: dict[tuple[object, ...], list[Placed]] = defaultdict(list)
    for figure in figures:
        indicator = indicators.get(figure.given.indicator or "")
        if indicator is not None and figure.value is not None and same_unit(figure.given.unit, indicator.unit):
            found[_place(figure, indicator.id)].append(figure)
    return found


def _place(figure: Placed, indicator: str) -> tuple[object, ...]:
    given = figure.given
    return (indicator, given.scope_region, given.scope_own, given.period_first, given.period_last)


def _interval(figure: Placed) -> Interval:
    assert figure.value is not None  # noqa: S101 - callers look first
    return Interval.of(figure.value, slack_of(figure.value, figure.given.precision, figure.given.qualifier))


def _has_range(figure: Placed) -> bool:
    """Whether the indicator's range is meant for such a figure: a share always, a count for one province's year."""
    given = figure.given
    if given.unit in SHARES:
        return True
    year = given.period_first is not None and given.period_last == given.period_first + 11
    return year and given.level in ("province", None)


def _range(figure: Placed, indicator: IndicatorFacts) -> list[Doubt]:
    if not _has_range(figure):
        return []
    value = _interval(figure)
    for limit, outside in (
        (indicator.lower, indicator.lower is not None and value.high < indicator.lower),
        (indicator.upper, indicator.upper is not None and value.low > indicator.upper),
    ):
        if outside:
            note = f"outside {indicator.lower} … {indicator.upper}"
            return [Doubt(Check.RANGE, Severity.NOTABLE, figure, note, limit, figure.value)]
    return []


def _parts(figure: Placed, indicator: IndicatorFacts, peers: Mapping[tuple[object, ...], list[Placed]]) -> list[Doubt]:
    totals = peers.get(_place(figure, indicator.part_of), []) if indicator.part_of else []
    for total in totals:
        if _interval(figure).low > _interval(total).high:
            note = f"larger than {total.given.subject}, of which it is a part"
            return [Doubt(Check.PARTS, Severity.SHARP, figure, note, total.value, figure.value, total.id)]
    return []


def _rate(figure: Placed, indicator: IndicatorFacts, peers: Mapping[tuple[object, ...], list[Placed]]) -> list[Doubt]:
    if not indicator.rate_of or not indicator.rate_base:
        return []
    parts = peers.get(_place(figure, indicator.rate_of), [])
    wholes = peers.get(_place(figure, indicator.rate_base), [])
    if not parts or not wholes:
        return []
    part, whole = _interval(parts[0]), _interval(wholes[0])
    if whole.low <= ZERO:
        return []
    expected = Interval(HUNDRED * part.low / whole.high, HUNDRED * part.high / whole.low)
    if expected.meets(_interval(figure)):
        return []
    note = f"{parts[0].given.subject} over {wholes[0].given.subject} gives another rate"
    return [Doubt(Check.RATE, Severity.NOTABLE, figure, note, shown(expected.middle), figure.value, parts[0].id)]


def _stated_changes(
    figure: Placed,
    series_id: int,
    points: Mapping[tuple[int, int], Known],
    stated: Mapping[tuple[int, int, int], Placed],
) -> list[Doubt]:
    doubts = []
    for number, change in enumerate(figure.given.changes):
        period = base_period(figure, change)
        if period is None:
            continue
        same_text, stored = stated.get((series_id, *period)), points.get(period)
        base = _interval(same_text) if same_text else stored.interval if stored else None
        implied = None if base is None else implied_by(figure, change)
        unit = same_text.given.unit if same_text else stored.unit if stored else ""
        if base is None or implied is None or base.meets(implied) or not same_unit(figure.given.unit, unit):
            continue
        change_id = figure.change_ids[number] if figure.change_ids else None
        severity = Severity.SHARP if same_text else Severity.NOTABLE
        where = "in the same text" if same_text else "as stored"
        note = f"the stated change leads back to {shown(implied.middle)}, the base {where} is {shown(base.middle)}"
        other = same_text.id if same_text else points[period].observation_id
        doubts.append(
            Doubt(
                Check.STATED_CHANGE,
                severity,
                figure,
                note,
                expected=shown(implied.middle),
                actual=shown(base.middle),
                other_id=other,
                change_id=change_id,
            )
        )
    return doubts


def _magnitude(figure: Placed, points: Mapping[tuple[int, int], Known]) -> list[Doubt]:
    assert figure.value is not None  # noqa: S101 - the caller looks first
    if not points:
        return []
    period = (figure.given.period_first or 0, figure.given.period_last or 0)
    unit = figure.given.unit
    before = (point for slot, point in points.items() if slot < period and not point.excluded)
    earlier = [point for point in before if same_unit(unit, point.unit)][-LATEST:]
    if not earlier or figure.value <= ZERO:
        return []
    usual = Decimal(median(point.value for point in earlier))
    if usual <= ZERO or max(usual, figure.value) < SMALL:
        return []
    factor = figure.value / usual
    if Decimal(1) / MAGNITUDE < factor < MAGNITUDE:
        return []
    supported = any(_supports(figure, change, usual) for change in figure.given.changes)
    if not supported and not figure.settled and figure.held is None:
        figure.held = Held.MAGNITUDE
    words = "a stated change supports it" if supported else "no stated change supports it"
    note = f"{shown(factor)} times the latest points; {words}"
    return [
        Doubt(Check.MAGNITUDE, Severity.SHARP, figure, note, shown(usual), figure.value, earlier[-1].observation_id)
    ]


def _supports(figure: Placed, change: ChangeInput, usual: Decimal) -> bool:
    implied = implied_by(figure, change)
    if implied is None or implied.middle <= ZERO or change.basis not in ("yoy", "chain"):
        return False
    return Decimal(1) / MAGNITUDE < implied.middle / usual < MAGNITUDE


def base_period(figure: Placed, change: ChangeInput) -> tuple[int, int] | None:
    """The months that a change of a figure is measured from, None where they are not known."""
    first, last = figure.given.period_first, figure.given.period_last
    if first is None or last is None:
        return None
    if change.basis == "yoy":
        return year_before(first, last)
    if change.basis == "chain":
        length = last - first + 1
        return (first - length, last - length)
    if change.basis == "previous_five_years":
        return (first - 60, last - 60)
    if change.base_period is not None and change.base_period.isdigit() and len(change.base_period) == 4:
        return ReferencePeriod.year(int(change.base_period))
    return None


def implied_by(figure: Placed, change: ChangeInput) -> Interval | None:
    """The base that a figure's value and its stated change give; None for a change in another unit."""
    return None if figure.value is None else implied_base(_interval(figure), figure.given.unit, change)
