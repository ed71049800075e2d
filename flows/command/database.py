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
from flows.command.app import App, chinese
from flows.command.opening import described, opened
from flows.command.output import at, err, out, plain, table
from flows.language import say

if TYPE_CHECKING:
    from flows.settings import Settings

app = App(say("整个数据库: 升级、备份、恢复、复制", "The record as a whole: upgrade, back up, restore, copy."))

Snapshots = Annotated[
    str,
    typer.Option(
        help=say(
            "那个库的快照在哪里: 文件夹或 s3://…;默认用本目录的",
            "Where that record's snapshots lie: a folder or s3://…; by default this home's.",
        )
    ),
]


@app.command()
@chinese("把表升级到本程序的版本;每个命令打开数据库时也会升级")
def upgrade() -> None:
    """Bring the tables up to this program's revision; every command does so too when it opens the record."""
    home, settings = _home()
    where = settings.database_url or home
    before = described(where)
    with opened():
        after = described(where)
    out.print(before if before == after else f"{before}\n→ {after}", soft_wrap=True)


@app.command()
@chinese("把数据库写成一个文件;采集和投递可以照常进行。快照不在其中")
def backup(
    file: Annotated[
        Path,
        typer.Argument(metavar=say("文件", "FILE"), help=say("一个还不存在的文件", "A file that does not exist yet.")),
    ],
) -> None:
    """Write the record into one file; ingest and delivery may go on meanwhile. Snapshots are not in it."""
    from storage.copying import backup as write

    with opened() as here, options.written(file):
        written = write(here.store, file)
        size = f"{written.stat().st_size:,}"
        out.print(f"{written}: {say(f'{size} 字节', f'{size} bytes')}", soft_wrap=True)
        told = say(
            f"快照另存在 {here.store.archive.root},请一并复制",
            f"snapshots are apart, in {here.store.archive.root}: copy that folder too",
        )
        out.print(told, soft_wrap=True)


@app.command()
@chinese("用备份恢复成一个空库;较旧的备份顺带升级")
def restore(
    file: Annotated[
        Path,
        typer.Argument(
            metavar=say("文件", "FILE"), help=say("`zhengfa db backup` 写出的文件", "What `zhengfa db backup` wrote.")
        ),
    ],
    to: Annotated[
        str,
        typer.Option(
            help=say(
                "空的文件或数据库地址;默认是本目录的数据库",
                "A file or database address, empty; by default this home's record.",
            )
        ),
    ] = "",
    snapshots: Snapshots = "",
) -> None:
    """Make an empty record what a backup holds; an older backup is upgraded on the way."""
    from flows.home import Home
    from flows.stores import snapshots_of
    from storage.copying import restore as read

    home, settings = _home()
    Home.from_environment().make()
    target = to or settings.database_url or home
    archive = snapshots or snapshots_of(Home.from_environment(), settings)
    counted = read(file, target, snapshots=archive)
    _print_counts(counted)


@app.command()
@chinese("把整个数据库复制到一个空库,两种库均可,并核对两边每个表的行数")
def copy(
    to: Annotated[
        str,
        typer.Argument(
            metavar=say("地址", "ADDRESS"),
            help=say("postgresql://user@host/name,或 SQLite 文件", "postgresql://user@host/name, or an SQLite file."),
        ),
    ],
    snapshots: Snapshots = "",
) -> None:
    """Copy the whole record into an empty one of either kind, and count every table on both sides."""
    from storage.copying import copy as carry
    from storage.store import open_store

    with opened() as here, open_store(to, snapshots=snapshots or here.store.archive.root) as target:
        counted = carry(here.store, target, progress=_told(say("已复制", "copied")))
    _print_counts(counted)
    told = say(
        "今后使用副本: 在 zhengfa.toml 中设 database_url",
        "to work on the copy from now on, set database_url in zhengfa.toml",
    )
    out.print(told)


@app.command()
@chinese(
    "删去旧的请求记录;数字、网页和每个地址的状态都保留"
    "\n\n每次采集也会这样做。文件大小不变,空出的地方会再用;`db backup` 写出的没有空隙"
)
def thin(
    older_than: Annotated[
        str,
        typer.Option(
            help=say("30d、12w……;默认按设置中的 fetch_log_for", "30d, 12w …; by default fetch_log_for of the settings.")
        ),
    ] = "",
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
    told = say(
        f"已删去 {at(before)} 以前的请求记录 {gone:,} 行",
        f"{gone:,} lines of the log of requests from before {at(before)} are gone",
    )
    out.print(told)


@chinese("检查字节、正文、引文、引用和序列;仍有问题时状态码为 1")
def verify(
    repair: Annotated[
        bool, typer.Option("--repair", help=say("修复可以修复的", "Set right what may be set right."))
    ] = False,
) -> None:
    """Check bytes, texts, quotations, references and series; end with status 1 where something stays wrong."""
    from storage.verify import verify as check

    with opened() as here:
        faults = check(here.store, repair=repair, now=here.now, progress=_told(say("处问题", "faults")))
    if faults:
        shown = table(say(f"{len(faults)} 处问题", f"{len(faults)} faults"), "问题", "何处", "说明", "修复")
        for fault in faults:
            shown.add_row(
                labels.label(labels.FAULTS, fault.kind), plain(fault.subject), plain(fault.note),
                say("已修复", "repaired") if fault.repaired else "",
            )  # fmt: skip
        out.print(shown)
    left = sum(not fault.repaired for fault in faults)
    if not left:
        out.print(f"[green]{say('数据库完好', 'the record is sound')}[/]")
    elif not repair:
        told = say(
            "`zhengfa verify --repair` 修复可以修复的", "`zhengfa verify --repair` sets right what may be set right"
        )
        out.print(told)
    sys.exit(1 if left else 0)


def _home() -> tuple[Path, Settings]:
    from flows.home import Home
    from flows.settings import load_settings

    home = Home.from_environment()
    return home.database, load_settings(home)


def _told(what: str) -> Callable[[str, int], None]:
    return lambda name, count: err.print(f"  {name}: {count} {what}", highlight=False)


def _print_counts(counted: Mapping[str, int]) -> None:
    shown = table(
        say(f"{sum(counted.values()):,} 行", f"{sum(counted.values()):,} rows"),
        say("表", "table"),
        ">" + say("行", "rows"),
    )
    for name, count in counted.items():
        if count:
            shown.add_row(name, f"{count:,}")
    out.print(shown)
