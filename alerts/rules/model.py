"""What a rule is: a pure function from stored facts to candidates, each with its reason.

    Given                     everything a rule may look at
    ├── edition               the edition that is due, with its figures, their histories and differences
    ├── peers                 by figure, the same indicator and period elsewhere
    └── thresholds            what counts as sharp (alerts.rules.thresholds)

    rule(given) -> AlertInput ...       never the clock, never the database

A candidate's key is series × period × basis, never the value: what is found again is the same alert.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from alerts.rules.thresholds import Thresholds
from storage.alert_inputs import AlertInput, EvidenceInput
from storage.facts import ChangeFacts, EditionFacts, FigureFacts, PeerFacts
from storage.periods import ReferencePeriod, period_text
from storage.vocabulary import Severity, Standing

# A change of twice its threshold is what a desk wants to see first.
_SHARP = Decimal(2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What rules are given of one edition."""

    edition: EditionFacts
    thresholds: Thresholds = field(default_factory=Thresholds)
    peers: Mapping[int, tuple[PeerFacts, ...]] = field(default_factory=dict)


Rule: TypeAlias = Callable[[Given], Iterable[AlertInput]]


@dataclass(frozen=True, slots=True)
class Named:
    """A rule in the registry. `peers`: it looks at other provinces, which have to be fetched for it.

    `merges`: what it finds in a figure that another rule tells already goes along with that.
    """

    name: str
    find: Rule
    peers: bool = False
    merges: bool = False


def key_figures(given: Given) -> Iterator[FigureFacts]:
    """The figures that readers are told about: key indicators, in the place where they are told."""
    for figure in given.edition.figures:
        if figure.indicator is not None and figure.indicator.key and told_here(figure.standing):
            yield figure


def doubtful(figure: FigureFacts) -> bool:
    """Whether a figure waits for a person: it may raise an alert, which is held. Once accepted it waits no more."""
    return figure.held is not None


def rejected(figure: FigureFacts) -> bool:
    """Whether a person has said that the figure is not what the page says; nothing is told of it."""
    return figure.standing is Standing.REJECTED


def told_here(standing: Standing) -> bool:
    """Whether this is the place to tell a figure: another edition or document does not have the better word on it."""
    return standing in (Standing.TAKEN, Standing.NONE, Standing.HELD)


def series_key(figure: FigureFacts) -> str:
    """What a figure speaks of, in words that outlive row numbers: indicator, scope, kind of measure and period."""
    series = figure.series
    period = period_of(figure)
    if series is None:
        scope = "own" if figure.scope_own else "system"
        name = figure.indicator_id or figure.subject
        about = f"{name}|{figure.scope_region or ''}|{figure.scope_body or ''}|{scope}|{figure.level or ''}"
        return f"{about}|{period}"
    scope = "own" if series.own else "system"
    return f"{series.indicator_id}|{series.measure}|{series.region}|{series.body}|{scope}|{series.level}|{period}"


def change_key(figure: FigureFacts, basis: str, base_period: str | None) -> str:
    """Series, period and basis: the identity of an alert about a change."""
    return f"{series_key(figure)}|{basis}|{base_period or ''}"


def period_of(figure: FigureFacts) -> str:
    """The figure's period as text, empty where it has none."""
    if figure.period_first is None or figure.period_last is None:
        return ""
    return period_text(figure.period_first, figure.period_last)


def severity_of(sharpness: Decimal) -> Severity:
    """Sharp from twice the threshold on."""
    return Severity.SHARP if sharpness >= _SHARP else Severity.NOTABLE


def number_text(value: Decimal) -> str:
    """A number for `facts`: plain notation, no trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def of_the_past(given: Given, figure: FigureFacts) -> bool:
    """Whether a report looks back: the figure's period ended before the report's own began.

    Where that is not known, before the year that ended before it came out: a report tells of that at least.
    """
    document = given.edition.document
    first = document.period_first
    if first is None and document.published is not None:
        first = ReferencePeriod.year(document.published.year - 1).first
    return first is not None and figure.period_last is not None and figure.period_last < first


def candidate(
    given: Given,
    figure: FigureFacts,
    *,
    rule: str,
    key: str,
    code: str,
    sharpness: Decimal,
    change: ChangeFacts | None = None,
    facts: Mapping[str, str] | None = None,
    severity: Severity | None = None,
    others: Iterable[EvidenceInput] = (),
) -> AlertInput:
    """A reader's alert about one figure. `code` names its sentence in the message catalogue (why.…)."""
    edition, document = given.edition, given.edition.document
    indicator = figure.indicator
    about = {"code": code, "marks": _marks(figure, change)} | dict(facts or {})
    if of_the_past(given, figure):
        about["past"] = "1"
    if figure.scope_own:
        about["own"] = "1"
    if figure.remarks:
        about["remarks"] = "\n".join(figure.remarks)
    return AlertInput(
        rule=rule,
        key=key,
        severity=severity or severity_of(sharpness),
        source_id=document.source_id,
        document_id=document.id,
        edition_id=edition.edition_id,
        observation_id=figure.id,
        change_id=change.id if change else None,
        series_id=figure.series.id if figure.series else None,
        indicator_id=figure.indicator_id,
        region=figure.scope_region or document.region,
        body=(indicator.body if indicator else None) or figure.scope_body or document.body,
        subject=figure.subject,
        period_first=figure.period_first,
        period_last=figure.period_last,
        value=figure.value,
        unit=figure.unit if figure.value is not None else (change.unit if change else ""),
        qualifier=figure.qualifier,
        direction=change.direction if change else None,
        change_value=change.value if change else None,
        change_qualifier=change.qualifier if change else "exact",
        form=change.form if change else None,
        basis=change.basis if change else None,
        base_period=change.base_period if change else None,
        sharpness=sharpness,
        quotation=figure.quotation,
        url=document.url,
        facts=about,
        evidence=(EvidenceInput(observation_id=figure.id), *others),
        baseline=edition.baseline or "past" in about,
        held=doubtful(figure),
    )


def _marks(figure: FigureFacts, change: ChangeFacts | None) -> str:
    """Where figure and change stand within the quotation: "10-17 20-25"."""
    spans = {(figure.mark_start, figure.mark_end)}
    if change is not None:
        start = figure.span_start - figure.mark_start
        spans.add((change.span_start - start, change.span_end - start))
    within = sorted(span for span in spans if 0 <= span[0] < span[1] <= len(figure.quotation))
    return " ".join(f"{first}-{last}" for first, last in within)
