"""`zhengfa show`: what the record holds, looked at by series, indicator, document, date or words.

series WHAT [REGION]    each value with its sentence, document and address
indicator WHAT          every region for one period: rank, median, robust spread
document ID|ADDRESS     one publication: editions, what changed between them, figures, findings, alerts
new                     what came in, newest first
search WORDS            figures whose subject or sentence holds the words
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from flows.command import labels, options, wording
from flows.command.app import App, chinese
from flows.command.opening import opened
from flows.command.output import head, number, out, plain, print_json, print_rows, table, when
from flows.command.parameters import AsJson, Limit, Region
from flows.errors import OptionError
from flows.language import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlmodel import Session

    from alerts.outcomes import Outcome
    from scrapers.indicators import Catalogue
    from storage.facts import SeriesFacts
    from storage.queries import DocumentStory, EditionStory, SeriesStory
    from storage.telling import Names

app = App(
    say(
        "查看数据库: 序列、比较、文档、新内容、字词",
        "Look into the record: series, comparisons, documents, news, words.",
    )
)

# More series than this are listed, not shown.
_MOST_SHOWN = 3


@app.command()
@chinese("查看一个序列: 每个数值连同所出的句子和网址")
def series(
    what: Annotated[
        str,
        typer.Argument(
            metavar=say("指标|编号", "INDICATOR|ID"),
            help=say("指标的 id 或名称,或序列编号", "An indicator's id or name, or a series' number."),
        ),
    ],
    region: Annotated[
        str, typer.Argument(metavar=say("地区", "REGION"), help=say("地区的代码或名称", "A region's code or name."))
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Show a series: every value with the sentence and the address it was taken from."""
    from storage.queries import series_with_sources
    from storage.telling import names

    with opened() as here, here.store.read() as session:
        called = names(session)
        if what.isdecimal() and int(what) <= options.LARGEST_ID:
            stories = [series_with_sources(session, int(what))]
        else:
            found = _found(session, here.catalogue, what, region)
            if len(found) > _MOST_SHOWN and not as_json:
                _list_series(found, called)
                return
            stories = [series_with_sources(session, one.id) for one in found]
        if as_json:
            print_json(stories)
            return
        for story in stories:
            _print_series(story, called)


@app.command()
@chinese("比较各地区同一时期: 名次、数值、报告所称变动、离中位数多远")
def indicator(
    what: Annotated[
        str,
        typer.Argument(metavar=say("指标", "INDICATOR"), help=say("指标的 id 或名称", "An indicator's id or name.")),
    ],
    period: Annotated[
        str,
        typer.Option(
            help=say(
                "2024、2020-2024 或 2024-01/2024-06;默认最近一年",
                "2024, 2020-2024 or 2024-01/2024-06; by default the latest year.",
            )
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Compare the regions in one period: rank, value, stated change, and how far each lies from the median."""
    from flows.comparing import comparisons
    from scrapers.period import Period
    from storage.telling import names

    with opened() as here, here.store.read() as session:
        wanted = options.indicator(what, here.catalogue)
        asked = options.period("--period", period)
        found = comparisons(session, wanted.id, (asked.first, asked.last) if asked else None)
        if not found:
            time = say(f" {asked}", f" for {asked}") if asked else ""
            raise OptionError(
                say(
                    f"库中没有 {wanted.name} ({wanted.id}){time} 的数值",
                    f"the record holds no value of {wanted.name} ({wanted.id}){time}",
                ),
                say(
                    f"`zhengfa show series {wanted.id}` 列出已有的序列",
                    f"`zhengfa show series {wanted.id}` lists what there is",
                ),
            )
        if as_json:
            print_json([one.comparison for one in found])
            return
        called = names(session)
        for one in found:
            title = wording.series_name(one.like, wanted.name, called).split(" · ")
            shown = table(
                " · ".join((title[0], str(Period(one.first, one.last)), *title[2:])),
                ">名次",
                "地区",
                ">数值",
                "单位",
                ">同比(报告所称)",
                ">偏离中位数(MAD)",
                "序列",
            )
            for value in one.comparison.values:
                shown.add_row(
                    str(value.rank), wording.region(value.region, called), number(value.value, value.qualifier),
                    value.unit, wording.yearly(value), one.distance(value), str(value.series_id),
                )  # fmt: skip
            out.print(shown)
            middle, spread = one.comparison.median, one.comparison.spread
            unit = one.comparison.values[0].unit
            told = say("中位数 {}, 离散 (MAD) {}", "median {}, spread (MAD) {}")
            out.print(told.format(wording.amount(middle, unit), wording.amount(spread, unit)))


@app.command()
@chinese("查看一篇文档的一切: 版本、差异、数字、检查结果、警报")
def document(
    what: Annotated[
        str,
        typer.Argument(
            metavar=say("编号|网址", "ID|ADDRESS"),
            help=say("文档编号 (见 `show new`) 或网址", "A document's number, as `show new` lists it, or its address."),
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Show everything about one publication: editions, differences, figures, findings, alerts."""
    from alerts.outcomes import outcomes_of
    from storage.queries import document_of_address, document_story
    from storage.telling import names

    by_number = what.isdecimal() and int(what) <= options.LARGEST_ID
    if not by_number and "://" not in what:
        raise OptionError(
            say(f"{what!r} 既不是文档编号也不是地址", f"{what!r} is neither a document's number nor an address"),
            say("`zhengfa show new` 列出两者", "`zhengfa show new` lists both"),
        )
    with opened() as here, here.store.read() as session:
        story = document_story(session, int(what) if by_number else document_of_address(session, what))
        if as_json:
            print_json(story)
            return
        _print_document(story, outcomes_of(session, story.alerts), names(session))


@app.command()
@chinese("列出新入库的,新的在前")
def new(
    since: Annotated[
        str,
        typer.Option(
            help=say(
                "多久以来 (7d、12h),或从哪天起 (2025-01-31)", "So long ago (7d, 12h), or from a day on (2025-01-31)."
            )
        ),
    ] = "7d",
    limit: Limit = 100,
    as_json: AsJson = False,
) -> None:
    """List what came in, newest first."""
    from storage.queries import new_since
    from storage.telling import names

    with opened() as here, here.store.read() as session:
        found = new_since(session, options.moment("--since", since, here.now), limit=limit)
        if as_json:
            print_json(found)
            return
        called = names(session)
        past = options.since_when(since)
        shown = table(
            say(f"{past} {len(found)} 个版本", f"{len(found)} editions {past}"),
            "文档", "@入库", "地区", "主体", "标题", "类别", "期间", "发布", "由来", ">数字", ">未读",
        )  # fmt: skip
        for one in found:
            about = one.document
            shown.add_row(
                str(about.id), when(one.created_at), wording.region(about.region, called),
                labels.body(about.body), plain(about.title), labels.publication(about.kind),
                wording.period(about.period_first, about.period_last), str(about.published or ""),
                f"{labels.label(labels.ORIGINS, one.origin)} · {labels.label(labels.CAUSES, one.cause)}",
                str(one.observations), str(one.unread),
            )  # fmt: skip
        print_rows(shown, say(f"{past}没有新内容", f"nothing came in {past}"))


@app.command()
@chinese("在所有数字的主题和句子中找字词,新发布的在前")
def search(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar=say("字词", "WORDS"),
            help=say("主题或句子要含有的字词,每个都要", "Words that subject or sentence must hold; all of them."),
        ),
    ],
    region: Region = "",
    limit: Limit = 30,
    as_json: AsJson = False,
) -> None:
    """Search in subjects and sentences of all figures, newest publication first."""
    from storage.search import search as find
    from storage.telling import names

    with opened() as here:
        code = options.region("--region", region, here.catalogue) if region else None
        found = find(here.store, " ".join(words), region=code, limit=limit)
        if as_json:
            print_json(found)
            return
        with here.store.read() as session:
            called = names(session)
        shown = table(
            say(f"{len(found)} 个数字", f"{len(found)} figures"),
            "主题",
            "地区",
            "时期",
            ">数值",
            "原文",
            "出处",
            "文档",
        )
        for one in found:
            shown.add_row(
                plain(one.subject), wording.region(one.region, called),
                wording.period(one.period_first, one.period_last), wording.amount(one.value, one.unit, one.qualifier),
                plain(one.quotation), f"{plain(one.title)} {one.published or ''}", str(one.document_id),
            )  # fmt: skip
        print_rows(shown, say("没有数字含有这些字词", "no figure holds these words"))


def _found(session: Session, catalogue: Catalogue, what: str, region: str) -> tuple[SeriesFacts, ...]:
    from storage.queries import find_series

    wanted = options.indicator(what, catalogue)
    code = options.region("REGION", region, catalogue)
    found = find_series(session, indicator=wanted.id, region=code)
    if not found:
        place = say(f" {region}", f" in {region}") if region else ""
        raise OptionError(
            say(
                f"库中没有 {wanted.name} ({wanted.id}){place} 的序列",
                f"the record holds no series of {wanted.name} ({wanted.id}){place}",
            ),
            say(
                "`zhengfa show search` 按原文字词找数字,`zhengfa show new` 列出新入库的",
                "`zhengfa show search` finds figures by their own words; `zhengfa show new` lists what came in",
            ),
        )
    return found


def _list_series(found: tuple[SeriesFacts, ...], called: Names) -> None:
    label = called.indicators.get(found[0].indicator_id, found[0].indicator_id)
    shown = table(
        say(
            f"{label}: {len(found)} 个序列;`zhengfa show series 编号` 看其中一个",
            f"{len(found)} series of {label}; `zhengfa show series ID` shows one",
        ),
        "序列",
        "是什么",
    )
    for one in found:
        shown.add_row(str(one.id), wording.series_name(one, label, called))
    out.print(shown)


def _print_series(story: SeriesStory, called: Names) -> None:
    number_of_it = say(f"(序列 {story.series.id})", f"(series {story.series.id})")
    name = f"{wording.series_name(story.series, story.label, called)} {number_of_it}"
    out.print(name, style="bold", markup=False, soft_wrap=True)
    shown = table(
        "", "时期", ">数值", "说明", "原文", "出处", "发布",
    )  # fmt: skip
    for one in story.points:
        point = one.point
        notes = [
            say("口径变更", "another definition") if point.break_before else "",
            say("不作基准", "no baseline") if point.excluded else "",
            say(f"另有 {one.others} 处", f"{one.others} more places") if one.others else "",
        ]
        shown.add_row(
            wording.period(point.period_first, point.period_last),
            wording.amount(point.value, point.unit, point.qualifier),
            "; ".join(note for note in notes if note),
            plain(one.quotation), f"{plain(one.title)}\n{plain(one.url)}", str(one.published or ""),
        )  # fmt: skip
    if story.points:
        out.print(shown)
    if story.changes:
        stated = table(
            say("报告所称变动", "stated changes") if story.points else say("只有报告所称变动", "stated changes alone"),
            "时期",
            "变动",
        )
        for change in story.changes:
            stated.add_row(wording.period(change.period_first, change.period_last), wording.change(change))
        out.print(stated)


def _print_document(story: DocumentStory, became: Mapping[int, Outcome], called: Names) -> None:
    about = story.document
    about_it = table(f"{plain(about.title)} ({say('文档', 'document')} {about.id})", "", "")
    about_it.show_header = False
    for name, value in (
        ("发布机关", f"{about.issuer} ({labels.body(about.body)}, {labels.level(about.level)})"),
        ("地区", wording.region(about.region, called)),
        ("类别", labels.publication(about.kind)),
        ("期间", wording.period(about.period_first, about.period_last)),
        ("发布", str(about.published or "")),
        ("来源", called.sources.get(about.source_id or "", about.source_id or "")),
        ("地址", "\n".join(story.addresses or (about.url,))),
    ):
        about_it.add_row(head(name), plain(value) if name != "地址" else value)
    out.print(about_it)
    editions = table("版本", "版", "@采集", "由来", "读法", ">数字", ">未读", "变化", "快照")
    for edition in story.editions:
        editions.add_row(*_edition_row(edition))
    out.print(editions)
    figures = table("现行数字", ">编号", "主题", "口径", "时期", ">数值", "变动", "状态", "原文")
    for figure in story.figures:
        # Where only a change is stated, it is the change that is in a series, or not.
        stands = figure.standing if figure.value is not None or not figure.changes else figure.changes[0].standing
        state = labels.label(labels.STANDINGS, stands)
        checks = sorted({labels.label(labels.CHECKS, finding.check) for finding in figure.findings})
        figures.add_row(
            str(figure.id), plain(figure.subject), plain(figure.scope_words),
            wording.period(figure.period_first, figure.period_last),
            wording.amount(figure.value, figure.unit, figure.qualifier), wording.changes(figure),
            "\n".join((state, *checks)), plain(figure.quotation),
        )  # fmt: skip
    out.print(figures)
    if story.alerts:
        alerts = table("警报", "编号", "规则", "状态", "内容")
        for alert in story.alerts:
            alerts.add_row(
                alert.fingerprint[:8], labels.label(labels.RULES, alert.rule),
                plain(wording.outcome(became[alert.id])), plain(wording.headline(alert, called)),
            )  # fmt: skip
        out.print(alerts)


def _edition_row(edition: EditionStory) -> tuple[str, ...]:
    one = edition.edition
    differences = "\n".join(
        f"{labels.label(labels.DIFFERENCES, each.kind)} {plain(each.subject)} "
        f"{number(each.old_value)} → {number(each.new_value)}".rstrip(" →")
        for each in edition.differences
    )
    return (
        str(one.edition_id), when(edition.captured_at),
        f"{labels.label(labels.ORIGINS, one.origin)} · {labels.label(labels.CAUSES, one.cause)}",
        f"{edition.extractor_version}/{edition.reader_version}", str(one.observations), str(one.unread),
        differences, "\n".join(sha256[:12] for sha256 in edition.snapshots),
    )  # fmt: skip
