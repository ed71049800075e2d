"""The reader's speed, beside Recognizers-Text and a naive pattern, on the same text in the same run.

    python -m bench.reading            a table
    python -m bench.reading --json     one JSON object; `ratios` holds vs_recognizers, vs_naive, growth_2x

Each measurement is a fresh process that warms up on a small piece, then reads one string; processor time, the median of
several, the programs taking turns. The peer does less (numbers and percentages; no subjects, changes, periods) and is
given the text a paragraph at a time, since its time grows with the square of a string (200,000 characters as one: eight
times slower); ours is given one string. Needs `make bench-peers`; without it the peer's ratio is null.

The limit of the reader is one digit-anchored pass of `re`: the stages show how far from it each part is.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.reports import report

ROOT = Path(__file__).resolve().parent.parent
PEER_PYTHON = ROOT / ".venv-bench" / "bin" / "python"
PEER = Path(__file__).with_name("peer_recognizers.py")
MEGA = 1_000_000
WARM_UP = 20_000


def _reader(text: str) -> int:
    from scrapers.reading import Context, read

    reading = read(text, Context())
    return sum(1 + len(observation.changes) for observation in reading.observations)


def _quantities(text: str) -> int:
    from scrapers.reading.normalise import normalise
    from scrapers.reading.quantities import find_quantities

    return len(find_quantities(normalise(text)))


def _normal(text: str) -> int:
    from scrapers.reading.normalise import normalise

    return len(normalise(text))


_DIGITS = re.compile(r"[0-9]+")
# What one writes in an afternoon: the words of the clause, a number, a unit, and 同比 by rule.
_NAIVE = re.compile(
    r"(?P<yoy>同比|比上年)?(?P<subject>[^,。;、\n0-9]*)(?P<number>[0-9]+(?:\.[0-9]+)?)(?P<scale>[万亿]?)余?多?"
    r"(?P<unit>个百分点|人次|场次|%|件|人|起|元|天|倍|份)"
)


def _limit(text: str) -> int:
    return sum(1 for _ in _DIGITS.finditer(text))


def _naive(text: str) -> int:
    scales = {"": 1, "万": 10**4, "亿": 10**8}
    found = []
    for match in _NAIVE.finditer(text):
        value = float(match["number"]) * scales[match["scale"]]
        found.append((match.start(), match.end(), match["subject"], value, match["unit"], bool(match["yoy"])))
    return len(found)


PROGRAMS: dict[str, Callable[[str], int]] = {
    "reader": _reader,
    "quantities": _quantities,
    "normalise": _normal,
    "digits": _limit,
    "naive": _naive,
}


def work(program: str, path: Path) -> None:
    """One measurement in this process, as JSON on standard output."""
    text = path.read_text(encoding="utf-8")
    run = PROGRAMS[program]
    run(text[:WARM_UP])
    start = time.process_time()
    found = run(text)
    print(json.dumps({"seconds": time.process_time() - start, "found": found}))


def _ask(command: list[str]) -> tuple[float, int]:
    answer = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout)
    return float(answer["seconds"]), int(answer["found"])


def _commands(once: Path, twice: Path) -> dict[str, list[str]]:
    own = [sys.executable, "-m", "bench.reading", "--program"]
    commands = {name: [*own, name, str(once)] for name in PROGRAMS}
    commands["reader_2x"] = [*own, "reader", str(twice)]
    if PEER_PYTHON.exists():
        commands["recognizers"] = [str(PEER_PYTHON), str(PEER), str(once)]
    return commands


def measure(length: int, rounds: int) -> dict[str, object]:
    """Every program in turn, `rounds` times; medians, finds and ratios."""
    with tempfile.TemporaryDirectory() as folder:
        once, twice = Path(folder, "once.txt"), Path(folder, "twice.txt")
        once.write_text(report(length), encoding="utf-8")
        twice.write_text(report(2 * length), encoding="utf-8")
        commands = _commands(once, twice)
        times: dict[str, list[float]] = {name: [] for name in commands}
        found: dict[str, int] = {}
        for _ in range(rounds):
            for name, command in commands.items():
                seconds, found[name] = _ask(command)
                times[name].append(seconds)
    median = {name: statistics.median(taken) for name, taken in times.items()}
    speed = {name: (2 if name == "reader_2x" else 1) * length / taken for name, taken in median.items()}
    peer = speed.get("recognizers")
    return {
        "characters": length,
        "rounds": rounds,
        "characters_per_second": {name: round(value) for name, value in speed.items()},
        "found": found,
        "characters_per_statement": round(length / max(found["reader"], 1), 1),
        "ratios": {
            "vs_recognizers": round(speed["reader"] / peer, 2) if peer else None,
            "vs_naive": round(speed["reader"] / speed["naive"], 3),
            "growth_2x": round(median["reader_2x"] / median["reader"], 2),
        },
        "limit": "one digit-anchored pass of re over the text (digits); the work at each figure is the rest",
    }


def _table(result: dict[str, object]) -> None:
    speeds, found = result["characters_per_second"], result["found"]
    assert isinstance(speeds, dict)
    assert isinstance(found, dict)
    print(f"{result['characters']} characters, a statement per {result['characters_per_statement']}")
    for name, speed in speeds.items():
        print(f"  {name:18} {speed / 1e6:9.3f} Mchar/s {found[name]:9} found")
    for name, ratio in dict(result["ratios"]).items():  # type: ignore[call-overload]
        print(f"  {name:18} {ratio}")
    print(f"  limit: {result['limit']}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of the table")
    parser.add_argument("--characters", type=int, default=MEGA, help="length of the text")
    parser.add_argument("--rounds", type=int, default=3, help="measurements of each program")
    parser.add_argument("--program", choices=PROGRAMS, help=argparse.SUPPRESS)
    parser.add_argument("path", nargs="?", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.program:
        work(arguments.program, arguments.path)
        return
    result = measure(arguments.characters, arguments.rounds)
    if arguments.json:
        print(json.dumps(result, ensure_ascii=False))
    else:
        _table(result)


if __name__ == "__main__":
    main()
