"""Rule 1 over the annotated corpus: what the reader's figures raise against what the annotation's own raise.

    python -m bench.alert_corpus [FOLDER]       precision, recall, every miss and every false alert
    python -m bench.alert_corpus --json

The same rule, catalogue and thresholds on both sides; an alert is the same where its change stands at the same place
and says the same. The catalogue maps the annotation's subjects as it maps the reader's, with the body that the scope
names.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from alerts.rules.model import Given
from alerts.rules.stated_change import find
from scrapers.indicators import Indicator, load_catalogue
from scrapers.indicators.catalogue import Catalogue
from scrapers.period import Period
from scrapers.reading.bases import settled
from scrapers.reading.extract import extract_record
from scrapers.reading.model import Basis
from scrapers.reading.structure import Comparison
from scrapers.vocabulary import BodyKind
from storage.facts import ChangeFacts, DocumentFacts, EditionFacts, FigureFacts, IndicatorFacts
from storage.vocabulary import Cause, Origin, Standing, Status

CORPUS = Path(__file__).resolve().parent.parent.parent / "shared" / "evaluation" / "corpus"
# What a scope's words say of its body; the first that is found.
_BODIES = {
    "检察": "procuratorate",
    "法院": "court",
    "审判": "court",
    "公安": "police",
    "司法行政": "justice",
    "司法厅": "justice",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One alert, as far as both sides know it."""

    text: str
    start: int
    end: int
    says: tuple[str, str, str, str]
    subject: str
    indicator: str

    def same(self, other: Told) -> bool:
        """The same change at the same place."""
        return self.text == other.text and self.says == other.says and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Score:
    """Both sides, matched one to one."""

    right: int
    missed: tuple[Told, ...]
    false: tuple[Told, ...]

    @property
    def precision(self) -> float:
        """Of what is told, the share that is right; 1 where nothing is told."""
        told = self.right + len(self.false)
        return self.right / told if told else 1.0

    @property
    def recall(self) -> float:
        """Of what should be told, the share that is."""
        wanted = self.right + len(self.missed)
        return self.right / wanted if wanted else 1.0


def score(folder: Path = CORPUS) -> Score:
    """Read every text of the corpus and compare. Raises OSError where it is not there."""
    catalogue = load_catalogue()
    wanted: list[Told] = []
    told: list[Told] = []
    for path in sorted(folder.glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        wanted.extend(alerts_of(record, record["observations"], catalogue, annotated=True))
        answer = extract_record(record, catalogue)
        observations: Any = answer["observations"]
        told.extend(alerts_of(record, observations, catalogue, annotated=False))
    left, false = list(wanted), []
    for one in told:
        match = next((other for other in left if one.same(other)), None)
        if match is None:
            false.append(one)
        else:
            left.remove(match)
    return Score(len(wanted) - len(left), tuple(left), tuple(false))


def alerts_of(
    record: Mapping[str, Any], statements: list[Mapping[str, Any]], catalogue: Catalogue, *, annotated: bool
) -> Iterator[Told]:
    """What rule 1 finds in one text's statements."""
    figures = figures_of(record, statements, catalogue, annotated=annotated)
    places = {change.id: change for figure in figures for change in figure.changes}
    for found in find(Given(edition=_edition(figures))):
        assert found.change_id is not None
        change = places[found.change_id]
        says = (change.direction, str(change.value), change.form, change.basis)
        yield Told(record["id"], change.span_start, change.span_end, says, found.subject, found.indicator_id or "")


def figures_of(
    record: Mapping[str, Any], statements: list[Mapping[str, Any]], catalogue: Catalogue, *, annotated: bool = True
) -> list[FigureFacts]:
    """One text's statements as rules see figures: alone, without a history."""
    return [_figure(record, number, one, catalogue, annotated=annotated) for number, one in enumerate(statements)]


def _figure(
    record: Mapping[str, Any], number: int, one: Mapping[str, Any], catalogue: Catalogue, *, annotated: bool
) -> FigureFacts:
    body = _body(one.get("scope", ""), record)
    printed = catalogue.match(one["subject"], one["unit"], BodyKind(body) if body else None)
    indicator_id = printed if annotated else one["indicator"]
    doubtful = one.get("status") == "doubtful"
    return FigureFacts(
        id=number,
        edition_id=1,
        position=number,
        subject=one["subject"],
        indicator_id=indicator_id,
        scope_body=body,
        scope_own=False,
        scope_region=None,
        scope_words=one.get("scope", ""),
        level=None,
        period_first=None,
        period_last=None,
        value=_decimal(one["value"]),
        precision=None,
        unit=one["unit"],
        qualifier=one["qualifier"],
        status=Status.DOUBTFUL if doubtful else Status.STATED,
        standing=Standing.NONE,
        held=None,
        remarks=(),
        rules=(),
        quotation="",
        span_start=one["start"],
        span_end=one["end"],
        mark_start=0,
        mark_end=0,
        changes=tuple(_change(number * 100 + n, change, one.get("period")) for n, change in enumerate(one["changes"])),
        indicator=_facts(catalogue.get(indicator_id) if indicator_id else None),
    )


def _facts(indicator: Indicator | None) -> IndicatorFacts | None:
    if indicator is None:
        return None
    return IndicatorFacts(
        id=indicator.id,
        label=indicator.name,
        topic=indicator.topic,
        body=indicator.bodies[0].value if indicator.bodies else None,
        measure=indicator.measure.value,
        unit=indicator.unit,
        rise="",
        key=indicator.key,
        lower=None,
        upper=None,
        thresholds=dict(indicator.thresholds),
        part_of=None,
        rate_of=None,
        rate_base=None,
    )


def _change(number: int, one: Mapping[str, Any], period: str | None) -> ChangeFacts:
    basis, base_period = _against(one["basis"], one.get("base_period"), period)
    return ChangeFacts(
        id=number,
        direction=one["direction"],
        value=_decimal(one["value"]),
        precision=None,
        form=one["form"],
        basis=basis,
        base_period=base_period,
        unit=one.get("unit") or "",
        qualifier="exact",
        span_start=one["start"],
        span_end=one["end"],
        standing=Standing.NONE,
    )


def _against(basis: str, base_period: str | None, period: str | None) -> tuple[str, str | None]:
    """A change's basis and base period: a named year is year on year where it is the year before.

    ../shared/evaluation/README.md takes either; thresholds differ, so both sides have to be asked by the same.
    """
    if basis != Basis.NAMED_PERIOD or not period:
        return basis, base_period
    meant = settled(Comparison(Basis.NAMED_PERIOD, base_period), Period.parse(period))
    return str(meant.basis), meant.base_period


def _edition(figures: list[FigureFacts]) -> EditionFacts:
    day = date(2025, 1, 1)
    document = DocumentFacts(1, None, "", "", None, None, None, None, None, None, day, "")
    return EditionFacts(
        edition_id=1,
        due_ids=(),
        reasons=(),
        document=document,
        previous_id=None,
        origin=Origin.ORDINARY,
        cause=Cause.FIRST,
        baseline=False,
        created_at=datetime(2025, 1, 1, tzinfo=UTC),
        figures=tuple(figures),
        differences=(),
        findings=(),
        alerts=(),
    )


def _body(scope: str, record: Mapping[str, Any]) -> str | None:
    named = next((body for word, body in _BODIES.items() if word in scope), None)
    return named or (BodyKind.from_label(record["body"]).value if record.get("body") else None)


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value)).normalize()


def main() -> None:
    """Print both figures and every miss."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if not options.folder.is_dir():
        sys.exit(f"{options.folder} is not there: name the folder of annotated texts")
    result = score(options.folder)
    if options.json:
        print(json.dumps({"precision": result.precision, "recall": result.recall, "right": result.right}))
        return
    for title, several in (("missed", result.missed), ("false", result.false)):
        for one in several:
            print(f"{title:7} {one.text} {one.start}-{one.end} {one.indicator} {one.subject} {' '.join(one.says)}")
    print(f"precision {result.precision:.3f}   recall {result.recall:.3f}   right {result.right}")


if __name__ == "__main__":
    main()
