"""`zhengfa db` and `zhengfa verify`: the record as a whole.

upgrade   bring the tables up to this program        backup    one SQLite file, while others go on writing
restore   a backup into an empty place               copy      into another database, complete
thin      forget old lines of the log of requests
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.command import labels, options
from flows.command.opening import opened
from flows.command.output import err, out, plain, table, when

if TYPE_CHECKING:
    from flows.settings import Settings

app = typer.Typer(no_args_is_help=True, help="The record as a whole: upgrade, back up, restore, copy.")

Snapshots = Annotated[
    str, typer.Option(help="Where that record's snapshots lie: a folder or s3://…; by default this home's.")
]


@app.command()
def upgrade() -> None:
    """Bring the tables up to this program's revision; every command does so too when it opens the record."""
    from storage.store import describe

    home, settings = _home()
    where = settings.database_url or home
    before = describe(where)
    with opened():
        after = describe(where)
    out.print(before if before == after else f"{before}\n→ {after}", soft_wrap=True)


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="A file that does not exist yet.")]) -> None:
    """Write the record into one file; ingest and delivery may go on meanwhile. Snapshots are not in it."""
    from storage.copying import backup as write

    with opened() as here, options.written(file):
        written = write(here.store, file)
        out.print(f"{written}: {written.stat().st_size:,} bytes", soft_wrap=True)
        out.print(f"snapshots are apart, in {here.store.archive.root}: copy that folder too", soft_wrap=True)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="What `zhengfa db backup` wrote.")],
    to: Annotated[str, typer.Option(help="A file or database address, empty; by default this home's record.")] = "",
    snapshots: Snapshots = "",
) -> None:
    """Make an empty record what a backup holds; an older backup is upgraded on the way."""
    from flows.home import Home
    from storage.copying import restore as read

    home, settings = _home()
    Home.from_environment().make()
    target = to or settings.database_url or home
    archive = snapshots or str(Home.from_environment().snapshots)
    counted = read(file, target, snapshots=archive)
    _print_counts(counted)


@app.command()
def copy(
    to: Annotated[str, typer.Argument(metavar="ADDRESS", help="postgresql://user@host/name, or an SQLite file.")],
    snapshots: Snapshots = "",
) -> None:
    """Copy the whole record into an empty one of either kind, and count every table on both sides."""
    from storage.copying import copy as carry
    from storage.store import open_store

    with opened() as here, open_store(to, snapshots=snapshots or here.store.archive.root) as target:
        counted = carry(here.store, target, progress=_told("copied"))
    _print_counts(counted)
    out.print("to work on the copy from now on, set database_url in zhengfa.toml")


@app.command()
def thin(
    older_than: Annotated[str, typer.Option(help="30d, 12w …; by default fetch_log_for of the settings.")] = "",
) -> None:
    """Forget old lines of the log of requests; figures, pages and the state of every address stay.

    Every run does so too. The file keeps its size and uses the room again; `db backup` writes one without gaps.
    """
    from storage.fetching import thin_fetches

    with opened() as here:
        before = here.now - (options.span("--older-than", older_than) if older_than else here.settings.fetch_log_for)
        gone = 0
        while True:
            with here.store.write() as session:
                lines = thin_fetches(session, before=before)
            if not lines:
                break
            gone += lines
    out.print(f"{gone:,} lines of the log of requests from before {when(before)} are gone")


def verify(
    repair: Annotated[bool, typer.Option("--repair", help="Set right what may be set right.")] = False,
) -> None:
    """Check bytes, texts, quotations, references and series; end with status 1 where something stays wrong."""
    from storage.verify import verify as check

    with opened() as here:
        faults = check(here.store, repair=repair, now=here.now, progress=_told("faults"))
    if faults:
        shown = table(f"{len(faults)} faults", "问题", "何处", "说明", "修复")
        for fault in faults:
            shown.add_row(
                labels.label(labels.FAULTS, fault.kind), plain(fault.subject), plain(fault.note),
                "已修复" if fault.repaired else "",
            )  # fmt: skip
        out.print(shown)
    left = sum(not fault.repaired for fault in faults)
    if not left:
        out.print("[green]the record is sound[/]")
    elif not repair:
        out.print("`zhengfa verify --repair` sets right what may be set right")
    sys.exit(1 if left else 0)


def _home() -> tuple[Path, Settings]:
    from flows.home import Home
    from flows.settings import load_settings

    home = Home.from_environment()
    return home.database, load_settings(home)


def _told(what: str) -> Callable[[str, int], None]:
    return lambda name, count: err.print(f"  {name}: {count} {what}", highlight=False)


def _print_counts(counted: Mapping[str, int]) -> None:
    shown = table(f"{sum(counted.values()):,} rows", "table", ">rows")
    for name, count in counted.items():
        if count:
            shown.add_row(name, f"{count:,}")
    out.print(shown)
