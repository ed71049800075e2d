"""`zhengfa init` and `zhengfa doctor`: making the home, and saying what is in it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from flows.command.app import chinese
from flows.command.opening import in_a_line
from flows.command.output import lasting, out, plain, table
from flows.home import Home
from flows.language import say
from flows.mistakes import told

if TYPE_CHECKING:
    from flows.settings import Settings
    from scrapers.sources.loading import Cards
    from storage.facts import RecordFacts


@chinese("建立 ZHENGFA_HOME,写入带注释的 zhengfa.toml;已有的保持原样")
def init() -> None:
    """Make ZHENGFA_HOME and write a commented zhengfa.toml into it; an existing one is left alone."""
    home = Home.from_environment()
    home.make()
    if home.settings_file.exists():
        told = say("已经在那里,保持原样", "is there already and stays as it is")
        out.print(f"{home.settings_file} {told}", soft_wrap=True, highlight=False)
        _next_steps(home)
        return
    home.settings_file.write_text(
        files("flows").joinpath("templates/zhengfa.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    home.settings_file.chmod(0o600)
    out.print(say(f"已建立 {home.root}", f"made {home.root}"), soft_wrap=True, highlight=False)
    _next_steps(home)


def _next_steps(home: Home) -> None:
    """What a newcomer does now, in the order in which it works."""
    file = home.settings_file
    out.print(
        say(
            f"""接下来:
  1. 在 {file} 中填写 contact 和 [[receivers]](写法: docs/alerts.md)
  2. zhengfa doctor                          看还缺什么
  3. zhengfa sources list --region 甘肃      选来源
  4. zhengfa sources probe 编号 --enable     看一眼它的网站,并启用
  5. zhengfa ingest                          采集一次;往年的只入库,不发送
不用数据库先试读一份报告: zhengfa read 报告.html""",
            f"""next:
  1. name a contact and [[receivers]] in {file} (docs/alerts.md)
  2. zhengfa doctor                          what is missing
  3. zhengfa sources list --region 甘肃      choose sources
  4. zhengfa sources probe ID --enable       look at its site, and switch it on
  5. zhengfa ingest                          one run; what is of the past is stored, and not sent
to read one report without a record: zhengfa read report.html""",
        ),
        soft_wrap=True, highlight=False, markup=False,
    )  # fmt: skip


@chinese("说明设好了什么、东西放在哪里、还缺什么")
def doctor(
    strict: Annotated[
        bool, typer.Option("--strict", help=say("有缺失时状态码为 1", "End with status 1 where something is missing."))
    ] = False,
) -> None:
    """Say what is set up, where things lie and what is missing."""
    from flows.ingest.cards import load
    from flows.settings import load_settings, shown
    from storage.store import describe

    home = Home.from_environment()
    settings = load_settings(home)
    cards = load(home)
    record = describe(settings.database_url or home.database)
    rows = table("zhengfa doctor", say("什么", "what"), say("现状", "state"))
    rows.add_row(say("数据目录", "home") + " ZHENGFA_HOME", plain(str(home.root)))
    there = home.settings_file.exists()
    file = str(home.settings_file) if there else say("默认值(没有 zhengfa.toml)", "defaults (no zhengfa.toml)")
    rows.add_row(say("设置", "settings"), plain(file))
    for name, value in shown(settings).items():
        rows.add_row(f"  {name}", _setting(value))
    rows.add_row(say("数据库", "record"), plain(in_a_line(record)))
    rows.add_row(say("来源卡片", "cards"), _cards(cards))
    rows.add_row("Prefect", _prefect(home))
    out.print(rows)
    missing = list(_missing(home, settings, record, cards))
    for line in missing:
        out.print(f"[yellow]{say('缺', 'missing')}:[/] {escape(line)}", soft_wrap=True)
    if not missing:
        out.print(f"[green]{say('什么都不缺', 'nothing is missing')}[/]")
    sys.exit(1 if strict and missing else 0)


def _setting(value: object) -> str:
    """A setting as a person reads it."""
    match value:
        case None | "" | [] | ():
            return say("未设", "not set")
        case bool():
            return say("是", "yes") if value else say("否", "no")
        case timedelta():
            return lasting(value)
        case list():
            return plain(", ".join(map(str, value)))
        case _:
            return plain(str(value))


def _cards(cards: Cards) -> str:
    from flows.ingest.cards import unusable

    enabled, bad = sum(card.enabled for card in cards), len(unusable(cards.broken))
    return say(
        f"{len(cards)} 张,启用 {enabled} 张,不能用 {bad} 张",
        f"{len(cards)} cards, {enabled} enabled, {bad} broken",
    )


def _prefect(home: Home) -> str:
    from flows.orchestration.server import find

    server = find(home)
    if server:
        return say(f"在 {server.ui_url} 运行", f"running at {server.ui_url}")
    return say("没有在运行;每次采集自带一个", "no server is running; one is started for each ingest")


def _missing(home: Home, settings: Settings, record: RecordFacts, cards: Cards) -> Iterator[str]:
    from alerts.errors import ReceiverError
    from alerts.receivers import Directory

    if not home.settings_file.exists():
        yield say("zhengfa.toml: `zhengfa init` 会写一份", "zhengfa.toml: `zhengfa init` writes one")
    if record.fault:
        yield say("能用的数据库: ", "a record that can be used: ") + in_a_line(record)
    if not settings.contact:
        yield say(
            "contact: 网站无从联系你;请在 zhengfa.toml 中填写",
            "contact: sites cannot write to you; set it in zhengfa.toml",
        )
    if not settings.receivers:
        yield say(
            "接收方: 警报只入库,谁也收不到;请在 zhengfa.toml 中加 [[receivers]]",
            "receivers: alerts are stored, and sent to nobody; add [[receivers]] to zhengfa.toml",
        )
    try:
        Directory.of(settings.receivers, settings.routes)
    except ReceiverError as error:
        yield say(f"接收方与路由对不上: {told(error)}", f"receivers and routes do not fit together: {told(error)}")
    if not any(card.enabled for card in cards):
        yield say(
            "来源: 一个也没有启用;见 `zhengfa sources list` 和 `zhengfa sources probe`",
            "sources: no card is enabled; see `zhengfa sources list` and `zhengfa sources probe`",
        )
    for problem in cards.broken:
        yield say("能用的卡片: ", "a card that can be used: ") + told(problem)
