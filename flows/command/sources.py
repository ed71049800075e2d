"""`zhengfa sources`: the cards, whether they can be used, and a look at a source before it is switched on."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from flows.command import labels, options, wording
from flows.command.app import App, chinese
from flows.command.output import head, out, plain, print_rows, table, tell_unusable, when
from flows.command.parameters import Body, Region
from flows.language import say
from flows.mistakes import told
from flows.reasons import in_words
from flows.repairs import way_out

if TYPE_CHECKING:
    from flows.home import Home
    from flows.probe import Probed
    from flows.settings import Settings
    from scrapers.discovery.places import Place
    from scrapers.discovery.probe import Looked
    from scrapers.sources.card import SourceCard
    from storage.runs import SourceRunFacts

app = App(
    say(
        "来源: 列出、查看、检查卡片;探测并启用",
        "Sources: list, show and check their cards; probe one and switch it on.",
    )
)

SourceId = Annotated[
    str,
    typer.Argument(
        metavar=say("编号", "ID"),
        help=say("来源编号,见 `sources list`", "The source's id, as `sources list` shows it."),
    ),
]

_LINKS_SHOWN = 12
_RUNS_SHOWN = 10


@app.command("list")
@chinese("列出卡片: 谁的、哪种网页系统、是否启用、是否探测过、最近一次结果如何")
def list_sources(
    search: Annotated[
        str,
        typer.Argument(
            metavar=say("字词", "WORDS"),
            help=say("只列编号或名称中含有这些字的", "Only those whose id or name holds this."),
        ),
    ] = "",
    enabled: Annotated[bool, typer.Option("--enabled", help=say("只列启用的", "Only those switched on."))] = False,
    region: Region = "",
    body: Body = "",
) -> None:
    """List the cards: whose, which page family, whether on, probed, and how the last run ended."""
    from flows.home import Home
    from flows.ingest.cards import load, unusable
    from flows.settings import load_settings
    from scrapers.indicators import load_catalogue

    home = Home.from_environment()
    catalogue = load_catalogue(home.indicators)
    code, kind = options.region("--region", region, catalogue) or "", options.body("--body", body)
    cards = load(home)
    found = [
        card
        for card in cards
        if (search in card.id or search in card.name or any(search in name for name in card.names))
        and (card.enabled or not enabled)
        and card.region.startswith(code)
        and kind in (None, card.body.value)
    ]
    runs = _last_runs(home, load_settings(home), [card for card in found if card.enabled])
    shown = table(
        say(
            f"{len(cards)} 个来源中的 {len(found)} 个,启用 {sum(card.enabled for card in found)} 个",
            f"{len(found)} of {len(cards)} sources, {sum(card.enabled for card in found)} switched on",
        ),
        "id", "名称", "地区", "主体", "系统", "启用", "探测", "@最近一次",
    )  # fmt: skip
    for card in found:
        place = catalogue.region(card.region)
        called = {card.region: place.short or place.name} if place else {}
        last = runs.get(card.id)
        shown.add_row(
            card.id, plain(card.name), wording.words().region(card.region, called), labels.body(card.body.value),
            card.family or "", "●" if card.enabled else "", _probed(card), _result(last) if last else "",
        )  # fmt: skip
    none = say("没有这样的来源;`zhengfa sources list` 列出全部", "no source is so; `zhengfa sources list` shows all")
    print_rows(shown, none)
    if cards.broken:
        tell_unusable(unusable(cards.broken))


@app.command()
@chinese("查看一张卡片的全部内容,和最近几次采集")
def show(source_id: SourceId) -> None:
    """Show one card with everything it says, and its last runs."""
    from flows.home import Home
    from flows.ingest.cards import chosen
    from flows.settings import load_settings

    home = Home.from_environment()
    (card,) = chosen(home, [source_id])
    fields = table(f"{plain(card.name)} ({card.id})", "字段", "值")
    for name in type(card).model_fields:
        value = getattr(card, name)
        if value not in (None, "", (), {}):
            fields.add_row(name, plain(_shown(name, value)))
    out.print(fields)
    history = _histories(home, load_settings(home), [card.id], _RUNS_SHOWN).get(card.id, ())
    if history:
        runs = table("最近几次", "@时间", "结果", ">链接", ">新增", ">未变", ">拒绝", ">数字", ">未读", "说明")
        for run in history:
            counts = run.counts
            numbers = (counts.links, counts.new, counts.unchanged, counts.refused, counts.figures, counts.unread)
            runs.add_row(
                when(run.started_at), _result(run).partition(" ")[0], *map(str, numbers), plain(in_words(run.note))
            )
        out.print(runs)


@app.command()
@chinese("检查每张卡片;有不能用的,说出文件、行和字段,状态码为 1")
def check() -> None:
    """Check every card; end with status 1 where one cannot be used, and say which file, line and field."""
    from flows.home import Home
    from flows.ingest.cards import load, never_open, unusable
    from flows.settings import load_settings

    home = Home.from_environment()
    cards = load(home)
    for problem in cards.broken:
        out.print(f"[red]✗[/] {plain(told(problem))}", soft_wrap=True, highlight=False)
        if problem.hint:
            out.print(f"  {plain(way_out(problem))}", soft_wrap=True, highlight=False)
    schedule = load_settings(home).schedule
    for card in cards:
        if card.enabled and never_open(card, schedule):
            note = say(
                f"{card.id}: 采集时间 {plain(schedule)} 没有一次落在它的开放时段",
                f"{card.id}: no run of the schedule {plain(schedule)} falls into its hours",
            )
            mended = say(
                "在 zhengfa.toml 的 schedule 中加一个钟点,或放宽卡片的 hours",
                "add an hour to schedule in zhengfa.toml, or widen hours in the card",
            )
            out.print(f"[yellow]![/] {note}", soft_wrap=True)
            out.print(f"  {mended}", soft_wrap=True)
    off, bad = sum(not card.enabled for card in cards), len(unusable(cards.broken))
    note = say(
        f"{len(cards)} 张卡片可用(停用 {off} 张),{bad} 张不能用",
        f"{len(cards)} cards can be used ({off} switched off), {bad} cannot",
    )
    out.print(note)
    sys.exit(1 if bad else 0)


@app.command()
@chinese("把一个来源的列表各取一次,说明所得;有不妥时状态码为 1")
def probe(
    source_id: SourceId,
    enable: Annotated[
        bool,
        typer.Option(
            "--enable", help=say("没有不妥就在你自己的卡片中启用", "Switch it on in your own card, if it is in order.")
        ),
    ] = False,
    list_url: Annotated[
        str,
        typer.Option(
            "--list",
            metavar=say("网址", "URL"),
            help=say("看这个列表,不看卡片上的", "Look at this list in place of its card's."),
        ),
    ] = "",
) -> None:
    """Fetch each list of a source once, politely, and say what came; end with status 1 where it is not in order."""
    import asyncio

    from flows.home import Home
    from flows.ingest.cards import chosen
    from flows.probe import enable as switch_on
    from flows.probe import probe as look
    from flows.settings import load_settings

    home = Home.from_environment()
    settings = load_settings(home)
    (card,) = chosen(home, [source_id])
    probed = asyncio.run(look(card, settings, datetime.now(UTC), list_url=list_url))
    out.print(f"[bold]{plain(card.name)}[/] ({card.id})", highlight=False)
    for page in probed.pages:
        _print_page(probed, page)
    for trouble in probed.troubles:
        out.print(f"[red]✗[/] {plain(in_words(trouble))}", soft_wrap=True, highlight=False)
    if enable:
        path = switch_on(home.sources, probed)
        out.print(f"[green]{say('已启用', 'switched on')}[/]: {path}", soft_wrap=True)
        return
    if not probed.troubles:
        out.print("\n" + say("你的卡片将是 (--enable 写入):", "your card will be (--enable writes it):"))
        out.print(probed.proposal(), markup=False, highlight=False, soft_wrap=True)
    sys.exit(1 if probed.troubles else 0)


def _print_page(probed: Probed, page: Looked) -> None:
    from collections import Counter

    from scrapers.web.outcomes import Page

    rows = table(plain(page.url), "", "")
    rows.add_row(head("结果"), plain(in_words(page.outcome.reason)))
    if isinstance(page.outcome, Page):
        rows.add_row(
            head("响应"),
            f"HTTP {page.outcome.status}, {page.outcome.content_type}, {len(page.outcome.content):,} bytes",
        )
        rows.add_row(head("编码"), plain(in_words(page.encoding)))
        if page.family:
            said = probed.card.family
            rows.add_row(
                head("系统"),
                page.family
                + (say(f" (卡片写 {said})", f" (the card says {said})") if said not in (None, page.family) else ""),
            )
        for word, there in page.landmarks:
            rows.add_row(head("标志"), f"{'✓' if there else '✗'} {plain(word)}")
        fates = Counter(link.fate.value for link in page.links)
        detail = ", ".join(f"{labels.label(labels.FATES, fate)} {count}" for fate, count in fates.most_common())
        rows.add_row(
            head("链接"),
            say(
                f"{len(page.links)} (至少 {probed.card.minimum_links})",
                f"{len(page.links)} (at least {probed.card.minimum_links})",
            )
            + (f": {detail}" if detail else ""),
        )
        if page.parts:
            rows.add_row(head("分页"), say(f"{page.parts} 个版面或站点地图", f"{page.parts} pages or site maps"))
        rows.add_row(head("转向" if page.instead else "下一页"), plain(_place(page.instead or page.following)))
    elif page.excerpt:
        rows.add_row(head("所见"), plain(page.excerpt))
    out.print(rows)
    if page.links and probed.card.has_lists:
        links = table("", "日期", "标题", "将会")
        for link in page.links[:_LINKS_SHOWN]:
            links.add_row(str(link.published or ""), plain(link.title), labels.label(labels.FATES, link.fate))
        out.print(links)
    if page.columns:
        probe_it = f"`zhengfa sources probe {probed.card.id} --list"
        columns = table(
            say(f"可能的栏目; {probe_it} 地址` 逐个试", f"columns that may be meant; try {probe_it} URL` one by one"),
            "栏目",
            "地址",
        )
        for column in page.columns:
            columns.add_row(plain(column.title), plain(column.url))
        out.print(columns)


def _place(place: Place | None) -> str:
    """An address, and that it is asked for by a form where it is."""
    if place is None:
        return say("无", "none")
    return f"{place.url} (POST)" if place.form else place.url


def _probed(card: SourceCard) -> str:
    if card.probed:
        return card.probed.on.isoformat()
    return "" if card.has_lists else say("列表未知", "list unknown")


def _result(run: SourceRunFacts) -> str:
    from flows.ingest.report import result_label

    result = result_label(run.result) if run.result else say("未完", "unended")
    return f"{result} {when(run.started_at)}"


def _shown(name: str, value: object) -> str:
    from datetime import timedelta

    from pydantic import BaseModel

    from scrapers.vocabulary import BodyKind
    from scrapers.web.request import Hours

    if isinstance(value, BodyKind):
        return value.label
    if isinstance(value, Hours):
        return f"{value.opens:%H:%M}-{value.closes:%H:%M}"
    if isinstance(value, tuple):
        return "\n".join(map(str, value)) if name in {"list_urls", "feeds"} else ", ".join(map(str, value))
    if isinstance(value, timedelta):
        return f"{value.days}d" if value.days and not value.seconds else f"{value.total_seconds() / 3600:g}h"
    if isinstance(value, BaseModel):
        parts = ((key, getattr(value, key)) for key in type(value).model_fields)
        return "; ".join(f"{key} = {_shown(key, each)}" for key, each in parts)
    return str(value)


def _last_runs(home: Home, settings: Settings, cards: list[SourceCard]) -> dict[str, SourceRunFacts]:
    """The last run of each; empty where nothing has been collected yet."""
    histories = _histories(home, settings, [card.id for card in cards], 1)
    return {source_id: runs[0] for source_id, runs in histories.items() if runs}


def _histories(home: Home, settings: Settings, ids: list[str], limit: int) -> dict[str, tuple[SourceRunFacts, ...]]:
    """Past runs by source, newest first; empty where nothing has been collected yet."""
    from flows.errors import NoRecordError
    from flows.stores import existing_record
    from storage.runs import source_history

    try:
        with existing_record(home, settings) as store, store.read() as session:
            return {source_id: source_history(session, source_id, limit=limit) for source_id in ids}
    except NoRecordError:
        return {}
