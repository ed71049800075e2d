"""`zhengfa review`: figures that wait for a person, and what people decide of them.

A decision is data: it survives rereading, and the rules look at the figure's edition anew.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer

from flows.command import labels, options, wording
from flows.command.app import App, chinese
from flows.command.opening import opened, whoami
from flows.command.output import at, number, out, plain, print_json, print_rows, table, when
from flows.command.parameters import AsJson, Limit
from flows.errors import OptionError
from flows.language import say
from flows.reasons import in_words

if TYPE_CHECKING:
    from storage.facts import FigureFacts

app = App(say("待人复核的数字: 接受、更正或否决", "Figures that wait for a person: accept, correct or reject them."))

Figure = Annotated[
    int,
    typer.Argument(
        metavar=say("编号", "FIGURE"),
        min=1,
        max=options.LARGEST_ID,
        help=say("数字的编号,见 `review list`", "The figure's number, as `review list` shows it."),
    ),
]
Note = Annotated[str, typer.Option(help=say("理由,随决定保存", "Why; kept with the decision."))]
Reviewer = Annotated[str, typer.Option(help=say("谁决定;默认是你", "Who decides; by default you."))]


@app.command("list")
@chinese("列出待复核的,等得最久的在前,附原句和缘由")
def list_held(
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """List what waits, the longest waiting first, each with its sentence and the reason."""
    from storage.review import held_figures, waiting
    from storage.telling import names

    with opened() as here, here.store.read() as session:
        found = held_figures(session, limit=limit)
        if as_json:
            print_json(found)
            return
        called = names(session)
        shown = table(
            say(f"{len(found)} 个数字待复核", f"{len(found)} figures wait"),
            ">编号",
            "主题",
            "地区",
            "时期",
            ">数值",
            "变动",
            "缘由",
            "原文",
            "出处",
        )
        for held in found:
            figure = held.figure
            shown.add_row(
                str(held.observation_id), plain(figure.subject),
                wording.region(figure.scope_region, called),
                wording.period(figure.period_first, figure.period_last),
                wording.amount(figure.value, figure.unit, figure.qualifier), wording.changes(figure),
                _why(labels.label(labels.HELD, held.held), figure), plain(figure.quotation),
                f"{plain(held.document.title)} {held.document.published or ''}",
            )  # fmt: skip
        print_rows(shown, say("没有待复核的数字", "no figure waits"))
        for group in waiting(session):
            kind, since = labels.label(labels.HELD, group.held), at(group.since)
            out.print(say(f"{kind}: {group.count} 个,最早 {since}", f"{kind}: {group.count}, since {since}"))


@app.command()
@chinese("照读出的接受一个数字")
def accept(figure: Figure, note: Note = "", reviewer: Reviewer = "") -> None:
    """Accept a figure as it was read."""
    _decide(figure, "accept", None, note, reviewer)


@app.command()
@chinese("照原句更正一个数字")
def correct(
    figure: Figure,
    value: Annotated[
        str,
        typer.Argument(
            metavar=say("数值", "VALUE"),
            help=say(
                "正确的数值,用该数字的单位: 812700 或 81.27万",
                "The right value in the figure's unit: 812700 or 81.27万.",
            ),
        ),
    ],
    note: Note = "",
    reviewer: Reviewer = "",
) -> None:
    """Correct a figure to what the sentence says."""
    _decide(figure, "correct", options.number(say("数值", "VALUE"), value), note, reviewer)


@app.command()
@chinese("否决一个数字: 哪里都不计入,仍记录为已否决")
def reject(figure: Figure, note: Note = "", reviewer: Reviewer = "") -> None:
    """Reject a figure: it counts nowhere, and stays on record as rejected."""
    _decide(figure, "reject", None, note, reviewer)


@app.command()
@chinese("列出生效的决定")
def corrections() -> None:
    """List the decisions that hold."""
    from storage.review import corrections as found_in

    with opened() as here, here.store.read() as session:
        found = found_in(session)
        shown = table(
            say(f"{len(found)} 个决定", f"{len(found)} decisions"),
            ">#",
            "文档",
            "主题",
            "时期",
            ">读出",
            ">定为",
            "由谁",
            "@时间",
            "说明",
        )
        for one in found:
            decided = say("否决", "rejected") if one.rejected else number(one.new_value)
            shown.add_row(
                str(one.id), str(one.document_id), plain(one.subject),
                wording.period(one.period_first, one.period_last), number(one.expected_old), decided,
                plain(one.author), when(one.created_at), plain(one.reason),
            )  # fmt: skip
        print_rows(shown, say("没有生效的决定", "no decision holds"))


@app.command()
@chinese("收回一个决定: 从下次读取起不再生效")
def withdraw(
    correction: Annotated[
        int,
        typer.Argument(
            metavar="#",
            min=1,
            max=options.LARGEST_ID,
            help=say("决定的编号,见 `review corrections`", "As `review corrections` lists it."),
        ),
    ],
) -> None:
    """Take a decision back: it no longer holds, from the next reading on."""
    from storage.review import end_correction

    with opened() as here, here.store.write() as session:
        end_correction(session, correction, now=here.now)
    told = say(
        f"#{correction} 已收回; 该文档下次读取时按原文读法",
        f"#{correction} is taken back; the next reading of the document is as the page has it",
    )
    out.print(told)


def _decide(figure: int, word: str, value: Decimal | None, note: str, reviewer: str) -> None:
    from flows.delivery import evaluate_and_route
    from storage.review import decide, held_figures
    from storage.vocabulary import Decision

    with opened() as here:
        with here.store.write() as session:
            who = reviewer or whoami()
            waits = any(held.observation_id == figure for held in held_figures(session, limit=options.LARGEST_ID))
            decide(session, figure, Decision(word), reviewer=who, now=here.now, value=value, note=note)
            if word == "accept" and not waits:
                raise OptionError(
                    say(f"数字 {figure} 不在待复核之列", f"figure {figure} does not wait for review"),
                    say(
                        "`zhengfa review list` 列出待复核的;采用中的数字可以 correct 或 reject",
                        "`zhengfa review list` shows what waits; figures in force can be corrected or rejected",
                    ),
                )
        raised = evaluate_and_route(here.store, here.settings)
    words = {
        "accept": say("已接受", "accepted"),
        "correct": say(f"已更正为 {number(value)}", f"corrected to {number(value)}"),
        "reject": say("已否决", "rejected"),
    }[word]
    told = say(
        f"数字 {figure}: {words}; 规则已重新评估,触发或更新警报 {raised}",
        f"figure {figure}: {words}; the rules have looked again: {raised} alerts raised or changed",
    )
    out.print(told)


def _why(reason: str, figure: FigureFacts) -> str:
    checks = [
        f"{labels.label(labels.CHECKS, each.check)} {plain(in_words(each.note))}".strip() for each in figure.findings
    ]
    return "\n".join((reason, *checks))
