"""The house rules that a machine can see: sizes (STYLE.md §4), and what must not stand in a commit."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
from pathlib import Path

from tests.conftest import ROOT

PACKAGES = ("flows", "scrapers", "storage", "alerts")
FILE_CAP, FUNCTION_CAP = 500, 80
# A cap broken for a good reason gets a line here with that reason, never a higher cap.
EXCEPTIONS: dict[str, str] = {}


def tracked(suffix: str = "") -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.splitlines() if name.endswith(suffix) and (ROOT / name).is_file()]


def functions(path: Path) -> dict[str, int]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


CODE = [path for path in tracked(".py") if path.relative_to(ROOT).parts[0] in PACKAGES and "versions" not in path.parts]


def test_no_file_and_no_function_is_over_its_cap() -> None:
    sizes = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in tracked(".py")}
    over = {name: size for name, size in sizes.items() if size > FILE_CAP and name not in EXCEPTIONS}
    long = {name: size for path in tracked(".py") for name, size in functions(path).items() if size > FUNCTION_CAP}
    assert not over
    assert not {name for name in long if name.split(":")[0] not in EXCEPTIONS}


def test_the_house_is_built_of_small_rooms() -> None:
    files = sorted(len(path.read_text().splitlines()) for path in CODE)
    lengths = sorted(size for path in CODE for size in functions(path).values())
    assert statistics.median(files) <= 120
    assert statistics.quantiles(files, n=10)[-1] <= 300
    assert statistics.median(lengths) <= 12
    assert statistics.quantiles(lengths, n=10)[-1] <= 40


def test_no_machine_and_no_registry_is_named() -> None:
    # Put together here, so that this file does not hold what it looks for.
    pattern = re.compile(
        "|".join((re.escape(str(ROOT.parent)) + r"/\w", "--(extra-)?index" + "-url", r"\.whl#" + "sha256"))
    )
    found = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.stat().st_size < 2_000_000 and pattern.search(path.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert not found


def test_every_handler_is_named_or_at_a_boundary() -> None:
    """A blanket `except` re-raises, or a comment says which boundary it is."""
    loose = []
    for path in CODE:
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            if re.match(r"\s*except (Base)?Exception\b", line):
                around = lines[number : number + 3]
                if not any("# " in near or "raise" in near for near in around):
                    loose.append(f"{path.relative_to(ROOT)}:{number + 1}")
    assert not loose
