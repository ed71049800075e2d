"""From what the record says of an alert to what a person reads: AlertFacts -> Notice, DeliveryFacts -> Message.

facts["code"]       the rule's sentence                facts["marks"]     spans of the figure in the quotation
facts["remarks"]    what the report says of it         facts["old_*"]     what a correction replaces
evidence "figure"   where it stands                    evidence "base"    what it is compared with
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from alerts.messages.links import Links
from alerts.messages.words import Words
from alerts.model import Erratum, Figure, Message, Notice, StatedChange, Why
from alerts.vocabulary import Language, Reason
from storage.facts import AlertFacts, DeliveryFacts, EvidenceFacts
from storage.periods import period_text
from storage.telling import Names
from storage.vocabulary import Cause

SHORT = 8
# The body's own figure, not that of the whole system under it: the province's high court beside all its courts.
OWN = "(本级)"


@dataclass(frozen=True, slots=True)
class Composer:
    """Everything that messages of one round share."""

    names: Names
    lines: Mapping[int, tuple[tuple[int, int, Decimal], ...]] = field(default_factory=dict)
    links: Links = field(default_factory=Links)

    def message(self, delivery: DeliveryFacts, language: Language, now: datetime) -> Message:
        """The message of one delivery; alerts as they stand now."""
        reason = Reason(delivery.reason)
        return Message(
            id=delivery.idempotency_key,
            reason=reason,
            language=language,
            composed_at=now,
            notices=tuple(
                self.notice(alert, language, now, as_of=_as_of(delivery, alert)) for alert in still_told(delivery)
            ),
            route=delivery.route,
            thread=delivery.thread or "",
            possibly_repeated=delivery.possibly_repeated,
        )

    def notice(self, alert: AlertFacts, language: Language, now: datetime, *, as_of: Reason = Reason.DIGEST) -> Notice:
        """One alert as it is told; a first message tells no correction, even where the figure changed meanwhile."""
        words = Words(language)
        reason = Reason(alert.reason) if as_of is Reason.DIGEST and alert.reason in _TELLING else as_of
        corrected = reason in _TELLING
        erratum = _ERRATA.get(alert.cause) if corrected and alert.cause else None
        figure = self._figure(alert)
        # What is withdrawn has no new figure: it is told as it was.
        before = self._old(alert, figure) if reason is Reason.CORRECTION else None if corrected else _base(alert)
        region = alert.region or ""
        lasts = alert.rule not in _PASSING
        return Notice(
            short_id=alert.fingerprint[:SHORT],
            fingerprint=alert.fingerprint,
            rule=alert.rule,
            severity=alert.severity,
            audience=alert.audience,
            region=region,
            region_name=words.region(region, self.names.regions),
            body=words.word(f"body.{alert.body}") if words.has(f"body.{alert.body}") else "",
            indicator=alert.indicator_id or "",
            label=self.names.indicators.get(alert.indicator_id or "", alert.subject),
            subject=alert.subject + (OWN if alert.facts.get("own") else ""),
            figure=figure,
            why=_why(alert, words, before, figure, erratum),
            also=_also(alert, words) if before is not None or not erratum else (),
            sharpness=alert.sharpness or Decimal(0),
            before=before,
            peers=tuple(line for line in alert.facts.get("peer_lines", "").split("\n") if line),
            listed=self._listed(alert, words),
            erratum=erratum,
            series=self._series(alert),
            acknowledge_url=self.links.acknowledge(alert.fingerprint, now) if lasts else "",
            silence_url=self.links.silence(alert.fingerprint, now) if lasts else "",
            briefing_url=self.links.briefing(alert),
        )

    def _figure(self, alert: AlertFacts) -> Figure:
        itself = next((item for item in alert.evidence if item.role == "figure"), None)
        return Figure(
            period=_period(alert.period_first, alert.period_last),
            value=alert.value,
            unit=alert.unit if alert.value is not None else "",
            qualifier=alert.qualifier,
            precision=_decimal(alert.facts.get("precision")),
            change=StatedChange.told_by(alert),
            quotation=alert.quotation,
            marks=_marks(alert.facts.get("marks", "")),
            remarks=tuple(word for word in alert.facts.get("remarks", "").split("\n") if word),
            url=alert.url,
            title=itself.title if itself else "",
            source=self.names.sources.get(alert.source_id or "", ""),
            published=itself.published if itself else None,
        )

    def _old(self, alert: AlertFacts, now: Figure) -> Figure:
        """What the correction replaces: the same figure with its former value and change."""
        change = None
        if alert.old_change_value is not None or alert.facts.get("old_direction"):
            change = StatedChange(
                direction=alert.facts.get("old_direction") or alert.direction or "up",
                value=alert.old_change_value,
                form=alert.facts.get("old_form") or alert.form or "percent",
                basis=alert.basis or "yoy",
                base_period=alert.base_period or "",
                qualifier=alert.facts.get("old_change_qualifier", "exact"),
            )
        return Figure(
            period=now.period,
            value=alert.old_value,
            unit=alert.unit if alert.old_value is not None else "",
            qualifier=alert.facts.get("old_qualifier", "exact"),
            change=change,
            source=self.names.sources.get(alert.facts.get("old_source_id", ""), ""),
        )

    def _listed(self, alert: AlertFacts, words: Words) -> tuple[str, ...]:
        """Lines of silences and acknowledgements, each with what it is about in words."""
        rows = (json.loads(line) for line in alert.facts.get("listed", "").split("\n") if line)
        return tuple(
            words.word(
                f"listed.{row['kind']}",
                id=row["id"],
                what=self._called(row["what"], words),
                owner=row["owner"],
                until=row["until"],
                note=words.word("listed.note", note=row["note"]) if row["note"] else "",
            )
            for row in rows
        )

    def _called(self, what: Mapping[str, str], words: Words) -> str:
        """Matchers by their names: 甘肃 刑事案件立案数."""
        known = {"indicator": self.names.indicators, "source": self.names.sources}
        return " ".join(
            words.region(value, self.names.regions) if name == "region" else known.get(name, {}).get(value, value)
            for name, value in what.items()
            if value
        )

    def _series(self, alert: AlertFacts) -> tuple[tuple[str, Decimal], ...]:
        line = self.lines.get(alert.series_id or 0, ())
        return tuple(
            (_period(first, last), value) for first, last, value in line if last <= (alert.period_last or last)
        )


def still_told(delivery: DeliveryFacts) -> tuple[AlertFacts, ...]:
    """The alerts that are worth telling when the message is written: not those that were taken back while it waited."""
    if delivery.reason in _TELLING:
        return delivery.alerts
    return tuple(
        alert
        for alert in delivery.alerts
        if (delivery.reason == Reason.DIGEST and not _changed(delivery, alert))
        or (alert.reason != Reason.WITHDRAWN and alert.facts.get("code") != _NO_LONGER)
    )


def _changed(delivery: DeliveryFacts, alert: AlertFacts) -> bool:
    """Whether the alert says something else by now than when the row was made."""
    return delivery.revisions.get(alert.id, alert.revision) != alert.revision


def _as_of(delivery: DeliveryFacts, alert: AlertFacts) -> Reason:
    """A line of a digest is told by its own reason; one that changed while it waited is news: nobody had the old."""
    reason = Reason(delivery.reason)
    return Reason.NEW if reason is Reason.DIGEST and _changed(delivery, alert) else reason


# Rules whose alerts nobody need take over: the next one comes by itself.
_PASSING = ("heartbeat", "listing")
# Reasons that are told of an alert beside its figure.
_TELLING = (Reason.CORRECTION, Reason.WITHDRAWN)
# The code under which rule 6 puts what is no longer beyond its threshold.
_NO_LONGER = "revision"
_ERRATA = {
    Cause.PUBLISHER: Erratum.PUBLISHER,
    Cause.READER: Erratum.READER,
    Cause.FORM: Erratum.FORM,
    Cause.FIRST: Erratum.SOURCE,
}


def _base(alert: AlertFacts) -> Figure | None:
    """The stored figure that it is compared with, where a rule named one."""
    base = next((item for item in alert.evidence if item.role == "base"), None)
    return _from_evidence(base) if base else None


def _from_evidence(item: EvidenceFacts) -> Figure:
    return Figure(
        period=_period(item.period_first, item.period_last),
        value=item.value,
        unit=item.unit,
        qualifier=item.qualifier,
        quotation=item.quotation,
        url=item.url,
        title=item.title,
        published=item.published,
    )


def _why(alert: AlertFacts, words: Words, before: Figure | None, figure: Figure, erratum: Erratum | None) -> Why:
    """The rule's sentence with its particulars in the reader's language; a correction is told as one."""
    particulars = _worded(alert, words, alert.facts)
    if erratum is not None and before is not None:
        particulars |= {"old": words.figure(before), "new": words.figure(figure)}
    if erratum is not None:
        particulars["erratum"] = words.erratum(erratum, before, figure)
        return Why(code="revision" if before is not None else "withdrawn", particulars=particulars)
    return Why(code=alert.facts.get("code", alert.rule), particulars=particulars)


def _also(alert: AlertFacts, words: Words) -> tuple[Why, ...]:
    """What other rules say of the same figure; their particulars stand under their code (record_high.since)."""
    reasons = []
    if alert.reason == Reason.CORRECTION:
        # Told as a correction first of all; then what holds of it now.
        code = alert.facts.get("code", alert.rule)
        reasons.append(
            Why(code="no_longer" if code == _NO_LONGER else code, particulars=_worded(alert, words, alert.facts))
        )
    for code in alert.facts.get("also", "").split():
        own = {
            name.removeprefix(f"{code}."): value for name, value in alert.facts.items() if name.startswith(f"{code}.")
        }
        reasons.append(Why(code=code, particulars=_worded(alert, words, own)))
    return tuple(reasons)


def _worded(alert: AlertFacts, words: Words, facts: Mapping[str, str]) -> dict[str, str]:
    """Numbers in words: `x` with `x_form` beside it becomes a change, a rate or an amount."""
    worded = {"stated": words.change_with_basis(change)} if (change := StatedChange.told_by(alert)) else {}
    worded |= facts
    if "since" in facts:
        worded["since"] = words.period(facts["since"])
    if alert.rule == "silence" and "usual" in facts:
        worded["usual"] = words.days(facts["usual"])
    for name, form in facts.items():
        bare = name.removesuffix("_form")
        if bare != name and bare in facts:
            worded[bare] = _number(words, Decimal(facts[bare]), form, limit=bare == "threshold")
    for item in alert.evidence:
        if item.role in ("base", "other") and item.value is not None:
            figure = _from_evidence(item)
            worded |= {item.role: words.period(figure.period), f"{item.role}_value": words.figure(figure)}
            worded |= {f"{item.role}_title": item.title or item.url}
    if alert.value is not None:
        worded["ours"] = words.amount(alert.value, alert.unit, alert.qualifier)
    return worded


def _number(words: Words, value: Decimal, form: str, *, limit: bool) -> str:
    if form == "rate":
        return words.amount(value, "%")
    direction = "down" if value < 0 else "up"
    text = words.change(StatedChange(direction=direction, value=abs(value), form=form, basis="yoy"))
    return text.removeprefix("+") if limit else text


def _period(first: int | None, last: int | None) -> str:
    return "" if first is None or last is None else period_text(first, last)


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


def _marks(text: str) -> tuple[tuple[int, int], ...]:
    spans = (span.partition("-") for span in text.split())
    return tuple((int(first), int(last)) for first, _, last in spans)
