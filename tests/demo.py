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
from rich.panel import Panel
from rich.rule import Rule

from alerts.model import StatedChange
from flows.command.wording import words
from flows.home import Home
from flows.orchestration import server as prefect_server
from tests.alerts.mail_sink import Sink, mail_sink
from tests.alerts.servers import HttpReceiver, http_receiver
from tests.replicas.demo import EARLIER, EDITED, LATER, demo_world

HOME = Path(os.environ.get("ZHENGFA_DEMO_HOME", "var/demo"))
SETTINGS = """\
contact = "demo@example.org"
request_gap = "0s"

[[receivers]]
name = "desk"
kind = "webhook"
url = "{hook}"

[[receivers]]
name = "mail"
kind = "email"
smtp = "{smtp}"
sender = "zhengfa@example.org"
to = ["desk@example.org"]
"""

# `--picture FILE` keeps what is told at the end as HTML, of which docs/demo.png is a screenshot.
PICTURE = sys.argv[sys.argv.index("--picture") + 1] if "--picture" in sys.argv else ""
console = Console(record=bool(PICTURE), width=110 if PICTURE else None, highlight=False)
REASONS = {"new": "新", "changed": "变", "correction": "更正"}


def main() -> int:
    """The demo; 1 where a run did not end as it should."""
    began = time.monotonic()
    home = Home(HOME.absolute())
    shutil.rmtree(home.root, ignore_errors=True)
    os.environ["ZHENGFA_HOME"] = str(home.root)
    os.environ["ZHENGFA_ALLOW_LOOPBACK"] = "1"
    os.environ.pop("PREFECT_API_URL", None)
    console.print(
        Panel("四个虚构的网站、虚构的报告、本机的收件人;运行的是真实的程序。\n"
              "Four replica sites with fictional reports, receivers on loopback; the program is the real one.")
    )  # fmt: skip
    with demo_world() as world, http_receiver() as hook, mail_sink() as mail:
        home.make()
        home.settings_file.write_text(SETTINGS.format(hook=hook.url, smtp=mail.url), encoding="utf-8")
        world.write_cards(home.sources)
        console.print("starting a Prefect server of its own (its first start makes its tables: about 15 s)")
        server = prefect_server.start(home, prefect_server.free_port(), noted=True)
        try:
            today = datetime.now(UTC)
            year = today.year - 1
            story = Story(hook, mail)
            world.publish([report.of_year(year - 1) for report in EARLIER], today - timedelta(days=330))
            story.run("1 · 往年存档: 只入库,不发送", expect_sent=False)
            world.publish([report.of_year(year) for report in LATER], today - timedelta(hours=3))
            story.run("2 · 新报告: 触发警报", expect_sent=True)
            story.run("3 · 没有新内容: 不发送", expect_sent=False)
            world.edit("62", *EDITED)
            story.run("4 · 发布者改了一个数字: 向收到旧数字的人发更正", expect_sent=True, revisit=True)
            if PICTURE:
                console.export_text()
            tell(hook, mail)
            if PICTURE:
                console.save_html(PICTURE, clear=False)
            console.print(f"\n耗时 {time.monotonic() - began:.0f} s; 数据在 {home.root}", soft_wrap=True)
            console.print(f"再看: ZHENGFA_HOME={home.root} .venv/bin/zhengfa doctor", soft_wrap=True)
            return 1 if story.failed else 0
        finally:
            if server.process:
                prefect_server.stop(server.process)
            prefect_server.forget(home)


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
        console.print(f"到达: webhook {sent[0]} 条, 邮件 {sent[1]} 封")
        good = done.returncode == 0 and (min(sent) > 0 if expect_sent else max(sent) == 0)
        if not good:
            self.failed = True
            console.print("[bold red]这一步没有按预期结束[/]")


def tell(hook: HttpReceiver, mail: Sink) -> None:
    """What was sent and why, each with its quotation."""
    console.print(Rule("发出了什么,为什么"))
    for got in hook.got:
        message = got.json
        for alert in message["alerts"]:
            said = words().change(change_of(alert["change"]))
            where = f"{alert['region_name']} {alert['period']} · {alert['body']} · {alert['subject']}"
            reason = REASONS.get(message["reason"], message["reason"])
            console.print(f"[bold yellow]{reason}[/] [bold]{where} {said}[/]  ({alert['rule']})")
            console.print(f"   原文: “{alert['quotation']}”", soft_wrap=True)
    console.print("\n[bold]邮件主题[/]")
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
