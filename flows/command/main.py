"""The console script `zhengfa`: its commands, and the one boundary where errors turn into sentences."""

from __future__ import annotations

import os
import signal
import sys
from typing import NoReturn

import typer

from flows import endings
from flows.command import (
    alerts,
    article,
    catalogue,
    database,
    deliver,
    export,
    extract,
    imports,
    ingest,
    read,
    receivers,
    reread,
    review,
    serve,
    setup,
    show,
    sources,
)
from flows.command.app import App, mistake
from flows.command.output import err
from flows.errors import CommandError
from flows.language import say
from flows.mistakes import told
from flows.repairs import way_out
from flows.system import is_outside, why

app = App(
    say(
        "政法数据监测: 采集各地政法机关发布的报告,把数字存成可查的记录,关键指标大幅变动时发出警报",
        "Figures of Chinese political-legal bodies: fetch what they publish, keep its figures as a record, "
        "and send alerts when key indicators change sharply.",
    ),
    name="zhengfa",
)
JOB, READ = say("主要工作", "The main job"), say("不用数据库的读取", "Reading without a database")
RECORD, ALERTS = say("数据库", "The record"), say("警报与接收方", "Alerts and receivers")
SETUP = say("设置", "Setting up")
# What Typer's run comes to where Ctrl-C ended it.
_INTERRUPTED = 130
app.command("ingest", rich_help_panel=JOB)(ingest.ingest)
app.command("serve", rich_help_panel=JOB)(serve.serve)
app.command("deliver", rich_help_panel=JOB)(deliver.deliver)
app.command("import", rich_help_panel=JOB)(imports.import_files)
app.command("read", rich_help_panel=READ)(read.read)
app.command("extract", rich_help_panel=READ)(extract.extract)
app.command("article", rich_help_panel=READ)(article.article)
app.command("indicators", rich_help_panel=READ)(catalogue.indicators)
app.add_typer(show.app, name="show", rich_help_panel=RECORD)
app.command("export", rich_help_panel=RECORD)(export.export)
app.add_typer(review.app, name="review", rich_help_panel=RECORD)
app.command("reread", rich_help_panel=RECORD)(reread.reread)
app.command("verify", rich_help_panel=RECORD)(database.verify)
app.add_typer(database.app, name="db", rich_help_panel=RECORD)
app.add_typer(alerts.app, name="alerts", rich_help_panel=ALERTS)
app.add_typer(receivers.app, name="receivers", rich_help_panel=ALERTS)
app.add_typer(sources.app, name="sources", rich_help_panel=SETUP)
app.command("init", rich_help_panel=SETUP)(setup.init)
app.command("doctor", rich_help_panel=SETUP)(setup.doctor)


def main() -> None:
    """Run one command; a mistake that can be mended is told in two sentences and ends with status 2."""
    try:
        with endings.heeded():
            if app(standalone_mode=False) == _INTERRUPTED:
                _stopped()
                sys.exit(_INTERRUPTED)
    except endings.Ended:
        _stopped()
        raise
    except KeyboardInterrupt:
        # A second Ctrl-C, while the first was being obeyed.
        _stopped()
        sys.exit(_INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output has enough (`| head`); what is left must not fail a second time at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except typer.TyperException as error:
        _end(*mistake(error))
    except OSError as error:
        if not is_outside(error):
            raise
        _end(*_refused(error))
    except Exception as error:
        if not _is_ours(error):
            raise
        _end(told(error), way_out(error))


def _stopped() -> None:
    # Nothing is left to be undone: whoever presses once more ends the program without a traceback, and is told so.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    endings.unheard()
    err.print(say("已中断", "stopped"))
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _refused(error: OSError) -> tuple[str, str]:
    """What the machine does not let us do."""
    place = f"{error.filename}: " if error.filename else ""
    return f"{place}{why(error)}", say("检查磁盘和权限后再运行", "look at the disk and the rights, then run it again")


def _end(sentence: str, hint: str) -> NoReturn:
    """Say what is wrong and the way out, as far as there is anything to say."""
    if sentence:
        err.print(f"[bold red]zhengfa:[/] {_escaped(sentence)}", highlight=False, soft_wrap=True)
    if hint:
        err.print(f"  {_escaped(hint)}", highlight=False, soft_wrap=True)
    sys.exit(2)


def _is_ours(error: Exception) -> bool:
    """Whether one of the packages' own error trees says this; anything else is a fault and keeps its traceback."""
    from alerts.errors import AlertError
    from scrapers.indicators.errors import IndicatorsError
    from scrapers.sources.errors import SourcesError
    from storage.errors import RecordError

    return isinstance(error, CommandError | RecordError | AlertError | IndicatorsError | SourcesError)


def _escaped(text: object) -> str:
    from rich.markup import escape

    return escape(str(text))
