"""The wheel holds everything: built, installed into a folder of its own, and run from there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which the wheel was installed, without its dependencies (those of this environment serve)."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    build = [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, timeout=120, cwd=folder)
    (wheel,) = folder.glob("*.whl")
    place = folder / "site"
    subprocess.run([*pip, "install", "--no-deps", "--target", str(place), str(wheel)], check=True, timeout=120)
    return place


def run(installed: Path, home: Path, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ZHENGFA_", "PREFECT_"))}
    environment |= {"PYTHONPATH": str(installed), "ZHENGFA_HOME": str(home), "PYTHONSAFEPATH": "1"}
    return subprocess.run(
        [sys.executable, str(installed / "bin" / "zhengfa"), *words],
        cwd=home.parent, env=environment, input=stdin, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_it_runs_from_another_folder(installed: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    where = subprocess.run(
        [sys.executable, "-c", "import flows; print(flows.__file__)"],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"},
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert str(installed) in where.stdout, "the checkout was run, not the wheel"
    assert run(installed, home, "init").returncode == 0
    line = json.dumps({"id": 1, "text": "2023年,全省法院受理案件40万件,同比上升5%。", "body": "法院", "region": "甘肃"})
    answer = json.loads(run(installed, home, "extract", "--jsonl", stdin=line).stdout)
    assert answer["observations"][0]["indicator"]
    delivered = run(installed, home, "deliver", "--once")
    assert delivered.returncode == 0, delivered.stderr
    assert (home / "zhengfa.db").exists()
    doctor = run(installed, home, "doctor")
    assert doctor.returncode == 0, doctor.stderr
    assert " 0 cards" not in " ".join(doctor.stdout.split())


@pytest.mark.parametrize(
    "suffix", [".toml", ".j2", ".json", "script.py.mako", "alembic.ini", "zhengfa.toml", "regions.toml"]
)
def test_data_files_are_inside(installed: Path, suffix: str) -> None:
    (wheel,) = installed.parent.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    wanted = [
        name
        for name in tracked
        if name.endswith(suffix) and name.startswith(("flows", "scrapers", "storage", "alerts"))
    ]
    assert set(wanted) <= set(names)


def test_nothing_of_the_tests_is_inside(installed: Path) -> None:
    (wheel,) = installed.parent.glob("*.whl")
    assert not [name for name in zipfile.ZipFile(wheel).namelist() if name.startswith(("tests", "bench"))]
