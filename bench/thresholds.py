"""The tables of docs/thresholds.md: what each threshold would tell, over the annotated corpus and the demo's archive.

    python -m bench.thresholds                  print them
    python -m bench.thresholds --write          put them into docs/thresholds.md
    --corpus FOLDER   --home FOLDER             other places than ../shared/evaluation/corpus and var/demo (`make demo`)

Tests hold the page to what these functions give.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from alerts.preview import preview
from alerts.receivers import Directory
from alerts.rules.thresholds import Thresholds, measure, unit_of
from bench.alert_corpus import CORPUS, alerts_of, figures_of, score
from flows.home import Home
from flows.settings import Settings
from flows.stores import existing_record
from scrapers.indicators import Indicator, load_catalogue
from storage.facts import ChangeFacts, FigureFacts
from storage.store import Store

PAGE = Path(__file__).resolve().parent.parent / "docs" / "thresholds.md"
DEMO = Path(__file__).resolve().parent.parent / "var" / "demo"
YEARLY = tuple(map(Decimal, (5, 8, 10, 15, 20, 25, 30, 40, 50)))
POINTS = tuple(map(Decimal, (1, 2, 3, 5, 8)))
TRIED = tuple(map(Decimal, (5, 10, 15, 20, 25, 30, 50, 100)))


@dataclass(frozen=True, slots=True)
class Said:
    """One stated change of the corpus as thresholds measure it."""

    figure: FigureFacts
    change: ChangeFacts
    size: Decimal
    form: str

    @property
    def key(self) -> bool:
        """Whether it is a key indicator's."""
        return self.figure.indicator is not None and self.figure.indicator.key

    @property
    def yearly(self) -> bool:
        """Whether it is year on year."""
        return self.change.basis == "yoy"


def corpus_tables(folder: Path = CORPUS) -> str:
    """All tables over the annotated statements. Raises OSError where the corpus is not there."""
    catalogue = load_catalogue()
    records = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    said = [one for record in records for one in _said(figures_of(record, record["observations"], catalogue))]
    told = sum(len(list(alerts_of(record, record["observations"], catalogue, annotated=True))) for record in records)
    keys = [one for one in said if one.key]
    percent = [one for one in said if one.form == "percent" and one.yearly]
    head = f"{len(records)} texts; with the thresholds as they are, rule 1 tells {told} of their changes.\n\n"
    yearly = _sweep(
        "year on year, per cent", YEARLY, {"key indicators": [one for one in percent if one.key], "all": percent}
    )
    other = {
        f"{name}, {form}": [one for one in keys if one.change.basis == basis and one.form == measured]
        for name, basis in (("on a named base", "named_period"), ("on the previous five years", "previous_five_years"))
        for form, measured in (("per cent", "percent"),)
    }
    points = {"year on year, key": [one for one in keys if one.form == "percentage_points" and one.yearly]}
    return (
        head
        + yearly
        + "\n"
        + _sweep("key indicators, other bases", YEARLY, other)
        + "\n"
        + _sweep("percentage points", POINTS, points)
        + "\n"
        + _own(catalogue.indicators, said)
        + _rightness(folder)
    )


def _rightness(folder: Path) -> str:
    found = score(folder)
    return (
        f"\nRule 1 over what the reader reads, against the same over the annotation: precision {found.precision:.3f}, "
        f"recall {found.recall:.3f} ({found.right} right, {len(found.missed)} missed, {len(found.false)} false).\n"
    )


def demo_table(store: Store) -> str:
    """What the preview tells over a record, for thresholds year on year."""
    rows: dict[str, dict[Decimal, int]] = {}
    nobody = Directory.of((), ())
    for limit in TRIED:
        found = preview(store, nobody, thresholds=Thresholds({"percent": limit}))
        for name, count in {"all rules": len(found.alerts), **found.by_rule}.items():
            rows.setdefault(name, {})[limit] = count
    in_force = preview(store, nobody)
    columns = [f"{limit}" for limit in TRIED]
    lines = [_line(["`--set percent=`", *columns, "**in force**"]), _rule(len(columns) + 2)]
    totals = {"all rules": len(in_force.alerts), **in_force.by_rule}
    for name, counts in rows.items():
        lines.append(_line([name, *(str(counts.get(limit, 0)) for limit in TRIED), f"**{totals.get(name, 0)}**"]))
    return f"{in_force.editions} reports.\n\n" + "\n".join(lines) + "\n"


def _said(figures: Iterable[FigureFacts]) -> Iterator[Said]:
    for figure in figures:
        for change in figure.changes:
            measured = measure(change, figure.value, unit_of(figure))
            if measured is not None:
                yield Said(figure, change, measured.size, measured.form)


def _sweep(title: str, limits: Sequence[Decimal], groups: Mapping[str, Sequence[Said]]) -> str:
    """How many of each group reach each limit."""
    lines = [_line([title, "stated", *(f"≥ {limit}" for limit in limits)]), _rule(len(limits) + 2)]
    for name, group in groups.items():
        reach = [sum(one.size >= limit for one in group) for limit in limits]
        lines.append(_line([name, str(len(group)), *map(str, reach)]))
    return "\n".join(lines) + "\n"


def _own(indicators: Iterable[Indicator], said: Sequence[Said]) -> str:
    """Of each indicator with thresholds of its own: how many yearly changes it has, and how many reach either."""
    lines = [_line(["indicator", "own thresholds", "stated", "reach the default", "reach its own"]), _rule(5)]
    for indicator in indicators:
        if not indicator.thresholds:
            continue
        mine = [one for one in said if one.figure.indicator_id == indicator.id and one.yearly]
        usual, own = (sum(_reaches(one, limits) for one in mine) for limits in (False, True))
        named = ", ".join(f"{name} {value}" for name, value in indicator.thresholds.items())
        name = f"{indicator.name} (`{indicator.id}`)" + ("" if indicator.key else ", not key")
        lines.append(_line([name, named, str(len(mine)), str(usual), str(own)]))
    return "\n".join(lines) + "\n"


def _reaches(one: Said, own: bool) -> bool:  # noqa: FBT001  two columns of one table
    indicator = one.figure.indicator if own else None
    limit = Thresholds().for_change(one.form, one.change.basis, one.change.direction, indicator)
    return limit is not None and one.size >= limit


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _rule(columns: int) -> str:
    return "|" + "---|" * columns


def laid_into(page: str, name: str, table: str) -> str:
    """The page with this table between its marks. Raises ValueError where it has none of that name."""
    marks = re.compile(rf"(<!-- {name}: begin[^\n]*-->\n).*?(<!-- {name}: end -->)", re.DOTALL)
    if not marks.search(page):
        raise ValueError(f"docs/thresholds.md has no marks for {name}")
    return marks.sub(lambda found: f"{found[1]}\n{table}\n{found[2]}", page)


def main() -> None:
    """Print the tables, or write them into the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--home", type=Path, default=DEMO)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    page = PAGE.read_text(encoding="utf-8")
    tables: dict[str, str] = {}
    if options.corpus.is_dir():
        tables["corpus"] = corpus_tables(options.corpus)
    home = Home(options.home.absolute())
    if home.database.exists():
        with existing_record(home, Settings()) as store:
            tables["demo"] = demo_table(store)
    if missing := {"corpus", "demo"} - set(tables):
        print(f"not there, and left as it is: {', '.join(sorted(missing))}", file=sys.stderr)
    for name, table in tables.items():
        page = laid_into(page, name, table)
        if not options.write:
            print(f"{name}\n\n{table}")
    if options.write:
        PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
