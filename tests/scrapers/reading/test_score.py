"""The quality gate: the scorer's F1 on the annotated corpora must not fall below what was reached.

Floors stand in `score_floors.json` beside the digest of the corpus they were reached on; they only rise (`--record` by
`python -m tests.scrapers.reading.test_score`). Another corpus is scored and printed, not judged, until recorded anew.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, SHARED

SCORER = SHARED / "evaluation" / "score.py"
FLOORS = Path(__file__).parent / "score_floors.json"
CORPORA = {
    "shared": SHARED / "evaluation" / "corpus",
    "unseen": Path(__file__).parent / "corpus",
    "held_out": Path(__file__).parent / "held_out",
    "difficult": Path(__file__).parent / "difficult",
    "sealed": Path(__file__).parent / "sealed",
    "adverse": Path(__file__).parent / "adverse",
    "adverse_sealed": Path(__file__).parent / "adverse_sealed",
}
MEASURES = ("found", "complete", "blind")


def digest(corpus: Path) -> str:
    """SHA-256 over names and bytes of the corpus."""
    whole = hashlib.sha256()
    for path in sorted(corpus.glob("*.json")):
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


def scores(corpus: Path) -> dict[str, float]:
    """F1 of found and complete statements, and of complete ones with the period withheld."""
    seen, blind = _scored(corpus), _scored(corpus, "--blind")
    return {"found": seen["found"]["f1"], "complete": seen["complete"]["f1"], "blind": blind["complete"]["f1"]}


def _scored(corpus: Path, *options: str) -> dict[str, Any]:
    command = f"{Path(sys.executable).with_name('zhengfa')} extract --jsonl"
    done = subprocess.run(
        [sys.executable, str(SCORER), str(corpus), "--json", "--command", command, *options],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    result: dict[str, Any] = json.loads(done.stdout)
    return result


@pytest.mark.skipif(not SCORER.exists(), reason="../shared is not here: reading is not scored")
@pytest.mark.parametrize("name", CORPORA)
def test_the_scores_have_not_fallen(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = CORPORA[name]
    if not any(corpus.glob("*.json")):
        pytest.skip(f"there is no corpus {name}")
    reached = scores(corpus)
    with capsys.disabled():
        print(f"\nreading, {name}: " + ", ".join(f"{key} {value:.4f}" for key, value in reached.items()))  # noqa: T201  people read it
    floor = json.loads(FLOORS.read_text(encoding="utf-8")).get(name, {})
    if floor.get("digest") != digest(corpus):
        pytest.skip(f"corpus {name} is another than the floors were reached on: printed, not judged")
    for measure in MEASURES:
        assert reached[measure] >= floor[measure] - 1e-9, f"{measure} fell"


def record() -> None:
    """Write what is reached now as the floors. Raises SystemExit where a floor of the same corpus would fall."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    for name, corpus in CORPORA.items():
        if not any(corpus.glob("*.json")):
            continue
        reached, before = scores(corpus), floors.get(name, {})
        # Rounded down: a floor is what was reached for certain.
        new = {key: int(value * 10_000) / 10_000 for key, value in reached.items()}
        if before.get("digest") == digest(corpus) and any(new[key] < before[key] for key in MEASURES):
            sys.exit(f"{name}: {new} is below the floors {before}; floors only rise")
        floors[name] = {"digest": digest(corpus), **new}
    FLOORS.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    record()
