"""`make demo`: the main job on four replica sites, start to end, with the receivers on loopback.

    run 1   the archive of an earlier year      stored, nothing sent (baseline)
    run 2   new reports                         alerts
    run 3   nothing new                         nothing sent
    run 4   one report was edited               a correction, to those who got the old figure

Every run is `zhengfa ingest` as a user types it. All reports are fictional.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.rule import Rule

from alerts.model import StatedChange
from flows import endings
from flows.command import labels
from flows.command.wording import words
from flows.errors import BusyError, CommandError, HomeError
from flows.home import Home
from flows.language import say
from flows.locks import held
from flows.orchestration import server as prefect_server
from tests.alerts.mail_sink import Sink, mail_sink
from tests.alerts.servers import HttpReceiver, http_receiver
from tests.replicas.demo import EARLIER, EDITED, LATER, DemoWorld, demo_world

HOME = Path(os.environ.get("ZHENGFA_DEMO_HOME", "var/demo"))
CONTACT = "demo@example.org"
SETTINGS = f"""\
contact = "{CONTACT}"
request_gap = "0s"

[[receivers]]
name = "desk"
kind = "webhook"
url = "{{hook}}"

[[receivers]]
name = "mail"
kind = "email"
smtp = "{{smtp}}"
sender = "zhengfa@example.org"
to = ["desk@example.org"]
"""

# `--picture FILE` keeps what is told at the end as HTML, of which docs/demo.png is a screenshot.
PICTURE = sys.argv[sys.argv.index("--picture") + 1] if "--picture" in sys.argv else ""
console = Console(record=bool(PICTURE), width=110 if PICTURE else None, highlight=False)


def main() -> int:
    """The demo; 1 where a run did not end as it should, 2 where it could not begin, 130 where it was stopped."""
    try:
        with endings.heeded():
            HOME.parent.mkdir(parents=True, exist_ok=True)
            # Beside the folder, which is thrown away and made anew.
            with held(HOME.with_name(f"{HOME.name}.lock"), _busy):
                return demo()
    except CommandError as error:
        console.print(f"[bold red]demo:[/] {escape(str(error))}\n  {escape(error.hint)}", soft_wrap=True)
        return 2
    except OSError as error:
        console.print(f"[bold red]demo:[/] {escape(f'{error.filename}: {error.strerror}')}", soft_wrap=True)
        console.print(say("  用 ZHENGFA_DEMO_HOME 指定另一个目录", "  name another folder with ZHENGFA_DEMO_HOME"))
        return 2
    except KeyboardInterrupt:
        console.print(say("已中断", "stopped"))
        return 130


def _busy(process: str) -> BusyError:
    return BusyError(
        say(
            f"另一个 make demo 正在使用 {HOME.absolute()}(进程 {process})",
            f"another make demo is using {HOME.absolute()} (process {process})",
        ),
        say(
            "等它结束;要同时再跑一个,用 ZHENGFA_DEMO_HOME=另一个目录 make demo",
            "wait until it has ended; to run a second one beside it: ZHENGFA_DEMO_HOME=FOLDER make demo",
        ),
    )


def _throw_away(home: Home) -> None:
    """What an earlier demo left. Raises HomeError where the folder holds anything else."""
    if home.root.exists() and any(home.root.iterdir()):
        ours = home.settings_file.exists() and CONTACT in home.settings_file.read_text(encoding="utf-8")
        if not ours:
            raise HomeError(
                say(
                    f"{home.root} 里有别的东西,演示会把它删掉",
                    f"{home.root} holds something else, which the demo would throw away",
                ),
                say(
                    "用 ZHENGFA_DEMO_HOME 指定一个新目录,或自己删掉它",
                    "name a new folder with ZHENGFA_DEMO_HOME, or remove that one yourself",
                ),
            )
        shutil.rmtree(home.root)


def demo() -> int:
    """Everything from an empty folder on."""
    began = time.monotonic()
    home = Home(HOME.absolute())
    _throw_away(home)
    os.environ["ZHENGFA_HOME"] = str(home.root)
    os.environ["ZHENGFA_ALLOW_LOOPBACK"] = "1"
    os.environ.pop("PREFECT_API_URL", None)
    console.print(
        Panel(
            say(
                "四个虚构的网站、虚构的报告、本机的收件人;运行的是真实的程序。",
                "Four replica sites with fictional reports, receivers on loopback; the program is the real one.",
            )
        )
    )
    with demo_world() as world, http_receiver() as hook, mail_sink() as mail:
        home.make()
        home.settings_file.write_text(SETTINGS.format(hook=hook.url, smtp=mail.url), encoding="utf-8")
        world.write_cards(home.sources)
        console.print(
            say(
                "启动自带的 Prefect 服务(第一次要建表,约 15 秒)",
                "starting a Prefect server of its own (its first start makes its tables: about 15 s)",
            )
        )
        server = prefect_server.start(home, prefect_server.free_port(), noted=True)
        try:
            story = Story(hook, mail)
            play(story, world)
            if PICTURE:
                console.export_text()
            tell(hook, mail)
            if PICTURE:
                console.save_html(PICTURE, clear=False)
            seconds = f"{time.monotonic() - began:.0f}"
            console.print(
                say(f"\n耗时 {seconds} 秒; 数据在 {home.root}", f"\ntook {seconds} s; the data are in {home.root}"),
                soft_wrap=True,
            )
            console.print(
                say("再看: ", "look further: ") + f"ZHENGFA_HOME={home.root} .venv/bin/zhengfa doctor", soft_wrap=True
            )
            return 1 if story.failed else 0
        finally:
            if server.process:
                prefect_server.stop(server.process)
            prefect_server.forget(home)


def play(story: Story, world: DemoWorld) -> None:
    """The four runs, each after something has happened on the sites."""
    today = datetime.now(UTC)
    year = today.year - 1
    world.publish([report.of_year(year - 1) for report in EARLIER], today - timedelta(days=330))
    story.run(say("1 · 往年存档: 只入库,不发送", "1 · an earlier year: stored, not sent"), expect_sent=False)
    world.publish([report.of_year(year) for report in LATER], today - timedelta(hours=3))
    story.run(say("2 · 新报告: 触发警报", "2 · new reports: alerts"), expect_sent=True)
    story.run(say("3 · 没有新内容: 不发送", "3 · nothing new: nothing sent"), expect_sent=False)
    world.edit("62", *EDITED)
    story.run(
        say(
            "4 · 发布者改了一个数字: 向收到旧数字的人发更正",
            "4 · the publisher changed a figure: a correction to those who got the old one",
        ),
        expect_sent=True,
        revisit=True,
    )


class Story:
    """The runs, and whether each sent what it should."""

    def __init__(self, hook: HttpReceiver, mail: Sink) -> None:
        self._hook, self._mail = hook, mail
        self.failed = False

    def run(self, title: str, *, expect_sent: bool, revisit: bool = False) -> None:
        """One `zhengfa ingest`."""
        console.print(Rule(title))
        before = len(self._hook.got), len(self._mail.mails)
        environment = os.environ | ({"ZHENGFA_REVISIT_EVERY": "0s"} if revisit else {})
        done = subprocess.run([Path(sys.executable).with_name("zhengfa"), "ingest"], env=environment, check=False)
        sent = len(self._hook.got) - before[0], len(self._mail.mails) - before[1]
        console.print(
            say(f"到达: webhook {sent[0]} 条, 邮件 {sent[1]} 封", f"arrived: webhook {sent[0]}, mail {sent[1]}")
        )
        good = done.returncode == 0 and (min(sent) > 0 if expect_sent else max(sent) == 0)
        if not good:
            self.failed = True
            console.print(f"[bold red]{say('这一步没有按预期结束', 'this step did not end as it should')}[/]")


def tell(hook: HttpReceiver, mail: Sink) -> None:
    """What was sent and why, each with its quotation."""
    console.print(Rule(say("发出了什么,为什么", "what was sent, and why")))
    for got in hook.got:
        message = got.json
        for alert in message["alerts"]:
            said = words().change(change_of(alert["change"]))
            where = f"{alert['region_name']} {alert['period']} · {alert['body']} · {alert['subject']}"
            reason = labels.label(labels.REASONS, message["reason"])
            console.print(f"[bold yellow]{reason}[/] [bold]{where} {said}[/]  ({alert['rule']})")
            console.print(f"   {say('原文', 'quotation')}: “{alert['quotation']}”", soft_wrap=True)
    console.print(f"\n[bold]{say('邮件主题', 'subjects of the mails')}[/]")
    for _, letter in mail.mails:
        console.print(f"  {letter['Subject']}", soft_wrap=True, markup=False)


def change_of(said: Mapping[str, Any]) -> StatedChange:
    """The change of a webhook's alert. A number's digits are what was sent; its binary value is not."""
    return StatedChange(
        direction=said["direction"],
        value=None if said["value"] is None else Decimal(str(said["value"])),
        form=said["form"],
        basis=said["basis"],
        unit=said["unit"],
        qualifier=said["qualifier"],
    )


if __name__ == "__main__":
    sys.exit(main())
